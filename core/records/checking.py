"""Whether a record may be saved: what must be filled, the rules that must hold, and who else changed it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..hooks import Change
from ..problems import Level, Problem
from ..store.query import Row
from .plans import EntityPlan, Requirement

if TYPE_CHECKING:
    from .unit import Unit


def check(unit: "Unit", plan: EntityPlan, change: Change, given: frozenset[str]) -> list[Problem]:
    """Every requirement and rule that the record does not meet; those of severity ``warn`` as warnings.

    A record that already broke a rule before this change may still be changed in other ways, as long as the change
    does not touch what the rule reads: otherwise one old fault would lock the record for ever.
    """
    after = change.after or {}
    problems: list[Problem] = []
    env = unit.env(context=change.context)
    doing = "create" if change.before is None else "edit"
    for requirement in plan.requirements:
        if doing not in requirement.on or not _touched(requirement, change):
            continue
        if requirement.when is not None and not requirement.when.evaluate(after, env):
            continue
        problems += _missing(plan, requirement, change)
        if requirement.check is not None and not requirement.check.evaluate(after, env):
            problems.append(_broken(plan, requirement))
    return problems


def conflict(plan: EntityPlan, now: Row, wanted: Mapping[str, Any], seen: int) -> Problem:
    """Somebody else changed the record since the caller read it: which fields differ, and to what."""
    fields = plan.entity.fields
    differing = {
        name: fields[name].to_json(now.get(name)) for name, value in wanted.items() if now.get(name) != value
    }
    values = {"seen": seen, "version": now["version"], "now": differing, "entity": plan.entity.shown}
    return Problem("changed_meanwhile", values)


def _touched(requirement: Requirement, change: Change) -> bool:
    return change.before is None or not requirement.reads.isdisjoint(change.changed)


def _missing(plan: EntityPlan, requirement: Requirement, change: Change) -> list[Problem]:
    row, found = change.after or {}, []
    always = requirement.when is None and requirement.check is None
    for name in requirement.fields:
        if change.before is not None and always and name not in change.changed:
            continue  # it was empty before it became required: that does not lock the other fields
        if row.get(name) in (None, [], "") and name not in plan.series:
            values = {"label": plan.entity.fields[name].label, "message": requirement.message or ""}
            code = "field_required_by_rule" if requirement.message else "field_required"
            found.append(
                Problem(code, values, field=name, level="error" if requirement.blocks else "warning")
            )
    return found


def _broken(plan: EntityPlan, requirement: Requirement) -> Problem:
    level: Level = "error" if requirement.blocks else "warning"
    reads = {path[0] for path in requirement.check.uses} if requirement.check else set()
    field = next((name for name in plan.entity.fields if name in reads), None)
    if requirement.message is None:
        formula = requirement.check.text if requirement.check else ""
        return Problem(
            "rule_broken", {"rule": requirement.name, "formula": formula}, field=field, level=level
        )
    return Problem(
        "rule_says", {"message": requirement.message, "rule": requirement.name}, field=field, level=level
    )
