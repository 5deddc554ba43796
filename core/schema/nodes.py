"""A definition file as a tree in which every value still knows where it was written, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Union

from ..problems import Place

__all__ = ["Node", "Scalar"]

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a definition file.

    ``place`` is where the value stands, ``key_place`` where its key stands (when it is in a map), ``layer``
    who wrote it: ``core``, ``plugin:customers``, ``template`` or ``workspace``. ``written`` is a plain value
    as it was typed (``1.10`` is the number 1.1, but was typed with a zero); ``""`` for maps, lists and
    quoted texts. ``raw`` is a text over several lines as it stands in the file, quotes and all; else ``""``.
    """

    value: Union[Scalar, "dict[str, Node]", "list[Node]"]
    place: Place
    key_place: Place | None = None
    layer: str = "workspace"
    written: str = ""
    raw: str = ""

    def inside(self, offset: int, width: int = 1) -> Place:
        """The place of a character of a text, counted from 0; of a text over several lines, on its own line."""
        if not self.raw:
            quoted = isinstance(self.value, str) and not self.written
            return replace(self.place, column=self.place.column + offset + int(quoted), width=width)
        text, raw = str(self.value), self.raw
        left = sum(not character.isspace() for character in text[:offset])
        at = raw.index("\n") + 1 if raw[0] in "|>" else int(raw[0] in "'\"")
        while at < len(raw) - 1 and (
            left or raw[at].isspace()
        ):  # where lines were folded, only letters count
            left -= not raw[at].isspace()
            at += 1
        above = raw.count("\n", 0, at)
        column = at - raw.rfind("\n", 0, at) if above else self.place.column + at
        return replace(self.place, line=self.place.line + above, column=column, width=width)

    def plain(self) -> Any:
        """The value alone: str, int, float, bool, None, dict and list."""
        value = self.value
        if isinstance(value, dict):
            return {key: node.plain() for key, node in value.items()}
        if isinstance(value, list):
            return [node.plain() for node in value]
        return value

    def at(self, path: Sequence[str | int]) -> "Node":
        """The deepest node there is on this path: itself when nothing of the path exists.

        In a list, a text finds the item that is this text, or the map whose first value is this text.
        """
        node = self
        for step in path:
            below = node.below(step)
            if below is None:
                return node
            node = below
        return node

    def below(self, step: str | int) -> "Node | None":
        """The node one step down, or ``None``."""
        value = self.value
        if isinstance(value, dict):
            return value.get(step) if isinstance(step, str) else None
        if not isinstance(value, list):
            return None
        if isinstance(step, int):
            return value[step] if 0 <= step < len(value) else None
        return next((item for item in value if item.is_named(step)), None)

    def is_named(self, name: str) -> bool:
        """Whether this is the text ``name``, or a map whose first value is it (an item of a list that has
        names).
        """
        if isinstance(self.value, dict):
            return next((node.value == name for node in self.value.values()), False)
        return self.value == name
