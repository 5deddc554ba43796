"""Automations: what the system does by itself when a record changed, in the same transaction as the change."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from ..catalog.catalog import Catalog
from ..hooks import Change
from ..problems import Problem, Refused
from ..records.records import Follower
from ..records.unit import Unit
from ..schema.automation import Automation, Step

__all__ = ["NOTIFICATION", "followers"]

NOTIFICATION = "notification"
"""The entity whose records are the notifications people get: ``to``, ``message``, ``entity``, ``record``, ``seen``."""

logger = logging.getLogger("kehu")


def followers(catalog: Catalog) -> dict[tuple[str, str], list[Follower]]:
    """(entity, kind of change) → what follows such a change of its records, in the order of the definitions."""
    found: dict[tuple[str, str], list[Follower]] = {}
    for automation in catalog.automations.values():
        kind = automation.trigger.what
        found.setdefault((automation.entity, kind), []).append(_follower(catalog, automation))
    return found


def _follower(catalog: Catalog, automation: Automation) -> Follower:
    fires = _trigger(automation)
    when = catalog.formulas.get(("automation", automation.automation, "when"))

    def follow(unit: Unit, change: Change) -> None:
        if not fires(change):
            return
        # as the record is by now: an automation before this one may have changed it
        row = unit.get(change.entity, change.id) or change.after or change.before or {}
        if when is not None and not when.evaluate(row, unit.env(context=change.context)):
            return
        try:
            _run(catalog, automation, unit, change)
        except Refused as refusal:
            values = {"automation": automation.shown}
            raise Refused(
                [Problem("automation_refused", values), *refusal.problems], refusal.status
            ) from refusal

    return follow


def _trigger(automation: Automation) -> Callable[[Change], bool]:
    trigger = automation.trigger
    if trigger.field is None:
        return lambda _: True
    field, value = trigger.field, trigger.value

    # Only changes come here: a record that is created in a stage has not moved there; `deal created` is for that.
    def fires(change: Change) -> bool:
        after = change.after or {}
        return field in change.changed and (value is None or bool(after.get(field) == value))

    return fires


def _run(catalog: Catalog, automation: Automation, unit: Unit, change: Change) -> None:
    about = change.context.through("automation", automation.automation)
    made: dict[str, Mapping[str, Any]] = {}
    for index, step in enumerate(automation.do):
        row = unit.get(change.entity, change.id) or change.before or {}
        env = unit.env(made, about)
        path = ("automation", automation.automation, "do", index)
        if step.action == "notify":
            _notify(catalog, step, path, unit, change, row, env)
            continue
        literals, key = (step.with_, "with") if step.action == "run" else (step.set, "set")
        values = {}
        for field, literal in literals.items():
            formula = catalog.formulas.get((*path, key, field))
            values[field] = literal if formula is None else formula.evaluate(row, env)
        if step.run is not None:
            _act(catalog, step.run, unit, change, values)
        elif step.action == "set":
            unit.update(change.entity, change.id, values, context=about)
        else:
            assert step.create is not None
            record = unit.create(step.create, values, context=about)
            if step.as_ is not None:
                made[step.as_] = record


def _act(catalog: Catalog, name: str, unit: Unit, change: Change, values: Mapping[str, Any]) -> None:
    """Run a plugin's action in this transaction; what it raises stops the change, by the action's name."""
    try:
        catalog.actions[name](unit, change, values)
    except Refused:
        raise
    except Exception as error:
        logger.error("action %s failed", name, exc_info=error)
        case = {"action": name, "error": f"{type(error).__name__}: {error}"}
        raise Refused([Problem("action_failed", case)], "unavailable") from error


def _notify(
    catalog: Catalog,
    step: Step,
    path: tuple[str | int, ...],
    unit: Unit,
    change: Change,
    row: Mapping[str, Any],
    env: Any,
) -> None:
    person = catalog.formulas[(*path, "notify")].evaluate(row, env)
    if person is None:
        return
    about = change.context.through("automation", str(path[1]))
    language = catalog.workspace.language
    text = catalog.texts[(*path, "message")][language].fill(row, env, language)
    values = {"to": person, "message": text, "entity": change.entity, "record": change.id}
    unit.create(NOTIFICATION, values, context=about)
