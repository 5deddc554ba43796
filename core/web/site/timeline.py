"""A record's history in words: what happened, when, by whom, through which door, and what changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ...schema.entity import Entity
from ...schema.fields.field import ValueProblem
from ...schema.fields.secret import MASK
from ...store.chain import is_erased
from ...store.query import Event, Row
from .cells import cells_of, column_of, person, titles_for
from .visit import Visit

__all__ = ["activities_of", "ago", "days_in_stage", "events_of", "told_changes"]

MOST_PIECES = 4
"""Fields that a line of the log names."""

LONGEST = 120
"""Characters of a value that a change shows."""


def events_of(visit: Visit, entity: str, events: list[Event]) -> list[dict[str, Any]]:
    """The events as the record page shows them, newest first."""
    definition = visit.catalog.entities[entity]
    people = visit.records.titles(
        visit.context, {("user", event.actor) for event in events if len(event.actor) == 36}
    )
    titles = _titles(visit, definition, events)
    return [_event(visit, definition, event, people, titles) for event in events]


def activities_of(visit: Visit, entity: str, id: str, limit: int) -> list[dict[str, Any]]:
    """Records of entities with a ``timeline`` that link to this one (visits, calls), newest first."""
    found: list[tuple[datetime, dict[str, Any]]] = []
    for name, definition in visit.catalog.entities.items():
        links = [
            link
            for link, target in visit.catalog.links[name].items()
            if target == entity and target != "user"
        ]
        if definition.timeline is None or not links:
            continue
        rows = visit.records.related(visit.context, name, links[0], id, limit)
        people = visit.records.titles(
            visit.context, {("user", row.get("owner") or row["created_by"]) for row in rows}
        )
        found += [(_when(visit, definition, row), _activity(visit, definition, row, people)) for row in rows]
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [event for _, event in found[:limit]]


def _when(visit: Visit, entity: Entity, row: Row) -> datetime:
    at = row.get(entity.timeline or "") or row["created_at"]
    if isinstance(at, datetime):
        return at
    return datetime(at.year, at.month, at.day, tzinfo=visit.context.zone)


def _activity(
    visit: Visit, entity: Entity, row: Row, people: Mapping[tuple[str, str], str]
) -> dict[str, Any]:
    who = row.get("owner") or row["created_by"]
    name = people.get(("user", who))
    at = _when(visit, entity, row)
    kind = next((n for n, field in entity.fields.items() if field.type == "choice" and row.get(n)), None)
    options: Any = getattr(entity.fields[kind], "options", {}) if kind else {}
    label = options[row[kind]].label if kind and row[kind] in options else entity.shown
    return {
        "icon": entity.icon or "message-circle",
        "tint": person(who, name)["tint"] if name else 0,
        "person": person(who, name) if name else None,
        "who": name or visit.t("system"),
        "what": label.in_(visit.language),
        "at": ago(visit, at),
        "at_iso": at.astimezone(visit.context.zone).isoformat(timespec="seconds"),
        "changes": [],
        "note": str(row.get(entity.title_field) or ""),
    }


def ago(visit: Visit, moment: datetime) -> str:
    """How long ago, in words; the date after a month."""
    seconds = int((visit.context.now - moment).total_seconds())
    if seconds < 60:
        return visit.t("just_now")
    if seconds < 3600:
        return visit.t("minutes_ago", count=seconds // 60)
    days = (visit.context.today - moment.astimezone(visit.context.zone).date()).days
    if days == 0:
        return visit.t("hours_ago", count=seconds // 3600)
    if days <= 30:
        return visit.t("days_ago", count=max(1, days))
    return f"{moment.astimezone(visit.context.zone):%Y-%m-%d}"


def days_in_stage(visit: Visit, events: list[Event], field: str) -> int | None:
    """Whole days since the record came to its stage, from its history (newest first)."""
    moved = next((event for event in events if field in event.changes), None)
    return (visit.context.now - moved.at).days if moved is not None else None


def _event(
    visit: Visit,
    entity: Entity,
    event: Event,
    people: Mapping[tuple[str, str], str],
    titles: Mapping[tuple[str, str], str],
) -> dict[str, Any]:
    name = people.get(("user", event.actor))
    local = event.at.astimezone(visit.context.zone)
    label = entity.shown
    changes = [] if event.kind != "changed" else _changes(visit, entity, event, titles)
    stage = visit.catalog.stage_field(entity.entity)
    if event.kind == "changed" and stage in event.changes:
        column = column_of(visit, entity.entity, stage or "")
        after = next((change["after"] for change in changes if change["label"] == column.label), "")
        what = visit.t("event_moved", stage=after)
        changes = [change for change in changes if change["label"] != column.label]
    elif event.kind in ("created", "changed", "deleted"):
        what = visit.t(f"event_{event.kind}", label=label)
    else:
        what = visit.t("act_erased") if event.kind == "erased" else event.kind
    icons = {"created": "plus", "deleted": "trash", "changed": "edit"}
    return {
        "icon": "arrow-right"
        if stage in event.changes and event.kind == "changed"
        else icons.get(event.kind, "info-circle"),
        "tint": person(event.actor, name)["tint"] if name else 0,
        "person": person(event.actor, name) if name else None,
        "who": name or visit.t("stranger" if event.door == "public" else "system"),
        "what": what + _door(visit, event),
        "at": ago(visit, event.at),
        "at_iso": local.isoformat(timespec="seconds"),
        "changes": changes,
        "note": visit.t("event_reason", reason=event.reason)
        if event.reason and event.door in ("page", "board", "api")
        else "",
    }


def _door(visit: Visit, event: Event) -> str:
    """Through which door, where that is worth a word; an automation is named."""
    if event.door == "automation" and event.reason is not None and event.reason in visit.catalog.automations:
        label = visit.catalog.automations[event.reason].shown.in_(visit.language)
        return visit.t("event_by_automation", label=label)
    return "" if event.door in ("page", "board", "seed") else visit.t(f"event_door_{event.door}")


def _changes(
    visit: Visit, entity: Entity, event: Event, titles: Mapping[tuple[str, str], str]
) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for name, (before, after) in event.changes.items() if not is_erased(event) else ():
        field = entity.fields.get(name)
        if field is None or (field.computed and field.system is None):
            continue
        found.append(
            {
                "label": field.label.in_(visit.language),
                "before": _text(visit, entity, name, before, titles),
                "after": _text(visit, entity, name, after, titles),
            }
        )
    return found


def told_changes(visit: Visit, event: Event) -> str:
    """What an event says in one line: the first few fields with what they were and are, or what is told of an act."""
    if is_erased(event):
        return visit.t("audit_values_erased")
    entity = visit.catalog.entities.get(event.table)
    if entity is not None and event.kind in ("created", "changed", "deleted"):
        pieces = [
            f"{one['label']} {one['before'] or '–'} → {one['after'] or '–'}"
            for one in _changes(visit, entity, event, _titles(visit, entity, [event]))
        ]
    else:
        pieces = [f"{name}: {str(now)[:LONGEST]}" for name, (_, now) in event.changes.items()]
    return "；".join(pieces[:MOST_PIECES]) + ("…" if len(pieces) > MOST_PIECES else "")


def _text(visit: Visit, entity: Entity, name: str, value: Any, titles: Mapping[tuple[str, str], str]) -> str:
    if value is None:
        return ""
    field: Any = entity.fields[name]
    target = visit.catalog.links[entity.entity].get(name)
    if target is not None:
        return titles.get((target, value), str(value)[:8])
    if field.masked:
        return MASK
    if field.leads_to_many is not None:
        comma = "、" if visit.language == "zh" else ", "
        return comma.join(titles.get((field.leads_to_many, id), str(id)[:8]) for id in value)
    try:
        text = str(field.display(field.coerce(value), visit.language, visit.context.zone))
    except ValueProblem:  # what an older definition allowed is shown as it was written
        text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _titles(visit: Visit, entity: Entity, events: list[Event]) -> Mapping[tuple[str, str], str]:
    links = visit.catalog.links[entity.entity]
    many = {name: field.leads_to_many for name, field in entity.fields.items() if field.leads_to_many}
    wanted = {
        (links.get(name) or many[name], id)
        for event in events
        if event.kind == "changed"
        for name, values in event.changes.items()
        if name in links or name in many
        for value in values
        if value
        for id in (value if isinstance(value, list) else (value,))
    }
    return visit.records.titles(visit.context, wanted)


def shown_row(visit: Visit, entity: str, names: list[str], row: Row) -> list[Any]:
    """The cells of one record, in the order of the names."""
    columns = [column_of(visit, entity, name) for name in names]
    return [cell(row) for cell in cells_of(visit, columns, titles_for(visit, columns, [row]))]
