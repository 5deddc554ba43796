"""From syntax to a checked tree: names become fields, every part gets its type, choices become option names."""

from collections.abc import Callable, Mapping, Set
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from ..problems import Label, Problem
from . import calling, literals
from .mistakes import Span, mistake
from .naming import Names, Used
from .shapes import EntityShape, FieldShape, Scope
from .spelling import plain_number
from .syntax import Among, Call, Infix, Logic, Name, Negative, Not, Period, Syntax, Unfilled, Value
from .tree import (
    All,
    AnyOf,
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
)  # fmt: skip
from .types import (
    DURATION,
    MOMENTS,
    NUMBER,
    NUMERIC,
    TEXTUAL,
    UNKNOWN,
    Type,
    TypeName,
    arithmetic,
    two_currencies,
)  # fmt: skip

__all__ = ["Checker"]

_ORDERED = {"<", "<=", ">", ">="}
_NO_ORDER = {"text", "choice", "yes_no", "record"}


class Checker:
    """Checks one formula against a scope. ``problems`` and ``used`` fill up as it goes.

    ``prefix``: the path from the formula's own row to the rows this part stands on (inside COUNT and the like).
    """

    def __init__(
        self,
        scope: Scope,
        entity: EntityShape | None = None,
        prefix: tuple[str, ...] = (),
        problems: list[Problem] | None = None,
        used: Used | None = None,
        nested: int = 0,
    ) -> None:
        self.scope = scope
        self.entity = entity or scope.entity
        self.prefix = prefix
        self.problems: list[Problem] = [] if problems is None else problems
        self.used = Used() if used is None else used
        self.nested = nested
        self.names = Names(self)

    def inside(self, entity: EntityShape, prefix: tuple[str, ...], quiet: bool = False) -> "Checker":
        """A checker for a part that stands on other rows; ``quiet``: what it finds is looked at before it counts."""
        problems, used = (None, None) if quiet else (self.problems, self.used)
        return Checker(self.scope, entity, prefix, problems, used, self.nested + 1)

    def take(self, other: "Checker") -> None:
        """Count what a quiet checker has found."""
        self.problems += other.problems
        self.used.take(other.used)

    def fault(self, code: str, span: Span, instead: str | None = None, **values: Any) -> Tree:
        """Report a mistake; what is returned fits everywhere."""
        self.problems.append(mistake(code, span, instead, **values))
        return Constant(None, UNKNOWN, span)

    def check(self, node: Syntax) -> Tree:
        """The checked tree of a part."""
        return _CHECKS[type(node)](self, node)

    def condition(self, node: Syntax) -> Tree:
        """The checked tree of a part that must hold or not."""
        return self.as_condition(self.check(node))

    def as_condition(self, tree: Tree) -> Tree:
        """The same tree if it holds or not; else a mistake."""
        if tree.type.name in ("yes_no", "empty", "unknown"):
            return tree
        return self.fault("formula_wants_yes_no", tree.span, given=tree.type.label)

    # One method for each kind of syntax.

    def value(self, node: Value) -> Tree:
        """A literal."""
        return Constant(node.value, node.type, node.span)

    def name(self, node: Name) -> Tree:
        """A field, a path or a variable."""
        return self.names.single(node)

    def call(self, node: Call) -> Tree:
        """A call of a function."""
        return calling.call(self, node)

    def logic(self, node: Logic) -> Tree:
        """A chain of and, or of or."""
        terms = tuple(self.condition(term) for term in node.terms)
        return All(terms, node.span) if node.operator == "and" else AnyOf(terms, node.span)

    def negation(self, node: Not) -> Tree:
        """Not."""
        return Negation(self.condition(node.operand), node.span)

    def negative(self, node: Negative) -> Tree:
        """A minus sign before a number or a length of time."""
        operand = self.check(node.operand)
        if operand.type.name not in NUMERIC | {"duration", "empty", "unknown"}:
            return self.fault(
                "formula_arithmetic", node.span, left=NUMBER.label, right=operand.type.label, operator="-"
            )
        if isinstance(operand, Constant):
            return replace(operand, value=None if operand.value is None else -operand.value, span=node.span)
        zero = timedelta() if operand.type == DURATION else Decimal(0)
        return Arithmetic("-", Constant(zero, operand.type, node.span), operand, operand.type, node.span)

    def unfilled(self, node: Unfilled) -> Tree:
        """Is empty."""
        return IsEmpty(self.check(node.operand), node.span)

    def period(self, node: Period) -> Tree:
        """In period."""
        operand = self.check(node.operand)
        if operand.type.name not in MOMENTS | {"empty", "unknown"}:
            return self.fault("formula_period_of_what", operand.span, given=operand.type.label)
        return InPeriod(operand, node.span)

    def among(self, node: Among) -> Tree:
        """In (…), or in a list."""
        operand = self.check(node.operand)
        found: list[Tree] = []
        for choice in node.choices:
            tree = self.check(choice)
            if tree.type.name == "list":
                if operand.type.name not in TEXTUAL | {"record", "unknown", "empty"}:
                    self.fault("formula_compare", node.span, left=operand.type.label, right=tree.type.label)
                tested, tree = (
                    self.fitted(operand, tree) if isinstance(operand, Constant) else (operand, tree)
                )
                operand = tested
            else:
                _, tree = self.comparable("=", operand, tree, tree.span)
            found.append(tree)
        if not found:
            return self.fault("formula_in_what", node.span)
        return InValues(operand, tuple(found), node.span)

    def infix(self, node: Infix) -> Tree:
        """A comparison, a sum, a product."""
        left, right = self.check(node.left), self.check(node.right)
        if two_currencies(left.type, right.type):
            return self.other_currency(node.sign, left.type, right.type)
        if node.operator in ("=", "<>") or node.operator in _ORDERED:
            left, right = self.comparable(node.operator, left, right, node.span)
            return Compare(node.operator, left, right, node.span)
        result = arithmetic(node.operator, left.type, right.type)
        if result is None:
            return self.no_arithmetic(node, left, right)
        for part in (left, right):
            if result.name == "date" and _hours(part):
                return self.fault("formula_hours_and_date", part.span)
        return Arithmetic(node.operator, left, right, result, node.span)

    def other_currency(self, span: Span, left: Type, right: Type) -> Tree:
        """Report that amounts of two currencies meet."""
        return self.fault("formula_two_currencies", span, left=left.currency, right=right.currency)

    def no_arithmetic(self, node: Infix, left: Tree, right: Tree) -> Tree:
        """Why two parts cannot be added or multiplied, in words that help."""
        names = {left.type.name, right.type.name}
        if names == {"money", "percent"}:
            return self.fault("formula_money_and_percent", node.span, operator=node.operator)
        if names & MOMENTS and "number" in names and node.operator in "+-":
            number = right if right.type.name == "number" else left
            days = plain_number(number.value) if isinstance(number, Constant) else "7"
            return self.fault("formula_date_and_number", number.span, f"{days} days")
        return self.fault(
            "formula_arithmetic",
            node.sign,
            left=left.type.label,
            right=right.type.label,
            operator=node.operator,
        )

    # Comparing.

    def comparable(self, operator: str, left: Tree, right: Tree, span: Span) -> tuple[Tree, Tree]:
        """Both sides made to fit each other, or a mistake."""
        left, right = self.fitted(left, right)
        names = {left.type.name, right.type.name}
        if names & {"unknown", "empty"}:
            return left, right
        if two_currencies(left.type, right.type):
            self.other_currency(span, left.type, right.type)
        elif "list" in names or "records" in names:
            several = left if left.type.name in ("list", "records") else right
            self.fault("formula_compare_list", span, name=self.shown(several))
        elif not _alike(left.type, right.type, names):
            self.fault("formula_compare", span, left=left.type.label, right=right.type.label)
        elif operator in _ORDERED and names & _NO_ORDER:
            self.fault("formula_no_order", span, type=left.type.label, operator=operator)
        else:
            self.percent_meant(left, right)
        return left, right

    def fitted(self, left: Tree, right: Tree) -> tuple[Tree, Tree]:
        """Text literals take the type of the other side: an option of its choice, a date."""
        return self.fit(left, right), self.fit(right, left)

    def fit(self, tree: Tree, other: Tree) -> Tree:
        """``tree`` as ``other`` wants it."""
        if tree.type.name != "text":
            return tree
        if other.type.options is not None:
            return self.as_option(tree, other.type.options, other)
        if other.type.name in MOMENTS and isinstance(tree, Constant):
            day = literals.moment(tree.value)
            if day is None and tree.value is not None:
                return self.fault("formula_not_a_day", tree.span, text=tree.value)
            return Constant(day, Type(literals.moment_type(day)), tree.span)
        return tree

    def as_option(self, tree: Tree, options: Mapping[str, str], field: Tree | FieldShape) -> Tree:
        """Text literals, also in the branches of IF and SWITCH, become names of options."""
        if isinstance(tree, Case):
            branches = tuple((when, self.as_option(then, options, field)) for when, then in tree.branches)
            return replace(tree, branches=branches, otherwise=self.as_option(tree.otherwise, options, field))
        if not isinstance(tree, Constant) or tree.value is None or tree.type.name != "text":
            return tree
        option = literals.option(tree.value, options)
        if option is None:
            label = field.shown if isinstance(field, FieldShape) else self.shown(field)
            self.problems.append(literals.no_option(tree.value, options, label, tree.span))
            return Constant(None, UNKNOWN, tree.span)
        path = self.prefix + tuple(each.name for each in field.fields) if isinstance(field, Path) else None
        if path is not None:
            self.used.options.append((tree.span.start + 1, tree.span.end - tree.span.start, path, option))
        return Constant(option, Type("choice", options=options), tree.span)

    def percent_meant(self, left: Tree, right: Tree) -> None:
        """``discount > 20`` asks for more than 2000 %: nobody means that."""
        for percent, number in ((left, right), (right, left)):
            if percent.type.name != "percent" or isinstance(percent, Constant) or number.type != NUMBER:
                continue
            if isinstance(number, Constant) and number.value is not None and abs(number.value) > 1:
                shown, meant = plain_number(number.value), f"{plain_number(number.value * 100)}%"
                code = "formula_percent_as_number"
                self.fault(code, number.span, f"{shown}%", number=shown, percent=meant)

    def shown(self, tree: Tree) -> Label | str:
        """What people call the field that a tree is, for a message."""
        return tree.fields[-1].shown if isinstance(tree, Path) and tree.fields else tree.type.label


def _alike(left: Type, right: Type, names: Set[TypeName]) -> bool:
    if names <= NUMERIC:
        return names != {"money", "percent"}
    if names == {"record"}:
        return left.entity == right.entity
    return len(names) == 1 or names <= MOMENTS or names <= TEXTUAL or names == {"record", "text"}


def _hours(tree: Tree) -> bool:
    return isinstance(tree, Constant) and isinstance(tree.value, timedelta) and tree.value.seconds != 0


_CHECKS: Mapping[type, Callable[[Checker, Any], Tree]] = {
    Value: Checker.value, Name: Checker.name, Call: Checker.call, Logic: Checker.logic, Not: Checker.negation,
    Negative: Checker.negative, Unfilled: Checker.unfilled, Period: Checker.period, Among: Checker.among,
    Infix: Checker.infix,
}  # fmt: skip
