"""Files in the write path: a value names files that were uploaded before, and from then on they are the record's."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..context import Context
from ..files.shelf import TABLE, kept, tied
from ..problems import Problem, Refused
from ..store.query import Row
from .plans import EntityPlan

if TYPE_CHECKING:
    from ..hooks import Change
    from .unit import Unit

__all__ = ["filed", "refuse_twice", "tie"]


def filed(unit: "Unit", plan: EntityPlan, name: str, value: Any, about: Context, before: Row | None) -> Any:
    """The value of a file field as it is kept: what is known of each file, whatever the caller says of it.

    A file may be named by who uploaded it, while no record has it, and by the record's own field. Any other is
    refused (:class:`Refused`, ``file_missing``) in the same words as one that does not exist.
    """
    field = plan.files[name]
    given = field.listed(field.coerce(value))
    known = unit.transaction.get_many(TABLE, [file["id"] for file in given])
    found = []
    for file in given:
        row = known.get(file["id"])
        own = row is not None and (_loose_of(row, about) or _held(row, plan, name, before))
        if row is None or not own:
            raise Refused([Problem("file_missing", {"label": field.label, "id": file["id"]}, field=name)])
        found.append(kept(row))
    return field.coerce(found if field.most > 1 or field.type == "files" else found[:1])


def refuse_twice(plan: EntityPlan, values: Mapping[str, Any]) -> None:
    """Refuse a write that puts one file into two fields. Raises :class:`Refused`."""
    seen: dict[str, str] = {}
    for name in plan.files:
        for file in plan.files[name].listed(values.get(name)):
            if seen.setdefault(file["id"], name) != name:
                label = plan.files[name].label
                raise Refused([Problem("file_twice", {"label": label, "name": file["name"]}, field=name)])


def tie(unit: "Unit", plan: EntityPlan, change: "Change") -> None:
    """The files that a written record names are its own from now on; no other record may name them."""
    if not plan.files or change.after is None:
        return
    about = change.context
    for name in plan.files.keys() & change.changed:
        ids = [file["id"] for file in plan.files[name].listed(change.after[name])]
        for row in unit.transaction.get_many(TABLE, ids).values():
            if row["state"] == "loose":
                tied(unit.transaction, row, change.entity, change.id, name, about.actor, about.now)


def _loose_of(row: Row, about: Context) -> bool:
    return bool(row["state"] == "loose" and about.person is not None and row["created_by"] == about.actor)


def _held(row: Row, plan: EntityPlan, name: str, before: Row | None) -> bool:
    """Whether the record had this file in this field already, now or earlier."""
    place = (row["state"], row["entity"], row["record"], row["field"])
    return before is not None and place == ("tied", plan.entity.entity, before["id"], name)
