"""Why a record is as it is."""

from starlette.responses import Response

from ...flows.explaining import ASPECTS, explain
from ...problems import Problem, Refused
from ..explained import explained_json
from ..requests import json_response
from .parameters import Parameters
from .record import the_id
from .resources import Call

__all__ = ["show"]

LONGEST_NAME = 100


def show(call: Call) -> Response:
    """GET ``/api/{entity}/{id}/explain?field=NAME`` (or ``rule``, ``gate``, ``shown``): the lines, and the tree."""
    shape = call.shape()
    given = Parameters(call.request, ASPECTS)
    asked = [(aspect, name) for aspect in ASPECTS if (name := given.text(aspect, LONGEST_NAME))]
    if len(asked) != 1:
        raise Refused([Problem("explain_ask_one")])
    ((aspect, name),) = asked
    found = explain(call.records, call.context, shape.entity, the_id(call, shape), aspect, name)
    language = call.context.language
    return json_response(
        {
            "aspect": aspect,
            "name": name,
            "value": found.value,
            "lines": found.in_words(language),
            "because": explained_json(found, language),
        }
    )
