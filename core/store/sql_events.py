"""The event log in a database: read by record, by id and in the order of the chain, and put at the chain's end."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import orjson

from .chain import ANCHOR, CHAIN, Link, anchor, link_of, sealed
from .encoding import encode, in_utc, moment, whole_event
from .query import Event, EventQuery
from .sql_lines import Line
from .sql_rows import set_note

__all__ = ["PAGE", "ChainEnd", "after_event", "by_id", "newest", "of_record", "order_of_chain", "put_back"]

PAGE = 500
"""Events that are read at a time."""

_COLUMNS = (
    "id", "at", "entity", "record", "kind", "version", "actor", "door", "changes", "definitions", "batch", "reason",
    "number", "proof", "seal",
)  # fmt: skip
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM kehu_event"


def of_record(line: Line, table: str, record: str, limit: int, before: str | None) -> list[Event]:
    """A record's events, newest first."""
    older, values = ("", ()) if before is None else (" AND id < ?", (before,))
    sql = f"{_SELECT} WHERE record = ? AND entity = ?{older} ORDER BY id DESC LIMIT ?"
    return _events(line.run(sql, (record, table, *values, limit)))


def after_event(line: Line, after: str, limit: int) -> list[Event]:
    """Events whose id is above, oldest first."""
    return _events(line.run(f"{_SELECT} WHERE id > ? ORDER BY id LIMIT ?", (after, limit)))


def newest(line: Line, asked: EventQuery) -> list[Event]:
    """A page of the whole log, newest first."""
    tests: list[tuple[str, Any]] = [
        ("actor = ?", asked.actor),
        ("entity = ?", asked.table),
        ("record = ?", asked.record),
        ("door = ?", asked.door),
        ("kind = ?", asked.kind),
        ("batch = ?", asked.batch),
        ("at >= ?", asked.since and _second(asked.since)),
        ("at < ?", asked.until and _second(asked.until)),
        ("id < ?", asked.before),
    ]
    given = [(test, value) for test, value in tests if value]
    where = f" WHERE {' AND '.join(test for test, _ in given)}" if given else ""
    values = [value for _, value in given]
    return _events(line.run(f"{_SELECT}{where} ORDER BY id DESC LIMIT ?", (*values, asked.limit)))


def _second(moment: datetime) -> str:
    """A moment on the second so written that it stands before all that begin with it."""
    return in_utc(moment).strftime("%Y-%m-%dT%H:%M:%S")


def order_of_chain(line: Line) -> list[str]:
    """The ids of all events in the order of writing."""
    return [id_ for (id_,) in line.run("SELECT id FROM kehu_event ORDER BY number, id").fetchall()]


def by_id(line: Line, ids: Sequence[str]) -> list[Event]:
    """These events, in this order; at most ``PAGE``."""
    marks = ", ".join("?" * len(ids))
    found = {event.id: event for event in _events(line.run(f"{_SELECT} WHERE id IN ({marks})", ids))}
    return [found[id_] for id_ in ids if id_ in found]


def put_back(line: Line, events: Sequence[Event]) -> None:
    """Write what is left of events that are there already: the values, the reason, and the proof."""
    line.many(
        "UPDATE kehu_event SET changes = ?, reason = ?, proof = ? WHERE id = ?",
        [(encode(event.changes).decode(), event.reason, event.proof, event.id) for event in events],
    )


class ChainEnd:
    """The end of the chain while a transaction writes: nobody else writes meanwhile.

    It is asked for together with whatever is sent first, so that it costs a server no round trip of its own.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        self._asked: Callable[[], Any] = line.write("SELECT value FROM kehu_note WHERE key = ?", (CHAIN,))
        self.link: Link | None = None
        self._found: Link | None = None
        self._before: Link | None = None

    def load(self, events: Sequence[Event]) -> None:
        """Seal events and write them."""
        if self.link is None:
            if self._found is None:
                self._found = self._find()
            self.link = self._found
        rows = []
        for event in events:
            made = sealed(event, self.link)
            self.link = Link(made.number, made.seal)
            rows.append(_row(made))
        self._line.load("kehu_event", _COLUMNS, rows)

    def load_sealed(self, events: Sequence[Event]) -> None:
        """Write events as they are: those of another store, whose chain goes on here."""
        self._line.load("kehu_event", _COLUMNS, list(map(_row, events)))

    def finish(self) -> None:
        """Note where the chain ends now."""
        if self.link is None or self.link == self._found:
            return
        set_note(self._line, CHAIN, encode([*self.link]))
        if self._before is not None and self._before.number:
            set_note(self._line, ANCHOR, encode([*self._before]))

    def _find(self) -> Link:
        _ = self._line.raw  # what waits is sent
        found = self._asked()
        link = link_of(None if found is None else orjson.loads(found[0]))
        if link is not None:
            return link
        self._before = anchor(_events(self._line.run(f"{_SELECT} ORDER BY number, id")))
        return Link(0, self._before.seal)


def _row(event: Event) -> tuple[Any, ...]:
    return (
        event.id, event.at.isoformat(), event.table, event.record, event.kind, event.version, event.actor,
        event.door, encode(event.changes).decode(), event.definitions, event.batch, event.reason,
        event.number, event.proof, event.seal,
    )  # fmt: skip


def _events(cursor: Any) -> list[Event]:
    return [
        whole_event(Event(*values)._replace(at=moment(values[1]), changes=orjson.loads(values[8])))
        for values in cursor.fetchall()
    ]
