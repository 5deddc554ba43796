"""Plain values as the text of a definition file, in the manner in which the files are written by hand."""

import json
import re
from collections.abc import Mapping
from typing import Any

from ..scalars import resolved

__all__ = ["WIDEST", "Plain", "block", "flow", "item_lines", "key_text", "parts", "scalar"]

Plain = Any
"""What a definition file can say: ``str``, ``int``, ``float``, ``bool``, ``None``, and dicts and lists of these."""

WIDEST = 100
"""Characters of a line that brackets may fill; what is longer is written line by line."""

_NEEDS_QUOTES = re.compile(
    r"""-(?=\s|$) | [?:] | [,\[\]{}\#&*!|>'"%@`] | --- | \.\.\. | \s""",
    re.VERBOSE,
)
_PLAIN_INSIDE = re.compile(r": |:$| \#|[\s]$|：|[\r\n\t]|[^\S ]")
_BRACKETS = re.compile(r"[,\[\]{}]")
_LOOKS_LIKE_MORE = re.compile(
    r"(?i)yes|no|on|off|y|n|\d[\d_]*([-:/.]\d+)+.*|\.(nan|inf)|[-+]?\.?\d[\d_.,eE+-]*|0[xob].*"
)
"""Texts that some readers of YAML take for a yes/no, a date or a number: quoted, so that nobody has to know."""


def scalar(value: Plain, quote: str = "", in_brackets: bool = False, as_json: bool = False) -> str:
    """A scalar on one line. ``quote``: the quotes that stood there before, kept where they can be."""
    if value is None or isinstance(value, (bool, int, float)):
        return json.dumps(value)
    if not isinstance(value, str):
        raise TypeError(f"no definition can say {type(value).__name__}")
    if as_json:
        return json.dumps(value, ensure_ascii=False)
    one_line = value.isprintable()
    if quote not in ("'", '"') and one_line and _is_plain(value, in_brackets):
        return value
    if one_line and (quote == "'" or (quote != '"' and ('"' in value or "\\" in value))):
        return "'" + value.replace("'", "''") + "'"
    return _double_quoted(value)


def _is_plain(value: str, in_brackets: bool) -> bool:
    return (
        value != ""
        and not _NEEDS_QUOTES.match(value)
        and not _PLAIN_INSIDE.search(value)
        and not (in_brackets and _BRACKETS.search(value))
        and not _LOOKS_LIKE_MORE.fullmatch(value)
        and isinstance(resolved(value), str)
    )


def _double_quoted(value: str) -> str:
    def escaped(found: re.Match[str]) -> str:
        code = ord(found[0])
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

    text = value.replace("\\", "\\\\").replace('"', '\\"')
    text = text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return '"' + "".join(c if c.isprintable() else re.sub(r"(?s).", escaped, c) for c in text) + '"'


def key_text(key: str, quote: str = "", in_brackets: bool = False, as_json: bool = False) -> str:
    """A key: plain where that can be read, whatever else the word could mean as a value."""
    if as_json or quote:
        return scalar(key, quote, in_brackets, as_json)
    simple = key.isprintable() and re.fullmatch(r"\w[\w.-]*", key) and "：" not in key
    return key if simple else scalar(key, quote, in_brackets)


def flow(value: Plain, as_json: bool = False) -> str:
    """Any value on one line, maps and lists in brackets."""
    if isinstance(value, Mapping):
        entries = (
            f"{key_text(str(key), '', True, as_json)}: {flow(inner, as_json)}" for key, inner in value.items()
        )
        return "{" + ", ".join(entries) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(inner, as_json) for inner in value) + "]"
    return scalar(value, "", True, as_json)


def parts(
    value: Plain, step: int, column: int, prefer: str = "", quote: str = "", depth: int = 1
) -> tuple[str, list[str]]:
    """What goes beside the key, and the lines that go below it (not yet indented).

    ``prefer``: ``flow`` or ``block``, as the neighbours are written; ``depth`` 0: a key of the whole definition.
    """
    if isinstance(value, (Mapping, list, tuple)):
        one_line = flow(value)
        nested = _depth(value)
        fits = prefer != "block" and nested <= (3 if prefer == "flow" else 2) - (depth == 0)
        if not value or (fits and len(one_line) + column <= WIDEST and not _has_lines(value)):
            return one_line, []
        return "", block(value, step, depth + 1)
    if isinstance(value, str) and (header := _literal(value)):
        return header, value.removesuffix("\n").split("\n")
    return scalar(value, quote), []


def block(value: Plain, step: int, depth: int = 1) -> list[str]:
    """A map or list as lines, one entry after the other."""
    lines: list[str] = []
    if isinstance(value, Mapping):
        for key, inner in value.items():
            lines += entry_lines(str(key), inner, step, depth=depth)
        return lines
    for inner in value:
        lines += item_lines(inner, step, depth=depth)
    return lines


def entry_lines(key: str, value: Plain, step: int, prefer: str = "", depth: int = 1) -> list[str]:
    """An entry of a map as lines."""
    name = key_text(key)
    beside, below = parts(value, step, len(name) + 2, prefer, depth=depth)
    return [f"{name}: {beside}" if beside else f"{name}:", *_indented(below, step)]


def item_lines(value: Plain, step: int, prefer: str = "", depth: int = 1) -> list[str]:
    """An item of a list as lines, from its dash."""
    beside, below = parts(value, step, 2, prefer, depth=depth)
    if beside:
        return [f"- {beside}", *_indented(below, 2)]
    return [f"- {below[0]}", *_indented(below[1:], 2)]


def _indented(lines: list[str], by: int) -> list[str]:
    return [" " * by + line if line else "" for line in lines]


def _literal(value: str) -> str:
    """The header of a block (``|`` or ``|-``) that can hold this text, or ``""``."""
    if "\n" not in value or value.startswith((" ", "\n", "\t")) or value.endswith("\n\n"):
        return ""
    lines = value.removesuffix("\n").split("\n")
    if not all(line.isprintable() for line in lines) or any(line != line.rstrip() for line in lines):
        return ""
    return "|" if value.endswith("\n") else "|-"


def _has_lines(value: Plain) -> bool:
    if isinstance(value, Mapping):
        return any(_has_lines(inner) for inner in value.values())
    if isinstance(value, (list, tuple)):
        return any(_has_lines(inner) for inner in value)
    return isinstance(value, str) and bool(_literal(value))


def _depth(value: Plain) -> int:
    inner = (
        value.values() if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else None
    )
    return 0 if inner is None else 1 + max(map(_depth, inner), default=0)
