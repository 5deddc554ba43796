"""``kehu import``: rows of a file become records, and every row that is not taken goes to a file with its reasons."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from ..problems import Label, Refused, message
from ..records.importing import BREATH, ImportReport, RefusedRow, import_sheet
from ..records.spreadsheets import Sheet, read_sheet, write_csv
from .spoken import command, option
from .terminal import Terminal, refused

__all__ = ["this"]


@command("import", "import")
@click.argument("file", type=click.Path())
@click.argument("entity")
@option("--map", "pairs", multiple=True, metavar="COLUMN=FIELD", help="option_map")
@option("--refused", "refused_file", metavar="FILE", help="option_refused")
@option("--store", metavar="STORE", help="option_store")
@option("--folder", metavar="FOLDER", help="option_folder", expose_value=False)
@click.pass_obj
def this(
    terminal: Terminal,
    file: str,
    entity: str,
    pairs: tuple[str, ...],
    refused_file: str | None,
    store: str | None,
) -> int:
    """Exit code 1 when no row was taken although there were some, or when something ended the import."""
    source = Path(file)
    sheet = read_sheet(source.name, _content(source))
    chosen = _chosen(pairs, sheet)
    try:
        with terminal.open(store) as app, _bar(terminal, source.name, sheet.total) as progress:
            alone = app.store.name == "tinydb"  # nobody else has its folder
            breath = 0 if alone else BREATH
            report = import_sheet(
                app.now.records, app.context("import"), entity, sheet, chosen, progress, breath
            )
    except Refused as refusal:
        if any(problem.code == "store_in_use" for problem in refusal.problems):
            terminal.say("import_on_page", aside=True, entity=entity)
        raise
    _tell(terminal, report)
    if report.refused:
        _keep(
            terminal,
            report,
            sheet,
            Path(refused_file) if refused_file else source.with_name(f"{source.name}.refused.csv"),
        )
    if report.problems:
        raise Refused(report.problems)
    return int(bool(report.refused) and len(report.refused) == report.read)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise refused("file_unreadable", file=str(file), reason=error.strerror or str(error)) from error


def _chosen(pairs: tuple[str, ...], sheet: Sheet) -> dict[str, str]:
    chosen = {}
    for pair in pairs:
        column, equals, field = (part.strip() for part in pair.rpartition("="))
        if not equals:
            raise refused("bad_map", pair=pair)
        if column not in sheet.columns:
            raise refused("no_such_column", column=column, available=list(sheet.columns))
        chosen[column] = field
    return chosen


@contextmanager
def _bar(terminal: Terminal, name: str, total: int) -> Iterator[Callable[[ImportReport], bool]]:
    """A progress bar with rows a second, where somebody is looking; Ctrl-C ends the import after the rows at hand."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    stopped = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        if stopped:
            raise KeyboardInterrupt
        stopped = True

    rate = TextColumn("{task.fields[rate]}")
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn(),
        console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty(),
    )  # fmt: skip
    with bar:
        task = bar.add_task(name, total=total, rate="")

        def progress(report: ImportReport) -> bool:
            bar.update(task, completed=report.read, rate=terminal.word("rate", rate=f"{report.rate:,.0f}"))
            return not stopped

        previous = signal.signal(signal.SIGINT, stop)
        try:
            yield progress
        finally:
            signal.signal(signal.SIGINT, previous)


def _tell(terminal: Terminal, report: ImportReport) -> None:
    terminal.say(
        "imported",
        read=f"{report.read:,}",
        created=f"{report.created:,}",
        changed=f"{report.changed:,}",
        unchanged=f"{report.unchanged:,}",
        refused=f"{len(report.refused):,}",
        seconds=f"{report.seconds:.1f}",
        rate=f"{report.rate:,.0f}",
    )
    if report.stopped:
        terminal.say("import_stopped", left=f"{report.total - report.read:,}")
    if report.columns.left_out:
        terminal.say("import_left_out", columns=list(report.columns.left_out))
    if report.people:
        terminal.say("import_people", count=len(report.people), people=report.people)


def _keep(terminal: Terminal, report: ImportReport, sheet: Sheet, file: Path) -> None:
    """The refused rows, their own columns first, so that the file can be mended and imported again."""
    line, why = terminal.word("refused_line"), terminal.word("refused_why")
    rows = ({**row.row, line: row.line, why: " · ".join(_reasons(terminal, row))} for row in report.refused)
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as to:
            write_csv(
                [*(column for column in sheet.columns if column not in (line, why)), line, why], rows, to
            )
    except OSError as error:
        raise refused("file_unwritable", file=str(file), reason=error.strerror or str(error)) from error
    terminal.say("refused_kept", count=f"{len(report.refused):,}", file=str(file))
    for row in report.refused[:3]:
        terminal.say("refused_row", line=row.line, reasons=_reasons(terminal, row))


def _reasons(terminal: Terminal, row: RefusedRow) -> list[str]:
    """Each problem in one sentence, with the field it is about, which its place on a page would have told."""
    reasons = []
    for problem in row.problems:
        said, label = message(problem, terminal.language), problem.values.get("label")
        name = label.in_(terminal.language) if isinstance(label, Label) else ""
        reasons.append(said if name in said else terminal.word("reason", label=name, message=said))
    return reasons
