"""A form: which fields people fill in, in which order, under which headings."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator

from .definition import Condition, Definition, Literally, Part, Whole
from .labels import Text
from .names import DottedName, Name

__all__ = ["Form", "FormField", "Section"]


def _named(value: Any) -> Any:
    return {"field": value} if isinstance(value, str) else value


def _one(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


class FormField(Part):
    """A field on a form. ``show``, ``require`` and ``readonly`` are conditions (``true`` and ``false`` will
    do).
    """

    field: Name
    help: Text | None = None
    label: Text | None = None
    show: Condition | None = None
    require: Condition | None = None
    readonly: Condition | None = None
    default: Literally = None


class Section(Part):
    """A group of fields under one heading. ``slot`` names a spot where plugins may put fields."""

    label: Text | None = None
    columns: Whole = 2
    show: Condition | None = None
    fields: tuple[Annotated[FormField, BeforeValidator(_named)], ...] = ()
    slot: Name | None = None


class Form(Definition):
    """What is filled in when a record is created or edited."""

    noun: ClassVar[str] = "form"

    form: DottedName
    entity: Name
    use: Annotated[tuple[Literal["create", "edit"], ...], BeforeValidator(_one)] = ("create", "edit")
    label: Text | None = None
    sections: tuple[Section, ...] = ()
