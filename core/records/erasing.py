"""Erasing a person's data: out of the record, its history, what was parked, its files, and what the runtime remembers.

What stays is the record itself, so that what others did with it (orders, amounts, stages) still adds up: it is called
"erased", and its history says when that was done and by whom, without a value.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..context import Context
from ..files.shelf import TABLE as FILES
from ..files.shelf import forget
from ..files.storage import Storage
from ..problems import Problem, Refused
from ..schema.entity import Entity
from ..store.chain import is_erased
from ..store.ids import is_id
from ..store.protocol import Store, Transaction
from ..store.query import Event, Row
from .audit import act
from .recomputing import recompute
from .records import Records
from .rights import authorize
from .totals import TotalsCache

__all__ = ["KEPT", "Erasing", "erase", "foreseen"]

KEPT = frozenset({
    "number", "integer", "money", "percent", "rating", "score", "yes_no", "duration", "choice", "choices", "stage",
    "tags", "colour", "user", "users", "team", "link", "links", "children", "rollup", "formula", "number_series",
    "datetime", "created_at", "created_by", "changed_at", "changed_by",
})  # fmt: skip
"""Field types whose values tell nothing of a person by themselves: amounts, choices, links, what is computed. All
others are emptied, those that plugins bring as well.
"""
_SHORTEST = 3
"""Letters from which a text of the person is looked for in the history of other records."""


@dataclass(frozen=True, slots=True)
class Erasing:
    """What goes: ``fields`` of the record that have a value, its ``events``, those of other records that hold one of
    its texts (``others``), its ``files``, and ``rows`` of the runtime's own (accounts, notifications).
    """

    entity: str
    record: str
    title: str
    fields: tuple[str, ...]
    events: tuple[str, ...]
    others: tuple[str, ...]
    files: int
    rows: tuple[tuple[str, str], ...]


def foreseen(records: Records, person: str) -> Erasing:
    """What would go. ``person`` is a record's id, or ``entity/id``; a record that was deleted is found by its history.

    Raises ``Refused`` (``erase_nobody``) where there is no such record and never was.
    """
    store, entity = records.store, ""
    if "/" in person:
        entity, _, person = person.partition("/")
    names = [entity] if entity in records.catalog.entities else list(records.catalog.entities)
    if (entity and entity not in names) or not is_id(person):
        raise Refused([Problem("erase_nobody", {"person": person})], "missing")
    row, found = None, ""
    for name in names:
        row = store.get(name, person)
        if row is not None or store.events(name, person, 1):
            found = name
            break
    if not found:
        raise Refused([Problem("erase_nobody", {"person": person})], "missing")
    plan = records.plan(found).entity
    fields = _personal(plan)
    texts = _texts(row[name] for name in fields if row is not None and row.get(name) is not None)
    for event in _all_of(store, found, person):
        texts |= _texts(value for name in fields for value in event.changes.get(name, ()))
    own, others = _events(store, found, person, texts)
    held = tuple(name for name in fields if row is not None and row.get(name) is not None)
    title = str((row or {}).get(plan.title_field) or person)
    files = sum(1 for file in store.lookup(FILES, "record", person) if file["entity"] == found)
    return Erasing(found, person, title, held, own, others, files, tuple(_rows_about(records, found, person)))


def erase(records: Records, context: Context, storage: Storage, wanted: Erasing) -> None:
    """Let it all go, and say so in the record's history. Raises ``Refused`` where the person may not."""
    store, plan = records.store, records.plan(wanted.entity).entity
    row = store.get(wanted.entity, wanted.record)
    authorize(records.rights, context, "delete", wanted.entity, row)
    with store.moment() as moment:
        keys = [key for key, value in moment.notes.items() if _is_about(key, value, wanted.record)]
    told = {
        "fields": list(wanted.fields),
        "events": len(wanted.events) + len(wanted.others),
        "files": wanted.files,
    }
    with store.transaction() as transaction:
        if row is not None:
            _empty(transaction, plan, row, context)
            transaction.forget_parked(wanted.entity, wanted.record)
        for table, id in wanted.rows:
            transaction.delete(table, id)
        for key in keys:
            transaction.set_note(key, None)
        transaction.empty_events([*wanted.events, *wanted.others])
        transaction.log(act(context, "erased", told, wanted.entity, wanted.record))
    forget(store, storage, wanted.entity, wanted.record)
    recompute(records, context, {f"{entity}.*" for entity in records.catalog.entities})
    records.totals_cache = TotalsCache()
    store.compact()


def _empty(transaction: Transaction, plan: Entity, row: Row, context: Context) -> None:
    changes: dict[str, Any] = dict.fromkeys(_personal(plan))
    title = plan.title_field
    if title in changes:
        word = "已抹除" if context.language == "zh" else "Erased"
        changes[title] = f"{word} {row['id'][-8:]}"  # what is unique stays so
    marks = {"version": row["version"] + 1, "changed_at": context.now, "changed_by": context.actor}
    transaction.update(plan.entity, row["id"], {**changes, "external_id": None, **marks})


def _personal(plan: Entity) -> list[str]:
    """The fields of an entity whose values may tell of a person."""
    return [
        name
        for name, field in plan.fields.items()
        if field.column is not None and not field.computed and field.type not in KEPT
    ]


def _all_of(store: Store, entity: str, record: str) -> Iterator[Event]:
    before = None
    while events := store.events(entity, record, 500, before):
        yield from events
        before = events[-1].id


def _events(
    store: Store, entity: str, record: str, texts: set[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(the record's events, those of others that hold one of the texts), without those that are empty already."""
    own, others = [], []
    for event in store.chain():
        if is_erased(event) or event.kind == "erased":
            continue
        if event.record == record and event.table == entity:
            own.append(event.id)
        elif texts and not texts.isdisjoint(
            _texts(value for pair in event.changes.values() for value in pair)
        ):
            others.append(event.id)
    return tuple(own), tuple(others)


def _texts(values: Any) -> set[str]:
    """The texts among values, however deep in lists and maps."""
    found: set[str] = set()
    for value in values:
        if isinstance(value, str):
            if len(value) >= _SHORTEST:
                found.add(value)
        elif isinstance(value, Mapping):
            found |= _texts(value.values())
        elif isinstance(value, (list, tuple)):
            found |= _texts(value)
    return found


def _rows_about(records: Records, entity: str, record: str) -> Iterator[tuple[str, str]]:
    """(table, id) of the runtime's own rows about the record: notifications, and of a user the account."""
    store = records.store
    with store.moment() as moment:
        for table in moment.shapes:
            if table != "notification" and not table.startswith("_"):
                continue
            for row in moment.rows(table):
                if record in row.values() or (table == "notification" and row.get("to") == record):
                    yield table, row["id"]


def _is_about(key: str, value: Any, record: str) -> bool:
    return key.startswith("request ") and isinstance(value, Mapping) and value.get("id") == record
