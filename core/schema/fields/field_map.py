"""Fields by name, as entities and tables have them: each is read by the class that its ``type`` names."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainValidator, SerializeAsAny, ValidationInfo

from ..labels import humanised
from ..names import Name
from .field import Field

__all__ = ["FieldMap", "read_field"]


def read_field(value: Any, info: ValidationInfo) -> Field:
    """One field, read by the class that its ``type`` names."""
    from ..registry import FieldTypes  # it knows all field types, and so those that have fields of their own

    if isinstance(value, Field):
        return value
    types = (info.context or {}).get("types") or FieldTypes.bundled()
    field: Field = Field.which(value, types).model_validate(value, context=info.context)
    return field


def _labelled(value: Any) -> Any:
    """Fields without a label get their name, made readable."""
    if not isinstance(value, Mapping):
        return value
    return {
        name: {"label": humanised(name), **item}
        if isinstance(item, Mapping) and item.get("label") is None
        else item
        for name, item in value.items()
    }


FieldMap = Annotated[
    dict[Name, Annotated[SerializeAsAny[Field], PlainValidator(read_field)]], BeforeValidator(_labelled)
]
