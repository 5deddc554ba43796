"""How often a login may be tried: by account and by address, kept in the store so that a restart forgets nothing."""

from datetime import datetime, timedelta
from hashlib import sha256

from ..problems import Problem, Refused
from ..store.protocol import Store, Transaction
from .tables import ATTEMPTS, row_of

__all__ = ["Limits"]

SPAN = timedelta(minutes=15)
BY_ACCOUNT = 8
"""Wrong passwords or codes for one account within the span."""
BY_ADDRESS = 40
"""Tries from one address within the span: an office shares one."""


class Limits:
    """Counts tries before they are looked at, so that many at the same moment are no way around."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def take(self, email: str, address: str, now: datetime) -> None:
        """One more try. Raises :class:`Refused` (``too_many_tries``, with the minutes to wait) where it is too many.

        An e-mail address that nobody has counts like any other: the answer tells nothing.
        """
        with self._store.transaction() as transaction:
            waits = [
                self._one_more(transaction, f"account {email}", BY_ACCOUNT, now),
                self._one_more(transaction, f"address {address}", BY_ADDRESS, now),
            ]
        wait = max(waits)
        if wait:
            raise Refused(
                [Problem("too_many_tries", {"minutes": -(-int(wait.total_seconds()) // 60)})], "forbidden"
            )

    def forgive(self, transaction: Transaction, email: str) -> None:
        """The account's count begins anew: whoever tried got in."""
        for row in transaction.lookup(ATTEMPTS.name, "key", _key(f"account {email}")):
            transaction.delete(ATTEMPTS.name, row["id"])

    def _one_more(self, transaction: Transaction, about: str, most: int, now: datetime) -> timedelta:
        key = _key(about)
        known = transaction.lookup(ATTEMPTS.name, "key", key)
        row = known[0] if known else None
        if row is None:
            values = {"key": key, "count": 1, "until": now + SPAN}
            transaction.insert(ATTEMPTS.name, row_of(now, values))
            return timedelta()
        if row["until"] <= now:
            transaction.update(ATTEMPTS.name, row["id"], {"count": 1, "until": now + SPAN})
            return timedelta()
        if row["count"] >= most:
            return row["until"] - now  # type: ignore[no-any-return]
        transaction.update(ATTEMPTS.name, row["id"], {"count": row["count"] + 1})
        return timedelta()


def _key(about: str) -> str:
    """A hash: what people typed for an e-mail address may be a password."""
    return sha256(about.encode("utf-8", "replace")).hexdigest()
