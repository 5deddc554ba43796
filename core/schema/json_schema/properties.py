"""One property of an object schema as a field: its type, its keys, and what is left that no key of a field says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from ...problems import Problem
from ..fields.field import Field, ValueProblem
from ..names import is_name, suggested
from ..nodes import Node
from ..registry import FieldTypes
from .inferring import JSON_TYPES, TEXT_AT_MOST, inferred, labelled_constants
from .keywords import ANNOTATIONS
from .preparing import map_of, together
from .shapes import Shape, alike, spelt

__all__ = ["Property", "Reader", "property_of", "types_of"]

_NOTED = frozenset(("title", "description", "default", "readOnly", "x-kehu", "$comment"))
"""Keywords that become keys of every field, or say nothing."""
_STEPS = {1: 0, **{10**-digits: digits for digits in range(1, 7)}}


@dataclass(slots=True)
class Property:
    """A property as it was understood: the keys of the field, what is left of the schema, and how options and rows
    are called.
    """

    keys: dict[str, Node]
    left: dict[str, Node] = field(default_factory=dict)
    nullable: bool = False
    options: Mapping[str, str] | None = None
    rows: Shape | None = None


Reader = Any
"""What reads a whole object: :func:`~.objects.fields_of`, given along because a table is an object again."""


def property_of(node: Node, types: FieldTypes, problems: list[Problem], fields_of: Reader) -> Property:
    """Understand one property. What can be no field at all joins ``problems``."""
    node, nullable = without_null(node)
    said = dict(map_of(node))
    hidden = map_of(said.get("x-kehu"))
    kind = str(hidden["type"].value) if "type" in hidden else inferred(node, types, problems)
    inside = None
    if kind == "table" and "fields" not in hidden:
        inside = _rows_of(said, types, fields_of)
        kind = "table" if inside is not None or "type" in hidden else "json"
    found = Property({"type": alike(said.get("type", node), kind)}, nullable=nullable)
    expressed = _plain_keys(found, said, types.get(kind), kind)
    if kind == "stage":
        expressed.add("enum")  # its options are the flow's
    if kind in ("choice", "choices"):
        expressed |= _options(found, node, hidden, problems)
    if kind == "table" and "fields" not in hidden and inside is not None:
        _columns(found, said, inside)
        expressed.add("items")
    if kind == "json" and "schema" not in hidden:
        own = {key: value for key, value in said.items() if key not in _NOTED}
        own.setdefault("type", alike(node, [alike(node, name) for name in JSON_TYPES]))
        found.keys["schema"] = alike(node, own)
        expressed |= own.keys()
    found.keys.update({key: value for key, value in hidden.items() if key != "name"})
    _leave(found, said, expressed, types)
    if found.options:
        found.left = dict(map_of(spelt(alike(node, found.left), found.options)))
    if any(getattr(types.get(kind), name, None) for name in ("computed", "system")):
        found.keys.pop("readonly", None)
    return found


def _rows_of(said: Mapping[str, Node], types: FieldTypes, fields_of: Reader) -> Any:
    """The columns that the items of a list make; ``None`` where a table cannot have them, or not so many rows."""
    from ..fields.table import IN_TABLE, MOST

    found: list[Problem] = []
    inside = fields_of(said["items"], types, found) if "items" in said else None
    most = said["maxItems"].value if "maxItems" in said else 1
    if inside is None or found or not inside.fields or not isinstance(most, (int, float)) or most > MOST:
        return None
    kinds = {str(map_of(column)["type"].value) for column in inside.fields.values()}
    return inside if kinds <= IN_TABLE else None


def _columns(found: Property, said: Mapping[str, Node], inside: Any) -> None:
    from ..fields.table import MOST

    found.keys["fields"] = alike(said["items"], inside.fields)
    if "maxItems" not in said:
        found.keys["max"] = alike(said["items"], MOST)
    found.rows = inside.shape
    if map_of(inside.left):
        found.left["items"] = inside.left


def types_of(said: Mapping[str, Node]) -> list[str]:
    """The types a schema allows, ``null`` apart."""
    node = said.get("type")
    names = [] if node is None else node.value if isinstance(node.value, list) else [node]
    return [str(name.value) for name in names if isinstance(name, Node) and name.value != "null"]


def without_null(node: Node) -> tuple[Node, bool]:
    """The schema of a value that is there, and whether it may also be ``null``.

    One way among several that is ``null`` is taken out, and a list of one is taken for what stands in it.
    """
    nullable = False
    while isinstance(node.value, dict):
        said = node.value
        for key in ("anyOf", "oneOf", "allOf"):
            ways = said[key].value if key in said else None
            if not isinstance(ways, list):
                continue
            kept = [way for way in ways if key == "allOf" or not _is_null(way)]
            nullable |= len(kept) < len(ways)
            if len(kept) == 1 and (key == "allOf" or len(ways) > 1):
                rest = alike(node, {name: value for name, value in said.items() if name != key})
                merged = together(rest, kept[0])
                if key != "allOf" or not _is_one(map_of(merged).get(key)):  # else the two cannot be one
                    node = merged
                    break
            elif len(kept) < len(ways):
                node = alike(node, {**said, key: alike(said[key], kept)})
                break
        else:
            break
    return _typed_without_null(node, nullable)


def _is_one(node: Node | None) -> bool:
    return node is not None and isinstance(node.value, list) and len(node.value) == 1


def _typed_without_null(node: Node, nullable: bool) -> tuple[Node, bool]:
    said = map_of(node)
    names = said["type"].value if "type" in said else None
    if isinstance(names, list) and any(name.value == "null" for name in names):
        kept = [name for name in names if name.value != "null"]
        node = alike(node, {**said, "type": kept[0] if len(kept) == 1 else alike(said["type"], kept)})
        nullable = True
    said = map_of(node)
    listed = said["enum"].value if "enum" in said else None
    if isinstance(listed, list) and len(listed) > 1 and any(item.value is None for item in listed):
        kept = [item for item in listed if item.value is not None]
        node = alike(node, {**said, "enum": alike(said["enum"], kept)})
        nullable = nullable or "type" not in said
    return node, nullable


def _is_null(way: Node) -> bool:
    said = map_of(way)
    return said.keys() - ANNOTATIONS == {"type"} and said["type"].value == "null"


def _plain_keys(found: Property, said: Mapping[str, Node], kind: type[Field] | None, name: str) -> set[str]:
    """Set the keys that a keyword says; gives the keywords that need no more saying."""
    keywords = {keyword: key for key, keyword in getattr(kind, "keywords", {}).items()}
    expressed = {"type"}
    for keyword, value in said.items():
        if keyword in ("title", "description"):
            if str(value.value).strip():
                found.keys["label" if keyword == "title" else "help"] = value
        elif keyword == "default":
            if value.value is not None and value.value != "":
                found.keys["default"] = value
        elif keyword == "readOnly":
            if value.value is True:
                found.keys["readonly"] = value
        elif keyword == "multipleOf" and name in ("number", "money", "percent"):
            digits = _STEPS.get(value.value) if isinstance(value.value, (int, float)) else None
            if digits is not None and not (name == "percent" and digits < 2):
                found.keys["decimals"] = alike(value, digits - 2 if name == "percent" else digits)
        elif keyword in keywords and (taken := _taken(keyword, value, name)) is not None:
            found.keys[keywords[keyword]] = taken
            expressed.add(keyword)
    if name == "number" and "decimals" not in found.keys:
        found.keys["decimals"] = alike(said.get("type") or next(iter(said.values())), 6)
    if name == "text" and "maxLength" not in said:
        found.keys["max"] = alike(said.get("type") or next(iter(said.values())), TEXT_AT_MOST)
    return expressed


def _taken(keyword: str, value: Node, kind: str) -> Node | None:
    """The value of a field's key that says the same as a keyword; ``None`` where no key can."""
    limit = value.value
    if keyword == "pattern":
        return alike(value, whole(str(limit)))
    if isinstance(limit, bool) or not isinstance(limit, (int, float)):
        return value
    if keyword == "maxLength":
        return alike(value, int(limit)) if 1 <= limit <= 1_000_000 else None
    if keyword in ("minimum", "maximum"):
        if abs(limit) >= 1e15 or (kind == "percent" and abs(limit) > 1000):
            return None
        return alike(value, f"{limit * 100:.10g}%") if kind == "percent" else value
    return alike(value, int(limit)) if limit == int(limit) else None


def whole(pattern: str) -> str:
    """The pattern of a whole text for one that may stand anywhere in it."""
    if pattern.startswith("^(?:") and pattern.endswith(")$"):
        return pattern[4:-2]
    inner, before, after = pattern, r"[\s\S]*", r"[\s\S]*"
    if "|" not in pattern:
        if inner.startswith("^"):
            inner, before = inner[1:], ""
        if inner.endswith("$") and (len(inner) - len(inner[:-1].rstrip("\\"))) % 2:
            inner, after = inner[:-1], ""
    return inner if not before and not after else f"{before}(?:{inner}){after}"


def _options(found: Property, node: Node, hidden: Mapping[str, Node], problems: list[Problem]) -> set[str]:
    """The options of a choice, out of ``enum``, ``const`` or labelled constants; gives the keywords that said them."""
    said = map_of(node)
    items = map_of(said.get("items"))
    listed, labels, keyword = _listed(items or said)
    if listed is None:
        return set()
    known = map_of(hidden.get("options"))
    options: dict[str, Node] = {}
    spelled: dict[str, str] = {}
    for position, item in enumerate(listed, start=1):
        text = str(item.value)
        if not text.strip():
            continue
        name = text if is_name(text) else suggested(text) or f"option_{position}"
        while name in options:
            name = f"{name[:45]}_{position}"
        label = labels.get(text)
        if is_name(text) and label is None:
            options[name] = known.get(name) or alike(item, {})
        else:
            said_so = {"label": label or alike(item, text)}
            options[name] = alike(item, said_so if name == text else {**said_so, "also": alike(item, [item])})
        spelled[text] = name
    found.options = {text: name for text, name in spelled.items() if text != name}
    found.keys["options"] = alike(found.keys["type"], options)
    default = found.keys.get("default")
    if default is not None:
        found.keys["default"] = _respelt(default, spelled)
    if items:
        rest = {key: value for key, value in items.items() if key not in (*ANNOTATIONS, "type", keyword)}
        if rest:
            found.left["items"] = alike(said["items"], rest)
        return {"items"}
    return {keyword}


def _respelt(node: Node, spelled: Mapping[str, str]) -> Node:
    if isinstance(node.value, list):
        return alike(node, [_respelt(item, spelled) for item in node.value])
    return alike(node, spelled.get(str(node.value), node.value))


def _listed(said: Mapping[str, Node]) -> tuple[Iterable[Node] | None, Mapping[str, Node], str]:
    if "enum" in said and isinstance(said["enum"].value, list):
        return said["enum"].value, {}, "enum"
    if "const" in said:
        return [said["const"]], {}, "const"
    keyword, pairs = labelled_constants(said)
    if not keyword:
        return None, {}, ""
    return (
        [const for const, _ in pairs],
        {str(c.value): label for c, label in pairs if label is not None},
        keyword,
    )


def _leave(found: Property, said: Mapping[str, Node], expressed: set[str], types: FieldTypes) -> None:
    """Keep what neither a key nor the field type itself says."""
    own = _own_schema(found.keys, types)
    for keyword, value in said.items():
        if keyword in _NOTED or keyword in expressed or (keyword == "items" and keyword in found.left):
            continue
        if keyword == "items":
            rest = _beyond(value, own.get("items"))
            if rest.value not in (True, {}) and own.get("items") != value.plain():
                found.left[keyword] = rest
        elif keyword not in own or own[keyword] != value.plain():
            looser = keyword in ("maxLength", "maxItems") and keyword in own and value.value >= own[keyword]
            if not looser:
                found.left[keyword] = value


def _beyond(given: Node, own: Any) -> Node:
    """What a schema of items says that the field's own does not say."""
    if not isinstance(own, Mapping) or not isinstance(given.value, dict):
        return given
    left: dict[str, Node] = {}
    for keyword, value in given.value.items():
        if keyword == "properties" and isinstance(own.get(keyword), Mapping):
            below = {name: _beyond(one, own[keyword].get(name)) for name, one in map_of(value).items()}
            below = {name: one for name, one in below.items() if one.value not in (True, {})}
            if below:
                left[keyword] = alike(value, below)
        elif keyword not in own or own[keyword] != value.plain():
            left[keyword] = value
    return alike(given, left)


def _own_schema(keys: Mapping[str, Node], types: FieldTypes) -> Mapping[str, Any]:
    """What a field of these keys says of itself; nothing where the keys are wrong, which is told of later."""
    plain = {"label": "x", **{key: node.plain() for key, node in keys.items()}}
    kind = types.get(str(plain["type"]))
    if kind is None:
        return {}
    try:
        return kind.model_validate(plain, context={"types": types, "quiet": True}).json_schema()
    except (ValidationError, ValueProblem):
        return {}
