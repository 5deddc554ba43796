"""A checked tree as a Python function of a row: closures, no eval, and no exception for any right-typed row."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from .budget import Run, spend
from .comparing import compare, day_in_period, first_moment
from .env import Env, Row
from .folding import settled
from .numbers import bounded
from .reducing import REDUCERS, joined
from .shapes import FieldShape
from .spelling import is_nothing
from .tree import (
    Aggregate,
    All,
    AnyOf,
    Apply,
    Arithmetic,
    Case,
    Compare,
    Constant,
    InPeriod,
    InValues,
    IsEmpty,
    Negation,
    Path,
    Tree,
    own_field,
)  # fmt: skip
from .types import MOMENTS

__all__ = ["follow", "midnight", "rows_of", "run"]

_TICK = timedelta(microseconds=1)
_FAULTS = (ArithmeticError, ValueError, TypeError, AttributeError)


def run(tree: Tree) -> Run:
    """The function that evaluates a tree: ``run(tree)(row, env)``."""
    return _RUNS[type(tree)](tree)


def midnight(day: date, env: Env) -> datetime:
    """The moment (UTC) at which a day starts where the workspace is."""
    return first_moment(day, env.zone)


def _constant(tree: Constant) -> Run:
    value = tree.value
    return lambda row, env: value


def _path(tree: Path) -> Run:
    if any(step.many for step in tree.fields):
        return rows_of(tree)
    start, steps = _start(tree)
    if not steps:
        return start
    links, last = steps[:-1], steps[-1]
    if links or tree.variable is not None:
        read = _reading(last)

        def value(row: Row, env: Env) -> Any:
            record = follow(start(row, env), links, env)
            return read(record, env) if record is not None else None

        return value
    return _reading(last)


def _reading(field: FieldShape) -> Run:
    """The value of a field of a row: what the row holds, or what the field's own formula gives on it."""
    name, worked = field.name, field.worked
    if worked is None:
        return lambda row, env: row.get(name)

    def value(row: Row, env: Env) -> Any:
        spend(1)
        return worked.value(row, env)  # put there later, so it is looked up at each call

    return value


def _start(tree: Path) -> tuple[Run, tuple[FieldShape, ...]]:
    """Where the path starts: the row, a variable's record (when steps follow) or a variable's value."""
    name = tree.variable
    if name is None:
        return (lambda row, env: row), tree.fields
    entity = tree.start

    def record(row: Row, env: Env) -> Any:
        value = env.variables.get(name)
        return env.fetch(entity, value) if isinstance(value, str) and entity else value

    def plain(row: Row, env: Env) -> Any:
        value = env.variables.get(name)
        return value.get("id") if isinstance(value, Mapping) else value

    return (record if tree.fields else plain), tree.fields


def follow(record: Row | None, links: Sequence[FieldShape], env: Env) -> Row | None:
    """The record that links lead to from this one."""
    for link in links:
        if record is None:
            return None
        id_ = _reading(link)(record, env) if link.worked is not None else record.get(link.name)
        record = env.fetch(link.link or "", id_) if id_ is not None else None
    return record


def rows_of(tree: Path) -> Run:
    """The records at the end of a path that leads through children."""
    start, steps = _start(tree)

    def rows(row: Row, env: Env) -> list[Row]:
        first = start(row, env)
        found: list[Row] = [first] if first is not None else []
        for step in steps:
            if step.rows is not None:
                found = [line for each in found for line in step.rows(each.get(step.name))]
                spend(len(found) + 1)
            elif step.many:
                entity, back = step.many
                ids = [each.get("id") for each in found]
                found = []
                for id_ in ids:
                    if id_ is not None:
                        children = env.children(entity, back, id_)
                        spend(len(children) + 1)
                        found += children
            else:
                linked = (follow(each, (step,), env) for each in found)
                found = [each for each in linked if each is not None]
        return found

    return rows


def _all(tree: All) -> Run:
    terms = tuple(map(run, tree.terms))
    if len(terms) == 2:
        one, two = terms
        return lambda row, env: True if one(row, env) and two(row, env) else False  # noqa: SIM210  (quicker than bool)
    if len(terms) == 3:
        one, two, three = terms
        return lambda row, env: True if one(row, env) and two(row, env) and three(row, env) else False  # noqa: SIM210  (quicker than bool)

    def hold(row: Row, env: Env) -> bool:
        for term in terms:  # noqa: SIM110  (twice as quick as all() over a generator)
            if not term(row, env):
                return False
        return True

    return hold


def _any(tree: AnyOf) -> Run:
    terms = tuple(map(run, tree.terms))

    def holds(row: Row, env: Env) -> bool:
        for term in terms:  # noqa: SIM110  (twice as quick as any() over a generator)
            if term(row, env):
                return True
        return False

    return holds


def _negation(tree: Negation) -> Run:
    term = run(tree.term)
    return lambda row, env: not term(row, env)


def _is_empty(tree: IsEmpty) -> Run:
    name = own_field(tree.term)
    if name is not None:
        return lambda row, env: is_nothing(row.get(name))
    term = run(tree.term)

    def empty(row: Row, env: Env) -> bool:
        return is_nothing(term(row, env))

    return empty


def _in_values(tree: InValues) -> Run:
    term = run(tree.term)
    if all(isinstance(each, Constant) and each.type.name not in MOMENTS for each in tree.values):
        known = frozenset(each.value for each in tree.values if isinstance(each, Constant)) - {None, ""}
        return lambda row, env: term(row, env) in known
    tests = tuple(_membership(tree.term, each) for each in tree.values)
    return lambda row, env: any(test(row, env) for test in tests)


def _membership(term: Tree, choice: Tree) -> Run:
    if choice.type.name != "list":
        equal, filled = run(Compare("=", term, choice, choice.span)), run(term)
        return lambda row, env: filled(row, env) is not None and equal(row, env)
    one, several = run(term), run(choice)

    def holds(row: Row, env: Env) -> bool:
        value = one(row, env)
        return value is not None and value in (several(row, env) or ())

    return holds


def _in_period(tree: InPeriod) -> Run:
    term = run(tree.term)
    return lambda row, env: day_in_period(term(row, env), env)


def _compare(tree: Compare) -> Run:
    return compare(tree, run)


def _case(tree: Case) -> Run:
    branches = tuple((run(when), run(then)) for when, then in tree.branches)
    otherwise = run(tree.otherwise)
    if len(branches) == 1:
        ((test, result),) = branches
        return lambda row, env: result(row, env) if test(row, env) else otherwise(row, env)

    def value(row: Row, env: Env) -> Any:
        for when, then in branches:
            if when(row, env):
                return then(row, env)
        return otherwise(row, env)

    return value


def _apply(tree: Apply) -> Run:
    function, arguments = tree.function, tuple(run(settled(each, run)) for each in tree.arguments)
    call, takes_empty, needs_env = function.call, function.takes_empty, function.needs_env
    otherwise = False if tree.type.name == "yes_no" else None

    def value(row: Row, env: Env) -> Any:
        values = [argument(row, env) for argument in arguments]
        if not takes_empty and None in values:
            return otherwise
        try:
            return call(env, *values) if needs_env else call(*values)
        except Exception:  # noqa: BLE001  (a plugin's function may raise anything; a formula never does)
            return otherwise

    return value


def _aggregate(tree: Aggregate) -> Run:
    rows, reduce = rows_of(tree.rows), REDUCERS[tree.function]
    item: Run = run(tree.item) if tree.item is not None else lambda row, env: row.get("id")
    where = run(tree.where) if tree.where is not None else None
    fallback = run(tree.fallback) if tree.fallback is not None else None
    whole, joins = tree.function == "COUNT" and tree.item is None, tree.function == "JOIN"

    def value(row: Row, env: Env) -> Any:
        found = rows(row, env)
        if where is not None:
            found = [each for each in found if where(each, env)]
        if whole:
            return Decimal(len(found))
        items = [value for each in found if not is_nothing(value := item(each, env))]
        if fallback is not None and joins:
            return joined(items, fallback(row, env) or "")
        if fallback is not None and not items:
            return fallback(row, env)
        try:
            return reduce(items)
        except _FAULTS:
            return None

    return value


def _arithmetic(tree: Arithmetic) -> Run:
    left, right = run(settled(tree.left, run)), run(settled(tree.right, run))
    work = _OPERATIONS[tree.operator]
    mixed = {tree.left.type.name, tree.right.type.name} == MOMENTS

    def value(row: Row, env: Env) -> Any:
        one = left(row, env)
        if one is None:
            return None
        two = right(row, env)
        if two is None:
            return None
        try:
            if mixed:
                one, two = _moment(one, env), _moment(two, env)
            result = work(Decimal(one) if type(one) is int else one, two)
            return bounded(result) if type(result) is Decimal else result
        except _FAULTS:
            return None

    return value


def _moment(value: Any, env: Env) -> Any:
    return value if isinstance(value, datetime) or not isinstance(value, date) else midnight(value, env)


def _times(one: Any, two: Any) -> Any:
    if isinstance(one, timedelta):
        return _length(Decimal(one // _TICK) * two)
    return _length(Decimal(two // _TICK) * one) if isinstance(two, timedelta) else one * two


def _length(ticks: Decimal) -> timedelta:
    """A length of time of so many millionths of a second, the nearest whole one. May raise OverflowError."""
    return timedelta(microseconds=int(ticks.to_integral_value(ROUND_HALF_EVEN)))


def _divided(one: Any, two: Any) -> Any:
    if isinstance(one, timedelta):
        if isinstance(two, timedelta):
            return Decimal(one // _TICK) / Decimal(two // _TICK)
        return _length(Decimal(one // _TICK) / two)
    return one / two


_OPERATIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": lambda one, two: one + two, "-": lambda one, two: one - two, "*": _times, "/": _divided,
}  # fmt: skip

_RUNS: Mapping[type, Callable[[Any], Run]] = {
    Constant: _constant, Path: _path, All: _all, AnyOf: _any, Negation: _negation, IsEmpty: _is_empty,
    InValues: _in_values, InPeriod: _in_period, Compare: _compare, Case: _case, Apply: _apply, Aggregate: _aggregate,
    Arithmetic: _arithmetic,
}  # fmt: skip
