"""Putting a document on disk: whole, or not at all."""

import contextlib
import os
import secrets
from pathlib import Path

from ...problems import Place, Problem, Refused
from .document import Document

__all__ = ["write", "write_bytes"]


def write(path: Path, document: Document) -> None:
    """Put a document in its file, whole or not at all; the file keeps its mode.

    Raises :class:`Refused` when somebody changed the file since the document was read from it.
    """
    write_bytes(path, document.text.encode("utf-8"), document.before.encode("utf-8"), document.file)
    document.before = document.text


def write_bytes(path: Path, data: bytes, before: bytes, file: str) -> None:
    """Put bytes in a file that holds ``before`` now (``b""``: that is not there yet), whole or not at all.

    ``file`` is what the file is called in the problem when it holds something else.
    """
    target = path.resolve()
    now = target.read_bytes() if target.exists() else b""
    if now != before:
        raise Refused([Problem("edit_meanwhile", {}, Place(file))], "conflict")
    target.parent.mkdir(parents=True, exist_ok=True)
    made = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with made.open("xb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        if target.exists():
            made.chmod(target.stat().st_mode & 0o7777)
        made.replace(target)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # a folder cannot be opened everywhere
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
