"""Files on pages: handed out, sent by forms and scripts, hung on a record's timeline and taken off it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.responses import JSONResponse, RedirectResponse, Response

from ...problems import Problem, Refused, advice, message
from ...records.files import Files
from ...records.rights import authorize
from ...schema.fields.attached import File
from ...schema.fields.file_types import IMAGES, endings_of
from ..handing_out import file_response
from .cells import person
from .errors import STATUS
from .frame import flash
from .rendering import render
from .timeline import ago
from .visit import Visit

__all__ = ["attach_url", "attached_events", "input_files", "routes", "with_uploads"]


def show(visit: Visit) -> Response:
    """GET ``/files/{id}``: a download; with ``inline=1`` pictures are shown in the page."""
    file = _files(visit).find(visit.context, visit.named("id"))
    return file_response(visit.request, visit.app.storage, file, visit.one("inline") == "1")


def upload(visit: Visit) -> Response:
    """POST ``/files`` by a script, with ``entity`` and ``field`` in the address: ``{id, name, size, url, image}``."""
    try:
        sent = _sent(visit, "file")
        if len(sent) != 1:
            raise Refused([Problem("upload_one_file")])
        entity, field = visit.one("entity") or None, visit.one("field") or None
        found = _files(visit).receive(visit.context, str(sent[0].filename), sent[0].file, entity, field)
    except Refused as refusal:
        return _refused(visit, refusal)
    return JSONResponse(told(found), 201)


def attach(visit: Visit) -> Response:
    """POST ``/{entity}/{id}/files`` with files: they hang on the record's timeline."""
    entity, id = visit.named("entity"), visit.named("id")
    url = f"/{entity}/{id}"
    scripted = "application/json" in visit.request.headers.get("accept", "")
    sent, files = _sent(visit, "file"), _files(visit)
    done: list[Any] = []
    try:
        authorize(
            visit.records.rights,
            visit.context,
            "change",
            entity,
            visit.records.get(visit.context, entity, id),
        )
        if not sent:
            raise Refused([Problem("upload_one_file")])
        for one in sent:
            loose = files.receive(visit.context, str(one.filename), one.file)
            done.append(files.attach(visit.context, entity, id, loose["id"]))
    except Refused as refusal:
        if scripted:
            return _refused(visit, refusal)
        if refusal.status != "invalid":
            raise
        response = RedirectResponse(url, 303)
        flash(response, "bad", _said(visit, refusal))
        return response
    if scripted:
        return JSONResponse({"files": [told(file) for file in done]}, 201)
    response = RedirectResponse(url, 303)
    flash(response, "good", visit.t("file_on_record"))
    return response


def remove(visit: Visit) -> Response:
    """GET and POST ``/{entity}/{id}/files/{file}/remove``: take a file off the timeline, asked about first."""
    entity, id, file = visit.named("entity"), visit.named("id"), visit.named("file")
    url = f"/{entity}/{id}"
    if visit.request.method == "POST":
        _files(visit).detach(visit.context, entity, id, file)
        response = RedirectResponse(url, 303)
        flash(response, "good", visit.t("file_taken_off"))
        return response
    found = _files(visit).find(visit.context, file)
    title = visit.t("file_remove", name=found["name"])
    model = {
        "title": title,
        "text": visit.t("file_remove_text"),
        "facts": [],
        "action": f"{url}/files/{file}/remove",
        "keep": [],
        "submit": visit.t("delete"),
        "danger": True,
        "cancel_url": url,
    }
    return render(visit, "confirm.html", title, confirm=model)


def attach_url(visit: Visit, entity: str, row: Mapping[str, Any]) -> str | None:
    """Where files for a record's timeline go; ``None`` for who may not change it."""
    allowed = visit.records.rights.allows(visit.context, "change", entity, row, ())
    return f"/{entity}/{row['id']}/files" if allowed else None


def attached_events(visit: Visit, entity: str, id: str, limit: int) -> list[dict[str, Any]]:
    """The files on a record's timeline as its events, newest first."""
    files = _files(visit).attached(visit.context, entity, id)[:limit]
    people = visit.records.titles(visit.context, {("user", file["created_by"]) for file in files})
    found = []
    for file in files:
        name = people.get(("user", file["created_by"]))
        local = file["created_at"].astimezone(visit.context.zone)
        found.append(
            {
                "icon": "paperclip",
                "tint": person(file["created_by"], name)["tint"] if name else 0,
                "person": person(file["created_by"], name) if name else None,
                "who": name or visit.t("system"),
                "what": visit.t("file_attached"),
                "at": ago(visit, file["created_at"]),
                "at_iso": local.isoformat(timespec="seconds"),
                "changes": [],
                "note": "",
                "file": {**told(file), "remove_url": f"/{entity}/{id}/files/{file['id']}/remove"},
            }
        )
    return found


def told(file: Mapping[str, Any]) -> dict[str, Any]:
    """A file as pages show it: its name, its size in words, where it is, and whether it is a picture."""
    return {
        "id": file["id"],
        "name": file["name"],
        "size": size_text(file["size"]),
        "url": f"/files/{file['id']}",
        "image": file["type"] in IMAGES,
    }


def size_text(size: int) -> str:
    """A number of bytes as people say it."""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1e3:.0f} KB" if size < 999_500 else f"{size / 1e6:.1f} MB"


def with_uploads(visit: Visit, entity: str) -> tuple[Visit, list[Problem]]:
    """The visit with the files that its form sends stored, their ids standing in the form instead; what was refused.

    The same form sent twice stores its files once.
    """
    plan, files = visit.records.plan(entity), _files(visit)
    pairs: list[tuple[str, Any]] = []
    problems: list[Problem] = []
    for name, value in visit.form.multi_items():
        if not isinstance(value, UploadFile):
            pairs.append((name, value))
        elif name in plan.files and value.filename:
            try:
                once = f"{visit.posted('once')[:64]} {name}"
                stored = files.receive(visit.context, value.filename, value.file, entity, name, once)
                pairs.append((name, stored["id"]))
            except Refused as refusal:
                if refusal.status != "invalid":
                    raise
                problems += refusal.problems
    return replace(visit, form=FormData(pairs)), problems


def input_files(
    visit: Visit, entity: str, name: str, field: File, ids: Sequence[str], kept: Any
) -> dict[str, Any]:
    """What the input of a file field shows: the files it holds, what it takes, and where a script sends more."""
    known = {file["id"]: file for file in field.listed(kept)}
    shown = []
    for id in ids:
        try:
            shown.append(told(known.get(id) or _files(visit).find(visit.context, id)))
        except Refused:  # it is gone, or was never one's own: saving says so
            continue
    return {
        "files": shown,
        "accept": ",".join(f".{ending}" for ending in endings_of(field.accepted)),
        "several": field.most > 1,
        "upload_url": f"/files?entity={entity}&field={name}",
        "max": str(field.max),
    }


def _files(visit: Visit) -> Files:
    return Files(visit.records, visit.app.storage)


def _sent(visit: Visit, name: str) -> list[UploadFile]:
    return [value for value in visit.form.getlist(name) if isinstance(value, UploadFile) and value.filename]


def _said(visit: Visit, refusal: Refused) -> str:
    said = [
        f"{message(one, visit.language)}{visit.t('joint')}{advice(one, visit.language)}"
        for one in refusal.problems
    ]
    return " ".join(said)


def _refused(visit: Visit, refusal: Refused) -> Response:
    return JSONResponse({"message": _said(visit, refusal)}, STATUS[refusal.status])


routes = [
    ("/files", ("POST",), upload),
    ("/files/{id}", ("GET",), show),
    ("/{entity}/{id}/files", ("POST",), attach),
    ("/{entity}/{id}/files/{file}/remove", ("GET", "POST"), remove),
]
