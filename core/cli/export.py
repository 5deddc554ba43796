"""``kehu export``: records of one entity as CSV, JSON Lines or JSON, ready to be imported again."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

import click

from ..formula import Formula, FormulaError, compile_formula
from ..problems import Place, Refused
from ..records.exporting import columns_of, export_rows
from ..records.records import Records
from ..records.spreadsheets import write_csv, write_json_lines
from ..records.workbooks import write_workbook
from .spoken import command, option
from .terminal import Terminal, refused

__all__ = ["this"]

Rows = Iterable[Mapping[str, Any]]


@command("export", "export")
@click.argument("entity")
@option("--format", "form", type=click.Choice(["csv", "xlsx", "jsonl", "json"]), help="option_export_format")
@option("--out", metavar="FILE", help="option_out")
@option("--fields", metavar="NAME[,NAME]", default="", help="option_fields")
@option("--where", metavar="FORMULA", help="option_where")
@option("--store", metavar="STORE", help="option_store")
@option("--folder", metavar="FOLDER", help="option_folder", expose_value=False)
@click.pass_obj
def this(
    terminal: Terminal,
    entity: str,
    form: str | None,
    out: str | None,
    fields: str,
    where: str | None,
    store: str | None,
) -> None:
    """Write every record that matches, oldest first."""
    form = form or _form_of(out)
    if form == "xlsx" and out is None:
        raise refused("workbook_needs_file")
    with terminal.open(store) as app:
        records, context = app.now.records, app.context("command")
        condition = _condition(terminal, records, entity, where) if where else None
        columns = columns_of(records, entity, [name.strip() for name in fields.split(",") if name.strip()])
        in_cells = form in ("csv", "xlsx")
        rows = export_rows(records, context, entity, condition, in_cells=in_cells, columns=columns)
        if out is None:
            _write(form, columns, rows, sys.stdout)
        else:
            count = _aside(Path(out), form, columns, rows)
            terminal.say("exported", aside=True, count=f"{count:,}", file=out)


def _form_of(out: str | None) -> str:
    return {".jsonl": "jsonl", ".json": "json", ".xlsx": "xlsx"}.get(
        Path(out).suffix.lower() if out else "", "csv"
    )


def _condition(terminal: Terminal, records: Records, entity: str, where: str) -> Formula:
    try:
        return compile_formula(where, records.scope(entity), "yes_no")
    except FormulaError as error:
        terminal.typed["--where"] = where
        places = [
            Place("--where", 1, int(p.values["column"]), int(p.values["width"])) for p in error.problems
        ]
        raise Refused(map(lambda p, at: replace(p, place=at), error.problems, places)) from error


def _write(form: str, columns: list[str], rows: Rows, to: TextIO) -> int:
    writers: Mapping[str, Callable[[], int]] = {
        "csv": lambda: write_csv(columns, rows, to),
        "jsonl": lambda: write_json_lines(rows, to),
        "json": lambda: _write_json(rows, to),
    }
    return writers[form]()


def _write_json(rows: Rows, to: TextIO) -> int:
    count = 0
    to.write("[")
    for count, row in enumerate(rows, start=1):
        to.write(f"{',' if count > 1 else ''}\n{json.dumps(row, ensure_ascii=False)}")
    to.write("\n]\n")
    return count


def _aside(file: Path, form: str, columns: list[str], rows: Rows) -> int:
    """Write beside the file and rename: an export that is stopped leaves the file of last time."""
    aside = file.with_name(f".{file.name}.new")
    encoding = "utf-8-sig" if form == "csv" else "utf-8"
    try:
        if form == "xlsx":
            with aside.open("wb") as book:
                count = write_workbook(columns, rows, book)
        else:
            with aside.open("w", encoding=encoding, newline="") as to:
                count = _write(form, columns, rows, to)
        aside.replace(file)
    except OSError as error:
        raise refused("file_unwritable", file=str(file), reason=error.strerror or str(error)) from error
    finally:
        aside.unlink(missing_ok=True)
    return count
