"""Records by their day: the span of days that a page shows, and the condition that asks for no others."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ...formula import Formula, both
from ...problems import Problem, Refused
from ..filters import condition_of, read_filters
from .looking import Looking
from .visit import Visit, path_with

__all__ = ["Span", "day_of", "moment_field", "pages_of", "span_of", "within"]

FURTHEST = (date(1900, 1, 1), date(2200, 1, 1))
"""The days that a page goes to and no further."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``start`` up to, not including, ``end``; ``by``: ``week month quarter year``; ``on``: a day in it.

    ``first`` and ``after``: the days that are shown: whole weeks around a month in a calendar.
    """

    by: str
    on: date
    start: date
    end: date
    first: date
    after: date

    @property
    def days(self) -> list[date]:
        """Every day that is shown."""
        return [self.first + timedelta(days=i) for i in range((self.after - self.first).days)]


def span_of(visit: Visit, kinds: Sequence[str], whole_weeks: bool) -> Span:
    """The span that the address asks for (``by=month&on=2026-11-22``); the first kind, today, where it says nothing."""
    by, text = visit.one("by") or kinds[0], visit.one("on")
    if by not in kinds:
        raise Refused([Problem("no_such_period", {"name": by[:40], "available": list(kinds)}, field="by")])
    try:
        on = date.fromisoformat(text) if text else visit.context.today
    except ValueError:
        raise Refused([Problem("bad_day", {"given": text[:40]}, field="on")]) from None
    on = min(max(on, FURTHEST[0]), FURTHEST[1])
    start, end = _bounds(by, on)
    if not whole_weeks:
        return Span(by, on, start, end, start, end)
    return Span(by, on, start, end, _monday(start), _monday(end + timedelta(days=6)))


def pages_of(visit: Visit, url: str, span: Span, kinds: Sequence[str]) -> dict[str, Any]:
    """Where to turn: back, today, on, and the other lengths."""
    rest = [(key, value) for key, value in visit.query if key not in ("on", "after", "back", "from")]
    free = [(key, value) for key, value in rest if key != "by"]
    on = ("on", span.on.isoformat())
    return {
        "label": _label(visit, span),
        "previous_url": path_with(
            url, [*rest, ("on", _bounds(span.by, span.start - timedelta(days=1))[0].isoformat())]
        ),
        "next_url": path_with(url, [*rest, ("on", span.end.isoformat())]),
        "today_url": path_with(url, rest),
        "choices": [
            {
                "label": visit.t(f"by_{kind}"),
                "url": path_with(url, [*free, ("by", kind), on]),
                "current": kind == span.by,
                "icon": "",
                "count": "",
            }
            for kind in kinds
        ],
    }


def moment_field(visit: Visit, at: Looking, named: str | None, key: str) -> str:
    """The field by which records are laid out: the view's, the address's, or the first date of the entity."""
    name = named or visit.one(key)
    shapes = visit.catalog.shapes[at.name].fields
    kept = [
        n
        for n in at.entity.fields
        if n in shapes and shapes[n].type in ("date", "datetime") and visit.catalog.is_stored(at.name, n)
    ]
    if not name and kept:
        return kept[0]
    if name not in kept and name not in ("created_at", "changed_at"):
        values = {"entity": at.entity.shown, "available": [at.entity.fields[n].label for n in kept]}
        raise Refused([Problem("has_no_days", values)], "missing")
    return name


def within(visit: Visit, at: Looking, asked: Sequence[tuple[str, str]]) -> Formula | None:
    """The view's and the filters' condition together with these (``("due.gte", "2026-11-01")``)."""
    filters = read_filters(visit.records, visit.context, at.name, asked)
    extra = condition_of(visit.records, at.name, filters)
    return extra if at.where is None or extra is None else both(at.where, extra)


def day_of(visit: Visit, value: Any) -> date | None:
    """The day of a date or a moment, where the workspace is."""
    if isinstance(value, datetime):
        return value.astimezone(visit.context.zone).date()
    return value if isinstance(value, date) else None


def _bounds(by: str, on: date) -> tuple[date, date]:
    if by == "week":
        return _monday(on), _monday(on) + timedelta(days=7)
    months = {"month": 1, "quarter": 3, "year": 12}[by]
    start = date(on.year, (on.month - 1) // months * months + 1, 1)
    last = date(start.year, start.month + months - 1, 1)
    return start, last + timedelta(days=monthrange(last.year, last.month)[1])


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _label(visit: Visit, span: Span) -> str:
    last = span.end - timedelta(days=1)
    if span.by == "week":
        return f"{span.start:%Y-%m-%d} – {last:%m-%d}"
    if span.by == "quarter":
        return visit.t("quarter_of", year=span.start.year, quarter=(span.start.month + 2) // 3)
    key = "year_of" if span.by == "year" else "month_of"
    month = span.start.month if visit.language == "zh" else span.start.strftime("%B")
    return visit.t(key, year=span.start.year, month=month)
