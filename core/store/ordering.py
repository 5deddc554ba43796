"""The order of rows: sort keys, then the id; empty values last when ascending, first when descending."""

from collections.abc import Callable, Sequence
from typing import Any

from .indexes import sort_value
from .query import Row, Sort

__all__ = ["NEWEST_FIRST", "beyond", "in_order", "keys_of"]

NEWEST_FIRST = (Sort("id", descending=True),)
"""How rows come when no order is asked for: ids grow with time."""


def keys_of(sort: Sequence[Sort]) -> tuple[Sort, ...]:
    """The whole order: what was asked, and the id at the end in the direction of the last key."""
    if not sort:
        return NEWEST_FIRST
    if any(key.column == "id" for key in sort):
        return tuple(sort)
    return (*sort, Sort("id", sort[-1].descending))


def in_order(rows: list[Row], keys: Sequence[Sort]) -> list[Row]:
    """The rows sorted by these keys."""
    first = keys[0]
    if all(key.descending == first.descending for key in keys):
        names = [key.column for key in keys]
        return sorted(
            rows, key=lambda row: [_part(row.get(name)) for name in names], reverse=first.descending
        )
    for key in reversed(keys):
        name = key.column
        rows = sorted(rows, key=lambda row: _part(row.get(name)), reverse=key.descending)
    return rows


def beyond(keys: Sequence[Sort], after: Sequence[Any]) -> Callable[[Row], bool]:
    """A test whether a row comes later in this order than the row with these values."""
    edges = [(key.column, key.descending, _part(value)) for key, value in zip(keys, after, strict=True)]

    def later(row: Row) -> bool:
        for name, descending, edge in edges:
            part = _part(row.get(name))
            if part != edge:
                return bool(part < edge) if descending else bool(part > edge)
        return False

    return later


def _part(value: Any) -> tuple[bool, Any]:
    return value is None, sort_value(value)
