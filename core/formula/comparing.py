"""Comparisons as functions of a row: two-valued, whatever is empty."""

import operator
from collections.abc import Callable, Mapping, Set
from dataclasses import replace
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from typing import Any, TypeAlias

from .budget import Run
from .env import Env, Row
from .folding import settled
from .spelling import is_nothing
from .tree import Compare, Constant, Tree, own_field
from .types import TEXTUAL, TypeName

__all__ = ["compare", "day_in_period", "first_moment", "local_day"]

Edges: TypeAlias = "tuple[date | datetime | None, date | datetime | None]"
"""A half-open period: from, until; ``None`` where it is open."""
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def local_day(moment: date | datetime, env: Env) -> date:
    """The day of a moment where the workspace is; a date is its own day."""
    return _day_of(moment, env.zone) if isinstance(moment, datetime) else moment


def _day_of(moment: date, zone: tzinfo) -> date:
    assert isinstance(moment, datetime)
    try:
        return moment.astimezone(zone).date()
    except OverflowError:  # at the very first or last day that dates know
        return moment.date()


def first_moment(day: date, zone: tzinfo) -> datetime:
    """The moment (UTC) at which a day starts in a time zone."""
    start = datetime.combine(day, time(), zone)
    try:
        return start.astimezone(UTC)
    except OverflowError:  # the very first or last day that dates know
        return start.replace(tzinfo=UTC)


def day_in_period(value: date | datetime | None, env: Env) -> bool:
    """Whether it lies in the environment's half-open period; a date and a time meet as days."""
    if value is None or env.period is None:
        return False
    start, end = _edges(env.period, env.zone, isinstance(value, datetime))
    return (start is None or start <= value) and (end is None or value < end)


@lru_cache(maxsize=1024)
def _edges(period: Edges, zone: tzinfo, moments: bool) -> Any:
    """The period's edges as moments, or as days: a whole table is compared with them, so they are worked out once."""
    return tuple(_edge(edge, zone, moments) for edge in period)


def _edge(edge: date | datetime | None, zone: tzinfo, moment: bool) -> date | datetime | None:
    if edge is None or isinstance(edge, datetime) == moment:
        return edge
    return first_moment(edge, zone) if moment else _day_of(edge, zone)


def compare(tree: Compare, run: Callable[[Tree], Run]) -> Run:
    """The function that compares the two sides of a tree.

    ``=`` holds when both are empty or both are equal, ``<>`` when it does not; the others need two values. An empty
    text is empty. A date and a date with time meet as days.
    """
    tree = replace(tree, left=settled(tree.left, run), right=settled(tree.right, run))
    left, right = run(tree.left), run(tree.right)
    names = {tree.left.type.name, tree.right.type.name}
    if names == {"date", "datetime"}:
        left, right = _as_day(left), _as_day(right)
    if tree.operator in _OPERATORS:
        return _ordered(tree, left, right, plain=names != {"date", "datetime"})
    equal = _equal(tree, left, right, names)
    return equal if tree.operator == "=" else lambda row, env: not equal(row, env)


def _as_day(side: Run) -> Run:
    def day(row: Row, env: Env) -> Any:
        value = side(row, env)
        return local_day(value, env) if value is not None else None

    return day


def _equal(tree: Compare, left: Run, right: Run, names: Set[TypeName]) -> Run:
    constant, other, path = tree.right, left, tree.left
    if isinstance(tree.left, Constant):
        constant, other, path = tree.left, right, tree.right
    if isinstance(constant, Constant) and names != {"date", "datetime"}:
        value = constant.value
        if is_nothing(value):  # also an empty text that a function of fixed values gives
            return lambda row, env: is_nothing(other(row, env))
        name = own_field(path)
        if name is not None:
            return lambda row, env: row.get(name) == value
        return lambda row, env: other(row, env) == value
    if names & TEXTUAL:
        return lambda row, env: (left(row, env) or None) == (right(row, env) or None)
    return lambda row, env: left(row, env) == right(row, env)


def _ordered(tree: Compare, left: Run, right: Run, plain: bool) -> Run:
    test = _OPERATORS[tree.operator]
    constant = tree.right
    if plain and isinstance(constant, Constant) and constant.value is not None:
        value = constant.value

        def against(row: Row, env: Env) -> bool:
            one = left(row, env)
            return one is not None and test(one, value)

        return against

    def ordered(row: Row, env: Env) -> bool:
        one, two = left(row, env), right(row, env)
        return one is not None and two is not None and test(one, two)

    return ordered
