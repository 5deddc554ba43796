"""Making a database fit the definitions: tables and columns are added, values are never dropped."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Dialect

from ..problems import Problem, message
from .encoding import encode
from .protocol import Column, Table
from .query import Row
from .shapes import Shapes, decimals_of, extend, fingerprint
from .sql_lines import Line
from .sql_rows import fields_text, note, raise_revision, set_note, words_of
from .sql_schema import Entity, add_column, create_table, index_name, wanted_indexes
from .tokens import made_by
from .unique import unique_keys

__all__ = ["FOUNDATION", "NOTE", "has_foundation", "is_prepared", "lay_note", "make_fit", "pages"]

FOUNDATION = "store:foundation"
"""The note that says by which statements the tables of our own were made."""

NOTE = "store:tables"
"""The note that says what the database was last made to fit."""
_PAGE = 1000
_MANY = 10_000
"""Records whose words take seconds to make."""
logger = logging.getLogger("kehu")


def has_foundation(line: Line, statements: Sequence[str]) -> bool:
    """Whether the tables of our own were made by these statements already. Takes no lock that anybody waits for."""
    there = (
        "SELECT 1 FROM sqlite_master WHERE name = ?"
        if line.lite
        else "SELECT 1 FROM pg_tables WHERE tablename = ?"
    )
    if not line.lite:
        there += " AND schemaname = ANY (current_schemas(false))"
    return bool(line.run(there, ("kehu_note",)).fetchone()) and note(line, FOUNDATION) == list(statements)


def lay_note(line: Line, statements: Sequence[str]) -> None:
    """Note by which statements the tables of our own were made."""
    set_note(line, FOUNDATION, encode(list(statements)))


def is_prepared(line: Line, tables: Sequence[Table]) -> bool:
    """Whether the database fits these tables already."""
    known = note(line, NOTE)
    return (
        known is not None and known["fingerprint"] == fingerprint(tables) and known.get("words") == made_by()
    )


def make_fit(line: Line, tables: Sequence[Table], dialect: Dialect) -> None:
    """Inside a transaction: create and extend what these tables need.

    Raises ``Refused`` (``column_changed_kind``) where a column that holds values would change its kind.
    """
    known = note(line, NOTE) or {"shapes": {}, "fingerprint": []}
    shapes: Shapes = known["shapes"]
    quote = dialect.identifier_preparer.quote
    extension = extend(shapes, tables, _holder(line, quote))
    for table in extension.tables:
        line.run(create_table(table, dialect))
    for table, column in extension.added:
        line.run(add_column(table, column, dialect))
    for table, column, was in extension.changed:
        _change_kind(line, table, column, was, dialect)
    words_hold = known.get("words") == made_by()
    before = {name: (search, unique) for name, _, search, unique in known["fingerprint"]}
    for table in tables:
        for _, _, statement in wanted_indexes(table, dialect):
            line.run(statement)
        raise_revision(line, table.name)
        entity = Entity(table, dialect)
        search, unique = before.get(table.name, ([], []))
        if table.name in shapes and not (words_hold and search == list(table.search)):
            _say_that_it_takes_a_while(line, entity)
            _search_anew(line, entity)
        new = [fields for fields in table.unique if list(fields) not in unique]
        if table.name in shapes and (new or len(unique) > len(table.unique)):
            _unique_anew(line, entity, unique, new)
    kept = {item[0]: item for item in known["fingerprint"]} | {item[0]: item for item in fingerprint(tables)}
    order = [table.name for table in tables]
    listed = [kept[name] for name in order]
    set_note(line, NOTE, encode({"shapes": extension.shapes, "fingerprint": listed, "words": made_by()}))


def _holder(line: Line, quote: Callable[[str], str]) -> Callable[[str, Column, str], int]:
    def held(table: str, column: Column, was: str) -> int:
        name = quote(column.name)
        test = f"{name} IS NOT NULL"
        digits = decimals_of(was)
        if column.kind == "decimal" and digits is not None:
            if column.decimals >= digits:
                return 0
            test = f"{name} % {10 ** (digits - column.decimals)} <> 0"
        counted = line.run(f"SELECT count(*) FROM {quote(table)} WHERE {test}")
        return int(counted.fetchone()[0])

    return held


def _change_kind(line: Line, table: Table, column: Column, was: str, dialect: Dialect) -> None:
    quote = dialect.identifier_preparer.quote
    digits = decimals_of(was)
    if column.kind == "decimal" and digits is not None:
        steps = column.decimals - digits
        sign, factor = ("*", 10**steps) if steps > 0 else ("/", 10**-steps)
        name = quote(column.name)
        line.run(f"UPDATE {quote(table.name)} SET {name} = {name} {sign} {factor}")
        return
    line.run(f"DROP INDEX IF EXISTS {quote(index_name(table.name, column.name))}")
    line.run(f"ALTER TABLE {quote(table.name)} DROP COLUMN {quote(column.name)}")
    line.run(add_column(table, column, dialect))


def _say_that_it_takes_a_while(line: Line, entity: Entity) -> None:
    count = int(line.run(f"SELECT count(*) FROM {entity.quoted}").fetchone()[0])
    if count >= _MANY:
        problem = Problem("words_made_anew", {"table": entity.name, "count": f"{count:,}"})
        logger.warning("%s", message(problem, "en"))


def _search_anew(line: Line, entity: Entity) -> None:
    line.run("DELETE FROM kehu_token WHERE entity = ?", (entity.name,))
    for page in pages(lambda sql, values: line.run(sql, values).fetchall(), entity):
        words = sorted((entity.name, word, row["id"]) for row in page for word in words_of(entity, row))
        line.many("INSERT INTO kehu_token (entity, token, record) VALUES (?, ?, ?)", words)


def _unique_anew(line: Line, entity: Entity, old: Sequence[Any], new: Sequence[tuple[str, ...]]) -> None:
    """Keys for new unique sets. Where values already stand twice, the oldest record has the key."""
    now = {fields_text(fields) for fields in entity.sets}
    for fields in old:
        if fields_text(tuple(fields)) not in now:
            line.run(
                "DELETE FROM kehu_unique WHERE entity = ? AND fields = ?",
                (entity.name, fields_text(tuple(fields))),
            )
    for page in pages(lambda sql, values: line.run(sql, values).fetchall(), entity):
        keys = [
            (entity.name, fields_text(fields), key, row["id"])
            for row in page
            for fields, key in unique_keys(new, row)
        ]
        line.many(
            "INSERT INTO kehu_unique (entity, fields, key, record) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            keys,
        )


def pages(ask: Callable[[str, Sequence[Any]], Sequence[Any]], entity: Entity) -> Iterator[list[Row]]:
    """All rows of an entity, oldest first, a thousand at a time; each page is a statement of its own."""
    after = ""
    while True:
        found = ask(f"{entity.select} WHERE id > ? ORDER BY id LIMIT {_PAGE}", (after,))
        if not found:
            return
        page = entity.codec.to_rows(found)
        after = page[-1]["id"]
        yield page


def changed_entities(tables: Sequence[Table], known: Mapping[str, Entity]) -> Iterator[Table]:
    """The tables whose definition is not the one that is in use."""
    for table in tables:
        entity = known.get(table.name)
        if entity is None or entity.definition != table:
            yield table
