"""Sessions: that somebody has logged in, in one browser. The cookie has 256 random bits, the store only their hash."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from ..problems import Refused
from ..store.protocol import Store, Transaction
from .accounts import account_of
from .recall import Entry, Recall, Who, hash_of
from .tables import ACCOUNTS, SESSIONS, row_of

__all__ = ["AT_MOST", "IDLE", "Session", "Sessions"]

IDLE = timedelta(days=7)
"""A session that nobody used for so long has ended."""
AT_MOST = timedelta(days=30)
"""No session lasts longer."""
HALF = timedelta(minutes=10)
"""How long the second factor is waited for."""
NOTED = timedelta(minutes=10)
"""How exactly it is known when somebody was last seen: noting each request would make every page a write."""


@dataclass(frozen=True, slots=True)
class Session:
    """One session as its owner sees it: since when, last seen, from which address, with which browser."""

    id: str
    since: datetime
    seen_at: datetime
    address: str
    agent: str


class Sessions:
    """The sessions of a workspace."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.recall = Recall(store, SESSIONS.name, self._load)

    def begin(
        self,
        transaction: Transaction,
        account: str,
        now: datetime,
        address: str,
        agent: str,
        kind: str = "whole",
    ) -> str:
        """A new session, always with a new secret: what goes into the cookie. Ended ones are swept away."""
        for row in transaction.lookup(SESSIONS.name, "account", account):
            if row["expires_at"] <= now or row["seen_at"] + IDLE <= now:
                transaction.delete(SESSIONS.name, row["id"])
        secret = token_urlsafe(32)
        values = {
            "hash": hash_of(secret), "account": account, "kind": kind, "seen_at": now,
            "expires_at": now + (AT_MOST if kind == "whole" else HALF),
            "address": address[:60], "agent": agent[:200],
        }  # fmt: skip
        transaction.insert(SESSIONS.name, row_of(now, values, account))
        return secret

    def half(self, secret: str, now: datetime) -> tuple[str, str] | None:
        """(session's id, account's id) of somebody whose password was right and whose second factor is waited for."""
        for row in self._store.lookup(SESSIONS.name, "hash", hash_of(secret)):
            if row["kind"] == "half" and now < row["expires_at"]:
                return str(row["id"]), str(row["account"])
        return None

    def listed(self, account: str, now: datetime) -> list[Session]:
        """The sessions of an account that last, the one last seen first."""
        rows = self._store.lookup(SESSIONS.name, "account", account)
        lasting = [
            Session(
                str(row["id"]), row["created_at"], row["seen_at"], row["address"] or "", row["agent"] or ""
            )
            for row in rows
            if row["kind"] == "whole" and now < row["expires_at"] and now < row["seen_at"] + IDLE
        ]
        return sorted(lasting, key=lambda session: session.seen_at, reverse=True)

    @staticmethod
    def end(transaction: Transaction, id: str, account: str) -> None:
        """End one session of an account; nothing where there is none."""
        row = transaction.get(SESSIONS.name, id)
        if row is not None and row["account"] == account:
            transaction.delete(SESSIONS.name, id)

    @staticmethod
    def end_all(transaction: Transaction, account: str, but: str = "") -> None:
        """End all sessions of an account, ``but`` the one with this id."""
        for row in transaction.lookup(SESSIONS.name, "account", account):
            if row["id"] != but:
                transaction.delete(SESSIONS.name, row["id"])

    def note_seen(self, entry: Entry, now: datetime) -> None:
        """Note that somebody was seen just now. A store that cannot be written at the moment stops nobody."""
        with suppress(Refused), self._store.transaction() as transaction:
            if transaction.get(SESSIONS.name, entry.who.session) is not None:
                transaction.update(SESSIONS.name, entry.who.session, {"seen_at": now})
                transaction.update(ACCOUNTS.name, entry.who.account, {"seen_at": now})
        self.recall.forget()

    def _load(self, key: str) -> Entry | None:
        for row in self._store.lookup(SESSIONS.name, "hash", key):
            found = self._store.get(ACCOUNTS.name, row["account"])
            if row["kind"] != "whole" or found is None or found["state"] != "active":
                continue
            account = account_of(found)
            who = Who(account.id, account.person, account.roles, None, str(row["id"]))
            return Entry(who, row["expires_at"], row["seen_at"] + IDLE, row["seen_at"] + NOTED)
        return None
