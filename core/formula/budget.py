"""What working a formula out may cost: told when definitions are checked, and held to while it runs."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from .env import Env, Row
from .shapes import FieldShape
from .tree import Aggregate, Path, Tree, parts

__all__ = ["MOST_LEVELS", "MOST_RECORDS", "MOST_STEPS", "Run", "Weight", "held", "spend", "weigh"]

Run = Callable[[Row, Env], Any]
"""A tree as a function of the row and the world around it."""

Weight = tuple[int, int]
"""(parts that are worked out, how deep they nest), those of computed fields that it reads included."""

MOST_RECORDS = 1_000_000
"""Related records and computed fields that one evaluation may look at; beyond them the result is empty."""

MOST_STEPS, MOST_LEVELS = 100_000, 150
"""How much a formula may weigh when it is checked."""

_MANY = 10
"""Records that a total is taken to run over when the cost of a formula is told before any record is there."""


class Spent(Exception):  # noqa: N818  (it says what happened; it never leaves this package)
    """The evaluation has looked at as many records as it may."""


class _Budget:
    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MOST_RECORDS


_running: ContextVar[_Budget | None] = ContextVar("formula_budget", default=None)


def spend(count: int) -> None:
    """Note that so many records are looked at. Raises what :func:`held` catches when that is too many."""
    budget = _running.get()
    if budget is not None:
        budget.left -= count
        if budget.left < 0:
            raise Spent


def held(inner: Run, otherwise: Any) -> Run:
    """The same within bounds: ``otherwise`` where it looks at too much. Inside another one, that one's bounds hold."""

    def run(row: Row, env: Env) -> Any:
        if _running.get() is not None:
            return inner(row, env)
        token = _running.set(_Budget())
        try:
            return inner(row, env)
        except (Spent, RecursionError):
            return otherwise
        finally:
            _running.reset(token)

    return run


def weigh(tree: Tree, of_field: Callable[[FieldShape], Weight]) -> Weight:
    """What a tree weighs; ``of_field`` tells what the formula of a field weighs that is worked out on sight."""
    cost, depth = 1, 0
    if isinstance(tree, Path):
        for step in tree.fields:
            if step.worked is not None:
                more, below = of_field(step)
                cost, depth = cost + more, max(depth, below)
            cost *= _MANY if step.many else 1
        return cost, depth + 1
    below_: list[Weight] = [weigh(part, of_field) for part in parts(tree)]
    if isinstance(tree, Aggregate):
        each = [weigh(part, of_field) for part in (tree.item, tree.where) if part is not None]
        rows = weigh(tree.rows, of_field)
        below_.append((rows[0] * (1 + sum(cost for cost, _ in each)), max([0, *(deep for _, deep in each)])))
    return cost + sum(cost for cost, _ in below_), 1 + max((deep for _, deep in below_), default=0)
