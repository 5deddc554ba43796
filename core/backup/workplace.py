"""A workspace seen from outside: its store's address and its files, read off ``kehu.yaml`` even when definitions are
broken, so that what is broken can be backed up all the same.
"""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ..context import Context
from ..problems import Problem, Refused
from ..schema.loading import load
from ..store.ids import new_id
from ..store.lock import is_held
from ..store.opening import open_store
from ..store.protocol import Store

__all__ = ["WORKSPACE_FILES", "Workplace", "acting", "alone", "definition_files", "served"]

WORKSPACE_FILES = ("kehu.yaml", "kehu.yml", "kehu.json")
_LEFT_OUT = frozenset({"data", "node_modules", "__pycache__", "venv"})


class Workplace:
    """A workspace's folder. Raises ``Refused`` where it has no workspace file that can be read."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        self.file = next((folder / name for name in WORKSPACE_FILES if (folder / name).is_file()), None)
        if self.file is None:
            raise Refused([Problem("backup_no_workspace", {"folder": str(folder)})])
        loaded = load(self.file.read_bytes(), self.file.name)
        if loaded.node is None:
            raise Refused(loaded.problems)
        told = loaded.node.plain()
        told = told if isinstance(told, dict) else {}
        self.name = str(told.get("workspace") or folder.name)
        self.store_url = str(told.get("store") or "tinydb")
        self.files_address = str(told.get("files") or "local")

    def open(self, url: str | None = None) -> Store:
        """The workspace's store, or the one of this address."""
        return open_store(url or self.store_url, self.data, ZoneInfo("UTC"))


def acting(store: Store, language: str = "zh") -> Context:
    """The circumstances of an act of whoever sits at the machine itself: the owner."""
    actor = str(store.note("owner") or "system")
    spoken = "en" if language == "en" else "zh"
    return Context(actor, "command", spoken, ZoneInfo("UTC"), datetime.now(UTC), new_id())  # type: ignore[arg-type]


def definition_files(folder: Path, besides: Path | None = None) -> Iterator[Path]:
    """Every file of the workspace that people wrote: no records, nothing hidden, no links, no tools' folders."""
    for base, folders, names in os.walk(folder):
        at = Path(base)
        folders[:] = sorted(n for n in folders if not n.startswith(".") and n not in _LEFT_OUT)
        for name in sorted(names):
            file = at / name
            if (
                name.startswith(".")
                or name.endswith((".kehu", ".new"))
                or file.is_symlink()
                or not file.is_file()
            ):
                continue
            if besides is None or file.resolve() != besides.resolve():
                yield file


@contextmanager
def served(data: Path) -> Iterator[None]:
    """While a server works with this data: others can tell, and leave it where it is."""
    with _holding(data, shared=True):
        yield


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """While the data is put elsewhere: no server may work with it. Raises ``Refused`` (``backup_server_runs``)."""
    if is_held(data):
        raise Refused([Problem("backup_server_runs", {"folder": str(data)})], "unavailable")
    with _holding(data, shared=False):
        yield


@contextmanager
def _holding(data: Path, *, shared: bool) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:  # pragma: no cover  (Windows: a folder whose files are open cannot be moved anyway)
        yield
        return
    data.mkdir(parents=True, exist_ok=True)
    file = os.open(data / "serving", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError as fault:
            raise Refused([Problem("backup_server_runs", {"folder": str(data)})], "unavailable") from fault
        yield
    finally:
        with contextlib.suppress(OSError):
            os.close(file)
