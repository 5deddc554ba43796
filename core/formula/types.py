"""The types of the formula language: few, and those a spreadsheet person knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from ..problems import Label
from ..words.formula import TYPES

__all__ = [
    "CHOICE", "DATE", "DATETIME", "DURATION", "EMPTY", "LIST", "MOMENTS", "MONEY", "NUMBER", "NUMERIC", "PERCENT",
    "RECORDS", "TEXT", "TEXTUAL", "UNKNOWN", "YES_NO", "Type", "TypeName", "arithmetic", "together",
    "two_currencies",
]  # fmt: skip

TypeName = Literal[
    "text", "number", "money", "percent", "yes_no", "date", "datetime", "duration",
    "choice", "list", "record", "records", "empty", "unknown",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a formula or a part of one.

    ``entity``: of a record or of records, which. ``currency``: of money, where it is known. ``options``: of a choice
    (or a list of them), every accepted spelling → the option's name. ``empty`` is the type of the literal *empty*;
    ``unknown`` that of a part which is already reported as wrong, and it fits everywhere, so that one fault earns one
    message.
    """

    name: TypeName
    entity: str | None = None
    options: Mapping[str, str] | None = field(default=None, compare=False)
    currency: str | None = field(default=None, compare=False)

    @property
    def label(self) -> Label:
        """The type's name for people."""
        zh, en = TYPES[self.name]
        return Label(zh, en)


TEXT, NUMBER, MONEY, PERCENT = Type("text"), Type("number"), Type("money"), Type("percent")
YES_NO, DATE, DATETIME, DURATION = Type("yes_no"), Type("date"), Type("datetime"), Type("duration")
CHOICE, LIST, RECORDS, EMPTY, UNKNOWN = (
    Type("choice"),
    Type("list"),
    Type("records"),
    Type("empty"),
    Type("unknown"),
)

NUMERIC = frozenset({"number", "money", "percent"})
MOMENTS = frozenset({"date", "datetime"})
TEXTUAL = frozenset({"text", "choice"})
_FREE = frozenset({"empty", "unknown"})


def two_currencies(left: Type, right: Type) -> bool:
    """Whether both are money, and of different currencies: such amounts are neither added nor compared."""
    return None not in (left.currency, right.currency) and left.currency != right.currency


def _money(left: Type, right: Type) -> Type:
    return replace(MONEY, currency=left.currency or right.currency)


def together(left: Type, right: Type) -> Type | None:
    """The type that holds values of both (the branches of IF), or ``None`` where there is none."""
    if left.name in _FREE or right.name in _FREE:
        return left if right.name in _FREE and left.name != "empty" else right
    if two_currencies(left, right):
        return None
    if left == right:
        return left
    names = {left.name, right.name}
    if names <= NUMERIC:
        if names == {"money", "number"}:
            return _money(left, right)
        return NUMBER if names == {"number", "percent"} else None
    if names <= TEXTUAL or names == {"text", "record"}:
        return TEXT
    return None


_PRODUCTS: Mapping[tuple[str, str], Type] = {
    ("money", "number"): MONEY, ("money", "percent"): MONEY, ("number", "money"): MONEY, ("percent", "money"): MONEY,
    ("percent", "percent"): PERCENT, ("number", "number"): NUMBER, ("number", "percent"): NUMBER,
    ("percent", "number"): NUMBER, ("duration", "number"): DURATION, ("number", "duration"): DURATION,
    ("duration", "percent"): DURATION, ("percent", "duration"): DURATION,
}  # fmt: skip
_QUOTIENTS: Mapping[tuple[str, str], Type] = {
    ("money", "money"): NUMBER, ("money", "number"): MONEY, ("money", "percent"): MONEY,
    ("percent", "percent"): NUMBER, ("percent", "number"): PERCENT, ("number", "number"): NUMBER,
    ("number", "percent"): NUMBER, ("duration", "number"): DURATION, ("duration", "percent"): DURATION,
    ("duration", "duration"): NUMBER,
}  # fmt: skip
_SUMS: Mapping[tuple[str, str], Type] = {
    ("money", "money"): MONEY, ("money", "number"): MONEY, ("number", "money"): MONEY, ("number", "number"): NUMBER,
    ("percent", "percent"): PERCENT, ("number", "percent"): NUMBER, ("percent", "number"): NUMBER,
    ("duration", "duration"): DURATION, ("date", "duration"): DATE, ("datetime", "duration"): DATETIME,
}  # fmt: skip
_ADDED: Mapping[tuple[str, str], Type] = {
    **_SUMS, ("duration", "date"): DATE, ("duration", "datetime"): DATETIME,
}  # fmt: skip
_SUBTRACTED: Mapping[tuple[str, str], Type] = {
    **_SUMS, ("date", "date"): DURATION, ("datetime", "datetime"): DURATION,
    ("date", "datetime"): DURATION, ("datetime", "date"): DURATION,
}  # fmt: skip
_TABLES = {"+": _ADDED, "-": _SUBTRACTED, "*": _PRODUCTS, "/": _QUOTIENTS}


def arithmetic(operator: str, left: Type, right: Type) -> Type | None:
    """What ``left operator right`` gives, or ``None`` where it has no meaning (money plus days)."""
    if left.name in _FREE or right.name in _FREE:
        return left if right.name in _FREE else right
    result = None if two_currencies(left, right) else _TABLES[operator].get((left.name, right.name))
    return _money(left, right) if result is MONEY else result
