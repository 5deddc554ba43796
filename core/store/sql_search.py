"""Search words in a database: one row for each word of each record, read in the order of the records."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Text,
    and_,
    column,
    exists,
    func,
    literal,
    select,
    table,
    union_all,
)

from .sql_lines import Line
from .sql_schema import Entity
from .tokens import Sought, after_prefix, sought

__all__ = ["Found", "in_turn", "newest_first", "search"]

_ENOUGH = 500
NEAR = 3000
"""Records: among so many newest ones a beginning that many have is found often enough to fill a page."""
Edge = Callable[[ColumnElement[Any]], ColumnElement[bool]]
"""What must hold of a record's id."""


@dataclass(frozen=True, slots=True)
class Found:
    """How a search becomes part of a statement.

    ``source``: the words table to start from, with ``record`` its column of ids, when one word is looked up exactly;
    ``tests``: what else must hold.
    """

    tests: tuple[ColumnElement[bool], ...] = ()
    source: FromClause | None = None
    record: ColumnElement[Any] | None = None


def _words(name: str) -> Any:
    return table("kehu_token", column("entity", Text), column("token", Text), column("record", Text)).alias(
        name
    )


def in_turn(line: Line, entity: Entity, text: str) -> tuple[Sought, ...]:
    """The words of a search in the order to look them up: of those known whole the rarest first, then the others."""
    asked = sought(text)
    exact = [word for word in asked if not word.prefix]
    if len(exact) > 1:
        exact.sort(key=lambda word: _frequency(line, entity, word))
    return (*exact, *(word for word in asked if word.prefix))


def newest_first(entity: Entity, asked: Sequence[Sought]) -> Iterator[Found]:
    """The same search in parts, newest records first: what begins half of all words need not be collected whole."""
    if any(not word.prefix for word in asked):
        yield search(entity, asked)
        return
    newest = (
        select(entity.c["id"]).order_by(entity.c["id"].desc()).limit(1).offset(NEAR - 1).scalar_subquery()
    )
    edge = func.coalesce(newest, literal(""))
    yield search(entity, asked, lambda record: record >= edge)
    yield search(entity, asked, lambda record: record < edge)


def search(entity: Entity, asked: Sequence[Sought], edge: Edge | None = None) -> Found:
    """What words ask of the rows of an entity; they come :func:`in_turn`. ``edge``: among which records."""
    exact = [word for word in asked if not word.prefix]
    tests = [_begins(entity, word, edge) for word in asked if word.prefix]
    tests += [_has(entity, word) for word in exact[1:]]
    if not exact:
        return Found(tuple(tests))
    words = _words("found")
    tests.append(and_(words.c.entity == entity.name, words.c.token == exact[0].text))
    return Found(tuple(tests), words, words.c.record)


def _has(entity: Entity, word: Sought) -> ColumnElement[bool]:
    words = _words("also")
    return exists().where(
        words.c.entity == entity.name, words.c.token == word.text, words.c.record == entity.c["id"]
    )


def _begins(entity: Entity, word: Sought, edge: Edge | None) -> ColumnElement[bool]:
    words = _words("begun")
    ways = [
        select(words.c.record).where(
            words.c.entity == entity.name,
            words.c.token >= literal(start),
            words.c.token < literal(after_prefix(start)),
            *(() if edge is None else (edge(words.c.record),)),
        )
        for start in word.starts
    ]
    return entity.c["id"].in_(ways[0] if len(ways) == 1 else union_all(*ways))


def _frequency(line: Line, entity: Entity, word: Sought) -> int:
    found = line.run(
        f"SELECT count(*) FROM (SELECT 1 FROM kehu_token WHERE entity = ? AND token = ? LIMIT {_ENOUGH}) counted",
        (entity.name, word.text),
    ).fetchone()
    return int(found[0])
