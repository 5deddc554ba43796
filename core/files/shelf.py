"""What is known of every file: its name, size, type, whose it is. An internal table beside the entities' own."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from ..store.protocol import SYSTEM_COLUMNS, Column, Store, Table, Transaction
from ..store.query import Row
from .storage import Storage

__all__ = [
    "LOOSE_FOR",
    "SHELF",
    "TABLE",
    "File",
    "State",
    "forget",
    "kept",
    "laid_down",
    "lost",
    "sweep",
    "tied",
]

TABLE = "kehu_file"
"""The table's name: no entity may be called so."""

State = Literal["loose", "tied", "removed"]
"""``loose``: uploaded, and named by no record yet · ``tied``: it belongs to a record · ``removed``: taken off its
timeline; nobody sees it any more.
"""

SHELF = Table(
    TABLE,
    (
        *SYSTEM_COLUMNS,
        Column("name", "text"),
        Column("size", "integer"),
        Column("type", "text"),
        Column("sha256", "text"),
        Column("state", "text", indexed=True),
        Column("entity", "text"),
        Column("record", "text", indexed=True),
        Column("field", "text"),
        Column("once", "text", indexed=True),
    ),
)
"""A file's row has its id, which is its key in the storage, too. ``created_by``: who uploaded it. ``field``: of the
record, ``None`` for a file on its timeline. ``once``: what tells the first sending of a form from its second.
"""

LOOSE_FOR = timedelta(days=1)
"""How long an upload waits for a record to name it."""

File = Row
"""A row of the table."""


def laid_down(transaction: Transaction, id: str, about: Mapping[str, Any], actor: str, now: datetime) -> File:
    """Write the row of a new loose file. ``about``: name, size, type, sha256, once."""
    row: File = {
        "id": id, "version": 1, "external_id": None, "created_at": now, "created_by": actor, "changed_at": now,
        "changed_by": actor, **about, "state": "loose", "entity": None, "record": None, "field": None,
    }  # fmt: skip
    transaction.insert(TABLE, row)
    return row


def tied(
    transaction: Transaction,
    file: File,
    entity: str,
    record: str,
    field: str | None,
    actor: str,
    now: datetime,
) -> None:
    """From now on the file belongs to this record's field, or to its timeline."""
    changes = {"state": "tied", "entity": entity, "record": record, "field": field}
    marks = {"version": file["version"] + 1, "changed_at": now, "changed_by": actor}
    transaction.update(TABLE, file["id"], changes | marks)


def kept(file: Mapping[str, Any]) -> dict[str, Any]:
    """What a field keeps of a file."""
    return {name: file[name] for name in ("id", "name", "size", "type")}


def sweep(store: Store, storage: Storage, now: datetime, orphans: bool = False) -> int:
    """Remove uploads that no record has named for a day; how many. Rows go first: what is left of a crash in between
    is a file without a row, which ``orphans`` looks for, too (it lists the whole storage).

    Files that a record has or once had stay: its history names them.
    """
    old = [row for row in store.lookup(TABLE, "state", "loose") if now - row["created_at"] > LOOSE_FOR]
    gone = []
    for row in old:
        with store.transaction() as transaction:
            again = transaction.get(TABLE, row["id"])
            if again is not None and again["state"] == "loose":  # nobody has named it meanwhile
                transaction.delete(TABLE, row["id"])
                gone.append(row["id"])
    for id in gone:
        storage.delete(id)
    return len(gone) + (_orphans(store, storage, now) if orphans else 0)


def _orphans(store: Store, storage: Storage, now: datetime) -> int:
    """Remove stored files that have no row, a day after they were put there: their upload was killed."""
    count = storage.tidy(now)
    for blob in storage.all():
        if now - blob.at > LOOSE_FOR and store.get(TABLE, blob.key) is None:
            storage.delete(blob.key)
            count += 1
    return count


def lost(store: Store, storage: Storage) -> list[str]:
    """The names of the files that are known and whose bytes are not in the storage."""
    there = {blob.key for blob in storage.all()}
    return [row["name"] for row in store.rows(TABLE) if row["id"] not in there]


def forget(store: Store, storage: Storage, entity: str, record: str) -> int:
    """Remove every file of a record for good, whatever its history names; how many. For erasing a person's data."""
    files = [row for row in store.lookup(TABLE, "record", record) if row["entity"] == entity]
    with store.transaction() as transaction:
        for file in files:
            transaction.delete(TABLE, file["id"])
    for file in files:
        storage.delete(file["id"])
    return len(files)
