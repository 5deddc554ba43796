"""What properties and their values are called here, and a schema said in those words.

A property ``firstName`` is the field ``first_name``, an option ``Very high`` is ``very_high``. What the schema says
elsewhere (``if``, ``required``, ``dependentRequired``, …) must speak of the same fields and options.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ...problems import Problem
from ..fields.field import ValueProblem
from ..holding import Holder, searched
from ..nodes import Node
from .keywords import BESIDE, LISTS
from .preparing import map_of

__all__ = ["Shape", "alike", "branches", "spelt"]

_ABOUT_KEYS = ("patternProperties", "additionalProperties", "propertyNames")


@dataclass(slots=True)
class Shape:
    """The properties of an object schema: property → field, and for fields that have them option spellings or rows."""

    names: dict[str, str] = field(default_factory=dict)
    options: dict[str, Mapping[str, str]] = field(default_factory=dict)
    rows: dict[str, "Shape"] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def said(self, node: Node) -> Node:
        """A schema about the whole object, in the names of the fields.

        No other keys than the fields can be there, so what it says of keys by pattern is said field by field.
        """
        if not isinstance(node.value, dict):
            return node
        found: dict[str, Node] = {}
        for key, value in node.value.items():
            if key in _ABOUT_KEYS:
                continue
            if key == "properties":
                found[key] = alike(value, self._inside(map_of(value)))
            elif key in ("required", "dependentRequired"):
                found[key] = self._named(value)
            elif key == "dependentSchemas":
                below = {self.names.get(name, name): self.said(one) for name, one in map_of(value).items()}
                found[key] = alike(value, below)
            elif key in LISTS and isinstance(value.value, list):
                found[key] = alike(value, [self.said(item) for item in value.value])
            elif key in BESIDE:
                found[key] = self.said(value)
            elif key == "unevaluatedProperties":
                if value.value is not True:
                    self.problems.append(Problem("schema_unsupported", {"keyword": key}, value.key_place))
            else:
                found[key] = value
        more = [alike(node, {"properties": alike(node, each)}) for each in self._by_key(node.value)]
        if more:
            listed = found["allOf"].value if "allOf" in found else []
            found["allOf"] = alike(node, [*(listed if isinstance(listed, list) else []), *more])
        return alike(node, found)

    def _inside(self, said: Mapping[str, Node]) -> dict[str, Node]:
        return {
            self.names[name]: self.value(self.names[name], one)
            for name, one in said.items()
            if name in self.names
        }

    def value(self, name: str, node: Node) -> Node:
        """A schema about the value of a field, in the names of its options or of the columns of its rows."""
        if name in self.rows:
            return _rows(node, self.rows[name])
        return spelt(node, self.options[name]) if name in self.options else node

    def _named(self, node: Node) -> Node:
        if isinstance(node.value, dict):
            return alike(
                node, {self.names.get(name, name): self._named(one) for name, one in node.value.items()}
            )
        items = node.value if isinstance(node.value, list) else []
        return alike(node, [alike(one, self.names.get(str(one.value), one.value)) for one in items])

    def _by_key(self, said: Mapping[str, Node]) -> Iterator[dict[str, Node]]:
        """What is said of keys by pattern, by their spelling, or of all others: for each the fields it is about."""
        own = map_of(said.get("properties"))
        matched: set[str] = set()
        for pattern, below in map_of(said.get("patternProperties")).items():
            fitting = [name for name in self.names if self._fits(pattern, name, below)]
            matched.update(fitting)
            if fitting and below.value is not True:
                yield {self.names[name]: self.value(self.names[name], below) for name in fitting}
        others = said.get("additionalProperties")
        if others is not None and others.value is not True:
            left = [name for name in self.names if name not in own and name not in matched]
            if left:
                yield {self.names[name]: self.value(self.names[name], others) for name in left}
        spelling = said.get("propertyNames")
        if spelling is not None:
            holder = Holder(spelling.plain())
            wrong = [name for name in self.names if not holder.allows(name)]
            if wrong:
                yield {self.names[name]: alike(spelling, False) for name in wrong}

    def _fits(self, pattern: str, name: str, at: Node) -> bool:
        try:
            return searched(pattern, name)
        except ValueProblem as slow:
            self.problems.append(Problem(slow.code, slow.values, at.key_place))
            return False


def spelt(node: Node, options: Mapping[str, str]) -> Node:
    """A schema about a choice (or the items of choices) with options in place of the texts that mean them."""
    if not isinstance(node.value, dict):
        return node
    found: dict[str, Node] = {}
    for key, value in node.value.items():
        if key == "const":
            found[key] = _option(value, options)
        elif key == "enum" and isinstance(value.value, list):
            found[key] = alike(value, [_option(item, options) for item in value.value])
        elif key in LISTS and isinstance(value.value, list):
            found[key] = alike(value, [spelt(item, options) for item in value.value])
        elif key in BESIDE or key in ("items", "contains"):
            found[key] = spelt(value, options)
        else:
            found[key] = value
    return alike(node, found)


def _option(node: Node, options: Mapping[str, str]) -> Node:
    if isinstance(node.value, list):
        return alike(node, [_option(item, options) for item in node.value])
    return alike(node, options.get(node.value, node.value)) if isinstance(node.value, str) else node


def _rows(node: Node, shape: Shape) -> Node:
    """A schema about a list of rows."""
    if not isinstance(node.value, dict):
        return node
    found: dict[str, Node] = {}
    for key, value in node.value.items():
        if key in ("items", "contains"):
            found[key] = shape.said(value)
        elif key == "prefixItems" and isinstance(value.value, list):
            found[key] = alike(value, [shape.said(item) for item in value.value])
        elif key in LISTS and isinstance(value.value, list):
            found[key] = alike(value, [_rows(item, shape) for item in value.value])
        elif key in BESIDE:
            found[key] = _rows(value, shape)
        else:
            found[key] = value
    return alike(node, found)


def branches(node: Node) -> Iterator[Node]:
    """The schemas that look at the same value as this one, apart from ``not``: their properties are fields too."""
    for key, value in map_of(node).items():
        below: Iterable[Node] = ()
        if key in ("allOf", "anyOf", "oneOf"):
            below = value.value if isinstance(value.value, list) else ()
        elif key in ("if", "then", "else"):
            below = (value,)
        elif key == "dependentSchemas":
            below = map_of(value).values()
        for one in below:
            yield one
            yield from branches(one)


def alike(node: Node, value: object) -> Node:
    """Another value at the place of a node."""
    return Node(value, node.place, node.key_place, node.layer)  # type: ignore[arg-type]  # a list of nodes is a value, too
