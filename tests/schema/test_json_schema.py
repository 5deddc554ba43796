"""Every entity can be written out as JSON Schema, holds its own records to it, and is read back unchanged."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kehu.core.schema.entity import Entity
from kehu.core.schema.json_schema import entity_to_json_schema, node_from_json_schema
from kehu.core.schema.loading import load
from kehu.core.schema.reading import read
from kehu.core.schema.registry import FieldTypes

ALL_TYPES = """
entity: thing
label: {zh: 东西, en: Thing}
title: name
fields:
  name: {type: text, label: {zh: 名称, en: Name}, help: {zh: 全, en: Full}, required: true, max: 50, min: 2, also: [x]}
  code: {type: text, pattern: "[A-Z]{2}|x"}
  note: {type: long_text, readonly: true, help: 说明}
  size: {type: number, min: 0.5, max: 10, decimals: 3, default: 1}
  count: {type: integer, min: 1, default: 3}
  price: {type: money, currency: USD, default: "1,000"}
  rate: {type: percent, min: 5%, max: 150%, default: 10%}
  live: {type: yes_no, default: false}
  day: {type: date, min: 2020-01-01, default: =TODAY()}
  moment: {type: datetime}
  class: {type: choice, options: {high: {label: {zh: 高, en: High}, also: [A]}, low: {}}, default: low}
  colours: {type: choices, options: [red, green]}
  tags: {type: tags, max: 5}
  mail: {type: email}
  phone: {type: phone, search: true}
  site: {type: url}
  owner: {type: user, index: false}
  parent: {type: link, to: thing, on_delete: clear, after: name}
  parts: {type: children, of: thing.parent}
  total: {type: rollup, sum: thing.price, where: live}
  double: {type: formula, formula: size * 2, result: number}
  number: {type: number_series, format: "T-{yyyy}-{000}"}
  stage: {type: stage, flow: things}
  html: {type: rich_text}
  hour: {type: time, min: "08:00"}
  lasts: {type: duration, unit: hours, decimals: 1}
  where: {type: address}
  region: {type: region, depth: city}
  spot: {type: location}
  people: {type: users, max: 3}
  crew: {type: team}
  others: {type: links, to: thing}
  lines: {type: table, fields: {sku: {type: text, required: true}, qty: {type: integer, min: 1}}, totals: {qty: sum}}
  stars: {type: rating}
  points: {type: score, max: 10}
  paint: {type: colour}
  signed: {type: signature}
  paper: {type: file, types: [pdf, image], max: 5}
  papers: {type: files, count: 3}
  photo: {type: image, types: png}
  extra: {type: json, schema: {type: object, properties: {a: {type: integer}}, required: [a]}}
  mixed: {type: json, schema: {anyOf: [{type: object}, {type: array}]}}
  pin: {type: secret}
  created_at: {type: created_at}
  created_by: {type: created_by}
  changed_at: {type: changed_at}
  changed_by: {type: changed_by}
unique: [{fields: [name, code], message: 重复}]
rules: [{rule: r1, when: live, require: note, message: {zh: 甲, en: a}}]
search: [name]
schema: {if: {properties: {live: {const: true}}}, then: {required: [class]}}
"""
ROOT = Path(__file__).parents[2]


def entity_in(text: str, file: str = "thing.yaml") -> Entity:
    loaded = load(text, file)
    assert loaded.node is not None
    node, problems = loaded.node, loaded.problems
    if file.endswith(".json"):
        found, more = node_from_json_schema(node)
        assert more == ()
        assert found is not None
        node = found
    entity, more = read(node)
    assert (*problems, *more) == ()
    assert isinstance(entity, Entity)
    return entity


def codes(schema: Any) -> list[str]:
    loaded = load(json.dumps(schema), "thing.schema.json")
    assert loaded.node is not None
    return [problem.code for problem in node_from_json_schema(loaded.node)[1]]


def bundled() -> list[Path]:
    files = sorted(ROOT.glob("plugins/*/entities/*.yaml"))
    return [path for path in files if path.read_text("utf-8").lstrip().startswith("entity:")]


def test_every_field_type_is_read_back_unchanged() -> None:
    entity = entity_in(ALL_TYPES)
    assert {field.type for field in entity.fields.values()} == set(FieldTypes.bundled())
    written = json.dumps(entity_to_json_schema(entity), ensure_ascii=False)
    assert entity_in(written, "thing.schema.json") == entity


@pytest.mark.parametrize("path", bundled(), ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_the_bundled_entities_are_read_back_unchanged(path: Path) -> None:
    entity = entity_in(path.read_text("utf-8"))
    written = json.dumps(entity_to_json_schema(entity), ensure_ascii=False)
    assert entity_in(written, "x.schema.json") == entity


def test_the_schema_is_one_and_holds_records_to_it() -> None:
    entity = entity_in(ALL_TYPES)
    schema = entity_to_json_schema(entity)
    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema)
    check = validator(schema)
    good = {"name": "abc", "class": "low", "colours": ["red"], "rate": 0.29, "size": 0.57, "code": None}
    assert check.is_valid(good)
    for wrong in (
        {"name": "a"},
        {"class": "mid"},
        {"colours": ["red", "red"]},
        {"size": 0},
        {"x": 1},
        {"name": None},
    ):
        assert not check.is_valid({**good, **wrong})


def test_a_plain_schema_becomes_an_entity() -> None:
    schema = {
        "title": "Thing",
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "title": "Name", "maxLength": 30},
            "text": {"type": "string", "maxLength": 5000},
            "level": {"enum": ["Very high", "low"]},
            "mail": {"type": ["string", "null"], "format": "email"},
            "amount": {"$ref": "#/$defs/amount", "minimum": 1},
            "words": {"type": "array", "items": {"type": "string"}},
            "many": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}},
            "live": {"type": "boolean", "default": True},
        },
        "$defs": {"amount": {"type": "number", "multipleOf": 0.001}},
    }
    entity = entity_in(json.dumps(schema), "entities/thing.schema.json")
    assert (entity.entity, entity.shown.en) == ("thing", "Thing")
    assert {name: field.type for name, field in entity.fields.items()} == {
        "name": "text", "text": "long_text", "level": "choice", "mail": "email", "amount": "number", "words": "tags",
        "many": "choices", "live": "yes_no",
    }  # fmt: skip
    assert entity.fields["name"].required
    assert entity.fields["level"].coerce("Very high") == "very_high"
    assert entity.fields["amount"].scale == 3


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        ({"type": "array"}, "schema_is_no_object"),
        ({"type": "object", "required": ["a"]}, "schema_is_no_object"),
        ({"properties": {"a": {"$ref": "https://example.com/x"}}}, "schema_reference_outside"),
        ({"properties": {"a": {"$ref": "other.json#/a"}}}, "schema_reference_outside"),
        ({"properties": {"a": {"$ref": "#/$defs/b"}}}, "schema_reference"),
        ({"properties": {"a": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"$ref": "#/$defs/a"}}}, "schema_circle"),
        ({"properties": {"a": {"type": "array", "items": {"$ref": "#"}}}}, "schema_circle"),
        ({"properties": {"a": {"$dynamicRef": "#a"}}}, "schema_unsupported"),
        (
            {"allOf": [{"properties": {"a": {"type": "string"}}}], "unevaluatedProperties": False},
            "schema_unsupported",
        ),
        ({"properties": {"a": {"type": "text"}}}, "schema_keyword_value"),
        ({"properties": {"a": {"type": "string", "minLength": "2"}}}, "schema_keyword_value"),
        ({"properties": {"a": {"type": "string", "pattern": "("}}}, "bad_pattern"),
        ({"properties": {"a": {"requird": []}}}, "schema_unknown_keyword"),
        ({"properties": {"a": False}}, "schema_type"),
        ({"properties": {"客户": {"type": "string"}}}, "schema_no_name"),
        ({"properties": {"a b": {"type": "string"}, "a_b": {"type": "string"}}}, "schema_same_name"),
        ({"properties": {"a": {"type": "string"}}, "required": ["b"]}, "schema_requires_nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_over_is_refused_by_name(schema: Any, found: str) -> None:
    assert codes(schema) == [found]


@pytest.mark.parametrize("file", ["2024", "客户"])
def test_a_file_whose_name_can_name_nothing_is_told_by_that_name(file: str) -> None:
    loaded = load(b'{"type": "object", "properties": {"a": {"type": "string"}}}', f"{file}.schema.json")
    assert loaded.node is not None
    node, problems = node_from_json_schema(loaded.node, FieldTypes.bundled())
    if node is not None:
        problems = (*problems, *read(node)[1])
    assert [(problem.code, problem.values["given"]) for problem in problems] == [("bad_name", file)]


def test_references_that_double_at_every_step_are_refused() -> None:
    defs: dict[str, Any] = {f"d{i}": {"allOf": [{"$ref": f"#/$defs/d{i + 1}"}] * 2} for i in range(40)}
    defs["d40"] = {"type": "integer"}
    assert codes({"properties": {"a": {"$ref": "#/$defs/d0"}}, "$defs": defs}) == ["schema_too_big"]


def test_what_may_not_be_beside_the_properties_is_no_matter_where_all_stand_at_the_top() -> None:
    assert codes({"properties": {"a": {"type": "string"}}, "unevaluatedProperties": False}) == []
    assert codes({"properties": {"a": {"type": "string"}}, "additionalProperties": False}) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_schema_of_the_documentation_is_an_entity(language: str) -> None:
    page = (ROOT / "docs" / language / "json-schema.md").read_text("utf-8")
    schema = page.partition("```json\n")[2].partition("```")[0]
    entity = entity_in(schema, "entities/site.schema.json")
    assert {name: field.type for name, field in entity.fields.items()} == {
        "name": "text", "kind": "choice", "budget": "money", "opened": "date", "reactor": "text", "address": "json",
        "rooms": "table",
    }  # fmt: skip
    assert set(entity.schema_ or {}) == {"if", "then"}
