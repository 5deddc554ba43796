"""API tokens: a key for a program, shown once. It may do what its person may, and no more than its scopes."""

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from ..problems import Problem, Refused
from ..store.protocol import Store, Transaction
from .accounts import account_of
from .recall import Entry, Recall, Who, hash_of
from .tables import ACCOUNTS, TOKENS, row_of

__all__ = ["SCOPES", "Token", "Tokens", "check_scopes"]

SCOPES = ("read", "write", "import", "export")
"""What a token may be for, beside ``ENTITY:read`` and ``ENTITY:write``."""
PREFIX = "kehu_"
MOST = 50
"""Tokens that one account may have at a time."""
LONGEST_NAME = 60
LONGEST = 3650
"""Days a token may last."""
NOTED = timedelta(hours=1)
_OF_ENTITY = re.compile(r"([a-z][a-z0-9_]*):(read|write)")


@dataclass(frozen=True, slots=True)
class Token:
    """One token as its owner sees it; ``start``: its first characters, to tell it from others."""

    id: str
    name: str
    start: str
    scopes: tuple[str, ...]
    since: datetime
    expires_at: datetime | None
    seen_at: datetime | None


class Tokens:
    """The tokens of a workspace."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.recall = Recall(store, TOKENS.name, self._load)

    def create(
        self,
        account: str,
        name: str,
        scopes: Collection[str],
        now: datetime,
        days: int | None,
        entities: Collection[str],
    ) -> str:
        """A new token: its text, which nobody will see again.

        ``days``: how long it lasts (``None``: until it is revoked). Raises :class:`Refused` for an empty name, unknown
        scopes, or too many tokens.
        """
        check_scopes(scopes, entities)
        name = " ".join(name.split())[:LONGEST_NAME]
        if not name:
            raise Refused([Problem("token_needs_a_name", field="name")])
        if days is not None and not 1 <= days <= LONGEST:
            raise Refused([Problem("token_days", {"most": LONGEST}, field="days")])
        secret = PREFIX + token_urlsafe(32)
        values = {
            "hash": hash_of(secret), "account": account, "name": name, "start": secret[:9],
            "scopes": sorted(set(scopes)), "expires_at": None if days is None else now + timedelta(days=days),
            "seen_at": None, "ended_at": None,
        }  # fmt: skip
        with self._store.transaction() as transaction:
            if (
                len(
                    [
                        row
                        for row in transaction.lookup(TOKENS.name, "account", account)
                        if not row["ended_at"]
                    ]
                )
                >= MOST
            ):
                raise Refused([Problem("token_too_many", {"most": MOST})])
            transaction.insert(TOKENS.name, row_of(now, values, account))
        self.recall.forget()
        return secret

    def listed(self, account: str) -> list[Token]:
        """The tokens of an account that were not revoked, newest first; expired ones stand among them."""
        rows = [row for row in self._store.lookup(TOKENS.name, "account", account) if row["ended_at"] is None]
        return [
            Token(
                str(row["id"]), row["name"], row["start"], tuple(row["scopes"] or ()), row["created_at"],
                row["expires_at"], row["seen_at"],
            )
            for row in reversed(rows)
        ]  # fmt: skip

    def revoke(self, account: str, id: str, now: datetime) -> None:
        """End one token of an account. Raises :class:`Refused` (``missing``) where there is none."""
        with self._store.transaction() as transaction:
            row = transaction.get(TOKENS.name, id)
            if row is None or row["account"] != account or row["ended_at"] is not None:
                raise Refused([Problem("no_such_token")], "missing")
            transaction.update(TOKENS.name, id, {"ended_at": now})
        self.recall.forget()

    @staticmethod
    def end_all(transaction: Transaction, account: str, now: datetime) -> None:
        """End all tokens of an account."""
        for row in transaction.lookup(TOKENS.name, "account", account):
            if row["ended_at"] is None:
                transaction.update(TOKENS.name, row["id"], {"ended_at": now})

    @staticmethod
    def touch(transaction: Transaction, account: str, now: datetime) -> None:
        """The account behind them changed: what is remembered of its tokens is looked up anew, here and elsewhere."""
        for row in transaction.lookup(TOKENS.name, "account", account):
            transaction.update(TOKENS.name, row["id"], {"changed_at": now})

    def note_seen(self, entry: Entry, now: datetime) -> None:
        """Note that it was used. A store that cannot be written at the moment stops nobody."""
        with suppress(Refused), self._store.transaction() as transaction:
            if transaction.get(TOKENS.name, entry.token) is not None:
                transaction.update(TOKENS.name, entry.token, {"seen_at": now})
        self.recall.forget()

    def _load(self, key: str) -> Entry | None:
        for row in self._store.lookup(TOKENS.name, "hash", key):
            found = self._store.get(ACCOUNTS.name, row["account"])
            if row["ended_at"] is not None or found is None or found["state"] != "active":
                continue
            account = account_of(found)
            who = Who(account.id, account.person, account.roles, frozenset(row["scopes"] or ()), "")
            stale = (row["seen_at"] or row["created_at"]) + (NOTED if row["seen_at"] else timedelta())
            return Entry(who, row["expires_at"], None, stale, str(row["id"]))
        return None


def check_scopes(scopes: Collection[str], entities: Collection[str]) -> None:
    """Raises :class:`Refused` naming the scopes there are, where one is none of them or none is given."""
    available = [*SCOPES, "ENTITY:read", "ENTITY:write"]
    for scope in scopes or [""]:
        of_entity = _OF_ENTITY.fullmatch(scope)
        if scope not in SCOPES and not (of_entity and of_entity[1] in entities):
            raise Refused(
                [
                    Problem(
                        "no_such_scope", {"name": scope[:60] or "–", "available": available}, field="scopes"
                    )
                ]
            )
