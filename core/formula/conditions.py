"""Conditions that filters build: a field, an operator, a value. They become the same trees that texts become."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ..problems import Problem
from .checking import Checker
from .formula import Formula, from_tree
from .literals import moment, moment_type, no_option, option
from .mistakes import FormulaError, Span, mistake
from .naming import Used
from .numbers import LARGEST, MOST_DIGITS
from .shapes import FieldShape, Scope
from .spelling import literal_text
from .syntax import Name, Part
from .tree import All, AnyOf, Apply, Compare, Constant, InValues, IsEmpty, Negation, Path, Tree
from .types import EMPTY, MOMENTS, NUMERIC, TEXT, YES_NO, Type

__all__ = ["OPERATORS", "both", "condition", "either"]

OPERATORS = (
    "is", "is_not", "contains", "starts", "gt", "gte", "lt", "lte", "in", "empty", "not_empty", "between",
)  # fmt: skip
_SIGNS = {"is": "=", "is_not": "<>", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_ORDERED = frozenset({"gt", "gte", "lt", "lte", "between"})
_NOWHERE = Span(0, 0)
_YES = {
    "true": True, "yes": True, "是": True, "1": True, "false": False, "no": False, "否": False, "0": False,
}  # fmt: skip


def condition(scope: Scope, field: str, operator: str, value: Any = None) -> Formula:
    """The condition that a filter means: ``condition(scope, "amount", "gte", 100)`` is ``amount >= 100``.

    ``field``: a name or label, or a dotted path. ``operator``: one of :data:`OPERATORS`. ``value``: of the field's
    type, or its text in ISO form; an option by any of its spellings; for ``in`` a list (or texts joined by commas);
    for ``between`` two values, both included, either of which may be ``None``. Raises :class:`FormulaError`.
    """
    checker = Checker(scope)
    parts = tuple(Part(each, _NOWHERE) for each in field.split("."))
    path = checker.names.single(Name(parts, _NOWHERE))
    if checker.problems or not isinstance(path, Path):
        raise FormulaError(checker.problems)
    shape = path.fields[-1] if path.fields else FieldShape(field, path.type.name)
    fits = _fitting(path.type.name)
    if operator not in fits:
        values: dict[str, Any] = {"field": shape.shown, "operator": operator, "available": fits}
        raise FormulaError([mistake("formula_condition_operator", _NOWHERE, **values)])
    name = ".".join(each.name for each in path.fields) or field
    tree, text = _built(path, name, operator, value, shape, scope)
    return from_tree(text, tree, Used(checker.used.paths), scope)


def both(first: Formula, second: Formula) -> Formula:
    """Where both hold. They must stand on the same scope."""
    terms = (*_terms(first), *_terms(second))
    text = f"{_bracketed(first)} and {_bracketed(second)}"
    used = Used(set(first.uses | second.uses))
    return from_tree(text, All(terms, _NOWHERE), used, first.scope)


def either(first: Formula, *others: Formula) -> Formula:
    """Where at least one holds. They must stand on the same scope."""
    if not others:
        return first
    formulas = (first, *others)
    text = " or ".join(f"({formula.text})" for formula in formulas)
    used = Used({path for formula in formulas for path in formula.uses})
    return from_tree(text, AnyOf(tuple(formula.tree for formula in formulas), _NOWHERE), used, first.scope)


def _terms(formula: Formula) -> tuple[Tree, ...]:
    return formula.tree.terms if isinstance(formula.tree, All) else (formula.tree,)


def _bracketed(formula: Formula) -> str:
    simple = isinstance(formula.tree, (All, Compare, IsEmpty, Apply, InValues, Path))
    return formula.text if simple and " or " not in formula.text else f"({formula.text})"


def _fitting(type_: str) -> tuple[str, ...]:
    """The operators that make sense for a type."""
    if type_ in ("list", "records"):
        return ("contains", "in", "empty", "not_empty") if type_ == "list" else ("empty", "not_empty")
    without = set() if type_ == "text" else {"contains", "starts"}
    if type_ not in NUMERIC | MOMENTS | {"duration"}:
        without |= _ORDERED
    return tuple(each for each in OPERATORS if each not in without)


def _built(
    path: Path, name: str, operator: str, value: Any, shape: FieldShape, scope: Scope
) -> tuple[Tree, str]:
    if operator == "empty":
        return IsEmpty(path, _NOWHERE), f"{name} is empty"
    if operator == "not_empty":
        return Negation(IsEmpty(path, _NOWHERE), _NOWHERE), f"{name} is not empty"
    if operator == "between":
        return _between(path, name, value, shape)
    if operator == "in":
        given = value.split(",") if isinstance(value, str) else value
        if not isinstance(given, Collection) or isinstance(given, Mapping):
            raise FormulaError([_unfit(path.type, shape, value)])
        if not given:  # one of none: no record is
            return Constant(False, YES_NO, _NOWHERE), "false"
        known = tuple(_constant(path.type, shape, each) for each in given)
        if path.type.name == "list":
            found = tuple(_applied(scope, "CONTAINS", path, name, each) for each in known)
            return AnyOf(tuple(tree for tree, _ in found), _NOWHERE), " or ".join(text for _, text in found)
        return InValues(path, known, _NOWHERE), f"{name} in ({', '.join(map(_spelled, known))})"
    if operator == "starts" or (operator == "contains" and path.type.name != "list"):
        plain = _constant(TEXT, shape, value)
        return _applied(scope, operator.upper() if operator == "starts" else "CONTAINS", path, name, plain)
    constant = _constant(path.type, shape, value)
    if operator == "contains":
        return _applied(scope, "CONTAINS", path, name, constant)
    return Compare(
        _SIGNS[operator], path, constant, _NOWHERE
    ), f"{name} {_SIGNS[operator]} {_spelled(constant)}"


def _applied(scope: Scope, function: str, path: Path, name: str, constant: Constant) -> tuple[Tree, str]:
    tree = Apply(scope.functions.functions[function], (path, constant), YES_NO, _NOWHERE)
    return tree, f"{function}({name}, {_spelled(constant)})"


def _between(path: Path, name: str, value: Any, shape: FieldShape) -> tuple[Tree, str]:
    given = value.split(",") if isinstance(value, str) else value
    if not isinstance(given, Sequence) or len(given) != 2:
        raise FormulaError([_unfit(path.type, shape, value)])
    sides: list[tuple[str, Constant]] = [
        (sign, _constant(path.type, shape, each))
        for sign, each in zip((">=", "<="), given, strict=True)
        if each is not None and each != ""
    ]
    if not sides:
        return Negation(IsEmpty(path, _NOWHERE), _NOWHERE), f"{name} is not empty"
    trees = tuple(Compare(sign, path, constant, _NOWHERE) for sign, constant in sides)
    text = " and ".join(f"{name} {sign} {_spelled(constant)}" for sign, constant in sides)
    return (All(trees, _NOWHERE) if len(trees) > 1 else trees[0]), text


def _spelled(constant: Constant) -> str:
    return literal_text(constant.value, percent=constant.type.name == "percent")


def _constant(type_: Type, shape: FieldShape, value: Any) -> Constant:
    """The value as a constant of the field's type, from the value itself or its text."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return Constant(None, EMPTY, _NOWHERE)
    if type_.options is not None:
        name = option(str(value), type_.options)
        if name is None:
            raise FormulaError([no_option(str(value), type_.options, shape.shown, _NOWHERE)])
        return Constant(name, Type("choice", options=type_.options), _NOWHERE)
    read: Callable[[Any], Any] = _READ.get(type_.name, _text)
    try:
        found = read(value.strip() if isinstance(value, str) else value)
    except (ValueError, TypeError, ArithmeticError):
        found = None
    if found is None:
        raise FormulaError([_unfit(type_, shape, value)])
    if type_.name == "list":
        return Constant(found, TEXT, _NOWHERE)
    kind = moment_type(found) if type_.name in MOMENTS else type_.name
    return Constant(found, Type(kind, type_.entity), _NOWHERE)


def _unfit(type_: Type, shape: FieldShape, value: Any) -> Problem:
    return mistake("formula_condition_value", _NOWHERE, value=value, field=shape.shown, wanted=type_.label)


def _number(value: Any) -> Decimal | None:
    """A number that a formula can be written with, as a percentage too; ``None`` for a longer one."""
    if isinstance(value, str) and value.endswith("%"):
        found = Decimal(value[:-1]) / 100
    else:
        found = Decimal(str(value)) if isinstance(value, (str, float)) else Decimal(value)
    if not found.is_finite():
        return None
    _, digits, exponent = found.as_tuple()
    assert isinstance(exponent, int)
    fits = len(digits) + max(exponent + 2, 0) <= MOST_DIGITS and exponent >= -LARGEST
    return found if fits or not found else None


def _yes_no(value: Any) -> bool | None:
    return value if isinstance(value, bool) else _YES.get(str(value).lower())


def _moment(value: Any) -> date | None:
    if isinstance(value, str):
        return moment(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    return value if isinstance(value, date) else None


def _text(value: Any) -> str | None:
    return str(value) if isinstance(value, (str, int, Decimal)) else None


def _duration(value: Any) -> timedelta | None:
    return value if isinstance(value, timedelta) else None


_READ: Mapping[str, Callable[[Any], Any]] = {
    "number": _number, "money": _number, "percent": _number, "yes_no": _yes_no, "date": _moment,
    "datetime": _moment, "duration": _duration,
}  # fmt: skip
