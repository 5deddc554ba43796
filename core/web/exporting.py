"""Exports as answers: rows streamed as CSV, Excel, JSON or JSON Lines, for pages and for the API."""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import chain, islice
from typing import Any

from starlette.responses import Response, StreamingResponse

from ..records.spreadsheets import write_csv
from ..records.workbooks import write_workbook

__all__ = ["KINDS", "export_response"]

AT_ONCE = 200
"""Rows that are written out together."""

IN_MEMORY = 1024 * 1024
_BLOCK = 64 * 1024

KINDS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "jsonl": "application/jsonl; charset=utf-8",
}
"""Formats → content types."""

Row = Mapping[str, Any]


def export_response(form: str, name: str, columns: Sequence[str], rows: Iterator[Row]) -> Response:
    """The rows as a file to be saved, called ``name.form``. What is refused is refused before the first byte.

    A workbook is an archive, which can only be sent when it is whole: it is written to a file first, row by row.
    """
    first = list(islice(rows, AT_ONCE))
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-store"}
    body = _workbook(columns, chain(first, rows)) if form == "xlsx" else _texts(form, columns, first, rows)
    return StreamingResponse(body, media_type=KINDS[form], headers=headers)


def _texts(form: str, columns: Sequence[str], first: list[Row], rows: Iterator[Row]) -> Iterator[bytes]:
    heading = StringIO()
    write_csv(columns, [], heading)
    begin, write, end = {
        "csv": (heading.getvalue().encode("utf-8-sig"), _csv(columns), b""),
        "jsonl": (b"", _lines, b""),
        "json": (b"[\n", _members, b"\n]\n"),
    }[form]
    yield begin + write(first)
    while some := list(islice(rows, AT_ONCE)):
        yield (b",\n" if form == "json" else b"") + write(some)
    if end:
        yield end


def _csv(columns: Sequence[str]) -> Callable[[list[Row]], bytes]:
    def write(rows: list[Row]) -> bytes:
        text = StringIO()
        write_csv(columns, rows, text)
        heading = StringIO()
        write_csv(columns, [], heading)
        return text.getvalue()[len(heading.getvalue()) :].encode("utf-8", "replace")

    return write


def _lines(rows: list[Row]) -> bytes:
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode("utf-8", "replace")


def _members(rows: list[Row]) -> bytes:
    return ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode("utf-8", "replace")


def _workbook(columns: Sequence[str], rows: Iterator[Row]) -> Iterator[bytes]:
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as book:
        write_workbook(columns, rows, book)
        book.seek(0)
        while block := book.read(_BLOCK):
            yield block
