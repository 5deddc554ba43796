"""One unit of work in a database. New rows wait in memory and go there many at a time, before anyone looks."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson

from ..problems import Problem, Refused
from .encoding import encode
from .query import Event, Group, Query, Row, Totals
from .sql_finding import find, totals
from .sql_lines import Line
from .sql_schema import Entity
from .tokens import tokens
from .unique import changed_keys, not_unique, unique_keys

__all__ = ["SqlTransaction", "event_values", "words_of"]

_TOKEN = "INSERT INTO kehu_token (entity, token, record) VALUES (?, ?, ?)"  # noqa: S105  (a search word)
_UNIQUE = "INSERT INTO kehu_unique (entity, fields, key, record) VALUES (?, ?, ?, ?)"
_EVENT = (
    "INSERT INTO kehu_event (id, at, entity, record, kind, version, actor, door, changes, definitions, batch, reason) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_HOLDER = "SELECT record FROM kehu_unique WHERE entity = ? AND fields = ? AND key = ?"
_MOST_WAITING = 5000
_MOST_VALUES = 500


def event_values(event: Event) -> tuple[Any, ...]:
    """An event as the event table keeps it."""
    return (
        event.id, event.at.isoformat(), event.table, event.record, event.kind, event.version, event.actor, event.door,
        encode(event.changes).decode(), event.definitions, event.batch, event.reason,
    )  # fmt: skip


def words_of(entity: Entity, row: Mapping[str, Any]) -> set[str]:
    """The words that a row is found by."""
    return tokens(str(row[name]) for name in entity.definition.search if row.get(name) is not None)


def fields_text(fields: tuple[str, ...]) -> str:
    """How a unique set is called in the table of unique keys."""
    return ",".join(fields)


@dataclass(slots=True)
class _Waiting:
    """New rows of one entity that are not in the database yet, and the keys they take."""

    rows: dict[str, Row] = field(default_factory=dict)
    keys: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(slots=True)
class _Mark:
    """Where a savepoint stands: real in the database, or only a length of what waits."""

    name: str
    real: bool
    rows: dict[str, int]
    keys: dict[str, int]
    events: int
    numbers: dict[str, int]
    notes: dict[str, bytes]
    touched: set[str]


class SqlTransaction:
    """See :class:`~kehu.core.store.protocol.Transaction`."""

    def __init__(self, line: Line, entities: Mapping[str, Entity]) -> None:
        self._line = line
        self._entities = entities
        self._waiting: dict[str, _Waiting] = {}
        self._events: list[tuple[Any, ...]] = []
        self._numbers: dict[str, int] = {}
        self._notes: dict[str, bytes] = {}
        self._free_ids: set[tuple[str, Any]] = set()
        self._marks: list[_Mark] = []
        self._highest: dict[str, str] = {}
        self.touched: set[str] = set()
        """The tables that were written."""

    # Reading.

    def get(self, table: str, id: str) -> Row | None:
        entity = self._entities[table]
        waiting = self._waiting.get(table)
        if waiting is not None and (row := waiting.rows.get(id)) is not None:
            return entity.codec.to_row(entity.codec.to_sql(row))
        return get(self._line, entity, id)

    def find(self, query: Query) -> list[Row]:
        self._flush(query.table)
        return find(self._line, self._entities[query.table], query)

    def totals(self, asked: Totals) -> list[Group]:
        self._flush(asked.table)
        return totals(self._line, self._entities[asked.table], asked)

    def lookup(self, table: str, column: str, value: Any) -> list[Row]:
        self._flush(table)
        return lookup(self._line, self._entities[table], column, value)

    def lookup_many(self, table: str, column: str, values: Sequence[Any]) -> dict[Any, list[Row]]:
        self._flush(table)
        entity, found = self._entities[table], dict[Any, list[Row]]()
        wanted = list(dict.fromkeys(value for value in values if value is not None))
        for start in range(0, len(wanted), _MOST_VALUES):
            part = [entity.codec.into[column](value) for value in wanted[start : start + _MOST_VALUES]]
            marks = ", ".join("?" * len(part))
            sql = f"{entity.select} WHERE {entity.quote(column)} IN ({marks}) ORDER BY id"
            for row in map(entity.codec.to_row, self._line.run(sql, part).fetchall()):
                found.setdefault(row[column], []).append(row)
        if column == "external_id":  # nobody else writes meanwhile: what is free now is free until it is taken here
            self._free_ids.update((table, value) for value in wanted if value not in found)
        return {value: found[value] for value in wanted if value in found}

    # Rows.

    def insert(self, table: str, row: Row) -> None:
        entity = self._entities[table]
        made = entity.codec.whole(row)
        waiting = self._waiting.setdefault(table, _Waiting())
        if made["id"] in waiting.rows or self._there(entity, made["id"]):
            raise not_unique(table, ("id",), made["id"])
        taken = {fields_text(fields): (fields, key) for fields, key in unique_keys(entity.sets, made)}
        for text, (fields, key) in taken.items():
            self._refuse_taken(entity, fields, text, key, made["id"])
        for text, (_, key) in taken.items():
            waiting.keys[text, key] = made["id"]
        waiting.rows[made["id"]] = made
        self.touched.add(table)
        if len(waiting.rows) >= _MOST_WAITING:
            self._flush(table)

    def update(self, table: str, id: str, changes: Mapping[str, Any]) -> None:
        entity = self._entities[table]
        self._write(table)
        old = get(self._line, entity, id)
        if old is None:
            raise Refused([Problem("no_such_record", {"table": table, "record": id})], status="missing")
        changed = {name: value for name, value in changes.items() if name != "id"}
        new = entity.codec.whole({**old, **changed})
        gone, taken = changed_keys(entity.sets, old, new, changed)
        for fields, key in taken.items():
            self._refuse_taken(entity, fields, fields_text(fields), key, id)
        self._free(entity, gone, id)
        self._line.many(_UNIQUE, [(table, fields_text(fields), key, id) for fields, key in taken.items()])
        if any(name in changed for name in entity.definition.search):
            before, after = words_of(entity, old), words_of(entity, new)
            self._forget_words(table, id, before - after)
            self._line.many(_TOKEN, [(table, word, id) for word in sorted(after - before)])
        if changed:
            into = entity.codec.into
            parts = ", ".join(f"{entity.quote(name)} = ?" for name in changed)
            values = [None if value is None else into[name](value) for name, value in changed.items()]
            self._line.run(f"UPDATE {entity.quoted} SET {parts} WHERE id = ?", (*values, id))
        self.touched.add(table)

    def update_many(self, table: str, changes: Mapping[str, Mapping[str, Any]]) -> None:
        entity = self._entities[table]
        watched = {*entity.definition.search, *(name for fields in entity.sets for name in fields)}
        alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for id_, values in changes.items():
            if watched.isdisjoint(values):
                ready = (None if value is None else entity.codec.into[name](value) for name, value in values.items())
                alike.setdefault(tuple(values), []).append((*ready, id_))
            else:
                self.update(table, id_, values)
        if alike:
            self._write(table)
            self.touched.add(table)
        for names, rows in alike.items():
            parts = ", ".join(f"{entity.quote(name)} = ?" for name in names)
            self._line.many(f"UPDATE {entity.quoted} SET {parts} WHERE id = ?", rows)

    def delete(self, table: str, id: str) -> None:
        entity = self._entities[table]
        self._write(table)
        old = get(self._line, entity, id)
        if old is None:
            return
        self._free(entity, dict(unique_keys(entity.sets, old)), id)
        self._forget_words(table, id, words_of(entity, old))
        self._line.run(f"DELETE FROM {entity.quoted} WHERE id = ?", (id,))
        self.touched.add(table)

    def log(self, event: Event) -> None:
        self._events.append(event_values(event))

    # Numbers and notes: kept here until the end.

    def next_number(self, series: str) -> int:
        self._numbers[series] = number = self._number(series) + 1
        return number

    def raise_number(self, series: str, at_least: int) -> None:
        if at_least > self._number(series):
            self._numbers[series] = at_least

    def note(self, key: str) -> Any:
        known = self._notes.get(key)
        return orjson.loads(known) if known is not None else note(self._line, key)

    def set_note(self, key: str, value: Any) -> None:
        self._notes[key] = encode(value)

    # Savepoints cost nothing until the database has to know of them.

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        mark = _Mark(
            f"s{len(self._marks)}", False, *self._sizes(), len(self._events), self._numbers.copy(),
            self._notes.copy(), self.touched.copy(),
        )  # fmt: skip
        self._marks.append(mark)
        try:
            yield
        except BaseException:
            self._marks.remove(mark)
            self._back_to(mark)
            raise
        self._marks.remove(mark)
        if mark.real:
            self._line.run(f"RELEASE SAVEPOINT {mark.name}")

    def finish(self) -> None:
        """Send everything that waits."""
        for table in list(self._waiting):
            self._flush(table)
        self._flush_events()
        for series, last in self._numbers.items():
            self._line.run(
                "INSERT INTO kehu_number (series, last) VALUES (?, ?) "
                "ON CONFLICT (series) DO UPDATE SET last = excluded.last",
                (series, last),
            )
        for key, value in self._notes.items():
            set_note(self._line, key, value)
        for table in self.touched:
            raise_revision(self._line, table)

    # Within.

    def _sizes(self) -> tuple[dict[str, int], dict[str, int]]:
        rows = {table: len(waiting.rows) for table, waiting in self._waiting.items()}
        return rows, {table: len(waiting.keys) for table, waiting in self._waiting.items()}

    def _back_to(self, mark: _Mark) -> None:
        if mark.real:
            self._line.run(f"ROLLBACK TO SAVEPOINT {mark.name}")
            self._line.run(f"RELEASE SAVEPOINT {mark.name}")
            self._waiting.clear()
            self._events.clear()
        else:
            for table, waiting in self._waiting.items():
                _cut(waiting.rows, mark.rows.get(table, 0))
                _cut(waiting.keys, mark.keys.get(table, 0))
            del self._events[mark.events :]
        self._numbers, self._notes, self.touched = mark.numbers, mark.notes, mark.touched

    def _make_marks_real(self) -> None:
        """Before the database is written inside a savepoint: send what waited before it, then set it there."""
        for mark in self._marks:
            if mark.real:
                continue
            later: dict[str, _Waiting] = {}
            for table, waiting in self._waiting.items():
                later[table] = _Waiting(
                    _split(waiting.rows, mark.rows.get(table, 0)),
                    _split(waiting.keys, mark.keys.get(table, 0)),
                )
            later_events = self._events[mark.events :]
            del self._events[mark.events :]
            for table in list(self._waiting):
                self._send(table)
            self._flush_events()
            self._waiting, self._events = later, later_events
            for other in self._marks:
                if not other.real and other is not mark:
                    other.rows = {name: size - mark.rows.get(name, 0) for name, size in other.rows.items()}
                    other.keys = {name: size - mark.keys.get(name, 0) for name, size in other.keys.items()}
                    other.events -= mark.events
            self._line.run(f"SAVEPOINT {mark.name}")
            mark.real = True

    def _write(self, table: str) -> None:
        """The database is about to be written directly."""
        self._flush(table)
        self._make_marks_real()

    def _flush(self, table: str) -> None:
        waiting = self._waiting.get(table)
        if waiting is not None and waiting.rows:
            self._make_marks_real()
            self._send(table)

    def _send(self, table: str) -> None:
        waiting = self._waiting.pop(table, None)
        if waiting is None or not waiting.rows:
            return
        entity = self._entities[table]
        rows = waiting.rows.values()
        self._line.many(entity.insert, list(map(entity.codec.to_sql, rows)))
        self._line.many(
            _UNIQUE, sorted((table, fields, key, id_) for (fields, key), id_ in waiting.keys.items())
        )
        if entity.definition.search:
            found: dict[str, list[str]] = {}
            for row in rows:
                for word in words_of(entity, row):
                    found.setdefault(word, []).append(row["id"])
            # In the order of the index: a database that writes page after page is quicker than one that jumps.
            self._line.many(_TOKEN, [(table, word, id_) for word in sorted(found) for id_ in found[word]])
        if len(self._events) >= _MOST_WAITING and not self._marks:
            self._flush_events()

    def _flush_events(self) -> None:
        if self._events:
            self._line.many(_EVENT, self._events)
            self._events = []

    def _there(self, entity: Entity, id_: str) -> bool:
        """Whether the id is taken in the database. Ids grow, so nearly always the highest one tells."""
        highest = self._highest.get(entity.name)
        if highest is None:
            found = self._line.run(f"SELECT max(id) FROM {entity.quoted}").fetchone()
            highest = found[0] or ""
        self._highest[entity.name] = max(highest, id_)
        if id_ > highest:
            return False
        sql = f"SELECT 1 FROM {entity.quoted} WHERE id = ?"
        return self._line.run(sql, (id_,)).fetchone() is not None

    def _refuse_taken(self, entity: Entity, fields: tuple[str, ...], text: str, key: str, id_: str) -> None:
        if text == "external_id" and (entity.name, key) in self._free_ids:
            self._free_ids.discard((entity.name, key))
            return
        waiting = self._waiting.get(entity.name)
        holder = waiting.keys.get((text, key)) if waiting is not None else None
        if holder is None:
            found = self._line.run(_HOLDER, (entity.name, text, key)).fetchone()
            holder = found[0] if found is not None else None
        if holder is not None and holder != id_:
            raise not_unique(entity.name, fields, holder)

    def _free(self, entity: Entity, keys: Mapping[tuple[str, ...], str], id_: str) -> None:
        for fields, key in keys.items():
            self._line.run(
                "DELETE FROM kehu_unique WHERE entity = ? AND fields = ? AND key = ? AND record = ?",
                (entity.name, fields_text(fields), key, id_),
            )

    def _forget_words(self, table: str, id_: str, words: set[str]) -> None:
        self._line.many(
            "DELETE FROM kehu_token WHERE entity = ? AND token = ? AND record = ?",
            [(table, word, id_) for word in sorted(words)],
        )

    def _number(self, series: str) -> int:
        known = self._numbers.get(series)
        if known is None:
            found = self._line.run("SELECT last FROM kehu_number WHERE series = ?", (series,)).fetchone()
            known = int(found[0]) if found is not None else 0
        return known


def get(line: Line, entity: Entity, id_: str) -> Row | None:
    """One row by its id."""
    found = line.run(f"{entity.select} WHERE id = ?", (id_,)).fetchone()
    return None if found is None else entity.codec.to_row(found)


def lookup(line: Line, entity: Entity, column: str, value: Any) -> list[Row]:
    """All rows whose column has this value, oldest first."""
    name = entity.quote(column)
    if value is None:
        found = line.run(f"{entity.select} WHERE {name} IS NULL ORDER BY id")
    else:
        found = line.run(f"{entity.select} WHERE {name} = ? ORDER BY id", (entity.codec.into[column](value),))
    return list(map(entity.codec.to_row, found.fetchall()))


def raise_revision(line: Line, table: str) -> None:
    """Say that what was computed of this table may not hold any more."""
    line.run(
        "INSERT INTO kehu_revision (entity, revision) VALUES (?, 1) "
        "ON CONFLICT (entity) DO UPDATE SET revision = kehu_revision.revision + 1",
        (table,),
    )


def note(line: Line, key: str) -> Any:
    """A note's value, or ``None``."""
    found = line.run("SELECT value FROM kehu_note WHERE key = ?", (key,)).fetchone()
    return None if found is None else orjson.loads(found[0])


def set_note(line: Line, key: str, value: bytes) -> None:
    """Write a note (JSON bytes)."""
    line.run(
        "INSERT INTO kehu_note (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value.decode()),
    )


def _cut(mapping: dict[Any, Any], size: int) -> None:
    while len(mapping) > size:
        mapping.popitem()


def _split(mapping: dict[Any, Any], size: int) -> dict[Any, Any]:
    """Take away what came after the first ``size`` entries, and give it."""
    later = dict(list(mapping.items())[size:])
    _cut(mapping, size)
    return later
