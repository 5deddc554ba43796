"""Where the bytes of files lie. A folder and S3 answer alike (one contract test)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

__all__ = ["CHUNK", "Blob", "Storage", "copy_to"]

CHUNK = 256 * 1024
"""Bytes that are read and written at a time."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A stored file: its key, its bytes' number, and when it was put there."""

    key: str
    size: int
    at: datetime


class Storage(Protocol):
    """Keys are ids that we made (:func:`~kehu.core.store.ids.new_id`), never a name that somebody gave. Thread-safe.

    What cannot be done for reasons of its own (a full disk, no network) raises ``Refused`` (``unavailable``).
    """

    def put(self, key: str, chunks: Iterable[bytes]) -> None:
        """Store a file: durable when this returns; when it or ``chunks`` raises, nothing of it is there."""

    def read(self, key: str) -> Iterator[bytes]:
        """The bytes, a chunk at a time. Raises ``FileNotFoundError`` at once where there is no such file."""

    def path(self, key: str) -> Path | None:
        """Where the file lies on this machine's disk, for quick serving; ``None`` where it does not."""

    def delete(self, key: str) -> None:
        """Remove a file; nothing where there is none."""

    def all(self) -> Iterator[Blob]:
        """Every stored file, in no order."""

    def tidy(self, now: datetime) -> int:
        """Remove what writers left behind that were killed; how many."""


def copy_to(storage: Storage, folder: Path) -> int:
    """Copy all files into a folder as a local storage would keep them; how many. Files that are there already stay.

    Files never change once they are stored, so a copy made while people work is consistent with every state of the
    store that was taken before it: take the records first, then the files.
    """
    from .local import LocalStorage

    target, count = LocalStorage(folder), 0
    for blob in storage.all():
        at = target.path(blob.key)
        if at is None or not at.is_file() or at.stat().st_size != blob.size:
            try:
                target.put(blob.key, storage.read(blob.key))
            except FileNotFoundError:  # cleaned up a moment ago
                continue
        count += 1
    return count
