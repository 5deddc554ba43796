"""How the embedded store finds rows: it looks where the fewest are, and tests each with the whole condition.

There are three places to look: the rows that search words or an equal value name (few enough to sort), the part of
an order that lies in a range, or a whole order, walked until the page is full.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from .indexes import SortIndex, sort_value
from .ordering import beyond, in_order, keys_of
from .query import Query, Row, Sort
from .tables import RowTable
from .terms import Term, plain_env, terms
from .tokens import sought

__all__ = ["count", "exactly", "find", "matching", "tester"]

Test = Callable[[Row], bool]

_TIMES = frozenset({"date", "datetime"})
"""What periods are asked of, month by month: its order is made when it is asked for."""


def tester(query: Any) -> Test | None:
    """The condition of a query (or of totals) as a test of a row; ``None`` when there is none."""
    where = query.where
    if where is None:
        return None
    env, evaluate = query.env or plain_env(), where.evaluate
    return lambda row: evaluate(row, env) is True


def find(table: RowTable, query: Query) -> list[Row]:
    """The page of stored rows that a query asks for (not copies)."""
    keys = keys_of(query.sort)
    limit = max(0, query.limit)
    test = tester(query)
    asked = sought(query.search) if query.search.strip() else None
    known, _ = terms(query.where, table.columns, query.env)
    if asked is not None:
        found = table.words.find(asked)
        if not query.sort:
            return _first(table, found, test, keys, query.after, limit)
        return _page(_rows(table, found, test), keys, query.after, limit)
    ids = _narrowest(table, known)
    total = len(table.rows)
    if ids is not None and len(ids) * len(ids) <= max(limit, 1) * total:
        return _page(_rows(table, ids, test), keys, query.after, limit)
    return _walk(
        table, keys, query.after, limit, test, ids if isinstance(ids, (set, frozenset)) else None, known
    )


def count(table: RowTable, query: Query, at_most: int) -> int:
    """How many rows match, counted to ``at_most + 1``."""
    if query.where is None and not query.search.strip():
        return min(len(table.rows), at_most + 1)
    if not query.search.strip() and (ids := exactly(table, query)) is not None:
        return min(len(ids), at_most + 1)
    return sum(1 for _ in islice(matching(table, query), at_most + 1))


def exactly(table: RowTable, query: Any) -> Collection[str] | None:
    """The ids of all rows that match, where indexes alone can tell. ``query``: a ``Query`` or a ``Totals``."""
    known, complete = terms(query.where, table.columns, query.env)
    return _exactly(table, known) if complete else None


def matching(table: RowTable, query: Any) -> Iterator[Row]:
    """Every stored row that matches, in no order. ``query``: a ``Query`` or a ``Totals``."""
    test = tester(query)
    search = getattr(query, "search", "")
    if search.strip():
        return _rows(table, table.words.find(sought(search)), test)
    known, complete = terms(query.where, table.columns, query.env)
    if complete and (exact := _exactly(table, known)) is not None:
        return _rows(table, list(exact), None)
    ids = _narrowest(table, known)
    if ids is None:
        rows: Iterable[Row] = list(table.rows.values())
        return iter(rows) if test is None else filter(test, rows)
    return _rows(table, list(ids), test)


def _rows(table: RowTable, ids: Iterable[str], test: Test | None) -> Iterator[Row]:
    rows = table.rows
    found = (rows[id_] for id_ in ids)
    return found if test is None else filter(test, found)


def _narrowest(table: RowTable, known: Sequence[Term]) -> Collection[str] | None:
    """The ids that the most selective term leaves, or ``None`` where no index knows."""
    best: Collection[str] | None = None
    for term in known:
        ids = _ids_of(table, term)
        if ids is not None and (best is None or len(ids) < len(best)):
            best = ids
    return best


def _exactly(table: RowTable, known: Sequence[Term]) -> Collection[str] | None:
    """The ids of the rows for which all terms hold; ``None`` where an index is missing, or nothing is asked."""
    found = [_ids_of(table, term) for term in known]
    if not found or any(ids is None for ids in found):
        return None
    if len(found) == 1:
        return found[0]
    sets = sorted(
        (ids for ids in found if ids is not None), key=lambda ids: (isinstance(ids, _Slice), len(ids))
    )
    return set(sets[0]).intersection(*sets[1:])


def _ids_of(table: RowTable, term: Term) -> Collection[str] | None:
    if term.column == "id" and term.operator == "=":
        return (term.value,) if term.value in table.rows else ()
    column = table.columns[term.column]
    if not column.indexed and (term.operator in ("=", "in") or column.kind not in _TIMES):
        return None
    if term.operator == "=":
        return table.values(term.column).ids(term.value)
    if term.operator == "in":
        index = table.values(term.column)
        found: set[str] = set()
        return found.union(*(index.ids(value) for value in term.value))
    order = table.order(term.column)
    first, last = _range(order, (term,))
    return _Slice(order.ids, first, last)


class _Slice(Collection[str]):
    """Part of an order, without copying it unless it is used."""

    def __init__(self, ids: list[str], first: int, last: int) -> None:
        self._ids, self._first, self._last = ids, first, last

    def __len__(self) -> int:
        return self._last - self._first

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids[self._first : self._last])

    def __contains__(self, id_: object) -> bool:
        return id_ in self._ids[self._first : self._last]


def _range(order: SortIndex, known: Sequence[Term]) -> tuple[int, int]:
    """The part of an order (first, behind the last) that the terms on its column leave."""
    first, last = 0, len(order.ids)
    for term in known:
        if term.column != order.column or term.operator == "in":
            continue
        last = min(last, order.place((True,)))
        value = sort_value(term.value)
        below, through = order.place((False, value)), order.place((False, value, "\U0010ffff"))
        if term.operator in {"=", ">="}:
            first = max(first, below)
        elif term.operator == ">":
            first = max(first, through)
        if term.operator in {"=", "<="}:
            last = min(last, through)
        elif term.operator == "<":
            last = min(last, below)
    return first, max(first, last)


def _page(rows: Iterable[Row], keys: Sequence[Sort], after: Sequence[Any] | None, limit: int) -> list[Row]:
    found = list(rows if after is None else filter(beyond(keys, after), rows))
    return in_order(found, keys)[:limit]


def _first(
    table: RowTable,
    ids: Iterator[str],
    test: Test | None,
    keys: Sequence[Sort],
    after: Sequence[Any] | None,
    limit: int,
) -> list[Row]:
    """The first rows of ids that come in the right order already."""
    rows = _rows(table, ids, test)
    return list(islice(rows if after is None else filter(beyond(keys, after), rows), limit))


def _walk(
    table: RowTable,
    keys: Sequence[Sort],
    after: Sequence[Any] | None,
    limit: int,
    test: Test | None,
    within: Collection[str] | None,
    known: Sequence[Term],
) -> list[Row]:
    """Walk the order of the first key until the page is full and the next row has another first value."""
    lead = keys[0]
    order = table.order(lead.column)
    first, last = _range(order, known)
    later = None if after is None else beyond(keys, after)
    alone = len(keys) == 1 or (len(keys) == 2 and keys[1] == Sort("id", lead.descending))
    if after is not None:
        first, last = _from(order, lead, after, first, last, alone)
    ids = order.ids
    numbers = range(last - 1, first - 1, -1) if lead.descending else range(first, last)
    found: list[Row] = []
    rows = table.rows
    name = lead.column
    for number in numbers:
        id_ = ids[number]
        if within is not None and id_ not in within:
            continue
        row = rows[id_]
        if len(found) >= limit and (alone or not found or row.get(name) != found[-1].get(name)):
            break
        if (later is None or later(row)) and (test is None or test(row)):
            found.append(row)
    return found[:limit] if alone else in_order(found, keys)[:limit]


def _from(
    order: SortIndex, lead: Sort, after: Sequence[Any], first: int, last: int, alone: bool
) -> tuple[int, int]:
    """The part of the order that can hold rows after the page before."""
    value = after[0]
    key: tuple[Any, ...] = (value is None, sort_value(value))
    if lead.column == "id":
        alone = False
    if lead.descending:
        edge = order.place((*key, after[-1]) if alone else (*key, "\U0010ffff"))
        return first, min(last, edge)
    edge = order.place((*key, after[-1]) if alone else key)
    return max(first, edge), last
