"""A line that shows whether it is whole: a checksum, a space, the text. And files written so that they are there."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from ..problems import Place, Problem, Refused

__all__ = ["CHECKSUM", "damaged", "flush_folder", "force", "open_line", "seal", "unwritable", "whole_lines"]

CHECKSUM = 9
"""Bytes before the text of a line: eight hexadecimal digits and a space."""


def seal(text: bytes) -> bytes:
    """The line that holds this text; the text has no line break in it."""
    return b"%08x %s\n" % (crc32(text), text)


def open_line(line: bytes) -> bytes | None:
    """The text of a line, or ``None`` when the line is not what was written."""
    text = line[CHECKSUM:-1]
    if line[-1:] != b"\n" or line[CHECKSUM - 1 : CHECKSUM] != b" ":
        return None
    return text if line[: CHECKSUM - 1] == b"%08x" % crc32(text) else None


def whole_lines(path: Path, start: int = 0) -> Iterator[bytes]:
    """The texts of a file's lines.

    Raises ``Refused`` (``store_damaged``: file, line) at the first that is not whole.
    """
    with path.open("rb") as file:
        file.seek(start)
        for number, line in enumerate(file, 1):
            text = open_line(line)
            if text is None:
                raise damaged(path, number)
            yield text


def damaged(path: Path, line: int) -> Refused:
    """The refusal of a file whose line does not match its checksum."""
    values = {"file": path.name, "line": line}
    return Refused([Problem("store_damaged", values, place=Place(str(path), line, 1))], status="unavailable")


def unwritable(path: Path | str, fault: BaseException) -> Refused:
    """The refusal of a write that the disk did not take."""
    code = getattr(fault, "errno", None)
    full = code in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} or "full" in str(fault)
    reason = os.strerror(code) if isinstance(code, int) else str(fault)
    problem = Problem("disk_full" if full else "disk_unwritable", {"file": str(path), "reason": reason})
    return Refused([problem], status="unavailable")


_sync = getattr(os, "fdatasync", os.fsync)  # macOS and Windows have only the latter


def force(file: int) -> None:
    """Wait until what was written to the file is on the disk itself."""
    _sync(file)


def flush_folder(folder: Path) -> None:
    """Wait until the folder's own entries (a rename, a new file) are on the disk."""
    if os.name == "nt":  # pragma: no cover  (Windows keeps folders itself)
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
