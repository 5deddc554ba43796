"""Deleting a record: asked about first, with what hangs on it."""

from starlette.responses import RedirectResponse, Response

from ...problems import Label, Refused, message
from ...records.rights import authorize
from ...store.query import Row
from .errors import STATUS
from .frame import flash
from .rendering import render
from .settings import local_address
from .visit import Visit

__all__ = ["delete", "routes"]


def delete(visit: Visit) -> Response:
    """GET and POST ``/{entity}/{id}/delete``."""
    entity, id = visit.named("entity"), visit.named("id")
    row = visit.records.get(visit.context, entity, id)
    authorize(visit.records.rights, visit.context, "delete", entity, row)
    if visit.request.method != "POST":
        return _ask(visit, entity, row)
    seen = visit.posted("version")
    version = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else None
    try:
        visit.records.delete(visit.context, entity, id, version)
    except Refused as refusal:
        if refusal.status == "missing":
            raise
        said = [message(problem, visit.language) for problem in refusal.problems]
        return _ask(visit, entity, row, said, STATUS[refusal.status])
    response = RedirectResponse(local_address(visit.posted("next"), f"/{entity}"), 303)
    plan = visit.records.plan(entity)
    flash(
        response, "good", visit.t("form_deleted", label=plan.entity.label, title=_title(visit, entity, row))
    )
    return response


def _ask(visit: Visit, entity: str, row: Row, said: list[str] | None = None, status: int = 200) -> Response:
    plan = visit.records.plan(entity)
    facts, held = _facts(visit, entity, row)
    label = plan.entity.label
    name = _title(visit, entity, row)
    title = visit.t("form_delete", label=label, title=name)
    model = {
        "title": title,
        "text": visit.t("form_delete_held" if held else "form_delete_text", label=label),
        "facts": [*(said or []), *(fact for fact in facts if fact not in (said or []))],
        "action": f"/{entity}/{row['id']}/delete",
        "keep": [("version", str(row["version"]))],
        "submit": "" if held else visit.t("delete"),
        "danger": True,
        "cancel_url": f"/{entity}/{row['id']}",
    }
    return render(visit, "confirm.html", title, status, confirm=model)


def _facts(visit: Visit, entity: str, row: Row) -> tuple[list[str], bool]:
    """What holds the record fast, and ``True``; or else what becomes of the records that link to it."""
    facts: list[str] = []
    holding: list[str] = []
    for other, link, on_delete in visit.records.plan(entity).incoming:
        rows = visit.records.store.lookup(other, link, row["id"])
        count = sum(visit.records.sees(visit.context, other, each) for each in rows)
        if not count:
            continue
        definition = visit.catalog.entities[other]
        others: Label = definition.plural or definition.shown
        field = definition.fields[link].label
        said = visit.t(f"form_delete_{on_delete}", count=count, others=others, field=field)
        (holding if on_delete == "refuse" else facts).append(said)
    return holding or facts, bool(holding)


def _title(visit: Visit, entity: str, row: Row) -> str:
    return str(row.get(visit.records.plan(entity).entity.title_field) or row["id"])


routes = [("/{entity}/{id}/delete", ("GET", "POST"), delete)]
