"""Layers over layers: key by key, lists by name, placed where they ask to be."""

import re
from typing import Any

PLUGIN = {
    "plugins/base/plugin.yaml": "plugin: base\nlabel: Base\n",
    "plugins/base/entities/thing.yaml": """
        entity: thing
        label: Thing
        fields:
          name: {type: text, label: Name, max: 50}
          phone: {type: phone, label: Phone}
          fax: {type: text, label: Fax}
          class: {type: choice, label: Class, options: {high: {label: High}, low: {label: Low}}}
        rules:
          - rule: named
            require: [name]
            message: Give a name
          - rule: reachable
            require: [phone]
    """,
    "kehu.yaml": "workspace: small\nlabel: s\nplugins: [base]\n",
}


def built(make: Any, **files: str) -> Any:
    there = make({**PLUGIN, **{f"entities/{name}.yaml": text for name, text in files.items()}})
    found = there.build()
    assert found.catalog is not None, found.problems
    return found.catalog


def problem(make: Any, text: str) -> Any:
    there = make({**PLUGIN, "entities/thing.yaml": text})
    (found,) = there.build().problems
    return found


def test_one_key_changes_and_the_rest_stays(make: Any) -> None:
    catalog = built(make, thing="extend: thing\nfields:\n  name: {max: 80, required: true}\n")
    name = catalog.entities["thing"].fields["name"]
    assert (name.type, name.max, name.required, name.label.en) == ("text", 80, True, "Name")
    node = catalog.merged["entity", "thing"].node
    assert str(node.at(("fields", "name", "max")).place) == "entities/thing.yaml:3:15"
    assert node.at(("fields", "name", "type")).layer == "plugin:base"


def test_what_is_removed_is_gone(make: Any) -> None:
    catalog = built(make, thing="extend: thing\nfields: {fax: remove, class: {options: {low: remove}}}\n")
    fields = catalog.entities["thing"].fields
    assert "fax" not in fields
    assert list(fields["class"].options) == ["high"]


def test_removing_what_is_not_there_is_told_with_what_is(make: Any) -> None:
    found = problem(make, "extend: thing\nfields:\n  fx: remove\n")
    assert (found.code, str(found.place)) == ("removes_nothing", "entities/thing.yaml:3:3")


def test_fields_stand_where_they_ask_to_stand(make: Any) -> None:
    catalog = built(
        make,
        thing="""
        extend: thing
        fields:
          a: {type: text, after: name}
          b: {type: text, after: name}
          c: {type: text, before: name}
          d: {type: text, before: name}
          e: {type: text, after: b}
          f: {type: text, before: a}
          g: {type: text}
        """,
    )
    assert list(catalog.entities["thing"].fields) == [
        "c",
        "d",
        "name",
        "f",
        "a",
        "b",
        "e",
        "phone",
        "fax",
        "class",
        "g",
    ]


def test_a_field_that_was_there_can_be_moved_and_a_later_layer_can_stand_beside_it(make: Any) -> None:
    catalog = built(make, thing="extend: thing\nfields:\n  phone: {after: class}\n  fax: {after: phone}\n")
    assert list(catalog.entities["thing"].fields) == ["name", "class", "phone", "fax"]


def test_options_stand_where_they_ask_to_stand(make: Any) -> None:
    catalog = built(
        make,
        thing="""
        extend: thing
        fields:
          class:
            options:
              top: {label: Top, before: high}
              middle: {label: Middle, after: high}
              fair: {label: Fair, after: high}
        """,
    )
    assert list(catalog.entities["thing"].fields["class"].options) == ["top", "high", "middle", "fair", "low"]


def test_standing_beside_nothing_is_told_with_the_nearest(make: Any) -> None:
    found = problem(make, "extend: thing\nfields:\n  a: {type: text, after: phon}\n")
    assert (found.code, found.instead, found.place.line) == ("placed_beside_nothing", "phone", 3)
    found = problem(make, "extend: thing\nfields:\n  a: {type: text, after: a}\n")
    assert found.code == "placed_beside_nothing"


def test_two_that_only_stand_beside_each_other_keep_their_order(make: Any) -> None:
    catalog = built(
        make, thing="extend: thing\nfields:\n  a: {type: text, after: b}\n  b: {type: text, after: a}\n"
    )
    assert sorted(catalog.entities["thing"].fields) == sorted(["name", "phone", "fax", "class", "a", "b"])


def test_lists_merge_by_the_names_of_their_items(make: Any) -> None:
    catalog = built(
        make,
        thing="""
        extend: thing
        rules:
          - rule: named
            message: A name, please
          - rule: faxed
            require: [fax]
        """,
    )
    rules = catalog.entities["thing"].rules
    assert [rule.rule for rule in rules] == ["named", "reachable", "faxed"]
    assert (rules[0].require, rules[0].message.en) == (("name",), "A name, please")


def test_a_definition_made_twice_names_the_other_file(make: Any) -> None:
    found = problem(make, "entity: thing\nfields: {name: {type: text}}\n")
    assert (found.code, found.values["other"]) == ("defined_twice", "base:entities/thing.yaml")
    assert str(found.place) == "entities/thing.yaml:1:9"


def test_extending_nothing_names_the_nearest(make: Any) -> None:
    found = problem(make, "extend: thng\nfields: {name: {type: text}}\n")
    assert (found.code, found.instead, str(found.place)) == (
        "extends_nothing",
        "thing",
        "entities/thing.yaml:1:9",
    )


def test_a_file_that_defines_nothing_says_what_to_begin_with(make: Any) -> None:
    assert problem(make, "fields: {name: {type: text}}\n").code == "definition_without_name"
    assert problem(make, "- a\n").code == "definition_is_not_a_map"


def test_the_version_is_stable_and_changes_with_every_definition(make: Any) -> None:
    there = make(PLUGIN)
    first = there.build().catalog.version
    assert there.build().catalog.version == first
    assert re.fullmatch("[0-9a-f]{16}", first)
    there.write({"entities/thing.yaml": "extend: thing\nfields: {name: {max: 51}}\n"})
    assert there.build().catalog.version != first
    there.write({"entities/thing.yaml": None})
    assert there.build().catalog.version == first
    there.write({"kehu.yaml": PLUGIN["kehu.yaml"] + "currency: EUR\n"})
    assert there.build().catalog.version != first
