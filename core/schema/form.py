"""A form: which fields people fill in, in which order, under which headings, and for whom it is."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar, Literal, Protocol, TypeVar

from pydantic import BeforeValidator
from pydantic import Field as Key

from .definition import Condition, Definition, Fault, Literally, Names, Part, Whole
from .labels import Text
from .names import DottedName, Name

__all__ = ["Audience", "Form", "FormField", "Section", "in_order"]


def _named(value: Any) -> Any:
    return {"field": value} if isinstance(value, str) else value


def _one(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


class FormField(Part):
    """A field on a form. ``show``, ``require`` and ``readonly`` are conditions (``true`` and ``false`` will
    do). ``options_where``: which records a link offers, as field of theirs → the value it must have, a plain one or
    ``=`` and a formula on this record. ``after`` and ``before``: the field that it wants to stand beside.
    """

    field: Name
    help: Text | None = None
    label: Text | None = None
    show: Condition | None = None
    require: Condition | None = None
    readonly: Condition | None = None
    default: Literally = None
    options_where: dict[Name, Literally] = Key(default_factory=dict)
    after: Name | None = None
    before: Name | None = None

    @property
    def key(self) -> str:
        """What others name it by."""
        return self.field


class Section(Part):
    """A group of fields under one heading. ``slot`` names a spot where plugins may put fields; ``tab`` the tab it
    stands on (without one: above the tabs); ``after`` and ``before`` the slot that it wants to stand beside.
    """

    label: Text | None = None
    tab: Text | None = None
    columns: Whole = 2
    show: Condition | None = None
    fields: tuple[Annotated[FormField, BeforeValidator(_named)], ...] = ()
    slot: Name | None = None
    after: Name | None = None
    before: Name | None = None

    @property
    def key(self) -> str:
        """What others name it by."""
        return self.slot or ""


class Audience(Part):
    """For whom and for which records a form is: people of one of these roles; records on which ``when`` holds."""

    roles: Names = ()
    when: Condition | None = None

    def faults(self) -> Iterator[Fault]:
        if not self.roles and self.when is None:
            yield Fault((), "for_nobody")


class Form(Definition):
    """What is filled in when a record is created or edited, or by strangers who have the link (``public``).

    ``for``: for whom, where an entity has several forms; ``thanks``: what a stranger reads after sending it.
    """

    noun: ClassVar[str] = "form"

    form: DottedName
    entity: Name
    use: Annotated[tuple[Literal["create", "edit", "public"], ...], BeforeValidator(_one)] = (
        "create",
        "edit",
    )
    for_: Audience | None = Key(default=None, alias="for")
    label: Text | None = None
    intro: Text | None = None
    thanks: Text | None = None
    sections: tuple[Section, ...] = ()


class Placed(Protocol):
    """What may want to stand beside another."""

    @property
    def key(self) -> str: ...
    @property
    def after(self) -> str | None: ...
    @property
    def before(self) -> str | None: ...


T = TypeVar("T", bound=Placed)


def in_order(items: Sequence[T]) -> list[tuple[int, T]]:
    """The items in the order in which they want to stand, each with the index under which it was written.

    One that wants to stand beside what is not there stands where it was written: what is taken out leaves no hole.
    """
    keys = {item.key for item in items if item.key}
    order: list[tuple[int, T]] = []
    waiting: list[tuple[int, T]] = []
    for index, item in enumerate(items):
        beside = item.after or item.before
        wants = beside in keys and beside != item.key
        (waiting if wants else order).append((index, item))
    while waiting:
        placed = [pair for pair in waiting if _spot(order, pair[1]) is not None]
        for pair in placed:
            order.insert(_spot(order, pair[1]) or 0, pair)
        if not placed:  # they only want to stand beside each other
            return order + waiting
        waiting = [pair for pair in waiting if pair not in placed]
    return order


def _spot(order: Sequence[tuple[int, T]], item: T) -> int | None:
    """Where an item goes: before its neighbour, or behind it and those that already stand there for the same reason."""
    at = next((i for i, (_, other) in enumerate(order) if other.key == (item.after or item.before)), None)
    if at is None or item.after is None:
        return at
    at += 1
    while at < len(order) and order[at][1].after == item.after:
        at += 1
    return at
