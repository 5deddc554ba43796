"""YAML 1.2 as definitions use it: maps, lists and plain values. Read event by event, so that nothing can run
away.
"""

import re
from dataclasses import replace
from typing import Any

import yaml

from ..problems import Place, Problem
from .nodes import Node, Scalar
from .scalars import resolved
from .syntax import DEEPEST, Unreadable

__all__ = ["no_space", "parse_yaml"]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FULL_WIDTH_KEY = re.compile(r"\s*(?:- *)*[\"']?(\w+)[\"']?\s*：")
_NO_SPACE = re.compile(r"(\s*(?:- +)*)([a-z][a-z0-9_]*):([^\s:/,\]}].*)")
_FULL_WIDTH_COMMA = re.compile(r"[，、；]")
_FULL_WIDTH_BRACKET = re.compile(r"[:：]\s*([｛［【])")
_PLAIN_BRACKETS = {"｛": "{", "［": "[", "【": "["}
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"")
_FULL_WIDTH_NAME = re.compile(r"\s*(?:- *)*([a-z][a-z0-9_]*)：")
"""Where a text could also be meant, only what looks like a name before the colon is taken for a key."""


def parse_yaml(text: str, file: str, layer: str, problems: list[Problem]) -> Node | None:
    """The tree of a YAML text; duplicate keys are added to ``problems``, anything worse raises
    :class:`Unreadable`.
    """
    reader = _Reader(text, file, layer, problems)
    try:
        return reader.document()
    except yaml.YAMLError as error:
        raise Unreadable(_syntax_problem(error, text.splitlines(), file)) from None
    finally:
        reader.events.dispose()


class _Reader:
    def __init__(self, text: str, file: str, layer: str, problems: list[Problem]) -> None:
        self.text = text
        self.events = _LOADER(text)
        self.next = self.events.get_event
        self.file = file
        self.layer = layer
        self.problems = problems

    def document(self) -> Node | None:
        self.next()  # the stream starts
        event = self.next()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        node = self.node(self.next(), None, 0)
        self.next()  # the document ends
        after = self.next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise self.unreadable("several_documents", after)
        return node

    def node(self, event: Any, key_place: Place | None, depth: int) -> Node:
        kind = event.__class__
        if kind is yaml.AliasEvent or event.anchor is not None:
            raise self.unreadable("yaml_anchor", event)
        if event.tag is not None and event.tag != "!":
            raise self.unreadable("yaml_tag", event)
        if kind is yaml.ScalarEvent:
            return self.scalar(event, key_place, depth)
        if depth >= DEEPEST:
            raise self.unreadable("too_deep", event, limit=DEEPEST)
        mark = event.start_mark
        place = Place(self.file, mark.line + 1, mark.column + 1)
        if kind is yaml.MappingStartEvent:
            return Node(self.map(depth), place, key_place, self.layer)
        items = []
        while (event := self.next()).__class__ is not yaml.SequenceEndEvent:
            items.append(self.node(event, None, depth + 1))
        return Node(items, place, key_place, self.layer)

    def scalar(self, event: Any, key_place: Place | None, depth: int) -> Node:
        text = event.value
        start, end = event.start_mark, event.end_mark
        raw = self.text[start.index : end.index] if end.line > start.line else ""
        if event.style:
            return Node(text, self.place(event), key_place, self.layer, raw=raw)
        value: Scalar = resolved(text)
        place = self.place(event)
        if "：" in text:
            below_its_key = key_place is not None and key_place.line != place.line
            if (
                below_its_key
                or event.end_mark.line > event.start_mark.line
                or (key_place is None and not depth)
            ):
                self.full_width_colon(event, _FULL_WIDTH_NAME)
        if value is None and not text and key_place is not None:
            place = key_place  # nothing was written, so there is nothing to point at but its key
        return Node(value, place, key_place, self.layer, text, raw)

    def map(self, depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        while (event := self.next()).__class__ is not yaml.MappingEndEvent:
            if event.__class__ is not yaml.ScalarEvent:
                raise self.unreadable("key_is_no_text", event)
            if event.anchor is not None:
                raise self.unreadable("yaml_anchor", event)
            if event.tag is not None:
                raise self.unreadable("yaml_tag", event)
            key, place = event.value, self.place(event)
            if key == "<<" and not event.style:
                raise self.unreadable("yaml_anchor", event)
            if not event.style and "：" in key:
                self.full_width_colon(event, _FULL_WIDTH_KEY)
            node = self.node(self.next(), place, depth + 1)
            if node.value is None and not node.written and (cut := _cut_by_comma(found, key)):
                # read on as it was meant, so that what else is wrong is told as well
                before, whole = cut
                at = found[before].place
                if self.problems and (self.problems[-1].code, self.problems[-1].place) == (
                    "comma_ends_value",
                    at,
                ):
                    self.problems.pop()  # a comma more in the same value
                quoted = f"'{whole}'" if '"' in whole else f'"{whole}"'
                self.problems.append(Problem("comma_ends_value", {"value": whole}, at, instead=quoted))
                found[before] = replace(found[before], value=whole)
            elif key in found:
                first = found[key].key_place
                values = {"key": key, "line": first.line if first else 0}
                self.problems.append(Problem("duplicate_key", values, place))
            else:
                found[key] = node
        return found

    def place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column if end.line == start.line else 1
        return Place(self.file, start.line + 1, start.column + 1, width or 1)

    def full_width_colon(self, event: Any, key: re.Pattern[str]) -> None:
        """Refuse a bare text that has a key with ``：`` where a line begins; elsewhere it is plain
        punctuation.
        """
        start, end = event.start_mark, event.end_mark
        rows = self.text.splitlines()[start.line : end.line + 1]
        for offset, row in enumerate(rows):
            begin = start.column if not offset else 0
            if found := key.match(row, begin):
                raise Unreadable(_full_width(found, self.file, start.line + offset + 1))

    def unreadable(self, code: str, event: Any, **values: Any) -> Unreadable:
        return Unreadable(Problem(code, values, self.place(event)))


def _cut_by_comma(found: dict[str, Node], key: str) -> tuple[str, str] | None:
    """(key, whole value) of the value before, where a comma inside its brackets ended it: ``{formula: IF(a, b)}``."""
    before = next(reversed(found), None)
    value = found[before].value if before is not None else None
    if before is None or not isinstance(value, str) or value.count("(") <= value.count(")"):
        return None
    return before, f"{value}, {key}"


def _full_width(found: re.Match[str], file: str, line: int) -> Problem:
    return Problem(
        "full_width_colon", {"key": found[1]}, Place(file, line, found.end(), 1), instead=f"{found[1]}: "
    )


_SAYINGS = (
    ("mapping values are not allowed", "colon_inside", "problem"),
    ("could not find expected ':'", "missing_colon", "context"),
    ("did not find expected ',' or", "unclosed_bracket", "context"),
    ("found unexpected end of stream", "unclosed_quote", "context"),
    ("found unexpected document indicator", "unclosed_quote", "context"),
    ("found character that cannot start any token", "reserved_start", "problem"),
    ("found unknown escape character", "bad_escape", "problem"),
    ("tag", "yaml_tag", "problem"),
    ("did not find expected", "bad_indentation", "problem"),
    ("not allowed in this context", "bad_indentation", "problem"),
)
"""What libyaml says → our code, and which of its two places is the one to show."""


def _unclosed(rows: list[str], mark: Any, file: str) -> Problem:
    """The last opening bracket before the spot where reading failed."""
    before = [*rows[: mark.line], rows[mark.line][: mark.column] if mark.line < len(rows) else ""]
    for number in range(len(before) - 1, -1, -1):
        column = max(before[number].rfind("["), before[number].rfind("{"))
        if column >= 0:
            place = Place(file, number + 1, column + 1)
            return Problem("unclosed_bracket", {"character": before[number][column]}, place)
    return Problem("yaml_unreadable", {}, Place(file, mark.line + 1, mark.column + 1))


def _comma(rows: list[str], start: Any, end: Any, file: str) -> Problem | None:
    """The first full-width comma between two spots, outside quotes."""
    for number in range(start.line, min(end.line + 1, len(rows))):
        row = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), rows[number])
        first = start.column if number == start.line else 0
        last = end.column + 1 if number == end.line else len(row)
        if found := _FULL_WIDTH_COMMA.search(row, first, max(last, first)):
            place = Place(file, number + 1, found.start() + 1)
            return Problem("full_width_comma", {"character": found[0]}, place, instead=", ")
    return None


def no_space(key: str, rest: str, place: Place) -> Problem:
    """``type:text``, where a space has to stand after the colon. ``place``: of the colon."""
    return Problem("space_missing", {"key": key}, place, instead=f"{key}: {rest.strip()}")


def _inside_a_row(code: str, rows: list[str], mark: Any, file: str) -> Problem:
    """What is wrong where a row cannot go on, or does not begin where it should."""
    row = rows[mark.line] if mark.line < len(rows) else ""
    before, here = row[: mark.column], row[mark.column : mark.column + 1]
    place = Place(file, mark.line + 1, mark.column + 1)
    if here and here in "}]":
        return Problem("extra_bracket", {"character": here}, place)
    if before.rstrip().endswith(("'", '"')) and code == "bad_indentation":
        return Problem("text_after_quote", {}, place)
    if code == "colon_inside" and re.fullmatch(r"\s+(?:- +)*[\w\"']+", before):
        code, place = "bad_indentation", Place(file, mark.line + 1, len(row) - len(row.lstrip()) + 1)
    return Problem(code, {"text": row.strip()}, place)


def _syntax_problem(error: yaml.YAMLError, rows: list[str], file: str) -> Problem:
    said = str(getattr(error, "problem", "") or "")
    mark: Any = getattr(error, "problem_mark", None)
    context: Any = getattr(error, "context_mark", None) or mark
    if mark is None:
        return Problem("yaml_unreadable", {}, Place(file))
    for number in sorted({context.line, mark.line - 1, mark.line}):
        row = rows[number] if 0 <= number < len(rows) else ""
        indent = row[: len(row) - len(row.lstrip())]
        if "\t" in indent:
            return Problem("tab_indent", {}, Place(file, number + 1, indent.index("\t") + 1))
        if found := _FULL_WIDTH_KEY.match(row):
            return _full_width(found, file, number + 1)
    code, where = next(((c, w) for words, c, w in _SAYINGS if words in said), ("yaml_unreadable", "problem"))
    in_brackets = "flow" in str(getattr(error, "context", ""))
    if in_brackets and (found_comma := _comma(rows, context, mark, file)):
        return found_comma
    if in_brackets and code == "bad_indentation":
        return _unclosed(rows, mark, file)
    for number in sorted({context.line, mark.line}):
        row = rows[number] if 0 <= number < len(rows) else ""
        if found := _FULL_WIDTH_BRACKET.search(row):
            values, plain = {"character": found[1]}, _PLAIN_BRACKETS[found[1]]
            return Problem(
                "full_width_bracket", values, Place(file, number + 1, found.start(1) + 1), instead=plain
            )
        if code in ("missing_colon", "bad_indentation") and (glued := _NO_SPACE.fullmatch(row)):
            return no_space(glued[2], glued[3], Place(file, number + 1, glued.end(2) + 1))
    if code in ("bad_indentation", "colon_inside"):
        return _inside_a_row(code, rows, mark, file)
    spot = context if where == "context" else mark
    line, column = spot.line, spot.column
    if line >= len(rows) and rows:  # the end of the file is shown as the end of its last line
        line, column = len(rows) - 1, len(rows[-1])
    row = rows[line] if line < len(rows) else ""
    return Problem(
        code, {"character": row[column : column + 1], "text": row.strip()}, Place(file, line + 1, column + 1)
    )
