"""A store as it stood at one moment, whole: what a backup writes down, and what fills another store.

Rows have every column there ever was, those of removed fields too, so that nothing is lost on the way. Everything
streams: nothing here holds more than a few hundred rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any, Protocol

import orjson

from ..problems import Problem, Refused
from .encoding import encode, encode_event, reader_of
from .protocol import Store, Table, Transaction
from .query import Event, Row
from .shapes import Shapes, columns_of

__all__ = ["OWN_NOTES", "Moment", "Tallied", "Tally", "fill", "reading", "row_line", "tally"]

OWN_NOTES = "store:"
"""Notes that begin so are about one store itself, and never go along to another."""

_AT_A_TIME = 500


class Moment(Protocol):
    """What a store held at one moment; readers and writers go on meanwhile."""

    @property
    def shapes(self) -> Shapes:
        """table → column → kind, removed columns included."""

    @property
    def numbers(self) -> Mapping[str, int]:
        """Number series → the last number given."""

    @property
    def notes(self) -> Mapping[str, Any]:
        """The runtime's own notes, without the store's."""

    def rows(self, table: str) -> Iterator[Row]:
        """Every row of a table by its id, with every column of the shape; empty ones may be left out."""

    def events(self) -> Iterator[Event]:
        """Every event in the order of writing."""


class Tally:
    """Counts lines, and makes a checksum of them."""

    def __init__(self) -> None:
        self.count = 0
        self._sum = sha256()

    def add(self, line: bytes) -> bytes:
        """Take in one line; gives it back."""
        self.count += 1
        self._sum.update(line)
        self._sum.update(b"\n")
        return line

    @property
    def told(self) -> "Tallied":
        """What was taken in so far."""
        return Tallied(self.count, self._sum.hexdigest())


@dataclass(frozen=True, slots=True)
class Tallied:
    """How many lines there were, and their SHA-256."""

    count: int
    sum: str


def row_line(row: Row) -> bytes:
    """A row as one line of JSON: the same row gives the same bytes in every store; empty columns are left out."""
    values = {name: row[name] for name in sorted(row) if row[name] is not None}
    return orjson.dumps(orjson.loads(encode(values)), option=orjson.OPT_SORT_KEYS)


def reading(shape: Mapping[str, str]) -> Callable[[bytes], Row]:
    """What makes a row of a line of :func:`row_line`. Raises ``ValueError`` or ``KeyError`` for another line."""
    columns = {column.name: reader_of(column) for column in columns_of(shape)}

    def read(line: bytes) -> Row:
        row: Row = {}
        for name, value in orjson.loads(line).items():
            convert = columns[name]
            row[name] = value if convert is None else convert(value)
        return row

    return read


def tally(moment: Moment) -> dict[str, Tallied]:
    """Counts and checksums of all parts: each table by its name, and ``:events``, ``:numbers`` and ``:notes``."""
    found: dict[str, Tallied] = {}
    for table in moment.shapes:
        found[table] = _tallied(map(row_line, moment.rows(table)))
    found[":events"] = _tallied(map(encode_event, moment.events()))
    found[":numbers"] = _tallied(encode([*pair]) for pair in sorted(moment.numbers.items()))
    found[":notes"] = _tallied(
        orjson.dumps([*pair], option=orjson.OPT_SORT_KEYS) for pair in sorted(moment.notes.items())
    )
    return found


def _tallied(lines: Iterable[bytes]) -> Tallied:
    made = Tally()
    for line in lines:
        made.add(line)
    return made.told


def fill(store: Store, moment: Moment, told: Callable[[int], None] = lambda _: None) -> None:
    """Put all of a moment into an empty store. ``told`` hears how many rows and events are in, now and then.

    A database takes all of it in one transaction, or nothing; the embedded store a few hundred rows at a time, so
    that it must be a new one beside the old. Raises ``Refused`` (``store_not_empty``) where something is there already.
    """
    shapes = moment.shapes
    store.prepare([Table(name, columns_of(shape)) for name, shape in shapes.items()])
    if any(True for _ in store.all_events(limit=1)) or any(next(store.rows(name), None) for name in shapes):
        raise Refused([Problem("store_not_empty", {"store": store.name})], "conflict")
    if store.name == "tinydb":
        for step in _steps(moment, told):
            with store.transaction() as transaction:
                step(transaction)
        return
    with store.transaction() as transaction:
        for step in _steps(moment, told):
            step(transaction)


def _steps(moment: Moment, told: Callable[[int], None]) -> Iterator[Callable[[Transaction], None]]:
    done = 0
    for table in moment.shapes:
        blank = dict.fromkeys(moment.shapes[table])
        rows = moment.rows(table)
        while some := list(islice(rows, _AT_A_TIME)):
            yield _inserting(table, [{**blank, **row} for row in some])
            done += len(some)
            told(done)
    events = moment.events()
    while part := list(islice(events, _AT_A_TIME)):
        yield _taking_over(part)
        done += len(part)
        told(done)
    yield _setting(moment)


def _inserting(table: str, rows: list[Row]) -> Callable[[Transaction], None]:
    def insert(transaction: Transaction) -> None:
        for row in rows:
            transaction.insert(table, row)

    return insert


def _taking_over(events: list[Event]) -> Callable[[Transaction], None]:
    return lambda transaction: transaction.take_over(events)


def _setting(moment: Moment) -> Callable[[Transaction], None]:
    def set_all(transaction: Transaction) -> None:
        for series, last in moment.numbers.items():
            transaction.raise_number(series, last)
        for key, value in moment.notes.items():
            transaction.set_note(key, value)

    return set_all
