"""The keywords of JSON Schema: what each takes, and where schemas stand inside schemas."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import regex

__all__ = ["ANNOTATIONS", "BESIDE", "LISTS", "MAPS", "SINGLE", "TYPES", "WANTED", "is_known", "wrong_in"]

TYPES = ("string", "number", "integer", "boolean", "object", "array", "null")

SINGLE = frozenset(
    [
        *("not", "if", "then", "else", "items", "contains", "additionalProperties", "propertyNames"),
        *("unevaluatedItems", "unevaluatedProperties"),
    ]
)
"""Keywords whose value is a schema."""
LISTS = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))
"""Keywords whose value is a list of schemas."""
MAPS = frozenset(("properties", "patternProperties", "dependentSchemas"))
"""Keywords whose value is a map of schemas."""
BESIDE = frozenset(("allOf", "anyOf", "oneOf", "not", "if", "then", "else"))
"""Keywords whose schemas look at the same value as the schema that they stand in."""
ANNOTATIONS = frozenset(
    ("title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "x-kehu")
)
"""Keywords that refuse nothing."""

Check = Callable[[Any], bool]


def _whole(value: Any) -> bool:
    return (
        isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0 and value == int(value)
    )


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _yes_no(value: Any) -> bool:
    return isinstance(value, bool)


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _list(value: Any) -> bool:
    return isinstance(value, list)


def _map(value: Any) -> bool:
    return isinstance(value, dict)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _type(value: Any) -> bool:
    names = [value] if isinstance(value, str) else value
    return _texts(names) and bool(names) and all(name in TYPES for name in names)


def _map_of_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(_texts(item) for item in value.values())


WANTED: Mapping[str, tuple[Check, str]] = {
    "type": (_type, "string, number, integer, boolean, object, array, null"),
    "enum": (_list, "[…]"),
    "examples": (_list, "[…]"),
    "required": (_texts, '["name", …]'),
    "dependentRequired": (_map_of_texts, '{"name": ["name", …]}'),
    "pattern": (_text, '"…"'),
    "format": (_text, '"…"'),
    "title": (_text, '"…"'),
    "description": (_text, '"…"'),
    "properties": (_map, "{…}"),
    "patternProperties": (_map, "{…}"),
    "dependentSchemas": (_map, "{…}"),
    "x-kehu": (_map, "{…}"),
    "allOf": (_list, "[…]"),
    "anyOf": (_list, "[…]"),
    "oneOf": (_list, "[…]"),
    "prefixItems": (_list, "[…]"),
    "multipleOf": (lambda value: _number(value) and value > 0, "0.01"),
    "readOnly": (_yes_no, "true, false"),
    "writeOnly": (_yes_no, "true, false"),
    "deprecated": (_yes_no, "true, false"),
    "uniqueItems": (_yes_no, "true, false"),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), (_number, "1")),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), (_whole, "1")),
    **dict.fromkeys(("minProperties", "maxProperties", "minContains", "maxContains"), (_whole, "1")),
}
"""Keyword → whether a value may stand there, and what one looks like."""

_OTHERS = frozenset(
    [
        *("$schema", "$id", "$ref", "$defs", "$comment", "$anchor", "$vocabulary", "const", "default"),
        *("examples", "contentEncoding", "contentMediaType", "contentSchema"),
        *("definitions", "dependencies", "id", "additionalItems"),
    ]
)


def wrong_in(schema: Any, path: tuple[str | int, ...] = ()) -> tuple[str | int, ...] | None:
    """Where a schema has a value that cannot stand there; ``None`` where it has none.

    The standard's own way, holding the schema to the schema of schemas, takes seconds where this takes milliseconds.
    """
    if isinstance(schema, bool):
        return None
    if not isinstance(schema, dict):
        return path
    for keyword, value in schema.items():
        if keyword in WANTED and not WANTED[keyword][0](value):
            return (*path, keyword)
        below: Iterable[tuple[str | int, Any]] = ()
        if keyword in SINGLE:
            below = (("", value),)
        elif keyword in LISTS:
            below = enumerate(value)
        elif keyword in MAPS or keyword == "$defs":
            below = value.items() if isinstance(value, dict) else ((keyword, value),)
        patterns = (value,) if keyword == "pattern" else value if keyword == "patternProperties" else ()
        if not all(map(_is_pattern, patterns)):
            return (*path, keyword)
        for step, one in below:
            found = wrong_in(one, (*path, keyword, step) if step != "" else (*path, keyword))
            if found is not None:
                return found
    return None


def _is_pattern(text: str) -> bool:
    try:
        regex.compile(text)
    except (regex.error, RecursionError, OverflowError):
        return False
    return True


def is_known(keyword: str) -> bool:
    """Whether the standard has this keyword, in its newest draft or an older one."""
    return keyword in WANTED or keyword in SINGLE or keyword in _OTHERS
