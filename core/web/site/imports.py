"""The import: choose a file, match its columns, watch the rows go in, see what was refused and why."""

from collections.abc import Mapping
from io import StringIO
from pathlib import PurePath
from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from ...problems import Problem, Refused
from ...records.importing import match_columns
from ...records.rights import authorize
from ...records.spreadsheets import write_csv
from .errors import STATUS
from .import_jobs import SHOWN, ImportJob, ImportJobs, reason
from .rendering import render
from .visit import Visit, fault

__all__ = ["LARGEST", "jobs_of", "routes"]

LARGEST = 20 * 1024 * 1024
"""Bytes of a file that is taken in."""

OUTSIDE = ("external_id", "created_at")
"""System columns that an import may fill."""


def begin(visit: Visit) -> Response:
    """GET and POST ``/{entity}/import``: the file."""
    entity = _allowed(visit)
    if visit.request.method != "POST":
        return _file_step(visit, entity)
    try:
        name, content = _upload(visit)
        job = jobs_of(visit).add(entity, visit.context.actor, name, content)
    except Refused as refusal:
        return _file_step(visit, entity, refusal)
    return RedirectResponse(_url(job), 303)


def go_on(visit: Visit) -> Response:
    """GET and POST ``/{entity}/import/{job}``: whatever comes next for this file."""
    job = _job(visit)
    if visit.request.method == "POST" and job.state == "columns":
        chosen = _posted_columns(visit, job)
        try:
            _check(visit, job, chosen)
            jobs_of(visit).start(job, visit.records, visit.context.through("import"), chosen)
        except Refused as refusal:
            return _columns_step(visit, job, chosen, refusal)
    if visit.request.method == "POST":
        return RedirectResponse(_url(job), 303)
    if job.state == "columns":
        return _columns_step(visit, job, _guessed(visit, job))
    return _running_step(visit, job) if job.state == "running" else _done_step(visit, job)


def stop(visit: Visit) -> Response:
    """POST ``/{entity}/import/{job}/stop``: no further rows; those that are written stay."""
    job = _job(visit)
    job.stopping.set()
    return RedirectResponse(_url(job), 303)


def refused(visit: Visit) -> Response:
    """GET ``/{entity}/import/{job}/refused.csv``: every refused row with its reason, to be mended and sent again."""
    job = _job(visit)
    if job.refused_file is None:
        return RedirectResponse(_url(job), 303)
    job.refused_file.seek(0)
    return _download(job.refused_file.read(), f"{job.entity}-refused.csv")


def sample(visit: Visit) -> Response:
    """GET ``/{entity}/import/sample.csv``: an empty sheet with the right headings."""
    entity = _allowed(visit)
    headings = [label for name, label, _ in _fields(visit, entity) if name not in OUTSIDE]
    text = StringIO()
    write_csv(headings, [], text)
    return _download(text.getvalue().encode("utf-8-sig"), f"{entity}.csv")


def jobs_of(visit: Visit) -> ImportJobs:
    """The imports of this server."""
    jobs: ImportJobs = visit.site.jobs.setdefault("imports", ImportJobs())
    return jobs


# the steps


def _file_step(visit: Visit, entity: str, refusal: Refused | None = None) -> Response:
    plan = visit.records.plan(entity)
    fields = [
        {"label": label, "required": _required(visit, entity, name), "help": _help(visit, entity, name)}
        for name, label, _ in _fields(visit, entity)
    ]
    model = {
        "formats": visit.t("import_formats", megabytes=LARGEST // 1024 // 1024),
        "sample_url": f"/{entity}/import/sample.csv",
        "fields": fields,
        "action": f"/{entity}/import",
    }
    return _page(visit, plan.entity.entity, "file", model, refusal)


def _columns_step(
    visit: Visit, job: ImportJob, chosen: Mapping[str, str], refusal: Refused | None = None
) -> Response:
    columns = [
        {
            "index": index,
            "header": column.header,
            "samples": column.values,
            "field": chosen.get(column.header, ""),
        }
        for index, column in enumerate(job.columns)
        if column.header
    ]
    fields = [
        {"value": name, "label": label, "required": _required(visit, job.entity, name)}
        for name, label, _ in _fields(visit, job.entity)
    ]
    model = {
        "keep": (), "name": job.name, "rows": f"{job.total:,}", "columns": columns, "fields": fields, "modes": (),
        "action": _url(job),
    }  # fmt: skip
    if refusal is not None:
        return _page(visit, job.entity, "columns", model, refusal)
    return _page(visit, job.entity, "columns", model, _doubles(visit, job, chosen), 200)


def _doubles(visit: Visit, job: ImportJob, chosen: Mapping[str, str]) -> Refused | None:
    """A word about rows that are called like records which are there: without an id, they would be made again."""
    definition = visit.records.plan(job.entity).entity
    title = definition.title_field
    column = next((column for column in job.columns if chosen.get(column.header) == title), None)
    if column is None or "external_id" in chosen.values() or not visit.catalog.is_stored(job.entity, title):
        return None
    store = visit.records.store
    count = sum(bool(store.lookup(job.entity, title, text)) for text in column.first if text)
    if not count:
        return None
    values = {"count": count, "looked": len(column.first), "label": definition.plural or definition.shown}
    return Refused([Problem("import_makes_doubles", values, level="warning")])


def _running_step(visit: Visit, job: ImportJob) -> Response:
    report = job.report
    done = min(report.read, job.total) if report is not None else 0
    rate = (
        visit.t("import_rate", rate=f"{report.rate:,.0f}")
        if report is not None
        else visit.t("import_waiting")
    )
    model = {
        "done": done, "total": job.total, "percent": done * 100 // job.total, "rate": rate,
        "refresh_url": _url(job), "stop_url": f"{_url(job)}/stop", "action": _url(job),
    }  # fmt: skip
    return _page(visit, job.entity, "running", model)


def _done_step(visit: Visit, job: ImportJob) -> Response:
    report = job.report
    numbers = (
        ("import_created", report.created if report is not None else 0, "green"),
        ("import_changed", report.changed if report is not None else 0, "blue"),
        ("import_unchanged", report.unchanged if report is not None else 0, "grey"),
        ("import_not_taken", job.refused_count, "red" if job.refused_count else "grey"),
        ("import_people", len(report.people) if report is not None else 0, "purple"),
    )
    rows = [
        {
            "line": row.line,
            "text": " · ".join(str(value)[:60] for value in row.row.values() if value not in (None, ""))[
                :300
            ],
            "faults": [
                fault(visit, problem) | {"text": reason(problem, visit.language)} for problem in row.problems
            ],
        }
        for row in job.refused
    ]
    hidden = job.refused_count > len(rows)
    model = {
        "name": job.name,
        "counts": [
            {"label": visit.t(key), "text": f"{count:,}", "colour": colour}
            for key, count, colour in numbers
            if count or key not in ("import_people", "import_unchanged")
        ],
        "refused": rows,
        "refused_url": f"{_url(job)}/refused.csv" if job.refused_file is not None else None,
        "more": visit.t("import_more", shown=SHOWN, count=f"{job.refused_count:,}") if hidden else "",
        "action": _url(job),
    }
    return _page(visit, job.entity, "done", model, Refused(job.problems) if job.problems else None, 200)


def _page(
    visit: Visit,
    entity: str,
    step: str,
    model: dict[str, Any],
    refusal: Refused | None = None,
    status: int | None = None,
) -> Response:
    definition = visit.records.plan(entity).entity
    label = (definition.plural or definition.shown).in_(visit.language)
    problems = refusal.problems if refusal is not None else ()
    model |= {
        "entity": label,
        "step": step,
        "list_url": f"/{entity}",
        "faults": [fault(visit, problem) for problem in problems],
    }
    code = status or (STATUS[refusal.status] if refusal is not None else 200)
    return render(visit, "import.html", visit.t("import_title", label=label), code, upload=model)


# what comes in


def _allowed(visit: Visit) -> str:
    entity = visit.named("entity")
    visit.records.plan(entity)
    authorize(visit.records.rights, visit.context, "import", entity)
    return entity


def _job(visit: Visit) -> ImportJob:
    return jobs_of(visit).get(visit.named("job"), _allowed(visit), visit.context.actor)


def _url(job: ImportJob) -> str:
    return f"/{job.entity}/import/{job.id}"


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
    plan = visit.records.plan(job.entity)
    offered = {name for name, _, _ in _fields(visit, job.entity)}
    guessed = match_columns(plan, [column.header for column in job.columns if column.header]).fields
    return {header: name for header, name in guessed.items() if name in offered}


def _check(visit: Visit, job: ImportJob, chosen: Mapping[str, str]) -> None:
    """Whether the rows can go where they were sent. Raises :class:`Refused` with everything that is in the way."""
    labels = {name: label for name, label, _ in _fields(visit, job.entity)}
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
    elif "external_id" not in chosen.values():
        problems += [
            Problem("import_field_missing", {"label": label})
            for name, label in labels.items()
            if name not in chosen.values() and _required(visit, job.entity, name)
        ]
    if problems:
        raise Refused(problems)


def _fields(visit: Visit, entity: str) -> list[tuple[str, str, Any]]:
    """(name, label, field) of what an import may fill, the record's own fields first."""
    plan = visit.records.plan(entity)
    own = [
        (name, field.label.in_(visit.language), field)
        for name, field in plan.writable.items()
        if not field.readonly
    ]
    return [*own, *((name, visit.t(f"import_{name}"), None) for name in OUTSIDE)]


def _required(visit: Visit, entity: str, name: str) -> bool:
    """Whether a new row without it would be refused."""
    plan = visit.records.plan(entity)
    field = plan.writable.get(name)
    defaults = {known for known, _ in plan.defaults}
    return field is not None and field.required and name not in defaults and name not in plan.series


def _help(visit: Visit, entity: str, name: str) -> str:
    if name == "external_id":
        return visit.t("import_external_id_help")
    field = visit.records.plan(entity).writable.get(name)
    return field.help.in_(visit.language) if field is not None and field.help is not None else ""


def _download(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


routes = [
    ("/{entity}/import", ("GET", "POST"), begin),
    ("/{entity}/import/sample.csv", ("GET",), sample),
    ("/{entity}/import/{job}", ("GET", "POST"), go_on),
    ("/{entity}/import/{job}/stop", ("POST",), stop),
    ("/{entity}/import/{job}/refused.csv", ("GET",), refused),
]
