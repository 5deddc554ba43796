"""Records as JSON Schemas: as they are read, as they are made, as they are changed."""

from typing import Any

from ...problems import say
from ...schema.fields.field import Field
from ...words import Language
from .shapes import Shape, Shapes

__all__ = ["change_schema", "create_schema", "plain_schema", "record_schema"]

Json = dict[str, Any]

_KEPT_WHEN_READ = ("type", "enum", "items", "format")
_SURE_FORMATS = ("date", "date-time")
_MOMENT: Json = {"type": "string", "format": "date-time"}
_EXTERNAL: Json = {"type": ["string", "null"], "maxLength": 200}
_SYSTEM: dict[str, Json] = {
    "id": {"type": "string", "format": "uuid"},
    "version": {"type": "integer", "minimum": 1},
    "external_id": {"type": ["string", "null"]},
    "created_at": _MOMENT,
    "created_by": {"type": "string"},
    "changed_at": _MOMENT,
    "changed_by": {"type": "string"},
}


def record_schema(shapes: Shapes, shape: Shape, language: Language) -> Json:
    """A record as it is read: every value may be missing (``null``), for a definition may be younger than a record."""
    fields = shape.plan.entity.fields
    properties = {
        name: _SYSTEM[name]
        if name in _SYSTEM
        else {**_titled(fields[name], language), **_or_null(plain_schema(fields[name]))}
        for name in shape.names
    }
    return {
        "type": "object",
        "title": shape.plan.entity.shown.in_(language),
        "required": ["id"],
        "properties": properties,
    }


def create_schema(shapes: Shapes, shape: Shape, language: Language) -> Json:
    """A record as it is sent to be made: the fields that may be written, and which of them are needed."""
    plan = shape.plan
    filled = {name for name, _ in plan.defaults} | set(plan.series)
    schema = change_schema(shapes, shape, language)
    for name, property_ in schema["properties"].items():
        flow = shapes.records.catalog.flow_of(shape.entity, name)
        if flow is not None and flow.start:
            property_["enum"] = list(flow.start)
    schema["required"] = [
        name
        for name, field in plan.writable.items()
        if field.required and not field.readonly and name not in filled
    ]
    return schema


def change_schema(shapes: Shapes, shape: Shape, language: Language) -> Json:
    """The fields that may be changed; those that are not sent stay as they are."""
    properties: Json = {"external_id": _EXTERNAL}
    for name, field in shape.plan.writable.items():
        if field.readonly:
            continue
        schema = {**_titled(field, language), **field.json_schema()}
        target = shape.plan.links.get(name)
        if target is not None:
            label = shapes.records.plan(target).entity.shown.in_(language)
            schema["description"] = say("openapi_link", language, {"label": label}).message
        needed = field.required or field.type == "stage"
        properties[name] = schema if needed else _or_null(schema)
    return {
        "type": "object",
        "title": shape.plan.entity.shown.in_(language),
        "additionalProperties": False,
        "properties": properties,
    }


def plain_schema(field: Field) -> Json:
    """What a value of the field is, without the limits that hold for new values only."""
    schema = field.json_schema()
    found = {key: schema[key] for key in _KEPT_WHEN_READ if key in schema}
    if found.get("format") not in _SURE_FORMATS:
        found.pop("format", None)
    if "items" in found:
        found["items"] = {key: value for key, value in found["items"].items() if key in ("type", "enum")}
    return found


def _titled(field: Field, language: Language) -> Json:
    titled: Json = {"title": field.label.in_(language)}
    if field.help is not None:
        titled["description"] = field.help.in_(language)
    if field.formula_type == "percent":
        titled.setdefault("description", say("openapi_percent", language).message)
    return titled


def _or_null(schema: Json) -> Json:
    names = schema["type"]
    found = {**schema, "type": [*([names] if isinstance(names, str) else names), "null"]}
    if "enum" in found:
        found["enum"] = [*found["enum"], None]
    return found
