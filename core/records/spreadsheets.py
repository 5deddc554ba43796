"""Rows in and out of files: CSV, Excel, JSON and JSON Lines, read row by row, and nothing executed.

Spreadsheet programs run a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula. Export puts a ``'`` in
front of such a text, and import takes it off again, so that a round trip gives the same values.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO

from ..problems import Place, Problem, Refused
from .encodings import encoding_of
from .headings import Headings, headed

__all__ = [
    "DELIMITERS",
    "LARGEST",
    "Sheet",
    "neutral",
    "plain",
    "read_sheet",
    "write_csv",
    "write_json_lines",
]

LARGEST = 200 * 1024 * 1024
"""Bytes of a file that is read at most."""

WIDEST = 500
"""Columns of a sheet that are read at most."""

DELIMITERS = (",", ";", "\t", "|")

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_MARKED = tuple(f"'{sign}" for sign in (*RISKY, "'"))
_QUOTED = re.compile(r'"(?:[^"]|"")*"')

Rows = Iterator[tuple[int, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of rows, as it was found. Its rows are read anew each time they are asked for, and never kept.

    ``total``: how many rows there are; ``encoding``, ``delimiter``: of a text, else ``""``; ``sheet``: which of the
    ``sheets`` of a workbook; ``heading``: the line on which the headings stand.
    """

    name: str
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    total: int
    read: Callable[[], Rows]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    heading: int = 1

    @property
    def rows(self) -> Rows:
        """(line, column → value) with lines counted from 1 as an editor counts them."""
        return self.read()

    def narrowed(self, columns: Sequence[str]) -> "Sheet":
        """The same rows; only these columns are looked at."""
        return replace(self, columns=tuple(columns))


def read_sheet(name: str, content: bytes, encoding: str = "", delimiter: str = "", sheet: str = "") -> Sheet:
    """The rows of a file, by the ending of its name: ``.csv`` (``.tsv``, ``.txt``), ``.xlsx``, ``.json``, ``.jsonl``.

    ``encoding``, ``delimiter`` and ``sheet`` are found where they are not given. All rows are looked at once, so that a
    file that cannot be read to its end is refused before any row of it is taken: raises :class:`Refused` for one that
    is too large, cannot be decoded, or is no table.
    """
    if len(content) > LARGEST:
        raise _refused(name, "sheet_too_large", megabytes=LARGEST // 1024 // 1024)
    suffix = Path(name).suffix.lower()
    if suffix in (".xlsx", ".xlsm") or content[:4] == b"PK\x03\x04":
        from .workbooks import read_workbook

        return _checked(read_workbook(name, content, sheet))
    if suffix in (".json", ".jsonl", ".ndjson"):
        encoding = encoding_of(name, content, encoding)
        read = (_json_rows if suffix == ".json" else _json_lines)(name, content, encoding)
        columns: dict[str, None] = {}
        total = 0
        for _, row in read():
            columns |= dict.fromkeys(row)
            total += 1
        return _checked(Sheet(name, encoding, "", tuple(columns), total, read))
    if suffix not in (".csv", ".tsv", ".txt"):
        raise _refused(name, "sheet_unknown_format", suffix=suffix or name)
    return _checked(_csv(name, content, encoding_of(name, content, encoding), delimiter))


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], to: TextIO) -> int:
    """Write rows as CSV with a heading; gives how many. The caller opens ``to`` as UTF-8 with BOM, for Excel."""
    writer = csv.writer(to, lineterminator="\r\n")
    writer.writerow([neutral(column) for column in columns])
    count = 0
    for row in rows:
        writer.writerow([neutral(row.get(column)) for column in columns])
        count += 1
    return count


def write_json_lines(rows: Iterable[Mapping[str, Any]], to: TextIO) -> int:
    """Write rows as JSON Lines; gives how many."""
    count = 0
    for row in rows:
        to.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count


def neutral(value: Any) -> Any:
    """A value as a cell that no spreadsheet program runs; :func:`plain` gives the text back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = ";".join(map(str, value))
    if isinstance(value, str) and value.startswith((*RISKY, "'")):
        return f"'{value}"
    return value


def plain(cell: str) -> str:
    """The text of a cell without the mark that export put in front of it."""
    return cell[1:] if cell.startswith(_MARKED) else cell


def _csv(name: str, content: bytes, encoding: str, delimiter: str) -> Sheet:
    head = next(iter(_opened(content, encoding).read(100_000).split("\x00")))
    heading = _QUOTED.sub("", head).lstrip().split("\n", 1)[0]
    delimiter = delimiter if delimiter in DELIMITERS else max(DELIMITERS, key=heading.count)

    def cells() -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(_opened(content, encoding), delimiter=delimiter, strict=True)
        line = 1
        try:
            for row in reader:
                yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            raise _refused(name, "sheet_broken", line=reader.line_num, reason=str(error)) from None

    found = headed(cells())
    columns, total = _counted(name, found, cells())

    def read() -> Rows:
        names = found.names
        keep = tuple(place for place, column in enumerate(names) if column in set(columns))
        whole = len(keep) == len(names)
        for line, cut in cells():
            if line <= found.line or not any(map(str.strip, cut)):
                continue
            row = [plain(cell) for cell in cut] if "'" in "".join(cut) else cut  # few rows have one at all
            if whole:
                yield line, dict(zip(names, row, strict=False))
            else:
                yield line, {names[place]: row[place] for place in keep if place < len(row)}

    return Sheet(name, encoding, delimiter, columns, total, read, heading=found.line)


def _counted(
    name: str, found: Headings, cells: Iterable[tuple[int, list[str]]]
) -> tuple[tuple[str, ...], int]:
    """The columns that have a heading or a value, and the number of rows. Raises :class:`Refused` for a wrong row."""
    width, total = len(found.names), 0
    filled = set(found.titled)
    bare = [place for place in range(width) if place not in filled]
    for line, row in cells:
        if line <= found.line or not any(map(str.strip, row)):
            continue
        total += 1
        while len(row) > width and not row[-1].strip():
            row.pop()  # spreadsheet programs fill up rows
        if len(row) > width:
            raise _refused(name, "sheet_row_too_long", line=line, cells=len(row), columns=width)
        if bare:
            filled.update(place for place in bare if place < len(row) and row[place].strip())
    return tuple(column for place, column in enumerate(found.names) if place in filled), total


def _opened(content: bytes, encoding: str) -> TextIO:
    return io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")


def _json_rows(name: str, content: bytes, encoding: str) -> Callable[[], Rows]:
    try:
        found = json.loads(content.decode(encoding))
    except (ValueError, RecursionError) as error:
        raise _refused(name, "sheet_broken", line=getattr(error, "lineno", 1), reason=str(error)) from None
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise _refused(name, "sheet_not_rows")
    return lambda: enumerate(found, start=1)


def _json_lines(name: str, content: bytes, encoding: str) -> Callable[[], Rows]:
    def read() -> Rows:
        lines = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="\n")
        for line, row_text in enumerate(lines, start=1):
            if not row_text.strip():
                continue
            try:
                row = json.loads(row_text)
            except (ValueError, RecursionError) as error:
                raise _refused(name, "sheet_broken", line=line, reason=str(error)) from None
            if not isinstance(row, dict):
                raise _refused(name, "sheet_not_rows")
            yield line, row

    return read


def _checked(sheet: Sheet) -> Sheet:
    if not sheet.columns or not any(sheet.columns):
        raise _refused(sheet.name, "sheet_empty")
    if len(sheet.columns) > WIDEST:
        raise _refused(sheet.name, "sheet_too_wide", columns=len(sheet.columns), widest=WIDEST)
    return sheet


def _refused(name: str, code: str, **values: Any) -> Refused:
    return Refused([Problem(code, {"file": name, **values}, Place(name))])
