"""Many values to one: what SUM, COUNT, AVERAGE, MIN, MAX, FIRST and LAST do with the values that are there."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .functions import Function, Parameter

__all__ = ["REDUCERS", "over_arguments"]


def _sum(values: Sequence[Any]) -> Any:
    if values and isinstance(values[0], timedelta):
        return sum(values, timedelta())
    return sum(values, Decimal(0))


def _count(values: Sequence[Any]) -> Decimal:
    return Decimal(len(values))


def _average(values: Sequence[Any]) -> Any:
    return _sum(values) / len(values) if values else None


def _least(values: Sequence[Any]) -> Any:
    return min(values, default=None)


def _most(values: Sequence[Any]) -> Any:
    return max(values, default=None)


def _first(values: Sequence[Any]) -> Any:
    """The first in order; of dates, the earliest, whenever it was written down."""
    return (min(values) if isinstance(values[0], date) else values[0]) if values else None


def _last(values: Sequence[Any]) -> Any:
    """The last in order; of dates, the latest, whenever it was written down."""
    return (max(values) if isinstance(values[0], date) else values[-1]) if values else None


REDUCERS: Mapping[str, Callable[[Sequence[Any]], Any]] = {
    "SUM": _sum, "COUNT": _count, "AVERAGE": _average, "MIN": _least, "MAX": _most, "FIRST": _first, "LAST": _last,
}  # fmt: skip
"""Name → what it makes of values none of which is empty."""


def over_arguments(function: Function) -> Function:
    """The same as a plain function of the values given, where a list stands for its items and empties are left out."""
    reduce = REDUCERS[function.name]

    def call(*values: Any) -> Any:
        items = (item for value in values for item in (value if isinstance(value, list) else (value,)))
        return reduce([item for item in items if item is not None and item != ""])

    return Function(function.name, function.zh, (Parameter(repeated=True),), "same", call, takes_empty=True)
