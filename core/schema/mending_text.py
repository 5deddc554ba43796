"""Mends of a few characters, in a text that cannot be read or says something else than was meant."""

import re
from collections.abc import Callable, Mapping

from ..problems import Place, Problem
from .splicing.rendering import scalar

__all__ = ["mended_text", "offset_of"]

_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_LEADING = re.compile(r"(?m)^[ \t]*\t[ \t]*")
_BRACKETS = {"｛": "{", "｝": "}", "［": "[", "］": "]", "【": "[", "】": "]"}
_VALUE_BEFORE = re.compile(r"\s*(?:- +)*(?:[\w.-]+|\"[^\"]*\"|'[^']*'):\s+|\s*(?:- +)+")
_BARE = re.compile(r"[\w.-]+")


def mended_text(text: str, problem: Problem) -> str | None:
    """The text with the problem's few characters put right, or ``None`` where there is no certain mend."""
    how = _MENDS.get(problem.code)
    if how is None or problem.place is None or not problem.place.line:
        return None
    return how(text, offset_of(text, problem.place), problem)


def offset_of(text: str, place: Place) -> int:
    """Where a place is in the text, its byte-order mark counted."""
    at = int(text.startswith("\ufeff"))
    for _ in range(place.line - 1):
        found = _LINE_BREAK.search(text, at)
        if found is None:
            break
        at = found.end()
    return at + place.column - 1


def _row_end(text: str, at: int) -> int:
    found = _LINE_BREAK.search(text, at)
    return found.start() if found else len(text)


def _colon(text: str, at: int, problem: Problem) -> str | None:
    found = text.find("：", at, _row_end(text, at))
    if found < 0:
        return None
    rest = text[found + 1 :]
    return text[:found] + ":" + ("" if rest[:1] in (" ", "\n", "\r", "") else " ") + rest


def _comma(text: str, at: int, problem: Problem) -> str | None:
    if text[at] != problem.values["character"]:
        return None
    return text[:at] + ", " + text[at + 1 :].lstrip(" ")


def _bracket(text: str, at: int, problem: Problem) -> str | None:
    if text[at] not in _BRACKETS:
        return None
    end = _row_end(text, at)
    row = "".join(_BRACKETS.get(character, character) for character in text[at:end])
    return text[:at] + row + text[end:]


def _space(text: str, at: int, problem: Problem) -> str | None:
    return text[: at + 1] + " " + text[at + 1 :] if text[at] == ":" else None


def _dash(text: str, at: int, problem: Problem) -> str | None:
    return text[: at + 1] + " " + text[at + 1 :] if text[at] == "-" else None


def _tabs(text: str, at: int, problem: Problem) -> str:
    """Every tab at the beginning of a line as two spaces."""
    return _LEADING.sub(lambda found: found[0].replace("\t", "  "), text)


def _quoted(text: str, at: int, problem: Problem) -> str | None:
    """The rest of the line in quotes, where the value is all that stands there."""
    start = max((found.end() for found in _LINE_BREAK.finditer(text, 0, at)), default=0)
    if not _VALUE_BEFORE.fullmatch(text, start, at):
        return None
    value = text[at : _row_end(text, at)].partition(" #")[0].rstrip()
    return text[:at] + scalar(value, '"') + text[at + len(value) :]


def _backslash(text: str, at: int, problem: Problem) -> str | None:
    return text[:at] + "\\" + text[at:] if text[at - 1] == "\\" else None


def _trailing_comma(text: str, at: int, problem: Problem) -> str | None:
    return text[:at] + text[at + 1 :] if text[at] == "," else None


def _json_word(text: str, at: int, problem: Problem) -> str | None:
    word = text[at : at + (problem.place.width if problem.place else 0)]
    bare = word.strip("'“”‘’`")
    if not _BARE.fullmatch(bare) and word[:1] == bare[:1]:
        return None
    return text[:at] + str(problem.instead) + text[at + len(word) :]


_MENDS: Mapping[str, Callable[[str, int, Problem], str | None]] = {
    "full_width_colon": _colon,
    "full_width_comma": _comma,
    "full_width_bracket": _bracket,
    "space_missing": _space,
    "dash_without_space": _dash,
    "tab_indent": _tabs,
    "reserved_start": _quoted,
    "bad_escape": _backslash,
    "json_trailing_comma": _trailing_comma,
    "json_quotes": _json_word,
    "json_word": _json_word,
}
