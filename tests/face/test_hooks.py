"""What a plugin's Python can do, by a plugin that lies in the workspace's own ``plugins`` folder."""

from itertools import count
from typing import Any

import pytest

from kehu import Refused

names = (f"extra{number}" for number in count())


def with_plugin(code: str, files: dict[str, str] | None = None) -> dict[str, str]:
    """A workspace whose plugin has this code; each has a name of its own, as Python remembers modules by name."""
    name = next(names)
    return {
        "kehu.yaml": f"workspace: trial\nlanguage: en\ntimezone: UTC\nplugins: [{name}]\n",
        f"plugins/{name}/plugin.yaml": f"plugin: {name}\nlabel: Extra\n",
        f"plugins/{name}/plugin.py": code,
        "entities/shop.yaml": "entity: shop\nfields:\n  name: {type: text}\n  seats: {type: integer}\n",
        "entities/task.yaml": "entity: task\nfields:\n  title: {type: text}\n",
        **(files or {}),
    }


ACTION = """
from kehu import Label, Problem, Refused, hookimpl


def open_task(unit, change, values):
    if values["title"] == "refuse":
        raise Refused([Problem("plugin_says", {"message": Label("不行", "Not today")})])
    if values["title"] == "break":
        raise KeyError("oh")
    unit.create("task", {"title": f"{values['title']}: {change.after['name']}"})


@hookimpl
def kehu_actions():
    return {"open_task": open_task}
"""
RUNS = {
    "automations/welcome.yaml": """
        automation: welcome
        on: shop created
        do:
          - run: open_task
            with: {title: '=IF(seats > 10, "Big", COALESCE(UPPER(""), "refuse"))'}
    """
}


def tasks(app: Any) -> list[str]:
    return [row["title"] for row in app.now.records.find(app.context("api"), "task").rows]


def test_an_automation_runs_an_action_of_a_plugin_with_values(kehu_app: Any) -> None:
    app = kehu_app(with_plugin(ACTION, RUNS))
    app.now.records.create(app.context("api"), "shop", {"name": "Corner", "seats": 12})
    assert tasks(app) == ["Big: Corner"]


def test_an_action_that_refuses_stops_the_change(kehu_app: Any) -> None:
    app = kehu_app(with_plugin(ACTION, RUNS))
    with pytest.raises(Refused, match="Not today"):
        app.now.records.create(app.context("api"), "shop", {"name": "Corner", "seats": 1})
    assert app.now.records.find(app.context("api"), "shop").rows == []


def test_an_action_that_breaks_stops_the_change_and_is_named(kehu_client: Any) -> None:
    runs = {"automations/welcome.yaml": RUNS["automations/welcome.yaml"].replace("refuse", "break")}
    answer = kehu_client(with_plugin(ACTION, runs)).post("/api/shop", json={"name": "Corner", "seats": 1})
    assert answer.status_code == 503
    assert "open_task failed: KeyError" in answer.json()["detail"]


def test_an_action_that_no_plugin_brings_is_pointed_at(kehu_app: Any) -> None:
    runs = {
        "automations/welcome.yaml": RUNS["automations/welcome.yaml"].replace(
            "run: open_task", "run: opentask"
        )
    }
    with pytest.raises(Refused) as refused:
        kehu_app(with_plugin(ACTION, runs))
    (problem,) = refused.value.problems
    assert (problem.code, problem.instead, problem.place and problem.place.line) == (
        "unknown_action",
        "open_task",
        5,
    )


@pytest.mark.parametrize(
    ("hook", "value"),
    [
        ("kehu_field_types", "[TextField]"),
        ("kehu_functions", "[Function('ROUND', '圆', (), 'number', int)]"),
        ("kehu_functions", "[Function('ROUNDER', '四舍五入', (), 'number', int)]"),
        ("kehu_commands_of_nobody", "[]"),
    ],
)
def test_a_plugin_that_adds_what_is_there_already_is_named(kehu_app: Any, hook: str, value: str) -> None:
    code = f"from kehu import Function, TextField, hookimpl\n\n@hookimpl\ndef {hook}():\n    return {value}\n"
    with pytest.raises(Refused) as refused:
        kehu_app(with_plugin(code))
    assert [problem.code for problem in refused.value.problems] == ["plugin_failed"]


STAGES = """
from kehu import Label, Problem, Refused, hookimpl
told = []


@hookimpl
def kehu_startup(app):
    told.append(("open", app.catalog.workspace.name))


@hookimpl
def kehu_before_save(change):
    told.append(("before", change.kind, sorted(change.changed)))
    if change.after and change.after["name"] == "No":
        raise Refused([Problem("plugin_says", {"message": Label("不", "No")}, field="name")])
    if change.after and change.after["name"] == "Break":
        raise KeyError("before")


@hookimpl
def kehu_after_save(change):
    told.append(("after", change.kind))
    raise KeyError("after")


@hookimpl
def kehu_shutdown(app):
    told.append(("close", app.catalog.workspace.name))
"""


def test_hooks_are_told_in_the_order_of_events(kehu_app: Any) -> None:
    app = kehu_app(with_plugin(STAGES))
    ((_, module),) = app.now.hooks.list_name_plugin()
    records, context = app.now.records, app.context("api")
    saved = records.create(context, "shop", {"name": "Corner"})
    told = module.told
    assert told.index(("open", "trial")) < told.index(("before", "created", ["name"]))
    assert told[-1] == ("after", "created")
    with pytest.raises(Refused, match="No"):
        records.update(context, "shop", saved.row["id"], {"name": "No"})
    with pytest.raises(Refused, match="KeyError"):
        records.update(context, "shop", saved.row["id"], {"name": "Break"})
    assert records.get(context, "shop", saved.row["id"])["name"] == "Corner"
    app.close()
    assert told[-1] == ("close", "trial")
