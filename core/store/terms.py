"""What a condition asks of single columns: the parts of a formula that an index can answer.

Both stores plan with it: the embedded one to choose where to look, the SQL one to know how selective an index is.
A condition that is not understood here is no mistake; it is only tested row by row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

from ..formula import Env, Formula
from ..formula.comparing import first_moment
from ..formula.running import run
from ..formula.tree import Aggregate, All, Compare, Constant, InPeriod, InValues, Path, Tree, parts
from .protocol import Column, ColumnKind

__all__ = ["Term", "plain_env", "terms"]

Operator = Literal["=", "in", "<", "<=", ">", ">="]
_TURNED: dict[str, Operator] = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_HELD: dict[ColumnKind, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int, Decimal),
    "decimal": (int, Decimal),
    "boolean": (bool,),
    "date": (date,),
    "datetime": (datetime,),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must hold: ``column operator value``. For ``in`` the value is a tuple."""

    column: str
    operator: Operator
    value: Any


def plain_env() -> Env:
    """The environment of a condition that asks for no time and no person."""
    now = datetime.now(UTC)
    return Env(now, now.date(), None, UTC)


def terms(where: Formula | None, columns: dict[str, Column], env: Env | None) -> tuple[list[Term], bool]:
    """The terms that must all hold, and whether they are all that the condition asks for."""
    if where is None:
        return [], True
    found: list[Term] = []
    complete = True
    for tree in _conjuncts(where.tree):
        got = _term(tree, columns, env)
        found += got
        complete = complete and bool(got)
    return found, complete


def _conjuncts(tree: Tree) -> Iterator[Tree]:
    if isinstance(tree, All):
        for term in tree.terms:
            yield from _conjuncts(term)
    else:
        yield tree


def _term(tree: Tree, columns: dict[str, Column], env: Env | None) -> list[Term]:
    match tree:
        case Compare(operator=operator, left=left, right=right) if operator in _TURNED:
            if (column := _column(left, columns)) and _fits(value := _value(right, env), column):
                return [Term(column.name, operator, value)]  # type: ignore[arg-type]  # _TURNED has it
            if (column := _column(right, columns)) and _fits(value := _value(left, env), column):
                return [Term(column.name, _TURNED[operator], value)]
        case InValues(term=term, values=values):
            column = _column(term, columns)
            known = [_value(value, env) for value in values]
            if column and all(_fits(value, column) for value in known):
                return [Term(column.name, "in", tuple(dict.fromkeys(known)))]
        case InPeriod(term=term) if env is not None and env.period is not None:
            column = _column(term, columns)
            edges = [_edge(edge, column, env) for edge in env.period]
            if column and all(edge is None or _fits(edge, column) for edge in edges):
                bounds: list[tuple[Operator, Any]] = list(zip((">=", "<"), edges, strict=True))
                return [Term(column.name, operator, edge) for operator, edge in bounds if edge is not None]
    return []


def _edge(edge: Any, column: Column | None, env: Env) -> Any:
    """The edge of a period as the column can be compared with it: a moment in time, where a day is given."""
    if column is not None and column.kind == "datetime" and type(edge) is date:
        return first_moment(edge, env.zone)
    return edge


def _column(tree: Tree, columns: dict[str, Column]) -> Column | None:
    if isinstance(tree, Path) and tree.variable is None and len(tree.fields) == 1:
        return columns.get(tree.fields[0].name)
    return None


def _value(tree: Tree, env: Env | None) -> Any:
    """What a part that looks at no row gives, or ``None``."""
    if isinstance(tree, Constant):
        return tree.value
    return run(tree)({}, env or plain_env()) if _rowless(tree) else None


def _rowless(tree: Tree) -> bool:
    return not isinstance(tree, (Path, Aggregate)) and all(map(_rowless, parts(tree)))


def _fits(value: Any, column: Column) -> bool:
    held = _HELD.get(column.kind)
    if held is None or value is None or value == "" or not isinstance(value, held):
        return False
    return not (isinstance(value, bool) and column.kind != "boolean") and not (
        isinstance(value, datetime) and column.kind == "date"
    )
