"""Search over all entities at once: the newest few of each that match."""

from typing import Any

from starlette.responses import Response

from ...store.query import Row
from .rendering import render
from .visit import Visit, path_with

__all__ = ["routes", "show"]

HITS = 8
LONGEST = 200


def show(visit: Visit) -> Response:
    """GET ``/search?q=``."""
    query = visit.one("q").strip()[:LONGEST]
    groups = []
    if query:
        for name, entity in visit.catalog.entities.items():
            page = visit.records.find(visit.context, name, search=query, limit=HITS, fields=())
            if page.rows:
                groups.append(
                    {
                        "label": (entity.plural or entity.shown).in_(visit.language),
                        "icon": entity.icon or "table",
                        "url": path_with(f"/{name}", {"q": query}) if page.more else "",
                        "hits": [_hit(visit, name, row) for row in page.rows],
                    }
                )
    empty = "" if groups else visit.t("none_found_for", query=query) if query else visit.t("search_hint")
    model = {"query": query, "groups": groups, "empty": empty}
    return render(visit, "search.html", visit.t("search_title", query=query), search=model)


def _hit(visit: Visit, name: str, row: Row) -> dict[str, Any]:
    entity = visit.catalog.entities[name]
    noted = [
        entity.fields[field].display(row[field], visit.language)
        for field in visit.records.plan(name).table.search
        if field != entity.title_field and row.get(field)
    ]
    return {
        "title": str(row.get(entity.title_field) or row["id"]),
        "url": f"/{name}/{row['id']}",
        "note": " · ".join(noted[:3]),
    }


routes = [("/search", ("GET",), show)]
