"""Sharing a record and handing records over: small pages that work without JavaScript."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import RedirectResponse, Response

from ...problems import Problem, Refused
from ...records.rights import authorize
from ...records.sharing import hand_over, hand_over_all, share_record, shared_with, unshare_record
from ...schema.fields.links import PEOPLE, TEAMS
from ...store.query import Sort
from .errors import STATUS
from .frame import flash
from .rendering import render
from .visit import Visit, fault

__all__ = ["can_hand_over", "menu_of", "routes"]

MOST = 500
"""People and teams to choose from, each."""


def menu_of(visit: Visit, entity: str, row: Any) -> list[dict[str, str]]:
    """What whoever may change a record may do with the rights on it, for the menu of its page."""
    if not visit.may("change", entity, row):
        return []
    url = f"/{entity}/{row['id']}"
    found = [{"label": visit.t("share"), "url": f"{url}/share", "icon": "users"}]
    if can_hand_over(visit, entity):
        found.append({"label": visit.t("hand_over"), "url": f"{url}/hand_over", "icon": "user"})
    return found


def can_hand_over(visit: Visit, entity: str) -> bool:
    """Whether records of the entity have an owner that this person may set."""
    plan = visit.records.plan(entity)
    return plan.entity.owner_field in plan.open


def share(visit: Visit) -> Response:
    """GET and POST ``/{entity}/{id}/share``: with whom a record is shared; ``with=user:ID``, ``right=read``."""
    entity, id = visit.named("entity"), visit.named("id")
    row = visit.records.get(visit.context, entity, id)
    authorize(visit.records.rights, visit.context, "change", entity, row)
    if visit.request.method != "POST":
        return _share_page(visit, entity, row)
    kind, _, with_ = visit.posted("with").partition(":")
    right: Any = visit.posted("right", "read")
    try:
        if visit.posted("remove"):
            unshare_record(visit.records, visit.context, entity, id, visit.posted("remove"))
        else:
            share_record(visit.records, visit.context, entity, id, kind, with_, right)
    except Refused as refusal:
        return _share_page(visit, entity, row, refusal)
    response = RedirectResponse(f"/{entity}/{id}/share", 303)
    flash(response, "good", visit.t("share_saved"))
    return response


def _share_page(visit: Visit, entity: str, row: Any, refusal: Refused | None = None) -> Response:
    shares = shared_with(visit.records, visit.context, entity, row["id"])
    names = visit.records.titles(visit.context, [(each.kind, each.with_) for each in shares])
    told = [
        {
            "id": each.id,
            "text": visit.t(
                f"share_to_{each.right}", name=names.get((each.kind, each.with_), visit.t("share_unknown"))
            ),
        }
        for each in shares
    ]
    people = [
        {"value": f"{kind}:{one['value']}", "label": one["label"]}
        for kind in (TEAMS, PEOPLE)
        for one in _all(visit, kind)
    ]
    rights = [{"value": right, "label": visit.t(f"share_right_{right}")} for right in ("read", "change")]
    fields = [
        {"name": "with", "label": visit.t("share_with"), "options": people},
        {"name": "right", "label": visit.t("share_right"), "options": rights},
    ]
    return _page(visit, entity, row, "share", fields, refusal, told)


def give(visit: Visit) -> Response:
    """GET and POST ``/{entity}/{id}/hand_over``: ``to=ID`` becomes the owner of the record."""
    entity, id = visit.named("entity"), visit.named("id")
    row = visit.records.get(visit.context, entity, id)
    authorize(visit.records.rights, visit.context, "change", entity, row)
    fields = [{"name": "to", "label": visit.t("hand_over_to"), "options": _all(visit, PEOPLE)}]
    if visit.request.method != "POST":
        return _page(visit, entity, row, "hand_over", fields)
    try:
        hand_over(visit.records, visit.context, entity, [id], visit.posted("to"))
    except Refused as refusal:
        return _page(visit, entity, row, "hand_over", fields, refusal)
    return _done(visit, entity, 1)


def give_all(visit: Visit) -> Response:
    """GET and POST ``/{entity}/hand_over``: all records of ``from=ID`` that this person may change go to ``to=ID``."""
    entity = visit.named("entity")
    visit.records.plan(entity)
    authorize(visit.records.rights, visit.context, "change", entity)
    people = _all(visit, PEOPLE)
    fields = [
        {"name": "from", "label": visit.t("hand_over_from"), "options": people},
        {"name": "to", "label": visit.t("hand_over_to"), "options": people},
    ]
    if visit.request.method != "POST":
        return _page(visit, entity, None, "hand_over", fields)
    try:
        if not visit.posted("from"):
            raise Refused([Problem("share_with_nobody", field="from")])
        count = hand_over_all(visit.records, visit.context, entity, visit.posted("from"), visit.posted("to"))
    except Refused as refusal:
        return _page(visit, entity, None, "hand_over", fields, refusal)
    return _done(visit, entity, count)


def _done(visit: Visit, entity: str, count: int) -> Response:
    response = RedirectResponse(f"/{entity}", 303)
    flash(response, "good", visit.t("handed_over", count=count))
    return response


def _all(visit: Visit, kind: str) -> list[dict[str, str]]:
    """People or teams by name; those who left are not offered."""
    title = visit.records.plan(kind).entity.title_field
    rows = visit.records.find(visit.context, kind, sort=(Sort(title),), limit=MOST).rows
    return [
        {"value": row["id"], "label": str(row.get(title) or row["id"])}
        for row in rows
        if row.get("active") is not False
    ]


def _page(
    visit: Visit,
    entity: str,
    row: Any,
    doing: str,
    fields: Sequence[dict[str, Any]],
    refusal: Refused | None = None,
    shares: Sequence[dict[str, str]] = (),
) -> Response:
    definition = visit.catalog.entities[entity]
    label = definition.shown.in_(visit.language)
    name = str(row.get(definition.title_field) or row["id"]) if row is not None else label
    url = f"/{entity}/{row['id']}" if row is not None else f"/{entity}"
    model = {
        "back_url": url,
        "back": name,
        "intro": visit.t(f"{doing}_intro"),
        "action": f"{url}/{doing}",
        "faults": [fault(visit, problem) for problem in refusal.problems] if refusal is not None else [],
        "shares": shares,
        "remove": visit.t("share_remove"),
        "fields": fields,
        "submit": visit.t(doing),
    }
    title = visit.t(f"{doing}_title", title=name)
    return render(
        visit, "share.html", title, STATUS[refusal.status] if refusal is not None else 200, share=model
    )


routes = [
    ("/{entity}/{id}/share", ("GET", "POST"), share),
    ("/{entity}/{id}/hand_over", ("GET", "POST"), give),
    ("/{entity}/hand_over", ("GET", "POST"), give_all),
]
