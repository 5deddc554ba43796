"""Fields that hold a day or a point in time, or a yes or no."""

from datetime import UTC, date, datetime, tzinfo
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from ...words import Language
from ...words.schema import SPOKEN
from .field import ORDER_OPERATORS, ColumnKind, Field, Operator, ValueProblem
from .values import as_date, as_datetime, shortened

__all__ = ["Date", "DateTime", "YesNo"]


def _day(value: Any) -> date:
    try:
        day = as_date(value)
    except ValueProblem:
        day = None
    if day is None:
        raise PydanticCustomError("wrong_type", "date", {"expected": "date"})
    return day


Day = Annotated[date, BeforeValidator(_day)]


class Date(Field):
    """A day."""

    type_name: ClassVar[str] = "date"
    widget: ClassVar[str] = "date"
    kept_as: ClassVar[ColumnKind | None] = "date"
    means: ClassVar[str] = "date"
    operators: ClassVar[tuple[Operator, ...]] = ORDER_OPERATORS

    min: Day | None = None
    max: Day | None = None

    def coerce(self, value: Any, zone: tzinfo = UTC) -> date | None:
        day = as_date(value, zone)
        if day is None:
            return None
        if self.min is not None and day < self.min:
            raise ValueProblem("too_early", {"min": self.min.isoformat()})
        if self.max is not None and day > self.max:
            raise ValueProblem("too_late", {"max": self.max.isoformat()})
        return day

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


class DateTime(Field):
    """A point in time, kept in UTC; the pages show it in the reader's zone."""

    type_name: ClassVar[str] = "datetime"
    widget: ClassVar[str] = "datetime"
    kept_as: ClassVar[ColumnKind | None] = "datetime"
    means: ClassVar[str] = "datetime"
    operators: ClassVar[tuple[Operator, ...]] = ORDER_OPERATORS

    def coerce(self, value: Any, zone: tzinfo = UTC) -> datetime | None:
        return as_datetime(value, zone)

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        return "" if value is None else f"{value.astimezone(zone):%Y-%m-%d %H:%M}"

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}


_YES = frozenset(["true", "yes", "y", "t", "1", "on", "是", "有", "对", "真", "√", "✓"])
_NO = frozenset(["false", "no", "n", "f", "0", "off", "否", "无", "不是", "没有", "错", "假", "×", "✗"])


class YesNo(Field):
    """Yes or no."""

    type_name: ClassVar[str] = "yes_no"
    widget: ClassVar[str] = "checkbox"
    kept_as: ClassVar[ColumnKind | None] = "boolean"
    means: ClassVar[str] = "yes_no"
    operators: ClassVar[tuple[Operator, ...]] = ("is", "is_not", "empty", "not_empty")

    def coerce(self, value: Any, zone: tzinfo = UTC) -> bool | None:
        if value is None or value is True or value is False:
            return value
        if isinstance(value, str):
            text = value.strip().casefold()
            if not text:
                return None
            if text in _YES or text in _NO:
                return text in _YES
        elif isinstance(value, (int, float)) and value in (0, 1):
            return value == 1
        raise ValueProblem("not_yes_or_no", {"given": shortened(value)})

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        return "" if value is None else SPOKEN[language]["yes" if value else "no"]

    def json_schema(self) -> dict[str, Any]:
        return {"type": "boolean"}
