"""A text and its edits: each made, read again, and taken only when it says what it should."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from ...problems import Place, Problem, Refused
from ..loading import load
from ..nodes import Node
from . import values
from .chunks import Block, Brackets, taken_apart
from .found import Found, found_at, read_text
from .layout import line_end, line_start, manner
from .rendering import Plain, block, entry_lines, flow, item_lines, key_text, parts, scalar
from .values import Step

__all__ = ["Document"]

BOM = "\ufeff"


class Document:
    """The text of a definition file, to be edited by paths. Every method raises :class:`Refused`, nothing changed.

    ``file`` is its name as problems show it; ``.json`` makes it JSON, anything else YAML. A text that cannot be
    read is refused with the problems that :func:`~.loading.load` finds.
    """

    def __init__(self, text: str | bytes, file: str) -> None:
        whole = load(text, file)
        if whole.node is None:
            raise Refused(whole.problems)
        self.file = file
        self.before = text.decode("utf-8") if isinstance(text, bytes) else text
        """The text as it was given: what :func:`write` expects to find on disk. ``""`` for a new file."""
        self._bom = BOM if self.before.startswith(BOM) else ""
        bare = self.before.removeprefix(BOM)
        self._eol = "\r\n" if "\r\n" in bare[: bare.find("\n") + 1] else "\n"
        self._json = file.endswith(".json")
        self._now = read_text(bare, file)

    @classmethod
    def read(cls, path: Path, file: str | None = None) -> Self:
        """The document in a file. ``file``: what to call it in problems, else its name."""
        return cls(path.read_bytes(), file or path.name)

    @classmethod
    def of(cls, definition: Mapping[str, Plain], file: str) -> Self:
        """A new document that says this definition."""
        if file.endswith(".json"):
            text = json.dumps(definition, ensure_ascii=False, indent=2) + "\n"
        else:
            text = "".join(f"{line}\n" for line in block(definition, 2, depth=0))
        document = cls(text, file)
        if document.plain != definition:
            raise Refused([Problem("edit_cannot_keep", {"path": ""}, Place(file))])
        document.before = ""
        return document

    @property
    def text(self) -> str:
        """The text as it is now, with its byte-order mark where it had one."""
        return self._bom + self._now.text

    @property
    def node(self) -> Node:
        """The tree of the text as it is now."""
        return self._now.node

    @property
    def plain(self) -> Any:
        """What the text says, as plain values."""
        return self._now.node.plain()

    def set(self, path: Sequence[Step], value: Plain) -> None:
        """Give what stands at ``path`` another value, or add the key at the end of its map.

        A map over a map, or a list over a list, changes only what differs.
        """
        steps = self._positions(path, may_be_new=True)
        with self._all_or_nothing():
            self._set(steps, value)

    def insert(
        self,
        path: Sequence[Step],
        key: str | None,
        value: Plain,
        *,
        before: Step | None = None,
        after: Step | None = None,
    ) -> None:
        """Add an entry to the map at ``path``, or an item (``key`` is ``None``) to the list there.

        ``before`` or ``after``: the key, position or name of a neighbour; without them it goes to the end.
        """
        steps = self._positions(path)
        found = self._at(steps)
        names = self._names(found, steps)
        if (key is None) != isinstance(names, range) or (key is not None and key in names):
            raise self._refused("edit_already_there" if key in names else "edit_nowhere", [*path, key or ""])
        at = len(names)
        if before is not None or after is not None:
            neighbour = self._beside(found, path, before if before is not None else after)
            at = neighbour + (before is None)
        expected = values.changed(self.plain, steps, lambda old: values.inserted(old, at, key, value))
        with self._all_or_nothing():
            self._close()
            self._accept(self._with_entry(self._at(steps), steps, at, key, value, before is None), expected)

    def delete(self, path: Sequence[Step]) -> None:
        """Take out the entry or item at ``path``, and the comments that are its own."""
        steps = self._positions(path)
        if not steps:
            raise self._refused("edit_nowhere", path)
        found, above = self._at(steps), self._at(steps[:-1])
        pieces = self._pieces(above)
        lost = pieces.lost(found.at, self._now.comments)
        pieces.delete(found.at)
        expected = values.changed(self.plain, steps[:-1], lambda old: values.without(old, steps[-1]))
        if pieces.entries or above.spot.flow:
            text = pieces.spliced(self._now.text)
        else:
            text = self._emptied(above, pieces.start, pieces.end, "{}" if above.spot.kind == "map" else "[]")
        self._accept(text, expected, lost)

    def move(self, path: Sequence[Step], *, before: Step | None = None, after: Step | None = None) -> None:
        """Put the entry or item at ``path`` before or after another of the same map or list."""
        steps = self._positions(path)
        if not steps:
            raise self._refused("edit_nowhere", path)
        above = self._at(steps[:-1])
        source = self._at(steps).at
        neighbour = self._beside(above, path[:-1], before if before is not None else after)
        target = neighbour + (before is None) - (source < neighbour + (before is None))
        expected = values.changed(self.plain, steps[:-1], lambda old: values.moved(old, source, target))
        with self._all_or_nothing():
            self._close()
            pieces = self._pieces(self._at(steps[:-1]))
            pieces.move(source, target)
            self._accept(pieces.spliced(self._now.text), expected)

    def rename(self, path: Sequence[Step], key: str) -> None:
        """Give the entry at ``path`` another key; its place and its comments stay."""
        steps = self._positions(path)
        entry = self._at(steps).entry
        above = self._at(steps[:-1]).node.value
        if entry is None or not isinstance(above, dict):
            raise self._refused("edit_nowhere", path)
        if key in above:
            raise self._refused("edit_already_there", [*path[:-1], key])
        first = self._now.text[entry.start]
        quote = first if first in "'\"" else ""
        written = key_text(key, quote, True, self._json)
        expected = values.changed(self.plain, steps[:-1], lambda old: values.renamed(old, steps[-1], key))
        self._accept(self._spliced(entry.start, entry.key_end, written), expected)

    # inside

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        before = self._now
        try:
            yield
        except Refused:
            self._now = before
            raise

    def _close(self) -> None:
        """Let a block of text at the end of a file that has no last line break keep its value when lines follow."""
        text, spot = self._now.text, self._now.root
        while spot.entries:
            spot = spot.entries[-1].value
        if spot.style in ("|", ">") and line_end(text, spot.end) == len(text):
            header = text[spot.start : line_end(text, spot.start)]
            mark, hash_, comment = header.partition("#")
            closed = mark[0] + "-" + mark[1:].replace("-", "").replace("+", "")
            self._accept(
                self._spliced(spot.start, spot.start + len(header), closed + hash_ + comment), self.plain
            )

    def _refused(self, code: str, path: Sequence[Step]) -> Refused:
        return Refused([Problem(code, {"path": ".".join(map(str, path))}, Place(self.file))])

    def _positions(self, path: Sequence[Step], may_be_new: bool = False) -> list[Step]:
        """The path with items of lists by position. ``may_be_new``: its last key need not exist."""
        steps: list[Step] = []
        node = self._now.node
        for i, step in enumerate(path):
            below = node.below(step)
            if below is None:
                if (
                    may_be_new
                    and i == len(path) - 1
                    and isinstance(node.value, dict)
                    and isinstance(step, str)
                ):
                    return [*steps, step]
                raise self._refused("edit_nowhere", path)
            steps.append(node.value.index(below) if isinstance(node.value, list) else step)
            node = below
        return steps

    def _at(self, steps: Sequence[Step]) -> Found:
        return found_at(self._now, steps)

    def _names(self, found: Found, path: Sequence[Step]) -> Sequence[str] | range:
        value = found.node.value
        if isinstance(value, dict):
            return list(value)
        if isinstance(value, list):
            return range(len(value))
        raise self._refused("edit_nowhere", path)

    def _beside(self, found: Found, path: Sequence[Step], neighbour: Step | None) -> int:
        below = found.node.below(neighbour) if neighbour is not None else None
        if below is None:
            raise self._refused("edit_nowhere", [*path, neighbour or ""])
        value = found.node.value
        if isinstance(value, list):
            return next(i for i, item in enumerate(value) if item is below)
        return next(i for i, entry in enumerate(found.spot.entries) if entry.key == neighbour)

    def _pieces(self, found: Found) -> Block | Brackets:
        spot = found.spot
        if spot.flow and self._now.text[spot.start] not in "{[":
            raise self._refused("edit_cannot_keep", [])
        return taken_apart(self._now.text, spot, self._now.comments, self._eol, spot is self._now.root)

    def _spliced(self, start: int, end: int, text: str) -> str:
        return self._now.text[:start] + text + self._now.text[end:]

    def _emptied(self, found: Found, start: int, end: int, brackets: str) -> str:
        """The text with a block taken out, and ``brackets`` where its value may begin."""
        text = self._now.text
        if found.entry is None or text[line_start(text, start) : start].strip():
            return self._spliced(start, end, brackets + self._eol)
        anchor = found.entry.anchor
        return f"{text[:anchor]} {brackets}{text[anchor:start]}{text[end:]}"

    def _with_entry(
        self, found: Found, steps: Sequence[Step], at: int, key: str | None, value: Plain, after: bool
    ) -> str:
        spot = found.spot
        if not spot.entries and not spot.flow:
            raise self._refused("edit_cannot_keep", steps)
        pieces = self._pieces(found)
        if spot.flow:
            written = flow(value, self._json)
            lines = [f"{key_text(key, '', True, self._json)}: {written}" if key is not None else written]
        else:
            prefer = manner(spot, at)
            depth = len(steps)
            lines = (
                entry_lines(key, value, self._step, prefer, depth)
                if key is not None
                else item_lines(value, self._step, prefer, depth)
            )
        pieces.insert(at, lines, after and at > 0)
        return pieces.spliced(self._now.text)

    @property
    def _step(self) -> int:
        """By how many columns the file indents what stands below a key; 2 where it never does."""
        text = self._now.text
        for entry in self._now.root.entries:
            if entry.value.kind == "map" and not entry.value.flow:
                first = entry.value.entries[0].start
                return max(1, first - line_start(text, first) - (entry.start - line_start(text, entry.start)))
        return 2

    def _set(self, steps: list[Step], value: Plain) -> None:
        above = self._at(steps[:-1]) if steps else None
        if above is not None and isinstance(above.node.value, dict) and steps[-1] not in above.node.value:
            self.insert(steps[:-1], str(steps[-1]), value)
            return
        found = self._at(steps)
        old = found.node.value
        if isinstance(old, dict) and old and isinstance(value, Mapping) and value:
            self._set_map(steps, old, value)
        elif isinstance(old, list) and old and isinstance(value, (list, tuple)) and value:
            for i, item in enumerate(value):
                if i < len(old):
                    self._set([*steps, i], item)
                else:
                    self.insert(steps, None, item)
            for i in range(len(old) - 1, len(value) - 1, -1):
                self.delete([*steps, i])
        elif not values.same(old if not isinstance(old, (dict, list)) else found.node.plain(), value):
            expected = values.changed(self.plain, steps, lambda _: value)
            self._accept(self._replaced(found, value, len(steps) - 1), expected)

    def _set_map(self, steps: list[Step], old: Mapping[str, Node], value: Mapping[str, Plain]) -> None:
        kept = [key for key in old if key in value]
        if not kept:  # nothing stays, so there is nothing to hold on to: add first, as a map is never empty
            kept = list(old)
        for key in value:
            if key in old:
                self._set([*steps, key], value[key])
            else:
                self.insert(steps, key, value[key])
        for key in old:
            if key not in value:
                self.delete([*steps, key])
        order = list(value)
        for i, key in enumerate(order):
            now: list[str] = list(self._at(steps).node.plain())
            if now[i] != key:
                self.move([*steps, key], before=now[i])

    def _replaced(self, found: Found, value: Plain, depth: int) -> str:
        """The text with another value in the place of one."""
        text, spot = self._now.text, found.spot
        entry = found.entry
        if entry is None or found.holder is None or found.holder.flow:
            return self._spliced(spot.start, spot.end, self._in_brackets(found, value))
        quote = spot.style if spot.kind == "scalar" else ""
        prefer = "flow" if spot.flow else "block" if spot.kind != "scalar" else manner(found.holder, found.at)
        beside, below = parts(value, self._step, entry.anchor - entry.start + 1, prefer, quote, depth)
        column = entry.start - line_start(text, entry.start)
        inner = column + (self._step if entry.key is not None else 2)
        lines = "".join(self._eol + (" " * inner + line if line else "") for line in below)
        if spot.kind != "scalar" and not spot.flow:
            return self._over_block(found, beside, lines)
        start, end = spot.start, line_end(text, spot.end)
        behind = text[spot.end : end]
        if spot.style in ("|", ">"):
            header = text[start : line_end(text, start)]
            behind = "  #" + header.partition("#")[2] if "#" in header else behind
        between = text[entry.anchor : start]
        if "\n" in between and beside:
            return text[:start] + beside + behind + lines + text[end:]
        if "\n" in between:
            between = ""
        gap = (between or " ") if beside else ""
        return text[: entry.anchor] + gap + beside + behind + lines + text[end:]

    def _over_block(self, found: Found, beside: str, lines: str) -> str:
        """The text with a block of lines replaced by another value."""
        assert found.entry is not None
        text, anchor = self._now.text, found.entry.anchor
        pieces = Block(text, found.spot, self._eol, False)
        end = pieces.end - (0 if pieces.open_end else len(self._eol))
        start = anchor if pieces.compact else pieces.start - len(self._eol)
        return text[:anchor] + (" " + beside if beside else "") + text[anchor:start] + lines + text[end:]

    def _in_brackets(self, found: Found, value: Plain) -> str:
        spot = found.spot
        if isinstance(value, (Mapping, list, tuple)):
            written = flow(value, self._json)
        else:
            written = scalar(value, spot.style, True, self._json)
        before = self._now.text[spot.start - 1 : spot.start]
        return " " + written if before in (":", "-") and not self._json else written

    def _accept(self, text: str, expected: Any, lost: Sequence[tuple[int, int]] = ()) -> None:
        """Take the new text, if it says what is expected and has every comment but those that go."""
        old = self._now
        try:
            new = read_text(text, self.file)
        except (Refused, IndexError, AttributeError):
            raise self._refused("edit_cannot_keep", []) from None
        comments = Counter(old.text[start:end].rstrip() for start, end in old.comments)
        comments -= Counter(old.text[start:end].rstrip() for start, end in lost)
        kept = Counter(new.text[start:end].rstrip() for start, end in new.comments)
        if not values.same(new.node.plain(), expected) or comments != kept or new.faults != old.faults:
            raise self._refused("edit_cannot_keep", [])
        self._now = new
