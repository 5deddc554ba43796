"""A text read, and what stands where a path leads."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...problems import Refused
from ..loading import load
from ..nodes import Node
from .layout import Entry, Spot, comment_spans, layout
from .values import Step

__all__ = ["Found", "Read", "found_at", "read_text"]


@dataclass(frozen=True, slots=True)
class Read:
    """A text and what was found in it."""

    text: str
    node: Node
    faults: tuple[str, ...]
    root: Spot
    comments: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Found:
    """What a path leads to: the value, the entry it stands in, and the value that holds the entry."""

    spot: Spot
    node: Node
    entry: Entry | None = None
    holder: Spot | None = None
    at: int = 0


def read_text(text: str, file: str) -> Read:
    """The text read; raises :class:`Refused` with what :func:`load` finds when nothing of it can be."""
    loaded = load(text, file)
    if loaded.node is None:
        raise Refused(loaded.problems)
    root = layout(text, file.endswith(".json"))
    faults = tuple(problem.code for problem in loaded.problems)
    return Read(text, loaded.node, faults, root, comment_spans(text, root))


def found_at(read: Read, steps: Sequence[Step]) -> Found:
    """What a path of keys and positions leads to; the path must exist."""
    found = Found(read.root, read.node)
    for step in steps:
        entries = found.spot.entries
        at = (
            step if isinstance(step, int) else next(i for i, entry in enumerate(entries) if entry.key == step)
        )
        below = found.node.below(step)
        assert below is not None
        found = Found(entries[at].value, below, entries[at], found.spot, at)
    return found
