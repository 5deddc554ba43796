"""What is wrong with the definition files, with the line and what to write instead."""

from pathlib import Path
from typing import Any

from starlette.responses import Response

from ...catalog.building import core_folder
from ...problems import Place, Problem
from .rendering import render
from .visit import Visit, fault

__all__ = ["routes", "show", "source_of"]


def show(visit: Visit) -> Response:
    """GET ``/problems``."""
    problems = (*visit.runtime.problems, *visit.catalog.warnings)
    groups: dict[str, list[dict[str, Any]]] = {}
    for problem in problems:
        file = problem.place.file if problem.place is not None else ""
        layer = file.partition(":")[0] if ":" in file else visit.t("workspace_group")
        groups.setdefault(layer, []).append(_shown(visit, problem))
    serving = visit.t("serving_last_good") if visit.runtime.problems else ""
    model = {
        "serving": serving,
        "groups": [{"layer": layer, "faults": faults} for layer, faults in groups.items()],
    }
    return render(visit, "problems.html", visit.t("problems"), problems=model)


def source_of(visit: Visit, place: Place) -> str:
    """The line that a place is on, or ``""``."""
    name, colon, rest = place.file.partition(":")
    folder = visit.app.folder
    if colon:
        plugins = {loaded.plugin.name: loaded.plugin.folder for loaded in visit.catalog.plugins}
        folder = core_folder() if name == "core" else plugins.get(name, folder)
    path = folder / (rest if colon else place.file)
    return _line(path, place.line)


def _line(path: Path, number: int) -> str:
    try:
        lines = path.read_text("utf-8-sig", errors="replace").splitlines()
    except OSError:
        return ""
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _shown(visit: Visit, problem: Problem) -> dict[str, Any]:
    place = problem.place
    line = source_of(visit, place) if place is not None else ""
    start = place.column - 1 if place is not None else 0
    end = start + (max(1, place.width) if place is not None else 0)
    words = fault(visit, problem)
    return {
        "level": problem.level,
        "code": problem.code,
        "text": words["text"],
        "place": str(place) if place is not None else "",
        "line": place.line if place is not None else 0,
        "before": line[:start],
        "marked": line[start:end],
        "after": line[end:],
        "advice": words["advice"],
    }


routes = [("/problems", ("GET",), show)]
