"""Looking a whole store over: the chain of events, every row against its plan, every link, every computed value."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ..context import Context
from ..problems import Problem
from ..store.chain import ANCHOR, CHAIN, check, link_of
from ..store.query import Row
from .plans import EntityPlan
from .recomputing import differing
from .records import Records

__all__ = ["examined"]

_TYPES: dict[str, type | tuple[type, ...]] = {
    "text": str, "integer": int, "decimal": Decimal, "boolean": bool, "date": date, "datetime": datetime, "list": list,
}  # fmt: skip
_MANY = 500


def examined(records: Records, context: Context) -> Iterator[Problem]:
    """What is wrong with what the store holds; reads everything, changes nothing.

    ``exam_chain_*`` (the first event that does not fit), ``exam_file`` (what the store says of its own files),
    ``exam_type`` and ``exam_link`` (entity, field, how many records, the first), ``exam_stale`` (a computed field that
    is not what it would be now), ``exam_count`` (records whose history does not add up).
    """
    store = records.store
    yield from (Problem("exam_file", {"fault": fault}) for fault in store.examine())
    _looked, broken = check(store.chain(), link_of(store.note(CHAIN)), link_of(store.note(ANCHOR)))
    if broken is not None:
        event = broken.event
        where = f"{event.table}/{event.record}" if event is not None and event.table else "-"
        at = event.at.isoformat(timespec="seconds") if event is not None else "-"
        values = {
            "number": broken.number,
            "event": event.id if event is not None else "-",
            "at": at,
            "where": where,
        }
        yield Problem(f"exam_chain_{broken.what}", values)
    counts = _counts(records)
    for entity in records.catalog.entities:
        plan = records.plan(entity)
        yield from _rows(records, plan, counts[entity])
        yield from _stale(records, context, plan)


def _counts(records: Records) -> Counter[str]:
    """How many records each entity has by its history."""
    counted: Counter[str] = Counter()
    for event in records.store.chain():
        counted[event.table] += {"created": 1, "deleted": -1}.get(event.kind, 0)
    return counted


def _rows(records: Records, plan: EntityPlan, by_history: int) -> Iterator[Problem]:
    entity = plan.entity.entity
    links = {
        name: target for name, target in records.catalog.links[entity].items() if name in plan.entity.fields
    }
    columns = {column.name: column.kind for column in plan.table.columns}
    wrong: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], str] = {}
    count, waiting = 0, list[Row]()

    def look(rows: list[Row]) -> None:
        for name, target in links.items():
            if columns.get(name) != "text":
                continue
            wanted = {row["id"]: row[name] for row in rows if row.get(name) is not None}
            there = records.store.get_many(target, list(set(wanted.values()))) if wanted else {}
            for id, linked in wanted.items():
                if linked not in there:
                    wrong["exam_link", name] += 1
                    first.setdefault(("exam_link", name), id)
        for row in rows:
            for name, kind in columns.items():
                value: Any = row.get(name)
                if value is not None and kind in _TYPES and not isinstance(value, _TYPES[kind]):
                    wrong["exam_type", name] += 1
                    first.setdefault(("exam_type", name), row["id"])

    for row in records.store.rows(entity):
        count += 1
        waiting.append(row)
        if len(waiting) == _MANY:
            look(waiting)
            waiting = []
    look(waiting)
    for (code, name), times in wrong.items():
        yield _problem(code, plan, name, times, first[code, name])
    if count != by_history:
        yield Problem(
            "exam_count", {"entity": plan.entity.shown, "count": count, "told": by_history}, level="warning"
        )


def _stale(records: Records, context: Context, plan: EntityPlan) -> Iterator[Problem]:
    entity = plan.entity.entity
    with records.store.transaction() as transaction:
        found = differing(records, context, entity, transaction)
    stale = Counter(name for _, values in found for name in values)
    for name, times in stale.items():
        first = next(id for id, values in found if name in values)
        yield _problem("exam_stale", plan, name, times, first)


def _problem(code: str, plan: EntityPlan, name: str, count: int, first: str) -> Problem:
    field = plan.entity.fields.get(name)
    label = field.label if field is not None else name
    return Problem(code, {"entity": plan.entity.shown, "field": label, "count": count, "first": first})
