"""Requests that were answered, by the key that their sender gave them: a retry gets the answer of the first time.

They stand in a table of their own for a day, so that a busy interface does not fill the memory for ever. A key is the
sender's: somebody else's request with the same one is another.
"""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any

from ..context import Context
from ..problems import Problem, Refused
from ..store.ids import new_id
from ..store.protocol import SYSTEM_COLUMNS, Column, Table, Transaction
from ..store.query import Query, Sort

__all__ = ["KEPT", "REQUESTS", "answered", "remember"]

KEPT = timedelta(hours=24)
"""How long a key is known."""

GOING = 2
"""Old ones that go with each one that comes: more than come, so that they do not pile up."""

REQUESTS = Table(
    "_request",
    (
        *SYSTEM_COLUMNS,
        Column("key", "text", indexed=True),
        Column("record", "text"),
        Column("asked", "text"),
    ),
)
"""Every answered request: whose, for which entity and with which key; which record it made; a digest of its values."""


def answered(
    transaction: Transaction, context: Context, entity: str, key: str, values: Mapping[str, Any]
) -> str | None:
    """The id of the record that a request with this key made, or ``None``.

    Raises :class:`Refused` (``conflict``) where it had other values: somebody would take an old record for a new one.
    """
    for row in transaction.lookup(REQUESTS.name, "key", _key(context, entity, key)):
        if row["created_at"] + KEPT > context.now:
            if row["asked"] != _digest(values):
                raise Refused([Problem("key_used_before", {"key": key})], "conflict")
            return str(row["record"])
        transaction.delete(REQUESTS.name, row["id"])
    return None


def remember(
    transaction: Transaction, context: Context, entity: str, key: str, values: Mapping[str, Any], record: str
) -> None:
    """Know from now on which record the request made; a few that nobody will ask for any more are forgotten."""
    for row in transaction.find(Query(REQUESTS.name, sort=(Sort("id"),), limit=GOING)):
        if row["created_at"] + KEPT <= context.now:
            transaction.delete(REQUESTS.name, row["id"])
    row = {
        "id": new_id(), "version": 1, "external_id": None, "created_at": context.now, "created_by": context.actor,
        "changed_at": context.now, "changed_by": context.actor,
        "key": _key(context, entity, key), "record": record, "asked": _digest(values),
    }  # fmt: skip
    transaction.insert(REQUESTS.name, row)


def _key(context: Context, entity: str, key: str) -> str:
    return f"{context.actor} {entity} {key}"


def _digest(values: Mapping[str, Any]) -> str:
    """What tells one request from another: the values as they were given."""
    return sha256(repr(sorted(values.items(), key=lambda item: item[0])).encode()).hexdigest()[:16]
