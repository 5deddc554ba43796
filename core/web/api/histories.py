"""What happened to a record, newest first."""

from typing import Any

from starlette.responses import Response

from ...problems import Problem, Refused
from ...store.ids import is_id
from ...store.query import Event
from ..requests import json_response
from .lists import MOST_ROWS, USUAL_ROWS
from .parameters import Parameters
from .record import the_id
from .resources import Call

__all__ = ["show"]


def show(call: Call) -> Response:
    """GET ``/api/{entity}/{id}/history``: ``{"items": […], "next": event id or null}``; also of a deleted record."""
    shape = call.shape()
    given = Parameters(call.request, ("limit", "before", "titles"))
    limit = given.number("limit", USUAL_ROWS, 1, MOST_ROWS)
    before = given.text("before", 50, "cursor_broken") or None
    if before is not None and not is_id(before):
        raise Refused([Problem("cursor_broken", field="before")])
    events = call.records.history(call.context, shape.entity, the_id(call, shape), limit + 1, before)
    page = events[:limit]
    items = [_plain(event) for event in page]
    if given.yes("titles"):
        people = call.records.titles(
            call.context, {("user", event.actor) for event in page if is_id(event.actor)}
        )
        for item in items:
            item["actor_title"] = people.get(("user", item["actor"]))
    return json_response({"items": items, "next": page[-1].id if len(events) > limit else None})


def _plain(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "at": event.at,
        "kind": event.kind,
        "version": event.version,
        "actor": event.actor,
        "door": event.door,
        "reason": event.reason,
        "batch": event.batch,
        "definitions": event.definitions,
        "changes": {name: {"before": was, "after": now} for name, (was, now) in event.changes.items()},
    }
