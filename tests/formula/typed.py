"""Random formulas that are right: made kind by kind from the function table, so that a new function is tried at once."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

from kehu.core.formula import Function, Parameter, bundled

from .writing import DAYS, OPTIONS, SMALL, TEXTS, among, joined, quoted, written_day

ODD_TEXTS = TEXTS | st.sampled_from(
    ["👍🏽", "a👍b", "𠮷野家", " x ", "1,234", "e\u0301", "ẞ", "İ", "aa👍aa", "-", ","]
)
"""Also characters beyond the first 65,536, which scripts count as two."""
TEXT_LITERALS = ODD_TEXTS.map(quoted)
BY_KIND: dict[str, list[Function]] = {}
for _function in bundled().functions.values():
    if (
        _function.in_page
        and _function.form == "plain"
        and _function.name not in ("COALESCE", "SUM", "COUNT", "MIN", "MAX")
    ):
        BY_KIND.setdefault(_function.result, []).append(_function)


def _kind(parameter: Parameter, depth: int) -> Any:
    types = set(parameter.types)
    if not types:
        return anything(depth)
    if "list" in types:
        return st.just("tags") | (text(depth) if "text" in types else st.nothing())
    if types & {"number", "money"}:
        return number(depth)
    if "yes_no" in types:
        return truth(depth)
    if "date" in types:
        return day(depth)
    return length(depth) if "duration" in types else text(depth)


@st.composite
def called(draw: Any, function: Function, depth: int) -> str:
    """A call with as many arguments as it takes."""
    given = function.least if function.most is None else draw(st.integers(function.least, function.most))
    more = draw(st.integers(0, 2)) if function.most is None else 0
    arguments = [draw(_kind(function.parameter(at), depth)) for at in range(given + more)]
    return f"{function.name}({', '.join(arguments)})"


@cache
def _calls(result: str, depth: int) -> Any:
    if depth <= 0:
        return st.nothing()
    return st.one_of(*(called(function, depth - 1) for function in BY_KIND.get(result, ())))


@cache
def number(depth: int) -> Any:
    """A formula that gives a number."""
    leaves = among(
        "visits", "weight", "AS_NUMBER(amount)", "AS_NUMBER(discount)", "empty + 1", "0"
    ) | SMALL.map(lambda found: f"({found:f})")
    if depth <= 0:
        return leaves | st.integers(-3, 12).map(lambda n: f"({n})")
    inner = number(depth - 1)
    return st.one_of(
        leaves, _calls("number", depth), st.sampled_from(BY_KIND["same"]).flatmap(lambda f: called(f, depth - 1)),
        joined("(", inner, among("+", "-", "*", "/"), inner, ")"),
        joined("IF(", truth(depth - 1), ",", inner, ",", inner, ")"),
        joined(among("SUM(", "MIN(", "MAX(", "COALESCE("), inner, ",", inner, ",", inner, ")"),
        joined("COUNT(", text(depth - 1), ", tags,", inner, ")"),
        joined("CHOOSE(", number(0), ",", inner, ",", inner, ")"),
        joined("(", length(depth - 1), "/", length(depth - 1), ")"),
        joined("-", inner), st.just("POSITION(class)"),
    )  # fmt: skip


@cache
def text(depth: int) -> Any:
    """A formula that gives a text."""
    leaves = among("name", "city", "class") | TEXT_LITERALS
    if depth <= 0:
        return leaves
    return st.one_of(
        leaves, _calls("text", depth),
        joined("(", text(depth - 1), "&", anything(depth - 1), ")"),
        joined("IF(", truth(depth - 1), ",", text(depth - 1), ",", text(depth - 1), ")"),
        joined("COALESCE(", text(depth - 1), ",", text(depth - 1), ")"),
    )  # fmt: skip


@cache
def day(depth: int) -> Any:
    """A formula that gives a date."""
    leaves = (
        among("due", "since", "TODAY()", "DATE(9999, 12, 31)", "DATE(1, 1, 1)")
        | DAYS.map(written_day)
        | st.dates().map(written_day)
    )
    if depth <= 0:
        return leaves
    return st.one_of(
        leaves, _calls("date", depth),
        joined("(", day(depth - 1), among("+", "-"), "IF(vip, 1, 3) * 1 days )"),
        joined("(", day(depth - 1), "+", length(depth - 1), "/ 1 )"),
        joined(among("MIN(", "MAX("), day(depth - 1), ",", day(depth - 1), ")"),
    )  # fmt: skip


@cache
def length(depth: int) -> Any:
    """A formula that gives a length of time."""
    leaves = among("2 days", "36 hours", "1 weeks", "90 minutes", "0.1 hours")
    if depth <= 0:
        return leaves
    inner = length(depth - 1)
    return st.one_of(
        leaves, joined("(", inner, among("+", "-"), inner, ")"),
        joined("(", inner, among("*", "/"), number(depth - 1), ")"),
        joined("(", number(depth - 1), "*", inner, ")"),
        joined("(", day(depth - 1), "-", day(depth - 1), ")"),
    )  # fmt: skip


@cache
def truth(depth: int) -> Any:
    """A formula that holds or does not."""
    sign = among("=", "<>", "<", "<=", ">", ">=")
    leaves = among(
        "vip", "active", "true", "1 = 2", "tags is empty", "seen is empty", "owner = CURRENT_USER()"
    )
    if depth <= 0:
        return leaves
    inner = truth(depth - 1)
    return st.one_of(
        leaves, _calls("yes_no", depth),
        joined("(", number(depth - 1), sign, number(depth - 1), ")"),
        joined("(", day(depth - 1), sign, day(depth - 1), ")"),
        joined("(", length(depth - 1), sign, length(depth - 1), ")"),
        joined("(", text(depth - 1), among("=", "<>"), text(depth - 1), ")"),
        joined("(", inner, among("and", "or", "=", "<>"), inner, ")"), joined("NOT(", inner, ")"),
        joined("(", among("name", "amount", "due", "seen", "tags", "vip"), among("is empty", "is not empty"), ")"),
        joined("(", text(depth - 1), among("in", "not in"), "(", text(depth - 1), ", empty,", TEXT_LITERALS, ") )"),
        joined("(", number(depth - 1), "in (", number(depth - 1), ", 1, 2) )"),
        joined("(", day(depth - 1), "in (", day(depth - 1), ", TODAY() ) )"),
        joined("(", text(depth - 1), "in tags )"),
        joined("(", day(depth - 1), sign, "empty )"),
        joined("BETWEEN(", number(depth - 1), ",", number(depth - 1), ",", number(depth - 1), ")"),
        joined("REACHED(class,", among(*OPTIONS).map(quoted), ")"),
    )  # fmt: skip


@cache
def anything(depth: int) -> Any:
    """A formula of some kind."""
    return st.one_of(number(depth), text(depth), day(depth), truth(depth))


FORMULAS = anything(3) | length(3)
