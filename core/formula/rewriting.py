"""Functions that are another way to say something the language has: IF, SWITCH, BETWEEN, REACHED, HAS, …"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from .functions import Function
from .syntax import Call, Infix, Not, Syntax, Unfilled, Value
from .tree import All, Case, Compare, Constant, InValues, Tree
from .types import CHOICE, EMPTY, NUMBER, Type, together, two_currencies

if TYPE_CHECKING:
    from .checking import Checker

__all__ = ["case_of", "rewritten"]

Rewriter = Callable[["Checker", Call], Tree]


def rewritten(checker: "Checker", node: Call, function: Function) -> Tree:
    """The checked tree of a call of one of them."""
    return _REWRITERS[function.name](checker, node)


def _if(checker: "Checker", node: Call) -> Tree:
    when, then = checker.condition(node.arguments[0]), checker.check(node.arguments[1])
    otherwise: Tree = Constant(None, EMPTY, node.span)
    if len(node.arguments) > 2:
        otherwise = checker.check(node.arguments[2])
    return case_of(checker, node, [(when, then)], otherwise)


def _ifs(checker: "Checker", node: Call) -> Tree:
    """IFS(condition, result, condition, result, …, otherwise)."""
    rest = list(node.arguments)
    last = rest.pop() if len(rest) % 2 else None
    branches = [
        (checker.condition(when), checker.check(then))
        for when, then in zip(rest[::2], rest[1::2], strict=True)
    ]
    otherwise = checker.check(last) if last is not None else Constant(None, EMPTY, node.span)
    return case_of(checker, node, branches, otherwise)


def _switch(checker: "Checker", node: Call) -> Tree:
    """SWITCH(what, value, result, value, result, …, otherwise)."""
    subject = checker.check(node.arguments[0])
    rest = [checker.check(argument) for argument in node.arguments[1:]]
    otherwise: Tree = rest.pop() if len(rest) % 2 else Constant(None, EMPTY, node.span)
    branches: list[tuple[Tree, Tree]] = []
    for value, result in zip(rest[::2], rest[1::2], strict=True):
        left, right = checker.comparable("=", subject, value, value.span)
        branches.append((Compare("=", left, right, value.span), result))
    return case_of(checker, node, branches, otherwise)


def _choose(checker: "Checker", node: Call) -> Tree:
    """CHOOSE(number, first, second, …)."""
    number = checker.check(node.arguments[0])
    branches: list[tuple[Tree, Tree]] = []
    for at, argument in enumerate(node.arguments[1:], 1):
        left, right = checker.comparable("=", number, Constant(Decimal(at), NUMBER, number.span), number.span)
        branches.append((Compare("=", left, right, number.span), checker.check(argument)))
    return case_of(checker, node, branches, Constant(None, EMPTY, node.span))


def case_of(checker: "Checker", node: Call, branches: list[tuple[Tree, Tree]], otherwise: Tree) -> Tree:
    """Branches brought to one type."""
    results = [*(then for _, then in branches), otherwise]
    options = next((each.type.options for each in results if each.type.name == "choice"), None)
    source = next((each for each in results if each.type.options is options), otherwise)
    if options is not None:
        fitted = [checker.as_option(each, options, source) for each in results]
        branches = [(when, then) for (when, _), then in zip(branches, fitted, strict=False)]
        results, otherwise = fitted, fitted[-1]
    type_: Type = EMPTY
    for each in results:
        common = together(type_, each.type)
        if two_currencies(type_, each.type):
            return checker.other_currency(each.span, type_, each.type)
        if common is None:
            left, right = type_.label, each.type.label
            return checker.fault(
                "formula_branches", each.span, function=node.function, left=left, right=right
            )
        type_ = common
    return Case(tuple(branches), otherwise, type_, node.span)


def _between(checker: "Checker", node: Call) -> Tree:
    value, least, most = map(checker.check, node.arguments)
    one, low = checker.comparable(">=", value, least, least.span)
    two, high = checker.comparable("<=", value, most, most.span)
    return All((Compare(">=", one, low, node.span), Compare("<=", two, high, node.span)), node.span)


def _is_empty(checker: "Checker", node: Call) -> Tree:
    return checker.check(Unfilled(node.arguments[0], node.span))


def _has(checker: "Checker", node: Call) -> Tree:
    return checker.check(_counted(node, node.arguments, ">"))


def _every(checker: "Checker", node: Call) -> Tree:
    several, condition = node.arguments
    return checker.check(_counted(node, (several, Not(condition, condition.span)), "="))


def _counted(node: Call, arguments: tuple[Syntax, ...], sign: str) -> Syntax:
    """Whether so many are there: more than none, or none."""
    count = Call("COUNT", arguments, node.name, node.span)
    return Infix(sign, count, Value(Decimal(0), NUMBER, node.span), node.name, node.span)


def _position(checker: "Checker", node: Call) -> Tree:
    choice = checker.check(node.arguments[0])
    names = _options(checker, node, choice)
    branches: list[tuple[Tree, Tree]] = [
        (
            Compare("=", choice, Constant(name, choice.type, choice.span), choice.span),
            Constant(Decimal(at), NUMBER, choice.span),
        )
        for at, name in enumerate(names, 1)
    ]
    return Case(tuple(branches), Constant(None, EMPTY, node.span), NUMBER, node.span)


def _reached(checker: "Checker", node: Call) -> Tree:
    choice, wanted = map(checker.check, node.arguments)
    names = _options(checker, node, choice)
    wanted = checker.fit(wanted, choice)
    if wanted.type.name == "unknown" or not names:
        return wanted
    if not isinstance(wanted, Constant) or wanted.value not in names:
        return checker.fault("formula_option_wanted", wanted.span, function=node.function, example=names[-1])
    beyond = names[names.index(wanted.value) :]
    return InValues(choice, tuple(Constant(name, choice.type, wanted.span) for name in beyond), node.span)


def _options(checker: "Checker", node: Call, choice: Tree) -> list[str]:
    """The names of a choice's options in their order; a mistake where it is no choice."""
    if choice.type.options is not None and choice.type.name == "choice":
        return list(dict.fromkeys(choice.type.options.values()))
    if choice.type.name != "unknown":
        checker.fault(
            "formula_argument", choice.span, function=node.function, position=1, wanted=CHOICE.label,
            given=choice.type.label,
        )  # fmt: skip
    return []


_REWRITERS: Mapping[str, Rewriter] = {
    "IF": _if, "IFS": _ifs, "SWITCH": _switch, "CHOOSE": _choose, "BETWEEN": _between, "IS_EMPTY": _is_empty,
    "HAS": _has, "EVERY": _every, "POSITION": _position, "REACHED": _reached,
}  # fmt: skip
