"""A form as it is being typed: what shows, what is required, what follows."""

from typing import Any

from starlette.responses import JSONResponse, Response

from .filling import Filling
from .form_inputs import text_of
from .form_lists import shown_rows
from .form_shape import shape_of
from .rules import rules_of
from .visit import Visit

__all__ = ["live", "routes"]


def live(visit: Visit) -> Response:
    """POST ``/{entity}/live`` with a whole form (``?id=``: of this record): the state of its fields, as JSON, and the
    rules with which the page follows by itself from there.
    """
    entity, id = visit.named("entity"), visit.one("id")
    before = visit.records.get(visit.context, entity, id) if id else None
    shape = shape_of(visit, entity, "edit" if id else "create")
    filling = Filling.sent(visit, shape, before)
    return JSONResponse(
        {
            "fields": {name: _state(filling, name) for name in shape.items},
            "sections": {name: {"shown": shown} for name, shown in filling.sections.items()},
            "rules": rules_of(filling),
        }
    )


def _state(filling: Filling, name: str) -> dict[str, Any]:
    item = filling.shape.items[name]
    shown = filling.shown(item)
    state: dict[str, Any] = {
        "shown": shown,
        "required": name in filling.required and shown and filling.sections[filling.shape.section_of[name]],
        "readonly": filling.readonly(item),
    }
    if item.fixed:
        state["text"] = text_of(filling, item)
    elif name in filling.plan.tables:
        state["table"] = shown_rows(filling, name)
    elif name in filling.followed and isinstance(raw := filling.raw(name), str):
        state["value"] = raw
        if filling.plan.links.get(name) is not None:
            state["text"] = text_of(filling, item)
    return state


routes = [("/{entity}/live", ("POST",), live)]
