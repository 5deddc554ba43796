"""The parts of the description that do not depend on the catalog: refusals, events, and how parameters are written."""

from typing import Any

from ..refusals import PROBLEM_TYPE

__all__ = ["CURSOR", "RESPONSES", "SCHEMAS", "answers", "named", "parameter"]

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_TEXT_OR_NOTHING: Json = {"type": ["string", "null"]}

CURSOR: Json = {"type": "string", "maxLength": 4000, "pattern": "^[A-Za-z0-9_-]*$"}

SCHEMAS: Json = {
    "problem": {
        "type": "object",
        "description": "RFC 9457",
        "required": ["type", "title", "status", "detail", "problems"],
        "properties": {
            "type": _TEXT,
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": _TEXT,
            "problems": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["code", "level", "message", "help", "field", "instead"],
                    "properties": {
                        "code": _TEXT,
                        "level": {"type": "string", "enum": ["error", "warning", "note"]},
                        "message": _TEXT,
                        "help": _TEXT,
                        "field": _TEXT_OR_NOTHING,
                        "instead": _TEXT_OR_NOTHING,
                    },
                },
            },
        },
    },
    "event": {
        "type": "object",
        "required": ["id", "at", "kind", "version", "actor", "door", "changes"],
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "at": {"type": "string", "format": "date-time"},
            "kind": {"type": "string", "enum": ["created", "changed", "deleted"]},
            "version": {"type": "integer"},
            "actor": _TEXT,
            "door": _TEXT,
            "reason": _TEXT_OR_NOTHING,
            "batch": _TEXT,
            "definitions": _TEXT,
            "changes": {
                "type": "object",
                "additionalProperties": {"type": "object", "required": ["before", "after"]},
            },
        },
    },
    "file": {
        "type": "object",
        "required": ["id", "name", "size", "type", "sha256", "created_at", "created_by", "url"],
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "name": _TEXT,
            "size": {"type": "integer"},
            "type": _TEXT,
            "sha256": _TEXT,
            "created_at": {"type": "string", "format": "date-time"},
            "created_by": _TEXT,
            "url": _TEXT,
        },
    },
    "explained": {
        "type": "object",
        "required": ["kind", "label", "text", "value", "said", "holds", "because"],
        "properties": {
            "kind": _TEXT,
            "label": _TEXT,
            "text": _TEXT,
            "value": {},
            "said": _TEXT,
            "holds": {"type": ["boolean", "null"]},
            "because": {"type": "array", "items": {"$ref": "#/components/schemas/explained"}},
        },
    },
}
"""Schemas that every workspace's API has."""

_REFUSED: dict[int, str] = {
    400: "The request cannot be read",
    403: "Not allowed",
    404: "Not found",
    409: "In conflict with what is there",
    412: "Changed by somebody else meanwhile",
    413: "Too large",
    415: "This type of content is not taken",
    422: "Not as it must be: every reason is listed",
    428: "If-Match is needed",
    503: "Not available now",
}

RESPONSES: Json = {
    "refused_304": {"description": "Not changed"},
    **{
        f"refused_{status}": {
            "description": said,
            "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/problem"}}},
        }
        for status, said in _REFUSED.items()
    },
}


def answers(*statuses: int) -> Json:
    """References to these refusals, by status."""
    return {str(status): {"$ref": f"#/components/responses/refused_{status}"} for status in sorted(statuses)}


def named(entity: str, kind: str) -> str:
    """The name of one of an entity's schemas."""
    return f"{entity}.{kind}"


def parameter(name: str, schema: Json, place: str = "query", said: str = "") -> Json:
    """A parameter; those in the path are always there."""
    found: Json = {"name": name, "in": place, "schema": schema}
    if place == "path":
        found["required"] = True
    return {**found, "description": said} if said else found
