"""What was refused, sorted: what belongs to a field of the form stands there, the rest above it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...problems import Problem
from .form_shape import Shape
from .visit import Visit, fault

__all__ = ["Told", "told"]


@dataclass(frozen=True, slots=True)
class Told:
    """``faults``: above the form, as pages show them; ``errors``: field → what is wrong there."""

    faults: list[dict[str, Any]]
    errors: Mapping[str, Sequence[Problem]]


def told(visit: Visit, shape: Shape, problems: Iterable[Problem]) -> Told:
    """Sort what was refused."""
    some = list(problems)
    # What an automation could not do is about fields of its own record.
    foreign = any(problem.code == "automation_refused" for problem in some)
    faults: list[dict[str, Any]] = []
    errors: dict[str, list[Problem]] = {}
    for problem in some:
        if problem.code == "not_unique":
            mended, url = _taken(visit, shape, problem)
            faults.append(fault(visit, mended, url))
            if mended.field in shape.items and not foreign:
                errors.setdefault(str(mended.field), []).append(mended)
        elif problem.field in shape.items and not foreign:
            errors.setdefault(str(problem.field), []).append(problem)
        else:
            faults.append(fault(visit, problem))
    return Told(faults, errors)


def _taken(visit: Visit, shape: Shape, problem: Problem) -> tuple[Problem, str | None]:
    """What stands only once stands elsewhere: in the words of the definition, with the record that has it."""
    table, fields, record = (problem.values[key] for key in ("table", "fields", "record"))
    if table not in visit.catalog.entities:
        return problem, None
    plan = visit.records.plan(table)
    if visit.context.door == "public":  # whose value it is, is nobody's business
        labels = [plan.entity.fields[name].label for name in fields if name in plan.entity.fields]
        return replace(problem, code="public_taken", values={"labels": labels}), None
    title = visit.records.titles(visit.context, [(table, record)]).get((table, record))
    own = plan.unique_messages.get(tuple(fields))
    labels = [plan.entity.fields[name].label if name in plan.entity.fields else name for name in fields]
    values = {**problem.values, "labels": labels, "title": title or "", "message": own or ""}
    code = "form_taken_says" if own is not None else "form_taken_by"
    field = problem.field if table == shape.entity else None
    return replace(problem, code=code, values=values, field=field), f"/{table}/{record}" if title else None
