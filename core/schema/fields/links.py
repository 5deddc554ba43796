"""Fields that lead to other records: link, user, children."""

from datetime import UTC, tzinfo
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from ..names import Name, is_name
from .field import CHOICE_OPERATORS, ColumnKind, Field, Operator, ValueProblem
from .values import as_text, shortened

__all__ = ["Children", "EntityField", "Link", "User"]

_LONGEST_ID = 200


def _identity(value: Any) -> str | None:
    text = as_text(value) if value is None or isinstance(value, str) else None
    if text is None and value is not None and not isinstance(value, str):
        raise ValueProblem("not_a_record", {"given": shortened(value)})
    if text is not None and len(text) > _LONGEST_ID:
        raise ValueProblem("not_a_record", {"given": shortened(text)})
    return text


class Link(Field):
    """Another record's id. ``to``: its entity; ``on_delete``: what happens here when that record is
    deleted.
    """

    type_name: ClassVar[str] = "link"
    widget: ClassVar[str] = "link"
    means: ClassVar[str] = "record"
    operators: ClassVar[tuple[Operator, ...]] = CHOICE_OPERATORS

    to: Name
    on_delete: Literal["refuse", "clear", "take_along"] = "refuse"

    def coerce(self, value: Any, zone: tzinfo = UTC) -> str | None:
        return _identity(value)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": _LONGEST_ID}


class User(Field):
    """A person of the workspace: the id of a user."""

    type_name: ClassVar[str] = "user"
    widget: ClassVar[str] = "user"
    means: ClassVar[str] = "record"
    operators: ClassVar[tuple[Operator, ...]] = CHOICE_OPERATORS

    def coerce(self, value: Any, zone: tzinfo = UTC) -> str | None:
        return _identity(value)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": _LONGEST_ID}


def _entity_field(text: str) -> str:
    entity, _, field = text.partition(".")
    if not (is_name(entity) and is_name(field)):
        raise PydanticCustomError("bad_entity_field", "path", {"given": text})
    return text


EntityField = Annotated[str, AfterValidator(_entity_field)]
"""``contact.customer``: a field of an entity."""


class Children(Field):
    """The records that link here. ``of``: the entity and its link field, ``contact.customer``. Nothing is
    kept.
    """

    type_name: ClassVar[str] = "children"
    widget: ClassVar[str] = "readonly"
    computed: ClassVar[bool] = True
    kept_as: ClassVar[ColumnKind | None] = None
    means: ClassVar[str] = "records"
    operators: ClassVar[tuple[Operator, ...]] = ()

    of: EntityField

    @property
    def child(self) -> str:
        """The entity that links here."""
        return self.of.partition(".")[0]

    @property
    def child_field(self) -> str:
        """The link field of that entity."""
        return self.of.partition(".")[2]

    def coerce(self, value: Any, zone: tzinfo = UTC) -> None:
        if value is not None:
            raise ValueProblem("is_computed")

    def json_schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string"}, "readOnly": True}
