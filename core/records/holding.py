"""Holding records to what their entity's ``schema`` says and no field type can: at every door, in our words."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from ..hooks import Change
from ..problems import Label, Problem, message
from ..schema.entity import Entity
from ..schema.fields.field import Field
from ..schema.holding import Broken, Holder, asserts

__all__ = ["Held", "held"]


def held(entity: Entity) -> "Held | None":
    """What holds the entity's records to its schema; ``None`` where the fields' own checks say it all."""
    schema = _beyond_fields(entity)
    return Held(entity, schema) if asserts(schema) else None


class Held:
    """An entity whose records are held to a schema. An empty field is one that is not there."""

    def __init__(self, entity: Entity, schema: Mapping[str, Any]) -> None:
        self._entity = entity
        self._holder = Holder(schema)
        self._makers: dict[str, Callable[[Any], Any]] = {
            name: _as_it_is if field.masked else field.to_json
            for name, field in entity.fields.items()
            if field.column is not None
        }

    def document(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The record as the schema sees it: JSON, without the fields that are empty."""
        makers = self._makers.items()
        return {name: make(value) for name, make in makers if (value := row.get(name)) is not None}

    def unmet(self, change: Change, later: Iterable[str] = ()) -> list[Problem]:
        """What the record breaks and did not break before. ``later``: fields that get their values after this."""
        found = self._holder.broken(self.document(change.after or {}))
        if found and change.before is not None:
            before = {_same(one) for one in self._holder.broken(self.document(change.before))}
            found = [one for one in found if _same(one) not in before]
        waiting = {(name,) for name in later}
        return [self._problem(one) for one in found if one.given is not None or one.path not in waiting]

    def _problem(self, broken: Broken) -> Problem:
        name = str(broken.path[0]) if broken.path else None
        field = self._entity.fields.get(name or "")
        if field is None:
            return Problem(broken.code, self._values(broken, self._entity.shown))
        if len(broken.path) == 1:
            return Problem(broken.code, self._values(broken, field.label), field=name)
        inner = Problem(broken.code, {**broken.values, "label": _called(field, broken.path[-1])})
        where = _joined(_called(field, step) for step in broken.path[1:])
        what = Label(message(inner, "zh"), message(inner, "en"))
        return Problem("schema_inside", {"label": field.label, "where": where, "what": what}, field=name)

    def _values(self, broken: Broken, label: Label) -> dict[str, Any]:
        """The values of a fault with fields and options called what people call them."""
        fields, values = self._entity.fields, dict(broken.values)
        if "other" in values and values["other"] in fields:
            values["other"] = fields[values["other"]].label
        if "names" in values:
            values["names"] = [fields[name].label if name in fields else name for name in values["names"]]
        options = getattr(fields.get(str(broken.path[0])) if broken.path else None, "options", None)
        if isinstance(options, Mapping):
            for key in ("given", "expected", "available"):
                if key in values:
                    values[key] = _labelled(values[key], options)
        return {**values, "label": label}


def _as_it_is(value: Any) -> Any:
    return value


def _same(broken: Broken) -> tuple[Any, ...]:
    return broken.path, broken.code, str(broken.values)


def _labelled(value: Any, options: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_labelled(item, options) for item in value]
    return options[value].label if value in options else value


def _called(field: Field, step: str | int) -> Label:
    """What people call a step inside a value: the number of an item, the heading of a column, or the key itself."""
    if isinstance(step, int):
        return Label(message(_row(step), "zh"), message(_row(step), "en"))
    columns: Mapping[str, Field] = getattr(field, "fields", None) or {}
    return columns[step].label if step in columns else Label(step, step)


def _row(step: int) -> Problem:
    return Problem("schema_row", {"row": step + 1})


def _joined(labels: Iterable[Label]) -> Label:
    steps = list(labels)
    return Label(" ".join(step.zh for step in steps), " ".join(step.en for step in steps))


def _beyond_fields(entity: Entity) -> dict[str, Any]:
    """The schema without what a field sees to by itself: how many decimals there are, how one of its values looks."""
    schema = dict(entity.schema_ or {})
    inside = {}
    for name, one in schema.pop("properties", {}).items():
        field = entity.fields.get(name)
        left = one
        if (
            field is not None
            and field.column == "decimal"
            and isinstance(one, Mapping)
            and "multipleOf" in one
        ):
            finest = Decimal(1).scaleb(-field.scale)
            if not finest % Decimal(str(one["multipleOf"])):
                left = {keyword: value for keyword, value in one.items() if keyword != "multipleOf"}
        if asserts(left):
            inside[name] = left
    return {**schema, "properties": inside} if inside else schema
