"""Reading a backup: nothing in it is believed before it was checked, or unpacked beyond what it declares."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, Self
from zlib import error as ZlibError  # noqa: N812

import orjson

from ..problems import Problem, Refused
from ..store.encoding import decode_event
from ..store.moments import reading
from ..store.query import Event, Row
from .writing import FORMAT, MANIFEST, Manifest

__all__ = ["LARGEST", "Backup"]

LARGEST = 256 * 1024**3
"""Bytes that a backup may unpack to at most."""
_MANIFEST_LARGEST = 256 * 1024**2
_STEEPEST = 300
"""How many times its packed size an archive may unpack to, above :data:`_HARMLESS`; rows pack to a tenth or so."""
_HARMLESS = 64 * 1024**2
_LONGEST_LINE = 16 * 1024**2
_NAME = re.compile(r"_?[a-z][a-z0-9_]{0,62}")
_KIND = re.compile(r"text|integer|boolean|date|datetime|list|json|decimal\([0-9]{1,2}\)")
_CHUNK = 1 << 18
_FAULTS = (zipfile.BadZipFile, ZlibError, EOFError, OSError, NotImplementedError, RuntimeError)


class Backup:
    """An open backup; a :class:`~kehu.core.store.moments.Moment`, too. Use it as a context.

    Raises ``Refused``: ``backup_foreign`` (no backup of Kehu), ``backup_newer`` (of a later Kehu), ``backup_damaged``,
    ``backup_member_missing``, ``backup_member_unknown``, ``backup_too_large``.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self._packed = zipfile.ZipFile(file)
        except FileNotFoundError as fault:
            raise self._refused("backup_no_file") from fault
        except _FAULTS as fault:
            raise self._refused("backup_cut" if _begins_well(file) else "backup_foreign") from fault
        try:
            self.manifest = self._read_manifest()
            self._compare_listing()
        except BaseException:
            self._packed.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._packed.close()

    # Checking.

    def _read_manifest(self) -> Manifest:
        try:
            info = self._packed.getinfo(MANIFEST)
        except KeyError:
            raise self._refused("backup_foreign") from None
        if info.file_size > _MANIFEST_LARGEST:
            raise self._refused("backup_too_large", size=_megabytes(info.file_size))
        try:
            told = orjson.loads(b"".join(self._chunks(MANIFEST, _MANIFEST_LARGEST)))
            if told["format"] > FORMAT:
                raise self._refused("backup_newer", kehu=str(told.get("kehu")))
            made = Manifest(**told)
            sizes = [one["size"] >= 0 and len(one["sha256"]) == 64 for one in made.members.values()]
            tables = all(_is_shape(name, shape) for name, shape in made.shapes.items())
        except (ValueError, TypeError, KeyError, AttributeError) as fault:
            raise self._refused("backup_foreign") from fault
        if not all(sizes) or not tables or set(made.counts) != set(made.shapes):
            raise self._refused("backup_foreign")
        return made

    def _compare_listing(self) -> None:
        members = self.manifest.members
        there = Counter(info.filename for info in self._packed.infolist())
        for name, times in there.items():
            if (name != MANIFEST and name not in members) or not _harmless(name) or times > 1:
                raise self._refused("backup_member_unknown", member=name[:200])
        wanted = [
            *members, *(f"tables/{table}.jsonl" for table in self.manifest.shapes), "events.jsonl", "numbers.json",
            "notes.json",
        ]  # fmt: skip
        for name in wanted:
            if name not in there or name not in members:
                raise self._refused("backup_member_missing", member=name)
        total = sum(int(one["size"]) for one in members.values())
        packed = self.file.stat().st_size
        if total > LARGEST or (total > _HARMLESS and total > packed * _STEEPEST):
            raise self._refused("backup_too_large", size=_megabytes(total))

    def verify(self) -> None:
        """Look at every byte: sizes, checksums, and that each line is what it should be."""
        for name, about in self.manifest.members.items():
            size, made = 0, sha256()
            for chunk in self._chunks(name, about["size"]):
                size += len(chunk)
                made.update(chunk)
            if size != about["size"] or made.hexdigest() != about["sha256"]:
                raise self._refused("backup_damaged", member=name)
        for table, count in self.manifest.counts.items():
            if sum(1 for _ in self.rows(table)) != count:
                raise self._refused("backup_damaged", member=f"tables/{table}.jsonl")
        if sum(1 for _ in self.events()) != self.manifest.events:
            raise self._refused("backup_damaged", member="events.jsonl")

    def _chunks(self, name: str, most: int) -> Iterator[bytes]:
        """A member's bytes, never more than ``most``."""
        size = 0
        try:
            with self._packed.open(name) as member:
                while chunk := member.read(_CHUNK):
                    size += len(chunk)
                    if size > most:
                        raise self._refused("backup_too_large", size=_megabytes(size))
                    yield chunk
        except _FAULTS as fault:
            raise self._refused("backup_damaged", member=name) from fault

    def _lines(self, name: str) -> Iterator[bytes]:
        rest = b""
        for chunk in self._chunks(name, self.manifest.members[name]["size"]):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > _LONGEST_LINE:
                raise self._refused("backup_damaged", member=name)
            yield from lines

    # What is in it.

    @property
    def shapes(self) -> dict[str, dict[str, str]]:
        """table → column → kind."""
        return self.manifest.shapes

    @property
    def numbers(self) -> dict[str, int]:
        """Number series → the last number given."""
        return {str(name): int(last) for name, last in self._json("numbers.json").items()}

    @property
    def notes(self) -> dict[str, Any]:
        """The runtime's notes."""
        return self._json("notes.json")

    def rows(self, table: str) -> Iterator[Row]:
        """Every row of a table."""
        name, read = f"tables/{table}.jsonl", reading(self.shapes[table])
        try:
            for line in self._lines(name):
                row = read(line)
                row["id"]
                yield row
        except (ValueError, KeyError, TypeError, ArithmeticError, AttributeError) as fault:
            raise self._refused("backup_damaged", member=name) from fault

    def events(self) -> Iterator[Event]:
        """Every event in the order of writing."""
        try:
            yield from map(decode_event, self._lines("events.jsonl"))
        except (ValueError, TypeError) as fault:
            raise self._refused("backup_damaged", member="events.jsonl") from fault

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """(id, bytes) of every uploaded file."""
        for name, about in self.manifest.members.items():
            if name.startswith("files/"):
                yield name.removeprefix("files/"), self._chunks(name, about["size"])

    def unpack_definitions(self, folder: Path) -> None:
        """Write the workspace's files into a folder."""
        for name, about in self.manifest.members.items():
            if name.startswith("definitions/"):
                path = folder / name.removeprefix("definitions/")
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("xb") as file:
                    for chunk in self._chunks(name, about["size"]):
                        file.write(chunk)

    def _json(self, name: str) -> dict[str, Any]:
        try:
            found = orjson.loads(b"".join(self._chunks(name, self.manifest.members[name]["size"])))
        except ValueError as fault:
            raise self._refused("backup_damaged", member=name) from fault
        if not isinstance(found, dict):
            raise self._refused("backup_damaged", member=name)
        return found

    def _refused(self, code: str, **values: Any) -> Refused:
        return Refused([Problem(code, {"file": self.file.name, **values})])


def _begins_well(file: Path) -> bool:
    """Whether a file begins as an archive does."""
    try:
        with file.open("rb") as opened:
            return opened.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def _is_shape(table: str, shape: dict[str, str]) -> bool:
    """Whether a table and its columns are called as tables and columns can be, and of kinds that there are."""
    return bool(_NAME.fullmatch(table)) and all(
        _NAME.fullmatch(name) and _KIND.fullmatch(kind) for name, kind in shape.items()
    )


def _harmless(name: str) -> bool:
    """Whether a member's name stays inside the folder it is unpacked to."""
    parts = PurePosixPath(name).parts
    return (
        bool(parts)
        and (len(parts) > 1 or name in (MANIFEST, "events.jsonl", "numbers.json", "notes.json"))
        and not name.startswith("/")
        and not name.endswith("/")
        and not any(part in ("..", ".") or ":" in part or "\\" in part or "\0" in part for part in parts)
        and "//" not in name
    )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
