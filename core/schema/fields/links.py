"""Fields that lead to other records: link, links, user, users, team, children."""

from collections.abc import Iterator
from datetime import UTC, tzinfo
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from ...words import Language
from ...words.schema import SPOKEN
from ..definition import Fault, Whole
from ..names import Name, is_name
from .choices import listed, parts_of
from .field import CHOICE_OPERATORS, ColumnKind, Field, Operator, ValueProblem
from .values import as_text, shortened

__all__ = ["PEOPLE", "TEAMS", "Children", "EntityField", "Link", "Links", "Team", "User", "Users"]

PEOPLE = "user"
"""The entity whose records are the people who work here."""
TEAMS = "team"
"""The entity whose records are their teams."""
MOST = 200
"""How many records a field may list."""
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

    @property
    def leads_to(self) -> str | None:
        return self.to

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

    @property
    def leads_to(self) -> str | None:
        return PEOPLE

    def coerce(self, value: Any, zone: tzinfo = UTC) -> str | None:
        return _identity(value)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": _LONGEST_ID}


class Team(User):
    """A team of the workspace: the id of a record of the entity ``team``."""

    type_name: ClassVar[str] = "team"
    widget: ClassVar[str] = "link"

    on_delete: Literal["refuse", "clear"] = "refuse"

    @property
    def leads_to(self) -> str | None:
        return TEAMS


class Several(Field):
    """What fields that list records have in common: ids in the order chosen, none twice. ``max``: how many."""

    widget: ClassVar[str] = "links"
    kept_as: ClassVar[ColumnKind | None] = "list"
    means: ClassVar[str] = "list"
    operators: ClassVar[tuple[Operator, ...]] = ("contains", "empty", "not_empty")
    keywords: ClassVar = {"max": "maxItems"}

    max: Whole = MOST
    on_delete: Literal["refuse", "clear"] = "clear"

    def coerce(self, value: Any, zone: tzinfo = UTC) -> list[str] | None:
        if isinstance(value, str):
            value = parts_of(value)
        elif value is not None and not isinstance(value, (list, tuple)):
            raise ValueProblem("not_a_record", {"given": shortened(value)})
        ids = dict.fromkeys(id for item in value or () if (id := _identity(item)) is not None)
        if len(ids) > self.max:
            raise ValueProblem("too_many", {"max": self.max, "count": len(ids)})
        return list(ids) or None

    def to_cell(self, value: Any) -> Any:
        return None if value is None else listed(value)

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        return SPOKEN[language]["comma"].join(value or ())

    def json_schema(self) -> dict[str, Any]:
        items = {"type": "string", "maxLength": _LONGEST_ID}
        return {"type": "array", "items": items, "uniqueItems": True, "maxItems": self.max}

    def faults(self) -> Iterator[Fault]:
        if not 1 <= self.max <= MOST:
            yield Fault(("max",), "out_of_range", {"low": 1, "high": MOST})
        yield from super().faults()


class Links(Several):
    """Several records of another entity: their ids. ``to``: the entity; ``on_delete``: what happens here when one of
    them is deleted.
    """

    type_name: ClassVar[str] = "links"

    to: Name

    @property
    def leads_to_many(self) -> str | None:
        return self.to


class Users(Several):
    """Several people of the workspace: the ids of users."""

    type_name: ClassVar[str] = "users"

    @property
    def leads_to_many(self) -> str | None:
        return PEOPLE


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
