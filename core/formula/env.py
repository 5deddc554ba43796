"""What a formula may know besides its row: the time, the person, other records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from types import MappingProxyType
from typing import Any

__all__ = ["Env", "Row"]

Row = Mapping[str, Any]
"""field name → value: str, int, Decimal, bool, date, aware datetime, list[str] or ``None``; read with ``.get``."""


def _no_record(entity: str, record: str) -> Row | None:
    return None


def _no_children(entity: str, field: str, record: str) -> Sequence[Row]:
    return ()


def _weekday(day: date) -> bool:
    return day.weekday() < 5


@dataclass(frozen=True, slots=True)
class Env:
    """The world around a row.

    ``fetch(entity, id)`` gives a linked record, or ``None``; ``children(entity, link_field, id)`` the records whose
    link points to this id, oldest first. ``variables`` holds the values of the scope's variables (a record as its row
    or its id). ``workday(day)`` says whether people work that day; Monday to Friday unless told. ``period`` is the
    half-open span ``[start, end)`` that ``in period`` asks about: dates, or aware datetimes; ``None`` is open.
    """

    now: datetime
    today: date
    user: str | None
    zone: tzinfo
    fetch: Callable[[str, str], Row | None] = _no_record
    children: Callable[[str, str, str], Sequence[Row]] = _no_children
    variables: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    period: tuple[Any, Any] | None = None
    workday: Callable[[date], bool] = _weekday

    @classmethod
    def at(cls, now: datetime, zone: tzinfo, user: str | None = None, **rest: Any) -> "Env":
        """An environment whose ``today`` is the day of ``now`` in this zone."""
        return cls(now, now.astimezone(zone).date(), user, zone, **rest)
