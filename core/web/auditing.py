"""The log as pages and the API show it: what may be asked of it, and its events as plain values."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ..context import Context
from ..problems import Problem, Refused
from ..records.audit import DOORS, note, seen
from ..records.records import Records
from ..store.chain import is_erased
from ..store.ids import is_id
from ..store.query import Event, EventQuery

__all__ = ["ASKED", "COLUMNS", "asked_of", "everything", "plain"]

ASKED = ("actor", "entity", "record", "door", "kind", "batch", "from", "to")
"""What the log can be narrowed by; ``from`` and ``to`` are days, both included."""
COLUMNS = (
    "id",
    "at",
    "kind",
    "entity",
    "record",
    "actor",
    "door",
    "changes",
    "reason",
    "batch",
    "number",
    "seal",
)
_AT_ONCE = 500
_LONGEST = 100


def asked_of(context: Context, given: Callable[[str], str], before: str = "", limit: int = 100) -> EventQuery:
    """The question that an address asks. Raises ``Refused`` for a day that is none, and for what cannot be a cursor."""
    texts = {name: given(name).strip()[:_LONGEST] for name in ASKED}
    if texts["door"] and texts["door"] not in DOORS:
        values = {"name": "door", "given": texts["door"], "available": DOORS}
        raise Refused([Problem("parameter_value", values, field="door")])
    if before and not is_id(before):
        raise Refused([Problem("cursor_broken", field="before")])
    first, last = _day(context, "from", texts["from"]), _day(context, "to", texts["to"])
    return EventQuery(
        actor=texts["actor"],
        table=texts["entity"],
        record=texts["record"],
        door=texts["door"],
        kind=texts["kind"],
        batch=texts["batch"],
        since=first,
        until=last + timedelta(days=1) if last is not None else None,
        before=before,
        limit=limit,
    )


def everything(records: Records, context: Context, asked: EventQuery) -> Iterator[dict[str, Any]]:
    """Every event that is asked for, newest first, a page at a time; that it was taken out is told as well."""
    page = seen(records.store, context, asked)
    note(records.store, context, "exported", {"what": "audit"})
    while page:
        yield from map(plain, page)
        page = seen(records.store, context, EventQuery(**{**_parts(asked), "before": page[-1].id}))


def plain(event: Event) -> dict[str, Any]:
    """An event as JSON values."""
    return {
        "id": event.id,
        "at": event.at.isoformat().replace("+00:00", "Z"),
        "kind": event.kind,
        "entity": event.table or None,
        "record": event.record or None,
        "actor": event.actor,
        "door": event.door,
        "changes": {name: {"before": was, "after": now} for name, (was, now) in event.changes.items()},
        "erased": is_erased(event),
        "reason": event.reason,
        "batch": event.batch,
        "number": event.number,
        "seal": event.seal,
    }


def _parts(asked: EventQuery) -> dict[str, Any]:
    return {**{name: getattr(asked, name) for name in EventQuery.__slots__}, "limit": _AT_ONCE}


def _day(context: Context, name: str, text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
        return datetime.combine(found, time(), context.zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused([Problem("audit_bad_day", {"name": name, "given": text}, field=name)]) from None
