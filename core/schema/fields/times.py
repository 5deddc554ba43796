"""Fields that hold a day, a point in time or a time of day, or a yes or no."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated, Any, ClassVar
from unicodedata import normalize

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from ...words import Language
from ...words.schema import SPOKEN
from .field import CHOICE_OPERATORS, ORDER_OPERATORS, ColumnKind, Field, Operator, ValueProblem
from .values import as_date, as_datetime, as_text, shortened

__all__ = ["Date", "DateTime", "Time", "YesNo"]


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


_FIRST = datetime(1, 1, 2, tzinfo=UTC)
_LAST = datetime(9999, 12, 30, tzinfo=UTC)
"""What a clock anywhere on Earth can still show: the calendar ends a day later."""


class DateTime(Field):
    """A point in time, kept in UTC; the pages show it in the reader's zone."""

    type_name: ClassVar[str] = "datetime"
    widget: ClassVar[str] = "datetime"
    kept_as: ClassVar[ColumnKind | None] = "datetime"
    means: ClassVar[str] = "datetime"
    operators: ClassVar[tuple[Operator, ...]] = ORDER_OPERATORS

    def coerce(self, value: Any, zone: tzinfo = UTC) -> datetime | None:
        moment = as_datetime(value, zone)
        if moment is not None and not _FIRST <= moment <= _LAST:
            raise ValueProblem("no_such_day", {"given": shortened(value)})
        return moment

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        return "" if value is None else f"{value.astimezone(zone):%Y-%m-%d %H:%M}"

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}


_CLOCK = re.compile(
    r"(?P<half>上午|早上|凌晨|中午|下午|傍晚|晚上|am|pm)?\s*"
    r"(?P<hour>\d{1,2})(?:\s*[:时点]\s*(?:(?P<minute>\d{1,2})|(?P<part>半|一刻|三刻|整))?\s*分?"
    r"(?:\s*:?\s*(?P<second>\d{1,2})\s*秒?)?|(?P<joined>\d\d))?\s*(?P<after>am|pm)?",
    re.ASCII,
)
_LATE = ("下午", "傍晚", "晚上", "pm")
_PARTS = {"半": 30, "一刻": 15, "三刻": 45, "整": 0}


def _time_of_day(value: Any) -> str | None:
    """``14:30``, or ``14:30:15`` where seconds are said. Raises :class:`ValueProblem`."""
    if isinstance(value, (datetime, time)):
        return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
    text = as_text(value)
    if text is None:
        return None
    found = _CLOCK.fullmatch(normalize("NFKC", text[:40]).strip().casefold())
    if found is None or len(text) > 40 or (found["half"] and found["after"]):
        raise ValueProblem("not_a_time", {"given": shortened(text)})
    half = found["half"] or found["after"]
    plain_hour = not any(found[name] for name in ("minute", "part", "joined")) and ":" not in text
    if plain_hour and not half and not re.search(r"[时点]", text):
        raise ValueProblem("not_a_time", {"given": shortened(text)})  # 14 alone may mean anything
    hour = int(found["hour"])
    if half in _LATE and hour < 12:
        hour += 12
    elif half in ("am", "凌晨") and hour == 12:
        hour = 0
    minute = _PARTS[found["part"]] if found["part"] else int(found["minute"] or found["joined"] or 0)
    second = int(found["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise ValueProblem("not_a_time", {"given": shortened(text)})
    return f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "")


def _moment_of_day(value: Any) -> str:
    try:
        # YAML reads 9:30 as the text it is; a bare 9 is no time of day.
        found = _time_of_day(value)
    except ValueProblem:
        found = None
    if found is None:
        raise PydanticCustomError("wrong_type", "time", {"expected": "time"})
    return found


class Time(Field):
    """A time of day, kept as ``14:30``, with seconds where they are said. ``2:30 pm``, ``下午两点半`` and ``14点30分``
    are read.
    """

    type_name: ClassVar[str] = "time"
    widget: ClassVar[str] = "time"
    operators: ClassVar[tuple[Operator, ...]] = CHOICE_OPERATORS

    min: Annotated[str, BeforeValidator(_moment_of_day)] | None = None
    max: Annotated[str, BeforeValidator(_moment_of_day)] | None = None

    def coerce(self, value: Any, zone: tzinfo = UTC) -> str | None:
        if value.__class__ is str and not value.isascii():
            value = _spelt_out(value)
        if isinstance(value, timedelta):
            value = f"{value.seconds // 3600}:{value.seconds // 60 % 60:02}:{value.seconds % 60:02}"
        if isinstance(value, datetime):
            value = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(zone)
        found = _time_of_day(value)
        if found is None:
            return None
        if self.min is not None and found < self.min:
            raise ValueProblem("too_early", {"min": self.min})
        if self.max is not None and found > self.max:
            raise ValueProblem("too_late", {"max": self.max})
        return found

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$"}


_HOURS = {text: str(hour) for hour, text in enumerate(["零", *"一二三四五六七八九十", "十一", "十二"])} | {
    "两": "2"
}


def _spelt_out(text: str) -> str:
    """两点半 with its hour in digits."""
    return re.sub(r"(十[一二]?|[零一二两三四五六七八九])(?=\s*[点时])", lambda found: _HOURS[found[1]], text)


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
