"""Excel workbooks in and out: bounded before they are unpacked, read by calamine, written row by row.

A workbook is a zip archive of XML: a small file may unpack to gigabytes, and two cells far apart make a reader lay out
everything between them. So the archive is measured as a stream first, and nothing is opened that is too large.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import IO, TYPE_CHECKING, Any

from ..problems import Place, Problem, Refused
from .headings import Headings, headed, named
from .spreadsheets import Rows, Sheet, neutral, plain

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["read_workbook", "write_workbook"]

UNPACKED = 500 * 1024 * 1024
"""Bytes that a workbook may unpack to: 100,000 rows of twenty columns are about 150 MB of XML."""

PARTS = 2000
"""Files in the archive."""

CELLS = 10_000_000
"""Cells of one sheet between its first and its last one, empty ones too."""

_BLOCK = 1 << 20
_REFERENCE = re.compile(rb'<(?:\w+:)?(c|row)\s[^>]*?\br="([A-Z]{0,4})(\d{0,9})"')
_START = re.compile(rb"<(?:\w+:)?(c|row)[\s/>]")
_LONGEST_CELL = 32_767
"""Characters that Excel keeps in a cell."""


def read_workbook(name: str, content: bytes, chosen: str = "") -> Sheet:
    """The rows of one sheet: the ``chosen`` one, or the first that is not empty. Raises :class:`Refused`."""
    _measure(name, content)
    from python_calamine import CalamineWorkbook  # 10 ms, for those who import a workbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = tuple(workbook.sheet_names)
    except Exception as error:  # noqa: BLE001  (calamine has an error for each format; all mean the same)
        raise _refused(name, "sheet_broken", line=1, reason=str(error)[:200]) from None
    if chosen and chosen not in names:
        raise _refused(name, "no_such_sheet", given=chosen[:40], available=list(names))
    for title in (chosen,) if chosen else names:
        sheet = _opened(name, workbook, title)
        if chosen or sheet.total_height or len(names) == 1:
            return _sheet(name, sheet, names)
    return _sheet(name, _opened(name, workbook, names[0]), names)


def write_workbook(
    columns: Sequence[str], rows: Iterable[Mapping[str, Any]], to: IO[bytes], title: str = "Kehu"
) -> int:
    """Write rows as a workbook of one sheet, with a heading that stays in sight; gives how many.

    Texts are always written as texts, never as formulas, links or numbers, and marked as in CSV: whoever saves the
    sheet as CSV later is safe, too.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # it brings no types; 30 ms, for those who export a workbook

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(to, options)
    sheet = book.add_worksheet(_title(title))
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for place, column in enumerate(columns):
        sheet.write_string(0, place, str(neutral(column)), bold)
        sheet.set_column(place, place, max(10, min(40, 2 + sum(1 + (c > "\u2e80") for c in column))))
    count = 0
    for count, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            _write(sheet, count, place, row.get(column))
    book.close()
    return count


def _write(sheet: Any, line: int, place: int, value: Any) -> None:
    """One cell. A whole number with more than 15 digits is a text: a spreadsheet would round it."""
    if isinstance(value, bool) or value is None:
        if value is not None:
            sheet.write_boolean(line, place, value)
    elif isinstance(value, (int, float)) and abs(value) < 10**15 and _short(value):
        sheet.write_number(line, place, value)
    else:
        text = str(value) if isinstance(value, (int, float)) else str(neutral(value))
        if len(text) > _LONGEST_CELL:
            values = {"length": len(text), "most": _LONGEST_CELL, "line": line + 1}
            raise Refused([Problem("cell_too_long", values)])
        sheet.write_string(line, place, text)


def _short(value: float) -> bool:
    return isinstance(value, int) or len(repr(value).replace(".", "").lstrip("-0")) <= 15


def _title(text: str) -> str:
    """A name that Excel takes for a sheet."""
    return re.sub(r"[\[\]:*?/\\']", " ", text).strip()[:31] or "Kehu"


def _measure(name: str, content: bytes) -> None:
    """Raises :class:`Refused` for an archive that would take too much to open: by what it really holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > PARTS:
                raise _refused(
                    name, "workbook_too_large", megabytes=UNPACKED // 1024 // 1024, cells=f"{CELLS:,}"
                )
            left = UNPACKED
            if any(part.flag_bits & 1 for part in parts):
                raise _refused(name, "workbook_locked")
            for part in parts:
                left = _measure_part(name, archive, part, left)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise _refused(name, "sheet_broken", line=1, reason=str(error)[:200]) from None


def _measure_part(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """The bytes that are left after this part. A sheet's cells are looked at as they pass, and never kept."""
    is_sheet = "worksheets/" in part.filename and part.filename.endswith(".xml")
    across = down = starts = 0
    tail = b""
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            left -= len(block)
            if left < 0:
                raise _too_large(name)
            if is_sheet:
                text = tail + block
                cut = text.rfind(b">") + 1
                text, tail = text[:cut], text[cut:]
                if len(tail) > _BLOCK:
                    raise _too_large(name)
                starts += len(_START.findall(text))
                found = _REFERENCE.findall(text)
                across = max(across, _furthest({letters for _, letters, _ in found}))
                down = max(down, max((int(digits) for _, _, digits in found if digits), default=0))
                if max(across, 1) * max(down, 1) > CELLS or starts > CELLS:
                    raise _too_large(name)
    return left


def _furthest(letters: set[bytes]) -> int:
    """The number of the column furthest to the right."""
    last = max(letters - {b""}, key=lambda text: (len(text), text), default=b"")
    number = 0
    for letter in last:
        number = number * 26 + letter - 64
    return number


def _opened(name: str, workbook: "CalamineWorkbook", title: str) -> "CalamineSheet":
    try:
        return workbook.get_sheet_by_name(title)
    except Exception as error:  # noqa: BLE001
        raise _refused(name, "sheet_broken", line=1, reason=str(error)[:200]) from None


def _sheet(name: str, sheet: "CalamineSheet", names: tuple[str, ...]) -> Sheet:
    def cells() -> Iterator[tuple[int, list[Any]]]:
        start = sheet.start
        offset = start[1] if start is not None else 0  # what stands empty on the left is no column
        first = start[0] if start is not None else 0
        for line, row in enumerate(sheet.iter_rows(), start=1):
            if line > first:
                yield line, row[offset:] if len(row) > sheet.width else row

    found = _merged(sheet, cells)
    filled, total = set(found.titled), 0
    width = len(found.names)
    bare = [place for place in range(width) if place not in filled]
    for line, row in cells():
        if line > found.line and any(cell != "" for cell in row):
            total += 1
            filled.update(place for place in bare if place < len(row) and row[place] != "")
    columns = tuple(column for place, column in enumerate(found.names) if place in filled)
    wanted = [place for place in range(width) if place in filled]

    def read() -> Rows:
        for line, row in cells():
            if line > found.line and any(cell != "" for cell in row):
                yield line, {found.names[p]: _value(row[p]) for p in wanted if p < len(row)}

    return Sheet(name, "", "", columns, total, read, sheet.name, names, found.line)


def _merged(sheet: "CalamineSheet", cells: Any) -> Headings:
    """The headings, also where they stand on two lines: a group merged over its columns, their names below it."""
    found = headed(cells())
    start = sheet.start
    offset = start[1] if start is not None else 0
    groups = [
        (low[1] - offset, high[1] - offset)
        for low, high in sheet.merged_cell_ranges or ()
        if low[0] == high[0] == found.line - 1 and high[1] > low[1]
    ]
    if not groups:
        return found
    rows = {
        line: [_shown(cell) for cell in row]
        for line, row in zip(range(1, found.line + 2), _few(cells), strict=False)
    }
    above, below = rows.get(found.line, []), rows.get(found.line + 1, [])
    if not all(any(below[low : high + 1]) for low, high in groups):
        return found
    return named(found.line + 1, [low or high for low, high in zip(below, above, strict=False)])


def _few(cells: Any) -> Iterator[list[Any]]:
    expected = 1
    for line, row in cells():
        while expected < line:
            yield []
            expected += 1
        yield row
        expected += 1


def _shown(cell: Any) -> str:
    return " ".join(str(cell).split())


def _value(cell: Any) -> Any:
    """What a cell holds as people would have typed it: whole numbers without a point, days as ISO text."""
    if isinstance(cell, str):
        return plain(cell)
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 10**15 else cell
    if isinstance(cell, datetime):
        is_day = cell.hour == cell.minute == cell.second == cell.microsecond == 0
        return cell.date().isoformat() if is_day else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else cell


def _too_large(name: str) -> Refused:
    return _refused(name, "workbook_too_large", megabytes=UNPACKED // 1024 // 1024, cells=f"{CELLS:,}")


def _refused(name: str, code: str, **values: Any) -> Refused:
    return Refused([Problem(code, {"file": name, **values}, Place(name))])
