"""The filters of a list as parameters: one for every field and operator."""

from typing import Any

from ...words import Language
from ..filters import SYSTEM_OPERATORS
from .openapi_parts import parameter
from .openapi_schemas import plain_schema
from .shapes import Shape, Shapes

__all__ = ["filter_parameters"]

Json = dict[str, Any]

_SYSTEM: dict[str, Json] = {
    "id": {"type": "string", "format": "uuid"},
    "created_at": {"type": "string", "format": "date-time"},
    "changed_at": {"type": "string", "format": "date-time"},
}


def filter_parameters(shapes: Shapes, shape: Shape, language: Language) -> list[Json]:
    """``amount.gte``, ``class.in``, …; ``is`` also by the field's name alone."""
    found: list[Json] = []
    fields = shape.plan.entity.fields
    for name, operators in SYSTEM_OPERATORS.items():
        found += _of(name, operators, _SYSTEM.get(name, {"type": "string"}), name)
    for name, field in fields.items():
        if field.operators and name not in SYSTEM_OPERATORS:
            found += _of(name, field.operators, plain_schema(field), field.label.in_(language))
    return found


def _of(name: str, operators: tuple[str, ...], value: Json, label: str) -> list[Json]:
    one = value.get("items", value)
    return [
        {
            **parameter(
                name if operator == "is" else f"{name}.{operator}", _schema(operator, one), said=label
            ),
            **({"style": "form", "explode": False} if operator in ("in", "between") else {}),
        }
        for operator in operators
    ]


def _schema(operator: str, one: Json) -> Json:
    match operator:
        case "in":
            return {"type": "array", "items": one, "minItems": 1, "maxItems": 100}
        case "between":
            return {"type": "array", "items": one, "minItems": 2, "maxItems": 2}
        case "empty" | "not_empty":
            return {"type": "boolean"}
        case "contains" | "starts":
            return {**one, "minLength": 1, "maxLength": 200} if "enum" not in one else one
    return one
