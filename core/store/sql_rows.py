"""What is read from a database by its key: rows by id or by value, notes, revisions."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from .query import Row
from .sql_columns import array_type
from .sql_lines import Line
from .sql_schema import Entity
from .tokens import tokens

__all__ = [
    "change_many", "fields_text", "get", "get_many", "lookup", "lookup_many", "note", "parts", "raise_revision",
    "set_note", "words_of",
]  # fmt: skip

_MOST_VALUES = 500
_FEW = 20
"""From so many rows on one statement for all is quicker on a server than one for each."""


def get(line: Line, entity: Entity, id_: str) -> Row | None:
    """One row by its id."""
    found = line.run(f"{entity.select} WHERE id = ?", (id_,)).fetchone()
    return None if found is None else entity.codec.to_row(found)


def get_many(line: Line, entity: Entity, ids: Iterable[str]) -> dict[str, Row]:
    """id → row, of those that exist, in the order asked for."""
    wanted, found = list(dict.fromkeys(ids)), dict[str, Row]()
    for part in parts(wanted):
        sql = f"{entity.select} WHERE id IN ({_marks(part)})"
        found.update((row["id"], row) for row in entity.codec.to_rows(line.run(sql, part).fetchall()))
    return {id_: found[id_] for id_ in wanted if id_ in found}


def lookup(line: Line, entity: Entity, column: str, value: Any) -> list[Row]:
    """All rows whose column has this value, oldest first."""
    name = entity.quote(column)
    if value is None:
        found = line.run(f"{entity.select} WHERE {name} IS NULL ORDER BY id")
    else:
        found = line.run(f"{entity.select} WHERE {name} = ? ORDER BY id", (entity.codec.into[column](value),))
    return entity.codec.to_rows(found.fetchall())


def lookup_many(line: Line, entity: Entity, column: str, values: Sequence[Any]) -> dict[Any, list[Row]]:
    """value → all rows whose column has it, oldest first; values that no row has are left out."""
    found: dict[Any, list[Row]] = {}
    for part in parts([entity.codec.into[column](value) for value in values]):
        sql = f"{entity.select} WHERE {entity.quote(column)} IN ({_marks(part)}) ORDER BY id"
        for row in entity.codec.to_rows(line.run(sql, part).fetchall()):
            found.setdefault(row[column], []).append(row)
    return {value: found[value] for value in values if value in found}


def change_many(line: Line, entity: Entity, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Set these columns of many rows; each of ``rows`` is the columns' values for the database, then the id."""
    if line.lite or len(rows) < _FEW:
        parts = ", ".join(f"{entity.quote(name)} = ?" for name in names)
        line.many(f"UPDATE {entity.quoted} SET {parts} WHERE id = ?", rows)
        return
    quoted = [entity.quote(name) for name in names]
    arrays = ", ".join(f"?::{array_type(entity.columns[name])}" for name in (*names, "id"))
    parts = ", ".join(f"{name} = new.{name}" for name in quoted)
    line.write(
        f"UPDATE {entity.quoted} SET {parts} FROM unnest({arrays}) AS new ({', '.join(quoted)}, id) "
        f"WHERE {entity.quoted}.id = new.id",
        [list(values) for values in zip(*rows, strict=True)],
    )


def words_of(entity: Entity, row: Mapping[str, Any]) -> set[str]:
    """The words that a row is found by."""
    return tokens(str(row[name]) for name in entity.definition.search if row.get(name) is not None)


def fields_text(fields: tuple[str, ...]) -> str:
    """How a unique set is called in the table of unique keys."""
    return ",".join(fields)


def raise_revision(line: Line, table: str) -> Callable[[], Any]:
    """Say that what was computed of this table may not hold any more; gives a row of the new revision."""
    return line.write(
        "INSERT INTO kehu_revision (entity, revision) VALUES (?, 1) "
        "ON CONFLICT (entity) DO UPDATE SET revision = kehu_revision.revision + 1 RETURNING revision",
        (table,),
    )


def note(line: Line, key: str) -> Any:
    """A note's value, or ``None``."""
    found = line.run("SELECT value FROM kehu_note WHERE key = ?", (key,)).fetchone()
    return None if found is None else orjson.loads(found[0])


def set_note(line: Line, key: str, value: bytes) -> None:
    """Write a note (JSON bytes)."""
    line.write(
        "INSERT INTO kehu_note (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value.decode()),
    )


def parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The values in as many parts as statements take."""
    for start in range(0, len(values), _MOST_VALUES):
        yield values[start : start + _MOST_VALUES]


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
