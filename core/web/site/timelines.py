"""Timelines: records as bars from one date to another, a month, a quarter or a year at a time."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from starlette.responses import Response

from ...formula import Formula, both, compile_formula
from ...store.query import Row, Sort
from ..cursors import read_cursor, write_cursor
from .calendar import colours_of
from .cells import column_of
from .days import Span, day_of, moment_field, pages_of, span_of, within
from .lists import exact_count
from .looking import Looking, head_of, looking
from .rendering import render
from .visit import Visit, path_with

__all__ = ["routes", "show"]

KINDS = ("quarter", "month", "year")

BARS = 60
"""Records on one page."""

ROOM = 9
"""A bar that covers a ninth of the width has room for its days."""


def show(visit: Visit) -> Response:
    """GET ``/{entity}/timeline``."""
    at = looking(visit, "timeline")
    view = at.view
    start = moment_field(visit, at, view.start if view is not None else None, "start")
    named = (view.end if view is not None else None) or visit.one("end")
    end = moment_field(visit, at, named, "end") if named else None
    span = span_of(visit, KINDS, whole_weeks=False)
    url, sort = f"/{at.name}/timeline", (Sort(start),)
    where = _overlapping(visit, at, start, end, span)
    cursor = read_cursor(visit.records, at.name, sort, after) if (after := visit.one("after")) else None
    fields = (*at.columns, start, *([end] if end else []))
    page = visit.records.find(visit.context, at.name, where, at.search, sort, cursor, BARS, fields)
    count = visit.records.count(visit.context, at.name, where, at.search)
    steps = _steps(span)
    rows = [_bar(visit, at, row, (start, end), span, steps) for row in page.rows]
    head = head_of(visit, at, url, exact_count(count))
    others = [(key, value) for key, value in visit.query if key not in ("after", "back", "from")]
    following = (
        [*others, ("after", write_cursor(visit.records, at.name, sort, page.rows[-1]))] if page.more else []
    )
    model = head | {
        "pages": pages_of(visit, url, span, KINDS),
        "by": span.by,
        "title": column_of(visit, at.name, at.entity.title_field).label,
        "heads": _heads(visit, span, steps),
        "steps": [
            {"number": text, "today": _covers(first, after, visit.context.today)}
            for first, after, text in steps
        ],
        "rows": rows,
        "next_url": path_with(url, following) if following else None,
        "first_url": path_with(url, others) if after else None,
        "empty": None if rows else visit.t("timeline_none"),
    }
    return render(visit, "timeline.html", head["label"], timeline=model)


Step = tuple[date, date, str]
"""One column: its first day, the day after its last, and its heading."""


def _steps(span: Span) -> list[Step]:
    """The columns: days; weeks of a year. A quarter's days are named on Mondays."""
    if span.by == "year":
        found, first = [], span.start
        while first < span.end:
            after = min(span.end, first + timedelta(days=7 - first.weekday()))
            found.append((first, after, ""))
            first = after
        return found
    named = span.by == "month"
    return [
        (day, day + timedelta(days=1), str(day.day) if named or day.weekday() == 0 else "")
        for day in span.days
    ]


def _heads(visit: Visit, span: Span, steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The months above the columns, each over so many of them."""
    found = []
    for (year, month), some in groupby(steps, key=lambda step: (step[0].year, step[0].month)):
        name = month if visit.language == "zh" else f"{date(year, month, 1):%b}"
        found.append({"label": visit.t("month_alone", month=name), "span": len(list(some))})
    return found


def _covers(first: date, after: date, day: date) -> bool:
    return first <= day < after


def _overlapping(visit: Visit, at: Looking, start: str, end: str | None, span: Span) -> Formula | None:
    """Begun before the span is over, and not over before it begins; without an end, begun within it."""
    before = within(visit, at, [(f"{start}.lt", span.end.isoformat())])
    scope = visit.records.scope(at.name)
    day = f"DATE({span.start.year}, {span.start.month}, {span.start.day})"
    still = f"{start} >= {day}" if end is None else f"{end} >= {day} or {end} is empty and {start} >= {day}"
    after = compile_formula(still, scope, "yes_no")
    return after if before is None else both(before, after)


def _bar(
    visit: Visit, at: Looking, row: Row, names: tuple[str, str | None], span: Span, steps: Sequence[Step]
) -> dict[str, Any]:
    first = day_of(visit, row[names[0]]) or span.start
    last = max(first, (day_of(visit, row.get(names[1])) if names[1] else None) or first)
    covered = [i for i, (day, after, _) in enumerate(steps) if first < after and last >= day]
    shown = [column_of(visit, at.name, name) for name in at.columns]
    title = str(row.get(at.entity.title_field) or row["id"])
    return {
        "url": f"/{at.name}/{row['id']}",
        "title": title,
        "colour": colours_of(at, shown)(row),
        "before": covered[0],
        "length": len(covered),
        "after": len(steps) - covered[-1] - 1,
        "from_before": first < span.start,
        "goes_on": last >= span.end,
        "days": f"{first:%m-%d} – {last:%m-%d}" if len(covered) * ROOM >= len(steps) else "",
        "label": visit.t("bar_label", title=title, start=first, end=last),
    }


routes = [("/{entity}/timeline", ("GET",), show)]
