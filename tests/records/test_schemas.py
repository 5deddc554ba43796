"""What a JSON Schema says and no field type can is held to on every record, through every door, in our words."""

import json
from typing import Any

import pytest

from kehu.core.problems import message

SITE = {
    "title": "Site",
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "title": "Name"},
        "kind": {"title": "Kind", "enum": ["Power plant", "office"]},
        "rooms": {"type": "integer", "title": "Rooms", "exclusiveMinimum": 0, "multipleOf": 5},
        "email": {"type": "string", "title": "E-mail", "format": "email"},
        "phone": {"type": "string", "title": "Phone"},
        "reactor": {"type": "string", "title": "Reactor", "pattern": "^R"},
        "code": {"type": "string", "format": "uuid"},
        "address": {
            "type": "object",
            "title": "Address",
            "properties": {"city": {"type": "string"}, "zip": {"type": "string", "pattern": "^[0-9]{5}$"}},
            "required": ["city"],
        },
        "lines": {
            "type": "array",
            "title": "Lines",
            "items": {
                "type": "object",
                "properties": {"sku": {"type": "string"}, "qty": {"type": "integer", "not": {"const": 13}}},
                "required": ["sku"],
                "dependentRequired": {"qty": ["sku"]},
            },
        },
    },
    "if": {"properties": {"kind": {"const": "Power plant"}}, "required": ["kind"]},
    "then": {"required": ["reactor"]},
    "else": {"properties": {"reactor": False}},
    "anyOf": [{"required": ["email"]}, {"required": ["phone"]}],
    "dependentRequired": {"rooms": ["kind"]},
}
RIGHT = {"name": "Nord", "kind": "office", "phone": "123456"}


@pytest.fixture(scope="module")
def shop(make_once: Any) -> Any:
    return make_once({"entities/site.schema.json": json.dumps(SITE)})


@pytest.mark.parametrize("door", ["page", "api", "import", "command", "automation", "seed"])
def test_it_holds_at_every_door(shop: Any, door: str) -> None:
    found = shop.refused("site", {**RIGHT, "kind": "Power plant"}, door)
    assert [(one.code, one.field) for one in found] == [("schema_required_then", "reactor")]
    shop.create("site", {**RIGHT, "kind": "Power plant", "reactor": "R1"}, door)


@pytest.mark.parametrize(
    ("values", "field", "en", "zh"),
    [
        ({"kind": "Power plant"}, "reactor", "Reactor is needed in this case", "这种情况下要填写“Reactor”"),
        ({"reactor": "R1"}, "reactor", "Reactor has to be empty in this case", "这种情况下“Reactor”要空着"),
        ({"phone": None}, None, "At least one of these is needed: E-mail, Phone", "至少填写其中一项：E-mail、Phone"),
        ({"kind": None, "rooms": 5}, "kind", "Kind is needed where Rooms is filled in", "填了“Rooms”，就要填写“Kind”"),
        ({"rooms": 0}, "rooms", "It has to be more than 0", "要大于 0"),
        ({"rooms": 7}, "rooms", "“7” is no multiple of 5", "“7”不是 5 的倍数"),
        ({"code": "x"}, "code", "“x” is no right uuid", "“x”不是正确的 uuid"),
        ({"lines": [{"sku": "a", "qty": 13}]}, "lines", "item 1 Qty: Qty may not be what it is now", "第 1 项 Qty：“Qty”现在的内容不允许"),
    ],
)  # fmt: skip
def test_it_says_so_in_our_words(shop: Any, values: Any, field: str | None, en: str, zh: str) -> None:
    found = shop.refused("site", {**RIGHT, **values})
    assert [one.field for one in found] == [field]
    assert [message(one, "en") for one in found] == [en]
    assert [message(one, "zh") for one in found] == [zh]


def test_nested_objects_are_held_to_their_own_schema(shop: Any) -> None:
    assert shop.refused("site", {**RIGHT, "address": {"zip": "12345"}})[0].field == "address"
    assert shop.refused("site", {**RIGHT, "address": {"city": "B", "zip": "1"}})[0].field == "address"
    row = shop.create("site", {**RIGHT, "address": {"city": "B", "zip": "12345"}})
    assert row["address"] == {"city": "B", "zip": "12345"}


def test_an_old_fault_does_not_lock_a_record(make: Any) -> None:
    loose = {key: value for key, value in SITE.items() if key not in ("anyOf",)}
    shop = make({"entities/site.schema.json": json.dumps(loose)})
    row = shop.create("site", {"name": "Nord"})
    shop.write({"entities/site.schema.json": json.dumps(SITE)})
    shop.reopen()
    assert shop.update("site", row["id"], {"name": "Sued"})["name"] == "Sued"
    assert [one.code for one in shop.refused("site", {"reactor": "R1"}, id=row["id"])] == [
        "schema_must_be_empty"
    ]


def test_a_pattern_cannot_hold_the_service_up(make: Any) -> None:
    slow = {
        "properties": {"name": {"type": "string"}, "note": {"type": "string"}},
        "if": {"properties": {"name": {"pattern": "^(a|a)*$"}}},
        "then": {"required": ["note"]},
    }
    shop = make({"entities/site.schema.json": json.dumps(slow)})
    assert [one.code for one in shop.refused("site", {"name": "a" * 40 + "b"})] == ["pattern_too_slow"]


def test_an_entity_file_may_have_a_schema_too(make: Any) -> None:
    shop = make(
        {
            "entities/site.yaml": """
                entity: site
                fields:
                  name: {type: text, label: {zh: 名称, en: Name}}
                  email: {type: email, label: {zh: 邮箱, en: E-mail}}
                schema:
                  $defs: {reachable: {required: [email]}}
                  dependentSchemas: {name: {$ref: "#/$defs/reachable"}}
            """
        }
    )
    found = shop.refused("site", {"name": "Nord"})
    assert [message(one, "zh") for one in found] == ["这种情况下要填写“邮箱”"]
    shop.create("site", {"name": "Nord", "email": "a@example.com"})


@pytest.mark.parametrize(
    ("schema", "code"),
    [
        ("{required: [name]}", "schema_requires"),
        ("{properties: {nam: {minLength: 2}}}", "unknown_field"),
        ("{minProperties: many}", "schema_keyword_value"),
        ("{allOf: [{$ref: '#/$defs/x'}]}", "schema_reference"),
    ],
)
def test_a_wrong_schema_in_an_entity_file_is_named(make: Any, schema: str, code: str) -> None:
    text = f"entity: site\nfields: {{name: {{type: text}}}}\nschema: {schema}\n"
    assert code in make({"entities/site.yaml": text}).problems()
