"""Record and event ids: UUIDv7 texts, made here, in time order, so that no store needs a sequence."""

import os
import random
import re
import threading
import time

__all__ = ["is_id", "new_id"]

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_COUNTER_BITS = 12
_COUNTER = (1 << _COUNTER_BITS) - 1
_turn = threading.Lock()
_chance = random.Random(os.urandom(32))  # noqa: S311  (ids are told to everybody; they need to differ, no more)
_last = _begun = 0
_begin = ""

if hasattr(os, "register_at_fork"):  # a child process must not go on with the same chance as its parent
    os.register_at_fork(after_in_child=_chance.seed)


def new_id() -> str:
    """A new id, larger than every id this process made before: 36 characters of UUID version 7 (RFC 9562).

    The first 48 bits are milliseconds since 1970, the next 12 count on within a millisecond, 62 are random. A clock
    that is set back does not bring ids back: they go on counting from the latest one.
    """
    global _last, _begun, _begin  # noqa: PLW0603  (one counter per process is the point)
    with _turn:
        stamp = _last = max(_last + 1, time.time_ns() // 1_000_000 << _COUNTER_BITS)
        if stamp >> _COUNTER_BITS != _begun:  # an import takes many ids in one millisecond
            _begun = stamp >> _COUNTER_BITS
            text = f"{_begun:012x}"
            _begin = f"{text[:8]}-{text[8:]}-7"
        begin = _begin
    chance = _chance.getrandbits
    return f"{begin}{stamp & _COUNTER:03x}-{chance(14) | 0x8000:04x}-{chance(48):012x}"


def is_id(text: str) -> bool:
    """Whether a text looks like an id made here."""
    return len(text) == 36 and _ID.fullmatch(text) is not None
