"""Whether a record may be saved: what must be filled, the rules that must hold, and what its form lets one do."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..context import Context
from ..formula import Env, Formula, is_nothing
from ..hooks import Change
from ..problems import Level, Problem
from .demands import FormDemands, Offer, is_locked
from .plans import SERVICE_DOORS, EntityPlan
from .requirements import Requirement

if TYPE_CHECKING:
    from .unit import Unit


def check(unit: "Unit", plan: EntityPlan, change: Change, given: frozenset[str]) -> list[Problem]:
    """Every requirement and rule that the record does not meet; those that may pass, as warnings.

    ``given``: the fields that the caller named. A record that already broke a rule before this change may still be
    changed in other ways, as long as the change does not touch what the rule reads: otherwise one old fault would lock
    the record for ever.
    """
    after = change.after or {}
    env = unit.env(context=change.context)
    problems = _unmet(plan, plan.requirements, change, env)
    if plan.forms:
        use = "create" if change.before is None else "edit"
        form = plan.form_for(use, change.context, after, env)
        if form is not None:
            problems += _unmet(plan, form.requirements, change, env)
            problems += _locked(plan, form, change, given, env)
            problems += _not_offered(unit, plan, form, change, env)
    if plan.held is not None:
        problems += plan.held.unmet(change, later=plan.series)
    return problems


def _unmet(plan: EntityPlan, requirements: Iterable[Requirement], change: Change, env: Env) -> list[Problem]:
    after = change.after or {}
    problems: list[Problem] = []
    for requirement in requirements:
        if change.before is not None and requirement.reads.isdisjoint(change.changed):
            continue
        if requirement.when is not None and not requirement.when.evaluate(after, env):
            continue
        missing = _missing(plan, requirement, change)
        broken = requirement.check is not None and not requirement.check.evaluate(after, env)
        if not missing and not broken:
            continue
        if requirement.severity == "reason":
            if not _has_reason(change.context):
                problems.append(_wants_reason(plan, requirement, after, env, missing))
        else:
            problems += _asked(plan, requirement, missing, after, env)
            problems += [_broken(plan, requirement, after, env)] if broken else []
    return problems


def _has_reason(about: Context) -> bool:
    """Whether it was said why: by a person, or by an automation that does it; sample data need not."""
    return about.door == "seed" or (about.door != "public" and bool(about.reason))


def _missing(plan: EntityPlan, requirement: Requirement, change: Change) -> list[str]:
    """The fields that are empty although they are asked for. One that was empty before it became required does not
    lock the other fields.
    """
    row = change.after or {}
    old = change.before is not None and requirement.when is None and requirement.check is None
    return [
        name
        for name in requirement.fields
        if is_nothing(row.get(name)) and name not in plan.series and not (old and name not in change.changed)
    ]


def _asked(
    plan: EntityPlan, requirement: Requirement, missing: Iterable[str], row: Mapping[str, Any], env: Env
) -> list[Problem]:
    words = requirement.words(row, env) if requirement.message is not None else None
    code = "field_required" if words is None else "field_required_by_rule"
    more: dict[str, Any] = {"message": words} if words is not None else {}
    if requirement.form is not None and requirement.asks:
        code, more = "field_required_by_form", {"form": requirement.form, "when": requirement.asks}
    fields, level = plan.entity.fields, _level(requirement)
    return [Problem(code, {"label": fields[name].label, **more}, field=name, level=level) for name in missing]


def _broken(plan: EntityPlan, requirement: Requirement, row: Mapping[str, Any], env: Env) -> Problem:
    field, level, words = _reads_first(plan, requirement), _level(requirement), requirement.words(row, env)
    if words is None:
        formula = requirement.check.text if requirement.check else ""
        return Problem(
            "rule_broken", {"rule": requirement.name, "formula": formula}, field=field, level=level
        )
    return Problem("rule_says", {"message": words, "rule": requirement.name}, field=field, level=level)


def _wants_reason(
    plan: EntityPlan, requirement: Requirement, row: Mapping[str, Any], env: Env, missing: list[str]
) -> Problem:
    """What may pass once somebody says why."""
    words = requirement.words(row, env)
    labels = [plan.entity.fields[name].label for name in missing]
    formula = requirement.check.text if requirement.check is not None and not missing else ""
    values = {"rule": requirement.name, "message": words or "", "labels": labels, "formula": formula}
    code = "rule_says_unless" if words else "field_required_unless" if missing else "rule_broken_unless"
    return Problem(code, values, field=missing[0] if missing else _reads_first(plan, requirement))


def _reads_first(plan: EntityPlan, requirement: Requirement) -> str | None:
    reads = {path[0] for path in requirement.check.uses} if requirement.check else set()
    return next((name for name in plan.entity.fields if name in reads), None)


def _level(requirement: Requirement) -> Level:
    return "warning" if requirement.severity == "warn" else "error"


def _locked(
    plan: EntityPlan, form: FormDemands, change: Change, given: frozenset[str], env: Env
) -> list[Problem]:
    """Fields that the form only shows, given all the same. Automations may set them; an import brings records as they
    already are, so it may give them to new ones.
    """
    door, before, after = change.context.door, change.before, change.after or {}
    if door in SERVICE_DOORS or (door == "import" and before is None):
        return []
    touched = given & change.changed
    found = []
    if door == "public":
        strange = sorted(touched - form.fields)
        found = [Problem("not_on_the_form", {"label": plan.entity.fields[n].label}, field=n) for n in strange]
    for name, locked in form.readonly.items():
        if (
            name in touched
            and is_locked(locked, name, before, after, env)
            and not (before is None and after.get(name) == _usual(plan, form, name, after, env))
        ):
            found.append(Problem("field_is_locked", {"label": plan.entity.fields[name].label}, field=name))
    return found


def _usual(plan: EntityPlan, form: FormDemands, name: str, row: Mapping[str, Any], env: Env) -> Any:
    """What a default would put into a field of a new record."""
    default = {**dict(plan.defaults), **form.defaults}.get(name)
    if not isinstance(default, Formula):
        return default
    value = default.evaluate(row, env)
    return plan.writable[name].coerce(value, env.zone) if value is not None else None


def _not_offered(
    unit: "Unit", plan: EntityPlan, form: FormDemands, change: Change, env: Env
) -> list[Problem]:
    """Links to records that the form does not offer."""
    row, found = change.after or {}, []
    for name, offer in form.offers.items():
        if row.get(name) is None or offer.reads.isdisjoint(change.changed):
            continue
        other = unit.get(offer.target, row[name])
        wanted = offer.values(row, env)
        wrong = next(
            (key for key, value in wanted.items() if other is not None and not fits(other.get(key), value)),
            None,
        )
        if wrong is not None:
            found.append(_misfit(unit, plan, offer, wrong, other or {}))
    return found


def fits(has: Any, wanted: Any) -> bool:
    """Whether a field of a record to choose is as it must be; of several values, one will do."""
    several = wanted if isinstance(wanted, (list, tuple, frozenset)) else (wanted,)
    return bool(set(has) & set(several)) if isinstance(has, list) else has in several


def _misfit(unit: "Unit", plan: EntityPlan, offer: Offer, name: str, other: Mapping[str, Any]) -> Problem:
    target = unit.records.plan(offer.target).entity
    values = {
        "label": plan.entity.fields[offer.field].label,
        "title": str(other.get(target.title_field) or ""),
        "asked": target.fields[name].label,
    }
    return Problem("not_offered", values, field=offer.field)
