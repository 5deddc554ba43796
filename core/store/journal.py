"""The journal: the durable truth of the embedded store, one checksummed line for each transaction.

A line is ``checksum number head`` and then, each after a tab, the events of the transaction. The head is JSON: what
happened to rows, notes and number series (see :mod:`.tiny`). The first line names the transaction that the journal
goes on from; what came before is in the snapshot.

A write is acknowledged when its line is on the disk. A line that a crash cut short was never acknowledged and is
dropped when the journal is opened (``dropped`` keeps it for a message); any other damage is refused, with its line.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..problems import Problem, Refused
from .lines import CHECKSUM, damaged, flush_folder, force, open_line, seal, unwritable

__all__ = ["Entry", "Journal", "write_aside"]

_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One transaction of the journal: its number and its head (JSON bytes)."""

    number: int
    head: bytes


class Journal:
    """The journal file. ``number`` is the last transaction's, ``size`` the bytes that count.

    ``last_event``: the last event that was in the file when :meth:`entries` went through it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.dropped = b""
        self.last_event = b""
        self.number = 0
        self.base = 0
        fresh = not path.exists()
        self._file = os.open(path, _OPEN, 0o600)
        self.size = os.fstat(self._file).st_size
        self._broken = False
        if fresh or self.size == 0:
            self.restart(0)
            flush_folder(path.parent)

    def entries(self) -> Iterator[Entry]:
        """Every transaction in the file, oldest first; afterwards the journal can be appended to.

        Raises ``Refused`` (``store_damaged``: file, line) where a line before the last is not what was written.
        """
        place, expected = 0, None
        with self.path.open("rb") as file:
            for line_number, line in enumerate(file, 1):
                text = open_line(line)
                if text is None:
                    if not _torn(line, file.read(1)):
                        raise damaged(self.path, line_number)
                    self.dropped = line
                    break
                entry = _entry(text)
                if expected is not None and entry.number != expected:
                    raise damaged(self.path, line_number)
                if expected is None:
                    self.base = entry.number
                else:
                    yield entry
                self.number, expected = entry.number, entry.number + 1
                place += len(line)
                if b"\t" in text:
                    self.last_event = text[text.rindex(b"\t") + 1 :]
        self._cut(place)
        if place == 0:
            self.restart(0)

    def append(self, head: bytes, events: Sequence[bytes]) -> int:
        """Write one transaction and wait for the disk; the place in the file where its first event begins.

        Raises ``Refused`` (``disk_full``, ``disk_unwritable``) when the disk does not take it; then the file is as it
        was.
        """
        if self._broken:
            raise Refused(
                [Problem("disk_unwritable", {"file": str(self.path), "reason": "-"})], "unavailable"
            )
        start = b"%d %s" % (self.number + 1, head)
        line = seal(b"\t".join((start, *events)) if events else start)
        place = self.size + CHECKSUM + len(start) + 1
        try:
            _write(self._file, line, self.size)
            force(self._file)
        except OSError as fault:
            self._take_back()
            raise unwritable(self.path, fault) from fault
        self.size += len(line)
        self.number += 1
        return place

    def restart(self, base: int) -> None:
        """Empty the journal: a snapshot holds everything up to transaction ``base``."""
        line = seal(b"%d {}" % base)
        os.ftruncate(self._file, 0)
        _write(self._file, line, 0)
        force(self._file)
        self.base = self.number = base
        self.size = len(line)

    def read(self, place: int, length: int) -> bytes:
        """Some bytes of the file."""
        return _read(self._file, place, length)

    def events(self, size: int | None = None) -> Iterator[tuple[int, bytes]]:
        """(place, event) of every event in the file, oldest first; ``size``: looking at so many bytes only."""
        place, end = 0, self.size if size is None else size
        with self.path.open("rb") as file:
            for line in file:
                if place + len(line) > end:
                    return
                at = place + CHECKSUM
                for index, part in enumerate(line[CHECKSUM:-1].split(b"\t")):
                    if index:
                        yield at, part
                    at += len(part) + 1
                place += len(line)

    def close(self) -> None:
        """Let go of the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _take_back(self) -> None:
        try:
            self._cut(self.size)
        except OSError:
            self._broken = True

    def _cut(self, size: int) -> None:
        if os.fstat(self._file).st_size != size:
            os.ftruncate(self._file, size)
            force(self._file)
        self.size = size


def write_aside(path: Path, lines: Iterator[bytes]) -> int:
    """Write a file under another name, wait for the disk, put it in its place; its size in bytes."""
    aside = path.with_name(path.name + ".new")
    try:
        with aside.open("wb") as file:
            for line in lines:
                file.write(line)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        aside.replace(path)
        flush_folder(path.parent)
    except OSError as fault:
        aside.unlink(missing_ok=True)
        raise unwritable(path, fault) from fault
    return size


def _entry(text: bytes) -> Entry:
    number, head = text.split(b" ", 1)
    return Entry(int(number), head.split(b"\t", 1)[0])


def _torn(line: bytes, rest: bytes) -> bool:
    """Whether this is the last line and was never finished: cut short, or with blocks that never got their bytes."""
    return not rest and (line[-1:] != b"\n" or b"\0" in line)


def _write(file: int, data: bytes, place: int) -> None:
    view = memoryview(data)
    while view:
        if os.name == "nt":  # pragma: no cover
            os.lseek(file, place, os.SEEK_SET)
            done = os.write(file, view)
        else:
            done = os.pwrite(file, view, place)
        view, place = view[done:], place + done


def _read(file: int, place: int, length: int) -> bytes:
    if os.name == "nt":  # pragma: no cover
        os.lseek(file, place, os.SEEK_SET)
        return os.read(file, length)
    return os.pread(file, length, place)
