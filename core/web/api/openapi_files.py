"""The addresses of files, described: upload, download, and the timeline of each entity's records."""

from typing import Any

from ...problems import say
from ...words import Language
from .openapi_parts import answers, parameter
from .shapes import Shape

__all__ = ["file_paths", "timeline_paths"]

Json = dict[str, Any]

_ID: Json = {"type": "string", "format": "uuid"}
_FILE: Json = {"application/json": {"schema": {"$ref": "#/components/schemas/file"}}}
_BYTES: Json = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


def file_paths(language: Language) -> Json:
    """Where files are uploaded and downloaded."""
    form = {
        "type": "object",
        "required": ["file"],
        "properties": {"file": {"type": "string", "format": "binary"}},
        "additionalProperties": False,
    }
    said = _said("upload_for", language)
    known = parameter("If-None-Match", {"type": "string"}, "header")
    return {
        "/files": {
            "post": {
                "operationId": "upload_file",
                "summary": _said("upload", language),
                "tags": ["kehu"],
                "parameters": [
                    parameter("entity", {"type": "string"}, said=said),
                    parameter("field", {"type": "string"}, said=said),
                ],
                "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": form}}},
                "responses": {
                    "201": {"description": "Created", "content": _FILE},
                    **answers(400, 403, 404, 413, 415, 422, 503),
                },
            }
        },
        "/files/{id}": {
            "parameters": [parameter("id", _ID, "path")],
            "get": {
                "operationId": "download_file",
                "summary": _said("download", language),
                "tags": ["kehu"],
                "parameters": [known],
                "responses": {
                    "200": {"description": "OK", "content": _BYTES},
                    "206": {"description": "Partial Content", "content": _BYTES},
                    **answers(304, 400, 404, 422, 503),
                },
            },
        },
    }


def timeline_paths(shape: Shape, language: Language) -> Json:
    """The files on the timelines of an entity's records."""
    entity, label = shape.entity, shape.plan.entity.shown.in_(language)
    listed = {
        "type": "object",
        "required": ["items"],
        "properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/file"}}},
    }
    asked = {
        "type": "object",
        "required": ["file"],
        "properties": {"file": _ID},
        "additionalProperties": False,
    }

    def operation(doing: str, good: Json, *refused: int) -> Json:
        named = {"operationId": f"{doing}_{entity}", "summary": _said(doing, language, label=label)}
        return {**named, "tags": [entity], "responses": {**good, **answers(*refused)}}

    content = {"description": "OK", "content": {"application/json": {"schema": listed}}}
    made = {"description": "Created", "content": _FILE}
    body = {"required": True, "content": {"application/json": {"schema": asked}}}
    id_, file = parameter("id", _ID, "path"), parameter("file", _ID, "path")
    return {
        f"/{entity}/{{id}}/files": {
            "parameters": [id_],
            "get": operation("attached", {"200": content}, 403, 404, 422),
            "post": {
                **operation("attach", {"201": made}, 400, 403, 404, 413, 415, 422, 503),
                "requestBody": body,
            },
        },
        f"/{entity}/{{id}}/files/{{file}}": {
            "parameters": [id_, file],
            "delete": operation("detach", {"204": {"description": "Gone"}}, 403, 404, 422, 503),
        },
    }


def _said(key: str, language: Language, **values: Any) -> str:
    return say(f"openapi_{key}", language, values).message
