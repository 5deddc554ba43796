"""What may be chosen for a link: the records of its entity by title, with a word to tell them apart."""

from typing import Any

from starlette.responses import JSONResponse, Response

from ...store.query import Row, Sort
from .visit import Visit

__all__ = ["Choosable", "choosable", "pick", "routes"]

MOST = 200
"""Options that a select offers."""

FEW = 12
"""So many are quicker to choose from a list than by searching."""

FOUND = 20
"""Records that one search shows."""

LONGEST = 200

Choosable = tuple[list[dict[str, str]], str | None]
"""The options, and where to search among them (``None``: these are all, and few)."""


def choosable(visit: Visit, target: str) -> Choosable:
    """The first records of an entity by title."""
    rows, more = _rows(visit, target, "", MOST)
    title = visit.records.plan(target).entity.title_field
    options = [{"value": row["id"], "label": str(row.get(title) or row["id"])} for row in rows]
    return options, f"/{target}/pick" if more or len(rows) > FEW else None


def pick(visit: Visit) -> Response:
    """GET ``/{entity}/pick?q=``: the records that a search finds, as JSON."""
    target = visit.named("entity")
    plan = visit.records.plan(target)
    rows, _ = _rows(visit, target, visit.one("q").strip()[:LONGEST], FOUND)
    title = plan.entity.title_field
    notes = _notes(visit, target, rows)
    return JSONResponse(
        [
            {"value": row["id"], "label": str(row.get(title) or row["id"]), "note": note}
            for row, note in zip(rows, notes, strict=True)
        ]
    )


def _rows(visit: Visit, target: str, search: str, limit: int) -> tuple[list[Row], bool]:
    entity = visit.records.plan(target).entity
    title = entity.title_field
    by_title = visit.catalog.is_stored(target, title)
    sort = (Sort(title),) if by_title else (Sort("created_at", descending=True),)
    fields = () if by_title else (title,)
    page = visit.records.find(visit.context, target, None, search, sort, None, limit, fields)
    return page.rows, page.more


def _notes(visit: Visit, target: str, rows: list[Row]) -> list[str]:
    """What tells records of one title apart: the record they belong to, or else how to reach them."""
    entity, links = visit.catalog.entities[target], visit.catalog.links[target]
    link = next((name for name in links if entity.fields[name].type == "link"), None)
    if link is not None:
        owner = links[link]
        titles = visit.records.titles(visit.context, [(owner, row[link]) for row in rows if row.get(link)])
        return [titles.get((owner, row.get(link) or ""), "") for row in rows]
    names = [
        name
        for name, field in entity.fields.items()
        if field.type in ("phone", "email", "text") and name != entity.title_field
    ]
    found: list[str] = []
    for row in rows:
        value: Any = next((row[name] for name in names if row.get(name)), "")
        found.append(str(value))
    return found


routes = [("/{entity}/pick", ("GET",), pick)]
