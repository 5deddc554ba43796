"""Exports: every record that the list would show, as CSV, Excel or JSON Lines, with all fields or those it shows."""

from collections.abc import Iterator, Mapping
from typing import Any

from starlette.responses import Response

from ...records.exporting import columns_of, export_rows
from ..exporting import export_response
from .looking import looking
from .visit import Visit

__all__ = ["routes"]


def as_csv(visit: Visit) -> Response:
    """GET ``/{entity}/export.csv``: with a byte order mark, so that Excel reads it as UTF-8."""
    return _export(visit, "csv")


def as_workbook(visit: Visit) -> Response:
    """GET ``/{entity}/export.xlsx``."""
    return _export(visit, "xlsx")


def as_json_lines(visit: Visit) -> Response:
    """GET ``/{entity}/export.jsonl``."""
    return _export(visit, "jsonl")


def _export(visit: Visit, form: str) -> Response:
    """What the list's filters and search leave, all of it; ``shown=1``: its columns alone, by their labels."""
    entity = visit.named("entity")
    at = looking(visit)
    about, in_cells = visit.context.through("page", "export"), form != "jsonl"
    name = f"{entity}-{visit.context.today:%Y-%m-%d}"
    columns = columns_of(visit.records, entity)
    if visit.one("shown") != "1":
        rows = export_rows(visit.records, about, entity, at.where, at.search, in_cells)
        return export_response(form, name, columns, rows)
    shown = [column for column in at.columns if column in columns] or columns
    labels = {column: _label(visit, entity, column) for column in shown}
    found = export_rows(visit.records, about, entity, at.where, at.search, in_cells, shown, titles=True)
    return export_response(form, name, [*labels.values()], _called(found, labels))


def _called(rows: Iterator[dict[str, Any]], labels: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {labels[name]: value for name, value in row.items()}


def _label(visit: Visit, entity: str, column: str) -> str:
    field = visit.records.plan(entity).entity.fields.get(column)
    return field.label.in_(visit.language) if field is not None else column


routes = [
    ("/{entity}/export.csv", ("GET",), as_csv),
    ("/{entity}/export.xlsx", ("GET",), as_workbook),
    ("/{entity}/export.jsonl", ("GET",), as_json_lines),
]
