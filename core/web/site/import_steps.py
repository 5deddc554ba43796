"""The pages of an import, one for each step: what its templates are given."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from ...problems import Label, Problem, Refused
from ...records.batches import batches
from ...records.columns import REASON
from ...records.encodings import ENCODINGS
from ...records.importing import match_columns
from ...records.matching import keys_of
from ...records.trying import Verdict
from .errors import STATUS
from .import_jobs import SHOWN, ImportJob, reason
from .rendering import render
from .visit import Visit, fault

__all__ = [
    "LARGEST",
    "OUTSIDE",
    "columns_step",
    "done_step",
    "fields_of",
    "file_step",
    "is_required",
    "running_step",
    "tried_step",
    "undone_step",
    "url_of",
]

LARGEST = 20 * 1024 * 1024
"""Bytes of a file that is taken in."""

OUTSIDE = ("external_id", "created_at")
"""System columns that an import may fill."""

LATEST = 5
"""Imports of before that the first step lists."""

KINDS = ("refused", "alike", "changed", "created", "unchanged")


def url_of(job: ImportJob) -> str:
    """Where a job's pages are."""
    return f"/{job.entity}/import/{job.id}"


def file_step(visit: Visit, entity: str, refusal: Refused | None = None) -> Response:
    """Choose a file; or undo an import of before."""
    plan = visit.records.plan(entity)
    fields = [
        {"label": label, "required": is_required(visit, entity, name), "help": _help(visit, entity, name)}
        for name, label, _ in fields_of(visit, entity)
        if name != REASON
    ]
    past = [
        {
            "batch": each.batch,
            "file": each.file,
            "at": each.at.replace("T", " ")[:16],
            "text": visit.t("import_past", created=f"{each.created:,}", changed=f"{each.changed:,}"),
            "state": visit.t(f"import_state_{each.state}") if each.state != "done" else "",
            "undo": each.state != "undone" or each.kept > 0,
        }
        for each in batches(visit.records.store, entity)[:LATEST]
        if each.created or each.changed
    ]
    model = {
        "formats": visit.t("import_formats", megabytes=LARGEST // 1024 // 1024),
        "sample_url": f"/{entity}/import/sample.csv",
        "fields": fields,
        "action": f"/{entity}/import",
        "past": past,
        "undo_url": f"/{entity}/import/undo",
    }
    return _page(visit, plan.entity.entity, "file", model, refusal)


def columns_step(
    visit: Visit, job: ImportJob, chosen: Mapping[str, str], refusal: Refused | None = None
) -> Response:
    """What was found in the file, and where its columns go."""
    plan = visit.records.plan(job.entity)
    headers = [column.header for column in job.columns if column.header]
    guessed = match_columns(plan, headers)
    columns = [
        {
            "index": index,
            "header": column.header,
            "samples": column.values,
            "field": chosen.get(column.header, ""),
            "note": _note(visit, guessed, column.header, chosen),
        }
        for index, column in enumerate(job.columns)
        if column.header
    ]
    fields = [
        {"value": name, "label": label, "required": is_required(visit, job.entity, name)}
        for name, label, _ in fields_of(visit, job.entity)
    ]
    model = {
        "keep": (), "name": job.name, "rows": f"{job.total:,}", "columns": columns, "fields": fields,
        "found": _found(visit, job), "keys": _keys(visit, job), "several": _several(visit, job),
        "modes": _modes(visit, job), "action": url_of(job),
    }  # fmt: skip
    if refusal is not None:
        return _page(visit, job.entity, "columns", model, refusal)
    return _page(visit, job.entity, "columns", model, _doubles(visit, job, chosen), 200)


def tried_step(visit: Visit, job: ImportJob) -> Response:
    """What would become of the rows."""
    report = job.report
    counts = _counts(visit, job)
    rows = sorted(report.verdicts if report is not None else (), key=lambda each: KINDS.index(_kind(each)))
    model = {
        "name": job.name,
        "counts": [
            {**count, "label": visit.t(f"import_would_{name}")} for name, count in counts if name != "people"
        ],
        "alike": visit.t("import_alike", count=f"{report.alike:,}")
        if report is not None and report.alike
        else "",
        "rows": [_verdict(visit, job, each) for each in rows],
        "more": visit.t("import_tried_more", shown=SHOWN) if len(rows) >= SHOWN else "",
        "action": url_of(job),
    }
    return _page(visit, job.entity, "tried", model, Refused(job.problems) if job.problems else None, 200)


def running_step(visit: Visit, job: ImportJob) -> Response:
    """How far it is."""
    report, undo = job.report, job.undo
    if job.state == "undoing":
        done, total = (undo.done, undo.total) if undo is not None else (0, 0)
        rate = ""
    else:
        done, total = min(report.read, job.total) if report is not None else 0, job.total
        rate = visit.t("import_rate", rate=f"{report.rate:,.0f}") if report is not None else ""
    model = {
        "done": done, "total": max(total, 1), "percent": done * 100 // max(total, 1),
        "rate": rate or visit.t("import_waiting"), "title": f"import_{job.state}_at",
        "refresh_url": url_of(job), "stop_url": f"{url_of(job)}/stop", "action": url_of(job),
    }  # fmt: skip
    return _page(visit, job.entity, "running", model)


def done_step(visit: Visit, job: ImportJob) -> Response:
    """What came of it."""
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
    suffix = "xlsx" if job.sheet is not None and job.sheet.sheets else "csv"
    report = job.report
    model = {
        "name": job.name,
        "counts": [it for name, it in _counts(visit, job) if it["count"] or name not in ("people", "unchanged")],
        "refused": rows,
        "refused_url": f"{url_of(job)}/refused.{suffix}" if job.refused_file is not None else None,
        "more": visit.t("import_more", shown=SHOWN, count=f"{job.refused_count:,}") if hidden else "",
        "undo_url": f"/{job.entity}/import/undo" if report is not None and report.created + report.changed else "",
        "batch": job.batch,
        "action": url_of(job),
    }  # fmt: skip
    return _page(visit, job.entity, "done", model, Refused(job.problems) if job.problems else None, 200)


def undone_step(visit: Visit, job: ImportJob) -> Response:
    """What an undo put back, and what it kept."""
    undo = job.undo
    numbers = (
        ("undo_deleted", undo.deleted if undo is not None else 0, "green"),
        ("undo_restored", undo.restored if undo is not None else 0, "blue"),
        ("undo_back", undo.back_already if undo is not None else 0, "grey"),
        ("undo_kept", undo.kept_count if undo is not None else 0, "amber"),
    )
    model = {
        "name": job.name,
        "counts": [
            {"label": visit.t(key), "text": f"{count:,}", "colour": colour}
            for key, count, colour in numbers
            if count or key == "undo_deleted"
        ],
        "kept": [
            {
                "label": visit.records.plan(each.entity).entity.shown.in_(visit.language),
                "title": each.title,
                "url": f"/{each.entity}/{each.id}",
                "faults": [fault(visit, p) | {"text": reason(p, visit.language)} for p in each.problems],
            }
            for each in (undo.kept if undo is not None else ())
        ],
        "again": undo is not None and (undo.stopped or undo.kept_count > 0),
        "undo_url": f"/{job.entity}/import/undo",
        "batch": job.batch,
    }
    return _page(visit, job.entity, "undone", model, Refused(job.problems) if job.problems else None, 200)


def fields_of(visit: Visit, entity: str) -> list[tuple[str, str, Any]]:
    """(name, label, field) of what an import may fill, the record's own fields first."""
    plan = visit.records.plan(entity)
    own = [
        (name, field.label.in_(visit.language), field)
        for name, field in plan.writable.items()
        if not field.readonly
    ]
    outside = [(name, visit.t(f"import_{name}"), None) for name in OUTSIDE]
    return [*own, *outside, (REASON, visit.t("import_why_reason"), None)]


def is_required(visit: Visit, entity: str, name: str) -> bool:
    """Whether a new row without it would be refused."""
    plan = visit.records.plan(entity)
    field = plan.writable.get(name)
    defaults = {known for known, _ in plan.defaults}
    return field is not None and field.required and name not in defaults and name not in plan.series


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


def _found(visit: Visit, job: ImportJob) -> list[dict[str, Any]]:
    """How the file was read, each with what else may be chosen."""
    encoding, delimiter, sheet = job.found
    found = []
    if job.sheet is not None and len(job.sheet.sheets) > 1:
        found.append(("sheet", sheet, [(name, name) for name in job.sheet.sheets]))
    if encoding:
        found.append(
            (
                "encoding",
                encoding,
                [(name, visit.t(f"import_encoding_{name.replace('-', '_')}")) for name in ENCODINGS],
            )
        )
    if delimiter:
        signs = ((",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar"))
        found.append(
            ("delimiter", delimiter, [(sign, visit.t(f"import_sign_{name}")) for sign, name in signs])
        )
    return [
        {
            "name": name,
            "label": visit.t(f"import_{name}"),
            "options": [{"value": value, "label": text, "current": value == now} for value, text in options],
        }
        for name, now, options in found
    ]


def _keys(visit: Visit, job: ImportJob) -> list[dict[str, Any]]:
    plan, now = visit.records.plan(job.entity), ",".join(job.manner.key)
    found = [{"value": "", "label": visit.t("import_by_id"), "current": not now}]
    for key in keys_of(plan):
        label = " + ".join(
            plan.writable[name].label.in_(visit.language) for name in key if name in plan.writable
        )
        found.append({"value": ",".join(key), "label": label, "current": now == ",".join(key)})
    return found


def _several(visit: Visit, job: ImportJob) -> list[dict[str, Any]]:
    return [
        {"value": name, "label": visit.t(f"import_several_{name}"), "current": job.manner.several == name}
        for name in ("refuse", "oldest")
    ]


def _modes(visit: Visit, job: ImportJob) -> list[dict[str, Any]]:
    return [
        {
            "value": name,
            "label": visit.t(f"import_only_{name or 'both'}"),
            "help": "",
            "current": job.manner.only == name,
        }
        for name in ("", "create", "change")
    ]


def _note(visit: Visit, guessed: Any, header: str, chosen: Mapping[str, str]) -> str:
    """How sure the choice is; nothing where the heading says it."""
    to = chosen.get(header, "")
    if to and guessed.fields.get(header) == to:
        how = guessed.how.get(header)
        return visit.t("import_guessed") if how in ("synonym", "pinyin") else ""
    if to and guessed.near.get(header) == to:
        return visit.t("import_near")
    return visit.t("import_remembered") if to else ""


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


def _counts(visit: Visit, job: ImportJob) -> list[tuple[str, dict[str, Any]]]:
    report = job.report
    numbers = (
        ("created", report.created if report is not None else 0, "green"),
        ("changed", report.changed if report is not None else 0, "blue"),
        ("unchanged", report.unchanged if report is not None else 0, "grey"),
        ("not_taken", job.refused_count, "red" if job.refused_count else "grey"),
        ("people", len(report.people) if report is not None else 0, "purple"),
    )
    return [
        (name, {"label": visit.t(f"import_{name}"), "text": f"{count:,}", "colour": colour, "count": count})
        for name, count, colour in numbers
    ]


def _verdict(visit: Visit, job: ImportJob, verdict: Verdict) -> dict[str, Any]:
    plan = visit.records.plan(job.entity)
    changes = []
    for name, (was, now) in verdict.changes.items():
        field = plan.entity.fields[name]
        label: Label = field.label
        changes.append(
            {
                "label": label.in_(visit.language),
                "was": _shown(visit, field, was),
                "now": _shown(visit, field, now),
            }
        )
    colours = {"created": "green", "changed": "blue", "unchanged": "grey", "refused": "red"}
    like = verdict.like
    return {
        "line": verdict.line,
        "kind": visit.t(f"import_would_{'not_taken' if verdict.kind == 'refused' else verdict.kind}"),
        "colour": colours[verdict.kind],
        "title": verdict.title,
        "changes": changes,
        "like": {"title": like[0], "url": f"/{job.entity}/{like[1]}"} if like is not None else None,
        "faults": [fault(visit, p) | {"text": reason(p, visit.language)} for p in verdict.problems],
    }


def _shown(visit: Visit, field: Any, value: Any) -> str:
    if value is None:
        return "–"
    if field.masked:
        return "••••"
    text = field.display(value, visit.language, visit.context.zone)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _kind(verdict: Verdict) -> str:
    return "alike" if verdict.like is not None else verdict.kind


def _help(visit: Visit, entity: str, name: str) -> str:
    if name == "external_id":
        return visit.t("import_external_id_help")
    field = visit.records.plan(entity).writable.get(name)
    return field.help.in_(visit.language) if field is not None and field.help is not None else ""
