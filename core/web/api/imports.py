"""Imports by programs: a file is tried or taken in, what came of it is told, and it can be undone."""

from collections.abc import Callable
from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ...app import Runtime
from ...context import Context
from ...problems import Problem, Refused
from ...records.batches import Batch, batch_of, batches
from ...records.encodings import ENCODINGS
from ...records.importing import ImportReport, Manner, import_sheet
from ...records.rights import authorize
from ...records.spreadsheets import DELIMITERS, read_sheet
from ...records.undoing import undo_import
from ..refusals import problem_json
from ..requests import json_response, read_body, refuse_foreign
from .parameters import Parameters
from .resources import Api, Call, Resource

__all__ = ["KINDS", "LARGEST", "PARAMETERS", "TOLD", "Upload", "imports", "take", "undo"]

LARGEST = 20 * 1024 * 1024
"""Bytes of a file."""

TOLD = 1000
"""Refused rows that the answer tells of one by one; its counts tell of all."""

KINDS = {
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/json": ".json",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
}
"""Content types → what such a file is called."""

PARAMETERS = ("columns", "key", "several", "only", "dry_run", "encoding", "delimiter", "sheet", "name")
LONGEST_COLUMNS = 10_000


class Upload(Resource):
    """An address that takes a file as it is; it works in a thread whatever the store, as it may take a while."""

    def __init__(self, api: Api, post: Callable[[Call], Response]) -> None:
        super().__init__(api, post=post)

    async def answer(self, request: Request, runtime: Runtime, context: Context) -> Response:
        """The answer. Raises :class:`Refused` for whatever cannot be done."""
        if request.method != "POST":
            return await super().answer(request, runtime, context)
        refuse_foreign(request)
        content = await read_body(request, LARGEST)
        call = Call(self.api, runtime, context, request, {"content": content})
        return await run_in_threadpool(self.handlers["POST"], call)


def take(call: Call) -> Response:
    """POST ``/api/{entity}/import``: what came of the rows; ``dry_run=true``: what would."""
    entity = call.shape().entity
    given = Parameters(call.request, PARAMETERS)
    kind = call.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    name = given.text("name", 200) or f"file{KINDS.get(kind, '.csv')}"
    context = call.context.through("import")
    authorize(call.records.rights, context, "import", entity)
    sheet = read_sheet(
        name,
        call.body["content"],
        given.one_of("encoding", ENCODINGS) or "",
        given.one_of("delimiter", DELIMITERS) or "",
        given.text("sheet", 100),
    )
    manner = Manner(
        tuple(name for name in given.text("key", 500).split(",") if name),
        "oldest" if given.one_of("several", ("refuse", "oldest")) == "oldest" else "refuse",
        _only(given.one_of("only", ("create", "change"))),
        given.yes("dry_run"),
    )
    report = import_sheet(call.records, context, entity, sheet, _columns(given), manner=manner)
    return json_response(_told(call, report, sheet.encoding))


def imports(call: Call) -> Response:
    """GET ``/api/{entity}/imports``: the imports there were, newest first."""
    entity = call.shape().entity
    Parameters(call.request, ())
    authorize(call.records.rights, call.context, "import", entity)
    return json_response({"items": [_batch(each) for each in batches(call.records.store, entity)]})


def undo(call: Call) -> Response:
    """POST ``/api/{entity}/imports/{batch}/undo``: put back what an import did; tells what is kept, and why."""
    entity = call.shape().entity
    Parameters(call.request, ())
    batch = batch_of(call.records.store, call.named("batch"))
    if batch.entity != entity:
        raise Refused([Problem("import_unknown_batch", {"batch": batch.batch})], "missing")
    report = undo_import(call.records, call.context.through("import"), batch.batch)
    return json_response(
        {
            "batch": report.batch,
            "total": report.total,
            "deleted": report.deleted,
            "restored": report.restored,
            "back_already": report.back_already,
            "kept_count": report.kept_count,
            "kept": [
                {
                    "entity": kept.entity,
                    "id": kept.id,
                    "problems": [problem_json(problem, call.context.language) for problem in kept.problems],
                }
                for kept in report.kept
            ],
        }
    )


def _only(given: str | None) -> Any:
    return given or ""


def _columns(given: Parameters) -> dict[str, str]:
    """Column → field, as ``{"Name": "title"}``; ``""`` leaves a column out."""
    text = given.text("columns", LONGEST_COLUMNS)
    if not text:
        return {}
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise Refused([Problem("import_columns_json", {}, field="columns")])
    return found


def _told(call: Call, report: ImportReport, encoding: str) -> dict[str, Any]:
    language = call.context.language
    return {
        "dry_run": report.dry,
        "batch": None if report.dry else report.batch,
        "encoding": encoding or None,
        "columns": dict(report.columns.fields),
        "left_out": list(report.columns.left_out),
        "near": dict(report.columns.near),
        "total": report.total,
        "read": report.read,
        "created": report.created,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "refused_count": len(report.refused),
        "refused": [
            {
                "line": row.line,
                "row": dict(row.row),
                "problems": [problem_json(problem, language) for problem in row.problems],
            }
            for row in report.refused[:TOLD]
        ],
        "alike": report.alike,
        "people": report.people,
        "stopped": report.stopped,
        "problems": [problem_json(problem, language) for problem in report.problems],
    }


def _batch(batch: Batch) -> dict[str, Any]:
    names = ("batch", "file", "at", "state", "read", "created", "changed", "unchanged", "refused", "kept")
    return {name: getattr(batch, name) for name in names}
