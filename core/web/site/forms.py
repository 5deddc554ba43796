"""Forms: create a record, edit one, take one through a gate. Nothing typed is lost, whatever goes wrong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from starlette.responses import RedirectResponse, Response

from ...context import Context
from ...problems import Problem, Refused, message
from ...records.records import Saved
from ...records.rights import authorize
from ...store.ids import new_id
from ...store.query import Row
from . import deleting, live, options, regions
from .attachments import with_uploads
from .errors import STATUS
from .filling import OFFERED, Filling
from .form_errors import Told, told
from .form_inputs import sections_of
from .form_shape import FORM, shape_named, shape_of, with_others
from .frame import flash
from .gating import Move, move_of
from .meanwhile import meanwhile, seen_row
from .rendering import render
from .settings import local_address
from .visit import Visit, fault, path_with

__all__ = ["edit", "key_of", "missing_of", "new", "routes", "tabs_of"]

REASON = "kehu.reason"
"""The input in which somebody says why a rule of severity ``reason`` should let this pass."""

LONGEST_REASON = 500

SAVED = "kehu_saved"
"""The cookie that tells the script which form was saved, so that its draft is thrown away."""

_ONCE = re.compile(r"[0-9a-zA-Z-]{8,64}")


@dataclass(frozen=True, slots=True)
class _Form:
    """What the page around the inputs says."""

    title: str
    action: str
    submit: str
    keep: Sequence[tuple[str, str]] = ()
    intro: str = ""
    live_url: str | None = None
    offers_url: str | None = None
    status: int = 200


def new(visit: Visit) -> Response:
    """GET and POST ``/{entity}/new``."""
    entity = visit.named("entity")
    label = visit.records.plan(entity).entity.label
    authorize(visit.records.rights, visit.context, "create", entity)
    shape = shape_of(visit, entity, "create")
    pairs = [(key, value) for key, value in visit.query if key != "next"]
    form = _Form(
        title=visit.t("form_new", label=label),
        action=path_with(f"/{entity}/new", pairs),
        submit=visit.t("form_create"),
        live_url=path_with(f"/{entity}/live", pairs),
        offers_url=path_with(f"/{entity}/offers", pairs),
    )
    if visit.request.method != "POST":
        return _page(visit, form, Filling.opened(visit, shape))
    visit, refused = with_uploads(visit, entity)
    filling = Filling.sent(visit, shape)
    if refused:
        return _again(visit, form, filling, Refused(refused))
    try:
        saved = visit.records.create(_because(visit), entity, filling.given(), key_of(visit, filling))
    except Refused as refusal:
        return _again(visit, form, filling, refusal)
    return _done(visit, entity, saved, "form_created")


def edit(visit: Visit) -> Response:
    """GET and POST ``/{entity}/{id}/edit``; with ``to=STAGE`` exactly what the gates on the way there ask for."""
    entity, id = visit.named("entity"), visit.named("id")
    now = visit.records.get(visit.context, entity, id)
    authorize(visit.records.rights, visit.context, "change", entity, now)
    move = move_of(visit, entity, now)
    form = _edit_form(visit, entity, now, move)
    shape = shape_of(visit, entity, "edit", now) if move is None else move.shape(visit)
    if visit.request.method != "POST":
        faults = [fault(visit, problem) for problem in move.wordless()] if move is not None else []
        return _page(visit, form, Filling.opened(visit, shape, now), Told(faults, {}))
    visit, refused = with_uploads(visit, entity)
    seen = visit.posted("version") or str(now["version"])
    if not seen.isdecimal() or not seen.isascii() or len(seen) > 9 or int(seen) > now["version"]:
        filling = Filling.sent(visit, shape, now)
        return _again(visit, form, filling, Refused([Problem("form_version_wrong")]))
    filling = Filling.sent(visit, shape, seen_row(visit, entity, now, int(seen)))
    if refused:
        return _again(visit, form, filling, Refused(refused))
    if int(seen) != now["version"]:
        found = meanwhile(visit, filling, now)
        if move is not None or found.told.errors:
            return _meanwhile(visit, form, filling, now)
        return _save(visit, form, found.filling, None, "form_merged")  # both keep what they changed
    return _save(visit, form, filling, move)


def _save(
    visit: Visit, form: _Form, filling: Filling, move: Move | None, said: str = "form_saved"
) -> Response:
    entity = filling.shape.entity
    before = filling.before or {}
    values = filling.given() | ({move.flow.field: move.to} if move is not None else {})
    try:
        saved = visit.records.update(_because(visit), entity, before["id"], values, before["version"])
    except Refused as refusal:
        if any(problem.code == "changed_meanwhile" for problem in refusal.problems):
            return _meanwhile(visit, form, filling, visit.records.get(visit.context, entity, before["id"]))
        if move is not None:
            asked = [problem.field for problem in refusal.problems if problem.field]
            filling = Filling.sent(visit, move.shape(visit, asked), before)
        return _again(visit, form, filling, refusal)
    if move is not None:
        return _done(visit, entity, saved, "form_moved", stage=move.label)
    return _done(
        visit, entity, saved, said if saved.row["version"] != before["version"] else "form_unchanged"
    )


def _edit_form(visit: Visit, entity: str, now: Row, move: Move | None) -> _Form:
    label = visit.records.plan(entity).entity.label
    title = str(now.get(visit.catalog.entities[entity].title_field) or now["id"])
    url = f"/{entity}/{now['id']}/edit"
    keep = [("version", str(now["version"]))]
    if move is None:
        return _Form(
            title=visit.t("form_edit", label=label, title=title),
            action=url,
            submit=visit.t("form_save"),
            keep=keep,
            live_url=path_with(f"/{entity}/live", {"id": now["id"]}),
            offers_url=path_with(f"/{entity}/offers", {"id": now["id"]}),
        )
    return _Form(
        title=visit.t("form_move", stage=move.label, title=title),
        action=url,
        submit=visit.t("form_move_submit", stage=move.label),
        keep=[*keep, ("to", move.to)],
        intro=move.intro(visit),
    )


def _meanwhile(visit: Visit, form: _Form, filling: Filling, now: Row) -> Response:
    """Somebody saved first: the same form with both, to be looked at before it is saved over."""
    found = meanwhile(visit, filling, now)
    keep = [("version", str(now["version"])), *(pair for pair in form.keep if pair[0] != "version")]
    submit = visit.t("form_overwrite") if found.told.errors else form.submit
    again = replace(form, keep=keep, submit=submit, status=STATUS["conflict"])
    return _page(visit, again, found.filling, found.told, found.hints)


def _again(visit: Visit, form: _Form, filling: Filling, refusal: Refused) -> Response:
    """The form as it was sent, with what is wrong at the fields. What is gone cannot be shown again."""
    if refusal.status == "missing":
        raise refusal
    problems = list(refusal.problems)
    if refusal.status == "invalid":
        filling = _as_it_fits(visit, filling)
        problems += missing_of(filling, {problem.field for problem in problems})
    status = STATUS[refusal.status]
    again = replace(form, status=status)
    return _page(visit, again, filling, told(visit, filling.shape, problems), asked=wants_reason(problems))


def _as_it_fits(visit: Visit, filling: Filling) -> Filling:
    """The form that fits the record as it was filled in: another one than was opened, where that has changed."""
    fitting, shape = filling.form, filling.shape
    if fitting is None or not shape.form or fitting.form == shape.form:
        return filling
    wanted = with_others(shape_named(visit, fitting, shape.use), filling.plan, filling.touched)
    return Filling.sent(visit, wanted, filling.before)


def wants_reason(problems: Sequence[Problem]) -> bool:
    """Whether this would pass once somebody says why."""
    return any(problem.code.endswith("_unless") for problem in problems)


def _because(visit: Visit) -> Context:
    """The request with the reason that the form gives for it."""
    reason = " ".join(visit.posted(REASON).split())
    if len(reason) > LONGEST_REASON:
        values = {"length": len(reason), "max": LONGEST_REASON}
        raise Refused([Problem("reason_too_long", values)])
    return replace(visit.context, reason=reason) if reason else visit.context


def missing_of(filling: Filling, known: set[str | None]) -> list[Problem]:
    """What is still empty although it is needed: while a value cannot be read, nobody has looked at that yet."""
    return [
        Problem("field_required", {"label": item.label}, field=name)
        for name, item in filling.shape.items.items()
        if name in filling.required
        and name not in known
        and filling.raw(name) in ("", [])
        and filling.shown(item)
    ]


def _page(
    visit: Visit,
    form: _Form,
    filling: Filling,
    said: Told | None = None,
    hints: Mapping[str, str] | None = None,
    asked: bool = False,
) -> Response:
    entity, before = filling.shape.entity, filling.before
    said = said or Told([], {})
    usual = f"/{entity}/{before['id']}" if before is not None else f"/{entity}"
    after = _next(visit)
    offered = [
        (OFFERED + name, raw)
        for name in sorted(filling.followed)
        if isinstance(raw := filling.raw(name), str)
    ]
    once, shape = visit.posted("once"), filling.shape
    reason = visit.posted(REASON)[:LONGEST_REASON]
    sections = sections_of(filling, said.errors, hints)
    model: dict[str, Any] = {
        "title": form.title,
        "action": form.action,
        "cancel_url": local_address(after, usual) if after else usual,
        "submit": form.submit,
        "once": once if _ONCE.fullmatch(once) else new_id(),
        "keep": [
            *form.keep,
            *([("next", after)] if after else []),
            *([(FORM, shape.form)] if shape.form else []),
            *offered,
        ],
        "intro": form.intro,
        "faults": said.faults,
        "live_url": form.live_url,
        "offers_url": form.offers_url if any(item.offer for item in shape.items.values()) else None,
        "with_files": any(item.name in filling.plan.files for item in shape.items.values()),
        "fresh": visit.request.method != "POST",
        "reason": {"name": REASON, "value": reason, "asked": asked, "longest": LONGEST_REASON}
        if asked or reason
        else None,
        "sections": [section for section in sections if not section["tab"]],
        "tabs": tabs_of(sections),
    }
    return render(visit, "form.html", form.title, form.status, form=model)


def tabs_of(sections: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The tabs of a form, each with the sections that stand on it, in the order of their first ones."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for section in sections:
        if section["tab"]:
            found.setdefault(section["tab"], []).append(section)
    return [
        {"name": f"t{i}", "label": label, "sections": some} for i, (label, some) in enumerate(found.items())
    ]


def _done(visit: Visit, entity: str, saved: Saved, key: str, **values: Any) -> Response:
    """On to the record, or to where the form was opened; what the rules would mention is mentioned there."""
    plan = visit.records.plan(entity)
    title = str(saved.row.get(plan.entity.title_field) or saved.row["id"])
    url = f"/{entity}/{saved.row['id']}"
    response = RedirectResponse(local_address(_next(visit), url) if _next(visit) else url, 303)
    text = visit.t(key, label=plan.entity.label, title=title, **values)
    if saved.warnings:
        warnings = list(dict.fromkeys(message(problem, visit.language) for problem in saved.warnings))
        text = visit.t("form_warned", text=text, warnings=visit.t("joint").join(warnings))
    flash(response, "warning" if saved.warnings else "good", text)
    if _ONCE.fullmatch(once := visit.posted("once")):
        response.set_cookie(SAVED, once, max_age=600, samesite="lax")  # the script reads it: no secret
    return response


def _next(visit: Visit) -> str:
    """Where to go afterwards: an address of this site, or nothing."""
    after = visit.posted("next") or visit.one("next")
    return local_address(after, "")[:1000]


def key_of(visit: Visit, filling: Filling) -> str | None:
    """What makes a double submit one record: the form's token together with what it says.

    The same form sent again with other values (the back button, then another name) is another record.
    """
    once = visit.posted("once")
    if not _ONCE.fullmatch(once):
        return None
    said = repr((sorted(filling.posted.items()), sorted(filling.prefill.items())))
    return f"{once}.{sha256(said.encode('utf-8', 'replace')).hexdigest()[:16]}"


routes = [
    ("/{entity}/new", ("GET", "POST"), new),
    *live.routes,
    *options.routes,
    *regions.routes,
    ("/{entity}/{id}/edit", ("GET", "POST"), edit),
    *deleting.routes,
]
