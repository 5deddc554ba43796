"""The headings of a table: on which line they stand, and a name for every column, doubled and empty ones too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

__all__ = ["Headings", "headed", "named"]

LOOKED = 20
"""Lines among which the headings are looked for."""


@dataclass(frozen=True, slots=True)
class Headings:
    """``line``: where they end; ``names``: one for every column, all different; ``titled``: the places of those that
    really have a heading.
    """

    line: int
    names: tuple[str, ...]
    titled: frozenset[int]


def headed(rows: Iterable[tuple[int, Sequence[Any]]]) -> Headings:
    """Find the headings of (line, cells): the first row, or the one below a title that stands alone.

    A sheet with three columns or more often has its title, or a note, in one cell above the headings.
    """
    first = [(line, [_text(cell) for cell in cells]) for line, cells in islice(rows, LOOKED)]
    first = [(line, cells) for line, cells in first if any(cells)]
    if not first:
        return Headings(1, (), frozenset())
    place = next((at for at, (_, cells) in enumerate(first) if _filled(cells) > 1), 0)
    if _filled(first[place][1]) < 3 or not any(_filled(cells) > 1 for _, cells in first[place + 1 :]):
        place = 0  # one or two columns, or no rows below: a lone cell may well be the heading
    line, cells = first[place]
    return named(line, cells)


def named(line: int, cells: Sequence[str]) -> Headings:
    """The headings of these cells: one that another has gets a number, and so does an empty one."""
    width = max((place + 1 for place, cell in enumerate(cells) if cell), default=0)
    width = max(width, len(cells))
    taken: dict[str, None] = {}
    given = {cell for cell in cells if cell}
    for place in range(width):
        cell = cells[place] if place < len(cells) else ""
        name, number = cell or f"#{place + 1}", 1
        while name in taken or (number > 1 and name in given):
            number += 1
            name = f"{cell or f'#{place + 1}'} ({number})"
        taken[name] = None
    return Headings(line, tuple(taken), frozenset(p for p, cell in enumerate(cells) if cell))


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell) for cell in cells)


def _text(cell: Any) -> str:
    text = " ".join(str(cell).split()) if cell is not None else ""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "'") else text
