"""Links that let somebody in once: an invitation, a forgotten password, the very first start."""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Literal

from ..problems import Problem, Refused
from ..store.protocol import Store, Transaction
from .recall import hash_of
from .tables import LINKS, row_of

__all__ = ["LASTS", "Kind", "Links"]

Kind = Literal["invite", "reset", "setup"]

LASTS = {"invite": timedelta(days=7), "reset": timedelta(hours=24), "setup": timedelta(hours=1)}
"""How long a link leads somewhere; it does so once."""


class Links:
    """The links that still lead somewhere. Only their hashes are kept: a link is shown when it is made, never again."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @staticmethod
    def make(transaction: Transaction, kind: Kind, account: str, now: datetime, by: str) -> str:
        """A new link's secret; an older one of the same kind for the same account leads nowhere from now on."""
        Links.forget(transaction, account, kind)
        for row in transaction.lookup(LINKS.name, "kind", kind):
            if row["expires_at"] <= now:
                transaction.delete(LINKS.name, row["id"])
        secret = token_urlsafe(32)
        values = {"hash": hash_of(secret), "kind": kind, "account": account, "expires_at": now + LASTS[kind]}
        transaction.insert(LINKS.name, row_of(now, values, by))
        return secret

    def account_of(self, kind: Kind, secret: str, now: datetime) -> str:
        """The id of the account a link is for. Raises :class:`Refused` (``missing``), for all that are over."""
        for row in self._store.lookup(LINKS.name, "hash", hash_of(secret)):
            if row["kind"] == kind and now < row["expires_at"]:
                return str(row["account"] or "")
        raise Refused([Problem("link_is_over")], "missing")

    @staticmethod
    def use(transaction: Transaction, kind: Kind, secret: str, now: datetime) -> str:
        """As :meth:`account_of`, and the link is gone."""
        for row in transaction.lookup(LINKS.name, "hash", hash_of(secret)):
            if row["kind"] == kind and now < row["expires_at"]:
                transaction.delete(LINKS.name, row["id"])
                return str(row["account"] or "")
        raise Refused([Problem("link_is_over")], "missing")

    @staticmethod
    def forget(transaction: Transaction, account: str, *kinds: Kind) -> None:
        """The links of an account lead nowhere from now on; no kind named: none of them."""
        for row in transaction.lookup(LINKS.name, "account", account):
            if not kinds or row["kind"] in kinds:
                transaction.delete(LINKS.name, row["id"])
