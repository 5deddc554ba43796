"""Record and event ids: UUIDv7 texts, made here, in time order, so that no store needs a sequence."""

import os
import re
import threading
from uuid import UUID

import uuid_utils

__all__ = ["go_on_after", "is_id", "new_id"]

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")

if hasattr(os, "register_at_fork"):  # a child process must not go on with the same chance as its parent
    os.register_at_fork(after_in_child=uuid_utils.reseed_rng)


_floor = ""
_turn = threading.Lock()


def new_id() -> str:
    """A new id, larger than every id this process made or was told of before: 36 characters of UUID version 7.

    The first 48 bits are milliseconds since 1970 (RFC 9562), then comes a counter, then chance. A clock that is set
    back does not bring ids back: they go on counting from the latest one.
    """
    made = str(uuid_utils.uuid7())
    return made if made > _floor else _above_the_floor()


def go_on_after(id: str) -> None:
    """From now on ids are larger than this one, which somebody made before: the last of a store that is opened.

    So the order of ids holds although the clock was set back while no process was there to notice.
    """
    global _floor  # noqa: PLW0603  (one clock for the process, whatever stores it opens)
    with _turn:
        if is_id(id) and id > _floor:
            _floor = id


def _above_the_floor() -> str:
    """While the clock is behind: the floor and a little more, by chance, is the new floor."""
    global _floor  # noqa: PLW0603
    with _turn:
        number = UUID(_floor).int
        before, tail = number >> 62, number & (1 << 62) - 1
        tail += 1 + int.from_bytes(os.urandom(4))
        if tail >> 62:  # the next millisecond
            before, tail = (before >> 18) + 1 << 18 | 7 << 14 | 2, tail & (1 << 62) - 1
        _floor = str(UUID(int=before << 62 | tail))
        return _floor


def is_id(text: str) -> bool:
    """Whether a text looks like an id made here."""
    return len(text) == 36 and _ID.fullmatch(text) is not None
