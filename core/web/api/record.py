"""One record: made, read, changed, deleted."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from starlette.responses import Response

from ...context import Context
from ...problems import Problem, Refused
from ...records.plans import EntityPlan
from ...store.ids import is_id
from ...store.query import Row
from ..refusals import problem_json, refusal_response
from ..requests import BadRequest, json_response, to_json
from .parameters import Parameters
from .resources import Call
from .shapes import Shape, etag_of
from .versions import is_known, prefers, seen_version

__all__ = ["LONGEST_KEY", "LONGEST_REASON", "change", "create", "delete", "show", "the_id"]

LONGEST_KEY = 200
LONGEST_REASON = 500


def show(call: Call) -> Response:
    """GET ``/api/{entity}/{id}``; 304 when ``If-None-Match`` has its tag."""
    shape = call.shape()
    given = Parameters(call.request, ("fields", "titles"))
    shown, titled = shape.chosen(given.text("fields", 4000)), given.yes("titles")
    row = call.records.get(call.context, shape.entity, the_id(call, shape))
    body, etag = _content(call, shown, row, (), titled)
    if is_known(call.request, etag):
        return Response(status_code=304, headers={"etag": etag})
    return json_response(body, headers={"etag": etag})


def create(call: Call) -> Response:
    """POST ``/api/{entity}``; with an ``Idempotency-Key`` a retry gives the record of the first time."""
    shape = call.shape()
    Parameters(call.request, ())
    key = _key(call)
    try:
        about, values = _because(call, shape)
        saved = call.records.create(about, shape.entity, values, key)
    except Refused as refusal:
        return _refused(call, refusal)
    body, etag = _content(call, shape, saved.row, saved.warnings)
    location = f"{call.root}/{shape.entity}/{saved.row['id']}"
    return json_response(body, 201, {"etag": etag, "location": location})


def change(call: Call) -> Response:
    """PATCH ``/api/{entity}/{id}``; ``If-Match`` says which version the caller has seen.

    With ``Prefer: merge`` it goes through although others changed the record, where they changed other fields.
    """
    shape, id_ = call.shape(), the_id(call, call.shape())
    Parameters(call.request, ())
    now = call.records.get(call.context, shape.entity, id_)
    if "if-match" not in call.request.headers:
        raise BadRequest(428, Problem("version_needed", {"version": now["version"]}))
    seen, merge = seen_version(call.request, now["version"]), prefers(call.request, "merge")
    try:
        about, values = _because(call, shape)
        saved = call.records.update(about, shape.entity, id_, values, seen, merge)
    except Refused as refusal:
        return _refused(call, refusal, merge)
    body, etag = _content(call, shape, saved.row, saved.warnings)
    applied = {"preference-applied": "merge"} if merge else {}
    return json_response(body, headers={"etag": etag, **applied})


def delete(call: Call) -> Response:
    """DELETE ``/api/{entity}/{id}``; ``If-Match`` is honoured when it is there."""
    shape, id_ = call.shape(), the_id(call, call.shape())
    Parameters(call.request, ())
    seen = None
    if "if-match" in call.request.headers:
        now = call.records.get(call.context, shape.entity, id_)
        seen = seen_version(call.request, now["version"])
    try:
        call.records.delete(call.context, shape.entity, id_, seen)
    except Refused as refusal:
        return _refused(call, refusal)
    return Response(status_code=204)


def the_id(call: Call, shape: Shape) -> str:
    """The id of the address. Raises :class:`Refused` (``missing``) for a text that cannot be one."""
    id_ = call.named("id")
    if not is_id(id_):
        values = {"entity": shape.plan.entity.shown, "id": id_[:50]}
        raise Refused([Problem("record_missing", values)], "missing")
    return id_


def _content(
    call: Call, shape: Shape, row: Row, warnings: Sequence[Problem], titled: bool = False
) -> tuple[bytes, str]:
    """The record's JSON and its tag. What rules mention without stopping it stands under ``warnings``."""
    items = shape.plain([row])
    if titled:
        shape.add_titles(call.records, call.context, items)
    body = to_json(items[0])
    tag = etag_of(shape, row["version"], body, titled)
    if warnings:
        items[0].setdefault("warnings", [problem_json(each, call.context.language) for each in warnings])
        body = to_json(items[0])
    return body, tag


def _because(call: Call, shape: Shape) -> tuple[Context, dict[str, Any]]:
    """The request with the reason given for it, and the values to write.

    The reason stands in the header ``Kehu-Reason`` (percent-encoded UTF-8), or in the body as ``reason`` where the
    entity has no field of that name.
    """
    values = dict(call.body)
    text: Any = unquote(call.request.headers.get("kehu-reason", ""))
    if not text and "reason" not in shape.plan.entity.fields:
        text = values.pop("reason", None) or ""
    reason = " ".join(str(text).split())
    if len(reason) > LONGEST_REASON:
        case = {"length": len(reason), "max": LONGEST_REASON}
        raise Refused([Problem("reason_too_long", case, field="reason")])
    return (replace(call.context, reason=reason) if reason else call.context), values


def _key(call: Call) -> str | None:
    key = call.request.headers.get("idempotency-key")
    if key is not None and not (0 < len(key.strip()) <= LONGEST_KEY and key.isprintable()):
        problem = Problem("key_malformed", {"max": LONGEST_KEY}, field="Idempotency-Key")
        raise BadRequest(400, problem)
    return key.strip() if key else None


def _refused(call: Call, refusal: Refused, merge: bool = False) -> Response:
    """The answer to a write that was refused. Because somebody else was quicker: 412 (409 where a merge was asked
    for, and both changed the same), with what both did to each field.
    """
    problems = [_told(call, problem) for problem in refusal.problems]
    stale = any(problem.code == "changed_meanwhile" for problem in problems)
    again = Refused(problems, refusal.status)
    return refusal_response(again, call.context.language, 412 if stale and not merge else None)


def _told(call: Call, problem: Problem) -> Problem:
    """The problem with what this door knows about it."""
    if problem.code == "changed_meanwhile":
        now = problem.values.get("now", {})
        yours = {name: value for name, value in call.body.items() if name in now}
        return replace(problem, values={**problem.values, "yours": yours})
    if problem.code == "not_unique" and problem.values["table"] in call.runtime.catalog.entities:
        return _taken(call.records.plan(problem.values["table"]), problem)
    return problem


def _taken(plan: EntityPlan, problem: Problem) -> Problem:
    """What may stand only once stands in another record: in the words of the definition, where it has some."""
    fields = tuple(problem.values["fields"])
    known = plan.entity.fields
    labels = [known[name].label if name in known else name for name in fields]
    own = plan.unique_messages.get(fields)
    values = {**problem.values, "fields": labels, "message": own or ""}
    return replace(problem, code="not_unique" if own is None else "not_unique_because", values=values)
