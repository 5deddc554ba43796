"""Searching all entities at once: the newest few of each that this person may see, and where the words stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..context import Context
from ..problems import Refused
from ..store.query import Row
from ..store.tokens import Sought, sought
from .records import Records

__all__ = ["Found", "Hit", "Piece", "marked", "search"]

NOTES = 3
"""So many texts of a record stand beside its title."""

Piece = tuple[str, bool]
"""A part of a text, and whether it is what was looked for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found: its title and its other searched texts, those with the words first."""

    id: str
    title: str
    notes: tuple[tuple[str, str], ...]
    """(field, text)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one entity. ``more``: there are others."""

    entity: str
    hits: tuple[Hit, ...]
    more: bool


def search(records: Records, context: Context, text: str, each: int) -> Iterator[Found]:
    """At most ``each`` records of every entity that this person may read, entity by entity; empty ones are left out."""
    asked = sought(text)
    if not asked:
        return
    for name, entity in records.catalog.entities.items():
        try:
            page = records.find(context, name, search=text, limit=each, fields=(entity.title_field,))
        except Refused as refusal:
            if refusal.status != "forbidden":
                raise
            continue
        if page.rows:
            yield Found(name, tuple(_hit(records, context, name, row, asked) for row in page.rows), page.more)


def marked(text: str, asked: Sequence[Sought]) -> tuple[Piece, ...]:
    """The text in pieces: those that were looked for, and those between. What is found by its pinyin has none."""
    plain = text.casefold()
    if len(plain) != len(text):  # a letter became two: the places would not be the text's
        return ((text, False),)
    hits = [False] * len(text)
    for word in asked:
        for start, end in _places(plain, word):
            hits[start:end] = [True] * (end - start)
    pieces: list[Piece] = []
    begin = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or hits[place] != hits[begin]:
            pieces.append((text[begin:place], hits[begin]))
            begin = place
    return tuple(pieces)


def _places(plain: str, word: Sought) -> Iterator[tuple[int, int]]:
    before = after = ""
    if word.text.isascii():
        before, after = r"(?<![^\W_])", "" if word.prefix else r"(?![^\W_])"
    for match in re.finditer(before + re.escape(word.text) + after, plain):
        yield match.span()
    if word.tail:
        at = [place for place, letter in enumerate(plain) if letter.isdecimal()]
        digits = "".join(plain[place] for place in at)
        if digits.endswith(word.text):
            yield at[-len(word.text)], at[-1] + 1
        elif digits.startswith(word.text):
            yield at[0], at[len(word.text) - 1] + 1


def _hit(records: Records, context: Context, name: str, row: Row, asked: Sequence[Sought]) -> Hit:
    entity = records.catalog.entities[name]
    noted = [
        (field, entity.fields[field].display(row[field], context.language))
        for field in records.plan(name).table.search
        if field != entity.title_field and row.get(field)
    ]
    noted.sort(key=lambda note: len(marked(note[1], asked)) < 2)
    return Hit(row["id"], str(row.get(entity.title_field) or row["id"]), tuple(noted[:NOTES]))
