"""The same edits on plain values: what the changed text has to say."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from .rendering import Plain

__all__ = ["Step", "changed", "inserted", "moved", "renamed", "same", "without"]

Step = str | int
"""A key of a map; in a list a position, or the name of an item (``Node.below`` says which item that is)."""


def same(one: Plain, other: Plain) -> bool:
    """Whether two values are written alike: also the order of keys, and 1 is not 1.0 or true."""
    return json.dumps(one) == json.dumps(other)


def changed(plain: Plain, steps: Sequence[Step], change: Callable[[Any], Plain]) -> Plain:
    """A copy of plain values with what stands at ``steps`` changed."""
    if not steps:
        return change(plain)
    if isinstance(plain, dict):
        return {
            key: changed(value, steps[1:], change) if key == steps[0] else value
            for key, value in plain.items()
        }
    return [changed(value, steps[1:], change) if i == steps[0] else value for i, value in enumerate(plain)]


def inserted(old: Any, at: int, key: str | None, value: Plain) -> Plain:
    """With a new entry (or item: ``key`` is ``None``) at a position."""
    if isinstance(old, list):
        return [*old[:at], value, *old[at:]]
    entries = list(old.items())
    return dict([*entries[:at], (key, value), *entries[at:]])


def without(old: Any, step: Step) -> Plain:
    """Without an entry or item."""
    if isinstance(old, list):
        return [value for i, value in enumerate(old) if i != step]
    return {key: value for key, value in old.items() if key != step}


def moved(old: Any, source: int, target: int) -> Plain:
    """With the entry at one position moved to another."""
    entries = list(old.items()) if isinstance(old, dict) else list(old)
    entries.insert(target, entries.pop(source))
    return dict(entries) if isinstance(old, dict) else entries


def renamed(old: Any, step: Step, key: str) -> Plain:
    """With another key for one entry."""
    return {key if name == step else name: value for name, value in old.items()}
