"""One unit of work in a database. New rows wait in memory and go there many at a time, before anyone looks."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import orjson

from ..problems import Problem, Refused
from .chain import emptied
from .encoding import encode
from .query import Event, Group, Query, Row, Totals
from .sql_events import by_id, put_back
from .sql_finding import find, totals
from .sql_lines import Line
from .sql_prepare import NOTE as TABLES
from .sql_rows import (
    change_many,
    fields_text,
    get,
    get_many,
    lookup,
    lookup_many,
    note,
    parts,
    raise_revision,
    set_note,
    words_of,
)  # fmt: skip
from .sql_schema import Entity
from .sql_waiting import TOKEN, UNIQUE, Waiting
from .unique import changed_keys, columns_of, not_unique, unique_keys

__all__ = ["SqlTransaction"]

_HOLDER = "SELECT record FROM kehu_unique WHERE entity = ? AND fields = ? AND key = ?"


class SqlTransaction:
    """See :class:`~kehu.core.store.protocol.Transaction`."""

    def __init__(self, line: Line, entities: Mapping[str, Entity]) -> None:
        self._line = line
        self._entities = entities
        self._waiting = Waiting(line, entities)
        self._numbers: dict[str, int] = {}
        self._notes: dict[str, bytes] = {}
        self._free_keys: set[tuple[str, str, str]] = set()
        self._highest: dict[str, str] = {}
        self._read: dict[tuple[str, str], Row] = {}
        """Rows as they were read: nobody else writes meanwhile, so they hold until they are written here."""
        self.touched: set[str] = set()
        """The tables that were written."""
        self.revisions: dict[str, int] = {}

    # Reading.

    def get(self, table: str, id: str) -> Row | None:
        entity = self._entities[table]
        row = self._waiting.row(table, id)
        if row is not None:
            return _read_back(entity, row)
        row = get(self._line, entity, id)
        if row is not None:
            self._read[table, id] = row.copy()
        return row

    def get_many(self, table: str, ids: Sequence[str]) -> dict[str, Row]:
        entity, row = self._entities[table], self._waiting.row
        mine = {id_: _read_back(entity, found) for id_ in ids if (found := row(table, id_)) is not None}
        theirs = get_many(self._line, entity, [id_ for id_ in ids if id_ not in mine])
        return {**theirs, **mine}

    def find(self, query: Query) -> list[Row]:
        self._waiting.flush(query.table)
        return find(self._line, self._entities[query.table], query)

    def totals(self, asked: Totals) -> list[Group]:
        self._waiting.flush(asked.table)
        return totals(self._line, self._entities[asked.table], asked)

    def lookup(self, table: str, column: str, value: Any) -> list[Row]:
        entity = self._entities[table]
        if entity.columns[column].kind != "text":  # only a text is the same before and after it was written
            self._waiting.flush(table)
        mine = [_read_back(entity, row) for row in self._waiting.having(table, column, value)]
        theirs = lookup(self._line, entity, column, value)
        return sorted([*theirs, *mine], key=_id_of) if mine else theirs

    def lookup_many(self, table: str, column: str, values: Sequence[Any]) -> dict[Any, list[Row]]:
        self._waiting.flush(table)
        wanted = list(dict.fromkeys(value for value in values if value is not None))
        found = lookup_many(self._line, self._entities[table], column, wanted)
        # Nobody else writes meanwhile: what is free now is free until it is taken here.
        if column == "external_id" and not self._waiting.may_go_back:
            self._free_keys.update((table, column, value) for value in wanted if value not in found)
        return found

    def foresee(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        entity = self._entities[table]
        if self._waiting.may_go_back:
            return
        keys: dict[str, dict[str, None]] = {}
        for row in rows:
            for fields, key in unique_keys(entity.sets, row):
                keys.setdefault(fields_text(fields), {})[key] = None
        for text, wanted in keys.items():
            taken: set[str] = set()
            for part in parts(list(wanted)):
                marks = ", ".join("?" * len(part))
                sql = f"SELECT key FROM kehu_unique WHERE entity = ? AND fields = ? AND key IN ({marks})"
                taken.update(key for (key,) in self._line.run(sql, (table, text, *part)).fetchall())
            free = (
                key for key in wanted if key not in taken and self._waiting.holder(table, text, key) is None
            )
            self._free_keys.update((table, text, key) for key in free)

    # Rows.

    def insert(self, table: str, row: Mapping[str, Any]) -> None:
        entity = self._entities[table]
        made = entity.codec.whole(row)
        id_ = made["id"]
        if self._waiting.row(table, id_) is not None or self._there(entity, id_):
            raise not_unique(table, ("id",), id_)
        taken = {}
        for fields, key in unique_keys(entity.sets, made):
            taken[fields_text(fields)] = key
            self._refuse_taken(entity, fields, key, id_)
        self._waiting.add(table, made, taken)
        self._free_keys.difference_update((table, text, key) for text, key in taken.items())
        self.touched.add(table)

    def update(self, table: str, id: str, changes: Mapping[str, Any]) -> None:
        entity = self._entities[table]
        self._waiting.before_writing(table)
        old = self._read.pop((table, id), None) or get(self._line, entity, id)
        if old is None:
            raise Refused([Problem("no_such_record", {"table": table, "record": id})], status="missing")
        changed = {name: value for name, value in changes.items() if name != "id"}
        new = entity.codec.whole({**old, **changed})
        gone, taken = changed_keys(entity.sets, old, new, changed)
        for fields, key in taken.items():
            self._refuse_taken(entity, fields, key, id)
            self._free_keys.discard((table, fields_text(fields), key))
        self._free(entity, gone, id)
        self._line.load(*UNIQUE, [(table, fields_text(fields), key, id) for fields, key in taken.items()])
        if any(name in changed for name in entity.definition.search):
            before, after = words_of(entity, old), words_of(entity, new)
            self._forget_words(table, id, before - after)
            self._line.load(*TOKEN, [(table, word, id) for word in sorted(after - before)])
        if changed:
            into = entity.codec.into
            parts = ", ".join(f"{entity.quote(name)} = ?" for name in changed)
            values = [None if value is None else into[name](value) for name, value in changed.items()]
            self._line.write(f"UPDATE {entity.quoted} SET {parts} WHERE id = ?", (*values, id))
        self.touched.add(table)

    def update_many(self, table: str, changes: Mapping[str, Mapping[str, Any]]) -> None:
        entity = self._entities[table]
        watched = {
            *entity.definition.search,
            *(name for fields in entity.sets for name in columns_of(fields)),
        }
        alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for id_, values in changes.items():
            if watched.isdisjoint(values):
                ready = (
                    None if value is None else entity.codec.into[name](value)
                    for name, value in values.items()
                )
                alike.setdefault(tuple(values), []).append((*ready, id_))
            else:
                self.update(table, id_, values)
        if alike:
            self._waiting.before_writing(table)
            self.touched.add(table)
        for names, rows in alike.items():
            change_many(self._line, entity, names, rows)
            for *_, id_ in rows:
                self._read.pop((table, id_), None)

    def delete(self, table: str, id: str) -> None:
        entity = self._entities[table]
        self._waiting.before_writing(table)
        old = self._read.pop((table, id), None) or get(self._line, entity, id)
        if old is None:
            return
        self._free(entity, dict(unique_keys(entity.sets, old)), id)
        self._forget_words(table, id, words_of(entity, old))
        self._line.write(f"DELETE FROM {entity.quoted} WHERE id = ?", (id,))
        self.touched.add(table)

    def log(self, event: Event) -> None:
        self._waiting.log(event)

    def take_over(self, events: Sequence[Event]) -> None:
        self._waiting.take_over(events)

    def empty_events(self, ids: Sequence[str]) -> None:
        self._waiting.finish()
        for part in parts(ids):
            put_back(self._line, list(map(emptied, by_id(self._line, part))))

    def forget_parked(self, table: str, id: str) -> None:
        entity = self._entities[table]
        known = (note(self._line, TABLES) or {"shapes": {}})["shapes"].get(table, {})
        gone = [entity.quote(name) for name in known if name not in entity.columns]
        if gone:
            sets = ", ".join(f"{name} = NULL" for name in gone)
            self._line.write(f"UPDATE {entity.quoted} SET {sets} WHERE id = ?", (id,))

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

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        numbers, notes, touched = self._numbers.copy(), self._notes.copy(), self.touched.copy()
        try:
            with self._waiting.savepoint():
                yield
        except BaseException:
            self._numbers, self._notes, self.touched = numbers, notes, touched
            self._read.clear()
            raise

    def finish(self) -> None:
        """Send everything that waits, and commit it."""
        self._waiting.finish()
        for series, last in self._numbers.items():
            self._line.write(
                "INSERT INTO kehu_number (series, last) VALUES (?, ?) "
                "ON CONFLICT (series) DO UPDATE SET last = excluded.last",
                (series, last),
            )
        for key, value in self._notes.items():
            set_note(self._line, key, value)
        raised = {table: raise_revision(self._line, table) for table in sorted(self.touched)}
        self._line.run("COMMIT")
        self.revisions = {table: int(row()[0]) for table, row in raised.items()}

    # Within.

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

    def _refuse_taken(self, entity: Entity, fields: tuple[str, ...], key: str, id_: str) -> None:
        text = fields_text(fields)
        if (entity.name, text, key) in self._free_keys:
            return
        holder = self._waiting.holder(entity.name, text, key)
        if holder is None:
            found = self._line.run(_HOLDER, (entity.name, text, key)).fetchone()
            holder = found[0] if found is not None else None
        if holder is not None and holder != id_:
            raise not_unique(entity.name, fields, holder)

    def _free(self, entity: Entity, keys: Mapping[tuple[str, ...], str], id_: str) -> None:
        for fields, key in keys.items():
            self._line.write(
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


def _read_back(entity: Entity, row: Row) -> Row:
    """A row that waits as it will be read once it is there."""
    return entity.codec.to_row(entity.codec.to_sql(row))


def _id_of(row: Row) -> Any:
    return row["id"]
