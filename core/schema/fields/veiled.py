"""A field of which somebody sees the values of some records only, and dots, or nothing, on the others."""

from collections.abc import Mapping
from datetime import UTC, tzinfo
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar

from ...words import Language
from .field import Field, Operator, ValueProblem
from .secret import MASK

__all__ = ["veiled"]


def veiled(field: Field) -> Field:
    """The same field, by which nobody can filter, sort or search; where its value is kept back, it reads as dots."""
    kind = _veiled(type(field))
    found: Field = kind.model_construct(_fields_set=set(field.model_fields_set), **_keys(field))
    return found


def _keys(field: Field) -> Mapping[str, Any]:
    return MappingProxyType({key: getattr(field, key) for key in type(field).model_fields})


@cache
def _veiled(kind: Any) -> Any:
    class Veiled(kind):  # type: ignore[misc]  # whatever the field is, and dots besides
        masked: ClassVar[bool] = True
        operators: ClassVar[tuple[Operator, ...]] = ()

        def coerce(self, value: Any, zone: tzinfo = UTC) -> Any:
            if value == MASK:
                raise ValueProblem("secret_masked")
            return super().coerce(value, zone)

        def to_json(self, value: Any) -> Any:
            return value if value == MASK else super().to_json(value)

        def to_cell(self, value: Any) -> Any:
            return value if value == MASK else super().to_cell(value)

        def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
            return MASK if value == MASK else str(super().display(value, language, zone))

    Veiled.__name__ = Veiled.__qualname__ = kind.__name__
    return Veiled
