"""Counts that hold until the table changes: asked again and again for the same list, counted once."""

from collections.abc import Callable

from ..formula import Formula
from .query import Query

__all__ = ["Counts"]

_MOST = 500
_Asked = tuple[str, Formula | None, str, int]


class Counts:
    """What was counted, and at which revision of the table. Safe to use from several threads."""

    def __init__(self) -> None:
        self._known: dict[_Asked, tuple[int, int]] = {}

    def of(self, query: Query, at_most: int, revision: Callable[[str], int], count: Callable[[], int]) -> int:
        """The number of rows, counted anew only when the table has changed since, or time and person matter."""
        if query.where is None and not query.search:
            return count()
        if query.where is not None and query.where.volatile:
            return count()
        asked = (query.table, query.where, query.search, at_most)
        now = revision(query.table)  # before counting: what changes meanwhile makes the answer old at once
        known = self._known.get(asked)
        if known is not None and known[0] == now:
            return known[1]
        number = count()
        if len(self._known) > _MOST:
            self._known.clear()
        self._known[asked] = now, number
        return number
