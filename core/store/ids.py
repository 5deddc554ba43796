"""Record and event ids: UUIDv7 texts, made here, in time order, so that no store needs a sequence."""

import os
import re

import uuid_utils

__all__ = ["is_id", "new_id"]

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")

if hasattr(os, "register_at_fork"):  # a child process must not go on with the same chance as its parent
    os.register_at_fork(after_in_child=uuid_utils.reseed_rng)


def new_id() -> str:
    """A new id, larger than every id this process made before: 36 characters of UUID version 7 (RFC 9562).

    The first 48 bits are milliseconds since 1970, then comes a counter, then chance. A clock that is set back does not
    bring ids back: they go on counting from the latest one.
    """
    return str(uuid_utils.uuid7())


def is_id(text: str) -> bool:
    """Whether a text looks like an id made here."""
    return len(text) == 36 and _ID.fullmatch(text) is not None
