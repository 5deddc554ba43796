"""The links of an entity's public forms: to copy, to open, and to make anew when one went astray."""

from starlette.responses import RedirectResponse, Response

from ...problems import Problem, Refused
from ...schema.form import Form
from .frame import flash
from .public import token_of
from .rendering import render
from .visit import Visit

__all__ = ["public_forms", "routes"]


def public_forms(visit: Visit, entity: str) -> list[Form]:
    """The forms of an entity that strangers may fill in."""
    return [form for form in visit.catalog.forms.values() if form.entity == entity and "public" in form.use]


def show(visit: Visit) -> Response:
    """GET ``/{entity}/links``; POST ``form=NAME`` makes another link, and the old one leads nowhere."""
    name = visit.named("entity")
    label = visit.records.plan(name).entity.shown.in_(visit.language)
    forms = public_forms(visit, name)
    if not forms or not visit.sees_all:
        raise Refused([Problem("page_not_found", {"path": visit.request.url.path[:200]})], "missing")
    if visit.request.method == "POST":
        wanted = next((form for form in forms if form.form == visit.posted("form")), None)
        if wanted is not None:
            token_of(visit.app, wanted.form, anew=True)
        response = RedirectResponse(f"/{name}/links", 303)
        flash(response, "good", visit.t("links_made"))
        return response
    links = []
    for form in forms:
        path = f"/public/{token_of(visit.app, form.form)}"
        url = str(visit.request.base_url).rstrip("/") + path
        links.append({"label": form.shown.in_(visit.language), "form": form.form, "path": path, "url": url})
    return render(visit, "links.html", visit.t("links_title", label=label), links=links)


routes = [("/{entity}/links", ("GET", "POST"), show)]
