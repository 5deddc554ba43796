"""The page of one record: its stage and what the next gate still wants, its fields, what belongs to it, its history."""

import re
from typing import Any

from starlette.responses import Response

from ...flows.explaining import is_explained
from ...flows.moves import closed_gates, next_stages
from ...schema.entity import Entity
from ...schema.flow import Flow
from ...store.query import Event, Row
from . import why
from .attachments import attach_url, attached_events
from .cells import column_of
from .lists import table_of
from .looking import action, added_fields
from .rendering import render
from .sharing import menu_of
from .timeline import activities_of, days_in_stage, events_of, shown_row
from .visit import Visit, fault, path_with
from .why import gate_url, why_url

__all__ = ["routes", "show"]

WIDE = frozenset(
    {"long_text", "rich_text", "table", "json", "address", "signature", "links", "files", "image"}
)
"""Field types whose values get the whole width of a record's page."""
HISTORY = 30
RELATED = 20


def show(visit: Visit) -> Response:
    """GET ``/{entity}/{id}``."""
    name, id = visit.named("entity"), visit.named("id")
    row = visit.records.get(visit.context, name, id)
    entity = visit.catalog.entities[name]
    title = str(row.get(entity.title_field) or id)
    before = visit.one("before") or None
    events = visit.records.history(visit.context, name, id, HISTORY + 1, before)
    tab = _tab(visit, entity)
    stage_field = visit.catalog.stage_field(name)
    flow = visit.catalog.flow_of(name, stage_field) if stage_field else None
    url = f"/{name}/{id}"
    may_change = visit.may("change", name, row)
    model = {
        "url": url,
        "title": title,
        "entity": entity.shown.in_(visit.language),
        "icon": entity.icon or "file",
        "list_url": f"/{name}",
        "badges": _badges(visit, entity, row, flow),
        "edit_url": f"{url}/edit" if may_change else None,
        "delete_url": f"{url}/delete" if visit.may("delete", name, row) else None,
        "menu": menu_of(visit, name, row),
        "attach_url": attach_url(visit, name, row) if may_change else None,
        "actions": [
            action(
                visit.t("create_one", label=visit.catalog.entities[child].shown),
                path_with(f"/{child}/new", {link: id, "next": url}),
                "plus",
            )
            for _, child, link in _belongings(visit, entity)[:4]
            if visit.may("create", child)
        ],
        "stage": _stage(visit, flow, row, events, url) if flow is not None else None,
        "sections": _sections(visit, entity, row),
        "tabs": _tabs(visit, entity, url, tab),
        "related": _related(visit, entity, row, tab) if tab else None,
        "events": _stream(visit, name, id, events[:HISTORY], before),
        "older_url": path_with(url, {"tab": tab or "", "before": events[HISTORY - 1].id})
        if len(events) > HISTORY
        else None,
    }
    response = render(visit, "record.html", title, record=model)
    response.headers["ETag"] = f'W/"{row["version"]}"'
    return response


def _stream(
    visit: Visit, name: str, id: str, events: list[Event], before: str | None
) -> list[dict[str, Any]]:
    """Changes and activities in one stream, newest first; older pages go on with the changes alone."""
    changes = events_of(visit, name, events)
    if before is not None:
        return changes
    also = activities_of(visit, name, id, HISTORY) + attached_events(visit, name, id, HISTORY)
    return sorted(changes + also, key=lambda event: event["at_iso"], reverse=True)


def _badges(visit: Visit, entity: Entity, row: Row, flow: Flow | None) -> list[Any]:
    """The choices that say most about a record stand beside its title: the first one, where no stage does."""
    names = [n for n, field in entity.fields.items() if field.type == "choice"]
    if flow is not None or not names:
        return []
    return [badge for badge in shown_row(visit, entity.entity, names[:1], row) if badge]


def _sections(visit: Visit, entity: Entity, row: Row) -> list[dict[str, Any]]:
    """The fields in the sections of the entity's form; then what was added, and what is computed."""
    form = next((form for form in visit.catalog.forms.values() if form.entity == entity.entity), None)
    groups: list[tuple[str, list[str]]] = []
    if form is not None:
        for section in form.sections:
            label = section.label.in_(visit.language) if section.label is not None else ""
            names = [item.field for item in section.fields if entity.fields[item.field].type != "children"]
            if names:
                groups.append((label, names))
    placed = {name for _, names in groups for name in names}
    rest = [
        name
        for name, field in entity.fields.items()
        if name not in placed and field.type != "children" and field.system is None
    ]
    added = [name for name in added_fields(visit, entity) if name in rest]
    if form is None:
        added, rest = rest, []
    computed = [name for name in rest if name not in added]
    if added:
        groups.append((visit.t("more_fields") if form is not None else "", added))
    if computed:
        groups.append((visit.t("computed_fields"), computed))
    return [{"label": label, "fields": _shown(visit, entity, row, names)} for label, names in groups]


def _shown(visit: Visit, entity: Entity, row: Row, names: list[str]) -> list[dict[str, Any]]:
    cells = shown_row(visit, entity.entity, names, row)
    found = []
    for name, cell in zip(names, cells, strict=True):
        field, column = entity.fields[name], column_of(visit, entity.entity, name)
        found.append(
            {
                "name": name,
                "label": column.label,
                "kind": column.kind,
                "cell": cell,
                "help": field.help.in_(visit.language) if field.help is not None else "",
                "computed": field.computed,
                "why_url": why_url(f"/{entity.entity}/{row['id']}", "field", name)
                if is_explained(entity, name)
                else None,
                "wide": field.type in WIDE,
            }
        )
    return found


def _stage(visit: Visit, flow: Flow, row: Row, events: list[Event], url: str) -> dict[str, Any]:
    now = row.get(flow.field)
    names = list(flow.stages)
    open_to = next_stages(flow, now)
    days = days_in_stage(visit, events, flow.field)
    expected = _days(flow.stages[now].expect) if now in flow.stages else None
    position = names.index(now) if now in flow.stages else -1
    steps = []
    for index, (stage, definition) in enumerate(flow.stages.items()):
        state = (
            "done"
            if index < position and definition.outcome is None
            else "current"
            if stage == now
            else "ahead"
        )
        if stage == now and definition.outcome:
            state = definition.outcome
        steps.append(
            {
                "value": stage,
                "label": definition.label.in_(visit.language),
                "state": state,
                "days": visit.t("days", count=days) if stage == now and days is not None else "",
                "allowed": stage in open_to,
            }
        )
    return {
        "label": flow.shown.in_(visit.language),
        "version": row["version"],
        "days": visit.t("days_here", count=days) if days is not None else "",
        "expected": visit.t("days_expected", count=expected) if expected is not None else "",
        "late": days is not None and expected is not None and days > expected,
        "move_url": f"{url}/move" if open_to and visit.may("change", flow.entity, row) else None,
        "steps": steps,
        "needs": _needs(visit, flow, row, now, open_to, url),
    }


def _needs(
    visit: Visit, flow: Flow, row: Row, now: str | None, open_to: list[str], url: str
) -> dict[str, Any] | None:
    """What the next stage's gate still asks for: the first way ahead that is not a loss."""
    ahead = list(flow.stages)[list(flow.stages).index(now) + 1 :] if now in flow.stages else list(flow.stages)
    onward = next(
        (stage for stage in ahead if stage in open_to and flow.stages[stage].outcome != "lost"), None
    )
    if onward is None or (now in flow.stages and flow.stages[now].outcome):
        return None
    env = visit.records.env(visit.context)
    problems = closed_gates(visit.catalog, flow, now, onward, {**row, flow.field: onward}, env)
    if not problems:
        return None
    label = flow.stages[onward].label.in_(visit.language)
    edit = path_with(f"{url}/edit", {"to": onward, "next": url})
    return {
        "text": visit.t("needs_before", stage=label),
        "faults": [fault(visit, one, edit, gate_url(url, one)) for one in problems],
    }


def _days(span: str | None) -> int | None:
    found = re.match(r"\s*(\d+)\s*(week|周)?", span) if span else None
    return int(found[1]) * (7 if found[2] else 1) if found else None


def _belongings(visit: Visit, entity: Entity) -> list[tuple[str, str, str]]:
    """(name, entity, link) of what belongs to a record: its children fields, then whatever else links to it."""
    found: list[tuple[str, str, str]] = []
    for name, field in entity.fields.items():
        if field.type == "children":
            child, _, link = str(getattr(field, "of", "")).partition(".")
            found.append((name, child, link))
    known = {(child, link) for _, child, link in found}
    for child, links in visit.catalog.links.items():
        for link, target in links.items():
            if target == entity.entity and (child, link) not in known and target != "user":
                found.append((f"{child}.{link}", child, link))
    return found


def _tab(visit: Visit, entity: Entity) -> str | None:
    names = [name for name, _, _ in _belongings(visit, entity)]
    return visit.one("tab") if visit.one("tab") in names else next(iter(names), None)


def _tabs(visit: Visit, entity: Entity, url: str, current: str | None) -> list[dict[str, Any]]:
    tabs = []
    for name, child, _ in _belongings(visit, entity):
        field = entity.fields.get(name)
        definition = visit.catalog.entities[child]
        label = field.label if field is not None else (definition.plural or definition.shown)
        tabs.append({
            "label": label.in_(visit.language), "url": path_with(url, {"tab": name}), "current": name == current,
            "icon": definition.icon or "", "count": "",
        })  # fmt: skip
    return tabs


def _related(visit: Visit, entity: Entity, row: Row, tab: str) -> dict[str, Any]:
    _, child, link = next(one for one in _belongings(visit, entity) if one[0] == tab)
    definition = visit.catalog.entities[child]
    rows = visit.records.related(visit.context, child, link, row["id"], RELATED + 1)
    view = next((v for v in visit.catalog.views.values() if v.entity == child and v.kind == "list"), None)
    names = [column for column in (view.columns if view is not None else ()) if column != link]
    if not names:
        names = [definition.title_field]
    columns = [column_of(visit, child, column) for column in names[:7]]
    return {
        "label": (definition.plural or definition.shown).in_(visit.language),
        "table": table_of(visit, child, columns, rows[:RELATED]) if rows else None,
        "create": action(
            visit.t("create_one", label=definition.shown),
            path_with(f"/{child}/new", {link: row["id"], "next": f"/{entity.entity}/{row['id']}"}),
            "plus",
        )
        if visit.may("create", child)
        else None,
        "all_url": path_with(f"/{child}", {"view": "all", f"f.{link}.is": row["id"]})
        if len(rows) > RELATED
        else None,
        "empty": visit.t("none_related", label=definition.shown),
    }


routes = [*why.routes, ("/{entity}/{id}", ("GET",), show)]
