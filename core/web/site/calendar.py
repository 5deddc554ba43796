"""Calendars: records on their days, a month or a week at a time, moved by dragging, by keys, or by a plain form."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from starlette.responses import JSONResponse, RedirectResponse, Response

from ...problems import Problem, Refused, message
from ...store.query import Row, Sort
from .boards import STATUS
from .cells import Column, cells_of, column_of, titles_for
from .days import Span, day_of, moment_field, pages_of, span_of, within
from .frame import flash
from .lists import exact_count
from .looking import Looking, action, head_of, looking
from .rendering import render
from .settings import local_address
from .visit import Visit, fault, path_with

__all__ = ["colours_of", "place", "routes", "show"]

KINDS = ("month", "week")

CARDS = {"month": 3, "week": 12}
"""Records that a day shows before it says that there are more."""

AT_ONCE = 600
"""Records that are asked for at once; a span that has more is asked day by day."""

MANY = 999
"""A day is counted so far."""


def show(visit: Visit) -> Response:
    """GET ``/{entity}/calendar``: only what the shown days ask for is read."""
    at = looking(visit, "calendar")
    name = moment_field(visit, at, at.view.date if at.view is not None else None, "date")
    span = span_of(visit, KINDS, whole_weeks=True)
    url = f"/{at.name}/calendar"
    rows, more = _rows(visit, at, name, span)
    cards = _cards(visit, at, name, [row for some in rows.values() for row in some])
    count = sum(len(some) for some in rows.values()) + sum(more.values())
    days = [
        {
            "date": day.isoformat(),
            "label": _spoken(visit, day),
            "number": str(day.day),
            "month": f"{day.month}/" if day.day == 1 else "",
            "today": day == visit.context.today,
            "outside": not span.start <= day < span.end,
            "weekend": day.weekday() >= 5,
            "cards": [cards[row["id"]] for row in rows.get(day, ())],
            "more": _more(visit, at, name, day, more[day]) if more.get(day) else None,
            "new_url": path_with(f"/{at.name}/new", {name: day.isoformat()}),
        }
        for day in span.days
    ]
    head = head_of(visit, at, url, exact_count(count))
    model = head | {
        "pages": pages_of(visit, url, span, KINDS),
        "by": span.by,
        "weekdays": [visit.t(f"weekday_{i}") for i in range(7)],
        "weeks": [days[i : i + 7] for i in range(0, len(days), 7)],
        "field": column_of(visit, at.name, name).label,
        "empty": None if count else visit.t("calendar_empty"),
    }
    return render(visit, "calendar.html", head["label"], calendar=model)


def place(visit: Visit) -> Response:
    """POST ``/{entity}/{id}/place`` with ``field`` and ``date``: to another day, at the same time; or why not."""
    entity, id, name = visit.named("entity"), visit.named("id"), visit.posted("field")
    back = local_address(visit.posted("next"), f"/{entity}/{id}")
    wants_json = "application/json" in visit.request.headers.get("accept", "")
    try:
        row = visit.records.get(visit.context, entity, id)
        value = _moved(visit, entity, name, row)
        version = visit.posted("version")
        seen = int(version) if version.isdecimal() and len(version) < 10 else None
        saved = visit.records.update(visit.context, entity, id, {name: value}, seen)
    except Refused as refusal:
        return _refused(visit, refusal, f"/{entity}/{id}/edit", back, wants_json)
    title = str(saved.row.get(visit.catalog.entities[entity].title_field) or id)
    words = visit.t("placed", title=title, date=visit.posted("date"))
    if wants_json:
        return JSONResponse({"version": saved.row["version"], "message": words})
    response = RedirectResponse(back, 303)
    flash(response, "good", words)
    return response


def _moved(visit: Visit, entity: str, name: str, row: Row) -> date | datetime:
    """The day that was asked for; a moment keeps its time of day."""
    shape = visit.catalog.shapes[entity].fields.get(name)
    if shape is None or shape.type not in ("date", "datetime") or name not in visit.records.plan(entity).open:
        raise Refused([Problem("field_is_not_writable", {"label": name[:50], "name": name[:50]}, field=name)])
    try:
        day = date.fromisoformat(visit.posted("date"))
    except ValueError:
        raise Refused([Problem("bad_day", {"given": visit.posted("date")[:40]}, field=name)]) from None
    if shape.type == "date":
        return day
    was = row.get(name)
    time = was.astimezone(visit.context.zone).time() if isinstance(was, datetime) else datetime.min.time()
    return datetime.combine(day, time, visit.context.zone)


def _refused(visit: Visit, refusal: Refused, edit_url: str, back: str, wants_json: bool) -> Response:
    text = "；".join(message(problem, visit.language) for problem in refusal.problems[:3])
    edit = action(visit.t("fill_in"), path_with(edit_url, {"next": back}), "edit")
    mend = edit if refusal.status == "invalid" else None
    if wants_json:
        faults = [fault(visit, problem) for problem in refusal.problems]
        return JSONResponse({"message": text, "faults": faults, "action": mend}, STATUS[refusal.status])
    if refusal.status == "missing":
        raise refusal
    response = RedirectResponse(back, 303)
    flash(response, "bad", text, mend)
    return response


def _rows(visit: Visit, at: Looking, name: str, span: Span) -> tuple[dict[date, list[Row]], dict[date, int]]:
    """Day → its first records, and day → how many more there are."""
    fields = (*at.columns, name)
    where = within(
        visit, at, [(f"{name}.gte", span.first.isoformat()), (f"{name}.lt", span.after.isoformat())]
    )
    page = visit.records.find(
        visit.context, at.name, where, at.search, (Sort(name),), limit=AT_ONCE, fields=fields
    )
    by_day: dict[date, list[Row]] = {}
    for row in page.rows:
        if (day := day_of(visit, row.get(name))) is not None:
            by_day.setdefault(day, []).append(row)
    most = CARDS[span.by]
    more = {day: len(rows) - most for day, rows in by_day.items() if len(rows) > most}
    if page.more:  # the rest of a full span is asked for day by day, and counted
        cut = max(by_day)
        for day in (each for each in span.days if each >= cut):
            by_day[day], count = _day(visit, at, name, day, most, fields)
            more[day] = count - len(by_day[day])
    return {day: rows[:most] for day, rows in by_day.items()}, {d: n for d, n in more.items() if n > 0}


def _day(
    visit: Visit, at: Looking, name: str, day: date, most: int, fields: tuple[str, ...]
) -> tuple[list[Row], int]:
    where = within(visit, at, _asked(name, day))
    rows = visit.records.find(
        visit.context, at.name, where, at.search, (Sort(name),), limit=most, fields=fields
    ).rows
    return rows, visit.records.count(visit.context, at.name, where, at.search, MANY)


def _asked(name: str, day: date) -> list[tuple[str, str]]:
    return [(f"{name}.gte", day.isoformat()), (f"{name}.lt", (day + timedelta(days=1)).isoformat())]


def _more(visit: Visit, at: Looking, name: str, day: date, count: int) -> dict[str, str]:
    kept = [(key, value) for key, value in visit.query if key.startswith("f.") or key in ("view", "q")]
    view = [("view", at.view.view)] if at.view is not None and not visit.one("view") else []
    url = path_with(f"/{at.name}", [*view, *kept, *((f"f.{key}", value) for key, value in _asked(name, day))])
    return {
        "text": f"+{count}" if count < MANY else f"+{MANY}",
        "url": url,
        "label": visit.t("all_of_day", date=day),
    }


def _cards(visit: Visit, at: Looking, name: str, rows: list[Row]) -> Mapping[str, dict[str, Any]]:
    shown = [column_of(visit, at.name, each) for each in at.columns if each != name]
    cells = cells_of(visit, shown, titles_for(visit, shown, rows))
    title, movable = at.entity.title_field, name in visit.records.plan(at.name).open
    colours = colours_of(at, shown)
    found = {}
    for row in rows:
        moment, url = row[name], f"/{at.name}/{row['id']}"
        timed = isinstance(moment, datetime)
        day = day_of(visit, moment)
        found[row["id"]] = {
            "id": row["id"],
            "url": url,
            "title": str(row.get(title) or row["id"]),
            "time": f"{moment.astimezone(visit.context.zone):%H:%M}" if timed else "",
            "colour": colours(row),
            "note": _note(shown, cells, row, title),
            "version": row["version"],
            "date": day.isoformat() if day is not None else "",
            "place_url": f"{url}/place" if movable else None,
            "field": name,
        }
    return found


def colours_of(at: Looking, shown: list[Column]) -> Any:
    """What gives a card its colour: the view's group, or the first stage or choice among its columns."""
    named = at.view.group if at.view is not None and at.view.group else None
    kinds = ("stage", "choice")
    name = named or next((c.name for kind in kinds for c in shown if c.kind == kind), None)
    options: Mapping[str, Any] = getattr(at.entity.fields.get(name or ""), "options", None) or {}

    def colour(row: Row) -> str:
        option = options.get(row.get(name) or "") if name else None
        return str(getattr(option, "colour", None) or "blue")

    return colour


def _note(shown: list[Column], cells: list[Any], row: Row, title: str) -> str:
    """One more fact for a card that has the room: whom it is about."""
    for column, cell in zip(shown, cells, strict=True):
        value = cell(row) if column.kind in ("link", "user") and column.name != title else None
        if value:
            return str(value["text"])
    return ""


def _spoken(visit: Visit, day: date) -> str:
    return f"{day.isoformat()} {visit.t(f'weekday_{day.weekday()}')}"


routes = [("/{entity}/calendar", ("GET",), show), ("/{entity}/{id}/place", ("POST",), place)]
