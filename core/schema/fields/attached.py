"""Fields that hold files: one, several, or a picture. The files lie beside the store; a field keeps what they are."""

from collections.abc import Iterator, Mapping
from datetime import UTC, tzinfo
from typing import Any, ClassVar
from uuid import UUID

from ...words import Language
from ..definition import Fault, Names, Whole
from .choices import listed
from .field import ColumnKind, Field, Operator, ValueProblem
from .file_types import GROUPS, IMAGES, allowed_names, is_allowed, type_named
from .values import shortened

__all__ = ["LARGEST", "MEGABYTE", "USUAL", "File", "Files", "Image", "Kept"]

MEGABYTE = 1024 * 1024
USUAL = 20
"""Megabytes of a file at most, where its field says nothing else."""
LARGEST = 100
"""Megabytes that ``max`` may allow at most: one request brings a file, and has to fit into it."""

Kept = dict[str, Any]
"""A file as a field keeps it: ``{"id", "name", "size", "type"}``; its ``id`` alone until the write path knows it."""


class File(Field):
    """A file: a contract, an offer. ``types``: what may be put here, ``max``: its size in megabytes.

    Given as the id of a file that was uploaded before (``POST /api/files``), or as it is kept.
    """

    type_name: ClassVar[str] = "file"
    widget: ClassVar[str] = "file"
    kept_as: ClassVar[ColumnKind | None] = "json"
    operators: ClassVar[tuple[Operator, ...]] = ("empty", "not_empty")
    only: ClassVar[tuple[str, ...]] = ()
    """The types that it takes where ``types`` says nothing."""

    types: Names = ()
    max: Whole = USUAL

    @property
    def accepted(self) -> tuple[str, ...]:
        """The types that it takes, groups and endings; none: all of them."""
        return self.types or self.only

    @property
    def most(self) -> int:
        """How many files it holds."""
        return 1

    def listed(self, value: Any) -> list[Kept]:
        """The files of a kept value; none of dots that stand in its place."""
        return [value] if isinstance(value, dict) else []

    def coerce(self, value: Any, zone: tzinfo = UTC) -> Any:
        files = self._read(value)
        if len(files) > 1:
            raise ValueProblem("too_many", {"max": 1, "count": len(files)})
        return files[0] if files else None

    def _read(self, value: Any) -> list[Kept]:
        given = value if isinstance(value, (list, tuple)) else [value]
        if len(given) > 1000:
            raise ValueProblem("too_many", {"max": self.most, "count": len(given)})
        files = [_file(each) for each in given if each is not None and each != ""]
        for file in files:
            self.check(file)
        return list({file["id"]: file for file in files}.values())

    def check(self, file: Mapping[str, Any]) -> None:
        """Whether this field takes a file of this type and size, as far as they are known."""
        if "type" not in file:
            return
        if not is_allowed(type_named(file["type"]), self.accepted):
            values = {"name": shortened(file["name"]), "available": self.accepted}
            raise ValueProblem("file_type_not_taken", values)
        if file["size"] > self.max * MEGABYTE:
            raise ValueProblem("file_too_large", {"name": shortened(file["name"]), "max": self.max})

    def to_cell(self, value: Any) -> Any:
        return None if value is None else listed([file.get("name", "") for file in self.listed(value)], "; ")

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        between = "、" if language == "zh" else ", "
        return between.join(file.get("name", "") for file in self.listed(value))

    def json_schema(self) -> dict[str, Any]:
        return _SCHEMA

    def faults(self) -> Iterator[Fault]:
        available = allowed_names()
        for at, name in enumerate(self.types):
            if name not in available:
                yield Fault(
                    ("types", at), "file_type_unknown", {"given": name, "available": (*GROUPS, "pdf", "docx")}
                )
            elif self.only and not any(is_allowed(type_named(each), (name,)) for each in IMAGES):
                yield Fault(
                    ("types", at), "file_type_no_image", {"given": name, "available": tuple(sorted(IMAGES))}
                )
        if not 0 < self.max <= LARGEST:
            yield Fault(("max",), "out_of_range", {"low": 1, "high": LARGEST})
        if self.default is not None:
            yield Fault(("default",), "file_default")
        for key in ("search", "index"):
            if getattr(self, key):
                yield Fault((key,), "file_not_found", {"key": key})


class Files(File):
    """Several files. ``count``: how many at most; ``types`` and ``max`` as for one."""

    type_name: ClassVar[str] = "files"
    widget: ClassVar[str] = "files"
    keywords: ClassVar = {"count": "maxItems"}

    count: Whole = 20

    @property
    def most(self) -> int:
        return self.count

    def listed(self, value: Any) -> list[Kept]:
        return list(value) if isinstance(value, list) else []

    def coerce(self, value: Any, zone: tzinfo = UTC) -> Any:
        files = self._read(value)
        if len(files) > self.count:
            raise ValueProblem("too_many", {"max": self.count, "count": len(files)})
        return files or None

    def json_schema(self) -> dict[str, Any]:
        return {"type": "array", "items": _SCHEMA, "maxItems": self.count}

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if not 0 < self.count <= 100:
            yield Fault(("count",), "out_of_range", {"low": 1, "high": 100})


class Image(File):
    """A picture, shown on the record's page: PNG, JPEG, GIF or WebP."""

    type_name: ClassVar[str] = "image"
    only: ClassVar[tuple[str, ...]] = ("image",)


_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "name": {"type": "string"},
        "size": {"type": "integer"},
        "type": {"type": "string"},
    },
    "required": ["id"],
}


def _file(value: Any) -> Kept:
    """One file as it was given: its id, or an object with it. Raises :class:`ValueProblem`."""
    id = value.get("id") if isinstance(value, Mapping) else value
    try:
        text = str(UUID(id)) if isinstance(id, str) and len(id) == 36 else None
    except ValueError:
        text = None
    if text is None:
        raise ValueProblem("not_a_file", {"given": shortened(value)})
    if not isinstance(value, Mapping):
        return {"id": text}
    name, size, kind = value.get("name"), value.get("size"), value.get("type")
    if (
        not isinstance(name, str)
        or not isinstance(kind, str)
        or isinstance(size, bool)
        or not isinstance(size, int)
    ):
        return {"id": text}
    return {"id": text, "name": name, "size": size, "type": kind}
