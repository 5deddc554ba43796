"""What there is: the index, the definitions' schemas, the API's own description, and what is wrong with the files."""

from hashlib import blake2b

from starlette.responses import Response

from ...schema.json_schema import entity_to_json_schema
from ..refusals import problem_json
from ..requests import json_response, to_json
from .openapi import document
from .parameters import Parameters
from .resources import Call
from .versions import is_known

MOST_DOCUMENTS = 30
"""Descriptions that are kept: one for each language, and for all who see the same."""

__all__ = ["index", "openapi", "problems", "schema"]


def index(call: Call) -> Response:
    """GET ``/api``: the entities and where everything is."""
    Parameters(call.request, ())
    catalog, language = call.runtime.catalog, call.context.language
    root = call.root or call.request.url.path.rstrip("/")
    entities = [
        {
            "name": entity.name,
            "label": entity.shown.in_(language),
            "href": f"{root}/{entity.name}",
            "schema": f"{root}/schemas/{entity.name}.json",
        }
        for entity in catalog.entities.values()
    ]
    return json_response(
        {
            "workspace": catalog.workspace.name,
            "label": catalog.workspace.shown.in_(language),
            "definitions": catalog.version,
            "entities": entities,
            "metrics": f"{root}/metrics",
            "search": f"{root}/search",
            "problems": f"{root}/problems",
            "openapi": f"{root}/openapi.json",
        }
    )


def schema(call: Call) -> Response:
    """GET ``/api/schemas/{entity}.json``: the entity as JSON Schema (2020-12)."""
    Parameters(call.request, ())
    entity = call.shape().plan.entity
    return _unchanging(call, to_json(entity_to_json_schema(entity)), "application/schema+json")


def openapi(call: Call) -> Response:
    """GET ``/api/openapi.json``: the API of the definitions of the moment, as OpenAPI 3.1."""
    Parameters(call.request, ())
    key = (call.runtime.catalog.version, call.context.language, call.root)
    documents = call.api.documents
    if key not in documents:
        if len(documents) >= MOST_DOCUMENTS:  # of other definitions, for the most part
            documents.clear()
        documents[key] = to_json(document(call.api.shapes(call.runtime), call.context.language, call.root))
    return _unchanging(call, documents[key], "application/json")


def problems(call: Call) -> Response:
    """GET ``/api/problems``: what is wrong with the definition files as they are now; warnings too."""
    Parameters(call.request, ())
    found = (*call.runtime.problems, *call.runtime.catalog.warnings)
    items = [problem_json(problem, call.context.language) for problem in found]
    return json_response({"items": items, "definitions": call.runtime.catalog.version})


def _unchanging(call: Call, body: bytes, media_type: str) -> Response:
    etag = f'"{blake2b(body, digest_size=8).hexdigest()}"'
    if is_known(call.request, etag):
        return Response(status_code=304, headers={"etag": etag})
    return json_response(body, headers={"etag": etag}, media_type=media_type)
