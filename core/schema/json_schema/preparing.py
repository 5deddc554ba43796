"""A JSON Schema made plain: references replaced by what they lead to, older drafts brought up, mistakes named.

What comes out has neither ``$ref`` nor ``$defs``, and every value still knows its place.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any
from urllib.parse import unquote

import regex

from ...problems import Problem
from ..nodes import Node
from .keywords import ANNOTATIONS, LISTS, MAPS, SINGLE, WANTED, is_known

__all__ = ["MOST_PARTS", "map_of", "prepared"]

MOST_PARTS = 30_000
"""How many values a schema may have once every reference is replaced by what it leads to."""

_DEEP = SINGLE | LISTS | MAPS | {"x-kehu", "const", "default", "examples"}
_REFUSED = ("$dynamicRef", "$recursiveRef", "extends", "disallow", "divisibleBy")
_DROPPED = frozenset(("$schema", "$id", "id", "$defs", "definitions", "$comment", "$anchor", "$vocabulary"))


def prepared(root: Node, problems: list[Problem]) -> Node:
    """The schema without references, in the keywords of 2020-12; what is wrong with it joins ``problems``."""
    return _Preparer(root, problems).schema(root, ("#",))


def map_of(node: Node | None) -> Mapping[str, Node]:
    """The entries of a map; none for anything else."""
    return node.value if node is not None and isinstance(node.value, dict) else {}


class _Preparer:
    def __init__(self, root: Node, problems: list[Problem]) -> None:
        self.root = root
        self.problems = problems
        self.parts = 0
        self.told: set[tuple[str, Any]] = set()
        said = map_of(root)
        dialect = str(said["$schema"].value) if "$schema" in said else ""
        self.bare_references = "draft-0" in dialect
        """Up to draft 7, what stood beside a ``$ref`` was not looked at."""
        self.own_name = str(said["$id"].value).partition("#")[0] if "$id" in said else ""

    def tell(
        self, code: str, node: Node, level: Any = "error", instead: str | None = None, **values: Any
    ) -> None:
        place = node.key_place or node.place
        if (code, place) not in self.told:  # what several references lead to is told of once
            self.told.add((code, place))
            self.problems.append(Problem(code, values, place, level=level, instead=instead))

    def too_big(self, node: Node) -> bool:
        self.parts += 1
        if self.parts > MOST_PARTS:
            if self.parts == MOST_PARTS + 1:
                self.tell("schema_too_big", self.root, most=MOST_PARTS)
            return True
        return False

    def schema(self, node: Node, path: tuple[str, ...]) -> Node:
        """One schema made plain. ``path``: the references that lead here, to notice when they go in a circle."""
        if isinstance(node.value, bool) or self.too_big(node):
            return node if isinstance(node.value, bool) else _like(node, {})
        if not isinstance(node.value, dict):
            self.tell("schema_keyword_value", node, keyword=_key(node), wanted="{…}")
            return _like(node, {})
        if "$ref" not in node.value:
            return _like(node, self.keywords(node.value, path))
        target = self.target(node.value["$ref"], path)
        beside = {
            key: value
            for key, value in node.value.items()
            if key != "$ref" and (key in ANNOTATIONS or not self.bare_references)
        }
        own = _like(node, self.keywords(beside, path))
        return own if target is None else together(own, _like(node, target.value))

    def target(self, reference: Node, path: tuple[str, ...]) -> Node | None:
        text = str(reference.value)
        pointer = text.removeprefix(self.own_name) if self.own_name else text
        if not pointer.startswith("#"):
            self.tell("schema_reference_outside", reference, given=text)
            return None
        pointer = pointer.rstrip("/")
        if pointer in path:
            self.tell("schema_circle", reference, given=text)
            return None
        found: Node | None = self.root
        for step in pointer[1:].strip("/").split("/") if len(pointer) > 1 else ():
            name = unquote(step).replace("~1", "/").replace("~0", "~")
            if found is not None:
                found = found.below(int(name) if isinstance(found.value, list) and name.isdigit() else name)
        if found is None:
            self.tell("schema_reference", reference, given=text)
            return None
        return self.schema(found, (*path, pointer))

    def keywords(self, said: Mapping[str, Node], path: tuple[str, ...]) -> dict[str, Node]:
        plain: dict[str, Node] = {}
        for key, value in _modern(said).items():
            if key in _REFUSED:
                self.tell("schema_unsupported", value, keyword=key)
            elif key in _DROPPED or not self.is_right(key, value):
                continue
            elif key in SINGLE:
                plain[key] = self.schema(value, path)
            elif key in LISTS and isinstance(value.value, list):
                plain[key] = _like(value, [self.schema(item, path) for item in value.value])
            elif key in MAPS:
                plain[key] = _like(
                    value, {name: self.schema(one, path) for name, one in map_of(value).items()}
                )
            elif is_known(key) or key == "x-kehu":
                self.parts += len(value.value) if isinstance(value.value, (list, dict)) else 0
                plain[key] = value
            elif near := get_close_matches(key, WANTED, n=1, cutoff=0.85):
                self.tell("schema_unknown_keyword", value, level="warning", instead=near[0], keyword=key)
        return plain

    def is_right(self, key: str, value: Node) -> bool:
        """Whether a keyword has a value that it can have; patterns can be read."""
        looked_at = value.value if key in _DEEP else value.plain()  # what stands deeper has its own turn
        if key in WANTED and not WANTED[key][0](looked_at):
            self.tell("schema_keyword_value", value, keyword=key, wanted=WANTED[key][1])
            return False
        patterns = [value.value] if key == "pattern" else map_of(value) if key == "patternProperties" else ()
        for pattern in patterns:
            try:
                regex.compile(str(pattern))
            except (regex.error, RecursionError, OverflowError):
                at = map_of(value).get(str(pattern), value)
                self.tell("bad_pattern", at, given=pattern)
                return False
        return True


def together(own: Node, other: Node) -> Node:
    """A schema that says what both say: key by key where they do not get in each other's way, else by ``allOf``.

    Notes (title, description, …) of the first go before those of the second.
    """
    if not isinstance(own.value, dict) or not isinstance(other.value, dict):
        if own.value is True or own.value == {}:
            return other
        return own if other.value is True or own.value is False else other
    notes = {key: value for key, value in own.value.items() if key in ANNOTATIONS}
    demands = {key: value for key, value in own.value.items() if key not in ANNOTATIONS}
    alike = {
        key
        for key in demands.keys() - _DEEP
        if key in other.value and other.value[key].plain() == demands[key].plain()
    }
    if (demands.keys() - alike).isdisjoint(other.value) and not _tied(demands, other.value):
        return _like(own, {**other.value, **demands, **notes})
    if "properties" not in demands and "allOf" not in other.value:
        return _like(own, {**other.value, **notes, "allOf": _like(own, [_like(own, demands)])})
    kept = {key: value for key, value in other.value.items() if key not in ANNOTATIONS}
    all_of = [*_items(demands.get("allOf")), _like(own, kept)]
    about = {key: value for key, value in other.value.items() if key in ANNOTATIONS}
    return _like(own, {**about, **demands, **notes, "allOf": _like(own, all_of)})


_TIES = (
    ("if", "then", "else"),
    ("properties", "patternProperties", "additionalProperties", "unevaluatedProperties"),
    ("prefixItems", "items", "unevaluatedItems"),
    ("contains", "minContains", "maxContains"),
)
"""Keywords that mean something else when others of their group come to stand beside them."""


def _tied(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    return any(not first.keys().isdisjoint(group) and not second.keys().isdisjoint(group) for group in _TIES)


def _items(node: Node | None) -> list[Node]:
    return node.value if node is not None and isinstance(node.value, list) else []


def _like(node: Node, value: Any) -> Node:
    return Node(value, node.place, node.key_place, node.layer)


def _key(node: Node) -> str:
    return "" if node.key_place is None else "…"


def _modern(said: Mapping[str, Node]) -> Mapping[str, Node]:
    """What older drafts said otherwise, as 2020-12 says it."""
    older = ("dependencies", "additionalItems", "exclusiveMinimum", "exclusiveMaximum", "items")
    if said.keys().isdisjoint(older):
        return said
    found = dict(said)
    for name, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if name in found and isinstance(found[name].value, bool):  # draft 4: a yes or no beside the limit
            exclusive = found.pop(name).value
            if exclusive and limit in found:
                found[name] = found.pop(limit)
    if isinstance(found["items"].value if "items" in found else None, list):
        found["prefixItems"] = found.pop("items")
        if "additionalItems" in found:
            found["items"] = found["additionalItems"]
    found.pop("additionalItems", None)
    if "dependencies" in found:
        both = found.pop("dependencies")
        names = {key: one for key, one in map_of(both).items() if isinstance(one.value, list)}
        schemas = {key: one for key, one in map_of(both).items() if key not in names}
        for keyword, part in (("dependentRequired", names), ("dependentSchemas", schemas)):
            if part:
                found[keyword] = _like(both, {**map_of(found.get(keyword)), **part})
    return found
