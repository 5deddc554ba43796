"""Which field type a property is meant to be, where ``x-kehu`` does not name one."""

from collections.abc import Mapping

from ...problems import Problem
from ..names import is_name, suggested
from ..nodes import Node
from ..registry import FieldTypes
from .preparing import map_of

__all__ = ["JSON_TYPES", "TEXT_AT_MOST", "inferred", "labelled_constants"]

TEXT_AT_MOST = 1000
"""Characters of a text whose schema sets no limit; with a higher limit it is a text of many lines."""
TAG_AT_MOST = 40
JSON_TYPES = ("object", "array", "string", "number", "boolean")
"""What may stand where a schema names no type."""

_FORMATS = {
    "email": "email",
    "idn-email": "email",
    "uri": "url",
    "url": "url",
    "iri": "url",
    "date": "date",
    "date-time": "datetime",
    "phone": "phone",
    "password": "secret",
}
_ABOUT = {
    "string": ("pattern", "format", "minLength", "maxLength"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "object": ("properties", "required", "patternProperties", "additionalProperties", "propertyNames"),
    "array": ("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"),
}
"""A type → the keywords that only make sense of it."""


def inferred(node: Node, types: FieldTypes, problems: list[Problem]) -> str:
    """The field type; where there is none that could hold such values, a problem is told and it is ``text``."""
    said = map_of(node)
    kind = _kind(said)
    found = {"boolean": "yes_no", "integer": "integer", "number": "number"}.get(kind, "json")
    if kind == "string":
        found = _text(said, types)
    elif kind == "array":
        found = _array(said, types)
    if node.value is False:
        problems.append(Problem("schema_type", {"given": "false"}, node.place))
    if found in types:
        return found
    problems.append(Problem("schema_type", {"given": kind or "?"}, (said.get("type") or node).place))
    return "text"


def _kind(said: Mapping[str, Node]) -> str:
    """The one type of the values, or ``""`` where there are several or any."""
    listed = said["type"].value if "type" in said else None
    if isinstance(listed, list):
        names = {str(name.value) for name in listed}
        return "number" if names == {"integer", "number"} else names.pop() if len(names) == 1 else ""
    if isinstance(listed, str):
        return listed
    values = said["enum"].value if "enum" in said else [said["const"]] if "const" in said else []
    if isinstance(values, list) and values:
        return _kind_of([item.value for item in values])
    about = [kind for kind, keywords in _ABOUT.items() if not said.keys().isdisjoint(keywords)]
    if about:
        return about[0] if len(about) == 1 else ""
    kinds: set[str] = set()
    for key in ("allOf", "anyOf", "oneOf"):
        ways = said[key].value if key in said else []
        kinds.update(_kind(map_of(way)) for way in (ways if isinstance(ways, list) else ()))
    return kinds.pop() if len(kinds) == 1 else ""


def _kind_of(values: list[object]) -> str:
    if all(isinstance(value, str) for value in values):
        return "string"
    if all(isinstance(value, bool) for value in values):
        return "boolean"
    if any(isinstance(value, bool) or not isinstance(value, (int, float)) for value in values):
        return ""
    return "integer" if all(isinstance(value, int) for value in values) else "number"


def _text(said: Mapping[str, Node], types: FieldTypes) -> str:
    values = said["enum"].value if "enum" in said else [said["const"]] if "const" in said else None
    if values is None and (pairs := labelled_constants(said)[1]):
        values = [const for const, _ in pairs]
    if isinstance(values, list) and can_be_options([item.value for item in values]):
        return "choice"
    longest = said["maxLength"].value if "maxLength" in said else 0
    if isinstance(longest, (int, float)) and longest > TEXT_AT_MOST:
        return "long_text"
    named = _FORMATS.get(str(said["format"].value)) if "format" in said else None
    if "writeOnly" in said and said["writeOnly"].value is True and named is None:
        named = "secret"
    plain = named is None or named not in types or (named == "secret" and not _is_bare(said))
    return "text" if plain or named is None else named


def _is_bare(said: Mapping[str, Node]) -> bool:
    """Whether nothing is asked of a text but its length: what is kept secret cannot be looked at again."""
    return said.keys().isdisjoint(("pattern", "minLength", "allOf", "anyOf", "oneOf", "not", "if", "default"))


def can_be_options(values: list[object]) -> bool:
    """Whether these are texts of which no two would be the same option."""
    texts = [value.strip() for value in values if isinstance(value, str)]
    if len(texts) < len(values) or not any(texts):
        return False
    kept = [text for text in texts if text]
    names = {text if is_name(text) else suggested(text) for text in kept}
    spellings = {text.casefold() for text in kept} | {name for name in names if name}
    different = len({text.casefold() for text in kept}) == len(kept)
    return different and len(spellings) >= len(kept) and all(len(text) <= 200 for text in kept)


def _array(said: Mapping[str, Node], types: FieldTypes) -> str:
    items = map_of(said.get("items"))
    if "prefixItems" in said:
        return "json"
    kind = _kind(items)
    if kind == "object" and "properties" in items and "table" in types:
        return "table"
    if kind != "string":
        return "json"
    if _text(items, types) == "choice":
        return "choices"
    longest = items["maxLength"].value if "maxLength" in items else 0
    if not isinstance(longest, (int, float)) or longest > TAG_AT_MOST:
        return "json"
    most = said["maxItems"].value if "maxItems" in said else 0
    return "tags" if isinstance(most, (int, float)) and most <= 50 else "json"


def labelled_constants(said: Mapping[str, Node]) -> tuple[str, list[tuple[Node, Node | None]]]:
    """Options said as ``oneOf: [{const: …, title: …}, …]``: the keyword, and each constant with its title."""
    for keyword in ("oneOf", "anyOf"):
        ways = said[keyword].value if keyword in said else None
        if not isinstance(ways, list) or not ways:
            continue
        entries = [map_of(way) for way in ways]
        plain = all(entry.keys() <= {"const", "title", "description", "type"} for entry in entries)
        if plain and all("const" in entry and isinstance(entry["const"].value, str) for entry in entries):
            return keyword, [(entry["const"], entry.get("title")) for entry in entries]
    return "", []
