"""A formula as it is written: what the parser makes of the text, before names and types are looked at."""

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from .mistakes import Span
from .types import Type

__all__ = [
    "Among",
    "Call",
    "Infix",
    "Logic",
    "Name",
    "Negative",
    "Not",
    "Part",
    "Period",
    "Syntax",
    "Unfilled",
    "Value",
]


class Part(NamedTuple):
    """One name of a dotted path, as written."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Value:
    """A literal: ``10000``, ``20%``, ``7 days``, ``"high"``, ``true``, ``empty``."""

    value: Any
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Name:
    """``amount`` or ``customer.owner.name``."""

    parts: tuple[Part, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Call:
    """``ROUND(amount, 2)``; ``name`` is where the function's name stands."""

    function: str
    arguments: tuple["Syntax", ...]
    name: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Infix:
    """A comparison, sum or product of two."""

    operator: str
    left: "Syntax"
    right: "Syntax"
    sign: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Logic:
    """``a and b and c``, ``a or b``: all terms of one chain."""

    operator: str
    terms: tuple["Syntax", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Not:
    """``not a``."""

    operand: "Syntax"
    span: Span


@dataclass(frozen=True, slots=True)
class Negative:
    """``-a``."""

    operand: "Syntax"
    span: Span


@dataclass(frozen=True, slots=True)
class Unfilled:
    """``a is empty``."""

    operand: "Syntax"
    span: Span


@dataclass(frozen=True, slots=True)
class Among:
    """``a in (b, c)``, or ``a in b`` where b is a list."""

    operand: "Syntax"
    choices: tuple["Syntax", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Period:
    """``a in period``."""

    operand: "Syntax"
    span: Span


Syntax: TypeAlias = Value | Name | Call | Infix | Logic | Not | Negative | Unfilled | Among | Period
