"""Pages, counts and totals as statements that databases answer quickly.

A page in the order of one column is read from that column's index in two goes, because empty values come last (or
first): rows with a value, then rows without one. SQLite is told which index to use, since it does not know how
selective a value is: we look, and count no further than a few hundred.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
)  # fmt: skip

from ..formula import sql_exact, to_sql
from .finding import tester
from .ordering import keys_of
from .query import Bucket, Group, Query, Row, Sort, Totals
from .sql_columns import Codec
from .sql_lines import Line
from .sql_schema import Entity
from .sql_search import Found, in_turn, newest_first, search
from .terms import Term, plain_env, terms
from .totals import sorted_groups
from .totals import totals as totals_in_memory

__all__ = ["count", "find", "totals"]

_FEW = 600
"""So many rows are sorted more quickly than an order is walked."""
_SIGNS: Mapping[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    "=": lambda column, value: column == value,
    "<": lambda column, value: column < value,
    "<=": lambda column, value: column <= value,
    ">": lambda column, value: column > value,
    ">=": lambda column, value: column >= value,
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A condition taken apart: what the database tests, what is left to test here, what single columns must be."""

    tests: tuple[ColumnElement[bool], ...]
    left: Callable[[Row], bool] | None
    known: Sequence[Term]


def find(line: Line, entity: Entity, query: Query) -> list[Row]:
    """The page of rows that a query asks for."""
    if query.limit <= 0:
        return []
    keys = keys_of(query.sort)
    known, _ = terms(query.where, entity.columns, query.env)
    words = in_turn(line, entity, query.search) if query.search.strip() else None
    if words == ():
        return []
    few = None if words else _few(line, entity, known)
    recipe = (query.where, words, keys, query.limit, few)
    steady = query.after is None and (query.where is None or not query.where.volatile)
    if steady and (ready := entity.ready.get(recipe)) is not None:
        return _run_ready(line, entity, ready, query.limit)
    found = None if words is None else search(entity, words)
    free, lead = _free_columns(line, entity, keys, found, few)
    asked = _take_apart(entity, query, known, free)
    parts = [found]
    if words is not None and keys[0] == Sort("id", descending=True) and query.after is None:
        parts = list(newest_first(entity, words))
    statements = chain.from_iterable(_pages(entity, keys, query.after, asked, part, lead) for part in parts)
    if asked.left is None:
        rows: list[Row] = []
        ran: list[tuple[str, Any]] = []
        for statement in statements:
            if len(rows) >= query.limit and not steady:
                break
            result = line.connection.execute(statement.limit(query.limit))
            ran.append((result.context.statement, result.context.parameters[0]))
            rows += entity.codec.to_rows(result.fetchall())
        if steady:
            if len(entity.ready) > 500:
                entity.ready.clear()
            entity.ready[recipe] = ran
        return rows[: query.limit]
    every = chain.from_iterable(_stream(line, entity.codec, statement) for statement in statements)
    return list(islice(filter(asked.left, every), query.limit))


def _run_ready(line: Line, entity: Entity, ready: Sequence[tuple[str, Any]], limit: int) -> list[Row]:
    """A first page that was asked for before: its statements as they were built then, without building them anew."""
    rows: list[Row] = []
    for sql, values in ready:
        rows += entity.codec.to_rows(line.raw.execute(sql, values).fetchmany(limit - len(rows)))
        if len(rows) >= limit:
            break
    return rows


def count(line: Line, entity: Entity, query: Query, at_most: int) -> int:
    """How many rows match, counted to ``at_most + 1``."""
    words = in_turn(line, entity, query.search) if query.search.strip() else None
    if words == ():
        return 0
    found = None if words is None else search(entity, words)
    known, _ = terms(query.where, entity.columns, query.env)
    asked = _take_apart(entity, query, known, entity.c)
    statement = _joined(select(literal(1) if asked.left is None else entity.sql), entity, found).where(
        *asked.tests
    )
    if asked.left is None:
        limited = statement.limit(at_most + 1).subquery()
        return int(line.select(select(func.count()).select_from(limited))[0][0])
    return sum(1 for _ in islice(filter(asked.left, _stream(line, entity.codec, statement)), at_most + 1))


def totals(line: Line, entity: Entity, asked: Totals) -> list[Group]:
    """Groups and their aggregates."""
    known, _ = terms(asked.where, entity.columns, asked.env)
    condition = _take_apart(entity, asked, known, entity.c)
    if condition.left is not None:
        rows = _stream(line, entity.codec, select(entity.sql).where(*condition.tests))
        return totals_in_memory(filter(condition.left, rows), asked)
    keys = [_group(entity, part).label(f"k{number}") for number, part in enumerate(asked.group)]
    names = {name for _, name in asked.take}
    inner = select(*keys, *(entity.c[name] for name in names)).where(*condition.tests)
    inner = inner.where(
        *(test for part in asked.group if isinstance(part, Bucket) for test in _inside(entity, part))
    )
    rows_ = inner.subquery()
    groups = [rows_.c[key.name] for key in keys]
    values = [_aggregate(entity, kind, rows_.c[name], name) for kind, name in asked.take]
    got = line.select(select(*groups, *values).group_by(*groups) if groups else select(*values))
    return sorted_groups(_read_group(entity.codec, asked, line_) for line_ in got)


def _take_apart(
    entity: Entity, query: Any, known: Sequence[Term], columns: Mapping[str, ColumnElement[Any]]
) -> _Asked:
    where = query.where
    if where is None:
        return _Asked((), None, known)
    if sql_exact(where):
        typed = {
            name: (columns[name], column.kind, column.decimals) for name, column in entity.columns.items()
        }
        return _Asked((to_sql(where, typed, query.env or plain_env()),), None, known)
    return _Asked(tuple(_as_test(entity, term) for term in known), tester(query), known)


def _as_test(entity: Entity, term: Term) -> ColumnElement[bool]:
    """A term as a test that lets through at least the rows for which it holds."""
    column = entity.c[term.column]
    if entity.columns[term.column].kind == "decimal":
        return column.is_not(None)  # a finer number than the column's needs no index here
    if term.operator == "in":
        return column.in_([_bound(column, value) for value in term.value])
    return _SIGNS[term.operator](column, _bound(column, term.value))


def _bound(column: ColumnElement[Any], value: Any) -> ColumnElement[Any]:
    return literal(value, type_=column.type)


def _few(line: Line, entity: Entity, known: Sequence[Term]) -> str | None:
    """The column that leaves few rows, as SQLite has to be told."""
    if not line.lite:
        return None
    return next((term.column for term in known if _is_selective(line, entity, term)), None)


def _free_columns(
    line: Line, entity: Entity, keys: Sequence[Sort], found: Found | None, few: str | None
) -> tuple[Mapping[str, ColumnElement[Any]], bool]:
    """The columns to write the condition with, and whether the order may be read from an index.

    On SQLite a column is written so that its index is not used, except the one that leaves few rows, or else the one
    that the rows are sorted by.
    """
    if not line.lite:
        return entity.c, True
    if found is not None:
        return entity.unindexed, True
    plain = few if few is not None else keys[0].column
    return {**entity.unindexed, plain: entity.c[plain]}, few is None or few == keys[0].column


def _is_selective(line: Line, entity: Entity, term: Term) -> bool:
    column = entity.columns[term.column]
    if not column.indexed and term.column != "id":
        return False
    write = entity.codec.into[term.column]
    values = [write(value) for value in (term.value if term.operator == "in" else (term.value,))]
    sign = f"IN ({', '.join('?' * len(values))})" if term.operator == "in" else f"{term.operator} ?"
    probe = f"SELECT 1 FROM {entity.quoted} WHERE {entity.quote(term.column)} {sign} LIMIT 1 OFFSET {_FEW}"
    return line.run(probe, values).fetchone() is None


def _pages(
    entity: Entity,
    keys: Sequence[Sort],
    after: Sequence[Any] | None,
    asked: _Asked,
    found: Found | None,
    lead: bool,
) -> Iterator[Select[Any]]:
    """The statements whose rows, one after the other, are the rows asked for in their order."""
    base = _joined(select(entity.sql), entity, found).where(*asked.tests)
    first = keys[0]
    columns = entity.c if lead else entity.unindexed
    alone = len(keys) == 1 or (len(keys) == 2 and keys[1] == Sort("id", first.descending))
    if not alone:
        if after is not None:
            base = base.where(_beyond(entity, keys, after))
        yield base.order_by(
            *(part for key in keys for part in _direction(entity.c[key.column], key.descending))
        )
        return
    column, id_ = columns[first.column], columns["id"]
    order = [
        one.desc() if first.descending else one.asc()
        for one in ((id_,) if first.column == "id" else (column, id_))
    ]
    if first.column == "id":
        if found is not None and found.record is not None:
            id_, order = found.record, [found.record.desc() if first.descending else found.record.asc()]
        yield (base if after is None else base.where(_later(id_, after[-1], first.descending))).order_by(
            *order
        )
        return
    yield from _filled_and_empty(entity, first, after, asked, base, column, id_, order)


def _filled_and_empty(
    entity: Entity,
    first: Sort,
    after: Sequence[Any] | None,
    asked: _Asked,
    base: Select[Any],
    column: ColumnElement[Any],
    id_: ColumnElement[Any],
    order: Sequence[Any],
) -> Iterator[Select[Any]]:
    """The rows that have a value in the first sort column, and those that have none: two statements for two indexes."""
    filled = base.where(column.is_not(None)) if not entity.sql.c[first.column].primary_key else base
    empty = base.where(entity.c[first.column].is_(None)).order_by(order[1])
    may_be_empty = bool(entity.sql.c[first.column].nullable) and all(
        term.column != first.column for term in asked.known
    )
    value = None if after is None else after[0]
    if after is not None and value is None:
        empty = empty.where(_later(id_, after[1], first.descending))
    elif after is not None:
        edge = tuple_(_bound(column, _stored(entity, first.column, value)), _bound(id_, after[1]))
        pair = tuple_(column, id_)
        filled = filled.where(pair < edge if first.descending else pair > edge)
    filled = filled.order_by(*order)
    both = [(filled, after is None or value is not None or first.descending)]
    both.insert(
        0 if first.descending else 1,
        (empty, may_be_empty and (after is None or value is None or not first.descending)),
    )
    yield from (statement for statement, needed in both if needed)


def _stored(entity: Entity, name: str, value: Any) -> Any:
    """A value as the built column takes it: decimals scaled, lists as text."""
    kind = entity.columns[name].kind
    return entity.codec.into[name](value) if kind in {"decimal", "list", "json"} else value


def _later(column: ColumnElement[Any], value: Any, descending: bool) -> ColumnElement[bool]:
    edge = _bound(column, value)
    return column < edge if descending else column > edge


def _direction(column: ColumnElement[Any], descending: bool) -> tuple[ColumnElement[Any], ...]:
    return (column.desc().nulls_first(),) if descending else (column.asc().nulls_last(),)


def _beyond(entity: Entity, keys: Sequence[Sort], after: Sequence[Any]) -> ColumnElement[bool]:
    """The rows after these values, key by key."""
    ways: list[ColumnElement[bool]] = []
    equal: list[ColumnElement[bool]] = []
    for key, value in zip(keys, after, strict=True):
        column = entity.c[key.column]
        way: ColumnElement[bool]
        same: ColumnElement[bool]
        edge = None if value is None else _bound(column, _stored(entity, key.column, value))
        if edge is None:
            way = column.is_not(None) if key.descending else false()
            same = column.is_(None)
        else:
            way = column < edge if key.descending else or_(column > edge, column.is_(None))
            same = column == edge
        ways.append(and_(*equal, way))
        equal.append(same)
    return or_(*ways)


def _joined(statement: Select[Any], entity: Entity, found: Found | None) -> Select[Any]:
    if found is None:
        return statement.select_from(entity.sql)
    if found.source is not None:
        statement = statement.select_from(found.source.join(entity.sql, entity.c["id"] == found.record))
    else:
        statement = statement.select_from(entity.sql)
    return statement.where(*found.tests)


def _stream(line: Line, codec: Codec, statement: Select[Any]) -> Iterator[Row]:
    result = line.connection.execution_options(stream_results=False).execute(statement)
    for part in result.partitions(500):
        yield from codec.to_rows(part)


def _group(entity: Entity, part: str | Bucket) -> ColumnElement[Any]:
    if isinstance(part, str):
        return entity.c[part]
    column = entity.c[part.column]
    edges = [_bound(column, _stored(entity, part.column, edge)) for edge in part.edges]
    branches = [(column < edge, number) for number, edge in enumerate(edges[1:])]
    return case(*branches) if branches else literal(0)


def _inside(entity: Entity, part: Bucket) -> tuple[ColumnElement[bool], ...]:
    column = entity.c[part.column]
    if len(part.edges) < 2:
        return (false(),)
    first, last = (
        _bound(column, _stored(entity, part.column, edge)) for edge in (part.edges[0], part.edges[-1])
    )
    return column >= first, column < last


def _aggregate(entity: Entity, kind: str, column: ColumnElement[Any], name: str) -> ColumnElement[Any]:
    if kind == "count":
        return func.count(column)
    if entity.columns[name].kind == "boolean":
        column = cast(column, Integer)
    made: Any = {"sum": func.sum, "min": func.min, "max": func.max}[kind]
    found: ColumnElement[Any] = made(column)
    return found


def _read_group(codec: Codec, asked: Totals, values: Sequence[Any]) -> Group:
    size = len(asked.group)
    key = tuple(
        value if value is None or isinstance(part, Bucket) else codec.back[part](value)
        for part, value in zip(asked.group, values[:size], strict=True)
    )
    read = tuple(
        value if value is None else int(value) if kind == "count" else codec.back[name](value)
        for (kind, name), value in zip(asked.take, values[size:], strict=True)
    )
    return Group(key, read)
