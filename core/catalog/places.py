"""Where in the files a piece of a merged definition was written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..problems import Place, Problem
from .merging import Merged

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

    def in_formula(self, problem: Problem, kind: str, name: str, *path: str | int) -> Problem:
        """A problem inside a formula, put where that part of the formula stands in its file.

        The problem's values give ``column`` (from 1) and ``width`` within the formula.
        """
        one = self.merged.get((kind, name))
        if one is None:
            return problem
        node = one.node.at(path)
        column, width = int(problem.values.get("column", 1)), int(problem.values.get("width", 1))
        quoted = isinstance(node.value, str) and not node.written
        marked = isinstance(node.value, str) and node.value.startswith("=")
        shift = column - 1 + int(quoted) + int(marked)
        place = replace(node.place, column=node.place.column + shift, width=max(1, width))
        return replace(problem, place=place)
