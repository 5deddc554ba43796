"""The event log of the embedded store: on the disk only, found through an index that is made when first asked for.

New events stand in the journal; when a snapshot is made they move to the end of the file ``events``. So a workspace
that nobody asks about its history keeps none of it in memory.
"""

import os
from array import array
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from .chain import emptied
from .encoding import decode_event, encode, encode_event, stored_event
from .journal import Journal, write_aside
from .lines import CHECKSUM, damaged, flush_folder, force, open_line, seal, unwritable
from .query import Event, EventQuery

__all__ = ["EventLog"]

_IN_JOURNAL = 1 << 62


class EventLog:
    """Events in the order of their ids. Not thread-safe: the store's lock goes around it."""

    def __init__(self, path: Path, journal: Journal) -> None:
        self._path = path
        self._journal = journal
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        self.size = os.fstat(self._file).st_size
        self._ready = False
        self._forget()

    def trim(self, size: int) -> None:
        """Keep only this many bytes: what a snapshot that was not finished added is still in the journal."""
        if self.size < size:
            raise damaged(self._path, self._path.read_bytes().count(b"\n") + 1)
        if self.size > size:
            os.ftruncate(self._file, size)
            self.size = size

    def last_id(self) -> str:
        """The id of the event that was written last before the store was opened, ``""`` where there is none."""
        event = self._journal.last_event
        if not event and self.size:
            with self._path.open("rb") as file:
                back = 4096
                while True:
                    file.seek(max(self.size - back, 0))
                    lines = file.read(self.size).splitlines()
                    if len(lines) > 1 or back >= self.size:
                        break
                    back *= 8
            event = open_line(lines[-1] + b"\n") or b""
        return _names(event)[0] if event else ""

    def added(self, place: int, events: Iterable[bytes]) -> None:
        """Events were appended to the journal, the first of them at this place."""
        if not self._ready:
            return
        for event in events:
            if not self._put(place | _IN_JOURNAL, event):
                self._forget()
                return
            place += len(event) + 1

    def archive(self) -> int:
        """Copy the journal's events to the end of the file; its size then. The journal still has them."""
        size = self.size
        try:
            with self._path.open("r+b") as file:
                file.seek(size)
                for _, event in self._journal.events():
                    size += file.write(seal(event))
                file.truncate()
                file.flush()
                force(file.fileno())
            flush_folder(self._path.parent)
        except OSError as fault:
            raise unwritable(self._path, fault) from fault
        return size

    def archived(self, size: int) -> None:
        """The snapshot that counts on this size is in its place, and the journal is empty."""
        self.size = size
        self._forget()

    def of_record(self, table: str, record: str, limit: int, before: str | None) -> list[Event]:
        """A record's events, newest first."""
        self._prepare()
        places = self._by_record.get(record)
        numbers = [places] if isinstance(places, int) else places or []
        found: list[Event] = []
        for number in reversed(numbers):
            if len(found) >= limit:
                break
            event = self._event(number)
            if event.table == table and (before is None or event.id < before):
                found.append(event)
        return found

    def after(self, after: str, limit: int) -> list[Event]:
        """Events whose id is above, oldest first."""
        self._prepare()
        numbers = range(len(self._places))
        first = bisect_right(numbers, after, key=lambda number: self._event(number).id) if after else 0
        return [self._event(number) for number in numbers[first : first + limit]]

    def newest(self, asked: EventQuery) -> list[Event]:
        """A page of events, newest first. What cannot be one is told by its bytes alone, without reading it."""
        self._prepare()
        words = (asked.actor, asked.table, asked.record, asked.door, asked.kind, asked.batch)
        named = [encode(word) for word in words if word]
        found: list[Event] = []
        for number in reversed(range(len(self._places))):
            line = self._line(number)
            if any(word not in line for word in named):
                continue
            event = decode_event(line)
            if (not asked.before or event.id < asked.before) and asked.takes(event):
                found.append(event)
                if len(found) == asked.limit:
                    break
        return found

    def in_order(self) -> Iterator[Event]:
        """Every event there is now, in the order of writing; what is written meanwhile is not among them.

        Whoever takes them one by one sees to it that the store does not shrink meanwhile.
        """
        return (decode_event(event) for _, event in self._all(self.size, self._journal.size))

    def empty(self, ids: Container[str]) -> None:
        """Take the values out of these events; each keeps its place and its length in the file.

        Raises ``Refused`` where the disk does not take it; then the file is as it was.
        """

        def lines() -> Iterator[bytes]:
            for _, event in self._all(self.size, 0):
                gone = _names(event)[0] in ids
                yield seal(encode_event(emptied(stored_event(event))).ljust(len(event)) if gone else event)

        write_aside(self._path, lines())
        os.close(self._file)
        self._file = os.open(self._path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        self._forget()

    def close(self) -> None:
        """Let go of the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _forget(self) -> None:
        self._ready = False
        self._places: array[int] = array("q")
        self._lengths: array[int] = array("q")
        self._by_record: dict[str, int | list[int]] = {}
        self._last = ""

    def _prepare(self) -> None:
        if self._ready:
            return
        self._forget()
        for place, event in self._all():
            if not self._put(place, event):
                break
        else:
            self._ready = True
            return
        self._forget()
        for _, place, event in sorted((_names(event)[0], place, event) for place, event in self._all()):
            self._put(place, event)
        self._ready = True

    def _all(self, size: int | None = None, journal: int | None = None) -> Iterator[tuple[int, bytes]]:
        place, end = 0, self.size if size is None else size
        with self._path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if place >= end:
                    break
                text = open_line(line)
                if text is None:
                    raise damaged(self._path, number)
                yield place + CHECKSUM, text
                place += len(line)
        for place, event in self._journal.events(journal):
            yield place | _IN_JOURNAL, event

    def _put(self, place: int, event: bytes) -> bool:
        """Index one event; false when its id is not above all before it."""
        id_, record = _names(event)
        if id_ <= self._last:
            return False
        self._last = id_
        number = len(self._places)
        self._places.append(place)
        self._lengths.append(len(event))
        known = self._by_record.get(record)
        if known is None:
            self._by_record[record] = number
        elif isinstance(known, int):
            self._by_record[record] = [known, number]
        else:
            known.append(number)
        return True

    def _event(self, number: int) -> Event:
        return decode_event(self._line(number))

    def _line(self, number: int) -> bytes:
        place, length = self._places[number], self._lengths[number]
        if place & _IN_JOURNAL:
            return self._journal.read(place ^ _IN_JOURNAL, length)
        if os.name == "nt":  # pragma: no cover
            os.lseek(self._file, place, os.SEEK_SET)
            return os.read(self._file, length)
        return os.pread(self._file, length, place)


def _names(event: bytes) -> tuple[str, str]:
    """The id and the record of an encoded event, without reading all of it."""
    parts = event.split(b'"', 8)
    if b"\\" in parts[1] or b"\\" in parts[5] or b"\\" in parts[7]:
        whole = decode_event(event)
        return whole.id, whole.record
    return parts[1].decode(), parts[7].decode()
