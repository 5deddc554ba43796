"""Random files, random edits: the text says exactly the edit, and no comment is lost but those of what was deleted.

The files are written in every manner that people have, and whose each comment is, is known.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kehu.core.problems import Refused
from kehu.core.schema.loading import load
from kehu.core.schema.splicing import Document

EDITS = 40
"""of each file; 60 files make 2,400 edits."""


WORDS = ("客户", "name", "高价值客户", "a b", "负责人 owner", "x1", "微信号", "due date", "=NOW()", "甲、乙")
HARD = (
    "yes", "No", "1.10", "2026-03-01", "a: b", "a #b", "#x", "- x", "", " lead", "trail ", "it's", 'say "hi"',
    "back\\slash", "[a", "{a}", "a, b", "@me", "`x`", "%5", "|", ">", "&a", "*b", "!t", "?", "? q", ":", "-", "~",
    "null", "true", "0x1f", "1e3", "标签：客户", "a：b", "tab\there", "two\nlines", "三\n行\n文字\n", "\n\n", "x\n\n",
    " a\nb", "a \nb", "emoji 😀", "---", "...", "--- a", "\u2028", "a\u0085b", "'", '"', "\\", "12:30", ".5", "é\u200d",
)  # fmt: skip
KEYS = (
    "name",
    "label",
    "fields",
    "标签",
    "客户",
    "x_1",
    "when",
    "on",
    "yes",
    "a b",
    "k9",
    "type",
    "2026",
    "é",
)
LETTERS = "ab客户:#-'\"{}[],|>&*!%@`~ ：，\\\u2028\u0085😀é0."


def scalar(dice: Random) -> Any:
    """A value to put in."""
    made = (
        lambda: dice.choice(WORDS),
        lambda: dice.choice(HARD),
        lambda: "".join(dice.choices(LETTERS, k=dice.randint(0, 8))),
        lambda: dice.randint(-1000, 1000),
        lambda: dice.choice([0.5, 1.0, 1e22, -2.25, True, False, None]),
    )
    return dice.choice(made)()


def plain(dice: Random, depth: int = 2) -> Any:
    """A value to put in, also a map or a list."""
    kind = dice.choice(["scalar", "scalar", "list", "map"]) if depth else "scalar"
    if kind == "scalar":
        return scalar(dice)
    if kind == "list":
        return [plain(dice, depth - 1) for _ in range(dice.randint(0, 3))]
    return {key: plain(dice, depth - 1) for key in dice.sample(KEYS, dice.randint(0, 3))}


@dataclass(eq=False)
class Written:
    """A value of the file, and the comments that are its entry's own (``about``) or stand loose in it (``loose``)."""

    value: Any = None
    entries: list[tuple[str, "Written"]] = field(default_factory=list)
    kind: str = "scalar"
    about: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)

    def plain(self) -> Any:
        if self.kind == "map":
            return {key: entry.plain() for key, entry in self.entries}
        return [entry.plain() for _, entry in self.entries] if self.kind == "list" else self.value

    def comments(self) -> Iterator[str]:
        yield from self.about
        yield from self.inside()

    def owned(self) -> Iterator[str]:
        yield from self.about
        for _, entry in self.entries:
            yield from entry.owned()

    def inside(self) -> Iterator[str]:
        yield from self.loose
        for _, entry in self.entries:
            yield from entry.comments()

    def all(self, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], "Written"]]:
        yield path, self
        for i, (key, entry) in enumerate(self.entries):
            yield from entry.all((*path, key if self.kind == "map" else i))


def of_plain(value: Any) -> Written:
    """The same shape for a plain value."""
    if isinstance(value, dict):
        return Written(kind="map", entries=[(key, of_plain(inner)) for key, inner in value.items()])
    if isinstance(value, list):
        return Written(kind="list", entries=[("", of_plain(inner)) for inner in value])
    return Written(value)


class Writer:
    """Draws a file: ``text`` is what it reads, ``root`` what it says."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.number = 0
        self.step = dice.choice([2, 4])
        self.indentless = dice.random() < 0.5
        self.lines: list[str] = []
        self.ended = (Written(""), -1)
        """The last block of text, and how many lines there were after it."""
        self.root = Written(kind="map")
        if dice.random() < 0.5:
            self.lines.append(self.comment(self.root.loose))
        self.block(self.root, 0, 3, "", top=True)
        eol = dice.choice(["\n", "\r\n"])
        ending = dice.choice([eol, eol, ""])
        if not ending and self.ended[1] == len(
            self.lines
        ):  # a block without its last line break has none to keep
            self.ended[0].value = self.ended[0].value.removesuffix("\n")
        bom = dice.choice(["", "", "\ufeff"])
        self.text = bom + eol.join(line for piece in self.lines for line in piece.split("\n")) + ending

    def chance(self, of: int = 3) -> bool:
        return self.dice.randint(1, of) == 1

    def comment(self, owner: list[str]) -> str:
        self.number += 1
        text = f"# {self.dice.choice(['说明', 'a: b', '- x', '# q', 'it'])} ({self.number})"
        owner.append(text)
        return text

    def keys(self) -> list[str]:
        return self.dice.sample(KEYS, self.dice.randint(1, 4))

    def block(self, holder: Written, column: int, depth: int, first: str, top: bool = False) -> None:
        """Lines of a map or list; ``first`` stands before the first entry (``- ``), which is then on its line."""
        indent = " " * column
        keys = self.keys() if holder.kind == "map" else [""] * self.dice.randint(1, 3)
        for i, key in enumerate(keys):
            entry = Written()
            holder.entries.append((key, entry))
            if not (i == 0 and (first or top)):
                if self.chance(6):
                    self.lines += [indent + self.comment(holder.loose), ""]
                while self.chance():
                    self.lines.append(indent + self.comment(entry.about))
            elif self.chance(8) and i and not first:
                self.lines.append("")
            lead = (first if i == 0 and first else indent) + (
                f"{self.key(key)}:" if holder.kind == "map" else "-"
            )
            self.value(entry, lead, column, depth, holder.kind == "list")

    def key(self, key: str) -> str:
        return self.dice.choice([key, key, f'"{key}"', f"'{key}'"])

    def value(self, entry: Written, lead: str, column: int, depth: int, in_list: bool) -> None:
        kind = self.dice.choice(["scalar", "scalar", "lines", "map", "list", "flow"]) if depth else "scalar"
        trail = "  " + self.comment(entry.about) if self.chance(4) else ""
        below = column + (2 if in_list else self.step)
        if kind in ("map", "list"):
            entry.kind = kind
            if in_list and not trail and self.chance(2):
                self.block(entry, len(lead) + 1, depth - 1, lead + " ")
                below = len(lead) + 1
            else:
                self.lines.append(lead + trail)
                flat = kind == "list" and self.indentless and not in_list
                below = column if flat else below
                self.block(entry, below, depth - 1, "")
        elif kind == "flow":
            entry.kind = self.dice.choice(["map", "list"])
            pieces = self.flow(entry, depth - 1, below)
            self.lines.append(f"{lead} {pieces}{trail}")
        elif kind == "lines":
            entry.value, header, rows = self.dice.choice(_LINES)
            header = header.replace("2", str(below - column))
            if header[0] not in "|>":  # a comment would end the text, or be part of it
                entry.about[:] = [one for one in entry.about if one not in trail or not trail]
                trail = ""
            self.lines += [f"{lead} {header}{trail}", *(" " * below + row if row else "" for row in rows)]
            if header[0] in "|>":
                self.ended = (entry, len(self.lines))
        else:
            entry.value, text = self.scalar(False)
            self.lines.append(f"{lead} {text}{trail}" if text else lead + trail)
        if below > column + 1 and self.chance(6):
            self.lines.append(" " * (column + 1) + self.comment(entry.about))

    def scalar(self, in_brackets: bool) -> tuple[Any, str]:
        value = self.dice.choice([*WORDS, *HARD, *range(10), *[None] * 10])
        if value is None:
            return None, self.dice.choice(["null", "~"] if in_brackets else ["", "null", "~"])
        if not isinstance(value, str):
            return value, str(value)
        if value in WORDS and self.chance(2):
            return value, value
        if value.isprintable() and self.chance(2):
            return value, "'" + value.replace("'", "''") + "'"
        return value, json.dumps(value, ensure_ascii=not value.isprintable() and "😀" not in value)

    def flow(self, holder: Written, depth: int, column: int) -> str:
        several = self.chance(2)
        opening, closing = "{}" if holder.kind == "map" else "[]"
        keys = self.keys() if holder.kind == "map" else [""] * self.dice.randint(0, 3)
        text = opening
        for i, key in enumerate(keys):
            entry = Written()
            holder.entries.append((key, entry))
            if several:
                text += "\n" + " " * column
                if self.chance(8):
                    text += self.comment(holder.loose) + "\n\n" + " " * column
                if self.chance(5):
                    text += self.comment(entry.about) + "\n" + " " * column
            elif i:
                text += " "
            text += f"{self.key(key)}: " if holder.kind == "map" else ""
            if depth and self.chance(4):
                entry.kind = self.dice.choice(["map", "list"])
                text += self.flow(entry, depth - 1, column + 2)
            else:
                entry.value, written = self.scalar(True)
                text += written
            text += "," if i < len(keys) - 1 or self.chance(6) else ""
            if several and self.chance(5):
                text += "  " + self.comment(entry.about)
        return text + ("\n" + " " * (column - 1) if several else "") + closing


_LINES = (
    ("two\nlines\n", "|", ["two", "lines"]),
    ("two\nlines", "|-", ["two", "lines"]),
    ("第一行\n\n# not a comment\n", "|", ["第一行", "", "# not a comment"]),
    ("folded text\n", ">", ["folded", "text"]),
    ("kept\n\n", "|+", ["kept", ""]),
    ("  ahead\nx\n", "|2", ["  ahead", "x"]),
    ("over two lines", "over", ["two lines"]),
    ("quoted # no comment", '"quoted', ['# no comment"']),
)


def same(one: Any, other: Any) -> bool:
    return json.dumps(one) == json.dumps(other)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=True))
def test_a_random_edit_changes_what_it_says_and_nothing_else(dice: Random) -> None:
    written = Writer(dice)
    loaded = load(written.text, "a.yaml")
    assume(loaded.node is not None)
    document = Document(written.text, "a.yaml")
    assert same(document.plain, written.root.plain()), (written.text, document.plain, written.root.plain())
    for _ in range(EDITS):
        before = document.text
        root = written.root
        try:
            done = edit(dice, document, root)
        except Refused as refusal:
            assert document.text == before
            raise AssertionError(before) from refusal
        assert same(load(document.text, "a.yaml").node.plain(), root.plain()), (done, before, document.text)  # type: ignore[union-attr]
        found = Counter(part for part in root.comments() if part in document.text)
        assert found == Counter(root.comments()), (done, before, document.text)
        assert document.text.startswith("\ufeff") == before.startswith("\ufeff")
        if "\r\n" in before:
            assert document.text.count("\n") == document.text.count("\r\n")


def edit(dice: Random, document: Document, root: Written) -> str:
    """One edit, on the document and on the model of it; what was done."""
    before = document.text
    places = list(root.all())
    holders = [(path, one) for path, one in places if one.kind != "scalar"]
    full = [(path, one) for path, one in holders if one.entries]
    kind = dice.choice(["set", "set", "insert", "delete", "move", "rename"])
    if kind == "insert" or not full:
        return insert(dice, document, *dice.choice(holders))
    path, holder = dice.choice(full)
    at = dice.randint(0, len(holder.entries) - 1)
    key, one = holder.entries[at]
    step = (*path, key if holder.kind == "map" else at)
    if not path and kind in ("delete", "move"):
        return (
            "nothing"  # the first entry of a file may stand under the file's own comment: a test of its own
        )
    if kind == "delete":
        document.delete(step)
        del holder.entries[at]
        gone = list(
            one.owned()
        )  # a loose comment of a list that has gone empty may have become its neighbours'
        assert not [comment for comment in gone if comment in document.text], (
            step,
            gone,
            before,
            document.text,
        )
    elif kind == "move" and len(holder.entries) > 1:
        other = dice.choice([i for i in range(len(holder.entries)) if i != at])
        beside = holder.entries[other][0] if holder.kind == "map" else other
        after = dice.random() < 0.5
        if after:
            document.move(step, after=beside)
        else:
            document.move(step, before=beside)
        neighbour = holder.entries[other]
        del holder.entries[at]
        found = next(i for i, entry in enumerate(holder.entries) if entry is neighbour)
        holder.entries.insert(found + after, (key, one))
    elif kind == "rename" and holder.kind == "map":
        new = dice.choice([name for name in KEYS if name not in {name for name, _ in holder.entries}])
        document.rename(step, new)
        holder.entries[at] = (new, one)
    else:
        return change(dice, document, step, one)
    return f"{kind} {step}"


def insert(dice: Random, document: Document, path: tuple[Any, ...], holder: Written) -> str:
    taken = {name for name, _ in holder.entries}
    key = dice.choice([name for name in KEYS if name not in taken]) if holder.kind == "map" else None
    value = plain(dice)
    at = dice.randint(0, len(holder.entries))
    manner = dice.choice(["before", "after", "end"]) if holder.entries else "end"
    if manner == "end":
        at = len(holder.entries)
        document.insert(path, key, value)
    elif (manner == "before" and at < len(holder.entries)) or at == 0:
        document.insert(path, key, value, before=holder.entries[at][0] if holder.kind == "map" else at)
    else:
        document.insert(path, key, value, after=holder.entries[at - 1][0] if holder.kind == "map" else at - 1)
    holder.entries.insert(at, (key or "", of_plain(value)))
    return f"insert {path} {key} {value!r} {manner} {at}"


def change(dice: Random, document: Document, step: tuple[Any, ...], one: Written) -> str:
    """Set a value; refused only where that would lose a comment that stands inside the old one."""
    before, inside = document.text, list(one.inside())
    value = scalar(dice) if inside else plain(dice)
    try:
        document.set(step, value)
    except Refused:
        assert inside
        assert document.text == before
        return "refused"
    new = of_plain(value)
    new.loose = inside
    one.value, one.entries, one.kind, one.loose = new.value, new.entries, new.kind, new.loose
    return f"set {step} {value!r}"
