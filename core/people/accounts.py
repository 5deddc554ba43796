"""Accounts: who may come in, with which e-mail address and which roles. Each belongs to one person's record."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast
from unicodedata import normalize

from ..problems import Problem, Refused
from ..schema.role import OWNER
from ..store.protocol import Store, Transaction
from ..store.query import Query, Row
from .tables import ACCOUNTS, row_of

__all__ = ["OWNER_ROLE", "Account", "Accounts", "State", "account_of", "email_of"]

State = Literal["invited", "active", "disabled"]

OWNER_ROLE = OWNER
"""The role that may do everything; somebody always has it."""

MOST = 10_000
_EMAIL = re.compile(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\"]+\.?[^\s@<>,;\".]+")


@dataclass(frozen=True, slots=True)
class Account:
    """One account as it stands. ``person``: the id of its ``user`` record; ``secret``: of the second factor."""

    id: str
    person: str
    email: str
    state: State
    roles: frozenset[str]
    password: str | None
    secret: str | None
    step: int
    recovery: tuple[str, ...]
    seen_at: datetime | None

    @property
    def is_owner(self) -> bool:
        """Whether it may do everything, and really can come in."""
        return OWNER_ROLE in self.roles and self.state == "active"


class Accounts:
    """The accounts of a workspace."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Account]:
        """Every account, oldest first."""
        return [account_of(row) for row in self._store.rows(ACCOUNTS.name)]

    def any(self) -> bool:
        """Whether there is one: from then on a login is asked for."""
        return bool(self._store.find(Query(ACCOUNTS.name, limit=1)))

    def get(self, id: str) -> Account:
        """One account. Raises :class:`Refused` (``missing``)."""
        row = self._store.get(ACCOUNTS.name, id)
        if row is None:
            raise Refused([Problem("no_such_account", {"email": id[:80]})], "missing")
        return account_of(row)

    def by_email(self, email: str) -> Account | None:
        """The account of an e-mail address as people type it."""
        rows = self._store.lookup(ACCOUNTS.name, "email", _plain(email))
        return account_of(rows[0]) if rows else None

    def by_person(self, person: str) -> Account | None:
        """The account of a person's record."""
        rows = self._store.lookup(ACCOUNTS.name, "person", person)
        return account_of(rows[0]) if rows else None

    def named(self, email: str) -> Account:
        """The account of an e-mail address. Raises :class:`Refused` (``missing``)."""
        found = self.by_email(email)
        if found is None:
            raise Refused([Problem("no_such_account", {"email": email[:80]}, field="email")], "missing")
        return found

    @staticmethod
    def add(
        transaction: Transaction, person: str, email: str, roles: Collection[str], now: datetime, by: str
    ) -> Account:
        """Make an account, invited. Raises :class:`Refused` where the address or the person has one already."""
        plain = email_of(email)
        if transaction.lookup(ACCOUNTS.name, "email", plain):
            raise Refused([Problem("email_taken", {"email": plain}, field="email")], "conflict")
        if transaction.lookup(ACCOUNTS.name, "person", person):
            raise Refused([Problem("person_has_account", {"email": plain}, field="person")], "conflict")
        values = {
            "person": person, "email": plain, "state": "invited", "roles": sorted(roles), "password": None,
            "secret": None, "step": 0, "recovery": [], "seen_at": None,
        }  # fmt: skip
        row = row_of(now, values, by)
        transaction.insert(ACCOUNTS.name, row)
        return account_of(row)

    @staticmethod
    def set(transaction: Transaction, account: Account, now: datetime, by: str, **values: object) -> None:
        """Change an account. Raises :class:`Refused` where nobody would be left who may do everything."""
        row = transaction.get(ACCOUNTS.name, account.id)
        if row is None:
            raise Refused([Problem("no_such_account", {"email": account.email})], "missing")
        after = account_of({**row, **values})
        was = OWNER_ROLE in account_of(row).roles and row["state"] != "disabled"
        if was and (OWNER_ROLE not in after.roles or after.state == "disabled"):
            others = transaction.find(Query(ACCOUNTS.name, limit=MOST))
            if not any(account_of(other).is_owner for other in others if other["id"] != account.id):
                raise Refused([Problem("last_owner", {"email": account.email})], "conflict")
        changes = {**values, "version": row["version"] + 1, "changed_at": now, "changed_by": by}
        transaction.update(ACCOUNTS.name, account.id, changes)


def account_of(row: Row) -> Account:
    """The account that a row holds."""
    return Account(
        id=str(row["id"]),
        person=str(row["person"]),
        email=str(row["email"]),
        state=cast("State", row["state"]),
        roles=frozenset(row["roles"] or ()),
        password=row["password"],
        secret=row["secret"],
        step=int(row["step"] or 0),
        recovery=tuple(row["recovery"] or ()),
        seen_at=row["seen_at"],
    )


def email_of(text: str) -> str:
    """An e-mail address as it is kept. Raises :class:`Refused` where it is none."""
    plain = _plain(text)
    if len(plain) > 254 or _EMAIL.fullmatch(plain) is None:
        raise Refused([Problem("not_an_email_address", {"given": text[:80]}, field="email")])
    return plain


def _plain(text: str) -> str:
    return normalize("NFKC", text).strip().casefold()
