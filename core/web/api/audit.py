"""``/api/audit``: who did what, through which door, and when."""

from starlette.responses import Response

from ...records.audit import seen
from ..auditing import ASKED, COLUMNS, asked_of, everything, plain
from ..exporting import export_response
from ..requests import json_response
from .lists import MOST_ROWS, USUAL_ROWS
from .parameters import Parameters
from .resources import Call

__all__ = ["export", "show"]


def show(call: Call) -> Response:
    """GET ``/api/audit``: ``{"items": […], "next": event id or null}``, newest first."""
    given = Parameters(call.request, (*ASKED, "before", "limit"))
    limit = given.number("limit", USUAL_ROWS, 1, MOST_ROWS)
    before = given.text("before", 50, "cursor_broken")
    asked = asked_of(call.context, lambda name: given.text(name, 100), before, limit + 1)
    found = seen(call.records.store, call.context, asked)
    page = found[:limit]
    return json_response(
        {"items": list(map(plain, page)), "next": page[-1].id if len(found) > limit else None}
    )


def export(call: Call) -> Response:
    """GET ``/api/audit/export?format=csv|jsonl``: all of it."""
    given = Parameters(call.request, (*ASKED, "format"))
    form = given.one_of("format", ("csv", "jsonl")) or "jsonl"
    asked = asked_of(call.context, lambda name: given.text(name, 100))
    return export_response(form, "audit", COLUMNS, everything(call.records, call.context, asked))
