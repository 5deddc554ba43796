"""Imports that were: ``kehu import --list`` and ``--undo``; and the bar that shows how far one is."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click

from ..problems import message
from ..records.batches import batch_of, batches
from ..records.importing import ImportReport
from ..records.undoing import UndoReport, undo_import
from .terminal import Terminal

__all__ = ["bar", "list_batches", "undo"]


def list_batches(terminal: Terminal, store: str | None) -> int:
    """Print the imports there were, newest first."""
    with terminal.open(store) as app:
        found = batches(app.store)
    if not found:
        terminal.say("import_none")
        return 0
    heading = [
        terminal.word(f"import_head_{name}") for name in ("batch", "at", "file", "entity", "rows", "state")
    ]
    terminal.table(
        [
            heading,
            *(
                [
                    each.batch,
                    each.at,
                    each.file,
                    each.entity,
                    f"{each.created}+{each.changed}",
                    _state(terminal, each.state),
                ]
                for each in found
            ),
        ]
    )
    return 0


def undo(terminal: Terminal, store: str | None, batch: str) -> int:
    """Put back what an import did; exit code 1 where something was kept, or nothing was done."""
    with terminal.open(store) as app:
        told = batch_of(app.store, batch)
        with bar(terminal, told.file, None) as progress:
            report = undo_import(app.now.records, app.context("import"), batch, progress)
    terminal.say(
        "undone",
        deleted=f"{report.deleted:,}",
        restored=f"{report.restored:,}",
        back=f"{report.back_already:,}",
        kept=f"{report.kept_count:,}",
    )
    for kept in report.kept[:20]:
        reasons = " · ".join(message(problem, terminal.language) for problem in kept.problems)
        click.echo(f"  {kept.entity} {kept.title}: {reasons}")
    if report.stopped:
        terminal.say("undo_stopped", left=f"{report.total - report.done:,}")
    return int(report.stopped or report.kept_count > 0)


def _state(terminal: Terminal, state: str) -> str:
    return terminal.word(f"import_state_{state}")


@contextmanager
def bar(
    terminal: Terminal, name: str, total: int | None
) -> Iterator[Callable[[ImportReport | UndoReport], bool]]:
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
    shown = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn(),
        console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty(),
    )  # fmt: skip
    with shown:
        task = shown.add_task(name, total=total, rate="")

        def progress(report: ImportReport | UndoReport) -> bool:
            if isinstance(report, ImportReport):
                said = terminal.word("rate", rate=f"{report.rate:,.0f}")
                shown.update(task, completed=report.read, rate=said)
            else:
                shown.update(task, completed=report.done, total=report.total)
            return not stopped

        previous = signal.signal(signal.SIGINT, stop)
        try:
            yield progress
        finally:
            signal.signal(signal.SIGINT, previous)
