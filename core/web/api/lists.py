"""Lists of records: filtered, searched, sorted, a page at a time."""

from typing import Any

from starlette.responses import Response

from ...formula import Formula, FormulaError, both, compile_formula
from ...problems import Problem, Refused
from ...store.query import Sort
from ..cursors import LONGEST, read_cursor, write_cursor
from ..filters import SYSTEM_OPERATORS, condition_of, read_filters, read_sort
from ..requests import json_response
from .parameters import Parameters, unknown
from .resources import Call

__all__ = ["COUNTED", "KNOWN", "LONGEST_FORMULA", "MOST_ROWS", "USUAL_ROWS", "show", "where_of"]

KNOWN = ("q", "where", "sort", "limit", "after", "count", "fields", "titles")
"""The parameters that are no filters."""
USUAL_ROWS, MOST_ROWS = 50, 200
COUNTED = 10_000
LONGEST_SEARCH, LONGEST_FORMULA, LONGEST_NAMES = 200, 2000, 4000


def show(call: Call) -> Response:
    """GET ``/api/{entity}``: ``{"items": […], "next": cursor or null}``, with ``count=true`` also the count."""
    shape = call.shape()
    given = Parameters(call.request, KNOWN, with_rest=True)
    shown = shape.chosen(given.text("fields", LONGEST_NAMES))
    where = where_of(call, given)
    search = given.text("q", LONGEST_SEARCH)
    sort: tuple[Sort, ...] = read_sort(call.records, shape.entity, given.text("sort", LONGEST_NAMES))
    after = given.text("after", LONGEST, "cursor_broken")
    limit = given.number("limit", USUAL_ROWS, 1, MOST_ROWS)
    titled, counted = given.yes("titles"), given.yes("count")
    cursor = read_cursor(call.records, shape.entity, sort, after) if after else None
    page = call.records.find(
        call.context,
        shape.entity,
        where,
        search,
        sort,
        cursor,
        limit,
        None if shown is shape else shown.names,
    )
    items = shown.plain(page.rows)
    if titled:
        shown.add_titles(call.records, call.context, items)
    next_ = write_cursor(call.records, shape.entity, sort, page.rows[-1]) if page.more else None
    answer: dict[str, Any] = {"items": items, "next": next_}
    if counted:
        count = call.records.count(call.context, shape.entity, where, search, COUNTED)
        answer |= {"count": min(count, COUNTED), "count_is_exact": count <= COUNTED}
    return json_response(answer)


def where_of(call: Call, given: Parameters) -> Formula | None:
    """The filters and the formula of the address, together."""
    entity = call.named("entity")
    fields = call.shape().plan.entity.fields
    strange = [name for name, _ in given.rest if name.partition(".")[0] not in {*fields, *SYSTEM_OPERATORS}]
    if strange:
        available = (*KNOWN, *(name for name, field in fields.items() if field.operators), *SYSTEM_OPERATORS)
        raise Refused([unknown(name, available) for name in strange])
    filters = read_filters(call.records, call.context, entity, given.rest)
    condition = condition_of(call.records, entity, filters)
    text = given.text("where", LONGEST_FORMULA, "where_too_long")
    if not text:
        return condition
    try:
        formula = compile_formula(text, call.records.scope(entity), "yes_no")
    except FormulaError as error:
        problems = [Problem(p.code, p.values, None, "where", instead=p.instead) for p in error.problems]
        raise Refused(problems) from None
    return formula if condition is None else both(condition, formula)
