"""Calls of functions: how many arguments, of which types, and what comes out."""

from typing import TYPE_CHECKING

from ..problems import Label, closest
from . import totals
from .functions import Function
from .rewriting import rewritten
from .shapes import normal
from .syntax import Call
from .tree import All, AnyOf, Apply, Negation, Tree
from .types import EMPTY, Type, together, two_currencies

if TYPE_CHECKING:
    from .checking import Checker

__all__ = ["call"]

_SHOWN = 30


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
        case "rewritten":
            return rewritten(checker, node, function)
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
    shown = (*checker.scope.functions.functions,)[:_SHOWN]
    return checker.fault(code, node.name, near, name=node.function, available=(*shown, "…"))


def _wanted(function: Function) -> Label | str:
    least, most = function.least, function.most
    if most is None:
        return Label(f"至少 {least}", f"at least {least}")
    return str(least) if least == most else Label(f"{least} 到 {most}", f"{least} to {most}")


def _plain(checker: "Checker", node: Call, function: Function) -> Tree:
    arguments = [checker.check(argument) for argument in node.arguments]
    first = arguments[0] if arguments else None
    if first is not None and first.type.name == "list" and first.type.options:
        rest = [checker.as_option(each, first.type.options, first) for each in arguments[1:]]
        arguments = [first, *rest]
    type_: Type | None = None
    for index, argument in enumerate(arguments):
        parameter = function.parameter(index)
        if two_currencies(arguments[0].type, argument.type):
            return checker.other_currency(argument.span, arguments[0].type, argument.type)
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
    labels = [Type(name).label for name in names]  # type: ignore[arg-type]  # names of types
    return Label("或".join(each.zh for each in labels), " or ".join(each.en for each in labels))
