"""Exports: every record that the list would show, as CSV or JSON Lines, streamed."""

import json
from collections.abc import Callable, Iterator
from io import StringIO
from itertools import islice
from typing import Any

from starlette.responses import Response, StreamingResponse

from ...records.exporting import columns_of, export_rows
from ...records.spreadsheets import write_csv
from .looking import looking
from .visit import Visit

__all__ = ["routes"]

AT_ONCE = 200
"""Rows that are written out together."""

Write = Callable[[list[dict[str, Any]]], bytes]


def as_csv(visit: Visit) -> Response:
    """GET ``/{entity}/export.csv``: with a byte order mark, so that Excel reads it as UTF-8."""
    entity = visit.named("entity")
    columns = columns_of(visit.records, entity)

    def write(rows: list[dict[str, Any]]) -> bytes:
        text = StringIO()
        write_csv(columns, rows, text)
        return text.getvalue().partition("\r\n")[2].encode("utf-8", "replace")

    heading = StringIO()
    write_csv(columns, [], heading)
    return _stream(
        visit, entity, "csv", "text/csv; charset=utf-8", heading.getvalue().encode("utf-8-sig"), write
    )


def as_json_lines(visit: Visit) -> Response:
    """GET ``/{entity}/export.jsonl``."""

    def write(rows: list[dict[str, Any]]) -> bytes:
        return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode("utf-8", "replace")

    return _stream(visit, visit.named("entity"), "jsonl", "application/jsonl; charset=utf-8", b"", write)


def _stream(visit: Visit, entity: str, suffix: str, kind: str, heading: bytes, write: Write) -> Response:
    """What the list's filters and search leave, all of it. What is refused is refused before the first byte."""
    at = looking(visit)
    about, in_cells = visit.context.through("page", "export"), suffix == "csv"
    rows = export_rows(visit.records, about, entity, at.where, at.search, in_cells)
    first = list(islice(rows, AT_ONCE))

    def chunks() -> Iterator[bytes]:
        yield heading + write(first)
        while some := list(islice(rows, AT_ONCE)):
            yield write(some)

    name = f"{entity}-{visit.context.today:%Y-%m-%d}.{suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(chunks(), media_type=kind, headers=headers)


routes = [
    ("/{entity}/export.csv", ("GET",), as_csv),
    ("/{entity}/export.jsonl", ("GET",), as_json_lines),
]
