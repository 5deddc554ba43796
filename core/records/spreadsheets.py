"""Rows in and out of files: CSV, JSON and JSON Lines, with their encoding and delimiter found, and nothing executed.

Spreadsheet programs run a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula. Export puts a ``'`` in
front of such a text, and import takes it off again, so that a round trip gives the same values.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from ..problems import Place, Problem, Refused

__all__ = ["Sheet", "read_sheet", "write_csv", "write_json_lines"]

LARGEST = 200 * 1024 * 1024
"""Bytes of a file that is read at most."""

WIDEST = 500
"""Columns of a sheet that are read at most."""

RISKY = ("=", "+", "-", "@", "\t", "\r")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of rows. ``rows`` gives (line, column → value) with lines counted from 1, the heading being line 1."""

    name: str
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, Any]], ...]


def read_sheet(name: str, content: bytes) -> Sheet:
    """The rows of a file, by the ending of its name: ``.csv`` (also ``.tsv``, ``.txt``), ``.json``, ``.jsonl``.

    Raises :class:`Refused` for a file that is too large, cannot be decoded, or is no table.
    """
    if len(content) > LARGEST:
        raise _refused(name, "sheet_too_large", megabytes=LARGEST // 1024 // 1024)
    text, encoding = _decoded(name, content)
    suffix = Path(name).suffix.lower()
    if suffix in (".json", ".jsonl", ".ndjson"):
        rows = _json_rows(name, text) if suffix == ".json" else _json_lines(name, text)
        columns = tuple(dict.fromkeys(column for _, row in rows for column in row))
        return _checked(Sheet(name, encoding, "", columns, tuple(rows)))
    if suffix not in (".csv", ".tsv", ".txt"):
        raise _refused(name, "sheet_unknown_format", suffix=suffix or name)
    return _checked(_csv(name, text, encoding))


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], to: TextIO) -> int:
    """Write rows as CSV with a heading; gives how many. The caller opens ``to`` as UTF-8 with BOM, for Excel."""
    writer = csv.writer(to, lineterminator="\r\n")
    writer.writerow([_cell(column) for column in columns])
    count = 0
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
        count += 1
    return count


def write_json_lines(rows: Iterable[Mapping[str, Any]], to: TextIO) -> int:
    """Write rows as JSON Lines; gives how many."""
    count = 0
    for row in rows:
        to.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count


def _decoded(name: str, content: bytes) -> tuple[str, str]:
    """BOM, then strict UTF-8, then GB18030 (which covers GBK and GB2312): what Chinese spreadsheets are saved in."""
    for bom, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(bom):
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError:
                raise _refused(name, "sheet_encoding") from None
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise _refused(name, "sheet_encoding")


def _csv(name: str, text: str, encoding: str) -> Sheet:
    if "\x00" in text:
        raise _refused(name, "sheet_encoding")
    heading = _QUOTED.sub("", text[:100_000]).lstrip().split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=heading.count)
    rows: list[tuple[int, Mapping[str, Any]]] = []
    columns: tuple[str, ...] = ()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = tuple(_uncell(column.strip()) for column in next(reader, ()))
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                while len(cells) > len(columns) and not cells[-1].strip():
                    cells.pop()  # spreadsheet programs fill up rows
                if len(cells) > len(columns):
                    raise _refused(
                        name, "sheet_row_too_long", line=line, cells=len(cells), columns=len(columns)
                    )
                rows.append((line, dict(zip(columns, map(_uncell, cells), strict=False))))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _refused(name, "sheet_broken", line=reader.line_num, reason=str(error)) from None
    return Sheet(name, encoding, delimiter, columns, tuple(rows))


def _json_rows(name: str, text: str) -> list[tuple[int, Mapping[str, Any]]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refused(name, "sheet_broken", line=getattr(error, "lineno", 1), reason=str(error)) from None
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise _refused(name, "sheet_not_rows")
    return list(enumerate(found, start=1))


def _json_lines(name: str, text: str) -> list[tuple[int, Mapping[str, Any]]]:
    rows: list[tuple[int, Mapping[str, Any]]] = []
    for line, row_text in enumerate(text.split("\n"), start=1):
        if not row_text.strip():
            continue
        try:
            row = json.loads(row_text)
        except (ValueError, RecursionError) as error:
            raise _refused(name, "sheet_broken", line=line, reason=str(error)) from None
        if not isinstance(row, dict):
            raise _refused(name, "sheet_not_rows")
        rows.append((line, row))
    return rows


def _checked(sheet: Sheet) -> Sheet:
    if not sheet.columns or not any(sheet.columns):
        raise _refused(sheet.name, "sheet_empty")
    if len(sheet.columns) > WIDEST:
        raise _refused(sheet.name, "sheet_too_wide", columns=len(sheet.columns), widest=WIDEST)
    twice = [column for column in dict.fromkeys(sheet.columns) if column and sheet.columns.count(column) > 1]
    if twice:
        raise _refused(sheet.name, "sheet_column_twice", columns=twice)
    return sheet


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = ";".join(map(str, value))
    if isinstance(value, str) and value.startswith((*RISKY, "'")):
        return f"'{value}"
    return value


def _uncell(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:2] in (*RISKY, "'") else cell


def _refused(name: str, code: str, **values: Any) -> Refused:
    return Refused([Problem(code, {"file": name, **values}, Place(name))])
