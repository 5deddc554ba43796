"""The page of the log: who did what, through which door, and when. For owners."""

from typing import Any

from starlette.responses import Response

from ...records.audit import DOORS, seen
from ...store.ids import is_id
from ...store.query import Event
from ..auditing import ASKED, COLUMNS, asked_of, everything
from ..exporting import export_response
from .cells import person
from .rendering import render
from .timeline import told_changes
from .visit import Visit, path_with

__all__ = ["routes"]

ROWS = 50
KINDS = (
    "created", "changed", "deleted", "erased", "exported", "backed_up", "restored", "moved", "signed_in", "signed_out",
    "sign_in_failed",
)  # fmt: skip


def show(visit: Visit) -> Response:
    """GET ``/audit``."""
    asked = asked_of(visit.context, visit.one, visit.one("before"), ROWS + 1)
    found = seen(visit.records.store, visit.context, asked)
    page = found[:ROWS]
    wanted = {("user", event.actor) for event in page if is_id(event.actor)}
    entities = visit.catalog.entities
    wanted |= {(event.table, event.record) for event in page if event.table in entities and event.record}
    titles = visit.records.titles(visit.context, wanted)
    given = {name: visit.one(name) for name in ASKED}
    model = {
        "rows": [_row(visit, event, titles) for event in page],
        "given": given,
        "people": _people(visit),
        "entities": [
            {"value": name, "label": entity.shown.in_(visit.language)} for name, entity in entities.items()
        ],
        "doors": [{"value": door, "label": visit.t(f"audit_door_{door}")} for door in DOORS],
        "kinds": [{"value": kind, "label": visit.t(f"act_{kind}")} for kind in KINDS],
        "narrowed": any(given.values()),
        "more": path_with("/audit", {**given, "before": page[-1].id}) if len(found) > ROWS else "",
        "csv": path_with("/audit/export.csv", given),
        "jsonl": path_with("/audit/export.jsonl", given),
    }
    return render(visit, "audit.html", visit.t("audit_title"), audit=model)


def as_csv(visit: Visit) -> Response:
    """GET ``/audit/export.csv``."""
    return _export(visit, "csv")


def as_json_lines(visit: Visit) -> Response:
    """GET ``/audit/export.jsonl``."""
    return _export(visit, "jsonl")


def _export(visit: Visit, form: str) -> Response:
    rows = everything(visit.records, visit.context, asked_of(visit.context, visit.one))
    return export_response(form, f"audit-{visit.context.today:%Y-%m-%d}", COLUMNS, rows)


def _people(visit: Visit) -> list[dict[str, str]]:
    rows = visit.records.find(visit.context, "user", limit=200, fields=()).rows
    return [{"value": row["id"], "label": str(row.get("name") or row["id"])} for row in rows]


def _row(visit: Visit, event: Event, titles: dict[tuple[str, str], str]) -> dict[str, Any]:
    entity = visit.catalog.entities.get(event.table)
    title = titles.get((event.table, event.record), "")
    name = titles.get(("user", event.actor))
    local = event.at.astimezone(visit.context.zone)
    acted = event.kind in KINDS
    return {
        "at": f"{local:%Y-%m-%d %H:%M:%S}",
        "at_iso": local.isoformat(timespec="seconds"),
        "person": person(event.actor, name) if name else None,
        "who": name or visit.t("stranger" if event.door == "public" else "system"),
        "what": visit.t(f"act_{event.kind}") if acted else event.kind,
        "entity": entity.shown.in_(visit.language) if entity is not None else event.table,
        "title": title or event.record[:8],
        "url": f"/{event.table}/{event.record}" if title else "",
        "door": visit.t(f"audit_door_{event.door}") if event.door in DOORS else event.door,
        "changes": told_changes(visit, event),
        "reason": event.reason or "",
        "number": event.number,
    }


routes = [
    ("/audit", ("GET",), show),
    ("/audit/export.csv", ("GET",), as_csv),
    ("/audit/export.jsonl", ("GET",), as_json_lines),
]
