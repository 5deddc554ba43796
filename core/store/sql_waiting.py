"""New rows and events on their way to a database: they wait in memory and go there many at a time.

Savepoints cost nothing until the database has to know of them: until then one is only a length of what waits.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .chain import Link
from .indexes import ValueIndex
from .query import Event, Row
from .sql_events import ChainEnd
from .sql_lines import Line
from .sql_rows import words_of
from .sql_schema import Entity

__all__ = ["TOKEN", "UNIQUE", "Waiting"]

TOKEN = ("kehu_token", ("entity", "token", "record"))
UNIQUE = ("kehu_unique", ("entity", "fields", "key", "record"))
_MOST = 5000


@dataclass(slots=True)
class _Pile:
    """New rows of one entity, and the keys they take."""

    rows: dict[str, Row] = field(default_factory=dict)
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    by_value: dict[str, ValueIndex] = field(default_factory=dict)


@dataclass(slots=True)
class _Mark:
    """Where a savepoint stands: real in the database, or only a length of what waits."""

    name: str
    real: bool
    rows: dict[str, int]
    keys: dict[str, int]
    events: int
    link: Link | None = None
    """Where the chain of events ended when the savepoint became real."""


class Waiting:
    """What a transaction has not sent yet."""

    def __init__(self, line: Line, entities: Mapping[str, Entity]) -> None:
        self._line = line
        self._entities = entities
        self._piles: dict[str, _Pile] = {}
        self._events: list[Event] = []
        self._chain = ChainEnd(line)
        self._marks: list[_Mark] = []

    @property
    def may_go_back(self) -> bool:
        """Whether a savepoint is open: what holds now may be undone."""
        return bool(self._marks)

    def row(self, table: str, id_: str) -> Row | None:
        """A row that waits."""
        pile = self._piles.get(table)
        return None if pile is None else pile.rows.get(id_)

    def holder(self, table: str, fields: str, key: str) -> str | None:
        """The id of the row that waits and has this key."""
        pile = self._piles.get(table)
        return None if pile is None else pile.keys.get((fields, key))

    def having(self, table: str, column: str, value: Any) -> list[Row]:
        """The rows that wait and have this value, oldest first."""
        pile = self._piles.get(table)
        if pile is None or not pile.rows:
            return []
        index = pile.by_value.get(column)
        if index is None:
            index = pile.by_value[column] = ValueIndex((id_, row[column]) for id_, row in pile.rows.items())
        return [pile.rows[id_] for id_ in sorted(index.ids(value))]

    def add(self, table: str, row: Row, keys: Mapping[str, str]) -> None:
        """A new row; ``keys``: fields → the key that it takes."""
        pile = self._piles.setdefault(table, _Pile())
        for fields, key in keys.items():
            pile.keys[fields, key] = row["id"]
        pile.rows[row["id"]] = row
        for column, index in pile.by_value.items():
            index.add(row["id"], row[column])
        if len(pile.rows) >= _MOST:
            self.flush(table)

    def log(self, event: Event) -> None:
        """A new event."""
        self._events.append(event)

    def take_over(self, events: Sequence[Event]) -> None:
        """Events of another store, as they are."""
        self._chain.load_sealed(events)

    def flush(self, table: str) -> None:
        """Send the rows of a table: the database is about to be asked about all of them."""
        pile = self._piles.get(table)
        if pile is not None and pile.rows:
            self._make_marks_real()
            self._send(table)

    def before_writing(self, table: str) -> None:
        """The database is about to be written directly."""
        self.flush(table)
        self._make_marks_real()

    def finish(self) -> None:
        """Send everything."""
        for table in list(self._piles):
            self.flush(table)
        self._flush_events()
        self._chain.finish()

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What is done inside is undone when it raises, here and in the database."""
        rows = {table: len(pile.rows) for table, pile in self._piles.items()}
        keys = {table: len(pile.keys) for table, pile in self._piles.items()}
        mark = _Mark(f"s{len(self._marks)}", False, rows, keys, len(self._events))
        self._marks.append(mark)
        try:
            yield
        except BaseException:
            self._marks.remove(mark)
            self._back_to(mark)
            raise
        self._marks.remove(mark)
        if mark.real:
            self._line.write(f"RELEASE SAVEPOINT {mark.name}")

    def _back_to(self, mark: _Mark) -> None:
        if mark.real:
            self._line.write(f"ROLLBACK TO SAVEPOINT {mark.name}")
            self._line.write(f"RELEASE SAVEPOINT {mark.name}")
            self._piles.clear()
            self._events.clear()
            self._chain.link = mark.link
            return
        for table, pile in self._piles.items():
            _cut(pile.rows, mark.rows.get(table, 0))
            _cut(pile.keys, mark.keys.get(table, 0))
            pile.by_value.clear()
        del self._events[mark.events :]

    def _make_marks_real(self) -> None:
        """Before the database is written inside a savepoint: send what waited before it, then set it there."""
        for mark in self._marks:
            if mark.real:
                continue
            later: dict[str, _Pile] = {}
            for table, pile in self._piles.items():
                rows = _split(pile.rows, mark.rows.get(table, 0))
                later[table] = _Pile(rows, _split(pile.keys, mark.keys.get(table, 0)))
            later_events = self._events[mark.events :]
            del self._events[mark.events :]
            for table in list(self._piles):
                self._send(table)
            self._flush_events()
            self._piles, self._events = later, later_events
            for other in self._marks:
                if not other.real and other is not mark:
                    other.rows = {name: size - mark.rows.get(name, 0) for name, size in other.rows.items()}
                    other.keys = {name: size - mark.keys.get(name, 0) for name, size in other.keys.items()}
                    other.events -= mark.events
            self._line.write(f"SAVEPOINT {mark.name}")
            mark.real, mark.link = True, self._chain.link

    def _send(self, table: str) -> None:
        pile = self._piles.pop(table, None)
        if pile is None or not pile.rows:
            return
        entity, rows = self._entities[table], pile.rows.values()
        self._line.load(entity.quoted, entity.quoted_columns, list(map(entity.codec.to_sql, rows)))
        taken = sorted((table, fields, key, id_) for (fields, key), id_ in pile.keys.items())
        self._line.load(*UNIQUE, taken)
        if entity.definition.search:
            # In the order of the index: a database that writes page after page is quicker than one that jumps.
            found = sorted((word, row["id"]) for row in rows for word in words_of(entity, row))
            self._line.load(*TOKEN, [(table, word, id_) for word, id_ in found])
        if len(self._events) >= _MOST and not self._marks:
            self._flush_events()

    def _flush_events(self) -> None:
        if self._events:
            self._chain.load(self._events)
            self._events = []


def _cut(mapping: dict[Any, Any], size: int) -> None:
    while len(mapping) > size:
        mapping.popitem()


def _split(mapping: dict[Any, Any], size: int) -> dict[Any, Any]:
    """Take away what came after the first ``size`` entries, and give it."""
    later = dict(list(mapping.items())[size:])
    _cut(mapping, size)
    return later
