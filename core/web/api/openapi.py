"""The API described as OpenAPI 3.1, made from the catalog of the moment: every entity, field, filter and refusal."""

from collections.abc import Mapping
from typing import Any

from ...flows.explaining import ASPECTS
from ...problems import say
from ...records.exporting import columns_of
from ...words import Language
from .lists import COUNTED, LONGEST_FORMULA, LONGEST_SEARCH, MOST_ROWS, USUAL_ROWS
from .metrics import SPANS, USUAL_SPAN
from .openapi_files import file_paths, timeline_paths
from .openapi_filters import filter_parameters
from .openapi_imports import import_paths
from .openapi_parts import CURSOR, RESPONSES, SCHEMAS, answers, named, parameter
from .openapi_schemas import change_schema, create_schema, record_schema
from .record import LONGEST_KEY, LONGEST_REASON
from .searches import MOST_HITS, USUAL_HITS
from .shapes import Shape, Shapes

__all__ = ["document"]

Json = dict[str, Any]


def document(shapes: Shapes, language: Language, root: str) -> Json:
    """The whole description. ``root``: where the API is mounted."""
    catalog = shapes.records.catalog
    entities = [shapes.of(name) for name in catalog.entities]
    paths: Json = _common(tuple(catalog.entities), tuple(catalog.metrics), language)
    paths |= file_paths(language)
    schemas: Json = dict(SCHEMAS)
    for shape in entities:
        paths |= _Paths(shapes, shape, language).all() | timeline_paths(shape, language)
        schemas |= {
            named(shape.entity, "record"): record_schema(shapes, shape, language),
            named(shape.entity, "create"): create_schema(shapes, shape, language),
            named(shape.entity, "change"): change_schema(shapes, shape, language),
        }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": catalog.workspace.shown.in_(language),
            "version": catalog.version,
            "description": _said("description", language),
        },
        "servers": [{"url": root or "/"}],
        "tags": [{"name": s.entity, "description": s.plan.entity.shown.in_(language)} for s in entities],
        "paths": paths,
        "components": {"schemas": schemas, "responses": RESPONSES},
    }


def _said(key: str, language: Language, **values: Any) -> str:
    return say(f"openapi_{key}", language, values).message


def _common(entities: tuple[str, ...], metrics: tuple[str, ...], language: Language) -> Json:
    """The addresses that every workspace has."""

    def get(key: str, parameters: list[Json], media_type: str = "application/json", *also: int) -> Json:
        ok = {"description": _said(key, language), "content": {media_type: {"schema": {"type": "object"}}}}
        operation: Json = {"operationId": key, "summary": _said(key, language), "tags": ["kehu"]}
        if parameters:
            operation["parameters"] = parameters
        return {"get": {**operation, "responses": {"200": ok, **answers(422, *also)}}}

    entity = parameter("entity", {"type": "string", "enum": list(entities)}, "path")
    metric = parameter("metric", {"type": "string", "enum": list(metrics)}, "path")
    asked = [
        parameter("period", {"type": "string", "enum": list(SPANS), "default": USUAL_SPAN}),
        parameter("by", {"type": "string"}),
        parameter("series", {"type": "boolean", "default": False}),
    ]
    known = parameter("If-None-Match", {"type": "string", "examples": ['"1"']}, "header")
    searched = [
        parameter("q", {"type": "string", "maxLength": LONGEST_SEARCH}, said=_said("q", language)),
        parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST_HITS, "default": USUAL_HITS}),
    ]
    return {
        "/": get("index", []),
        "/problems": get("problems", []),
        "/openapi.json": get("openapi", [known], "application/json", 304, 400),
        "/schemas/{entity}.json": get("schema", [entity, known], "application/schema+json", 304, 400, 404),
        "/search": get("search", searched),
        "/metrics": get("metrics", []),
        "/metrics/{metric}": get("metric", [metric, *asked], "application/json", 404),
    }


class _Paths:
    """The addresses of one entity."""

    def __init__(self, shapes: Shapes, shape: Shape, language: Language) -> None:
        self.shapes, self.shape, self.language = shapes, shape, language
        self.entity = shape.entity
        self.label = shape.plan.entity.shown.in_(language)

    def all(self) -> Json:
        """Address → what can be done there."""
        id_ = parameter("id", {"type": "string", "format": "uuid"}, "path")
        return {
            f"/{self.entity}": {"get": self.listed(), "post": self.create()},
            f"/{self.entity}/{{id}}": {
                "parameters": [id_],
                "get": self.read(),
                "patch": self.change(),
                "delete": self.delete(),
            },
            f"/{self.entity}/{{id}}/history": {"parameters": [id_], "get": self.history()},
            f"/{self.entity}/{{id}}/explain": {"parameters": [id_], "get": self.explain()},
            **self.files(),
        }

    def files(self) -> Json:
        """Files in and out."""
        filters = filter_parameters(self.shapes, self.shape, self.language)
        columns = columns_of(self.shapes.records, self.entity)
        return import_paths(self.entity, self.label, columns, filters, self.language)

    def listed(self) -> Json:
        """GET of the list."""
        fields = self.shape.names
        own = [
            parameter("q", {"type": "string", "maxLength": LONGEST_SEARCH}, said=_said("q", self.language)),
            parameter(
                "where", {"type": "string", "maxLength": LONGEST_FORMULA}, said=_said("where", self.language)
            ),
            parameter("sort", {"type": "string"}, said=_said("sort", self.language)),
            parameter(
                "limit", {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": USUAL_ROWS}
            ),
            parameter("after", CURSOR, said=_said("after", self.language)),
            parameter(
                "count",
                {"type": "boolean", "default": False},
                said=_said("count", self.language, most=COUNTED),
            ),
            *self._shown(fields),
        ]
        page = {
            "type": "object",
            "required": ["items", "next"],
            "properties": {
                "items": {"type": "array", "items": self._ref("record"), "maxItems": MOST_ROWS},
                "next": {"type": ["string", "null"]},
                "count": {"type": "integer"},
                "count_is_exact": {"type": "boolean"},
            },
        }
        filters = filter_parameters(self.shapes, self.shape, self.language)
        return self._operation("list", {"200": _json(page)}, (422,), [*own, *filters])

    def create(self) -> Json:
        """POST of the list."""
        key = parameter(
            "Idempotency-Key",
            {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
            "header",
            _said("key", self.language),
        )
        made = {**_json(self._ref("record")), "headers": {**_TAG, "Location": _header("uri-reference")}}
        refused = (400, 403, 409, 413, 415, 422, 503)
        return self._operation("create", {"201": made}, refused, [key, self._reason()], self._ref("create"))

    def read(self) -> Json:
        """GET of a record."""
        known = parameter("If-None-Match", {"type": "string", "examples": ['"1"']}, "header")
        found = {**_json(self._ref("record")), "headers": _TAG}
        parameters = [*self._shown(self.shape.names), known]
        return self._operation("read", {"200": found}, (304, 400, 404, 422), parameters)

    def change(self) -> Json:
        """PATCH of a record."""
        changed = {**_json(self._ref("record")), "headers": _TAG}
        refused = (400, 403, 404, 409, 412, 413, 415, 422, 428, 503)
        prefer = parameter(
            "Prefer", {"type": "string", "examples": ["merge"]}, "header", _said("prefer", self.language)
        )
        parameters = [self._match(True), prefer, self._reason()]
        return self._operation("change", {"200": changed}, refused, parameters, self._ref("change"))

    def _reason(self) -> Json:
        """Why a rule of severity ``reason`` should let it pass."""
        schema = {"type": "string", "maxLength": LONGEST_REASON * 9}
        return parameter("Kehu-Reason", schema, "header", _said("reason", self.language))

    def delete(self) -> Json:
        """DELETE of a record."""
        gone = {"204": {"description": _said("gone", self.language)}}
        return self._operation("delete", gone, (400, 403, 404, 409, 412, 422, 503), [self._match(False)])

    def history(self) -> Json:
        """GET of a record's history."""
        page = {
            "type": "object",
            "required": ["items", "next"],
            "properties": {
                "items": {"type": "array", "items": {"$ref": "#/components/schemas/event"}},
                "next": {"type": ["string", "null"]},
            },
        }
        parameters = [
            parameter(
                "limit", {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": USUAL_ROWS}
            ),
            parameter("before", {"type": "string", "format": "uuid"}),
            parameter("titles", {"type": "boolean", "default": False}),
        ]
        return self._operation("history", {"200": _json(page)}, (404, 422), parameters)

    def explain(self) -> Json:
        """GET of why a record is as it is: exactly one of the parameters."""
        answer = {
            "type": "object",
            "required": ["aspect", "name", "value", "lines", "because"],
            "properties": {
                "aspect": {"type": "string", "enum": list(ASPECTS)},
                "name": {"type": "string"},
                "value": {},
                "lines": {"type": "array", "items": {"type": "string"}},
                "because": {"$ref": "#/components/schemas/explained"},
            },
        }
        asked = [parameter(aspect, {"type": "string"}) for aspect in ASPECTS]
        return self._operation("explain", {"200": _json(answer)}, (404, 422), asked)

    def _operation(
        self,
        doing: str,
        good: Mapping[str, Json],
        refused: tuple[int, ...],
        parameters: list[Json],
        body: Json | None = None,
    ) -> Json:
        operation: Json = {
            "operationId": f"{doing}_{self.entity}",
            "summary": _said(doing, self.language, label=self.label),
            "tags": [self.entity],
            "parameters": parameters,
            "responses": {**good, **answers(*refused)},
        }
        if body is not None:
            operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
        return operation

    def _shown(self, names: tuple[str, ...]) -> list[Json]:
        listed = {"type": "array", "items": {"type": "string", "enum": list(names)}, "uniqueItems": True}
        return [
            {
                **parameter("fields", listed, said=_said("fields", self.language)),
                "style": "form",
                "explode": False,
            },
            parameter("titles", {"type": "boolean", "default": False}, said=_said("titles", self.language)),
        ]

    def _match(self, required: bool) -> Json:
        schema = {"type": "string", "examples": ['"1"', "*"]}
        found = parameter("If-Match", schema, "header", _said("match", self.language))
        return {**found, "required": required}

    def _ref(self, kind: str) -> Json:
        return {"$ref": f"#/components/schemas/{named(self.entity, kind)}"}


_TAG: Json = {"ETag": {"schema": {"type": "string"}, "required": True}}


def _header(format_: str) -> Json:
    return {"schema": {"type": "string", "format": format_}, "required": True}


def _json(schema: Json) -> Json:
    return {"description": "OK", "content": {"application/json": {"schema": schema}}}
