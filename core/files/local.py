"""Files in a folder beside the store: written aside, flushed to the disk, then put in place under a name of our own."""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from ..problems import Problem, Refused
from ..store.ids import is_id, new_id
from .storage import CHUNK, Blob

__all__ = ["LocalStorage"]

ASIDE = "aside"
"""The folder of files that are still being written; what a crash left there is nobody's."""
STALE = 24 * 3600
"""Seconds after which a file in :data:`ASIDE` is what a crash left."""


class LocalStorage:
    """A folder. A file lies at ``ab/ID``, where ``ab`` are the last two signs of its id: folders stay small."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, key: str, chunks: Iterable[bytes]) -> None:
        """See :class:`~kehu.core.files.storage.Storage`."""
        place = self._place(key)
        aside = self.folder / ASIDE / f"{key}.{new_id()}"
        try:
            aside.parent.mkdir(parents=True, exist_ok=True)
            if not place.parent.is_dir():
                place.parent.mkdir(exist_ok=True)
                _sync(self.folder)
            with aside.open("xb") as file:
                for chunk in chunks:
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(place)
            _sync(place.parent)
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        finally:
            with suppress(OSError):
                aside.unlink(missing_ok=True)

    def read(self, key: str) -> Iterator[bytes]:
        """See :class:`~kehu.core.files.storage.Storage`."""
        file = self._place(key).open("rb")

        def chunks() -> Iterator[bytes]:
            with file:
                while chunk := file.read(CHUNK):
                    yield chunk

        return chunks()

    def path(self, key: str) -> Path | None:
        """Where the file lies, be it there or not."""
        return self._place(key)

    def delete(self, key: str) -> None:
        """See :class:`~kehu.core.files.storage.Storage`."""
        try:
            self._place(key).unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(self.folder, error) from error

    def all(self) -> Iterator[Blob]:
        """See :class:`~kehu.core.files.storage.Storage`."""
        if not self.folder.is_dir():
            return
        for folder in self.folder.iterdir():
            if folder.name == ASIDE or not folder.is_dir():
                continue
            for place in folder.iterdir():
                if is_id(place.name):
                    with suppress(FileNotFoundError):  # cleaned up a moment ago
                        about = place.stat()
                        yield Blob(place.name, about.st_size, datetime.fromtimestamp(about.st_mtime, UTC))

    def tidy(self, now: datetime) -> int:
        """Remove what writers left behind that were killed; how many."""
        count, aside = 0, self.folder / ASIDE
        for place in aside.iterdir() if aside.is_dir() else ():
            with suppress(OSError):
                if now.timestamp() - place.stat().st_mtime > STALE:
                    place.unlink()
                    count += 1
        return count

    def _place(self, key: str) -> Path:
        if not is_id(key):
            raise FileNotFoundError(key)
        return self.folder / key[-2:] / key


def _sync(folder: Path) -> None:
    """Make the folder's new entry durable, where the system lets a folder be flushed."""
    with suppress(OSError):
        at = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(at)
        finally:
            os.close(at)


def _unwritable(folder: Path, error: OSError) -> Refused:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    problem = Problem(
        "disk_full" if full else "disk_unwritable",
        {"file": folder.name, "reason": error.strerror or str(error)},
    )
    return Refused([problem], "unavailable")
