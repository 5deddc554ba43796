"""The embedded store: TinyDB's tables in memory, a journal on the disk. No server, nothing to set up.

A transaction is acknowledged when its line of the journal is on the disk; then its rows take their places in memory.
Readers see rows as the last finished transaction left them. It serves well to about 20,000 records an entity.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import orjson

from ..problems import Problem, Refused
from .counting import Counts
from .encoding import encode, reader_of
from .event_log import EventLog
from .finding import count, exactly, find, matching
from .ids import go_on_after
from .journal import Journal, write_aside
from .lines import unwritable, whole_lines
from .lock import FolderLock
from .memory import give_back, without_collecting
from .protocol import Column, Table
from .query import Event, EventQuery, Group, Query, Row, Totals
from .shapes import decimals_of, extend, whole
from .snapshot import State, define, read_snapshot, snapshot_lines
from .tables import Database, RowTable, loses
from .tiny_moment import TinyMoment
from .tiny_transaction import TO_EMPTY, TinyTransaction
from .totals import totals

__all__ = ["TinyStore"]

_SMALLEST_TO_SHRINK = 32 * 1024 * 1024


class TinyStore:
    """See :class:`~kehu.core.store.protocol.Store`. ``folder`` is made when it is not there.

    Raises ``Refused``: ``store_in_use`` (another process has it), ``store_damaged`` (file, line),
    ``disk_unwritable``. ``dropped``: a problem (warning) when the last write before a crash was not whole and was
    left out; nobody was told that it had succeeded.
    """

    name = "tinydb"
    blocks = False

    def __init__(self, folder: Path, shrink_at: int = _SMALLEST_TO_SHRINK) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = FolderLock(folder)
        except OSError as fault:
            raise unwritable(folder, fault) from fault
        self.folder = folder
        self.database = Database()
        self.state = State()
        self._shrink_at = shrink_at
        self._writing = threading.RLock()
        self._inside = False
        self._looked_at = 0
        self._turn = threading.RLock()
        self._counts = Counts()
        self._snapshot = folder / "snapshot"
        try:
            with without_collecting(keep=True):
                self._open()
            give_back()
        except BaseException:
            self._lock.release()
            raise

    # Opening and shrinking.

    def _open(self) -> None:
        for aside in self.folder.glob("*.new"):
            aside.unlink()
        if self._snapshot.exists():
            self.state = read_snapshot(self._snapshot, self.database)
            self._snapshot_size = self._snapshot.stat().st_size
            if not (self.folder / "journal").exists():
                raise self._missing("journal")
        else:
            self._snapshot_size = 0
        try:
            self.journal = Journal(self.folder / "journal")
        except OSError as fault:
            raise unwritable(self.folder / "journal", fault) from fault
        before = self.state.number
        for entry in self.journal.entries():
            if self.journal.base > before:
                break
            if entry.number > before:
                self._replay(orjson.loads(entry.head))
        if self.journal.base > before:
            raise self._missing("snapshot")
        if self.journal.base < self.state.number and self.journal.number <= self.state.number:
            # A crash came between the snapshot and the emptying of the journal: all of it is in the snapshot.
            self.journal.restart(self.state.number)
        for name in self.state.shapes:
            self.table(name).sharing.clear()
        self.state.number = self.journal.number
        self.event_log = EventLog(self.folder / "events", self.journal)
        self.event_log.trim(self.state.archive)
        if TO_EMPTY in self.state.notes:
            self._empty_events()
        go_on_after(self.event_log.last_id())

    @property
    def dropped(self) -> Problem | None:
        """The warning about a write that a crash cut short, or ``None``."""
        if not self.journal.dropped:
            return None
        values = {"file": self.journal.path.name, "bytes": len(self.journal.dropped)}
        return Problem("write_cut_short", values, level="warning")

    def _missing(self, file: str) -> Refused:
        values = {"file": file, "folder": str(self.folder)}
        return Refused([Problem("store_file_missing", values)], status="unavailable")

    def _replay(self, head: dict[str, Any]) -> None:
        if "shapes" in head:
            self.state.shapes = head["shapes"]
            define(self.database, self.state.shapes)
        for operation, name, *rest in head.get("rows", ()):
            table = self.table(name)
            if operation == "+":
                table.load(rest[0].keys(), rest[0].values())
            elif operation == "~":
                id_, changes = rest
                made = {**table.rows[id_]}
                for column, value in changes.items():
                    read = reader_of(table.columns[column])
                    made[column] = read(value) if read and value is not None else value
                table.rows[id_] = table.make(made)
            else:
                table.rows.pop(rest[0], None)
        self.state.numbers.update(head.get("numbers", {}))
        self.state.notes.update((key, orjson.dumps(value)) for key, value in head.get("notes", {}).items())

    def shrink(self) -> None:
        """Write a snapshot and empty the journal: opening is quick again. Readers go on meanwhile.

        Raises ``Refused`` when the disk does not take it; then everything is as it was.
        """
        with self._writing:
            archive = self.event_log.archive()
            state = State(
                self.journal.number, archive, self.state.shapes, self.state.numbers, self.state.notes
            )
            self._snapshot_size = write_aside(self._snapshot, snapshot_lines(state, self.database))
            with self._turn:
                try:
                    self.journal.restart(self.journal.number)
                except OSError as fault:
                    raise unwritable(self.journal.path, fault) from fault
                self.state.archive = archive
                self.event_log.archived(archive)

    # Reading.

    def table(self, name: str) -> RowTable:
        """A table that :meth:`prepare` made. Raises ``KeyError`` for another."""
        if name not in self.state.shapes:
            raise KeyError(f"the store has no table {name}")
        return self.database.rows_of(name)

    def get(self, table: str, id: str) -> Row | None:
        rows = self.table(table)
        row = rows.rows.get(id)
        return None if row is None else rows.out(row)

    def get_many(self, table: str, ids: Sequence[str]) -> dict[str, Row]:
        rows = self.table(table)
        found = ((id_, rows.rows.get(id_)) for id_ in ids)
        return {id_: rows.out(row) for id_, row in found if row is not None}

    def find(self, query: Query) -> list[Row]:
        table = self.table(query.table)
        with self._turn:
            found = find(table, query)
        return list(map(table.out, found))

    def lookup(self, table: str, column: str, value: Any) -> list[Row]:
        rows = self.table(table)
        with self._turn:
            found = [rows.rows[id_] for id_ in sorted(rows.values(column).ids(value))]
        return list(map(rows.out, found))

    def count(self, query: Query, at_most: int = 10_000) -> int:
        def counted() -> int:
            with self._turn:
                return count(self.table(query.table), query, at_most)

        return self._counts.of(query, at_most, self.revision, counted)

    def totals(self, asked: Totals) -> list[Group]:
        table = self.table(asked.table)
        with self._turn:
            if not asked.group and set(asked.take) == {("count", "id")}:  # half of what dashboards ask
                ids = exactly(table, asked)
                if ids is not None:
                    return [Group((), (len(ids),) * len(asked.take))]
            rows = list(matching(table, asked))
        return totals(rows, asked)

    def events(self, table: str, record: str, limit: int = 100, before: str | None = None) -> list[Event]:
        with self._turn:
            return self.event_log.of_record(table, record, limit, before)

    def find_events(self, asked: EventQuery) -> list[Event]:
        with self._turn:
            return self.event_log.newest(asked)

    def all_events(self, after: str = "", limit: int = 1000) -> list[Event]:
        with self._turn:
            return self.event_log.after(after, limit)

    def chain(self) -> Iterator[Event]:
        with self._turn:
            return self.event_log.in_order()

    def revision(self, table: str) -> int:
        return self.table(table).revision

    def rows(self, table: str) -> Iterator[Row]:
        rows = self.table(table)
        with self._turn:
            found = [rows.rows[id_] for id_ in rows.order("id").ids]
        return map(rows.out, found)

    def note(self, key: str) -> Any:
        known = self.state.notes.get(key)
        return None if known is None else orjson.loads(known)

    @contextmanager
    def moment(self) -> Iterator[TinyMoment]:
        with self._writing, self._turn:
            self._looked_at += 1
            found = TinyMoment(self)
        try:
            yield found
        finally:
            with self._writing:
                self._looked_at -= 1

    # Writing.

    @contextmanager
    def transaction(self) -> Iterator[TinyTransaction]:
        with self._writing:
            if self._inside:
                raise RuntimeError("a transaction is open already: use savepoint()")
            self._inside = True
            try:
                work = TinyTransaction(self)
                yield work
                if not work.empty:
                    self._commit(work)
            finally:
                self._inside = False
            if not self._looked_at and TO_EMPTY in self.state.notes:
                with suppress(Refused):  # it has landed; the next writer tries again
                    self._empty_events()
            if not self._looked_at and self.journal.size > max(self._shrink_at, 2 * self._snapshot_size):
                self._shrink_if_possible()

    def _commit(self, work: TinyTransaction) -> None:
        events = work.seal()
        place = self.journal.append(work.head(), events)
        with self._turn:
            self.state.number = self.journal.number
            for name, changes in work.changes.items():
                self.table(name).apply(changes)
                work.revisions[name] = self.table(name).revision
            for name, id_ in work.unparked:
                self.table(name).parked.pop(id_, None)
            self.state.numbers.update(work.numbers)
            self.state.notes.update(work.notes)
            self.event_log.added(place, events)

    def _empty_events(self) -> None:
        """Take the values that are to go out of the files: out of the journal by a snapshot, then out of the log.

        The note about them stays until it is done: a crash in between is made good by the next writer.
        """
        wanted = frozenset(self.note(TO_EMPTY))
        self.shrink()
        with self._turn:
            self.event_log.empty(wanted)
        self.state.notes.pop(TO_EMPTY)
        self.shrink()

    def _shrink_if_possible(self) -> None:
        try:
            self.shrink()
        except Refused:
            # The transaction is safe in the journal; the next one tries again, later each time.
            self._shrink_at = self.journal.size * 2

    def prepare(self, tables: Sequence[Table]) -> None:
        tables = [whole(table) for table in tables]
        with self._writing:
            extension = extend(self.state.shapes, tables, self._held)
            if extension.shapes != self.state.shapes:
                self.journal.append(encode({"shapes": extension.shapes}), [])
            with self._turn:
                self.state.number = self.journal.number
                self.state.shapes = extension.shapes
                for table in tables:
                    rows = self.table(table.name)
                    if rows.definition != table:
                        rows.define(table)
                        rows.revision += 1

    def _held(self, name: str, column: Column, was: str) -> int:
        table = self.table(name)
        values: Iterator[Any] = (row.get(column.name) for row in table.rows.values())
        parked = (aside.get(column.name) for aside in table.parked.values())
        present = [value for value in (*values, *parked) if value is not None]
        if column.kind == "decimal" and decimals_of(was) is not None:
            return sum(1 for value in present if loses(value, column.decimals))
        return len(present)

    def examine(self) -> list[str]:
        found = []
        with self._writing:
            for name in ("snapshot", "events", "journal"):
                path = self.folder / name
                try:
                    for _ in whole_lines(path) if path.exists() else ():
                        pass
                except Refused as refusal:
                    place = refusal.problems[0].place
                    found.append(f"{name}: {place.line if place else 0}")
        return found

    def compact(self) -> None:
        if not self._looked_at:
            self.shrink()

    def close(self) -> None:
        with self._writing, self._turn:
            self.journal.close()
            self.event_log.close()
            self._lock.release()
