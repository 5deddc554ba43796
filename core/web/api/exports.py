"""Exports for programs: every record that a list would show, as one file."""

from starlette.responses import Response

from ...records.exporting import columns_of, export_rows
from ..exporting import KINDS, export_response
from .lists import LONGEST_NAMES, LONGEST_SEARCH, where_of
from .parameters import Parameters
from .resources import Call

__all__ = ["EXPORT_PARAMETERS", "show"]

EXPORT_PARAMETERS = ("format", "fields", "q", "where")
"""The parameters that are no filters."""


def show(call: Call) -> Response:
    """GET ``/api/{entity}/export``: all records that match, oldest first, as ``format`` says (usually ``csv``)."""
    shape = call.shape()
    given = Parameters(call.request, EXPORT_PARAMETERS, with_rest=True)
    form = given.one_of("format", tuple(KINDS)) or "csv"
    wanted = [name for name in given.text("fields", LONGEST_NAMES).split(",") if name]
    where, search = where_of(call, given), given.text("q", LONGEST_SEARCH)
    columns = columns_of(call.records, shape.entity, wanted)
    rows = export_rows(
        call.records, call.context, shape.entity, where, search, form in ("csv", "xlsx"), columns
    )
    return export_response(form, f"{shape.entity}-{call.context.today:%Y-%m-%d}", columns, rows)
