"""A refusal as an answer: its HTTP status, and its problems as ``application/problem+json`` (RFC 9457)."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from ..problems import Label, Place, Problem, Refused, Status, advice, message, say
from ..schema.fields.values import shortened
from ..words import Language
from .requests import BadRequest, json_response

__all__ = ["PROBLEM_TYPE", "STATUS", "problem_json", "refusal_response", "status_of"]

STATUS: Mapping[Status, int] = {
    "invalid": 422,
    "forbidden": 403,
    "missing": 404,
    "conflict": 409,
    "unavailable": 503,
}
"""What a refusal's status is called in HTTP."""

PROBLEM_TYPE = "application/problem+json"
MOST_SHOWN = 100
_LONGEST = 300
_BETWEEN: Mapping[Language, str] = {"zh": "；", "en": "; "}
_COLON: Mapping[Language, str] = {"zh": "：", "en": ": "}
_WORTH_SAYING = (
    "column", "width", "line", "available", "seen", "version", "now", "yours", "clashes", "mergeable", "record",
)  # fmt: skip
"""Values of a problem that a program can use as they are."""


def status_of(refusal: Refused) -> int:
    """The HTTP status of a refusal."""
    return refusal.http if isinstance(refusal, BadRequest) else STATUS[refusal.status]


def refusal_response(refusal: Refused, language: Language, status: int | None = None) -> Response:
    """The answer that says what was refused and why, in the reader's language."""
    http = status or status_of(refusal)
    shown = [problem_json(problem, language) for problem in refusal.problems[:MOST_SHOWN]]
    first = refusal.problems[0].code if refusal.problems else "refused"
    body = {
        "type": f"urn:kehu:problem:{first}",
        "title": say(f"http_{http}", language).message,
        "status": http,
        "detail": _BETWEEN[language].join(_told(each, language) for each in refusal.problems[:5]),
        "problems": shown,
    }
    headers = {"cache-control": "no-store", **(refusal.headers if isinstance(refusal, BadRequest) else {})}
    return json_response(body, http, headers, PROBLEM_TYPE)


def _told(problem: Problem, language: Language) -> str:
    """What is wrong, with the field's label before it where the words do not name it."""
    words, label = problem_json(problem, language)["message"], problem.values.get("label")
    name = label.in_(language) if isinstance(label, Label) else ""
    return words if name in words else f"{name}{_COLON[language]}{words}"


def problem_json(problem: Problem, language: Language) -> dict[str, Any]:
    """One problem: ``code``, ``message``, ``help``, and ``field``, ``instead``, ``place`` where they are known."""
    trimmed = Problem(
        problem.code, _trimmed(problem.values), problem.place, problem.field, problem.level, problem.instead
    )
    found: dict[str, Any] = {
        "code": problem.code,
        "level": problem.level,
        "message": message(trimmed, language),
        "help": advice(trimmed, language),
        "field": None if problem.field is None else shortened(problem.field, 100),
        "instead": problem.instead,
    }
    if problem.place is not None and problem.place.file:
        found["place"] = _place(problem.place)
    for name in _WORTH_SAYING:
        if name in problem.values:
            found[name] = _plain(problem.values[name], language)
    return found


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "column": place.column, "width": place.width}


def _trimmed(values: Mapping[str, Any]) -> dict[str, Any]:
    """What people sent may be long; a message repeats only its beginning."""
    return {name: _cut(value) for name, value in values.items()}


def _cut(value: Any) -> Any:
    if isinstance(value, str) and len(value) > _LONGEST:
        return value[:_LONGEST] + "…"
    if isinstance(value, (list, tuple)):
        return tuple(_cut(item) for item in value[:MOST_SHOWN])
    return value


def _plain(value: Any, language: Language) -> Any:
    if hasattr(value, "in_"):
        return value.in_(language)
    if isinstance(value, Mapping):
        return {str(name): _plain(item, language) for name, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item, language) for item in value[:MOST_SHOWN]]
    return value
