"""Two people, one record: what the other one changed while this form was open, and what both did."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...problems import Problem
from ...store.query import Row
from .filling import Filling
from .form_errors import Told
from .form_inputs import text_of
from .form_values import raw_of, read_leniently
from .visit import Visit, fault

__all__ = ["Meanwhile", "meanwhile", "seen_row"]

FURTHEST = 200
"""Events that are looked through for what a record once was."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """The form over the record as it now is: what this person typed stands, everything else is as saved."""

    filling: Filling
    told: Told
    hints: Mapping[str, str]


def seen_row(visit: Visit, entity: str, now: Row, seen: int) -> Row:
    """The record as it was at a version, from its history; as it is now where the history is too long."""
    if seen == now["version"]:
        return now
    fields = visit.catalog.entities[entity].fields
    row = {**now, "version": seen}
    for event in visit.records.history(visit.context, entity, now["id"], FURTHEST):
        if event.version <= seen:
            break
        for name, change in event.changes.items():
            if name in fields:
                row[name] = read_leniently(fields[name], change[0], visit.context.zone)
    return row


def meanwhile(visit: Visit, filling: Filling, now: Row) -> Meanwhile:
    """Put the form over the record as it is now. ``filling`` is over the record as this person saw it."""
    zone, seen = visit.context.zone, filling.before or {}
    mine = filling.touched
    over = Filling(visit, filling.shape, now, mine, {}, {})
    theirs = Filling(visit, filling.shape, now, {}, {}, {})
    was = Filling(visit, filling.shape, dict(seen), {}, {}, {})
    errors: dict[str, list[Problem]] = {}
    hints: dict[str, str] = {}
    for name, item in filling.shape.items.items():
        if item.fixed or raw_of(item.field, seen.get(name), zone) == raw_of(item.field, now.get(name), zone):
            continue
        if name in over.touched:
            text = text_of(theirs, item) or visit.t("form_nothing")
            errors[name] = [Problem("form_theirs", {"value": text}, field=name)]
        else:
            hints[name] = visit.t("form_taken_over", value=text_of(was, item) or visit.t("form_nothing"))
    who = visit.records.titles(visit.context, [("user", now["changed_by"])]).get(
        ("user", now["changed_by"]), ""
    )
    values = {"who": who, "entity": filling.plan.entity.label}
    code = "form_changed_by" if who else "form_changed"
    problem = Problem(code, values, level="error" if errors else "warning")
    return Meanwhile(replace(over), Told([fault(visit, problem)], errors), hints)
