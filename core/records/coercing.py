"""From what was given (form text, JSON, a CSV cell) to values: names known, types right, links real."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..context import Context
from ..problems import Problem, Refused, closest
from ..schema.fields.days import spoken_day
from ..schema.fields.field import Field, ValueProblem
from ..schema.fields.secret import MASK
from ..schema.fields.times import DateTime
from ..schema.fields.values import as_text, shortened
from ..store.ids import is_id
from ..store.query import Row
from .filing import filed, refuse_twice
from .lines import saved_rows
from .listing import listed_records
from .plans import SERVICE_DOORS, EntityPlan

if TYPE_CHECKING:
    from .unit import Unit

LONGEST_REFERENCE = 200
"""Characters of an external id, and of a text that means a linked record."""

MOMENT = DateTime.model_validate({"type": "datetime", "label": {"zh": "创建时间", "en": "Created at"}})

SETTABLE_BY_DOOR: Mapping[str, frozenset[str]] = {
    "import": frozenset({"external_id", "created_at"}),
    "seed": frozenset({"external_id", "created_at"}),
    "api": frozenset({"external_id"}),
    "command": frozenset({"external_id"}),
}
"""The system columns that a door may give; everything else in them is the runtime's own."""


def split(
    plan: EntityPlan, values: Mapping[str, Any], about: Context
) -> tuple[dict[str, Any], dict[str, Any]]:
    """System columns and fields apart. Raises :class:`Refused` naming every field that may not be given here."""
    settable = SETTABLE_BY_DOOR.get(about.door, frozenset())
    fields = plan.writable if about.door in SERVICE_DOORS else plan.open
    system: dict[str, Any] = {}
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in values.items():
        if name in fields:
            if not (value == MASK and name in plan.masked):  # the dots that stood there leave it as it is
                given[name] = value
        elif name in settable:
            system[name] = value
        else:
            problems.append(_not_writable(plan, name))
    if "created_at" in system:
        system["created_at"] = _moment(system["created_at"], about, problems)
    if "external_id" in system:
        system["external_id"] = _external(system["external_id"], problems)
    if problems:
        raise Refused(problems)
    return system, given


def coerce(
    unit: "Unit", plan: EntityPlan, given: Mapping[str, Any], about: Context, before: Row | None = None
) -> dict[str, Any]:
    """The values in their types; links become ids of records that exist. Raises :class:`Refused` with all problems."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    fields, careful, zone = plan.writable, plan.careful, about.zone
    if plan.masked:  # the dots that stood in place of a secret leave it as it is
        given = {name: value for name, value in given.items() if name not in plan.masked or value != MASK}
    for name, value in given.items():
        try:
            if value is None:
                values[name] = None
            elif name in careful:
                values[name] = _careful(unit, plan, name, value, about, before)
            else:
                values[name] = fields[name].coerce(value, zone)
        except ValueProblem as error:
            day = _spoken(fields[name], value, about) if error.code in _NO_DAY else None
            if day is not None:
                values[name] = day
                continue
            problems += (
                Problem(
                    each.code, {"label": fields[name].label, **each.values}, field=name, instead=each.instead
                )
                for each in error.all
            )
        except Refused as refusal:
            problems += [replace(problem, field=problem.field or name) for problem in refusal.problems]
    if problems:
        raise Refused(problems)
    if len(plan.files) > 1:
        refuse_twice(plan, values)
    return values


def _careful(
    unit: "Unit", plan: EntityPlan, name: str, value: Any, about: Context, before: Row | None
) -> Any:
    """The value of a field that leads to other records, holds rows, or holds files."""
    field = plan.writable[name]
    if name in plan.files:
        return filed(unit, plan, name, value, about, before)
    if name in plan.links:
        return _linked(unit, name, field, value, plan.links[name])
    found = field.coerce(value, about.zone)
    if name in plan.tables:
        return saved_rows(unit, plan.tables[name], found, about)
    return listed_records(unit, name, field, found, plan.many[name]) if found else None


_NO_DAY = ("not_a_date", "not_a_datetime")


def _spoken(field: Field, value: Any, about: Context) -> Any:
    """What 明天, tomorrow or 3月1日 means today, as the field keeps it; ``None`` for any other text."""
    day = spoken_day(value, about.today) if isinstance(value, str) and len(value) < 30 else None
    return None if day is None else field.coerce(day, about.zone)


def _linked(unit: "Unit", name: str, field: Field, value: Any, target: str) -> str | None:
    """The id of the record that was given. Raises ``ValueProblem``, or :class:`Refused` where it leads nowhere."""
    text = as_text(value)
    if text is None:
        return None
    id = unit.resolve(target, text) if len(text) <= LONGEST_REFERENCE else None
    if id is None:
        label = unit.records.plan(target).entity.shown
        values = {"label": field.label, "entity": label, "text": shortened(text)}
        raise Refused([Problem("link_leads_nowhere", values, field=name)])
    return id


def resolve(unit: "Unit", entity: str, text: str) -> str | None:
    """The id of the record that a text means, or ``None``. Raises :class:`Refused` where a title fits several."""
    plan = unit.records.plan(entity)
    if is_id(text) and (row := unit.get(entity, text)) is not None:
        return text if unit.records.sees(unit.context, entity, row, unit.env()) else None
    for column in ("external_id", plan.entity.title_field):
        rows = _equal(unit, entity, column, text)
        if len(rows) > 1:
            values = {"entity": plan.entity.shown, "text": text, "count": len(rows)}
            raise Refused([Problem("link_is_ambiguous", values)])
        if rows:
            return str(rows[0]["id"])
    return None


def number(unit: "Unit", plan: EntityPlan, row: Row, about: Context, is_new: bool = True) -> None:
    """Give a new record the next numbers of its series; a number that was given lets the series go on above it."""
    for name in plan.series:
        field: Any = plan.writable[name]
        series = field.series_key(f"{plan.entity.entity}.{name}", about.today)
        if row.get(name) is None:
            if is_new:
                row[name] = field.number(unit.transaction.next_number(series), about.today)
        elif (given := field.parse_number(row[name], about.today)) is not None:
            unit.transaction.raise_number(series, given)


def _equal(unit: "Unit", entity: str, column: str, text: str) -> list[Row]:
    env = unit.env()
    rows = unit.transaction.lookup(entity, column, text)
    return [row for row in rows if unit.records.sees(unit.context, entity, row, env)]


def _external(value: Any, problems: list[Problem]) -> str | None:
    """The id that another system gave the record: a short line of text, or a number."""
    try:
        text = as_text(value)
        if text is not None and len(text) > LONGEST_REFERENCE:
            raise ValueProblem("too_long", {"max": LONGEST_REFERENCE, "length": len(text)})
    except ValueProblem as error:
        problems.append(Problem(error.code, error.values, field="external_id"))
        return None
    return text


def _moment(value: Any, about: Context, problems: list[Problem]) -> datetime | None:
    try:
        moment = MOMENT.coerce(value, about.zone)
    except ValueProblem as error:
        problems.append(Problem(error.code, {"label": MOMENT.label, **error.values}, field="created_at"))
        return about.now
    return moment or about.now


def _not_writable(plan: EntityPlan, name: str) -> Problem:
    values: dict[str, Any] = {"entity": plan.entity.shown, "name": shortened(name)}
    known = plan.entity.fields.get(name)
    if known is not None:
        return Problem("field_is_not_writable", {**values, "label": known.label}, field=name)
    available = list(plan.writable)
    values["available"] = available
    return Problem("unknown_field", values, field=name, instead=closest(name, available))
