"""``kehu check --fix``: what is certainly meant is written into the files, and shown as it was and is."""

import difflib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..problems import Problem, Refused
from ..schema.mending import mend
from ..schema.splicing import write_bytes

__all__ = ["Mended", "mend_folder"]

ROUNDS = 8
"""A mend may bring to light what could not be seen before; after so many rounds the rest is left."""


class Mended:
    """A file before and after; ``problems`` are those that are no more."""

    def __init__(self, file: str, before: bytes) -> None:
        self.file, self.before, self.after = file, before, before
        self.problems: list[Problem] = []

    def difference(self) -> Iterator[str]:
        """The lines of a unified difference."""
        old, new = (_lines(text) for text in (self.before, self.after))
        return difflib.unified_diff(old, new, self.file, self.file, "", "", 1, lineterm="")


def mend_folder(folder: Path, problems_of: Callable[[], Sequence[Problem]]) -> list[Mended]:
    """Mend the files of a workspace, or of a plugin in its own folder. ``problems_of`` checks the folder anew.

    Files of bundled and installed plugins are left alone. A file that somebody changes meanwhile, too.
    """
    done: dict[str, Mended] = {}
    for _ in range(ROUNDS):
        by_file: dict[str, list[Problem]] = {}
        for problem in problems_of():
            if problem.place is not None:
                by_file.setdefault(problem.place.file, []).append(problem)
        changed = False
        for file, problems in by_file.items():
            path = path_of(folder, file)
            if path is not None:
                changed = (
                    _mend_file(path, done.setdefault(file, Mended(file, path.read_bytes())), problems)
                    or changed
                )
        if not changed:
            break
    return [one for one in done.values() if one.problems]


def path_of(folder: Path, file: str) -> Path | None:
    """Where a file that problems name lies, if it is one of the folder's own."""
    plugin, colon, rest = file.partition(":")
    path = folder / "plugins" / plugin / rest if colon else folder / file
    return path if path.is_file() and path.suffix in (".yaml", ".yml", ".json") else None


def _mend_file(path: Path, one: Mended, problems: Sequence[Problem]) -> bool:
    data, mended = mend(one.after, one.file, problems)
    if not mended or data == one.after:
        return False
    try:
        write_bytes(path, data, one.after, one.file)
    except (Refused, OSError):
        return False
    one.after = data
    one.problems += mended
    return True


def _lines(data: bytes) -> list[str]:
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        if encoding != "utf-16" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            try:
                return data.decode(encoding).splitlines()
            except UnicodeDecodeError:
                continue
    return []
