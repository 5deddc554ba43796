"""A view: which records are shown, as a list or a board, with which columns, in which order."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator
from pydantic import Field as Key
from pydantic_core import PydanticCustomError

from .definition import Condition, Definition, Names
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
    descending.
    """

    noun: ClassVar[str] = "view"

    view: DottedName
    entity: Name
    label: Text | None = None
    kind: Literal["list", "board"] = "list"
    where: Condition | None = None
    columns: Names = ()
    sort: Annotated[tuple[Annotated[str, AfterValidator(_sort_key)], ...], BeforeValidator(_one)] = ()
    totals: dict[Name, Total] = Key(default_factory=dict)
    group: Name | None = None
