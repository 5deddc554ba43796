"""Checks SUM, COUNT, AVERAGE, MIN, MAX, FIRST, LAST, JOIN, …: over children, over a list, or over the values given."""

from functools import cache
from typing import TYPE_CHECKING

from .functions import Function
from .reducing import over_arguments
from .shapes import EntityShape
from .syntax import Among, Call, Infix, Logic, Name, Not, Period, Syntax, Unfilled
from .tree import Aggregate, All, Apply, Path, Tree
from .types import MOMENTS, NUMBER, NUMERIC, TEXT, UNKNOWN, Type, together, two_currencies

if TYPE_CHECKING:
    from .checking import Checker

__all__ = ["MAX_NESTED", "aggregate"]

MAX_NESTED = 2
_ADDED = frozenset({*NUMERIC, "duration", "empty", "unknown"})
_COMPARED = frozenset({*_ADDED, *MOMENTS})
_TAKES = {"SUM": _ADDED, "AVERAGE": _ADDED, "MEDIAN": _ADDED, "MIN": _COMPARED, "MAX": _COMPARED}
_GIVES = {"COUNT": NUMBER, "COUNT_UNIQUE": NUMBER, "JOIN": TEXT}
"""What some give, whatever their values are."""
_CONDITIONS = (Infix, Logic, Not, Unfilled, Among, Period)

_plain = cache(over_arguments)


def aggregate(checker: "Checker", node: Call, function: Function) -> Tree:
    """The checked tree of a call of one of them."""
    first, rest = node.arguments[0], node.arguments[1:]
    opening = checker.names.path(first) if isinstance(first, Name) else checker.check(first)
    if isinstance(opening, Path):
        last = max((index for index, step in enumerate(opening.fields) if step.many), default=None)
        if last is not None:
            return _over_children(checker, node, function, opening, last)
    return _over_values(checker, node, function, [opening, *(checker.check(argument) for argument in rest)])


def _over_values(checker: "Checker", node: Call, function: Function, arguments: list[Tree]) -> Tree:
    takes = _TAKES.get(function.name)
    type_ = arguments[0].type
    for argument in arguments:
        if takes is not None and argument.type.name not in takes:
            return _refused(checker, node, argument)
        common = together(type_, argument.type)
        if two_currencies(type_, argument.type):
            return checker.other_currency(argument.span, type_, argument.type)
        if common is None and function.name not in _GIVES:
            left, right = type_.label, argument.type.label
            return checker.fault(
                "formula_branches", argument.span, function=node.function, left=left, right=right
            )
        type_ = common or type_
    if function.name in _GIVES:
        type_ = _GIVES[function.name]
    elif type_.name == "list":
        type_ = Type("choice", options=type_.options) if type_.options else Type("text")
    return Apply(_plain(function), tuple(arguments), type_, node.span)


def _over_children(checker: "Checker", node: Call, function: Function, path: Path, last: int) -> Tree:
    many, single = path.fields[: last + 1], path.fields[last + 1 :]
    shape = checker.scope.shapes.get(many[-1].result.entity or "")
    if shape is None:
        return checker.fault("formula_leads_nowhere", path.span, name=many[-1].name)
    if checker.nested >= MAX_NESTED:
        return checker.fault("formula_children_too_deep", node.span, limit=MAX_NESTED)
    base = (f"${path.variable}",) if path.variable else checker.prefix
    rows = Path(path.variable, many, many[-1].result, path.span, path.start)
    item = Path(None, single, path.type, path.span) if single else None
    if item is None and function.name in (*_TAKES, "JOIN"):
        field = next((each.name for each in shape.fields.values() if each.type in NUMERIC), "…")
        return checker.fault(
            "formula_total_of_nothing", path.span, function=node.function, name=many[-1].name, field=field
        )
    takes = _TAKES.get(function.name)
    if item is not None and takes is not None and item.type.name not in takes:
        return _refused(checker, node, item)
    prefix = base + tuple(step.name for step in many)
    conditions, fallback = _rest(checker, node, function, shape, prefix)
    where = All(tuple(conditions), node.span) if len(conditions) > 1 else next(iter(conditions), None)
    type_: Type | None = item.type if item else Type("record", shape.name)
    if function.name in _GIVES:
        type_ = _GIVES[function.name]
    if fallback is not None and (type_ := together(type_ or UNKNOWN, fallback.type)) is None:
        left, right = (item.type if item else NUMBER).label, fallback.type.label
        return checker.fault(
            "formula_branches", fallback.span, function=node.function, left=left, right=right
        )
    return Aggregate(function.name, rows, item, where, fallback, type_ or UNKNOWN, node.span)


def _rest(
    checker: "Checker", node: Call, function: Function, shape: EntityShape, prefix: tuple[str, ...]
) -> tuple[list[Tree], Tree | None]:
    """What follows the path: conditions on the children, and (not for COUNT) a value to fall back on."""
    conditions: list[Tree] = []
    fallback: Tree | None = None
    for argument in node.arguments[1:]:
        if function.name == "COUNT" or _is_condition(argument):
            conditions.append(checker.inside(shape, prefix).condition(argument))
            continue
        trial = checker.inside(shape, prefix, quiet=True)
        tree = trial.check(argument)
        if not trial.problems and tree.type.name == "yes_no":
            checker.take(trial)
            conditions.append(tree)
        else:
            fallback = checker.check(argument)
    return conditions, fallback


def _is_condition(argument: Syntax) -> bool:
    """Whether it is plain from its writing that it holds or not."""
    return isinstance(argument, _CONDITIONS) and not (
        isinstance(argument, Infix) and argument.operator in "+-*/"
    )


def _refused(checker: "Checker", node: Call, argument: Tree) -> Tree:
    return checker.fault(
        "formula_total_of_what", argument.span, function=node.function, given=argument.type.label
    )
