"""Teams stand one inside another, and people under a manager: neither may go round in a circle."""

from collections.abc import Mapping

from ..hooks import Change
from ..problems import Problem
from ..records.unit import Unit

__all__ = ["guard"]

UPWARDS: Mapping[str, str] = {"team": "parent", "user": "manager"}
"""entity → the field that leads to whoever stands above."""

DEEPEST = 100
"""Steps that are followed upwards: no house has so many floors."""


def guard(unit: Unit, change: Change) -> list[Problem]:
    """The check that the write path makes of every change of a team or a person.

    Returns ``stands_above_itself`` where a record would come to stand above itself, else nothing.
    """
    field = UPWARDS.get(change.entity)
    if field is None or field not in change.changed or change.after is None:
        return []
    above = change.after[field]
    for _ in range(DEEPEST):
        if above is None:
            return []
        if above == change.id:
            break
        row = unit.get(change.entity, above)
        above = row[field] if row is not None else None
    entity = unit.records.catalog.entities[change.entity]
    title = change.after.get(entity.title_field) or change.id
    return [
        Problem("stands_above_itself", {"label": entity.fields[field].label, "title": title}, field=field)
    ]
