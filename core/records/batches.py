"""What is remembered of imports: which there were and what came of them, and where columns went last time.

They are notes of the store: each is written in the transaction of the rows it tells of, so that it is never wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any, Literal

from ..problems import Problem, Refused
from ..store.protocol import Store, Transaction

__all__ = ["Batch", "batch_of", "batches", "keep_batch", "keep_columns", "known_columns"]

KEPT = 200
"""Imports that are listed and can be undone."""

_LIST = "imports"


@dataclass(frozen=True, slots=True)
class Batch:
    """One import. ``first`` and ``last``: ids before and after all of its events; ``at``: ISO 8601, UTC.

    ``kept``: records and fields that an undo left as they were.
    """

    batch: str
    entity: str
    file: str
    actor: str
    at: str
    first: str
    last: str
    state: Literal["running", "done", "stopped", "undoing", "undone"] = "running"
    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    kept: int = 0

    def now(self, **changes: Any) -> "Batch":
        """The same import further on."""
        return replace(self, **changes)


def keep_batch(transaction: Transaction, batch: Batch) -> None:
    """Write down how an import stands."""
    listed: list[str] = transaction.note(_LIST) or []
    if batch.batch not in listed:
        transaction.set_note(_LIST, [*listed, batch.batch][-KEPT:])
        for forgotten in [*listed, batch.batch][:-KEPT]:
            transaction.set_note(f"import {forgotten}", None)
    transaction.set_note(f"import {batch.batch}", asdict(batch))


def batch_of(store: Store, batch: str) -> Batch:
    """One import. Raises :class:`Refused` (``missing``)."""
    found = store.note(f"import {batch}")
    if found is None:
        raise Refused([Problem("import_unknown_batch", {"batch": batch[:40]})], "missing")
    return Batch(**found)


def batches(store: Store, entity: str | None = None) -> list[Batch]:
    """The imports there were, newest first."""
    found = (store.note(f"import {batch}") for batch in reversed(store.note(_LIST) or []))
    return [Batch(**each) for each in found if each is not None and entity in (None, each["entity"])]


def keep_columns(
    transaction: Transaction, entity: str, columns: Sequence[str], to: Mapping[str, str]
) -> None:
    """Remember where the columns of such a file go: a heading that goes nowhere, too."""
    key, fields = _key(entity, columns), {column: to.get(column, "") for column in columns}
    if transaction.note(key) != fields:
        transaction.set_note(key, fields)


def known_columns(store: Store, entity: str, columns: Sequence[str]) -> dict[str, str]:
    """Where the columns of a file with these headings went last time; ``{}`` for a new one."""
    found: dict[str, str] = store.note(_key(entity, columns)) or {}
    return found


def _key(entity: str, columns: Sequence[str]) -> str:
    """Files with the same headings, in whatever order, are of one kind."""
    return f"columns {entity} {sha256(chr(0).join(sorted(columns)).encode()).hexdigest()[:16]}"
