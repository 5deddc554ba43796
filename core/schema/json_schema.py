"""Entities as JSON Schema (2020-12), and back. What the standard cannot say stands under ``x-kehu``."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..problems import Problem
from .definition import formula_in
from .entity import Entity
from .fields.field import Field
from .labels import plain_label
from .names import is_name, suggested
from .nodes import Node
from .registry import FieldTypes

__all__ = ["DIALECT", "entity_to_json_schema", "node_from_json_schema"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_SAID_BY_STANDARD = frozenset({"required", "readonly", "help"})
_ROOT = ("$schema", "$id", "$comment", "title", "description", "type", "properties", "required", "$defs")
_ROOT_KEYS = (*_ROOT, "additionalProperties", "x-kehu")
_PASSED_OVER = frozenset({"$comment", "examples", "deprecated", "writeOnly"})
_DESCRIBES_TYPE = frozenset({"type", "format", "enum", "items", "uniqueItems"})
_FORMATS = {
    "email": "email",
    "uri": "url",
    "url": "url",
    "date": "date",
    "date-time": "datetime",
    "phone": "phone",
}
_TYPES = {"number": "number", "integer": "integer", "boolean": "yes_no"}


def entity_to_json_schema(entity: Entity) -> dict[str, Any]:
    """An object schema for the entity's records as JSON; fields that are not required may be null."""
    own = entity.plain()
    del own["fields"]
    return {
        "$schema": DIALECT,
        "title": entity.shown.en,
        "type": "object",
        "properties": {name: _property(field) for name, field in entity.fields.items()},
        "required": [name for name, field in entity.fields.items() if field.required],
        "additionalProperties": False,
        "x-kehu": own,
    }


def _property(field: Field) -> dict[str, Any]:
    schema = field.json_schema()
    plain = field.plain()
    hidden = {k: v for k, v in plain.items() if k not in _SAID_BY_STANDARD and k not in field.keywords}
    if field.help is not None:
        schema["description"] = field.help.en
        if field.help.zh != field.help.en:
            hidden["help"] = plain_label(field.help)
    if field.readonly:
        schema["readOnly"] = True
        hidden["readonly"] = True
    if field.default is not None and formula_in(field.default) is None and not field.computed:
        schema["default"] = field.to_json(field.coerce(field.default))
        if schema["default"] == field.default:
            hidden.pop("default", None)
    if field.label.zh == field.label.en:
        del hidden["label"]
    if not field.required:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    return {"title": field.label.en, **schema, "x-kehu": hidden}


def node_from_json_schema(
    node: Node, types: FieldTypes | None = None
) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree of an object schema as the tree of an entity file, places kept; and what of it cannot be taken over.

    The entity's name comes from ``x-kehu``, or from the file's: ``customer.schema.json``.
    """
    reader = _Reader(node, types or FieldTypes.bundled())
    entity = reader.entity()
    return (None if reader.problems else entity), tuple(reader.problems)


class _Reader:
    def __init__(self, root: Node, types: FieldTypes) -> None:
        self.root = root
        self.types = types
        self.problems: list[Problem] = []

    def entity(self) -> Node:
        said = _map(self.root)
        properties = said.get("properties")
        if properties is None or not isinstance(properties.value, dict) or "object" not in _types(said):
            self.problems.append(Problem("schema_is_no_object", {}, self.root.place))
            return self.root
        for key, value in said.items():
            if key not in _ROOT_KEYS:
                self.refuse(key, value)
        found = dict(_map(said.get("x-kehu")))
        if "entity" not in found:
            name = self.root.place.file.replace("\\", "/").rpartition("/")[2].partition(".")[0]
            found = {"entity": self.made(self.root, suggested(name)), **found}
        if "title" in said and "label" not in found:
            found["label"] = said["title"]
        required = {item.value for item in _list(said.get("required"))}
        fields = {}
        for name, spec in properties.value.items():
            keys = self.field(self.resolved(spec))
            if name in required:
                keys["required"] = self.made(spec, True)
            fields[name] = Node(keys, spec.place, spec.key_place, spec.layer)
        found["fields"] = Node(fields, properties.place, properties.key_place, properties.layer)
        return Node(found, self.root.place, None, self.root.layer)

    def made(self, at: Node, value: Any) -> Node:
        return Node(value, at.place, at.key_place, at.layer)

    def refuse(self, keyword: str, node: Node) -> None:
        self.problems.append(
            Problem("schema_unsupported", {"keyword": keyword}, node.key_place or node.place)
        )

    def resolved(self, node: Node) -> Node:
        """What a ``$ref`` into ``$defs`` leads to; anything else as it is."""
        seen = 0
        while "$ref" in _map(node):
            reference = _map(node)["$ref"]
            text = str(reference.value)
            target = _map(_map(self.root).get("$defs")).get(text.removeprefix("#/$defs/"))
            seen += 1
            if target is None or not text.startswith("#/$defs/") or seen > 20:
                self.problems.append(Problem("schema_reference", {"given": text}, reference.place))
                return Node({}, node.place, node.key_place, node.layer)
            beside = {key: value for key, value in _map(node).items() if key != "$ref"}
            node = Node({**_map(target), **beside}, node.place, node.key_place, node.layer)
        return node

    def field(self, node: Node) -> dict[str, Node]:
        said = _map(node)
        hidden = _map(said.get("x-kehu"))
        kind = str(hidden["type"].value) if "type" in hidden else self.inferred(node)
        keywords = {keyword: key for key, keyword in getattr(self.types.get(kind), "keywords", {}).items()}
        keys: dict[str, Node] = {"type": self.made(said.get("type", node), kind)}
        for keyword, value in said.items():
            if keyword in ("title", "description", "default", "readOnly"):
                key = {"title": "label", "description": "help", "readOnly": "readonly"}.get(keyword, keyword)
                keys[key] = value
            elif keyword in keywords:
                keys[keywords[keyword]] = self.converted(value, keyword, kind)
            elif keyword == "multipleOf" and kind in ("number", "money", "percent"):
                self.decimals(keys, value, kind)
            elif keyword not in _DESCRIBES_TYPE | _PASSED_OVER | {"x-kehu"} and "type" not in hidden:
                self.refuse(keyword, value)
        options = self.options(said, hidden)
        if kind in ("formula", "rollup", "children") or self.is_system(kind):
            keys.pop("readonly", None)
        return {**keys, **hidden, **options}

    def is_system(self, kind: str) -> bool:
        return getattr(self.types.get(kind), "system", None) is not None

    def inferred(self, node: Node) -> str:
        said = _map(node)
        names = [name for name in _types(said) if name != "null"]
        kind = names[0] if len(names) == 1 else "string" if "enum" in said else ""
        if kind == "string":
            if "enum" in said:
                return "choice"
            longest = said["maxLength"].value if "maxLength" in said else 0
            usual = "long_text" if isinstance(longest, int) and longest > 1000 else "text"
            return _FORMATS.get(str(said["format"].value), usual) if "format" in said else usual
        if kind == "array":
            items = _map(said.get("items"))
            if "string" in _types(items):
                return "choices" if "enum" in items else "tags"
        if kind not in _TYPES:
            wrong = said.get("items") or said.get("type") or node
            self.problems.append(Problem("schema_type", {"given": kind or "?"}, wrong.place))
        return _TYPES.get(kind, "text")

    def converted(self, value: Node, keyword: str, kind: str) -> Node:
        if keyword == "pattern" and isinstance(value.value, str):
            return self.made(value, _whole(value.value))
        if kind == "percent" and isinstance(value.value, (int, float)):
            return self.made(value, f"{value.value * 100:.10g}%")
        return value

    def decimals(self, keys: dict[str, Node], value: Node, kind: str) -> None:
        steps = {1: 0, **{10**-digits: digits for digits in range(1, 9)}}
        digits = steps.get(value.value) if isinstance(value.value, (int, float)) else None
        if digits is None or (kind == "percent" and digits < 2):
            self.refuse("multipleOf", value)
        else:
            keys["decimals"] = self.made(value, digits - 2 if kind == "percent" else digits)

    def options(self, said: Mapping[str, Node], hidden: Mapping[str, Node]) -> dict[str, Node]:
        listed = said.get("enum") or _map(said.get("items")).get("enum")
        if listed is None:
            return {}
        known = _map(hidden.get("options"))
        found: dict[str, Node] = {}
        for position, item in enumerate(_list(listed), start=1):
            if item.value is None:
                continue
            text = str(item.value)
            if is_name(text):
                found[text] = known.get(text) or self.made(item, {})
            else:
                spelt = {"label": self.made(item, text), "also": self.made(item, [self.made(item, text)])}
                found[suggested(text) or f"option_{position}"] = self.made(item, spelt)
        return {"options": Node(found, listed.place, listed.key_place, listed.layer)}


def _map(node: Node | None) -> Mapping[str, Node]:
    return node.value if node is not None and isinstance(node.value, dict) else {}


def _list(node: Node | None) -> list[Node]:
    return node.value if node is not None and isinstance(node.value, list) else []


def _types(said: Mapping[str, Node]) -> tuple[str, ...]:
    node = said.get("type")
    if node is None:
        return ()
    return tuple(_texts(node))


def _texts(node: Node) -> Iterator[str]:
    for item in _list(node) or [node]:
        yield str(item.value)


def _whole(pattern: str) -> str:
    """JSON Schema's patterns may match anywhere, ours match the whole text."""
    if pattern.startswith("^(?:") and pattern.endswith(")$"):
        return pattern[4:-2]
    if pattern.startswith("^") and pattern.endswith("$") and "|" not in pattern:
        return pattern[1:-1]
    return f"(?s:.*)(?:{pattern})(?s:.*)"
