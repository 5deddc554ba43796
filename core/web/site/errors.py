"""What a page says when something was refused, is not there, or broke."""

from starlette.responses import Response

from ...problems import Problem, Refused, advice, message
from .entering import open_page
from .looking import action
from .rendering import render
from .visit import Visit, fault, path_with

__all__ = ["STATUS", "error_page"]

STATUS = {"invalid": 422, "forbidden": 403, "missing": 404, "conflict": 409, "unavailable": 503}


def error_page(visit: Visit, refusal: Refused, status: int | None = None) -> Response:
    """The refusal as a page, with its reasons and a way on."""
    code = status or STATUS[refusal.status]
    if visit.is_nobody:
        title = visit.t("error_404" if code == 404 else "error_422")
        return open_page(visit, title, refusal=refusal, status=code)
    problems = refusal.problems
    alone = len(problems) == 1
    model = {
        "status": code,
        "title": visit.t(f"error_{code}" if code in (403, 404, 409, 422, 500, 503) else "error_422"),
        "text": _whole(visit, problems[0]) if alone else "",
        "faults": [] if alone else [fault(visit, problem) for problem in problems],
        "conflict": [],
        "actions": [*_why_not(visit, refusal), action(visit.t("to_home"), "/", "home")],
    }
    return render(visit, "error.html", str(model["title"]), code, error=model)


def _why_not(visit: Visit, refusal: Refused) -> list[dict[str, str]]:
    """Where a refused right is explained, role by role: for a record that is seen."""
    about = next((each.values for each in refusal.problems if each.code == "not_allowed"), None)
    entity, id = (str(visit.request.path_params.get(key, "")) for key in ("entity", "id"))
    if about is None or about.get("of") != entity or not visit.records.titles(visit.context, [(entity, id)]):
        return []
    return [action(visit.t("why_not"), path_with(f"/{entity}/{id}/why", {"right": about["action"]}))]


def _whole(visit: Visit, problem: Problem) -> str:
    """The sentence and its advice in one."""
    joint = "。" if visit.language == "zh" else ". "
    return joint.join(filter(None, (message(problem, visit.language), advice(problem, visit.language))))
