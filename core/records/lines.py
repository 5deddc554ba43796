"""Tables inside records as they are saved: links found, row formulas worked out, row rules held."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..catalog.catalog import Catalog
from ..context import Context
from ..formula import Env, Formula
from ..problems import Label, Problem, Refused, message
from ..schema.entity import Entity
from ..schema.fields.computed import Formula as FormulaField
from ..schema.fields.field import Field, ValueProblem
from ..schema.fields.table import RowRule, Table, in_row

if TYPE_CHECKING:
    from .unit import Unit

__all__ = ["TablePlan", "saved_rows", "tables_of", "worked_out"]

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What saving a table takes: the columns that link, the row formulas in their order, the rules."""

    name: str
    field: Table
    links: Mapping[str, str]
    defaults: tuple[tuple[str, Field, Formula], ...]
    computed: tuple[tuple[str, Field, Formula], ...]
    rules: tuple[tuple[RowRule, Formula | None, Formula | None], ...]


def tables_of(catalog: Catalog, entity: Entity) -> dict[str, TablePlan]:
    """The plans of all tables of an entity."""
    return {
        name: _plan(catalog, entity.name, name, field)
        for name, field in entity.fields.items()
        if isinstance(field, Table)
    }


def _plan(catalog: Catalog, entity: str, name: str, field: Table) -> TablePlan:
    at = ("entity", entity, "fields", name)
    formulas = {
        column: catalog.formulas[*at, "fields", column, "formula"]
        for column, kind in field.fields.items()
        if isinstance(kind, FormulaField)
    }
    ordered: list[str] = []
    while len(ordered) < len(
        formulas
    ):  # there are no circles: each round finds one that reads only known columns
        ordered += [
            column
            for column, formula in formulas.items()
            if column not in ordered
            and not any(path[0] in formulas and path[0] not in ordered for path in formula.uses)
        ]
    return TablePlan(
        name,
        field,
        {column: kind.leads_to for column, kind in field.fields.items() if kind.leads_to is not None},
        tuple(
            (column, kind, catalog.formulas[*at, "fields", column, "default"])
            for column, kind in field.writable.items()
            if (*at, "fields", column, "default") in catalog.formulas
        ),
        tuple((column, field.fields[column], formulas[column]) for column in ordered),
        tuple(
            (
                rule,
                catalog.formulas.get((*at, "rules", i, "when")),
                catalog.formulas.get((*at, "rules", i, "check")),
            )
            for i, rule in enumerate(field.rules)
        ),
    )


def worked_out(plan: TablePlan, rows: list[Line] | None, env: Env) -> list[Line] | None:
    """The rows with their formulas worked out, in JSON form."""
    if rows is None or not (plan.computed or plan.defaults):
        return rows
    return [_worked_out(plan, row, env)[0] for row in rows]


def _worked_out(plan: TablePlan, row: Line, env: Env) -> tuple[Line, Line]:
    """(the row as it is kept, the row with its values as formulas take them)."""
    typed = plan.field.typed(row)
    for name, field, formula in plan.defaults:
        if typed[name] is None:
            typed[name] = field.fit(formula.evaluate(typed, env))
            row = {**row, name: None if typed[name] is None else field.to_json(typed[name])}
    for name, field, formula in plan.computed:
        typed[name] = field.fit(formula.evaluate(typed, env))
    kept = {
        name: field.to_json(typed[name]) if field.computed else row[name]
        for name, field in plan.field.fields.items()
        if (typed[name] if field.computed else row.get(name)) is not None
    }
    return kept, typed


def saved_rows(unit: "Unit", plan: TablePlan, rows: list[Line] | None, about: Context) -> list[Line] | None:
    """The rows as they are saved. Raises :class:`Refused` with everything that is wrong, each with its row."""
    problems: list[ValueProblem] = []
    found = []
    env = unit.env(context=about)
    for number, row in enumerate(rows or (), start=1):
        problems += _linked(unit, plan, number, row)
        kept, typed = _worked_out(plan, row, env)
        problems += _broken(plan, number, typed, env)
        found.append(kept)
    if problems:
        raise Refused(
            [Problem(each.code, each.values, field=plan.name, instead=each.instead) for each in problems]
        )
    return found or None


def _linked(unit: "Unit", plan: TablePlan, number: int, row: Line) -> list[ValueProblem]:
    """Put the ids of records in place of what means them."""
    problems = []
    for name, target in plan.links.items():
        text = row.get(name)
        if text is None:
            continue
        field = plan.field.fields[name]
        try:
            id = unit.resolve(target, text)
        except Refused as refusal:
            said = refusal.problems[0]
            problems.append(in_row(number, field, ValueProblem(said.code, said.values)))
            continue
        if id is None:
            values = {"label": field.label, "entity": unit.records.plan(target).entity.shown, "text": text}
            problems.append(in_row(number, field, ValueProblem("link_leads_nowhere", values)))
        else:
            row[name] = id
    return problems


def _broken(plan: TablePlan, number: int, row: Line, env: Env) -> list[ValueProblem]:
    problems = []
    for rule, when, check in plan.rules:
        if when is not None and not when.evaluate(row, env):
            continue
        said = rule.message
        for name in rule.require:
            if row.get(name) is None:
                values = {"row": number, "column": plan.field.fields[name].label}
                problems.append(
                    ValueProblem("row_required", values)
                    if said is None
                    else ValueProblem("row_rule", {"row": number, "message": said})
                )
        if check is not None and not check.evaluate(row, env):
            problem = Problem("rule_broken", {"rule": rule.rule, "formula": check.text})
            said = said or Label(message(problem, "zh"), message(problem, "en"))
            problems.append(ValueProblem("row_rule", {"row": number, "message": said}))
    return problems
