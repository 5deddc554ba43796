"""Lists of records: a table with filters in words, totals, and pages by key."""

from typing import Any

from starlette.responses import RedirectResponse, Response

from ...problems import Problem, Refused
from ...store.query import Row, Totals
from ..cursors import read_cursor, write_cursor
from .cells import Column, cells_of, column_of, titles_for
from .looking import Looking, action, head_of, looking
from .rendering import render, rows_markup
from .visit import Visit, path_with

__all__ = ["exact_count", "routes", "show", "table_of"]

ROWS = 50
COUNTED = 10_000


def show(visit: Visit) -> Response:
    """GET ``/{entity}``."""
    url = f"/{visit.named('entity')}"
    if visit.one("add"):
        return _with_filter(visit, url)
    at = looking(visit)
    after = visit.one("after")
    cursor = read_cursor(visit.records, at.name, at.sort, after) if after else None
    page = visit.records.find(
        visit.context, at.name, at.where, at.search, at.sort, cursor, ROWS, at.columns, at.days.bounds
    )
    count = visit.records.count(visit.context, at.name, at.where, at.search, COUNTED, at.days.bounds)
    columns = [column_of(visit, at.name, name) for name in at.columns]
    start = _start(visit)
    head = head_of(visit, at, url, exact_count(count))
    model = head | {
        "table": table_of(visit, at.name, columns, page.rows, _sorting(visit, at, url))
        | {"totals": _totals(visit, at, columns)},
        "previous_url": _previous(visit, url),
        "next_url": _next(visit, at, url, page.rows[-1], start + len(page.rows)) if page.more else None,
        "range": f"{start}–{start + len(page.rows) - 1}" if page.rows else "0",
        "empty": None if page.rows else _empty(visit, at, head),
    }
    return render(visit, "list.html", head["label"], list=model)


def table_of(
    visit: Visit,
    entity: str,
    columns: list[Column],
    rows: list[Row],
    sorting: dict[str, dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """The ``Table`` of these rows (``pages/README.md``)."""
    cells = cells_of(visit, columns, titles_for(visit, columns, rows))
    body = rows_markup(
        visit,
        columns,
        [(f"/{entity}/{row['id']}", row["id"], *(cell(row) for cell in cells)) for row in rows],
    )
    nothing = {"sort_url": None, "sorted": ""}
    headings = [
        {
            "name": column.name,
            "label": column.label,
            "kind": column.kind,
            **((sorting or {}).get(column.name) or nothing),
        }
        for column in columns
    ]
    return {"columns": headings, "body": body, "totals": None}


def exact_count(count: int) -> str:
    """A count as pages say it: exact up to 10,000, and ``10,000+`` beyond."""
    return f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"


def _with_filter(visit: Visit, url: str) -> Response:
    """The filter form was sent: the same list, with the filter in its address."""
    values = [value for key, value in visit.query if key == "value" and value != ""]
    operator, name = visit.one("op"), visit.one("add")
    several = len(values) > 1
    if several and operator == "is":
        operator = "in"
    if not values and operator not in ("empty", "not_empty"):
        problem = Problem("filter_without_value", {"name": name}, field=name)
        raise Refused([problem])
    others = [
        (key, value)
        for key, value in visit.query
        if key not in ("add", "op", "value", "after", "back", "from")
    ]
    return RedirectResponse(path_with(url, [*others, (f"f.{name}.{operator}", ",".join(values) or "1")]), 303)


def _sorting(visit: Visit, at: Looking, url: str) -> dict[str, dict[str, Any]]:
    first = at.sort[0] if at.sort else None
    others = [(key, value) for key, value in visit.query if key not in ("sort", "after", "back", "from")]
    found = {}
    for name in at.columns:
        field = at.entity.fields.get(name)
        if field is not None and field.column is None and not field.system:
            continue
        if field is not None and not field.system and not visit.catalog.is_stored(at.name, name):
            continue
        current = first is not None and first.column == name
        down = current and first is not None and first.descending
        to = name if down or not current else f"-{name}"
        found[name] = {
            "sort_url": path_with(url, [*others, ("sort", to)]),
            "sorted": ("down" if down else "up") if current else "",
        }
    return found


def _totals(visit: Visit, at: Looking, columns: list[Column]) -> list[Any] | None:
    wanted = at.view.totals if at.view is not None else {}
    if not wanted or at.search or at.metric is not None:
        return None
    kinds = {"sum": (("sum",), "sum"), "count": (("count",), "count"), "average": (("sum", "count"), "average"),
             "min": (("min",), "min"), "max": (("max",), "max")}  # fmt: skip
    take = tuple((aggregate, name) for name, total in wanted.items() for aggregate in kinds[total][0])
    groups = visit.records.totals(visit.context, Totals(at.name, take, at.where))  # type: ignore[arg-type]  # each a name of an aggregate
    values = iter(groups[0].values if groups else [None] * len(take))
    shown: dict[str, dict[str, str]] = {}
    for name, total in wanted.items():
        value = next(values)
        if total == "average":
            count = next(values)
            value = value / count if value is not None and count else None
        field = at.entity.fields[name]
        text = str(value or 0) if total == "count" else field.display(field.fit(value), visit.language)
        shown[name] = {"label": visit.t(f"total_{total}"), "text": text}
    return [shown.get(column.name) for column in columns]


def _start(visit: Visit) -> int:
    text = visit.one("from", "1")
    return int(text) if text.isdecimal() and len(text) < 9 else 1


def _next(visit: Visit, at: Looking, url: str, last: Row, shown: int) -> str:
    others = [(key, value) for key, value in visit.query if key not in ("after", "back", "from")]
    trail = [*visit.one("back").split("~"), visit.one("after") or "-"][-6:]
    cursor = write_cursor(visit.records, at.name, at.sort, last)
    return path_with(
        url, [*others, ("after", cursor), ("back", "~".join(filter(None, trail))), ("from", str(shown))]
    )


def _previous(visit: Visit, url: str) -> str | None:
    """Back along the trail of pages; beyond its end, the first page."""
    if not visit.one("after"):
        return None
    others = [(key, value) for key, value in visit.query if key not in ("after", "back", "from")]
    trail = [step for step in visit.one("back").split("~") if step]
    if not trail or trail[-1] == "-":
        return path_with(url, others)
    start = max(1, _start(visit) - ROWS)
    return path_with(
        url, [*others, ("after", trail[-1]), ("back", "~".join(trail[:-1])), ("from", str(start))]
    )


def _empty(visit: Visit, at: Looking, head: dict[str, Any]) -> dict[str, Any]:
    if at.search or at.filters:
        return {
            "title": visit.t("none_found"),
            "text": visit.t("none_found_text"),
            "action": action(visit.t("clear"), f"/{at.name}"),
        }
    return {
        "title": visit.t("none_yet", label=head["label"]),
        "text": visit.t("none_yet_text"),
        "action": head["create"],
    }


routes = [("/{entity}", ("GET",), show)]
