"""An open workspace: edits are live, mistakes stop nobody, and no value is lost on the way."""

from typing import Any

import pytest

from kehu.core.problems import Refused

THING = """
    entity: thing
    fields:
      name: {type: text}
      size: {type: number}
      colour: {type: choice, options: [red, blue]}
      colours: {type: choices, options: [red, blue]}
      stage: {type: stage, flow: way}
"""
WAY = """
    flow: way
    entity: thing
    field: stage
    stages: {first: {label: 第一}, second: {label: 第二}}
"""
FILES = {"entities/thing.yaml": THING, "flows/way.yaml": WAY}


@pytest.fixture(params=["tinydb", "sqlite"])
def there(request: pytest.FixtureRequest, make: Any) -> Any:
    return make(FILES, store=request.param)


def edit(there: Any, old: str, new: str, file: str = "entities/thing.yaml") -> Any:
    text = {**FILES}[file]
    assert old in text
    there.write({file: text.replace(old, new)})
    return there.app.reload()


def test_an_edit_is_live_at_the_next_look(there: Any) -> None:
    runtime = edit(there, "size: {type: number}", "size: {type: number}\n      weight: {type: number}")
    assert "weight" in runtime.catalog.entities["thing"].fields
    assert there.create("thing", {"weight": 3})["weight"] == 3


def test_a_request_keeps_the_catalog_it_began_with(there: Any) -> None:
    began = there.app.now
    after = edit(there, "size: {type: number}", "size: {type: number}\n      weight: {type: number}")
    assert "weight" not in began.catalog.entities["thing"].fields
    assert began.catalog.version != after.catalog.version
    began.records.create(there.context(), "thing", {"size": 1})


def test_a_broken_file_keeps_the_last_good_definitions_and_tells(there: Any) -> None:
    version = there.app.catalog.version
    runtime = edit(there, "size: {type: number}", "size: {type: numbr}")
    assert runtime.catalog.version == version
    assert [problem.code for problem in runtime.problems] == ["unknown_field_type"]
    assert (runtime.problems[0].place.file, runtime.problems[0].place.line) == ("entities/thing.yaml", 4)
    there.create("thing", {"size": 3})
    there.write(FILES)
    runtime = there.app.reload()
    assert runtime.problems == ()
    assert runtime.catalog.version == version


def test_a_file_that_is_removed_and_a_new_one_are_seen(there: Any) -> None:
    there.write({"entities/other.yaml": "entity: other\nfields: {name: {type: text}}\n"})
    assert "other" in there.app.reload().catalog.entities
    there.create("other", {"name": "x"})
    there.write({"entities/other.yaml": None})
    assert "other" not in there.app.reload().catalog.entities
    there.write({"entities/other.yaml": "entity: other\nfields: {name: {type: text}}\n"})
    there.app.reload()
    assert [row["name"] for row in there.all("other")] == ["x"]


@pytest.mark.parametrize(
    ("values", "old", "new", "file", "line"),
    [
        ({"colour": "red"}, "colour: {type: choice, options: [red, blue]}", "colour: {type: choice, options: [blue]}", "entities/thing.yaml", 5),
        ({"colours": ["blue", "red"]}, "colours: {type: choices, options: [red, blue]}", "colours: {type: choices, options: [blue]}", "entities/thing.yaml", 6),
        ({}, "first: {label: 第一}, ", "", "flows/way.yaml", 4),
    ],
)  # fmt: skip
def test_an_option_or_a_stage_in_use_cannot_be_taken_out(
    there: Any, values: Any, old: str, new: str, file: str, line: int
) -> None:
    for _ in range(3):
        row = there.create("thing", values)
    there.delete("thing", row["id"])
    runtime = edit(there, old, new, file)
    (problem,) = runtime.problems
    assert (problem.code, problem.values["count"]) == ("option_in_use", 2)
    assert (problem.place.file, problem.place.line) == (file, line)
    there.create("thing", values)  # the last good definitions stay in force
    there.close()
    with pytest.raises(Refused) as refusal:
        there.open()
    assert [problem.code for problem in refusal.value.problems] == ["option_in_use"]
    assert refusal.value.problems[0].values["count"] == 3


def test_once_no_record_holds_the_option_the_definitions_are_taken(there: Any) -> None:
    row = there.create("thing", {"colour": "red"})
    assert edit(there, "options: [red, blue]}\n      colours", "options: [blue]}\n      colours").problems
    there.update("thing", row["id"], {"colour": "blue"})
    runtime = there.app.reload()
    assert runtime.problems == ()
    assert list(runtime.catalog.entities["thing"].fields["colour"].options) == ["blue"]


def test_a_field_that_comes_back_with_fewer_options_is_refused_too(there: Any) -> None:
    there.create("thing", {"colour": "red"})
    edit(there, "      colour: {type: choice, options: [red, blue]}\n", "")
    runtime = edit(
        there, "colour: {type: choice, options: [red, blue]}", "colour: {type: choice, options: [blue]}"
    )
    assert [problem.code for problem in runtime.problems] == ["option_in_use"]


def test_the_values_of_a_removed_field_come_back_with_it(there: Any) -> None:
    row = there.create("thing", {"name": "a", "size": 3})
    edit(there, "      size: {type: number}\n", "")
    assert "size" not in there.get("thing", row["id"])
    there.update("thing", row["id"], {"name": "b"})
    there.reopen()
    there.write(FILES)
    there.app.reload()
    assert there.get("thing", row["id"])["size"] == 3


def test_a_new_kind_for_a_field_that_holds_values_is_refused(there: Any) -> None:
    there.create("thing", {"size": 3})
    runtime = edit(there, "size: {type: number}", "size: {type: date}")
    (problem,) = runtime.problems
    assert (problem.code, problem.values["count"]) == ("column_changed_kind", 1)
    assert (problem.place.file, problem.place.line) == ("entities/thing.yaml", 4)
    assert there.create("thing", {"size": 4})["size"] == 4


def test_a_new_formula_is_worked_out_for_the_records_there_are(there: Any) -> None:
    row = there.create("thing", {"size": 3})
    edit(
        there,
        "size: {type: number}",
        "size: {type: number}\n      double: {type: formula, formula: size * 2}",
    )
    assert there.get("thing", row["id"])["double"] == 6
    edit(
        there,
        "size: {type: number}",
        "size: {type: number}\n      double: {type: formula, formula: size * 3}",
    )
    assert there.get("thing", row["id"])["double"] == 9
    assert there.get("thing", row["id"])["version"] == 1


def test_a_new_rollup_is_worked_out_also_through_several_layers(there: Any) -> None:
    there.write(
        {
            "entities/part.yaml": "entity: part\nfields: {thing: {type: link, to: thing}, cost: {type: number}}\n"
        }
    )
    there.app.reload()
    row = there.create("thing", {"size": 1})
    there.create("part", {"thing": row["id"], "cost": 5})
    there.create("part", {"thing": row["id"], "cost": 6})
    edit(
        there,
        "size: {type: number}",
        "size: {type: number}\n      cost: {type: rollup, sum: part.cost}\n"
        "      dear: {type: formula, formula: cost > 10}",
    )
    found = there.get("thing", row["id"])
    assert (found["cost"], found["dear"]) == (11, True)


def test_a_rollup_whose_link_became_another_is_worked_out_anew(make: Any) -> None:
    part = "entity: part\nfields:\n  name: {type: text}\n  one: {type: link, to: thing}\n"
    there = make(
        {
            "entities/thing.yaml": "entity: thing\nfields: {name: {type: text}, parts: {type: rollup, count: part}}\n",
            "entities/part.yaml": part,
        }
    )
    row = there.create("thing", {})
    there.create("part", {"one": row["id"]})
    assert there.get("thing", row["id"])["parts"] == 1
    there.write({"entities/part.yaml": part.replace("one:", "two:")})
    assert there.app.reload().problems == ()
    assert there.get("thing", row["id"])["parts"] == 0


def test_the_owner_is_made_once(there: Any) -> None:
    owner = there.app.owner
    assert there.reopen().owner == owner
    assert len(there.all("user")) == 1


def test_warnings_stay_with_the_catalog(make: Any) -> None:
    there = make(
        {**FILES, "flows/way.yaml": WAY + "    start: first\n    moves: [{from: second, to: first}]\n"}
    )
    assert [problem.code for problem in there.app.catalog.warnings] == ["unreachable_stage"]


def test_a_folder_that_is_no_workspace_is_refused_in_words(make: Any, tmp_path: Any) -> None:
    from kehu.core.app import App

    with pytest.raises(Refused) as refusal:
        App(tmp_path)
    assert [problem.code for problem in refusal.value.problems] == ["no_workspace"]
    for text in ("", "entity: thing\nfields: {name: {type: text}}\n", "- a\n", "\x00"):
        there = make({"kehu.yaml": text})
        with pytest.raises(Refused) as refusal:
            there.open()
        assert refusal.value.problems


def test_a_broken_plugin_that_is_asked_for_is_watched_until_it_works(make: Any) -> None:
    there = make({})
    there.app.reload()
    there.write(
        {
            "plugins/extra/plugin.yaml": "plugin: extra\nlabel: Extra\n",
            "plugins/extra/entities/gift.yaml": "entity: gift\nfields: {name: {type: txt}}\n",
            "kehu.yaml": "workspace: small\nlabel: s\nplugins: [extra]\n",
        }
    )
    assert there.app.reload().problems
    there.write({"plugins/extra/entities/gift.yaml": "entity: gift\nfields: {name: {type: text}}\n"})
    runtime = there.app.reload()
    assert runtime.problems == ()
    assert "gift" in runtime.catalog.entities
