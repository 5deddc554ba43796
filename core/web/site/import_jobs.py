"""Imports that go on between requests: a file that waits for its columns, rows on their way, what came of them."""

import logging
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO, StringIO
from itertools import islice
from typing import IO, Any

from ...context import Context
from ...problems import Label, Problem, Refused, message, say
from ...records.importing import ImportReport, Manner, RefusedRow, import_sheet
from ...records.records import Records
from ...records.spreadsheets import Sheet, read_sheet, write_csv
from ...records.undoing import UndoReport, undo_import
from ...store.ids import new_id
from ...words import Language

__all__ = ["SHOWN", "ImportJob", "ImportJobs", "Sample", "reason"]

KEPT = 12
"""Imports that are kept, waiting ones and finished ones together."""

RUNNING = 2
"""Imports that may run at once: they take turns at the store anyway."""

SHOWN = 50
"""Refused rows that the page shows."""

SAMPLES = 3
FIRST = 200
"""Rows that are looked at before the import, to tell what it would do."""

LONGEST = 40
IN_MEMORY = 256 * 1024

BUSY = {"trying": "tried", "running": "done", "undoing": "undone"}
"""States in which a thread is at work → what comes then."""

logger = logging.getLogger("kehu")


@dataclass(frozen=True, slots=True)
class Sample:
    """A column of the file: its heading and some of its values; ``first``: those of its first rows, whole."""

    header: str
    values: tuple[str, ...]
    first: tuple[str, ...] = ()


@dataclass
class ImportJob:
    """One import, from the file to the result. What it holds is bounded: the file and the refused rows are on disk.

    ``state``: ``columns``, then ``trying`` and ``tried``, then ``running`` and ``done``; or ``undoing`` and ``undone``.
    """

    id: str
    entity: str
    actor: str
    name: str
    content: IO[bytes]
    sheet: Sheet | None = None
    columns: tuple[Sample, ...] = ()
    total: int = 0
    found: tuple[str, str, str] = ("", "", "")
    chosen: Mapping[str, str] = field(default_factory=dict)
    manner: Manner = field(default_factory=Manner)
    state: str = "columns"
    report: ImportReport | None = None
    undo: UndoReport | None = None
    batch: str = ""
    problems: tuple[Problem, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    refused_count: int = 0
    refused_file: IO[bytes] | None = None
    stopping: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def read(self, encoding: str = "", delimiter: str = "", sheet: str = "") -> None:
        """Look at the file. Raises :class:`Refused` when it is no table or has no rows, and leaves all as it was."""
        self.content.seek(0)
        found = read_sheet(self.name, self.content.read(), encoding, delimiter, sheet)
        if not found.total:
            raise Refused([Problem("import_no_rows", {"file": self.name})])
        self.columns, self.total = tuple(_samples(found)), found.total
        self.found = (found.encoding, found.delimiter, found.sheet)
        self.sheet = replace(found, read=lambda: iter(()))  # what was found, without the rows

    def opened(self) -> Sheet:
        """The file, with its rows."""
        self.content.seek(0)
        return read_sheet(self.name, self.content.read(), *self.found)

    def close(self) -> None:
        """Give back what it holds on disk."""
        self.content.close()
        if self.refused_file is not None:
            self.refused_file.close()


class ImportJobs:
    """The imports of one server. Thread-safe."""

    def __init__(self) -> None:
        self._jobs: dict[str, ImportJob] = {}
        self._lock = threading.Lock()

    def add(self, entity: str, actor: str, name: str, content: bytes) -> ImportJob:
        """Take in a file. Raises :class:`Refused` when it is no table or has no rows."""
        job = ImportJob(new_id(), entity, actor, name, _file(content))
        try:
            job.read()
        except Refused:
            job.close()
            raise
        self._put(job)
        return job

    def get(self, id: str, entity: str, actor: str) -> ImportJob:
        """The import of this person. Raises :class:`Refused` (``missing``)."""
        job = self._jobs.get(id)
        if job is None or job.entity != entity or job.actor != actor:
            raise Refused([Problem("import_gone")], "missing")
        return job

    def start(
        self,
        job: ImportJob,
        records: Records,
        context: Context,
        chosen: Mapping[str, str],
        manner: Manner = Manner(),  # noqa: B008  (it is frozen)
    ) -> None:
        """Begin to write the rows, or to try them, in a thread of its own. One that has begun is left alone."""
        with self._lock:
            if job.state not in ("columns", "tried"):
                return
            self._begin(job, "trying" if manner.dry else "running", records, context)
            job.chosen, job.manner = dict(chosen), manner
            assert job.thread is not None
            job.thread.start()

    def undo(self, entity: str, name: str, batch: str, records: Records, context: Context) -> ImportJob:
        """Begin to undo an import, in a thread of its own."""
        for job in list(self._jobs.values()):
            if job.state == "undoing" and job.batch == batch:
                return job
        job = ImportJob(new_id(), entity, context.actor, name, _file(b""), batch=batch)
        self._put(job)
        with self._lock:
            self._begin(job, "undoing", records, context)
            assert job.thread is not None
            job.thread.start()
        return job

    def close(self) -> None:
        """Stop what runs, after the rows in hand, and forget everything."""
        with self._lock:
            jobs = list(self._jobs.values())
            self._jobs.clear()
        for job in jobs:
            job.stopping.set()
        for job in jobs:
            if job.thread is not None:
                job.thread.join()
            job.close()

    def _begin(self, job: ImportJob, state: str, records: Records, context: Context) -> None:
        if sum(other.state in BUSY for other in self._jobs.values()) >= RUNNING:
            raise Refused([Problem("import_busy")], "unavailable")
        job.state, job.report, job.problems = state, None, ()
        job.stopping.clear()
        job.thread = threading.Thread(
            target=_run, args=(job, records, context), name="kehu-import", daemon=True
        )

    def _put(self, job: ImportJob) -> None:
        """Keep it, and forget the oldest that are not running."""
        with self._lock:
            resting = [job for job in self._jobs.values() if job.state not in BUSY]
            while len(self._jobs) >= KEPT and resting:
                oldest = resting.pop(0)
                del self._jobs[oldest.id]
                oldest.close()
            self._jobs[job.id] = job


def _run(job: ImportJob, records: Records, context: Context) -> None:
    """The thread's work: nothing that goes wrong here may leave the import running for ever."""
    try:
        if job.state == "undoing":
            _undo(job, records, context)
        else:
            _import(job, records, context)
    except Refused as refusal:
        job.problems = refusal.problems
    except Exception:
        logger.exception("The import of %s into %s broke", job.name, job.entity)
        line = job.report.read + 1 if job.report is not None else 1
        job.problems = (Problem("import_broke", {"line": line + 1}),)
    finally:
        job.state = BUSY[job.state]


def _import(job: ImportJob, records: Records, context: Context) -> None:
    sheet = job.opened()
    chosen = {column: job.chosen.get(column, "") for column in sheet.columns}

    def progress(report: ImportReport) -> bool:
        job.report = report
        return not job.stopping.is_set()

    report = import_sheet(records, context, job.entity, sheet, chosen, progress, manner=job.manner)
    job.report = report
    job.refused, job.refused_count = tuple(report.refused[:SHOWN]), len(report.refused)
    if report.refused and not job.manner.dry:
        job.refused_file = _refused_file(sheet, report, context)
    report.refused = []
    if not job.manner.dry:
        job.batch = report.batch
    if report.stopped:
        left = Problem("import_stopped", {"left": report.total - report.read}, level="warning")
        job.problems = (*report.problems, left)


def _undo(job: ImportJob, records: Records, context: Context) -> None:
    def progress(report: UndoReport) -> bool:
        job.undo = report
        return not job.stopping.is_set()

    job.undo = undo_import(records, context, job.batch, progress)


def _refused_file(sheet: Sheet, report: ImportReport, context: Context) -> IO[bytes]:
    """The refused rows in a file of the same kind, each as it was, with its line and the reason in front of it."""
    language = context.language
    line_label, reason_label = (
        say(f"page_import_{key}", language).message for key in ("line_number", "reason")
    )
    joint = say("page_joint", language).message

    def rows() -> Iterator[dict[str, Any]]:
        for row in report.refused:
            reasons = joint.join(dict.fromkeys(reason(problem, language) for problem in row.problems))
            yield {**row.row, line_label: row.line, reason_label: reasons}

    columns = [line_label, reason_label, *(c for c in sheet.columns if c not in (line_label, reason_label))]
    if sheet.sheets:
        from ...records.workbooks import write_workbook

        book = BytesIO()
        write_workbook(columns, rows(), book)
        return _file(book.getvalue())
    text = StringIO()
    write_csv(columns, rows(), text)
    return _file(text.getvalue().encode("utf-8-sig", "replace"))


def reason(problem: Problem, language: Language) -> str:
    """Why a row was refused, with the field that it is about."""
    text = message(problem, language)
    label = problem.values.get("label")
    if problem.field is None or not isinstance(label, Label) or label.in_(language) in text:
        return text
    return say("page_import_problem", language, {"label": label, "text": text}).message


def _samples(sheet: Sheet) -> Iterator[Sample]:
    rows = [row for _, row in islice(sheet.rows, FIRST)]
    for column in sheet.columns:
        found: dict[str, None] = {}
        for row in rows:
            value = row.get(column)
            if value not in (None, ""):
                text = str(value).strip()
                found[text if len(text) <= LONGEST else f"{text[:LONGEST]}…"] = None
            if len(found) >= SAMPLES:
                break
        yield Sample(column, tuple(found), tuple(str(row.get(column) or "").strip() for row in rows))


def _file(content: bytes) -> IO[bytes]:
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (the job closes it)
    file.write(content)
    return file
