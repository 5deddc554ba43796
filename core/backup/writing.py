"""Writing a backup: one zip file of open formats, with everything in it, made while people go on working.

``manifest.json`` names every member with its size and SHA-256, and what there is of each; ``definitions/`` are the
workspace's files; ``tables/<table>.jsonl`` has one row a line, ``events.jsonl`` one event a line in the order of the
chain; ``numbers.json`` and ``notes.json`` are the rest of the store; ``files/<id>`` are the uploaded files.
"""

import os
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from ..files.opening import open_storage
from ..store.encoding import encode_event
from ..store.lines import flush_folder, unwritable
from ..store.moments import Moment, Tally, row_line
from ..store.protocol import Store
from .workplace import Workplace, definition_files

__all__ = ["FORMAT", "MANIFEST", "Manifest", "Told", "write_backup"]

FORMAT = 1
MANIFEST = "manifest.json"
Told = Callable[[int], None]
"""Hears now and then how many rows, events and files are done."""


@dataclass(slots=True)
class Manifest:
    """What a backup says of itself. ``counts``: rows by table; ``members``: path → size and SHA-256."""

    workspace: str
    store: str
    made: str
    kehu: str = field(default_factory=lambda: version("kehu"))
    format: int = FORMAT
    shapes: dict[str, dict[str, str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    events: int = 0
    files: int = 0
    members: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many records there are in all."""
        return sum(self.counts.values())


def write_backup(file: Path, place: Workplace, store: Store, told: Told = lambda _: None) -> Manifest:
    """Write all of a workspace to a file, as it is at this moment: beside it first, so that it is whole or not there.

    Raises ``Refused`` (``disk_full``, ``disk_unwritable``) where the disk does not take it.
    """
    manifest = Manifest(place.name, store.name, datetime.now(UTC).isoformat(timespec="seconds"))
    aside = file.with_name(f".{file.name}.new")
    try:
        with aside.open("wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
                packing = _Packing(packed, manifest, told)
                with store.moment() as moment:
                    for path in definition_files(place.folder, file):
                        packing.file("definitions/" + path.relative_to(place.folder).as_posix(), path)
                    packing.store(moment)
                packing.files(place)
                packed.writestr(MANIFEST, orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2))
            out.flush()
            os.fsync(out.fileno())
        aside.replace(file)
        flush_folder(file.parent)
    except OSError as fault:
        raise unwritable(file, fault) from fault
    finally:
        aside.unlink(missing_ok=True)
    return manifest


class _Packing:
    """Members going into an archive, each counted and summed up for the manifest."""

    def __init__(self, packed: zipfile.ZipFile, manifest: Manifest, told: Told) -> None:
        self._packed, self._manifest, self._told = packed, manifest, told
        self._done = 0

    def store(self, moment: Moment) -> None:
        """Tables, events, numbers and notes."""
        manifest = self._manifest
        manifest.shapes = moment.shapes
        for table in moment.shapes:
            name = f"tables/{table}.jsonl"
            manifest.counts[table] = self._lines(name, map(row_line, moment.rows(table)))
        manifest.events = self._lines("events.jsonl", map(encode_event, moment.events()))
        self._lines("numbers.json", [orjson.dumps(dict(moment.numbers), option=orjson.OPT_SORT_KEYS)])
        self._lines("notes.json", [orjson.dumps(dict(moment.notes), option=orjson.OPT_SORT_KEYS)])

    def files(self, place: Workplace) -> None:
        """Uploaded files. They never change once they are there: those of the moment are among those of now."""
        storage = open_storage(place.files_address, place.data)
        for blob in storage.all():
            try:
                chunks = storage.read(blob.key)
            except FileNotFoundError:  # cleaned up a moment ago
                continue
            self._chunks(f"files/{blob.key}", chunks)
            self._manifest.files += 1
            self._step()

    def file(self, name: str, path: Path) -> None:
        """One file of the workspace."""
        with path.open("rb") as source:
            self._chunks(name, iter(lambda: source.read(1 << 18), b""))

    def _lines(self, name: str, lines: Iterable[bytes]) -> int:
        made, size = Tally(), 0
        with self._packed.open(name, "w", force_zip64=True) as member:
            for line in lines:
                member.write(made.add(line) + b"\n")
                size += len(line) + 1
                self._step()
        self._manifest.members[name] = {"size": size, "sha256": made.told.sum}
        return made.count

    def _chunks(self, name: str, chunks: Iterable[bytes]) -> None:
        made, size = sha256(), 0
        with self._packed.open(name, "w", force_zip64=True) as member:
            for chunk in chunks:
                member.write(chunk)
                made.update(chunk)
                size += len(chunk)
        self._manifest.members[name] = {"size": size, "sha256": made.hexdigest()}

    def _step(self) -> None:
        self._done += 1
        if not self._done % 500:
            self._told(self._done)
