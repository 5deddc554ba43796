"""Putting a document on disk: whole, or not at all."""

import contextlib
import os
import secrets
from pathlib import Path

from ...problems import Place, Problem, Refused
from .document import Document

__all__ = ["write"]


def write(path: Path, document: Document) -> None:
    """Put a document in its file, whole or not at all; the file keeps its mode.

    Raises :class:`Refused` when somebody changed the file since the document was read from it.
    """
    target = path.resolve()
    now = target.read_bytes() if target.exists() else b""
    if now != document.before.encode("utf-8"):
        raise Refused([Problem("edit_meanwhile", {}, Place(document.file))], "conflict")
    target.parent.mkdir(parents=True, exist_ok=True)
    made = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with made.open("xb") as file:
            file.write(document.text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            made.chmod(target.stat().st_mode & 0o7777)
        made.replace(target)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)
    document.before = document.text


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # a folder cannot be opened everywhere
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
