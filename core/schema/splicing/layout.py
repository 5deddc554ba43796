"""Where everything stands in the text of a definition file, to the character: what the splice writer cuts by.

The tree of nodes says where a value begins, for people to look there. To change a text one must also know where it
ends, what is a comment, and what is a value that only looks like one.
"""

import re
from dataclasses import dataclass, field
from json import decoder
from typing import Any, Literal

import yaml

__all__ = ["Entry", "Spot", "comment_spans", "layout", "line_end", "line_start", "manner"]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT = re.compile(r"#[^\r\n]*")
_HEADER_COMMENT = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\r\n]*)")
_COLON = re.compile(r"\s*:")
_BLANK = re.compile(r"[ \t\r\n]*")
_JSON_WORD = re.compile(r"[^\s,:\]}\[{\"]+")
_SCAN: Any = decoder.scanstring  # type: ignore[attr-defined]  # typeshed leaves it out


@dataclass(slots=True)
class Spot:
    """Where a value stands: ``text[start:end]``, without a line end behind it.

    ``flow``: in brackets. ``style``: how a scalar is written: ``""`` plain, ``'``, ``"``, ``|`` or ``>``.
    """

    kind: Literal["scalar", "map", "list"]
    start: int
    end: int
    flow: bool = False
    style: str = ""
    entries: list["Entry"] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """An entry of a map (from its key) or an item of a list (from its dash, where it has one).

    ``anchor`` is where its value may begin: right after the colon or the dash.
    """

    key: str | None
    start: int
    key_end: int
    anchor: int
    value: Spot


def layout(text: str, json: bool) -> Spot:
    """The layout of a text that :func:`~.loading.load` can read, without a byte-order mark."""
    if json:
        return _json(text, _blank(text, 0))[0]
    reader = _Yaml(text)
    try:
        return reader.document()
    finally:
        reader.events.dispose()


def comment_spans(text: str, root: Spot) -> list[tuple[int, int]]:
    """(start, end) of every comment, in the order of the text."""
    found: list[tuple[int, int]] = []
    at = 0
    for start, end, style in [*_scalars(root), (len(text), len(text), "")]:
        found += [match.span() for match in _COMMENT.finditer(text, at, start)]
        if style in ("|", ">") and (header := _HEADER_COMMENT.match(text, start, end)):
            found.append(header.span(1))
        at = max(at, end)
    return found


def line_start(text: str, at: int) -> int:
    """Where the line begins that ``at`` stands in."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Where the line ends that ``at`` stands in: before its line break."""
    ends = [end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0]
    return min(ends, default=len(text))


def manner(holder: Spot, at: int) -> str:
    """How the nearest map or list beside an entry is written: ``flow``, ``block``, or ``""`` where there is none."""
    beside = sorted(range(len(holder.entries)), key=lambda i: (abs(i - at + 0.5), i))
    shown = (holder.entries[i].value for i in beside)
    return next((("flow" if spot.flow else "block") for spot in shown if spot.kind != "scalar"), "")


def _scalars(spot: Spot) -> list[tuple[int, int, str]]:
    if spot.kind == "scalar":
        return [(spot.start, spot.end, spot.style)]
    found = []
    for entry in spot.entries:
        if entry.key is not None:
            found.append((entry.start, entry.key_end, ""))
        found += _scalars(entry.value)
    return found


class _Yaml:
    def __init__(self, text: str) -> None:
        self.text = text
        self.events = _LOADER(text)
        self.next: Any = self.events.get_event

    def document(self) -> Spot:
        self.next()  # the stream
        self.next()  # the document
        return self.node(self.next(), 0)

    def node(self, event: Any, anchor: int) -> Spot:
        """``anchor``: where the value may begin, which is where an empty one stands."""
        kind = event.__class__
        start, end = event.start_mark.index, event.end_mark.index
        if kind is yaml.ScalarEvent:
            if not event.style and not event.value:
                return Spot("scalar", anchor, anchor)
            style = event.style or ""
            return Spot("scalar", start, self.trimmed(start, end, style), style=style)
        spot = Spot("map" if kind is yaml.MappingStartEvent else "list", start, start, bool(event.flow_style))
        closing = yaml.MappingEndEvent if spot.kind == "map" else yaml.SequenceEndEvent
        at = start + 1 if spot.flow else start
        while (event := self.next()).__class__ is not closing:
            entry = self.entry(event) if spot.kind == "map" else self.item(event, at, spot.flow)
            spot.entries.append(entry)
            at = entry.value.end
        closed: Any = event.end_mark
        bracketed = spot.flow and self.text[spot.start] in "{["
        spot.end = closed.index if bracketed else at
        return spot

    def entry(self, key: Any) -> Entry:
        start, end = key.start_mark.index, key.end_mark.index
        colon = _COLON.match(self.text, end)
        anchor = colon.end() if colon else end
        return Entry(key.value, start, end, anchor, self.node(self.next(), anchor))

    def item(self, event: Any, at: int, flow: bool) -> Entry:
        if flow:
            start = event.start_mark.index
            return Entry(None, start, start, start, self.node(event, start))
        while self.text[at] != "-":  # only white space and comments stand before the dash
            at = line_end(self.text, at) if self.text[at] == "#" else at + 1
        return Entry(None, at, at + 1, at + 1, self.node(event, at + 1))

    def trimmed(self, start: int, end: int, style: str) -> int:
        """The end of a scalar: a block's last line break, and blank lines that mean nothing, are not part of it."""
        if style not in ("|", ">"):
            return end
        header = self.text[start : line_end(self.text, start)].partition("#")[0]
        if "+" in header:
            end -= self.text[end - 1 : end] in ("\n", "\r")
            return end - (self.text[end - 1 : end + 1] == "\r\n")
        return start + len(self.text[start:end].rstrip(" \t\r\n"))


def _blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _json(text: str, at: int) -> tuple[Spot, int]:
    opening = text[at]
    if opening == '"':
        end = _SCAN(text, at + 1, True)[1]
        return Spot("scalar", at, end, True, '"'), end
    if opening not in "{[":
        word = _JSON_WORD.match(text, at)
        end = word.end() if word else at
        return Spot("scalar", at, end, True), end
    spot = Spot("map" if opening == "{" else "list", at, at, True)
    end = _blank(text, at + 1)
    while text[end] not in "}]":
        start = end
        key = None
        if spot.kind == "map":
            key, end = _SCAN(text, start + 1, True)
        key_end = end
        anchor = _blank(text, end) + 1 if key is not None else start
        value, end = _json(text, _blank(text, anchor))
        spot.entries.append(Entry(key, start, key_end, anchor, value))
        end = _blank(text, end)
        if text[end] == ",":
            end = _blank(text, end + 1)
    spot.end = end + 1
    return spot, end + 1
