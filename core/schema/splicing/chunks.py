"""A map or a list of a file taken apart into entries with their own comments, and put together again.

A comment belongs to an entry when it stands on its lines, directly above it in the same column, or below it further
in than its key. Every other comment belongs to nobody and stays where it is.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from .layout import Spot, line_end, line_start

__all__ = ["Block", "Brackets", "taken_apart"]

Spans = Sequence[tuple[int, int]]


def taken_apart(text: str, spot: Spot, spans: Spans, eol: str, is_root: bool = False) -> "Block | Brackets":
    """The pieces of a map or list. ``spans``: where the comments are; ``eol``: how the file ends its lines."""
    if spot.flow:
        return Brackets(text, spot, spans, eol)
    return Block(text, spot, eol, is_root)


class Block:
    """Entries on lines of their own. ``start`` and ``end``: the part of the text that they fill."""

    def __init__(self, text: str, spot: Spot, eol: str, is_root: bool) -> None:
        self.eol = eol
        first = spot.entries[0].start
        line = line_start(text, first)
        self.column = first - line
        self.compact = text[line:first].strip() != ""
        """Whether it begins behind the dash of the list it stands in: ``- a: 1``."""
        bounds: list[tuple[int, int]] = []
        for i, entry in enumerate(spot.entries):
            floor = bounds[-1][1] if bounds else 0
            start = entry.start if self.compact and not i else self._own_start(text, entry.start, floor)
            if is_root and not i and not start:  # the comment at the top of a file is the file's
                start = line
            ceiling = spot.entries[i + 1].start if i + 1 < len(spot.entries) else len(text)
            bounds.append((start, self._own_end(text, entry.value.end, ceiling)))
        self.bounds = bounds
        self.start, self.end = bounds[0][0], bounds[-1][1]
        self.open_end = text[self.end - 1 : self.end] not in ("\n", "\r")
        self.entries = [text[start:end] for start, end in bounds]
        self.gaps = [text[end:start] for (_, end), (start, _) in pairwise(bounds)]
        if self.compact:
            self.entries[0] = " " * self.column + self.entries[0]
        if self.open_end:
            self.entries[-1] += eol
        self.last = self.entries[-1]

    def delete(self, at: int) -> None:
        """Take an entry out; of the blank lines around it, one set stays."""
        del self.entries[at]
        around = self.gaps[max(at - 1, 0) : at + 1]
        del self.gaps[max(at - 1, 0) : at + 1]
        blank = not "".join(around).strip()
        if 0 < at < len(self.entries):
            self.gaps.insert(at - 1, max(around, key=len) if blank else "".join(around))
        elif self.entries and not blank and at == 0:
            self.entries[0] = around[0] + self.entries[0]
        elif self.entries and not blank:
            self.entries[-1] += around[0]

    def insert(self, at: int, lines: Sequence[str], after: bool) -> None:
        """Put a new entry at a position; ``after``: it stands close behind the one before it."""
        indent = " " * self.column
        spaced = bool(self.gaps) and all(re.fullmatch(r"[ \t]*\r?\n", gap) for gap in self.gaps)
        gap = self.eol if spaced else ""
        self.entries.insert(at, "".join(f"{indent}{line}".rstrip() + self.eol for line in lines))
        self.gaps.insert(at - 1 if after else at, gap)

    def move(self, source: int, target: int) -> None:
        """Move an entry to another position, its comments with it."""
        self.entries.insert(target, self.entries.pop(source))

    def spliced(self, text: str) -> str:
        """The whole text with these entries in the place of the old ones."""
        joined = "".join(gap + entry for gap, entry in zip(["", *self.gaps], self.entries, strict=True))
        before = text[: self.start]
        if self.compact and joined.lstrip(" ").startswith("#"):  # a comment stays above what it is about
            before = before.rstrip(" ") + self.eol
        elif self.compact:
            joined = joined.removeprefix(" " * self.column)
        if self.open_end and self.entries[-1] == self.last:
            joined = joined.removesuffix(self.eol)
        return before + joined + text[self.end :]

    def lost(self, at: int, spans: Spans) -> list[tuple[int, int]]:
        """The comments that go when an entry is deleted."""
        start, end = self.bounds[at]
        return [span for span in spans if start <= span[0] < end]

    def _own_start(self, text: str, at: int, floor: int) -> int:
        start = line_start(text, at)
        while start > floor:
            above = line_start(text, start - (2 if text[start - 2 : start] == "\r\n" else 1))
            row = text[above : line_end(text, above)]
            if above < floor or not row.startswith(" " * self.column + "#"):
                break
            start = above
        return start

    def _own_end(self, text: str, at: int, ceiling: int) -> int:
        end = at = _next_line(text, at)
        while at < ceiling:
            row = text[at : line_end(text, at)]
            bare = row.lstrip(" ")
            if bare.startswith("#") and len(row) - len(bare) > self.column:
                end = _next_line(text, at)
            elif bare.strip():
                break
            at = _next_line(text, at)
        return end


class Brackets:
    """Entries inside brackets, on one line or several."""

    def __init__(self, text: str, spot: Spot, spans: Spans, eol: str) -> None:
        self.eol = eol
        self.start, self.end = spot.start, spot.end
        self._text, self._spans = text, spans
        self.entries: list[tuple[str, str, str]] = []
        """(own comment lines above, the entry, the comment behind it)."""
        self.leads: list[str] = []
        """What stands before each: white space, and comments that are nobody's."""
        self.bounds: list[tuple[int, int]] = []
        self.trailing = False
        at = spot.start + 1
        self.head = ""
        for i, entry in enumerate(spot.entries):
            comment, lead, own, _ = self._gap(at, entry.start)
            if i:
                self.entries[-1] = (*self.entries[-1][:2], comment)
            else:
                self.head = comment
            self.leads.append(lead)
            self.entries.append((own, text[entry.start : entry.value.end], ""))
            self.bounds.append((entry.start - len(own), entry.value.end))
            at = entry.value.end
        behind, lead, own, comma = self._gap(at, spot.end - 1)
        self.tail = lead + own
        if self.entries:
            self.entries[-1] = (*self.entries[-1][:2], behind)
            self.trailing = comma
        else:
            self.head = behind

    def delete(self, at: int) -> None:
        """Take an entry out, with one comma."""
        del self.entries[at]
        lead = self.leads.pop(min(max(at, 1), len(self.leads) - 1))
        if "#" in lead:
            self.tail = lead + self.tail.lstrip(" ")
        if not self.entries:
            self.trailing = False

    def insert(self, at: int, lines: Sequence[str], after: bool) -> None:
        """Put a new entry at a position."""
        del after
        first = self.leads[0] if self.leads else ""
        usual = self.leads[1] if len(self.leads) > 1 else first if "\n" in first else " "
        if "#" in usual:
            usual = self.eol + usual.rpartition("\n")[2]
        self.leads.insert(min(max(at, 1), len(self.leads)), usual if self.leads else "")
        self.entries.insert(at, ("", lines[0], ""))

    def move(self, source: int, target: int) -> None:
        """Move an entry to another position, its comments with it."""
        self.entries.insert(target, self.entries.pop(source))

    def spliced(self, whole: str) -> str:
        """The whole text with these entries in the place of the old ones."""
        text = whole[: self.start + 1] + self.head
        in_comment = "#" in self.head
        last = len(self.entries) - 1
        for i, (own, entry, behind) in enumerate(self.entries):
            lead = self.leads[i]
            if in_comment and "\n" not in lead.partition("#")[0]:
                lead = self._new_line(lead)
            if own and "\n" not in lead:
                lead = self._new_line(lead)
            text += lead + own + entry + ("," if i < last or self.trailing else "") + behind
            in_comment = "#" in behind
        tail = self.tail
        if in_comment and "\n" not in tail.partition("#")[0]:
            tail = self._new_line(tail)
        return text + tail + whole[self.end - 1 :]

    def lost(self, at: int, spans: Spans) -> list[tuple[int, int]]:
        """The comments that go when an entry is deleted."""
        start, end = self.bounds[at]
        behind = len(self.entries[at][2].strip())
        until = self._text.find(self.entries[at][2].strip(), end) + behind if behind else end
        return [span for span in spans if start <= span[0] < until]

    def _new_line(self, text: str) -> str:
        line = line_start(self._text, self.start)
        row = self._text[line:]
        return self.eol + " " * (len(row) - len(row.lstrip(" ")) + 2) + text.lstrip(" ")

    def _gap(self, start: int, end: int) -> tuple[str, str, str, bool]:
        """(comment behind the entry before, white space, own comments of the next entry, was there a comma)."""
        spans = [span for span in self._spans if start <= span[0] < end]
        at = start
        comma = -1
        while at < end:
            span = next((span for span in spans if span[0] == at), None)
            if span is not None:
                at = span[1]
                continue
            if self._text[at] == ",":
                comma = at
                break
            at += 1
        text = self._text[start:end]
        if comma >= 0:
            text = self._text[start:comma] + self._text[comma + 1 : end]
        if not spans:
            return "", text, "", comma >= 0
        line = re.match(r"[ \t]*#[^\r\n]*", text)
        behind = line[0] if line else ""
        rest = text[len(behind) :]
        found = re.search(r"#[^\r\n]*(?:\r?\n[ \t]*#[^\r\n]*)*\r?\n[ \t]*$", rest)
        own = found[0] if found else ""
        return behind, rest[: len(rest) - len(own)], own, comma >= 0


def _next_line(text: str, at: int) -> int:
    end = line_end(text, at)
    return end + 2 if text[end : end + 2] == "\r\n" else min(end + 1, len(text))
