"""Which conditions a database can answer exactly, and in which shape: comparisons of one column with a constant.

A condition is turned into plans with every *not* pushed down to the single tests, so that no test stands under a NOT
in SQL and an empty column never makes a NULL where the formula says no.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from .shapes import FieldShape
from .tree import (
    Aggregate,
    All,
    AnyOf,
    Apply,
    Arithmetic,
    Compare,
    Constant,
    InPeriod,
    InValues,
    IsEmpty,
    Negation,
    Path,
    Tree,
    parts,
)  # fmt: skip
from .types import MOMENTS, NUMERIC

__all__ = [
    "Against", "Among", "Apart", "Beside", "During", "Every", "Filled", "Fixed", "InYear", "Long", "Marked",
    "Matching", "Plan", "Some", "is_constant", "plan",
]  # fmt: skip

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
_SCALARS = frozenset({"text", "choice", "record", "yes_no", *NUMERIC, *MOMENTS})


@dataclass(frozen=True, slots=True)
class Every:
    """All of them hold."""

    plans: tuple["Plan", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """One of them holds."""

    plans: tuple["Plan", ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A condition without columns."""

    tree: Tree
    holds: bool


@dataclass(frozen=True, slots=True)
class Against:
    """A column compared with a constant; ``holds`` is False for the opposite."""

    sign: str
    field: FieldShape
    constant: Tree
    holds: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Two columns compared."""

    sign: str
    field: FieldShape
    other: FieldShape
    holds: bool


@dataclass(frozen=True, slots=True)
class Apart:
    """How far a column lies from a day or moment: ``field - base sign size``. ``days``: as DAYS counts, a number."""

    sign: str
    field: FieldShape
    base: Tree
    size: Tree
    days: bool
    holds: bool
    negative: bool = False
    """``base - field sign size``, with the sign already turned: the size counts backwards."""


@dataclass(frozen=True, slots=True)
class InYear:
    """The year of a date compared with a constant."""

    sign: str
    field: FieldShape
    year: Tree
    holds: bool


@dataclass(frozen=True, slots=True)
class Long:
    """How many characters a text has, compared with a constant."""

    sign: str
    field: FieldShape
    size: Tree
    holds: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """The column has a value (``holds``), or has none."""

    field: FieldShape
    holds: bool


@dataclass(frozen=True, slots=True)
class Among:
    """The column is one of the constants."""

    field: FieldShape
    constants: tuple[Tree, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class During:
    """The column lies in the period."""

    field: FieldShape
    holds: bool


@dataclass(frozen=True, slots=True)
class Matching:
    """The text contains the part, or starts with it; A to Z in any case."""

    field: FieldShape
    part: Tree
    start: bool
    holds: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """The yes/no column is yes."""

    field: FieldShape
    holds: bool


Plan: TypeAlias = (
    Every
    | Some
    | Fixed
    | Against
    | Beside
    | Apart
    | InYear
    | Long
    | Filled
    | Among
    | During
    | Matching
    | Marked
)


def plan(tree: Tree, holds: bool = True) -> Plan | None:
    """The plan of a condition (of its opposite, unless ``holds``), or ``None`` where SQL could not be exact."""
    if is_constant(tree):
        return Fixed(tree, holds)
    planner = _PLANNERS.get(type(tree))
    return planner(tree, holds) if planner is not None else None


def is_constant(tree: Tree) -> bool:
    """Whether a part is the same for every row: it reads no field of the row."""
    if isinstance(tree, Path):
        return tree.variable is not None and not any(step.many for step in tree.fields)
    if isinstance(tree, (Aggregate, InPeriod)):
        return False
    return all(map(is_constant, parts(tree)))


def _column(tree: Tree) -> FieldShape | None:
    """The column that a part is, if it is one whose values compare exactly."""
    if isinstance(tree, Path) and tree.variable is None and len(tree.fields) == 1:
        field = tree.fields[0]
        return field if field.stored and field.type in _SCALARS else None
    return None


def _terms(tree: All | AnyOf, holds: bool) -> Plan | None:
    plans = [plan(term, holds) for term in tree.terms]
    found = tuple(each for each in plans if each is not None)
    if len(found) < len(plans):
        return None
    return Every(found) if isinstance(tree, All) is holds else Some(found)


def _negation(tree: Negation, holds: bool) -> Plan | None:
    return plan(tree.term, not holds)


def _compare(tree: Compare, holds: bool) -> Plan | None:
    for one, two, sign in (
        (tree.left, tree.right, tree.operator),
        (tree.right, tree.left, FLIPPED[tree.operator]),
    ):
        if is_constant(two):
            field = _column(one)
            if field is not None:
                return Against(sign, field, two, holds)
            return _apart(one, two, sign, holds) or _measured(one, two, sign, holds)
    left, right = _column(tree.left), _column(tree.right)
    if left is None or right is None or not _one_kind(left, right):
        return None
    return Beside(tree.operator, left, right, holds)


def _one_kind(left: FieldShape, right: FieldShape) -> bool:
    if left.type in MOMENTS or right.type in MOMENTS:
        return left.type == right.type
    return True


def _apart(tree: Tree, size: Tree, sign: str, holds: bool) -> Plan | None:
    """``column - constant``, ``constant - column`` and DAYS of the two, compared with a constant."""
    match tree:
        case Arithmetic(operator="-", left=left, right=right) if tree.type.name == "duration":
            days = False
        case Apply(arguments=(right, left)) if tree.function.name == "DAYS":
            days = True
        case _:
            return None
    if sign in ("=", "<>"):  # an empty difference may equal an empty size: left to Python
        return None
    for one, base, turned, negative in ((left, right, sign, False), (right, left, FLIPPED[sign], True)):
        field = _column(one)
        if field is not None and field.type in MOMENTS and is_constant(base) and base.type.name in MOMENTS:
            return Apart(turned, field, base, size, days, holds, negative)
    return None


def _measured(tree: Tree, size: Tree, sign: str, holds: bool) -> Plan | None:
    """YEAR and LEN of a column, compared with a constant."""
    if not isinstance(tree, Apply) or tree.function.form != "plain" or len(tree.arguments) != 1:
        return None
    field = _column(tree.arguments[0])
    if field is None or (isinstance(size, Constant) and size.value is None):
        return None
    if tree.function.name == "YEAR" and field.type in MOMENTS:
        return InYear(sign, field, size, holds)
    return Long(sign, field, size, holds) if tree.function.name == "LEN" and field.type == "text" else None


def _is_empty(tree: IsEmpty, holds: bool) -> Plan | None:
    field = _column(tree.term)
    return Filled(field, not holds) if field is not None else None


def _in_values(tree: InValues, holds: bool) -> Plan | None:
    field = _column(tree.term)
    exact = all(is_constant(each) and each.type.name != "list" for each in tree.values)
    return Among(field, tree.values, holds) if field is not None and exact else None


def _in_period(tree: InPeriod, holds: bool) -> Plan | None:
    field = _column(tree.term)
    return During(field, holds) if field is not None else None


def _apply(tree: Apply, holds: bool) -> Plan | None:
    if tree.function.name not in ("CONTAINS", "STARTS") or tree.function.form != "plain":
        return None
    field = _column(tree.arguments[0])
    if field is None or field.type not in ("text", "choice") or not is_constant(tree.arguments[1]):
        return None
    return Matching(field, tree.arguments[1], tree.function.name == "STARTS", holds)


def _path(tree: Path, holds: bool) -> Plan | None:
    field = _column(tree)
    return Marked(field, holds) if field is not None and field.type == "yes_no" else None


_PLANNERS: Mapping[type, Callable[[Any, bool], Plan | None]] = {
    All: _terms, AnyOf: _terms, Negation: _negation, Compare: _compare, IsEmpty: _is_empty, InValues: _in_values,
    InPeriod: _in_period, Apply: _apply, Path: _path,
}  # fmt: skip
