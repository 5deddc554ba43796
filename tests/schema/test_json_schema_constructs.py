"""Every construct that schemas in the wild use: what it becomes here. (bench/try_schemas.py tries whole schemas.)"""

import json
from typing import Any

import pytest

from kehu.core.schema.entity import Entity
from kehu.core.schema.json_schema import entity_to_json_schema, node_from_json_schema
from kehu.core.schema.loading import load
from kehu.core.schema.reading import read

DRAFT_4 = "http://json-schema.org/draft-04/schema#"


def entity_of(schema: Any) -> Entity:
    loaded = load(json.dumps(schema), "entities/thing.schema.json")
    assert loaded.node is not None
    node, problems = node_from_json_schema(loaded.node)
    assert [problem.code for problem in problems if problem.level == "error"] == []
    assert node is not None
    entity, more = read(node)
    assert more == ()
    assert isinstance(entity, Entity)
    return entity


def field_of(schema: Any, **beside: Any) -> dict[str, Any]:
    """What one property becomes: its keys, without type's own label, and what is left for the schema."""
    entity = entity_of({"properties": {"a": schema}, **beside})
    assert entity_of(json.loads(json.dumps(entity_to_json_schema(entity)))) == entity
    plain = entity.fields["a"].plain()
    del plain["label"]
    left = (entity.schema_ or {}).get("properties", {}).get("a")
    return plain | ({"left": left} if left else {})


@pytest.mark.parametrize(
    ("schema", "field"),
    [
        ({"type": "string"}, {"type": "text", "max": 1000}),
        ({"type": "string", "maxLength": 5000}, {"type": "long_text", "max": 5000}),
        ({"type": "string", "maxLength": 10, "minLength": 2}, {"type": "text", "max": 10, "min": 2}),
        ({"type": "string", "pattern": "^SO-", "maxLength": 9}, {"type": "text", "max": 9, "pattern": r"(?:SO-)[\s\S]*"}),
        ({"type": "string", "format": "date"}, {"type": "date"}),
        ({"type": "string", "format": "date-time", "readOnly": True}, {"type": "datetime", "readonly": True}),
        ({"type": "string", "format": "email", "maxLength": 90}, {"type": "email", "left": {"maxLength": 90}}),
        ({"type": "string", "format": "uri"}, {"type": "url"}),
        ({"type": "string", "format": "ipv4"}, {"type": "text", "max": 1000, "left": {"format": "ipv4"}}),
        ({"type": "string", "writeOnly": True}, {"type": "secret", "left": {"writeOnly": True}}),
        ({"type": "string", "deprecated": True, "examples": ["x"]},
         {"type": "text", "max": 1000, "left": {"deprecated": True, "examples": ["x"]}}),
        ({"type": ["string", "null"], "maxLength": 5}, {"type": "text", "max": 5}),
        ({"anyOf": [{"type": "string", "maxLength": 5}, {"type": "null"}]}, {"type": "text", "max": 5}),
        ({"allOf": [{"$ref": "#/$defs/short"}], "description": "D"}, {"type": "text", "max": 5, "help": "D"}),
        ({"$ref": "#/$defs/short", "maxLength": 3},
         {"type": "text", "max": 5, "left": {"allOf": [{"maxLength": 3}]}}),
        ({"type": "integer", "minimum": 1, "exclusiveMaximum": 9},
         {"type": "integer", "min": 1, "left": {"exclusiveMaximum": 9}}),
        ({"type": "number", "multipleOf": 0.01}, {"type": "number", "left": {"multipleOf": 0.01}}),
        ({"type": "number"}, {"type": "number", "decimals": 6}),
        ({"type": "number", "x-kehu": {"type": "money", "currency": "EUR"}}, {"type": "money", "currency": "EUR"}),
        ({"enum": [1, 2, 3]}, {"type": "integer", "left": {"enum": [1, 2, 3]}}),
        ({"const": True}, {"type": "yes_no", "left": {"const": True}}),
        ({"const": "order"}, {"type": "choice", "options": {"order": {"label": "Order"}}}),
        ({"enum": ["GET", "a/b"]},
         {"type": "choice", "options": {"get": {"label": "GET", "also": ["GET"]}, "a_b": {"label": "a/b", "also": ["a/b"]}}}),
        ({"enum": ["a", "A"]}, {"type": "text", "max": 1000, "left": {"enum": ["a", "A"]}}),
        ({"oneOf": [{"const": "h", "title": "High"}, {"const": "l"}]},
         {"type": "choice", "options": {"h": {"label": "High"}, "l": {"label": "L"}}}),
        ({"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 1},
         {"type": "choices", "options": {"a": {"label": "A"}, "b": {"label": "B"}}, "left": {"minItems": 1}}),
        ({"type": "array", "items": {"type": "string"}}, {"type": "tags"}),
        ({"type": "array", "items": {"type": "number"}},
         {"type": "json", "schema": {"type": "array", "items": {"type": "number"}}}),
        ({"type": "object", "properties": {"x": {"type": "string"}}},
         {"type": "json", "schema": {"type": "object", "properties": {"x": {"type": "string"}}}}),
        ({"type": ["string", "array"], "items": {"type": "string"}},
         {"type": "json", "schema": {"type": ["string", "array"], "items": {"type": "string"}}}),
        ({"description": "anything"},
         {"type": "json", "help": "anything", "schema": {"type": ["object", "array", "string", "number", "boolean"]}}),
    ],
)  # fmt: skip
def test_a_property_becomes_a_field(schema: Any, field: Any) -> None:
    assert field_of(schema, **{"$defs": {"short": {"type": "string", "maxLength": 5}}}) == field


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({"exclusiveMinimum": True, "minimum": 3, "type": "integer"}, {"exclusiveMinimum": 3, "type": "integer"}),
        ({"minimum": 3, "exclusiveMinimum": False, "type": "integer"}, {"minimum": 3, "type": "integer"}),
        ({"type": "array", "items": [{"type": "string"}], "additionalItems": False},
         {"type": "array", "prefixItems": [{"type": "string"}], "items": False}),
        ({"type": "object", "dependencies": {"a": ["b"], "c": {"required": ["d"]}}},
         {"type": "object", "dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"required": ["d"]}}}),
        ({"$ref": "#/definitions/x", "maxLength": 2}, {"type": "string", "maxLength": 4}),
    ],
)  # fmt: skip
def test_older_drafts_say_the_same_otherwise(older: Any, newer: Any) -> None:
    definitions = {"x": {"type": "string", "maxLength": 4}}
    assert field_of(older, **{"$schema": DRAFT_4, "definitions": definitions}) == field_of(newer)


def test_names_that_cannot_be_fields_get_near_ones() -> None:
    schema = {
        "properties": {
            "firstName": {"type": "string"},
            "id": {"type": "string"},
            "$schema": {"type": "string"},
            "客户名称": {"type": "string", "x-kehu": {"name": "customer_name", "label": "客户名称"}},
        },
        "required": ["firstName"],
        "dependentRequired": {"firstName": ["id"]},
        "patternProperties": {"^f": {"minLength": 2}},
    }
    entity = entity_of(schema)
    assert list(entity.fields) == ["first_name", "id_", "schema", "customer_name"]
    assert entity.fields["first_name"].also == ("firstName",)
    assert entity.fields["first_name"].required
    assert entity.schema_ == {
        "dependentRequired": {"first_name": ["id_"]},
        "allOf": [{"properties": {"first_name": {"minLength": 2}}}],
    }


def test_rows_become_a_table_and_their_conditions_stay() -> None:
    rows = {
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "properties": {"productCode": {"type": "string"}, "qty": {"type": "integer", "minimum": 1}},
            "required": ["productCode"],
            "dependentRequired": {"qty": ["productCode"]},
        },
    }
    entity = entity_of({"properties": {"lines": rows}})
    table: Any = entity.fields["lines"]
    assert (table.type, table.min, list(table.fields)) == ("table", 1, ["product_code", "qty"])
    assert table.fields["product_code"].required
    left = {"dependentRequired": {"qty": ["product_code"]}}
    assert entity.schema_ == {"properties": {"lines": {"items": left}}}
    deeper = {"type": "array", "items": {"type": "object", "properties": {"parts": rows}}}
    assert entity_of({"properties": {"lines": deeper}}).fields["lines"].type == "json"


def test_what_stands_in_branches_alone_is_a_field_too() -> None:
    schema = {
        "$ref": "#/definitions/base",
        "definitions": {
            "base": {
                "properties": {"kind": {"enum": ["person", "company"]}},
                "allOf": [{"properties": {"name": {"type": "string", "maxLength": 9}}, "required": ["name"]}],
                "oneOf": [
                    {
                        "properties": {
                            "kind": {"const": "person"},
                            "born": {"type": "string", "format": "date"},
                        }
                    },
                    {
                        "properties": {
                            "kind": {"const": "company"},
                            "staff": {"type": "integer", "minimum": 1},
                        }
                    },
                ],
            }
        },
    }
    entity = entity_of(schema)
    assert {name: field.type for name, field in entity.fields.items()} == {
        "kind": "choice", "name": "text", "born": "date", "staff": "integer",
    }  # fmt: skip
    assert entity.fields["name"].plain()["max"] == 9
    assert set(entity.schema_ or {}) == {"allOf", "oneOf"}
    assert entity_of(json.loads(json.dumps(entity_to_json_schema(entity)))) == entity


def test_a_number_shows_the_decimals_that_it_has() -> None:
    number = entity_of({"properties": {"a": {"type": "number"}}}).fields["a"]
    shown = [number.display(number.coerce(value), "en") for value in ("1200", "48.858844", "0.125", "-3.5")]
    assert shown == ["1,200.00", "48.858844", "0.125", "-3.50"]


def test_a_keyword_of_ones_own_is_passed_over_and_a_misspelt_one_is_told() -> None:
    schema = {"properties": {"a": {"type": "string", "x-order": 1, "maxLenght": 3}}}
    loaded = load(json.dumps(schema), "entities/thing.schema.json")
    assert loaded.node is not None
    node, problems = node_from_json_schema(loaded.node)
    assert node is not None
    assert [(one.code, one.level, one.instead) for one in problems] == [
        ("schema_unknown_keyword", "warning", "maxLength")
    ]
