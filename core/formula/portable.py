"""Formulas as JSON, for the script of the pages: what it can work out to the very same value, and nothing else.

``core/web/static/formula.js`` reads what is written here. Days are numbers from 1 (the first day of the year 1),
numbers are texts, lengths of time are millionths of a second.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from .formula import Formula
from .spelling import plain_number
from .tree import (
    All,
    AnyOf,
    Apply,
    Arithmetic,
    Case,
    Compare,
    Constant,
    InValues,
    IsEmpty,
    Negation,
    Path,
    Tree,
)  # fmt: skip
from .types import NUMERIC, Type

__all__ = ["kind_of", "plain_value", "portable"]

Node = list[Any]

_KINDS: Mapping[str, str] = {
    **dict.fromkeys(NUMERIC, "num"), "text": "text", "choice": "text", "record": "text", "yes_no": "bool",
    "date": "day", "duration": "span", "list": "list", "empty": "none",
}  # fmt: skip
_ANY_KIND = frozenset({"COALESCE", "COUNT", "MIN", "MAX", "IN_DAYS", "IN_HOURS", "IN_MINUTES"})
"""Functions that the script works out of lengths of time, too."""


class _NotThere(Exception):  # noqa: N818  (it is caught here)
    """The script has no such thing."""


def portable(formula: Formula) -> Node | None:
    """The formula as JSON, or ``None`` where the script could not be exact: it reads other records, a moment, a
    function that only the server knows.
    """
    try:
        return _written(formula.tree)
    except _NotThere:
        return None


def kind_of(type_: Type) -> str | None:
    """How the script handles values of a type; ``None`` for one that it does not."""
    return _KINDS.get(type_.name)


def plain_value(value: Any) -> Any:
    """A value as JSON carries it to the script."""
    match value:
        case None | str() | bool():
            return value
        case Decimal() | int():
            return plain_number(value)
        case datetime():
            return value.isoformat()
        case date():
            return value.toordinal()
        case timedelta():
            return str(value // timedelta(microseconds=1))
        case _:
            return [str(each) for each in value]


def _written(tree: Tree) -> Node:
    writer = _WRITERS.get(type(tree))
    if writer is None:
        raise _NotThere
    return writer(tree)


def _kind(tree: Tree) -> str:
    found = kind_of(tree.type)
    if found is None:
        raise _NotThere
    return found


def _constant(tree: Constant) -> Node:
    if tree.value is None:
        return ["none"]
    kind = _kind(tree)
    return [kind if kind in ("num", "span") else "value", plain_value(tree.value)]


def _path(tree: Path) -> Node:
    if tree.variable is not None or len(tree.fields) != 1 or tree.fields[0].many is not None:
        raise _NotThere
    return ["field", tree.fields[0].name]


def _field(tree: Path) -> Node:
    _kind(tree)
    return _path(tree)


def _arithmetic(tree: Arithmetic) -> Node:
    kinds = [_kind(tree.left), _kind(tree.right)]
    if "none" in kinds:
        return ["none"]
    one, two = kinds
    same = one == two and (one == "num" or tree.operator in "+-") and one != "day"
    operation = f"{one}{tree.operator}" if same else f"{one}{tree.operator}{two}"
    return ["math", operation, _written(tree.left), _written(tree.right)]


def _compare(tree: Compare) -> Node:
    for side, other in ((tree.left, tree.right), (tree.right, tree.left)):
        if isinstance(side, Constant) and side.value is None:
            if tree.operator not in ("=", "<>"):
                return ["value", False]
            empty = ["empty", _known(other)]
            return empty if tree.operator == "=" else ["not", empty]
    kinds = [_kind(tree.left), _kind(tree.right)]
    kind = kinds[1] if kinds[0] == "none" else kinds[0]
    return ["compare", tree.operator, kind, _written(tree.left), _written(tree.right)]


def _known(tree: Tree) -> Node:
    """A part of which only matters whether it is there: a moment will do."""
    return _path(tree) if isinstance(tree, Path) else _written(tree)


def _in_values(tree: InValues) -> Node:
    term, kind = _written(tree.term), _kind(tree.term)
    fixed = all(isinstance(each, Constant) for each in tree.values) and kind != "day"
    if fixed:
        known = [each for each in tree.values if isinstance(each, Constant) and each.value is not None]
        return ["among", kind, term, *map(_written, known)]
    tests: list[Node] = []
    for each in tree.values:
        value = _written(each)
        tests.append(["item", term, value] if _kind(each) == "list" else ["in", kind, term, value])
    return ["or", *tests]


def _apply(tree: Apply) -> Node:
    kinds = [_kind(each) for each in tree.arguments]
    name = tree.function.name
    if not tree.function.in_page or ("span" in kinds and name not in _ANY_KIND):
        raise _NotThere
    return ["call", name, kinds, *map(_written, tree.arguments)]


def _case(tree: Case) -> Node:
    branches = [[_written(when), _written(then)] for when, then in tree.branches]
    return ["case", branches, _written(tree.otherwise)]


_WRITERS: Mapping[type, Callable[[Any], Node]] = {
    Constant: _constant,
    Path: _field,
    Arithmetic: _arithmetic,
    Compare: _compare,
    All: lambda tree: ["and", *map(_written, tree.terms)],
    AnyOf: lambda tree: ["or", *map(_written, tree.terms)],
    Negation: lambda tree: ["not", _written(tree.term)],
    IsEmpty: lambda tree: ["empty", _known(tree.term)],
    InValues: _in_values,
    Case: _case,
    Apply: _apply,
}
