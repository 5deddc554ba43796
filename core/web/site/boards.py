"""Boards: the stages of a flow as columns, records as cards that are dragged, or moved by a menu."""

from typing import Any

from starlette.responses import JSONResponse, RedirectResponse, Response

from ...flows.moves import next_stages
from ...formula import Formula, both, condition
from ...problems import Problem, Refused, message
from ...schema.flow import Flow
from ...store.query import Row, Totals
from .cells import Column, Titles, cells_of, column_of, titles_for
from .frame import flash
from .lists import exact_count
from .looking import Looking, action, head_of, looking
from .rendering import render
from .settings import local_address
from .visit import Visit, fault, path_with
from .why import gate_url

__all__ = ["move", "routes", "show"]

CARDS = 20
"""Cards that a column shows before it says that there are more."""

STATUS = {"invalid": 422, "forbidden": 403, "missing": 404, "conflict": 409, "unavailable": 503}


def show(visit: Visit) -> Response:
    """GET ``/{entity}/board``."""
    at = looking(visit, "board")
    flow = _flow(visit, at)
    url = f"/{at.name}/board"
    amount = _amount(at)
    sums = _sums(visit, at, flow, amount)
    cards = {stage: _rows(visit, at, flow, stage) for stage in flow.stages}
    shown = [column_of(visit, at.name, name) for name in at.columns if name != flow.field]
    titles = titles_for(visit, shown, [row for rows in cards.values() for row in rows])
    maker = _CardMaker(visit, at, flow, shown, titles)
    total = sum(count for count, _ in sums.values())
    columns = [
        {
            **_heading(visit, flow, stage, sums.get(stage, (0, None)), at, amount),
            "name": stage,
            "label": flow.stages[stage].label.in_(visit.language),
            "colour": flow.stages[stage].colour or "grey",
            "probability": _percent(flow.stages[stage].probability),
            "outcome": flow.stages[stage].outcome or "",
            "cards": [maker.card(row) for row in cards[stage]],
            "more": _more(visit, at, flow, stage, sums.get(stage, (0, None))[0]),
        }
        for stage in flow.stages
    ]
    head = head_of(visit, at, url, exact_count(total))
    empty = None
    if not total and not at.filters and not at.search:
        none = visit.t("none_yet", label=head["label"])
        empty = {"title": none, "text": visit.t("none_yet_text"), "action": head["create"]}
    return render(visit, "board.html", head["label"], board=head | {"columns": columns, "empty": empty})


def move(visit: Visit) -> Response:
    """POST ``/{entity}/{id}/move``: to another stage, or the reasons why not."""
    name, id = visit.named("entity"), visit.named("id")
    visit.records.plan(name)
    field = visit.catalog.stage_field(name)
    wants_json = "application/json" in visit.request.headers.get("accept", "")
    next_url = local_address(visit.posted("next"), f"/{name}/{id}")
    to, version = visit.posted("to"), visit.posted("version")
    try:
        if field is None:
            raise Refused([Problem("has_no_stages", {"entity": visit.catalog.entities[name].shown})])
        seen = int(version) if version.isdecimal() and len(version) < 10 else None
        saved = visit.records.update(visit.context, name, id, {field: to}, seen)
    except Refused as refusal:
        return _refused(visit, refusal, name, id, to, next_url, wants_json)
    flow = visit.catalog.flow_of(name, field)
    assert flow is not None
    stage = flow.stages[saved.row[field]].label.in_(visit.language)
    words = visit.t("moved", title=saved.row.get(visit.catalog.entities[name].title_field) or "", stage=stage)
    if wants_json:
        return JSONResponse(
            {"version": saved.row["version"], "message": words, "columns": _numbers(visit, name, flow)}
        )
    response = RedirectResponse(next_url, 303)
    flash(response, "good", words)
    return response


def _refused(
    visit: Visit, refusal: Refused, name: str, id: str, to: str, next_url: str, wants_json: bool
) -> Response:
    asked = [
        p.code for p in refusal.problems if p.code.startswith("gate_requires") or p.code.endswith("_unless")
    ]
    fill_in = None
    if asked and refusal.status == "invalid":
        fill_in = action(
            visit.t("fill_in"), path_with(f"/{name}/{id}/edit", {"to": to, "next": next_url}), "edit"
        )
    text = "；".join(message(problem, visit.language) for problem in refusal.problems[:3])
    if wants_json:
        at = f"/{name}/{id}"
        faults = [fault(visit, problem, None, gate_url(at, problem)) for problem in refusal.problems]
        return JSONResponse({"message": text, "faults": faults, "action": fill_in}, STATUS[refusal.status])
    if refusal.status == "missing":
        raise refusal
    response = RedirectResponse(next_url, 303)
    flash(response, "bad", text, fill_in)
    return response


def _flow(visit: Visit, at: Looking) -> Flow:
    field = at.view.group if at.view is not None and at.view.group else visit.catalog.stage_field(at.name)
    flow = visit.catalog.flow_of(at.name, field) if field else None
    if flow is None:
        raise Refused([Problem("has_no_stages", {"entity": at.entity.shown})], "missing")
    return flow


def _amount(at: Looking) -> str | None:
    """What a column adds up: the view's total, or the first amount of money."""
    sums = [name for name, total in (at.view.totals if at.view is not None else {}).items() if total == "sum"]
    money = [n for n, field in at.entity.fields.items() if field.type == "money"]
    return next(iter((*sums, *money)), None)


def _sums(visit: Visit, at: Looking, flow: Flow, amount: str | None) -> dict[str, tuple[int, Any]]:
    if at.search:
        return {stage: (_found(visit, at, flow, stage), None) for stage in flow.stages}
    take: Any = (("count", "id"), *((("sum", amount),) if amount else ()))
    groups = visit.records.totals(visit.context, Totals(at.name, take, at.where, (flow.field,)))
    return {group.key[0]: (group.values[0], group.values[1] if amount else None) for group in groups}


def _found(visit: Visit, at: Looking, flow: Flow, stage: str) -> int:
    """How many cards of a column the search finds; what they add up to, no store keeps."""
    return visit.records.count(visit.context, at.name, _within(visit, at, flow, stage), at.search)


def _numbers(visit: Visit, name: str, flow: Flow) -> list[dict[str, str]]:
    """Count and sum of every column after a move, of the board without filters."""
    at = Looking(visit.catalog.entities[name], name, None, (), "", None, (), ())
    amount = _amount(at)
    sums = _sums(visit, at, flow, amount)
    return [
        {"name": stage, **_heading(visit, flow, stage, sums.get(stage, (0, None)), at, amount)}
        for stage in flow.stages
    ]


def _heading(
    visit: Visit, flow: Flow, stage: str, numbers: tuple[int, Any], at: Looking, amount: str | None
) -> dict[str, str]:
    count, total = numbers
    field = at.entity.fields[amount] if amount else None
    shown = field.display(field.fit(total or 0), visit.language) if field is not None else ""
    return {"count": exact_count(count), "sum": shown.removesuffix(".00") if count and not at.search else ""}


def _rows(visit: Visit, at: Looking, flow: Flow, stage: str) -> list[Row]:
    where = _within(visit, at, flow, stage)
    return visit.records.find(
        visit.context, at.name, where, at.search, at.sort, limit=CARDS, fields=at.columns
    ).rows


def _within(visit: Visit, at: Looking, flow: Flow, stage: str) -> Formula:
    here = condition(visit.records.scope(at.name), flow.field, "is", stage)
    return here if at.where is None else both(here, at.where)


class _CardMaker:
    """Makes the cards of one board; what is the same for all of them is worked out once."""

    def __init__(self, visit: Visit, at: Looking, flow: Flow, shown: list[Column], titles: Titles) -> None:
        self._visit, self._at, self._flow = visit, at, flow
        title = at.entity.title_field
        cells = cells_of(visit, shown, titles)
        self._owner = next(
            (cell for column, cell in zip(shown, cells, strict=True) if column.kind == "user"), None
        )
        self._facts = [
            (column, cell)
            for column, cell in zip(shown, cells, strict=True)
            if column.name != title and column.kind != "user"
        ]
        self._moves = {
            stage: [
                {"value": to, "label": flow.stages[to].label.in_(visit.language)}
                for to in next_stages(flow, stage)
            ]
            for stage in flow.stages
        }

    def _is_over(self, row: Row) -> bool:
        """Whether the record has come to an end: how long ago that was is nobody's worry."""
        stage = self._flow.stages.get(row.get(self._flow.field) or "")
        return stage is not None and stage.outcome is not None

    def card(self, row: Row) -> dict[str, Any]:
        """The ``Card`` of a record (``pages/README.md``)."""
        url = f"/{self._at.name}/{row['id']}"
        days = (self._visit.context.now - row["changed_at"]).days
        facts = [
            {"label": column.label, "kind": column.kind, "cell": value}
            for column, cell in self._facts
            if (value := cell(row)) not in (None, "", [])
        ]
        return {
            "id": row["id"],
            "url": url,
            "title": str(row.get(self._at.entity.title_field) or row["id"]),
            "version": row["version"],
            "facts": facts[:4],
            "person": self._owner(row) if self._owner is not None else None,
            "days": self._visit.t("for_days", count=days) if days and not self._is_over(row) else "",
            "late": False,
            "move_url": f"{url}/move",
            "moves": self._moves.get(row.get(self._flow.field) or "", []),
        }


def _more(visit: Visit, at: Looking, flow: Flow, stage: str, count: int) -> dict[str, str] | None:
    if count <= CARDS:
        return None
    others = [(key, value) for key, value in visit.query if key.startswith("f.")]
    url = path_with(f"/{at.name}", [("view", "all"), *others, (f"f.{flow.field}.is", stage)])
    return {"text": visit.t("all_of_them", count=f"{count:,}"), "url": url}


def _percent(share: Any) -> str:
    return f"{float(share * 100):g}%" if share is not None else ""


routes = [("/{entity}/board", ("GET",), show), ("/{entity}/{id}/move", ("POST",), move)]
