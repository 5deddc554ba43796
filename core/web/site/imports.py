"""The import: choose a file, match its columns, try it, watch the rows go in, see what was refused, undo it."""

from collections.abc import Mapping
from dataclasses import replace
from io import StringIO
from pathlib import PurePath

from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from ...context import Context
from ...problems import Problem, Refused
from ...records.batches import batch_of, known_columns
from ...records.importing import Manner, match_columns
from ...records.matching import Existing
from ...records.rights import authorize
from ...records.spreadsheets import write_csv
from ...store.ids import new_id
from .import_jobs import BUSY, ImportJob, ImportJobs
from .import_steps import (
    LARGEST,
    columns_step,
    done_step,
    fields_of,
    file_step,
    is_required,
    running_step,
    tried_step,
    undone_step,
    url_of,
)
from .visit import Visit

__all__ = ["LARGEST", "jobs_of", "routes"]

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def begin(visit: Visit) -> Response:
    """GET and POST ``/{entity}/import``: the file."""
    entity = _allowed(visit)
    if visit.request.method != "POST":
        return file_step(visit, entity)
    try:
        name, content = _upload(visit)
        job = jobs_of(visit).add(entity, visit.context.actor, name, content)
    except Refused as refusal:
        return file_step(visit, entity, refusal)
    return RedirectResponse(url_of(job), 303)


def go_on(visit: Visit) -> Response:
    """GET and POST ``/{entity}/import/{job}``: whatever comes next for this file."""
    job = _job(visit)
    if visit.request.method == "POST":
        return _act(visit, job)
    if job.state == "columns":
        return columns_step(visit, job, job.chosen or _guessed(visit, job))
    if job.state in BUSY:
        return running_step(visit, job)
    return {"tried": tried_step, "done": done_step, "undone": undone_step}[job.state](visit, job)


def _act(visit: Visit, job: ImportJob) -> Response:
    """What was asked for: read the file otherwise (``read``), try (``try``), import, or go back to the columns."""
    do = visit.posted("do")
    if job.state == "tried" and do == "back":
        job.state = "columns"
    elif job.state == "tried" and do == "start":
        jobs_of(visit).start(job, visit.records, _context(visit), job.chosen, replace(job.manner, dry=False))
    elif job.state == "columns":
        chosen = _posted_columns(visit, job)
        try:
            if do == "read":
                job.read(*(visit.posted(name) for name in ("encoding", "delimiter", "sheet")))
                job.chosen = {}
                return RedirectResponse(url_of(job), 303)
            job.manner = _manner(visit, do == "try")
            _check(visit, job, chosen)
            jobs_of(visit).start(job, visit.records, _context(visit), chosen, job.manner)
        except Refused as refusal:
            return columns_step(visit, job, chosen, refusal)
    return RedirectResponse(url_of(job), 303)


def stop(visit: Visit) -> Response:
    """POST ``/{entity}/import/{job}/stop``: no further rows; those that are written stay."""
    job = _job(visit)
    job.stopping.set()
    return RedirectResponse(url_of(job), 303)


def undo(visit: Visit) -> Response:
    """POST ``/{entity}/import/undo``: put back what the import ``batch`` did."""
    entity = _allowed(visit)
    told = batch_of(visit.records.store, visit.posted("batch"))
    if told.entity != entity:
        raise Refused([Problem("import_unknown_batch", {"batch": told.batch})], "missing")
    job = jobs_of(visit).undo(entity, told.file, told.batch, visit.records, _context(visit))
    return RedirectResponse(url_of(job), 303)


def refused(visit: Visit) -> Response:
    """GET ``/{entity}/import/{job}/refused.csv`` (or ``.xlsx``): every refused row with its reason, to be mended."""
    job = _job(visit)
    if job.refused_file is None:
        return RedirectResponse(url_of(job), 303)
    job.refused_file.seek(0)
    suffix = "xlsx" if job.sheet is not None and job.sheet.sheets else "csv"
    return _download(job.refused_file.read(), f"{job.entity}-refused.{suffix}")


def sample(visit: Visit) -> Response:
    """GET ``/{entity}/import/sample.csv``: an empty sheet with the right headings."""
    entity = _allowed(visit)
    headings = [label for _, label, field in fields_of(visit, entity) if field is not None]
    text = StringIO()
    write_csv(headings, [], text)
    return _download(text.getvalue().encode("utf-8-sig"), f"{entity}.csv")


def jobs_of(visit: Visit) -> ImportJobs:
    """The imports of this server."""
    jobs: ImportJobs = visit.site.jobs.setdefault("imports", ImportJobs())
    return jobs


# what comes in


def _allowed(visit: Visit) -> str:
    entity = visit.named("entity")
    visit.records.plan(entity)
    authorize(visit.records.rights, visit.context, "import", entity)
    return entity


def _job(visit: Visit) -> ImportJob:
    return jobs_of(visit).get(visit.named("job"), _allowed(visit), visit.context.actor)


def _context(visit: Visit) -> Context:
    """Each import is a batch of its own."""
    return replace(visit.context.through("import"), batch=new_id())


def _manner(visit: Visit, dry: bool) -> Manner:
    key = tuple(name for name in visit.posted("key").split(",") if name)
    several, only = visit.posted("several"), visit.posted("mode")
    return Manner(
        key,
        "oldest" if several == "oldest" else "refuse",
        "create" if only == "create" else "change" if only == "change" else "",
        dry,
    )


def _upload(visit: Visit) -> tuple[str, bytes]:
    """The file's name and content. Raises :class:`Refused` for none, or one that is too large."""
    file = visit.form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Refused([Problem("import_no_file")])
    name = PurePath(file.filename.replace("\\", "/")).name[:120] or "file"
    content = file.file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refused([Problem("sheet_too_large", {"file": name, "megabytes": LARGEST // 1024 // 1024})])
    return name, content


def _posted_columns(visit: Visit, job: ImportJob) -> dict[str, str]:
    """Heading → field, of the columns that go somewhere."""
    found = {}
    for index, column in enumerate(job.columns):
        to = visit.posted(f"column.{index}")
        if column.header and to:
            found[column.header] = to
    return found


def _guessed(visit: Visit, job: ImportJob) -> Mapping[str, str]:
    """Where the columns of such a file went last time, or else what their headings say, or may say."""
    plan = visit.records.plan(job.entity)
    offered = {name for name, _, _ in fields_of(visit, job.entity)}
    headers = [column.header for column in job.columns if column.header]
    known = known_columns(visit.records.store, job.entity, headers)
    matched = match_columns(plan, headers)
    guessed = known or {**matched.near, **matched.fields}
    return {header: name for header, name in guessed.items() if name in offered}


def _check(visit: Visit, job: ImportJob, chosen: Mapping[str, str]) -> None:
    """Whether the rows can go where they were sent. Raises :class:`Refused` with everything that is in the way."""
    labels = {name: label for name, label, _ in fields_of(visit, job.entity)}
    problems = [
        Problem("no_such_import_field", {"name": name[:40], "available": list(labels.values())})
        for name in dict.fromkeys(chosen.values())
        if name not in labels
    ]
    for name in dict.fromkeys(chosen.values()):
        columns = [header for header, to in chosen.items() if to == name]
        if len(columns) > 1 and name in labels:
            problems.append(Problem("import_field_twice", {"label": labels[name], "columns": columns}))
    if not chosen:
        problems.append(Problem("import_nothing_chosen"))
    elif "external_id" not in chosen.values() and job.manner.only != "change":
        problems += [
            Problem("import_field_missing", {"label": label})
            for name, label in labels.items()
            if name not in chosen.values() and is_required(visit, job.entity, name)
        ]
    if problems:
        raise Refused(problems)
    plan = visit.records.plan(job.entity)
    Existing(plan, match_columns(plan, [*chosen], chosen), job.manner)


def _download(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    kind = WORKBOOK if name.endswith(".xlsx") else "text/csv; charset=utf-8"
    return Response(content, media_type=kind, headers=headers)


routes = [
    ("/{entity}/import", ("GET", "POST"), begin),
    ("/{entity}/import/sample.csv", ("GET",), sample),
    ("/{entity}/import/undo", ("POST",), undo),
    ("/{entity}/import/{job}", ("GET", "POST"), go_on),
    ("/{entity}/import/{job}/stop", ("POST",), stop),
    ("/{entity}/import/{job}/refused.csv", ("GET",), refused),
    ("/{entity}/import/{job}/refused.xlsx", ("GET",), refused),
]
