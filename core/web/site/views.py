"""Saving what a list shows as a view of its own: a file in the workspace, and gone again when the file is."""

import os
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import orjson
from starlette.responses import RedirectResponse, Response

from ...formula.spelling import literal_text
from ...problems import Problem, Refused, closest
from ...schema.names import suggested
from ...schema.view import View
from ...store.ids import new_id
from ..filters import ME
from .frame import flash
from .looking import Looking, action, address_of, looking, shown_where
from .rendering import render
from .settings import local_address
from .visit import Visit

__all__ = ["own_view", "routes"]

LONGEST = 60
FOLDER = "views"


def save(visit: Visit) -> Response:
    """POST ``/{entity}/views`` with ``label`` and, in the address, what is shown: a new file, taken up at once."""
    _everybodys(visit)
    at = looking(visit, visit.posted("kind") or "list")
    label = " ".join(visit.posted("label").split())
    if not label or len(label) > LONGEST:
        raise Refused([Problem("view_needs_a_name", {"max": LONGEST}, field="label")])
    name = _free_name(visit, at.name, label)
    file = visit.app.folder / FOLDER / f"{name}.yaml"
    _write(file, _text(visit, at, name, label))
    runtime = visit.app.reload()
    if name not in runtime.catalog.views:
        with suppress(OSError):
            file.unlink()
        problems = runtime.problems
        visit.app.reload()
        raise Refused([Problem("view_not_saved"), *problems])
    response = RedirectResponse(address_of(runtime.catalog.views[name]), 303)
    flash(response, "good", visit.t("view_saved", label=label, file=f"{FOLDER}/{file.name}"),
          action(visit.t("view_undo"), f"/{at.name}/views/{name}/remove"))  # fmt: skip
    return response


def _everybodys(visit: Visit) -> None:
    """What everybody gets is changed by whoever sees everything."""
    if not visit.sees_all:
        raise Refused([Problem("for_everybody")], "forbidden")


def remove(visit: Visit) -> Response:
    """GET asks, POST ``/{entity}/views/{view}/remove`` takes the file away; only of a view that the workspace has."""
    _everybodys(visit)
    entity, name = visit.named("entity"), visit.named("view")
    view = visit.catalog.views.get(name)
    if view is None or view.entity != entity:
        values = {"name": name[:50], "available": list(visit.catalog.views)}
        raise Refused(
            [Problem("no_such_view", values, instead=closest(name[:50], visit.catalog.views))], "missing"
        )
    file = own_view(visit, view)
    if file is None:
        raise Refused([Problem("view_is_not_yours", {"label": view.shown})], "forbidden")
    title = visit.t("view_remove", label=view.shown)
    if visit.request.method != "POST":
        text = visit.t("view_remove_text", file=f"{FOLDER}/{file.name}")
        model = {"title": title, "text": text, "facts": [], "action": visit.request.url.path, "keep": [],
                 "submit": visit.t("view_remove_do"), "danger": True, "cancel_url": address_of(view)}  # fmt: skip
        return render(visit, "confirm.html", title, confirm=model)
    try:
        file.unlink()
    except OSError as error:
        raise _unwritable(error) from error
    gone = name not in visit.app.reload().catalog.views
    response = RedirectResponse(local_address(visit.posted("next"), f"/{entity}"), 303)
    said = visit.t("view_removed" if gone else "view_removed_later", label=view.shown)
    flash(response, "good" if gone else "warning", said)
    return response


def own_view(visit: Visit, view: View) -> Path | None:
    """The file of a view that this workspace wrote, by itself; ``None`` for what a plugin brings."""
    layers = visit.catalog.merged["view", view.view].layers
    place = layers[0][1].place.file
    file = visit.app.folder / place
    own = len(layers) == 1 and ":" not in place and place.startswith(f"{FOLDER}/")
    return file if own and file.is_file() else None


def _text(visit: Visit, at: Looking, name: str, label: str) -> str:
    """The definition. Texts are written in double quotes, so that nothing in them means anything to YAML."""
    view = at.view
    lines: dict[str, Any] = {"view": name, "entity": at.name, "label": label}
    lines["kind"] = view.kind if view is not None else (visit.posted("kind") or "list")
    for key in ("group", "date", "start", "end"):
        value = (getattr(view, key) if view is not None else None) or visit.one(key)
        if value:
            lines[key] = value
    if at.where is not None:
        lines["where"] = _where(visit, at)
    if at.search:
        raise Refused([Problem("view_cannot_search", {"text": at.search[:60]})])
    lines["columns"] = list(at.columns)
    if at.sort:
        lines["sort"] = [("-" if key.descending else "") + key.column for key in at.sort]
    if view is not None and view.totals:
        lines["totals"] = dict(view.totals)
    return "".join(f"{key}: {orjson.dumps(value).decode()}\n" for key, value in lines.items())


def _where(visit: Visit, at: Looking) -> str:
    """The condition; who filtered by “me” means whoever looks at the view, in that filter and no other."""
    someone = new_id()  # stands for whoever looks: nobody else has it
    given = [value for key, value in visit.query if key.startswith("f.")]
    filters = [
        replace(filter_, value=_whoever(visit, text, filter_.value, someone))
        for text, filter_ in zip(given, at.filters, strict=True)
    ]
    where = shown_where(visit, at.name, filters, at.view, at.metric)
    return where.text.replace(literal_text(someone), "CURRENT_USER()") if where is not None else ""


def _whoever(visit: Visit, text: str, value: Any, someone: str) -> Any:
    words = [word for word in text.split(",") if word.strip()]
    if isinstance(value, list) and len(words) == len(value):
        return [_whoever(visit, word, one, someone) for word, one in zip(words, value, strict=True)]
    return someone if value == visit.context.actor and text.strip().casefold() in ME else value


def _free_name(visit: Visit, entity: str, label: str) -> str:
    """A name that no view has: made from the label where that can be, else from the entity."""
    base = suggested(f"{entity}_{label}")[:40].strip("_") if label.isascii() else f"{entity}_view"
    base = base or f"{entity}_view"
    taken = visit.catalog.views
    folder = visit.app.folder / FOLDER
    names = (base if n == 1 else f"{base}_{n}" for n in count(1))
    return next(n for n in names if n not in taken and not (folder / f"{n}.yaml").exists())


def _write(file: Path, text: str) -> None:
    """A new file, whole or not at all; never over one that is there."""
    beside = file.with_name(f".{file.name}.new")
    try:
        file.parent.mkdir(exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        os.link(beside, file)
    except OSError as error:
        raise _unwritable(error) from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _unwritable(error: OSError) -> Refused:
    return Refused([Problem("views_not_writable", {"error": error.strerror or str(error)})], "unavailable")


routes = [("/{entity}/views", ("POST",), save), ("/{entity}/views/{view}/remove", ("GET", "POST"), remove)]
