"""One process at a time: a folder's data belongs to the process that holds its lock file."""

import contextlib
import os
from pathlib import Path

from ..problems import Problem, Refused

__all__ = ["FolderLock", "is_held"]

if os.name == "nt":  # pragma: no cover  (Windows)
    import msvcrt

    def _take(file: int) -> None:
        os.lseek(file, 1_000_000, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # msvcrt is there on Windows alone

    _try = _take
else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _try(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)


def is_held(folder: Path) -> bool:
    """Whether a process holds the folder's lock now. Looks only: nothing is made or written."""
    try:
        file = os.open(folder / "lock", os.O_RDONLY)
    except OSError:
        return False
    try:
        _try(file)
    except OSError:
        return True
    finally:
        os.close(file)
    return False


class FolderLock:
    """Holds ``folder/lock`` until :meth:`release`, or until the process ends, however it ends.

    Raises ``Refused`` (``store_in_use``: folder, pid; status unavailable) when another process holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._file)
        except OSError as fault:
            pid = os.pread(self._file, 20, 0).decode("ascii", "replace").strip() if os.name != "nt" else ""
            os.close(self._file)
            values = {"folder": str(folder), "pid": pid or "?"}
            raise Refused([Problem("store_in_use", values)], status="unavailable") from fault
        with contextlib.suppress(OSError):  # a full disk: the pid is only for the sentence
            os.ftruncate(self._file, 0)
            os.write(self._file, str(os.getpid()).encode())

    def release(self) -> None:
        """Let others in."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
