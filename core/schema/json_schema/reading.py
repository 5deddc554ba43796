"""The tree of an object schema as the tree of an entity file."""

from ...problems import Problem
from ..labels import humanised
from ..names import suggested
from ..nodes import Node
from ..registry import FieldTypes
from .objects import fields_of
from .preparing import map_of, prepared
from .properties import types_of
from .shapes import alike, branches

__all__ = ["node_from_json_schema", "with_plain_schema"]


def node_from_json_schema(
    node: Node, types: FieldTypes | None = None
) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree of an object schema as the tree of an entity file, places kept; and what of it cannot be taken over.

    The entity's name comes from ``x-kehu``, or from the file's: ``customer.schema.json``. What no field can say stands
    under ``schema``, and every record is held to it.
    """
    problems: list[Problem] = []
    entity = _entity(node, types or FieldTypes.bundled(), problems)
    refused = any(problem.level == "error" for problem in problems)
    return (None if refused else entity), tuple(problems)


def with_plain_schema(node: Node, problems: list[Problem]) -> Node:
    """An entity file with what it says under ``schema`` made plain: no references, mistakes told at their places."""
    said = map_of(node)
    if "schema" not in said:
        return node
    return Node(
        {**said, "schema": prepared(said["schema"], problems)}, node.place, node.key_place, node.layer
    )


def _entity(root: Node, types: FieldTypes, problems: list[Problem]) -> Node | None:
    plain = prepared(root, problems)
    if any(problem.level == "error" for problem in problems):
        return None
    said = map_of(plain)
    named = "properties" in said or any("properties" in map_of(branch) for branch in branches(plain))
    if not named or types_of(said) not in (["object"], []):
        problems.append(Problem("schema_is_no_object", {}, root.place))
        return None
    inside = fields_of(plain, types, problems)
    found = dict(map_of(said.get("x-kehu")))
    if "entity" not in found:
        file = root.place.file.replace("\\", "/").rpartition("/")[2].partition(".")[0]
        found = {"entity": Node(suggested(file) or file, root.place), **found}
    title = str(said["title"].value).strip() if "title" in said else ""
    if title not in ("", humanised(str(found["entity"].value)).en) and "label" not in found:
        found["label"] = said["title"]
    found["fields"] = alike(said.get("properties", plain), inside.fields)
    if map_of(inside.left):
        found["schema"] = inside.left
    return Node(found, root.place, None, root.layer)
