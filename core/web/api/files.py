"""Files through the API: uploaded, downloaded, and hung on a record's timeline."""

from typing import Any

from anyio.to_thread import run_sync
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ...app import Runtime
from ...context import Context
from ...files.shelf import File
from ...problems import Problem, Refused
from ...records.files import Files
from ...schema.fields.attached import MEGABYTE, USUAL
from ...schema.fields.values import shortened
from ..handing_out import file_response
from ..requests import BadRequest, json_response, refuse_foreign
from ..uploads import BESIDE, read_form
from .parameters import Parameters
from .resources import Api, Call, Resource

__all__ = ["FileContents", "Uploads", "attach", "attached", "detach"]


class Uploads(Resource):
    """POST ``/api/files``: one file as ``multipart/form-data``, under the name ``file``."""

    def __init__(self, api: Api) -> None:
        super().__init__(api, post=_nothing)

    async def answer(self, request: Request, runtime: Runtime, context: Context) -> Response:
        """See :class:`Resource`: the body is a form, read as far as the field that it is meant for lets it grow."""
        if request.method != "POST":
            return await super().answer(request, runtime, context)
        refuse_foreign(request)
        call = Call(self.api, runtime, context, request)
        given = Parameters(request, ("entity", "field"))
        entity, field = given.text("entity", 100), given.text("field", 100)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "multipart/form-data":
            raise BadRequest(415, Problem("upload_one_file", {"given": shortened(kind) or "–"}))
        most = _most(runtime, entity, field)
        try:
            form = await read_form(request, most * MEGABYTE + BESIDE, 1)
        except HTTPException as error:
            code = "body_too_large" if error.status_code == 413 else "upload_one_file"
            raise BadRequest(error.status_code, Problem(code, {"megabytes": most})) from error
        try:
            return await run_sync(_received, call, form, entity or None, field or None)
        finally:
            await form.close()


class FileContents(Resource):
    """GET ``/api/files/{id}``: the bytes, as a download."""

    def __init__(self, api: Api) -> None:
        super().__init__(api, get=_nothing)

    async def answer(self, request: Request, runtime: Runtime, context: Context) -> Response:
        """See :class:`Resource`: bytes are read from a disk or a network, whatever the store is."""
        if request.method not in ("GET", "HEAD"):
            return await super().answer(request, runtime, context)
        Parameters(request, ())
        return await run_sync(_contents, Call(self.api, runtime, context, request))


def attached(call: Call) -> Response:
    """GET ``/api/{entity}/{id}/files``: the files on a record's timeline, newest first."""
    Parameters(call.request, ())
    files = _files(call).attached(call.context, call.shape().entity, call.named("id"))
    return json_response({"items": [_told(call, file) for file in files]})


def attach(call: Call) -> Response:
    """POST ``/api/{entity}/{id}/files`` with ``{"file": ID}``: hang an upload of one's own on the timeline."""
    Parameters(call.request, ())
    strange = [name for name in call.body if name != "file"]
    if strange or not isinstance(call.body.get("file"), str):
        raise Refused(
            [Problem("not_a_file", {"given": shortened(call.body.get("file", strange))}, field="file")]
        )
    file = _files(call).attach(call.context, call.shape().entity, call.named("id"), call.body["file"])
    return json_response(_told(call, file), 201)


def detach(call: Call) -> Response:
    """DELETE ``/api/{entity}/{id}/files/{file}``: take it off the timeline."""
    Parameters(call.request, ())
    _files(call).detach(call.context, call.shape().entity, call.named("id"), call.named("file"))
    return Response(status_code=204)


def _nothing(call: Call) -> Response:
    raise AssertionError(call.request.method)  # the two above answer by themselves


def _files(call: Call) -> Files:
    return Files(call.records, call.api.app.storage)


def _most(runtime: Runtime, entity: str, field: str) -> int:
    """Megabytes that an upload may have; of a field that is not there, what is usual: it is refused a moment later."""
    fields: Any = runtime.records.plan(entity).files if entity in runtime.catalog.entities else {}
    return int(fields[field].max) if field in fields else USUAL


def _received(call: Call, form: FormData, entity: str | None, field: str | None) -> Response:
    sent = form.multi_items()
    file = sent[0][1] if len(sent) == 1 else None
    if not isinstance(file, UploadFile) or sent[0][0] != "file" or not file.filename:
        raise BadRequest(400, Problem("upload_one_file"))
    found = _files(call).receive(call.context, file.filename, file.file, entity, field)
    return json_response(_told(call, found), 201, {"location": f"{call.root}/files/{found['id']}"})


def _contents(call: Call) -> Response:
    file = _files(call).find(call.context, call.named("id"))
    return file_response(call.request, call.api.app.storage, file)


def _told(call: Call, file: File) -> dict[str, Any]:
    names = ("id", "name", "size", "type", "sha256", "created_at", "created_by")
    return {**{name: file[name] for name in names}, "url": f"{call.root}/files/{file['id']}"}
