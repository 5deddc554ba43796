"""A schema keeps its meaning on its way through an entity: what it allows is allowed, what it refuses is refused.

Schemas and values are made up by Hypothesis; ``jsonschema`` itself says what each schema means. What Kehu does to all
values alike is kept out of the values: blanks around texts, empty texts, ``null`` for what is not there.
"""

import json
from datetime import UTC, datetime
from typing import Any

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from kehu.core.context import Context
from kehu.core.hooks import Change
from kehu.core.problems import phrases
from kehu.core.records.holding import held
from kehu.core.schema.entity import Entity
from kehu.core.schema.fields.field import ValueProblem
from kehu.core.schema.json_schema import entity_to_json_schema, node_from_json_schema
from kehu.core.schema.loading import load
from kehu.core.schema.reading import read

NAMES = ["name", "kind", "size", "rank", "live", "day", "firstName", "site", "parts", "words"]
OPTIONS = ["red", "green", "Very high", "A/B", "x"]
TEXTS = ["red", "green", "Very high", "A/B", "x", "abc", "ABC-1", "abc def", "z" * 30, "2026-03-01"]
NUMBERS = [0, 1, 2, 3, 5, 10, -4, 0.5, 2.25, 99]

Schema = dict[str, Any]


def whole(low: int, high: int) -> some.SearchStrategy[int]:
    return some.integers(low, high)


@some.composite
def texts(draw: Any) -> Schema:
    found: Schema = {"type": "string"}
    if draw(some.booleans()):
        found["maxLength"] = draw(whole(3, 12))
    if draw(some.booleans()):
        found["minLength"] = draw(whole(1, 4))
    if draw(some.booleans()):
        found["pattern"] = draw(some.sampled_from(["^[A-Z]", "e", "^[a-z ]+$", "^a|d$", "[0-9]$", "c\\$|b"]))
    return found


@some.composite
def numbers(draw: Any) -> Schema:
    found: Schema = {"type": draw(some.sampled_from(["number", "integer"]))}
    for keyword, values in (
        ("minimum", [0, 1, -2]), ("maximum", [3, 5.5, 10]), ("exclusiveMinimum", [0, 1]),
        ("exclusiveMaximum", [5, 10]), ("multipleOf", [1, 2, 0.25, 0.01]), ("enum", [[1, 2, 3], [0.5, 5]]),
        ("const", [1, 2.25]), ("not", [{"const": 2}, {"minimum": 5}]),
    ):  # fmt: skip
        if draw(whole(0, 3)) == 0:
            found[keyword] = draw(some.sampled_from(values))
    return found


CHOICES = some.lists(some.sampled_from(OPTIONS), min_size=1, unique=True).flatmap(
    lambda values: some.sampled_from(
        [
            {"enum": values},
            {"type": "string", "enum": values},
            {"oneOf": [{"const": value, "title": f"T {value}"} for value in values]},
            {"const": values[0]},
        ]
    )
)
LISTS = some.sampled_from(
    [
        {
            "type": "array",
            "items": {"type": "string", "enum": ["red", "Very high", "x"]},
            "uniqueItems": True,
        },
        {"type": "array", "items": {"type": "string", "maxLength": 10}, "minItems": 2, "uniqueItems": True},
        {
            "type": "array",
            "items": {"type": "string", "pattern": "^[a-z]+$"},
            "maxItems": 3,
            "uniqueItems": True,
        },
        {"type": "array", "items": {"type": "integer", "minimum": 1}, "maxItems": 2},
        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False},
        {"type": "array", "items": {"enum": ["red", "x"]}, "contains": {"const": "x"}, "uniqueItems": True},
    ]
)
ROWS = some.sampled_from(
    [
        {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {
                    "itemCode": {"enum": ["red", "Very high", "x"]},
                    "qty": {"type": "integer", "minimum": 1, "exclusiveMaximum": 9},
                    "note": {"type": "string"},
                },
                "required": ["qty"],
                **more,
            },
        }
        for more in (
            {},
            {"dependentRequired": {"itemCode": ["note"]}},
            {
                "if": {"properties": {"itemCode": {"const": "Very high"}}, "required": ["itemCode"]},
                "then": {"required": ["note"]},
            },
        )
    ]
)
OBJECTS = some.sampled_from(
    [
        {
            "type": "object",
            "properties": {"a": {"type": "integer"}, "b": {"type": "string"}},
            "required": ["a"],
        },
        {"type": "object", "additionalProperties": {"type": "integer"}},
        {"type": "object", "patternProperties": {"^a": {"type": "string"}}, "minProperties": 1},
        {"type": "object", "properties": {"a": {}, "b": {}}, "dependentRequired": {"a": ["b"]}},
    ]
)
ANY = some.sampled_from(
    [
        {"type": ["integer", "boolean"]},
        {"type": ["string", "array", "object"], "maxLength": 3},
        {"anyOf": [{"type": "integer", "minimum": 3}, {"type": "integer", "maximum": 0}]},
        {"oneOf": [{"type": "integer", "multipleOf": 2}, {"type": "integer", "multipleOf": 5}]},
        {"allOf": [{"type": "integer", "minimum": 1}, {"maximum": 5}]},
        {"$ref": "#/$defs/small"},
        {"$ref": "#/$defs/small", "minimum": 2, "title": "Small"},
        {"type": "boolean"},
        {"type": "boolean", "const": True},
        {"type": "string", "format": "date"},
        {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        {"type": ["string", "null"], "enum": ["red", "x", None]},
    ]
)
PROPERTIES = some.one_of(texts(), numbers(), CHOICES, LISTS, OBJECTS, ROWS, ANY)


@some.composite
def conditions(draw: Any, names: tuple[str, ...]) -> Schema:
    """Something about the whole object."""
    name, other = draw(some.sampled_from(names)), draw(some.sampled_from(names))
    about = draw(
        some.sampled_from(
            [
                {"const": draw(some.sampled_from([*OPTIONS, 1, True]))},
                {
                    "enum": draw(
                        some.lists(some.sampled_from([*OPTIONS, 1, 2]), min_size=1, max_size=2, unique=True)
                    )
                },
                {"not": {"const": draw(some.sampled_from(OPTIONS))}},
                {"type": "string"},
                {"minimum": 2},
                True,
                False,
            ]
        )
    )
    found: Schema = draw(
        some.sampled_from(
            [
                {"required": [name]},
                {"properties": {name: about}},
                {"required": [name], "properties": {name: about}},
                {"anyOf": [{"required": [name]}, {"required": [other]}]},
                {"oneOf": [{"required": [name]}, {"properties": {other: about}}]},
                {"not": {"required": sorted({name, other})}},
                {"dependentRequired": {name: [other]}},
                {"dependentSchemas": {name: {"properties": {other: about}}}},
                {"allOf": [{"required": [name]}, {"properties": {other: about}}]},
                {"patternProperties": {"^[a-m]": about}},
                {"minProperties": 2},
                {"maxProperties": 3},
                {"propertyNames": {"maxLength": 4}},
            ]
        )
    )
    return found


@some.composite
def schemas(draw: Any) -> Schema:
    names = draw(some.lists(some.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
    properties = {name: draw(PROPERTIES) for name in names}
    found: Schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": properties,
        "$defs": {"small": {"type": "integer", "maximum": 5}},
    }
    nullable = {name for name, one in properties.items() if jsonschema_allows(one, None, found["$defs"])}
    found["required"] = [name for name in names if name not in nullable and draw(some.booleans())]
    if draw(some.booleans()):
        found["if"] = draw(conditions(tuple(names)))
        found["then"] = draw(conditions(tuple(names)))
        if draw(some.booleans()):
            found["else"] = draw(conditions(tuple(names)))
    if draw(some.booleans()):
        more = draw(conditions(tuple(names)))
        found |= {"allOf": [more]} if {"properties", "required"} & more.keys() else more
    return found


def jsonschema_allows(schema: Schema, value: Any, defs: Schema) -> bool:
    return bool(checker({**schema, "$defs": defs}).is_valid(value))


VALUES = some.one_of(
    some.sampled_from(TEXTS),
    some.sampled_from(NUMBERS),
    some.booleans(),
    some.lists(
        some.sampled_from(["red", "Very high", "x", "abc", "many words"]), min_size=1, max_size=4, unique=True
    ),
    some.lists(some.sampled_from([1, 2, 7, 0]), min_size=1, max_size=3),
    some.just(["a", 1]),
    some.lists(
        some.fixed_dictionaries(
            {"qty": some.sampled_from([1, 5, 9])},
            optional={"itemCode": some.sampled_from(["red", "Very high"]), "note": some.just("n")},
        ),
        min_size=1,
        max_size=3,
    ),
    some.dictionaries(
        some.sampled_from(["a", "b", "ab"]),
        some.one_of(some.integers(0, 3), some.just("t")),
        min_size=1,
        max_size=2,
    ),
)


def checker(schema: Schema) -> Any:
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker(["date"]))


def entity_of(schema: Schema) -> Entity | list[str]:
    loaded = load(json.dumps(schema), "entities/thing.schema.json")
    assert loaded.node is not None
    node, problems = node_from_json_schema(loaded.node)
    if node is None:
        return [problem.code for problem in problems]
    entity, more = read(node)
    return entity if isinstance(entity, Entity) else [problem.code for problem in more]


def called(schema: Schema, entity: Entity, value: dict[str, Any]) -> dict[str, Any]:
    """The value in the entity's names: ``firstName`` is ``first_name``, ``Very high`` is ``very_high``."""
    fields = {"first_name" if name == "firstName" else name: one for name, one in value.items()}
    return {name: option_in(entity.fields[name], one) for name, one in fields.items()}


def option_in(field: Any, value: Any) -> Any:
    if field.type == "choice" and isinstance(value, str):
        return field.spellings.get(value.casefold(), value)
    if field.type == "choices" and isinstance(value, list):
        return [field.spellings.get(str(each).casefold(), each) for each in value]
    if field.type == "table" and isinstance(value, list) and all(isinstance(row, dict) for row in value):
        code = {"Very high": "very_high"}
        return [
            {("item_code" if key == "itemCode" else key): code.get(one, one) for key, one in row.items()}
            for row in value
        ]
    return value


def accepted(entity: Entity, value: dict[str, Any]) -> dict[str, Any] | None:
    """What Kehu would keep of the value, as JSON; ``None`` where it refuses."""
    row: dict[str, Any] = {"id": "1"}
    try:
        for name, field in entity.fields.items():
            row[name] = field.coerce(value[name]) if name in value else None
    except ValueProblem:
        return None
    if any(field.required and row[name] is None for name, field in entity.fields.items()):
        return None
    holder = held(entity)
    if holder is not None:
        about = Context("u", "api", "en", UTC, datetime(2026, 3, 1, tzinfo=UTC), "b")
        change = Change("thing", "1", "created", None, row, frozenset(row), about)
        if holder.unmet(change):
            return None
    return {name: field.to_json(row[name]) for name, field in entity.fields.items() if row[name] is not None}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), report_multiple_bugs=False)
@given(some.data())
def test_a_schema_means_the_same_after_its_way_through_an_entity(data: Any) -> None:
    schema = data.draw(schemas())
    entity = entity_of(schema)
    if not isinstance(
        entity, Entity
    ):  # nothing could be entered: a text of at least 4 and at most 3 characters
        assert set(entity) == {"min_above_max"}, schema
        return
    written = json.loads(json.dumps(entity_to_json_schema(entity)))
    jsonschema.Draft202012Validator.check_schema(written)
    assert entity_of(written) == entity
    original, again = checker(schema), checker(written)
    names = list(schema["properties"])
    for _ in range(6):
        chosen = data.draw(some.lists(some.sampled_from(names), unique=True))
        value = {name: data.draw(VALUES) for name in chosen}
        right = original.is_valid(value)
        kept = called(schema, entity, value)
        assert again.is_valid(kept) == right, (schema, written, value)
        ours = accepted(entity, kept)
        if right:
            assert ours is not None, (schema, value)
            assert ours == kept
        elif ours is not None:  # a text was taken for a number, or the like: what is kept is right then
            assert again.is_valid(ours), (schema, value, ours)


KEYWORDS = [
    *(
        "type",
        "enum",
        "const",
        "items",
        "properties",
        "required",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "then",
    ),
    *(
        "$ref",
        "$defs",
        "default",
        "format",
        "pattern",
        "minLength",
        "maxLength",
        "minimum",
        "multipleOf",
        "title",
    ),
    *(
        "description",
        "x-kehu",
        "additionalProperties",
        "patternProperties",
        "dependentRequired",
        "prefixItems",
    ),
    *(
        "dependencies",
        "additionalItems",
        "exclusiveMinimum",
        "propertyNames",
        "readOnly",
        "examples",
        "contains",
    ),
]
JUNK = some.recursive(
    some.one_of(
        some.none(),
        some.booleans(),
        some.sampled_from([0, 1, -1, 2.5, 1e30]),
        some.sampled_from(
            ["string", "object", "array", "null", "", "a", "name", "(", "#", "#/$defs/a", "#/properties/a"]
        ),
    ),
    lambda below: some.one_of(
        some.lists(below, max_size=3),
        some.dictionaries(some.sampled_from([*KEYWORDS, "a", "name", "firstName", "类"]), below, max_size=5),
    ),
    max_leaves=12,
)


@settings(
    max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), report_multiple_bugs=False
)
@given(some.dictionaries(some.sampled_from(["a", "name", "firstName", "类"]), JUNK, max_size=3), JUNK)
def test_whatever_stands_in_a_schema_it_becomes_an_entity_or_is_refused_in_words(
    properties: Any, more: Any
) -> None:
    schema = {**(more if isinstance(more, dict) else {}), "properties": properties, "$defs": {"a": more}}
    entity = entity_of(schema)
    if isinstance(entity, Entity):
        again = entity_of(json.loads(json.dumps(entity_to_json_schema(entity))))
        assert again == entity
    else:
        assert entity
        assert all(code in phrases() for code in entity)
