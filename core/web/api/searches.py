"""Search over all entities at once."""

from starlette.responses import Response

from ...records.searching import search
from ..requests import json_response
from .lists import LONGEST_SEARCH
from .parameters import Parameters
from .resources import Call

__all__ = ["MOST_HITS", "USUAL_HITS", "show"]

USUAL_HITS, MOST_HITS = 8, 50


def show(call: Call) -> Response:
    """GET ``/api/search?q=``: the newest ``limit`` of every entity that has any, those the caller may see."""
    given = Parameters(call.request, ("q", "limit"))
    text = given.text("q", LONGEST_SEARCH)
    limit = given.number("limit", USUAL_HITS, 1, MOST_HITS)
    groups = [
        {
            "entity": found.entity,
            "more": found.more,
            "items": [
                {
                    "id": hit.id,
                    "title": hit.title,
                    "notes": [{"field": field, "text": text} for field, text in hit.notes],
                    "href": f"{call.root}/{found.entity}/{hit.id}",
                }
                for hit in found.hits
            ],
        }
        for found in search(call.records, call.context, text, limit)
    ]
    return json_response({"groups": groups})
