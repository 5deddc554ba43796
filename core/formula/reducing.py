"""Many values to one: what SUM, COUNT, AVERAGE, MIN, MAX, FIRST and LAST do with the values that are there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .functions import Function, Parameter
from .numbers import LONGEST_TEXT
from .spelling import is_nothing, plain_text

__all__ = ["REDUCERS", "joined", "over_arguments"]


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


def _median(values: Sequence[Any]) -> Any:
    """The value in the middle, or the average of the two there."""
    if not values:
        return None
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(values) % 2 else _average(ordered[middle - 1 : middle + 1])


def _different(values: Sequence[Any]) -> Decimal:
    return Decimal(len({tuple(value) if isinstance(value, list) else value for value in values}))


def joined(values: Sequence[Any], separator: str = ", ") -> str | None:
    """The values as one text; empty where there are none, or it would be too long."""
    texts = list(map(plain_text, values))
    if not texts or sum(map(len, texts)) + len(separator) * (len(texts) - 1) > LONGEST_TEXT:
        return None
    return separator.join(texts)


REDUCERS: Mapping[str, Callable[[Sequence[Any]], Any]] = {
    "SUM": _sum, "COUNT": _count, "AVERAGE": _average, "MIN": _least, "MAX": _most, "FIRST": _first, "LAST": _last,
    "MEDIAN": _median, "COUNT_UNIQUE": _different, "JOIN": joined,
}  # fmt: skip
"""Name → what it makes of values none of which is empty; JOIN also takes what stands between them."""


def over_arguments(function: Function) -> Function:
    """The same as a plain function of the values given, where a list stands for its items and empties are left out."""
    if function.name == "JOIN":
        return replace(function, form="plain", call=_listed, takes_empty=True)
    reduce = REDUCERS[function.name]

    def call(*values: Any) -> Any:
        items = (item for value in values for item in (value if isinstance(value, list) else (value,)))
        return reduce([item for item in items if item is not None and item != ""])

    return replace(
        function, parameters=(Parameter(repeated=True),), form="plain", call=call, takes_empty=True
    )


def _listed(values: Any, separator: Any = None) -> str | None:
    """JOIN of a list that stands in one field."""
    found = values if isinstance(values, list) else [values]
    return joined([value for value in found if not is_nothing(value)], separator or ", ")
