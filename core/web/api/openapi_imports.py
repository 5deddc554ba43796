"""The addresses of files in and out, as the description of the API tells them."""

from collections.abc import Sequence
from typing import Any

from ...problems import say
from ...records.encodings import ENCODINGS
from ...records.spreadsheets import DELIMITERS
from ...words import Language
from ..exporting import KINDS as EXPORTED
from .imports import KINDS as IMPORTED
from .lists import LONGEST_FORMULA, LONGEST_SEARCH
from .openapi_parts import answers, parameter

__all__ = ["import_paths"]

Json = dict[str, Any]

_COUNT: Json = {"type": "integer", "minimum": 0}
_KEPT: Json = {"type": "array", "items": {"type": "object"}}
_BATCH: Json = {"type": "string", "format": "uuid"}


def import_paths(
    entity: str, label: str, columns: Sequence[str], filters: list[Json], language: Language
) -> Json:
    """Address → what can be done there: import, the imports there were, undo, export."""

    def operation(doing: str, good: Json, refused: tuple[int, ...], parameters: Sequence[Json] = ()) -> Json:
        return {
            "operationId": f"{doing}_{entity}",
            "summary": _said(doing, language, label=label),
            "tags": [entity],
            "parameters": list(parameters),
            "responses": {"200": {"description": "OK", "content": good}, **answers(*refused)},
        }

    content = {"schema": {"type": "string", "format": "binary"}}
    taken = {
        **operation("import", _json(_report()), (400, 403, 413, 422, 503), _import_parameters(language)),
        "requestBody": {"required": True, "content": dict.fromkeys(IMPORTED, content)},
    }
    batch = parameter("batch", _BATCH, "path")
    listed = {"type": "object", "required": ["items"], "properties": {"items": _KEPT}}
    undone = operation("undo_import", _json(_undone()), (400, 403, 404, 409, 422, 503))
    files = {kind.partition(";")[0]: content for kind in EXPORTED.values()}
    exported = operation("export", files, (403, 404, 422), [*_export_parameters(columns, language), *filters])
    return {
        f"/{entity}/import": {"post": taken},
        f"/{entity}/imports": {"get": operation("imports", _json(listed), (403, 422))},
        f"/{entity}/imports/{{batch}}/undo": {"parameters": [batch], "post": undone},
        f"/{entity}/export": {"get": exported},
    }


def _import_parameters(language: Language) -> list[Json]:
    text: Json = {"type": "string"}
    return [
        parameter("dry_run", {"type": "boolean", "default": False}, said=_said("dry_run", language)),
        parameter("columns", text, said=_said("columns", language)),
        parameter("key", text, said=_said("import_key", language)),
        parameter(
            "several", {"type": "string", "enum": ["refuse", "oldest"]}, said=_said("several", language)
        ),
        parameter("only", {"type": "string", "enum": ["create", "change"]}, said=_said("only", language)),
        parameter("encoding", {"type": "string", "enum": list(ENCODINGS)}),
        parameter("delimiter", {"type": "string", "enum": list(DELIMITERS)}),
        parameter("sheet", {"type": "string", "maxLength": 100}),
        parameter("name", {"type": "string", "maxLength": 200}, said=_said("file_name", language)),
    ]


def _export_parameters(columns: Sequence[str], language: Language) -> list[Json]:
    listed = {"type": "array", "items": {"type": "string", "enum": list(columns)}, "uniqueItems": True}
    fields = parameter("fields", listed, said=_said("fields", language))
    return [
        parameter("format", {"type": "string", "enum": list(EXPORTED), "default": "csv"}),
        {**fields, "style": "form", "explode": False},
        parameter("q", {"type": "string", "maxLength": LONGEST_SEARCH}, said=_said("q", language)),
        parameter("where", {"type": "string", "maxLength": LONGEST_FORMULA}, said=_said("where", language)),
    ]


def _report() -> Json:
    counts = ("total", "read", "created", "changed", "unchanged", "refused_count", "alike")
    return {
        "type": "object",
        "required": ["dry_run", "batch", *counts, "refused"],
        "properties": {
            "dry_run": {"type": "boolean"},
            "batch": {"type": ["string", "null"]},
            "columns": {"type": "object", "additionalProperties": {"type": "string"}},
            "left_out": {"type": "array", "items": {"type": "string"}},
            "refused": {
                "type": "array",
                "items": {"type": "object", "required": ["line", "row", "problems"]},
            },
            **dict.fromkeys(counts, _COUNT),
        },
    }


def _undone() -> Json:
    counts = ("total", "deleted", "restored", "back_already", "kept_count")
    return {
        "type": "object",
        "required": ["batch", *counts, "kept"],
        "properties": {"batch": {"type": "string"}, "kept": _KEPT, **dict.fromkeys(counts, _COUNT)},
    }


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


def _said(code: str, language: Language, **values: Any) -> str:
    return say(f"openapi_{code}", language, values).message
