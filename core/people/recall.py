"""Who a secret belongs to, remembered while nothing changed: a request must not cost a look into the store."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from threading import Lock

from ..store.protocol import Store

__all__ = ["LOOK_AGAIN", "Entry", "Recall", "Who", "hash_of"]

LOOK_AGAIN = 0.25
"""Seconds until what other processes did is seen, over a store that is asked through a disk or a network."""
MOST = 5_000


@dataclass(frozen=True, slots=True)
class Who:
    """Whoever has come in: the account, the person's record, the roles, and what a token allows at most.

    ``session``: the id of the session's row, ``""`` with a token.
    """

    account: str
    person: str
    roles: frozenset[str]
    scopes: frozenset[str] | None = None
    session: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one secret. ``idle_at``: when it ends unless it is used; ``stale_at``: when its use is noted."""

    who: Who
    expires_at: datetime | None
    idle_at: datetime | None
    stale_at: datetime
    token: str = ""
    """The id of the token's row, where it is a token."""

    def holds(self, now: datetime) -> bool:
        """Whether it lets in now."""
        return (self.expires_at is None or now < self.expires_at) and (
            self.idle_at is None or now < self.idle_at
        )


class Recall:
    """The entries of one table by their hash, forgotten as soon as the table changes."""

    def __init__(self, store: Store, table: str, load: Callable[[str], Entry | None]) -> None:
        self._store, self._table, self._load = store, table, load
        self._known: dict[str, Entry] = {}
        self._revision = -1
        self._looked = 0.0
        self._lock = Lock()

    def at_hand(self, secret: str, now: datetime) -> Entry | None:
        """The entry where it is known without asking a store that has to be waited for."""
        if self._store.blocks:
            if time.monotonic() - self._looked >= LOOK_AGAIN:
                return None
        elif self._store.revision(self._table) != self._revision:
            return None
        entry = self._known.get(hash_of(secret))
        return entry if entry is not None and entry.holds(now) else None

    def ask(self, secret: str, now: datetime) -> Entry | None:
        """The entry, looked up in the store where it is not known; ``None``: lets nobody in."""
        key = hash_of(secret)
        with self._lock:
            revision = self._store.revision(self._table)
            if revision != self._revision or len(self._known) > MOST:
                self._known.clear()
                self._revision = revision
            self._looked = time.monotonic()
            entry = self._known.get(key)
            if entry is None:
                entry = self._load(key)
                if entry is not None:
                    self._known[key] = entry
        return entry if entry is not None and entry.holds(now) else None

    def forget(self) -> None:
        """Look again at the next request: something was just changed here."""
        with self._lock:
            self._revision, self._looked = -1, 0.0


def hash_of(secret: str) -> str:
    """What is kept of a secret of 256 random bits: such a one needs no salt and no slow hash."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
