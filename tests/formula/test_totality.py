from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehu.core.formula import FormulaError, compile_formula, compile_text, condition
from kehu.core.formula.conditions import OPERATORS
from kehu.core.problems import render

from .world import ENV, SCOPE
from .writing import ANYTHING, ROWS

SHAPE = {
    "number": Decimal, "money": Decimal, "percent": Decimal, "yes_no": bool, "text": str, "empty": type(None),
}  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANYTHING, ROWS)
def test_evaluation_gives_a_value_of_its_type_or_nothing_and_never_raises(
    text: str, row: dict[str, Any]
) -> None:
    try:
        formula = compile_formula(text, SCOPE)
    except FormulaError:
        return
    for each in (row, {}, dict.fromkeys(row)):
        value = formula.evaluate(each, ENV)
        assert value is None or isinstance(value, SHAPE.get(formula.type, object))
        assert formula.explain(each, ENV).value is not None or value is None


WORDS = st.sampled_from([
    "amount", "class", "orders", "(", ")", "[", "]", '"', "“", "and", "or", "not", "in", "is",
    "empty", "period", ",", ".",
    "=", "<", ">=", "+", "-", "*", "/", "&", "%", "7 days", "3", "IF(", "SUM(", "COUNT(", "LAST(",
    "SWITCH(", "NOT(", "客户",
    "DATE(", "，", "（", "）", "new_order", "limit", "true", "\n", "\0", "\ud800",
    "{{", "}}", "9" * 400, "万", "٣", "２",
])  # fmt: skip
HOSTILE = st.one_of(
    st.text(max_size=60),
    st.lists(WORDS, max_size=40).map(" ".join),
    st.lists(WORDS, max_size=40).map("".join),
    st.tuples(WORDS, st.integers(1, 700)).map(lambda pair: pair[0] * pair[1]),
)


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(HOSTILE)
def test_any_text_is_a_formula_or_earns_its_words(text: str) -> None:
    for read in (compile_formula, compile_text):
        try:
            read(text, SCOPE)
        except FormulaError as error:
            for problem in error.problems:
                assert problem.place is not None
                assert 1 <= problem.place.column <= len(text) + 2
                assert render(problem, "zh")
                assert render(problem, "en")


FIELDS = st.sampled_from([*SCOPE.entity.fields, "owner.name", "x", ""])
VALUES = st.one_of(
    st.none(), st.text(max_size=8), st.integers(), st.floats(), st.decimals(), st.booleans(), st.dates(),
    st.datetimes(), st.timedeltas(), st.lists(st.text(max_size=4), max_size=3), st.just({}), st.just(object()),
)  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(FIELDS, st.sampled_from([*OPERATORS, "like"]), VALUES, ROWS)
def test_any_filter_is_a_condition_that_evaluates_or_is_refused(
    field: str, operator: str, value: Any, row: dict[str, Any]
) -> None:
    try:
        built = condition(SCOPE, field, operator, value)
    except FormulaError:
        return
    for each in (row, {}):
        assert built.evaluate(each, ENV) in (True, False)
        if built.type == "yes_no" and len(built.text) < 2000 and "\0" not in built.text:
            assert compile_formula(built.text, SCOPE).evaluate(each, ENV) == built.evaluate(each, ENV)
