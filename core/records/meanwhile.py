"""Somebody else was quicker: what both did to a record since one of them read it, field by field.

Two changes go together where no field was changed by both to different values; what they make together must still
meet every rule. Which fields the others changed stands in the record's history.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson

from ..context import Context
from ..problems import Problem, Refused
from ..store.encoding import encode
from ..store.query import Row
from .plans import EntityPlan

if TYPE_CHECKING:
    from .unit import Unit

__all__ = ["FURTHEST", "conflict", "merged"]

FURTHEST = 200
"""Events that are looked through for what a record once was; further back nothing is merged."""


def merged(
    unit: "Unit", plan: EntityPlan, now: Row, wanted: Mapping[str, Any], seen: int, about: Context
) -> dict[str, Any]:
    """Of the values wanted by somebody who saw version ``seen``, those to write over the record as it is ``now``.

    What is wanted as it was at that version is no change of theirs, and stays as the others made it. Raises
    :class:`Refused` (``conflict``) where both changed a field, or the history does not reach back so far.
    """
    base = _base(unit, plan.entity.name, now, seen)
    if base is None:
        raise Refused([conflict(unit, plan, now, wanted, seen, about)], "conflict")
    mine = {name: value for name, value in wanted.items() if not _as_it_was(plan, base, name, value)}
    if any(name in base and value != now.get(name) for name, value in mine.items()):
        raise Refused([conflict(unit, plan, now, wanted, seen, about)], "conflict")
    return mine


def conflict(
    unit: "Unit", plan: EntityPlan, now: Row, wanted: Mapping[str, Any], seen: int, about: Context
) -> Problem:
    """The problem ``changed_meanwhile``: ``now`` has what differs from what is wanted, and to what it was changed.

    ``clashes`` has each field that both changed: ``field``, ``label``, ``base`` (as both had seen it, ``None`` where
    that is not known), ``yours`` and ``theirs``. ``mergeable``: there is none, so that the two would go together.
    """
    fields, rights = plan.entity.fields, unit.records.rights
    base = _base(unit, plan.entity.name, now, seen)
    differing: dict[str, Any] = {}
    clashes: list[dict[str, Any]] = []
    for name, value in wanted.items():
        if now.get(name) == value or name not in fields:
            continue
        shown = rights.allows(about, "read", plan.entity.name, now, (name,))
        theirs = fields[name].to_json(now.get(name)) if shown else None
        differing[name] = theirs
        if base is None or (name in base and not _as_it_was(plan, base, name, value)):
            before = base.get(name) if base is not None and shown else None
            clashes.append(
                {
                    "field": name,
                    "label": fields[name].label,
                    "base": before,
                    "yours": fields[name].to_json(value),
                    "theirs": theirs,
                }
            )
    values = {
        "seen": seen,
        "version": now["version"],
        "now": differing,
        "clashes": clashes,
        "mergeable": not clashes,
        "entity": plan.entity.shown,
    }
    return Problem("changed_meanwhile", values)


def _base(unit: "Unit", entity: str, now: Row, seen: int) -> dict[str, Any] | None:
    """field → its value (JSON) at version ``seen``, of every field that was changed since; ``None``: nobody knows."""
    if not 1 <= seen <= now["version"]:
        return None
    missing, base = set(range(seen + 1, now["version"] + 1)), dict[str, Any]()
    for event in unit.records.store.events(entity, now["id"], FURTHEST):
        if event.version in missing:
            missing.discard(event.version)
            base.update({name: change[0] for name, change in event.changes.items()})
    return None if missing else base


def _as_it_was(plan: EntityPlan, base: Mapping[str, Any], name: str, value: Any) -> bool:
    """Whether a value is the one of that version: what nobody meant to change. Told as events tell it."""
    if name not in base:
        return False
    to_json = dict(plan.told)[name]
    told = value if value is None or to_json is None else to_json(value)
    return bool(orjson.loads(encode(told)) == base[name])
