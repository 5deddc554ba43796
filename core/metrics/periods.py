"""Spans of time as people name them: this month, the last twelve months, the quarter before."""

from dataclasses import dataclass
from datetime import date, timedelta

from ..schema.dashboard import Span
from ..schema.metric import Period

__all__ = ["Days", "before", "days_of", "steps"]


@dataclass(frozen=True, slots=True)
class Days:
    """Days from ``start`` up to, not including, ``end``; ``None``: open."""

    start: date | None = None
    end: date | None = None

    @property
    def bounds(self) -> tuple[date | None, date | None]:
        """Start and end."""
        return self.start, self.end


def days_of(span: Span, today: date) -> Days:
    """The days of a named span. ``last_12_months`` ends with the current month, which counts as one of the twelve."""
    month = today.replace(day=1)
    match span:
        case "this_month":
            return Days(month, _months(month, 1))
        case "last_month":
            return Days(_months(month, -1), month)
        case "this_quarter":
            start = _quarter(today)
            return Days(start, _months(start, 3))
        case "this_year":
            return Days(date(today.year, 1, 1), date(today.year + 1, 1, 1))
        case "last_12_months":
            return Days(_months(month, -11), _months(month, 1))
        case "last_18_months":
            return Days(_months(month, -17), _months(month, 1))
        case _:
            return Days()


def before(days: Days) -> Days | None:
    """The span just before, as long as this one (whole months stay whole months); ``None`` for an open one."""
    if days.start is None or days.end is None:
        return None
    if days.start.day == 1 and days.end.day == 1:
        months = (days.end.year - days.start.year) * 12 + days.end.month - days.start.month
        return Days(_months(days.start, -months), days.start)
    return Days(days.start - (days.end - days.start), days.start)


def steps(days: Days, every: Period, today: date) -> list[Days]:
    """The span in steps of a day, a week (from Monday), a month, a quarter or a year; none begins after today.

    The first and the last step end where the span does, so that steps add up to the span.
    """
    if days.start is None or days.end is None:
        return []
    found = []
    start = _begin(days.start, every)
    while start < days.end and start <= today:
        end = _next(start, every)
        found.append(Days(max(start, days.start), min(end, days.end)))
        start = end
    return found


def _begin(day: date, every: Period) -> date:
    match every:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return _quarter(day)
        case _:
            return date(day.year, 1, 1)


def _next(start: date, every: Period) -> date:
    if every in ("day", "week"):
        return start + timedelta(days=1 if every == "day" else 7)
    return _months(start, {"month": 1, "quarter": 3}.get(every, 12))


def _quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _months(first: date, count: int) -> date:
    """The first of the month this many months on."""
    index = first.year * 12 + first.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)
