"""Calls of functions: how many arguments, of which types, and what comes out."""

from typing import TYPE_CHECKING

from ..problems import Label, closest
from . import totals
from .functions import Function
from .shapes import normal
from .syntax import Call
from .tree import All, AnyOf, Apply, Case, Compare, Constant, Negation, Tree
from .types import EMPTY, Type, together

if TYPE_CHECKING:
    from .checking import Checker

__all__ = ["call"]


def call(checker: "Checker", node: Call) -> Tree:
    """The checked tree of a call."""
    function = checker.scope.functions.find(node.function)
    if function is None:
        return _unknown(checker, node)
    given = len(node.arguments)
    if given < function.least or (function.most is not None and given > function.most):
        return checker.fault(
            "formula_arguments", node.span, function=node.function, given=given, wanted=_wanted(function)
        )
    match function.form:
        case "case":
            return _if(checker, node) if function.name == "IF" else _switch(checker, node)
        case "logic":
            terms = tuple(checker.condition(argument) for argument in node.arguments)
            if function.name == "NOT":
                return Negation(terms[0], node.span)
            return All(terms, node.span) if function.name == "AND" else AnyOf(terms, node.span)
        case "aggregate":
            return totals.aggregate(checker, node, function)
        case _:
            return _plain(checker, node, function)


def _unknown(checker: "Checker", node: Call) -> Tree:
    if normal(node.function) in checker.entity.spellings:
        return checker.fault("formula_field_called_function", node.span, name=node.function)
    names = checker.scope.functions.names()
    near = closest(node.function, names)
    code = "formula_unknown_function_near" if near else "formula_unknown_function"
    return checker.fault(code, node.name, near, name=node.function, available=names)


def _wanted(function: Function) -> Label | str:
    least, most = function.least, function.most
    if most is None:
        return Label(f"至少 {least}", f"at least {least}")
    return str(least) if least == most else Label(f"{least} 到 {most}", f"{least} to {most}")


def _if(checker: "Checker", node: Call) -> Tree:
    when, then = checker.condition(node.arguments[0]), checker.check(node.arguments[1])
    otherwise: Tree = Constant(None, EMPTY, node.span)
    if len(node.arguments) > 2:
        otherwise = checker.check(node.arguments[2])
    return _case(checker, node, [(when, then)], otherwise)


def _switch(checker: "Checker", node: Call) -> Tree:
    """SWITCH(what, value, result, value, result, …, otherwise)."""
    subject = checker.check(node.arguments[0])
    rest = [checker.check(argument) for argument in node.arguments[1:]]
    otherwise: Tree = rest.pop() if len(rest) % 2 else Constant(None, EMPTY, node.span)
    branches: list[tuple[Tree, Tree]] = []
    for value, result in zip(rest[::2], rest[1::2], strict=True):
        left, right = checker.comparable("=", subject, value, value.span)
        branches.append((Compare("=", left, right, value.span), result))
    return _case(checker, node, branches, otherwise)


def _case(checker: "Checker", node: Call, branches: list[tuple[Tree, Tree]], otherwise: Tree) -> Tree:
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
        if common is None:
            left, right = type_.label, each.type.label
            return checker.fault(
                "formula_branches", each.span, function=node.function, left=left, right=right
            )
        type_ = common
    return Case(tuple(branches), otherwise, type_, node.span)


def _plain(checker: "Checker", node: Call, function: Function) -> Tree:
    arguments = [checker.check(argument) for argument in node.arguments]
    if function.name == "CONTAINS" and arguments[0].type.name == "list" and arguments[0].type.options:
        arguments[1] = checker.as_option(arguments[1], arguments[0].type.options, arguments[0])
    type_: Type | None = None
    for index, argument in enumerate(arguments):
        parameter = function.parameter(index)
        if parameter.types and argument.type.name not in (*parameter.types, "empty", "unknown"):
            return checker.fault(
                "formula_argument", argument.span, function=node.function, position=index + 1,
                wanted=_types(parameter.types), given=argument.type.label,
            )  # fmt: skip
        if argument.type.name == "records":
            return checker.fault(
                "formula_total_of_what", argument.span, function=node.function, given=argument.type.label
            )
        if index == 0 or parameter.repeated or not parameter.types:
            together_with = together(type_, argument.type) if type_ is not None else argument.type
            type_ = together_with if together_with is not None or function.result != "same" else None
            if type_ is None and function.result == "same":
                left, right = arguments[0].type.label, argument.type.label
                return checker.fault(
                    "formula_branches", argument.span, function=node.function, left=left, right=right
                )
    if function.result != "same":
        type_ = Type(function.result, function.entity)
    return Apply(function, tuple(arguments), type_ or EMPTY, node.span)


def _types(names: tuple[str, ...]) -> Label:
    labels = [Type(name).label for name in names]  # type: ignore[arg-type]
    return Label("或".join(each.zh for each in labels), " or ".join(each.en for each in labels))
