"""Putting a backup back: all of it is made ready beside the workspace, looked at, and then changes places with it."""

import contextlib
import ctypes
import os
import shutil
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ..app import fit
from ..catalog.building import build
from ..files.opening import open_storage
from ..problems import Problem, Refused
from ..records.audit import note
from ..store.chain import ANCHOR, CHAIN, check, link_of
from ..store.lines import unwritable
from ..store.moments import fill, tally
from ..store.opening import open_store
from .reading import Backup
from .workplace import Workplace, acting, alone
from .writing import Told

__all__ = ["Ready", "made_ready"]

ROOM = 3
"""How many times what a backup unpacks to must be free on the disk."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A restored workspace that stands beside its place. ``problems``: what its definitions are told about."""

    folder: Path
    into: Path
    problems: tuple[Problem, ...]

    def put_in_place(self) -> Path | None:
        """Change places with what stands there now; where that stands from now on, ``None`` where there was nothing.

        Raises ``Refused`` (``backup_server_runs``) while a server works there; then nothing has changed.
        """
        if not self.into.exists():
            self.into.parent.mkdir(parents=True, exist_ok=True)
            self.folder.replace(self.into)
            return None
        with alone(self.into / "data"):
            if not any(path for path in self.into.iterdir() if path.name != "data" or any(_but_lock(path))):
                shutil.rmtree(self.into)
                self.folder.replace(self.into)
                return None
            former = _former(self.into)
            if _exchanged(self.folder, self.into):
                self.folder.replace(former)
            else:
                self.into.replace(former)
                try:
                    self.folder.replace(self.into)
                except OSError:
                    former.replace(self.into)
                    raise
            return former

    def drop(self) -> None:
        """Leave everything as it is."""
        shutil.rmtree(self.folder, ignore_errors=True)


def made_ready(
    backup: Backup, into: Path, store_url: str | None = None, told: Told = lambda _: None
) -> Ready:
    """Check a backup and unpack it beside ``into``: its store filled anew, counted and compared, its definitions read.

    ``store_url``: into which store, else the one that the definitions name. A database on a server must be empty: the
    one that is in use is never written. Raises ``Refused`` with what is wrong; then nothing of it is left.
    """
    backup.verify()
    into = into.resolve()
    beside = into.parent / f".{into.name}.restoring"
    shutil.rmtree(beside, ignore_errors=True)  # what a restore left that was killed
    _make_room(into.parent, sum(int(one["size"]) for one in backup.manifest.members.values()))
    try:
        beside.mkdir(parents=True)
        backup.unpack_definitions(beside)
        _fill(backup, beside, store_url, told)
        return Ready(beside, into, _settled(beside, store_url))
    except OSError as fault:
        shutil.rmtree(beside, ignore_errors=True)
        raise unwritable(into, fault) from fault
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _fill(backup: Backup, folder: Path, store_url: str | None, told: Told) -> None:
    place = Workplace(folder)
    store = place.open(store_url)
    try:
        fill(store, backup, told)
        with store.moment() as moment:
            found = tally(moment)
        for table, count in backup.manifest.counts.items():
            about = backup.manifest.members[f"tables/{table}.jsonl"]
            if found[table].count != count or found[table].sum != about["sha256"]:
                raise Refused([Problem("backup_differs", {"what": table})])
        if found[":events"].sum != backup.manifest.members["events.jsonl"]["sha256"]:
            raise Refused([Problem("backup_differs", {"what": "events"})])
        _, broken = check(store.chain(), link_of(store.note(CHAIN)), link_of(store.note(ANCHOR)))
        values = {"file": backup.file.name, "made": backup.manifest.made, "chain": broken is None}
        note(store, acting(store), "restored", values)
    finally:
        store.close()
    storage = open_storage(place.files_address, place.data)
    for key, chunks in backup.files():
        try:
            storage.put(key, chunks)
        except FileNotFoundError as fault:  # its name is no id
            raise Refused([Problem("backup_damaged", {"file": backup.file.name, "member": key})]) from fault


def _settled(folder: Path, store_url: str | None) -> tuple[Problem, ...]:
    """What the definitions are told about; where they are whole, the store is made to fit them."""
    built = build(folder)
    if built.catalog is None:
        return built.problems
    store = open_store(
        store_url or built.catalog.workspace.store, folder / "data", built.catalog.workspace.zone
    )
    try:
        fit(built, store)
    except Refused as refusal:
        return (*built.problems, *refusal.problems)
    finally:
        store.close()
    return tuple(problem for problem in built.problems if problem.level == "error")


def _make_room(folder: Path, size: int) -> None:
    at = next((place for place in (folder, *folder.parents) if place.is_dir()), folder)
    free = shutil.disk_usage(at).free
    if free < size * ROOM:
        values = {"needed": f"{size * ROOM / 1e6:,.0f} MB", "free": f"{free / 1e6:,.0f} MB"}
        raise Refused([Problem("backup_no_room", values)], "unavailable")


def _former(into: Path) -> Path:
    stamp = f"{datetime.now(ZoneInfo('UTC')):%Y%m%d-%H%M%S}"
    name = f"{into.name}.before-{stamp}"
    number = 1
    while (former := into.parent / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return former


def _but_lock(data: Path) -> list[Path]:
    return [path for path in data.rglob("*") if path.is_file() and path.name not in ("serving", "lock")]


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, where the system can: then a crash finds the one or the other."""
    if sys.platform != "linux":
        return False
    with contextlib.suppress(OSError, AttributeError):
        call = ctypes.CDLL(None, use_errno=True).renameat2
        here, exchange = -100, 2
        return bool(call(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)
    return False
