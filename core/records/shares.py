"""Records that were shared with a person or a team, to be read or changed: kept beside the records, not among them."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..store.ids import new_id
from ..store.protocol import SYSTEM_COLUMNS, Column, Store, Table, Transaction

__all__ = ["SHARES", "Share", "Shares", "share", "shares_of", "unshare"]

Right = Literal["read", "change"]

SHARES = Table(
    "kehu_shares",
    (
        *SYSTEM_COLUMNS,
        Column("entity", "text"),
        Column("record", "text", indexed=True),
        Column("with_kind", "text"),
        Column("with_id", "text", indexed=True),
        Column("right", "text"),
    ),
)
"""Every share: which record, with whom (``user`` or ``team``), to ``read`` or to ``change``."""


@dataclass(frozen=True, slots=True)
class Share:
    """One share of a record. ``kind``: ``user`` or ``team``."""

    id: str
    kind: str
    with_: str
    right: Right


def shares_of(source: Store | Transaction, entity: str, record: str) -> list[Share]:
    """With whom a record is shared, oldest first."""
    rows = source.lookup(SHARES.name, "record", record)
    return [
        Share(row["id"], row["with_kind"], row["with_id"], row["right"])
        for row in rows
        if row["entity"] == entity
    ]


def share(
    transaction: Transaction, entity: str, record: str, kind: str, with_: str, right: Right, about: Any
) -> None:
    """Share a record, or change what an earlier share lets people do."""
    for known in shares_of(transaction, entity, record):
        if (known.kind, known.with_) == (kind, with_):
            transaction.update(
                SHARES.name, known.id, {"right": right, "changed_at": about.now, "changed_by": about.actor}
            )
            return
    transaction.insert(
        SHARES.name,
        {
            "id": new_id(), "version": 1, "external_id": None, "created_at": about.now, "created_by": about.actor,
            "changed_at": about.now, "changed_by": about.actor, "entity": entity, "record": record,
            "with_kind": kind, "with_id": with_, "right": right,
        },
    )  # fmt: skip


def unshare(transaction: Transaction, entity: str, record: str, id: str | None = None) -> None:
    """Take back one share of a record, or all of them."""
    for known in shares_of(transaction, entity, record):
        if id is None or known.id == id:
            transaction.delete(SHARES.name, known.id)


class Shares:
    """What is shared with whom, kept at hand while nobody shares anything."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._stamp = -1
        self._known: Mapping[tuple[str, str], Mapping[str, list[tuple[str, str]]]] = {}

    @property
    def stamp(self) -> int:
        """Another one as soon as something was shared or taken back."""
        return self._store.revision(SHARES.name)

    def ids(self, entity: str, rights: Iterable[str], person: str, teams: Iterable[str]) -> frozenset[str]:
        """The records of an entity that are shared with this person or these teams, with one of these rights."""
        with self._lock:
            if (stamp := self.stamp) != self._stamp:
                self._known, self._stamp = self._asked(), stamp
        wanted = frozenset(rights)
        whose = [("user", person), *(("team", team) for team in teams)]
        return frozenset(
            record
            for each in whose
            for record, right in self._known.get(each, {}).get(entity, ())
            if right in wanted
        )

    def _asked(self) -> Mapping[tuple[str, str], Mapping[str, list[tuple[str, str]]]]:
        found: dict[tuple[str, str], dict[str, list[tuple[str, str]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for row in self._store.rows(SHARES.name):
            found[row["with_kind"], row["with_id"]][row["entity"]].append((row["record"], row["right"]))
        return found
