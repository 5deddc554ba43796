"""Where people's ways in are kept: tables of the store's own, beside the entities' and never among them.

Their names begin with an underscore, which no entity's may: no API, search, export or formula reaches them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from ..store.ids import new_id
from ..store.protocol import Column, Table, Transaction
from ..store.query import Event, Row

__all__ = ["ACCOUNTS", "ATTEMPTS", "LINKS", "SESSIONS", "TABLES", "TOKENS", "note_event", "row_of"]

ACCOUNTS = Table(
    "_account",
    (
        Column("person", "text", indexed=True),
        Column("email", "text", indexed=True),
        Column("state", "text"),
        Column("roles", "list"),
        Column("password", "text"),
        Column("secret", "text"),
        Column("step", "integer"),
        Column("recovery", "list"),
        Column("seen_at", "datetime"),
    ),
)
"""``state``: invited, active or disabled; ``email`` in small letters; ``secret``: of the second factor, with ``step``
the last moment whose code was used, and ``recovery`` the hashes of codes that stand in for it."""

SESSIONS = Table(
    "_session",
    (
        Column("hash", "text", indexed=True),
        Column("account", "text", indexed=True),
        Column("kind", "text"),
        Column("seen_at", "datetime"),
        Column("expires_at", "datetime"),
        Column("address", "text"),
        Column("agent", "text"),
    ),
)
"""``kind``: ``whole``, or ``half`` while the second factor is still asked for."""

TOKENS = Table(
    "_token",
    (
        Column("hash", "text", indexed=True),
        Column("account", "text", indexed=True),
        Column("name", "text"),
        Column("start", "text"),
        Column("scopes", "list"),
        Column("expires_at", "datetime"),
        Column("seen_at", "datetime"),
        Column("ended_at", "datetime"),
    ),
)

LINKS = Table(
    "_link",
    (
        Column("hash", "text", indexed=True),
        Column("account", "text", indexed=True),
        Column("kind", "text", indexed=True),
        Column("expires_at", "datetime"),
    ),
)
"""``kind``: ``invite``, ``reset`` or ``setup``. A link that was used is no longer there."""

ATTEMPTS = Table(
    "_attempt",
    (Column("key", "text", indexed=True), Column("count", "integer"), Column("until", "datetime")),
)


class Noted(Protocol):
    """What an event needs of an account."""

    @property
    def id(self) -> str: ...
    @property
    def email(self) -> str: ...


TABLES = (ACCOUNTS, SESSIONS, TOKENS, LINKS, ATTEMPTS)
"""All of them: whoever copies a whole store copies these as well."""


def row_of(now: datetime, values: Mapping[str, Any], by: str = "system") -> Row:
    """A whole row of one of these tables, with its system columns."""
    return {
        "id": new_id(),
        "version": 1,
        "external_id": None,
        "created_at": now,
        "created_by": by,
        "changed_at": now,
        "changed_by": by,
        **values,
    }


def note_event(
    transaction: Transaction, account: Noted, kind: str, now: datetime, by: str, reason: str | None = None
) -> None:
    """Write down in the event log what became of an account: ``login``, ``disabled``, ``roles`` …

    It belongs to the table ``_account`` and carries the e-mail address, never a secret.
    """
    transaction.log(
        Event(
            id=new_id(),
            at=now,
            table=ACCOUNTS.name,
            record=account.id,
            kind=kind,
            version=0,
            actor=by,
            door="page",
            changes={"email": [None, account.email]},
            definitions="",
            batch=new_id(),
            reason=reason,
        )
    )
