"""Where in the files a piece of a merged definition was written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..problems import Place, Problem
from .merging import REMOVE, Merged

__all__ = ["Where"]


@dataclass(frozen=True, slots=True)
class Where:
    """Finds places by the kind and name of a definition and the path inside it."""

    merged: Mapping[tuple[str, str], Merged]

    def place(self, kind: str, name: str, *path: str | int, on_key: bool = False) -> Place | None:
        """The place of the value at this path (of its key, with ``on_key``); of the nearest thing above, if need be."""
        one = self.merged.get((kind, name))
        if one is None:
            return None
        node = one.node.at(path)
        return (node.key_place if on_key else None) or node.place

    def word(self, word: str, kind: str, name: str, *path: str | int, last: bool = False) -> Place | None:
        """The place of a word within the text at this path, ``customer`` in ``deal.customer``; of the key, where the
        word is the key. ``last``: of its last occurrence.
        """
        one = self.merged.get((kind, name))
        if one is None:
            return None
        node = one.node.at(path)
        if path[-1:] == (word,) and node.key_place is not None and node is not one.node.at(path[:-1]):
            return node.key_place
        text = str(node.value) if isinstance(node.value, str) else ""
        found = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
        if not found or text == word:
            return node.place
        return node.inside(found[-1 if last else 0], len(word))

    def taken_out(self, kind: str, name: str, *path: str) -> Place | None:
        """Where a layer took out what stood at this path, if one did."""
        one = self.merged.get((kind, name))
        for _, layer in reversed(one.layers if one is not None else ()):
            node = layer.at(path)
            if node.value == REMOVE and node.key_place is not None:
                return node.key_place
        return None

    def in_formula(self, problem: Problem, kind: str, name: str, *path: str | int) -> Problem:
        """A problem inside a formula, put where that part of the formula stands in its file.

        The problem's values give ``column`` (from 1) and ``width`` within the formula.
        """
        one = self.merged.get((kind, name))
        if one is None:
            return problem
        node = one.node.at(path)
        column, width = int(problem.values.get("column", 1)), int(problem.values.get("width", 1))
        marked = isinstance(node.value, str) and node.value.startswith("=")
        place = node.inside(column - 1 + int(marked), max(1, width))
        return replace(problem, place=place)
