"""A checked formula, ready to be evaluated; and how one is made from text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..problems import Problem
from .budget import Run, Weight, held, weigh
from .checking import Checker
from .comparing import local_day
from .env import Env, Row
from .mistakes import FormulaError
from .naming import Used
from .parsing import parse
from .running import midnight, run
from .shapes import FieldShape, Scope
from .tree import Aggregate, Apply, Case, Constant, InPeriod, Path, Tree, parts
from .types import NUMERIC, Type, TypeName, two_currencies

if TYPE_CHECKING:
    from .explaining import Explanation, Inside

__all__ = ["Formula", "compile_formula", "from_tree"]


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """A formula that was checked against a scope. Equal to another of the same text, type and scope.

    ``type``: the name of the type it gives. ``uses``: dotted paths from the row, such as ``("customer", "owner",
    "name")`` or ``("orders", "amount")``. ``local``: it reads only stored fields of its own row, so a store can
    filter by it. ``volatile``: it depends on the time, the person or the period as well. ``names``: (column, width,
    path) of every name in the text, columns from 1; the path of a variable starts with ``$variable``. ``options``:
    (column, width, path of the field, option) of every option written as text.
    """

    text: str
    type: TypeName
    uses: frozenset[tuple[str, ...]]
    local: bool
    volatile: bool
    names: tuple[tuple[int, int, tuple[str, ...]], ...]
    options: tuple[tuple[int, int, tuple[str, ...], str], ...]
    tree: Tree = field(repr=False)
    scope: Scope = field(repr=False)
    _run: Run = field(repr=False)

    def evaluate(self, row: Row, env: Env) -> Any:
        """The value for this row; never raises for values of the right types or empty ones.

        A number is a ``Decimal``, a condition ``True`` or ``False``; everything else may be ``None``.
        """
        return self._run(row, env)

    def explain(self, row: Row, env: Env, inside: "Inside | None" = None) -> "Explanation":
        """What was looked at on the way to the value, as a tree; ``inside`` tells of computed fields that it reads."""
        from .explaining import explain

        return explain(self.tree, self.text, row, env, self.scope.entity.name, inside)

    def weight(self, of_field: Callable[[FieldShape], Weight]) -> Weight:
        """How many parts it works out and how deep they nest, as far as that is known without a record."""
        return weigh(self.tree, of_field)

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Formula)
            and self.text == other.text
            and self.type == other.type
            and self.scope is other.scope
        )

    def __hash__(self) -> int:
        return hash(self.text)


def compile_formula(text: str, scope: Scope, expects: str | FieldShape | None = None) -> Formula:
    """Read and check a formula. Raises :class:`FormulaError` with everything that is wrong with it.

    ``expects``: the name of the type it must give, or the field whose value it gives (then a text literal may name an
    option of that field).
    """
    checker = Checker(scope)
    tree = checker.check(parse(text))
    if expects is not None and not checker.problems:
        tree = _as_expected(checker, tree, expects)
    if not checker.problems and isinstance(tree, Path) and tree.type.name == "records":
        checker.fault("formula_many_records", tree.span, name=text.strip(), path=f"{text.strip()}.…")
    if checker.problems:
        raise FormulaError(_once(checker.problems))
    return from_tree(text, tree, checker.used, scope, expects)


def from_tree(
    text: str, tree: Tree, used: Used, scope: Scope, expects: str | FieldShape | None = None
) -> Formula:
    """The formula of a checked tree; ``text`` must spell the same."""
    wanted = expects.type if isinstance(expects, FieldShape) else expects
    local, volatile, wide = _standing(tree)
    inner = _rounded_off(tree, run(tree), wanted)
    if wide:
        inner = held(inner, False if tree.type.name == "yes_no" or wanted == "yes_no" else None)
    return Formula(
        text, tree.type.name, frozenset(used.paths), local, volatile, tuple(used.names), tuple(used.options), tree,
        scope, inner,
    )  # fmt: skip


def _rounded_off(tree: Tree, inner: Run, wanted: str | None) -> Run:
    """The last touch: numbers are Decimals, a condition is True or False, a date is a date where one is wanted."""
    name = tree.type.name
    if name in NUMERIC:
        return _finished(inner, _as_number)
    if wanted == "yes_no" and isinstance(tree, (Path, Case, Apply, Aggregate, Constant)):
        return lambda row, env: bool(inner(row, env))
    if wanted == "date" and name == "datetime":
        return _finished(inner, local_day)
    if wanted == "datetime" and name == "date":
        return _finished(inner, midnight)
    return inner


def _as_number(value: Any, env: Env) -> Decimal:
    """As a Decimal; there is no -0."""
    return (Decimal(value) if type(value) is int else value) if value else _ZERO


def _finished(inner: Run, finish: Callable[[Any, Env], Any]) -> Run:
    def value(row: Row, env: Env) -> Any:
        found = inner(row, env)
        return None if found is None else finish(found, env)

    return value


_ZERO = Decimal(0)
_ALSO: Mapping[str, frozenset[str]] = {
    "number": frozenset({"percent"}), "money": frozenset({"number"}), "percent": frozenset({"number"}),
    "text": frozenset({"choice"}), "choice": frozenset({"text"}), "date": frozenset({"datetime"}),
    "datetime": frozenset({"date"}), "record": frozenset({"text"}), "list": frozenset({"choice", "text", "record"}),
}  # fmt: skip


def _as_expected(checker: Checker, tree: Tree, expects: str | FieldShape) -> Tree:
    wanted = expects.result if isinstance(expects, FieldShape) else Type(expects)  # type: ignore[arg-type]  # the name of a type
    if isinstance(expects, FieldShape) and wanted.options is not None:
        tree = checker.as_option(tree, wanted.options, expects)
    given = tree.type
    if given.name in ("empty", "unknown") or wanted.name == "empty":
        return tree
    if two_currencies(given, wanted):
        return checker.other_currency(tree.span, given, wanted)
    same_entity = given.name != "record" or wanted.entity is None or wanted.entity == given.entity
    if given.name == wanted.name and same_entity:
        return tree
    if given.name in _ALSO.get(wanted.name, ()):
        return tree
    code = "formula_wants_yes_no" if wanted.name == "yes_no" else "formula_expects"
    return checker.fault(code, tree.span, wanted=wanted.label, given=given.label)


def _standing(tree: Tree) -> tuple[bool, bool, bool]:
    """Whether it reads stored fields of its own row alone; whether it depends on the time or the person; and whether
    it looks at more than its length tells: totals, and fields with formulas of their own.
    """
    local, volatile, wide = True, False, False
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        kind = type(node)
        if kind is Constant:
            continue
        if isinstance(node, Path):
            beyond = any(step.many and step.rows is None for step in node.fields)
            many = any(step.many for step in node.fields)
            wide = wide or many or any(step.worked is not None for step in node.fields)
            if node.variable is None:
                local = local and len(node.fields) == 1 and node.fields[0].stored and not beyond
            else:  # a variable is the same for every row
                local, volatile = local and not many, True
            continue
        if isinstance(node, Aggregate):
            # The rows of a table are part of the record itself.
            inside = node.rows.variable is None and node.rows.fields[0].rows is not None
            local, wide = local and inside and len(node.rows.fields) == 1, True
            waiting += [part for part in (node.item, node.where) if part is not None]
        volatile = volatile or kind is InPeriod or (isinstance(node, Apply) and node.function.volatile)
        waiting += parts(node)
    return local, volatile, wide


def _once(problems: list[Problem]) -> list[Problem]:
    """Each fault earns one message."""
    found: dict[tuple[Any, ...], Problem] = {}
    for problem in problems:
        found.setdefault((problem.code, problem.place), problem)
    return list(found.values())
