"""Moves between stages and the gates on them, asked at every door: page, board, API, import, automation."""

from collections.abc import Mapping
from typing import Any

from ..catalog.catalog import Catalog
from ..formula import Env, is_nothing
from ..hooks import Change
from ..problems import Problem
from ..records.plans import BRINGING_DOORS
from ..records.records import Guard
from ..records.requirements import said
from ..records.unit import Unit
from ..schema.flow import ANY, Flow, Gate

__all__ = ["closed_gates", "first_stages", "guard", "next_stages"]


def guard(catalog: Catalog) -> Guard:
    """The check that the write path makes of every change of a record that has stages."""
    flows: dict[str, list[Flow]] = {}
    for flow in catalog.flows.values():
        flows.setdefault(flow.entity, []).append(flow)

    def check(unit: Unit, change: Change) -> list[Problem]:
        problems: list[Problem] = []
        for flow in flows.get(change.entity, ()):
            if change.after is not None and (change.before is None or flow.field in change.changed):
                problems += _move(catalog, flow, change, unit.env(context=change.context))
        return problems

    return check


def next_stages(flow: Flow, stage: str | None) -> list[str]:
    """The stages that a record may move to from this one (``None``: where it may be created), in the flow's order."""
    if stage is None:
        return list(flow.start if flow.start is not None else flow.stages)
    if flow.moves is None:
        return [name for name in flow.stages if name != stage]
    open_to = {to for move in flow.moves if stage in move.from_ or ANY in move.from_ for to in move.to}
    return [name for name in flow.stages if name in open_to and name != stage]


def first_stages(flow: Flow, door: str) -> list[str]:
    """Where a record may be created through this door: an import may begin elsewhere, where the flow says so."""
    if flow.import_ is None or door not in BRINGING_DOORS:
        return next_stages(flow, None)
    return list(flow.stages if ANY in flow.import_ else flow.import_)


def closed_gates(
    catalog: Catalog, flow: Flow, was: str | None, to: str, row: Mapping[str, Any], env: Env
) -> list[Problem]:
    """What the gates still want before a record that looks like ``row`` may go to a stage."""
    problems: list[Problem] = []
    entity = catalog.entities[flow.entity]
    for index, gate in enumerate(flow.gates):
        if not _guards(gate, was, to):
            continue
        path = ("flow", flow.flow, "gates", index)
        when, check = catalog.formulas.get((*path, "when")), catalog.formulas.get((*path, "check"))
        if when is not None and not when.evaluate(row, env):
            continue
        stage = flow.stages[to].label
        words = said(gate.message, catalog.texts.get((*path, "message")), row, env)
        values = {"gate": gate.gate, "stage": stage, "message": words or ""}
        for name in gate.require:
            if is_nothing(row.get(name)):
                code = "gate_requires" if gate.message is None else "gate_requires_because"
                problems.append(Problem(code, {**values, "label": entity.fields[name].label}, field=name))
        if check is not None and not check.evaluate(row, env):
            code = "gate_checks" if gate.message is None else "gate_says"
            problems.append(Problem(code, {**values, "formula": check.text}, field=flow.field))
    return problems


def _move(catalog: Catalog, flow: Flow, change: Change, env: Env) -> list[Problem]:
    after = change.after or {}
    was = change.before.get(flow.field) if change.before is not None else None
    to = after.get(flow.field)
    if to is None:
        return [Problem("stage_needed", {"flow": flow.shown}, field=flow.field)]
    allowed = next_stages(flow, was) if was is not None else first_stages(flow, change.context.door)
    if to not in allowed:
        values = {
            "was": flow.stages[was].label if was in flow.stages else was or "",
            "to": flow.stages[to].label,
            "allowed": [flow.stages[name].label for name in allowed],
        }
        code = "not_a_start" if was is None else "no_such_move" if allowed else "no_move_from_here"
        return [Problem(code, values, field=flow.field)]
    return closed_gates(catalog, flow, was, to, after, env)


def _guards(gate: Gate, was: str | None, to: str) -> bool:
    if to not in gate.to:
        return False
    return gate.from_ is None or (was is not None and (ANY in gate.from_ or was in gate.from_))
