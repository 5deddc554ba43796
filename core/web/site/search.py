"""Search over all entities at once: the newest few of each that match. The search box shows them while one types."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from ...records.searching import Found, marked, search
from ...store.tokens import Sought, sought
from .rendering import render
from .visit import Visit, path_with

__all__ = ["routes", "show"]

HITS = 8
LONGEST = 200


def show(visit: Visit) -> Response:
    """GET ``/search?q=``."""
    query = visit.one("q").strip()[:LONGEST]
    asked = sought(query)
    groups = [
        _group(visit, found, query, asked) for found in search(visit.records, visit.context, query, HITS)
    ]
    empty = "" if groups else visit.t("none_found_for", query=query) if query else visit.t("search_hint")
    model = {"query": query, "groups": groups, "empty": empty}
    return render(visit, "search.html", visit.t("search_title", query=query), search=model)


def _group(visit: Visit, found: Found, query: str, asked: Sequence[Sought]) -> dict[str, Any]:
    entity = visit.catalog.entities[found.entity]
    return {
        "label": (entity.plural or entity.shown).in_(visit.language),
        "icon": entity.icon or "table",
        "url": path_with(f"/{found.entity}", {"q": query}),
        "more": visit.t("show_all") if found.more else "",
        "hits": [
            {
                "title": marked(hit.title, asked),
                "url": f"/{found.entity}/{hit.id}",
                "notes": [marked(text, asked) for _, text in hit.notes],
            }
            for hit in found.hits
        ],
    }


routes = [("/search", ("GET",), show)]
