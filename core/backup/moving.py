"""Moving a workspace to another store: filled beside it, counted and compared, and only then named in ``kehu.yaml``."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ..problems import Problem, Refused
from ..records.audit import note
from ..schema.splicing import Document, write
from ..store.moments import Tallied, fill, tally
from ..store.opening import open_store
from ..store.protocol import Store
from .workplace import Workplace, acting, alone
from .writing import Told

__all__ = ["Moved", "move"]

ASIDE = ".moving"


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved, part by part (tables by name, ``:events``, ``:numbers``, ``:notes``), from where to where."""

    before: str
    after: str
    parts: dict[str, Tallied]


def move(place: Workplace, url: str, told: Told = lambda _: None) -> Moved:
    """Move all records, events, numbers, notes and values of removed fields to the store of this address.

    The former store stays as it is, and so does ``kehu.yaml`` until everything is there. Raises ``Refused``:
    ``backup_server_runs``, ``store_in_use``, ``move_same`` (it is there already), ``store_not_empty``,
    ``move_differs`` (what arrived is not what was sent); then nothing has changed.
    """
    if url == place.store_url:
        raise Refused([Problem("move_same", {"store": url.partition("://")[0]})])
    aside = place.data / ASIDE
    with alone(place.data):
        shutil.rmtree(aside, ignore_errors=True)
        source = place.open()
        try:
            parts = _carried(source, url, place, aside, told)
            before = source.name
        finally:
            source.close()
        _put_in_place(aside, url, place.data)
        assert place.file is not None
        document = Document.read(place.file)
        document.set(("store",), url)
        write(place.file, document)
    after = place.open(url)
    try:
        name = after.name
        rows = sum(tallied.count for part, tallied in parts.items() if not part.startswith(":"))
        note(after, acting(after), "moved", {"from": before, "to": name, "records": rows})
    finally:
        after.close()
    return Moved(before, name, parts)


def _carried(source: Store, url: str, place: Workplace, aside: Path, told: Told) -> dict[str, Tallied]:
    target = open_store(url, aside, ZoneInfo("UTC"))
    try:
        with source.moment() as moment:
            fill(target, moment, told)
        with source.moment() as moment:
            sent = tally(moment)
        with target.moment() as moment:
            arrived = tally(moment)
        differing = sorted(part for part in {*sent, *arrived} if sent.get(part) != arrived.get(part))
        if differing:
            raise Refused([Problem("move_differs", {"parts": differing})])
        return sent
    except BaseException:
        target.close()
        shutil.rmtree(aside, ignore_errors=True)
        raise
    finally:
        target.close()


def _put_in_place(aside: Path, url: str, data: Path) -> None:
    """Bring the files of the new store to where its address looks for them; older ones of that name step aside."""
    if not aside.is_dir():
        return
    former = data / f"former-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    for path in sorted(aside.rglob("*")):
        if not path.is_file() or path.name == "lock":
            continue
        at = data / path.relative_to(aside)
        if at.exists():
            (former / path.relative_to(aside)).parent.mkdir(parents=True, exist_ok=True)
            at.replace(former / path.relative_to(aside))
        at.parent.mkdir(parents=True, exist_ok=True)
        path.replace(at)
    shutil.rmtree(aside, ignore_errors=True)
