"""JSON, with the place of every value. (YAML's reader would refuse escaped emoji and call a stray comma
fine.)
"""

import re
from bisect import bisect_right
from json import decoder
from typing import Any

from ..problems import Place, Problem
from .nodes import Node, Scalar
from .scalars import resolved
from .syntax import DEEPEST, Unreadable

__all__ = ["parse_json"]

_BLANK = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORD = re.compile(r"[^\s,:\]}\[{\"]+")
_SCAN: Any = decoder.scanstring  # type: ignore[attr-defined]  # typeshed leaves it out
"""Where a quoted text begins → the text and where it ends: the standard library's own, in C."""
_QUOTES = "'“”‘’`"
_PYTHON_WORDS = {"True": "true", "False": "false", "None": "null", "TRUE": "true", "FALSE": "false"}
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}


def parse_json(text: str, file: str, layer: str, problems: list[Problem]) -> Node | None:
    """The tree of a JSON text; duplicate keys are added to ``problems``, anything worse raises
    :class:`Unreadable`.
    """
    if not text.strip():
        return None
    reader = _Reader(text, file, layer, problems)
    node, end = reader.value(reader.blank(0), None, 0)
    end = reader.blank(end)
    if end < len(text):
        raise reader.unreadable("json_more_after_end", end)
    return node


class _Reader:
    def __init__(self, text: str, file: str, layer: str, problems: list[Problem]) -> None:
        self.text = text
        self.file = file
        self.layer = layer
        self.problems = problems
        self.starts = [0]
        for row in text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(row))

    def blank(self, at: int) -> int:
        found = _BLANK.match(self.text, at)
        end = found.end() if found else at
        if self.text.startswith(("//", "/*", "#"), end):
            raise self.unreadable("json_comment", end)
        return end

    def place(self, at: int, width: int = 1) -> Place:
        row = bisect_right(self.starts, min(at, max(len(self.text) - 1, 0))) - 1
        return Place(self.file, row + 1, at - self.starts[row] + 1, width)

    def unreadable(self, code: str, at: int, width: int = 1, **values: object) -> Unreadable:
        return Unreadable(Problem(code, values, self.place(at, width)))

    def wrong(self, code: str, at: int, word: str, instead: str) -> Unreadable:
        place = self.place(at, len(word))
        return Unreadable(Problem(code, {"text": word}, place, instead=instead))

    def unquoted(self, at: int, word: str) -> Unreadable:
        return self.wrong("json_quotes", at, word, f'"{word.strip(_QUOTES)}"')

    def value(self, at: int, key_place: Place | None, depth: int) -> tuple[Node, int]:
        opening = self.text[at : at + 1]
        if opening == '"':
            text, end = self.string(at)
            return Node(text, self.place(at, end - at), key_place, self.layer), end
        if opening and opening in "{[":
            if depth >= DEEPEST:
                raise self.unreadable("too_deep", at, limit=DEEPEST)
            inside, end = self.map(at, depth) if opening == "{" else self.list(at, depth)
            return Node(inside, self.place(at), key_place, self.layer), end
        found = _WORD.match(self.text, at)
        word = found[0] if found else ""
        if word in _WORDS:
            return Node(_WORDS[word], self.place(at, len(word)), key_place, self.layer, word), at + len(word)
        number = resolved(word) if _NUMBER.fullmatch(word) else word
        if isinstance(number, str):
            if word in _PYTHON_WORDS:
                raise self.wrong("json_word", at, word, _PYTHON_WORDS[word])
            if word:
                raise self.unquoted(at, word)
            raise self.unreadable("json_value_missing", at)
        return Node(number, self.place(at, len(word)), key_place, self.layer, word), at + len(word)

    def string(self, at: int) -> tuple[str, int]:
        try:
            text, end = _SCAN(self.text, at + 1, True)
        except decoder.JSONDecodeError as error:
            code = "bad_escape" if "escape" in error.msg else "unclosed_quote"
            spot = at if code == "unclosed_quote" else min(error.pos, len(self.text) - 1)
            raise self.unreadable(code, spot, character=self.text[spot : spot + 1]) from None
        if not text.isprintable() and re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", text):
            raise self.unreadable("control_character", at, end - at, character="\\u")
        return text, end

    def list(self, at: int, depth: int) -> tuple[list[Node], int]:
        items: list[Node] = []
        end = self.blank(at + 1)
        if self.text.startswith("]", end):
            return items, end + 1
        while True:
            node, end = self.value(end, None, depth + 1)
            items.append(node)
            end, closed = self.comma(end, "]", at)
            if closed:
                return items, end

    def map(self, at: int, depth: int) -> tuple[dict[str, Node], int]:
        found: dict[str, Node] = {}
        end = self.blank(at + 1)
        if self.text.startswith("}", end):
            return found, end + 1
        while True:
            if not self.text.startswith('"', end):
                word = _WORD.match(self.text, end)
                raise self.unquoted(end, word[0] if word else "…")
            key, after = self.string(end)
            key_place = self.place(end, after - end)
            after = self.blank(after)
            if not self.text.startswith(":", after):
                if self.text.startswith("：", after):
                    raise Unreadable(
                        Problem("full_width_colon", {"key": key}, self.place(after), instead=":")
                    )
                raise self.unreadable("missing_colon", end, key_place.width, text=key, character="")
            node, end = self.value(self.blank(after + 1), key_place, depth + 1)
            if key in found:
                first = found[key].key_place
                values = {"key": key, "line": first.line if first else 0}
                self.problems.append(Problem("duplicate_key", values, key_place))
            else:
                found[key] = node
            end, closed = self.comma(end, "}", at)
            if closed:
                return found, end

    def comma(self, at: int, closing: str, opened: int) -> tuple[int, bool]:
        """Past the comma to the next item, or past the closing bracket."""
        end = self.blank(at)
        if self.text.startswith(closing, end):
            return end + 1, True
        if end >= len(self.text):
            raise self.unreadable("unclosed_bracket", opened, character=self.text[opened])
        if not self.text.startswith(",", end):
            raise self.unreadable("json_comma_missing", end)
        after = self.blank(end + 1)
        if self.text.startswith(closing, after):
            raise self.unreadable("json_trailing_comma", end)
        return after, False
