"""A checked formula: every name is a field, every part has a type. Evaluation, SQL and explanations read this."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from .functions import Function
from .mistakes import Span
from .shapes import FieldShape
from .types import YES_NO, Type

__all__ = [
    "Aggregate",
    "All",
    "AnyOf",
    "Apply",
    "Arithmetic",
    "Case",
    "Compare",
    "Constant",
    "InPeriod",
    "InValues",
    "IsEmpty",
    "Negation",
    "Path",
    "Tree",
    "own_field",
    "parts",
]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that never changes; ``None`` is empty."""

    value: Any
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Path:
    """A field of the row, or of a record that it links to; ``variable`` when it starts at one of those."""

    variable: str | None
    fields: tuple[FieldShape, ...]
    type: Type
    span: Span
    start: str | None = None
    """For a variable that is a record, its entity."""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``+ - * /`` of two."""

    operator: str
    left: "Tree"
    right: "Tree"
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Compare:
    """``= <> < <= > >=`` of two of a kind."""

    operator: str
    left: "Tree"
    right: "Tree"
    span: Span
    type: Type = YES_NO


@dataclass(frozen=True, slots=True)
class All:
    """True when every term is."""

    terms: tuple["Tree", ...]
    span: Span
    type: Type = YES_NO


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when one term is."""

    terms: tuple["Tree", ...]
    span: Span
    type: Type = YES_NO


@dataclass(frozen=True, slots=True)
class Negation:
    """True when the term is not."""

    term: "Tree"
    span: Span
    type: Type = YES_NO


@dataclass(frozen=True, slots=True)
class IsEmpty:
    """True when there is no value, an empty text, an empty list, or no child."""

    term: "Tree"
    span: Span
    type: Type = YES_NO


@dataclass(frozen=True, slots=True)
class InValues:
    """True when the term has a value and it is one of these; a list among them stands for its items."""

    term: "Tree"
    values: tuple["Tree", ...]
    span: Span
    type: Type = YES_NO


@dataclass(frozen=True, slots=True)
class InPeriod:
    """True when the date lies in the period that the environment names."""

    term: "Tree"
    span: Span
    type: Type = YES_NO


@dataclass(frozen=True, slots=True)
class Case:
    """The value beside the first condition that holds (IF, SWITCH), or ``otherwise``."""

    branches: tuple[tuple["Tree", "Tree"], ...]
    otherwise: "Tree"
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Apply:
    """A function of values."""

    function: Function
    arguments: tuple["Tree", ...]
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Aggregate:
    """COUNT, SUM, … over the records at the end of ``rows``: ``item`` of each one that satisfies ``where``."""

    function: str
    rows: Path
    item: "Tree | None"
    where: "Tree | None"
    fallback: "Tree | None"
    type: Type
    span: Span


Tree: TypeAlias = (
    Constant | Path | Arithmetic | Compare | All | AnyOf | Negation | IsEmpty | InValues | InPeriod | Case
    | Apply | Aggregate
)  # fmt: skip


def own_field(tree: Tree) -> str | None:
    """The name of the one field of the row itself that the tree reads as it is kept; ``None`` where it is more."""
    if not isinstance(tree, Path) or tree.variable is not None or len(tree.fields) != 1:
        return None
    field = tree.fields[0]
    return field.name if field.worked is None and field.many is None else None


def parts(tree: Tree) -> tuple[Tree, ...]:
    """The parts that a tree is put together from and that stand on the same row."""
    found = _PARTS.get(type(tree))
    return found(tree) if found is not None else ()


_PARTS: Mapping[type, Callable[[Any], tuple[Tree, ...]]] = {
    Arithmetic: lambda tree: (tree.left, tree.right),
    Compare: lambda tree: (tree.left, tree.right),
    All: lambda tree: tree.terms,
    AnyOf: lambda tree: tree.terms,
    Negation: lambda tree: (tree.term,),
    IsEmpty: lambda tree: (tree.term,),
    InPeriod: lambda tree: (tree.term,),
    InValues: lambda tree: (tree.term, *tree.values),
    Case: lambda tree: (*(part for branch in tree.branches for part in branch), tree.otherwise),
    Apply: lambda tree: tree.arguments,
    Aggregate: lambda tree: (tree.fallback,) if tree.fallback is not None else (),
}
