"""Search words in a database: one row for each word of each record, read in the order of the records."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Text, and_, column, exists, literal, select, table

from .sql_lines import Line
from .sql_schema import Entity
from .tokens import Sought, after_prefix, sought

__all__ = ["Found", "search"]

_ENOUGH = 500


@dataclass(frozen=True, slots=True)
class Found:
    """How a search becomes part of a statement.

    ``source``: the words table to start from, with ``record`` its column of ids, when one word is looked up exactly;
    ``tests``: what else must hold; ``nothing``: there is nothing to look for, so nothing is found; ``words``: the words
    in the order in which they are looked up, which say all of this.
    """

    tests: tuple[ColumnElement[bool], ...] = ()
    source: FromClause | None = None
    record: ColumnElement[Any] | None = None
    nothing: bool = False
    words: tuple[Sought, ...] = ()


def _words(name: str) -> Any:
    return table("kehu_token", column("entity", Text), column("token", Text), column("record", Text)).alias(
        name
    )


def search(line: Line, entity: Entity, text: str) -> Found:
    """What a search asks of the rows of an entity."""
    asked = sought(text)
    if not asked:
        return Found(nothing=True)
    exact = [word for word in asked if not word.prefix]
    if len(exact) > 1:
        exact.sort(key=lambda word: _frequency(line, entity, word))
    tests = [_begins(entity, word) for word in asked if word.prefix]
    tests += [_has(entity, word) for word in exact[1:]]
    order = (*exact, *(word for word in asked if word.prefix))
    if not exact:
        return Found(tuple(tests), words=order)
    words = _words("found")
    tests.append(and_(words.c.entity == entity.name, words.c.token == exact[0].text))
    return Found(tuple(tests), words, words.c.record, words=order)


def _has(entity: Entity, word: Sought) -> ColumnElement[bool]:
    words = _words("also")
    return exists().where(
        words.c.entity == entity.name, words.c.token == word.text, words.c.record == entity.c["id"]
    )


def _begins(entity: Entity, word: Sought) -> ColumnElement[bool]:
    words = _words("begun")
    return entity.c["id"].in_(
        select(words.c.record).where(
            words.c.entity == entity.name,
            words.c.token >= literal(word.text),
            words.c.token < literal(after_prefix(word.text)),
        )
    )


def _frequency(line: Line, entity: Entity, word: Sought) -> int:
    found = line.run(
        f"SELECT count(*) FROM (SELECT 1 FROM kehu_token WHERE entity = ? AND token = ? LIMIT {_ENOUGH}) counted",
        (entity.name, word.text),
    ).fetchone()
    return int(found[0])
