"""Imports that go on between requests: a file that waits for its columns, rows on their way, what came of them."""

import logging
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from typing import IO, Any

from ...context import Context
from ...problems import Label, Problem, Refused, message, say
from ...records.importing import ImportReport, RefusedRow, import_sheet
from ...records.records import Records
from ...records.spreadsheets import Sheet, read_sheet, write_csv
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

logger = logging.getLogger("kehu")


@dataclass(frozen=True, slots=True)
class Sample:
    """A column of the file: its heading and some of its values; ``first``: those of its first rows, whole."""

    header: str
    values: tuple[str, ...]
    first: tuple[str, ...] = ()


@dataclass
class ImportJob:
    """One import, from the file to the result. What it holds is bounded: the file and the refused rows are on disk."""

    id: str
    entity: str
    actor: str
    name: str
    columns: tuple[Sample, ...]
    total: int
    content: IO[bytes]
    chosen: Mapping[str, str] = field(default_factory=dict)
    state: str = "columns"
    report: ImportReport | None = None
    problems: tuple[Problem, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    refused_count: int = 0
    refused_file: IO[bytes] | None = None
    stopping: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

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
        sheet = read_sheet(name, content)
        if not sheet.total:
            raise Refused([Problem("import_no_rows", {"file": name})])
        file = _file(content)
        samples = tuple(_samples(sheet))
        job = ImportJob(new_id(), entity, actor, name, samples, sheet.total, file)
        with self._lock:
            self._make_room()
            self._jobs[job.id] = job
        return job

    def get(self, id: str, entity: str, actor: str) -> ImportJob:
        """The import of this person. Raises :class:`Refused` (``missing``)."""
        job = self._jobs.get(id)
        if job is None or job.entity != entity or job.actor != actor:
            raise Refused([Problem("import_gone")], "missing")
        return job

    def start(self, job: ImportJob, records: Records, context: Context, chosen: Mapping[str, str]) -> None:
        """Begin to write the rows, in a thread of its own. One that has begun is left alone."""
        with self._lock:
            if job.state != "columns":
                return
            if sum(other.state == "running" for other in self._jobs.values()) >= RUNNING:
                raise Refused([Problem("import_busy")], "unavailable")
            job.state, job.chosen = "running", dict(chosen)
            job.thread = threading.Thread(
                target=_run, args=(job, records, context), name="kehu-import", daemon=True
            )
            job.thread.start()

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

    def _make_room(self) -> None:
        """Forget the oldest that are not running."""
        resting = [job for job in self._jobs.values() if job.state != "running"]
        while len(self._jobs) >= KEPT and resting:
            oldest = resting.pop(0)
            del self._jobs[oldest.id]
            oldest.close()


def _run(job: ImportJob, records: Records, context: Context) -> None:
    """The thread's work: nothing that goes wrong here may leave the import running for ever."""
    try:
        _import(job, records, context)
    except Refused as refusal:
        job.problems = refusal.problems
    except Exception:
        logger.exception("The import of %s into %s broke", job.name, job.entity)
        line = job.report.read + 1 if job.report is not None else 1
        job.problems = (Problem("import_broke", {"line": line + 1}),)
    finally:
        job.state = "done"


def _import(job: ImportJob, records: Records, context: Context) -> None:
    job.content.seek(0)
    sheet = read_sheet(job.name, job.content.read())
    wanted = tuple(column for column in sheet.columns if column in job.chosen)
    narrow = sheet.narrowed(wanted)

    def progress(report: ImportReport) -> bool:
        job.report = report
        return not job.stopping.is_set()

    report = job.report = import_sheet(records, context, job.entity, narrow, job.chosen, progress)
    job.refused, job.refused_count = tuple(report.refused[:SHOWN]), len(report.refused)
    if report.refused:
        job.refused_file = _refused_file(sheet, report, context)
        report.refused = []
    if report.stopped:
        left = Problem("import_stopped", {"left": report.total - report.read}, level="warning")
        job.problems = (*report.problems, left)


def _refused_file(sheet: Sheet, report: ImportReport, context: Context) -> IO[bytes]:
    """The refused rows as CSV, each as it was, with its line and the reason in front of it."""
    language = context.language
    line_label, reason_label = (
        say(f"page_import_{key}", language).message for key in ("line_number", "reason")
    )
    joint = say("page_joint", language).message

    def rows() -> Iterator[dict[str, Any]]:
        for row in report.refused:
            reasons = joint.join(dict.fromkeys(reason(problem, language) for problem in row.problems))
            yield {**row.row, line_label: row.line, reason_label: reasons}

    text = StringIO()
    write_csv([line_label, reason_label, *sheet.columns], rows(), text)
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
        first = tuple(str(row.get(column) or "").strip() for row in rows)
        yield Sample(column, tuple(found), first)


def _file(content: bytes) -> IO[bytes]:
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (the job closes it)
    file.write(content)
    return file
