"""Plugins of the workspace's folder and installed ones: found, ordered, and named when they fail."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kehu.core.problems import Refused


def kehu(*plugins: str) -> str:
    return f"workspace: small\nlabel: s\nplugins: [{', '.join(plugins)}]\n"


def extra(python: str) -> dict[str, str]:
    return {
        "kehu.yaml": kehu("extra"),
        "plugins/extra/plugin.yaml": "plugin: extra\nlabel: Extra\n",
        "plugins/extra/plugin.py": python,
        "entities/thing.yaml": "entity: thing\nfields: {name: {type: text}, size: {type: number}}\n",
    }


def test_an_unknown_plugin_is_told_where_it_is_asked_for(make: Any) -> None:
    (problem,) = make({"kehu.yaml": kehu("customer")}).build().problems
    assert (problem.code, problem.instead) == ("unknown_plugin", "customers")
    assert str(problem.place) == "kehu.yaml:3:11"


def test_an_unknown_need_is_told_in_the_plugin_that_has_it(make: Any) -> None:
    files = {
        "kehu.yaml": kehu("a"),
        "plugins/a/plugin.yaml": "plugin: a\nlabel: A\nneeds: [nothing_like_it]\n",
    }
    (problem,) = make(files).build().problems
    assert (problem.code, str(problem.place)) == ("unknown_plugin", "a:plugin.yaml:3:9")


def test_what_a_plugin_needs_comes_before_it_without_being_asked_for(make: Any) -> None:
    built = make(
        {
            "kehu.yaml": kehu("c", "a"),
            "plugins/a/plugin.yaml": "plugin: a\nlabel: A\n",
            "plugins/b/plugin.yaml": "plugin: b\nlabel: B\nneeds: [a]\n",
            "plugins/b/entities/thing.yaml": "entity: thing\nfields: {name: {type: text}}\n",
            "plugins/c/plugin.yaml": "plugin: c\nlabel: C\nneeds: [b]\n",
            "plugins/c/entities/thing.yaml": "extend: thing\nfields: {size: {type: number}}\n",
        }
    ).build()
    assert built.problems == ()
    assert [loaded.manifest.plugin for loaded in built.catalog.plugins] == ["a", "b", "c"]
    assert list(built.catalog.entities["thing"].fields) == ["name", "size"]


def test_plugins_that_need_each_other_are_a_circle(make: Any) -> None:
    built = make(
        {
            "kehu.yaml": kehu("a"),
            "plugins/a/plugin.yaml": "plugin: a\nlabel: A\nneeds: [b]\n",
            "plugins/b/plugin.yaml": "plugin: b\nlabel: B\nneeds: [a]\n",
        }
    ).build()
    (problem,) = built.problems
    assert (problem.code, problem.values["path"]) == ("plugins_in_a_circle", "a → b → a")


def test_a_plugin_that_cannot_be_imported_is_named_every_time(make: Any) -> None:
    there = make(extra("raise RuntimeError('broken')\n"))
    for _ in range(2):
        (problem,) = there.build().problems
        assert (problem.code, problem.values["plugin"]) == ("plugin_failed", "extra")
        assert "broken" in problem.values["error"]


def test_an_edit_of_a_plugins_python_is_live(make: Any) -> None:
    veto = """
        from kehu.core.hooks import hookimpl
        from kehu.core.problems import Problem, Refused

        @hookimpl
        def kehu_before_save(change):
            if change.entity == "thing" and change.after and change.after["size"] == {n}:
                raise Refused([Problem("rule_says", {{"message": "no", "rule": "x"}})])
    """
    there = make(extra(veto.format(n=1)))
    there.create("thing", {"size": 2})
    assert [problem.code for problem in there.refused("thing", {"size": 1})] == ["rule_says"]
    there.write({"plugins/extra/plugin.py": veto.format(n=22)})
    there.app.reload()
    there.create("thing", {"size": 1})
    there.refused("thing", {"size": 22})


def test_two_workspaces_with_plugins_of_one_name_do_not_meet(make: Any) -> None:
    python = """
        from kehu.core.hooks import hookimpl

        seen = []

        @hookimpl
        def kehu_after_save(change):
            seen.append({n})
    """
    one, two = make(extra(python.format(n=1))), make(extra(python.format(n=2)))
    one.create("thing", {})
    two.create("thing", {})
    found = [there.app.now.hooks.get_plugin("extra").seen for there in (one, two)]
    assert [set(each) for each in found] == [{1}, {2}]


def test_a_plugin_that_raises_before_the_save_is_named_and_its_change_undone(make: Any) -> None:
    there = make(
        extra(
            """
            from kehu.core.hooks import hookimpl

            @hookimpl
            def kehu_before_save(change):
                if change.entity == "thing":
                    raise KeyError("oops")
            """
        )
    )
    (problem,) = there.refused("thing", {"size": 1})
    assert (problem.code, problem.values["plugin"]) == ("plugin_failed", "extra")


def test_a_plugin_that_raises_after_the_save_undoes_nothing(make: Any, caplog: Any) -> None:
    there = make(
        extra(
            """
            from kehu.core.hooks import hookimpl

            @hookimpl
            def kehu_after_save():
                raise KeyError("oops")
            """
        )
    )
    row = there.create("thing", {"size": 1})
    assert there.get("thing", row["id"])["size"] == 1
    assert "plugin extra, kehu_after_save" in caplog.text


def test_a_hook_that_is_not_marked_is_not_called(make: Any) -> None:
    there = make(extra("def kehu_before_save(change):\n    raise KeyError('oops')\n"))
    there.create("thing", {"size": 1})


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A package with an entry point of our group, as pip would leave it."""
    site = tmp_path / "site"
    package = site / "kehu_gifts_for_tests"
    (package / "entities").mkdir(parents=True)
    (package / "plugin.yaml").write_text("plugin: gifts\nlabel: Gifts\nversion: '1.2'\n")
    (package / "entities" / "gift.yaml").write_text(
        "entity: gift\nfields: {name: {type: text}, twice: {type: formula, formula: 'TWICE(name)'}}\n"
    )
    (package / "__init__.py").write_text(
        "from kehu.core.formula import Function, Parameter\n"
        "from kehu.core.hooks import hookimpl\n\n"
        "@hookimpl\n"
        "def kehu_functions():\n"
        "    return [Function('TWICE', '两遍', (Parameter(('text',)),), 'text', lambda text: text * 2)]\n"
    )
    info = site / "kehu_gifts_for_tests-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: kehu-gifts-for-tests\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text(
        "[kehu]\ngifts = kehu_gifts_for_tests\nruined = kehu_not_there.at_all\n"
    )
    monkeypatch.syspath_prepend(str(site))
    yield "gifts"
    sys.modules.pop("kehu_gifts_for_tests", None)


def test_an_installed_plugin_is_found_by_its_entry_point(make: Any, installed: str) -> None:
    there = make({"kehu.yaml": kehu(installed)})
    assert there.create("gift", {"name": "ab"})["twice"] == "abab"
    (loaded,) = there.app.catalog.plugins
    assert (loaded.plugin.origin, loaded.manifest.version) == ("installed", "1.2")


def test_an_installed_plugin_without_its_first_page_is_told(
    make: Any, installed: str, tmp_path: Path
) -> None:
    (tmp_path / "site" / "kehu_gifts_for_tests" / "plugin.yaml").unlink()
    there = make({"kehu.yaml": kehu(installed)})
    with pytest.raises(Refused) as refusal:
        there.open()
    assert [problem.code for problem in refusal.value.problems] == ["file_unreadable"]
