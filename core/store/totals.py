"""Groups and sums in memory: what SQL's GROUP BY does, for the embedded store."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Any

from .query import Aggregate, Bucket, Group, Row, Totals

__all__ = ["sorted_groups", "totals"]


def totals(rows: Iterable[Row], asked: Totals) -> list[Group]:
    """The groups of these rows, in the order of their keys."""
    members: dict[tuple[Any, ...], list[Row]] = {}
    if not asked.group:
        members[()] = list(rows)
    elif len(asked.group) == 1 and isinstance(asked.group[0], str):
        name = asked.group[0]
        single: dict[Any, list[Row]] = {}
        for row in rows:
            single.setdefault(row.get(name), []).append(row)
        members = {(key,): found for key, found in single.items()}
    else:
        keys = [_key_of(part) for part in asked.group]
        for row in rows:
            key = tuple(part(row) for part in keys)
            if _OUTSIDE not in key:
                members.setdefault(key, []).append(row)
    return sorted_groups(
        Group(key, tuple(_aggregate(kind, [row.get(name) for row in found]) for kind, name in asked.take))
        for key, found in members.items()
    )


def sorted_groups(groups: Iterable[Group]) -> list[Group]:
    """Groups in the order of their keys, empty values last: every store gives the same list."""
    return sorted(groups, key=lambda group: [(value is None, value) for value in group.key])


_OUTSIDE = object()


def _key_of(part: str | Bucket) -> Callable[[Row], Any]:
    if isinstance(part, str):
        name = part
        return lambda row: row.get(name)
    column, edges = part.column, part.edges

    def number(row: Row) -> Any:
        value = row.get(column)
        if value is None or not edges or value < edges[0] or value >= edges[-1]:
            return _OUTSIDE
        return bisect_right(edges, value) - 1

    return number


def _aggregate(kind: Aggregate, values: list[Any]) -> Any:
    present = [value for value in values if value is not None]
    if kind == "count":
        return len(present)
    if not present:
        return None
    return sum(present) if kind == "sum" else min(present) if kind == "min" else max(present)
