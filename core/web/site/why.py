"""The page that tells why: the tree behind a computed value, a rule's, a gate's or a form's verdict."""

from typing import Any

from starlette.responses import Response

from ...flows.explaining import ASPECTS, explain
from ...formula import Explanation
from ...problems import Problem, Refused
from .rendering import render
from .visit import Visit, path_with

__all__ = ["gate_url", "routes", "why_url"]


def show(visit: Visit) -> Response:
    """GET ``/{entity}/{id}/why?field=NAME`` (or ``rule``, ``gate``, ``shown``)."""
    entity, id = visit.named("entity"), visit.named("id")
    asked = [(aspect, name) for aspect in ASPECTS if (name := visit.one(aspect)[:100])]
    if len(asked) != 1:
        raise Refused([Problem("explain_ask_one")])
    found = explain(visit.records, visit.context, entity, id, *asked[0])
    row = visit.records.get(visit.context, entity, id)
    title = str(row.get(visit.catalog.entities[entity].title_field) or id)
    label = found.label.in_(visit.language)
    heading = visit.t("why_of", label=label)
    model = {
        "title": heading,
        "said": found.said(visit.language) if found.verdict is None else "",
        "formula": found.text,
        "tree": _shown(visit, found),
        "back_url": f"/{entity}/{id}",
        "back": visit.t("why_back", title=title),
    }
    return render(visit, "why.html", heading, why=model)


def why_url(url: str, aspect: str, name: str) -> str:
    """The page that tells why, of a record at ``url``."""
    return path_with(f"{url}/why", {aspect: name})


def gate_url(url: str, problem: Problem) -> str | None:
    """The page that tells why a gate is closed, of a record at ``url``; ``None`` for a problem that no gate made."""
    gate = problem.values.get("gate")
    return why_url(url, "gate", gate) if gate else None


def _shown(visit: Visit, tree: Explanation) -> dict[str, Any]:
    return {
        "line": tree.line(visit.language),
        "holds": tree.verdict,
        "because": [_shown(visit, child) for child in tree.told()],
    }


routes = [("/{entity}/{id}/why", ("GET",), show)]
