"""The properties of an object schema as fields: of an entity, or of the rows of a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from ...problems import Problem
from ..entity import RESERVED_FIELDS, SYSTEM_FIELDS
from ..names import is_name, suggested
from ..nodes import Node
from ..registry import FieldTypes
from .inferring import inferred
from .keywords import ANNOTATIONS
from .preparing import map_of
from .properties import Property, property_of, without_null
from .shapes import Shape, alike, branches

__all__ = ["Inside", "fields_of"]

_NOT_OF_RECORDS = frozenset((*ANNOTATIONS, "type", "properties", "required", "$schema"))


@dataclass(frozen=True, slots=True)
class Inside:
    """The fields of an object by name, what is left of its schema, and what its properties are called here."""

    fields: dict[str, Node]
    left: Node
    shape: Shape


def fields_of(node: Node, types: FieldTypes, problems: list[Problem]) -> Inside:
    """Understand the properties of an object schema; those named only in ``allOf``, ``then``, … are fields too."""
    said = map_of(node)
    properties = dict(map_of(said.get("properties")))
    for name, (one, always) in _named_in_branches(node).items():
        if name not in properties:
            properties[name] = one if always else _bare(one, types)
    shape = Shape(problems=problems)
    understood: dict[str, Property] = {}
    for name, one in properties.items():
        field = _field_name(name, one, shape, problems)
        if field is None:
            continue
        found = property_of(one, types, problems, fields_of)
        understood[field] = found
        shape.names[name] = field
        if found.options:
            shape.options[field] = found.options
        if found.rows is not None:
            shape.rows[field] = found.rows
        if field != name and "also" not in found.keys:
            found.keys["also"] = alike(one, [alike(one, name)])
    _require(said, understood, shape, problems)
    listed = said.get("properties", node)
    return Inside(
        {name: Node(found.keys, properties[old].place, properties[old].key_place, node.layer)
         for (old, name), found in zip(shape.names.items(), understood.values(), strict=True)},
        _left(node, understood, shape, listed),
        shape,
    )  # fmt: skip


def _require(
    said: Mapping[str, Node], understood: dict[str, Property], shape: Shape, problems: list[Problem]
) -> None:
    for item in _listed(said, "required"):
        found = understood.get(shape.names.get(str(item.value), ""))
        if found is None:
            problems.append(Problem("schema_requires_nothing", {"name": str(item.value)}, item.place))
        elif not found.nullable:
            found.keys["required"] = alike(item, True)


def _left(node: Node, understood: dict[str, Property], shape: Shape, listed: Node) -> Node:
    """What of the schema no field says, in the names of the fields; an empty map where that is nothing."""
    said = map_of(node)
    whole = {key: value for key, value in said.items() if key not in _NOT_OF_RECORDS}
    if "additionalProperties" in whole or "patternProperties" in whole:
        named = {name: alike(one, True) for name, one in map_of(said.get("properties")).items()}
        whole["properties"] = alike(listed, named)
    if map_of(said.get("properties")).keys() == shape.names.keys():  # nothing is left to be unevaluated
        whole.pop("unevaluatedProperties", None)
    left = dict(map_of(shape.said(alike(node, whole))))
    left.pop("properties", None)
    inside = {name: alike(node, found.left) for name, found in understood.items() if found.left}
    if inside:
        left["properties"] = alike(listed, inside)
    return alike(node, left)


def _listed(said: Mapping[str, Node], keyword: str) -> list[Node]:
    """The items of a keyword whose value is a list."""
    value = said[keyword].value if keyword in said else None
    return value if isinstance(value, list) else []


def _named_in_branches(node: Node) -> dict[str, tuple[Node, bool]]:
    """Properties that stand in branches alone: their schema, and whether it always holds (``allOf``)."""
    always: dict[str, Node] = {}
    waiting = [node]
    while waiting:
        for one in _listed(map_of(waiting.pop(0)), "allOf"):
            waiting.append(one)
            for name, below in map_of(map_of(one).get("properties")).items():
                always.setdefault(name, below)
    several: dict[str, list[Node]] = {}
    for branch in branches(node):
        for name, below in map_of(map_of(branch).get("properties")).items():
            several.setdefault(name, []).append(below)
    return {
        name: (always[name], True)
        if name in always
        else (alike(ways[0], {"anyOf": alike(ways[0], list(ways))}), False)
        for name, ways in several.items()
    }


def _bare(node: Node, types: FieldTypes) -> Node:
    """What can be said of a property whatever the branch: its type where all agree, its options, its title."""
    ways = node.value["anyOf"].value if isinstance(node.value, dict) else []
    said = (
        [map_of(without_null(way)[0]) for way in ways if isinstance(way, Node)]
        if isinstance(ways, list)
        else []
    )
    told = [one for one in said if one.keys() - ANNOTATIONS]
    found: dict[str, Node] = {}
    for key in ("title", "description"):
        if (first := next((one[key] for one in said if key in one), None)) is not None:
            found[key] = first
    kinds = {inferred(alike(node, one), types, []) for one in told}
    if kinds == {"choice"}:
        values = [item for one in told for item in _constants(one)]
        found["enum"] = alike(node, list({str(item.value): item for item in values}.values()))
    elif len(kinds) == 1 and kinds.isdisjoint({"json", "table", "choices"}):
        keep = ("type", "format", "maxLength") if kinds & {"long_text"} else ("type", "format")
        found |= {key: told[0][key] for key in keep if key in told[0]}
    elif kinds <= {"choice", "text", "long_text"} and kinds:
        found["type"] = alike(node, "string")
    return alike(node, found)


def _constants(said: Mapping[str, Node]) -> list[Node]:
    return _listed(said, "enum") or ([said["const"]] if "const" in said else [])


def _field_name(name: str, node: Node, shape: Shape, problems: list[Problem]) -> str | None:
    """What a property is called here; ``x-kehu: {name: …}`` says it where the property's own name will not do."""
    hidden = map_of(map_of(node).get("x-kehu"))
    found = str(hidden["name"].value) if "name" in hidden else name if is_name(name) else suggested(name)
    kind = str(hidden["type"].value) if "type" in hidden else ""
    if found in RESERVED_FIELDS or (found in SYSTEM_FIELDS and kind != found):
        found = f"{found}_"
    if not is_name(found):
        problems.append(Problem("schema_no_name", {"given": name}, node.key_place or node.place))
        return None
    other = next((old for old, taken in shape.names.items() if taken == found), None)
    if other is not None:
        values = {"given": name, "other": other, "name": found}
        problems.append(Problem("schema_same_name", values, node.key_place or node.place))
        return None
    return found
