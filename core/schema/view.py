"""A view: which records are shown, as a list, a board, a calendar or a timeline, and how."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator
from pydantic import Field as Key
from pydantic_core import PydanticCustomError

from .definition import Condition, Definition, Fault, Names
from .labels import Text
from .names import DottedName, Name, is_name

__all__ = ["Total", "View"]

Total = Literal["sum", "average", "count", "min", "max"]


def _one(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _sort_key(text: str) -> str:
    if not is_name(text.removeprefix("-")):
        raise PydanticCustomError("bad_sort", "sort", {"given": text})
    return text


class View(Definition):
    """A saved way to look at the records of one entity. ``sort``: field names, ``-`` in front for
    descending. ``date``: the day on which a record stands in a calendar; ``start`` and ``end``: its span on a timeline.
    """

    noun: ClassVar[str] = "view"

    view: DottedName
    entity: Name
    label: Text | None = None
    kind: Literal["list", "board", "calendar", "timeline"] = "list"
    where: Condition | None = None
    columns: Names = ()
    sort: Annotated[tuple[Annotated[str, AfterValidator(_sort_key)], ...], BeforeValidator(_one)] = ()
    totals: dict[Name, Total] = Key(default_factory=dict)
    group: Name | None = None
    date: Name | None = None
    start: Name | None = None
    end: Name | None = None

    @property
    def moments(self) -> dict[str, str]:
        """The keys that name a day, and the fields they name: ``date`` of a calendar, ``start`` and ``end``."""
        named = {"date": self.date, "start": self.start, "end": self.end}
        return {key: name for key, name in named.items() if name is not None}

    def faults(self) -> Iterator[Fault]:
        needed = {"calendar": "date", "timeline": "start"}.get(self.kind)
        if needed is not None and needed not in self.moments:
            yield Fault(("kind",), "view_without_days", {"kind": self.kind, "key": needed})
