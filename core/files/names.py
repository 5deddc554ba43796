"""The name of an uploaded file: kept for the download, without anything in it that could harm or mislead."""

import re
from unicodedata import category, normalize
from urllib.parse import quote

__all__ = ["LONGEST", "clean_name", "disposition"]

LONGEST = 150
"""Characters of a file's name; in UTF-8 they stay below the 512 bytes that headers and disks bear."""

_NO_NAME = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
_WRITTEN_BY_BROWSERS = (("%22", '"'), ("%0D", "\r"), ("%0A", "\n"))
"""What stands in place of these signs in a name that a form sends (WHATWG HTML, "multipart/form-data")."""
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean_name(given: str) -> str:
    """The last part of a path as a name that every system bears.

    Control characters and marks that turn the writing direction (``U+202E`` hides that ``gpj.exe`` is a program) go;
    what no disk takes becomes ``_``; what is too long loses its middle, never its ending. Never empty.
    """
    for code, sign in _WRITTEN_BY_BROWSERS:
        given = given.replace(code, sign)
    text = normalize("NFC", given[-2000:]).replace("\\", "/").rpartition("/")[2]
    text = "".join(" " if c in "\n\r\t" else c for c in text if c in "\n\r\t" or category(c)[0] != "C")
    text = _FORBIDDEN.sub("_", " ".join(text.split())).strip(". ")
    stem, dot, ending = text.rpartition(".")
    if not dot or len(ending) > 20:
        stem, dot, ending = text, "", ""
    stem = stem[: LONGEST - len(dot + ending)].rstrip(". ") or "file"
    if stem.partition(".")[0].casefold() in _NO_NAME:
        stem = f"_{stem}"
    return f"{stem}{dot}{ending}"


def disposition(name: str, inline: bool = False) -> str:
    """The header ``Content-Disposition`` (RFC 6266): signs other than letters and digits in codes."""
    return f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(name, safe='')}"
