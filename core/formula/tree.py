"""A checked formula: every name is a field, every part has a type. Evaluation, SQL and explanations read this."""

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


def parts(tree: Tree) -> tuple[Tree, ...]:
    """The parts that a tree is put together from and that stand on the same row."""
    match tree:
        case Arithmetic(left=left, right=right) | Compare(left=left, right=right):
            return left, right
        case All(terms=terms) | AnyOf(terms=terms):
            return terms
        case Negation(term=term) | IsEmpty(term=term) | InPeriod(term=term):
            return (term,)
        case InValues(term=term, values=values):
            return term, *values
        case Case(branches=branches, otherwise=otherwise):
            return *(part for branch in branches for part in branch), otherwise
        case Apply(arguments=arguments):
            return arguments
        case Aggregate(fallback=fallback) if fallback is not None:
            return (fallback,)
        case _:
            return ()
