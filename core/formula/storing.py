"""Conditions for databases: whether one can be answered there exactly, and its expression."""

from functools import lru_cache
from typing import TYPE_CHECKING

from .env import Env
from .formula import Formula
from .mistakes import Span
from .planning import Plan, plan
from .tree import All

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from .sql import Columns

__all__ = ["left_to_python", "sql_exact", "to_sql"]


@lru_cache(maxsize=2_000)
def _plan(formula: Formula) -> Plan | None:
    return plan(formula.tree) if formula.local else None


def sql_exact(formula: Formula) -> bool:
    """Whether a database answers this condition exactly as :meth:`Formula.evaluate` does."""
    return _plan(formula) is not None


def left_to_python(formula: Formula) -> tuple[Span, ...]:
    """Where in the text the parts of a condition stand that no database answers exactly; none where it can."""
    terms = formula.tree.terms if isinstance(formula.tree, All) else (formula.tree,)
    return tuple(term.span for term in terms if plan(term) is None)


def to_sql(formula: Formula, columns: "Columns", env: Env) -> "ColumnElement[bool]":
    """The condition as a SQLAlchemy expression: true exactly for the rows where the formula is true.

    ``columns``: field name → (column, kind, decimals); decimals are scaled integers there. For other rows the
    expression is false or NULL: put it into a WHERE or a CASE, not under a NOT. Constants, also what TODAY(),
    CURRENT_USER() and the period are in ``env``, become bound parameters. Raises ``ValueError`` where
    :func:`sql_exact` says no.
    """
    found = _plan(formula)
    if found is None:
        raise ValueError(f"not exact in SQL: {formula.text}")
    from .sql import to_expression

    return to_expression(found, columns, env)
