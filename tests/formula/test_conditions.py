from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kehu.core.formula import FormulaError, both, compile_formula, condition

from .world import ENV, ROW, SCOPE


@pytest.mark.parametrize(
    ("field", "operator", "value", "text"),
    [
        ("amount", "gte", 100, "amount >= 100"),
        ("amount", "is", "100.50", "amount = 100.5"),
        ("amount", "between", (1, None), "amount >= 1"),
        ("amount", "between", "1,2", "amount >= 1 and amount <= 2"),
        ("金额", "lt", Decimal("0.10"), "amount < 0.1"),
        ("discount", "gt", Decimal("0.125"), "discount > 12.5%"),
        ("discount", "gt", "12.5%", "discount > 12.5%"),
        ("class", "is", "高价值客户", 'class = "high"'),
        ("class", "is_not", "vip", 'class <> "high"'),
        ("class", "in", ["high", "一般客户"], 'class in ("high", "regular")'),
        ("class", "in", "high,regular", 'class in ("high", "regular")'),
        ("due", "gte", date(2026, 3, 1), "due >= DATE(2026, 3, 1)"),
        ("due", "lt", "2026-03-01", "due < DATE(2026, 3, 1)"),
        ("seen", "gte", "2026-03-01T00:00:00Z", 'seen >= "2026-03-01T00:00:00+00:00"'),
        ("name", "contains", 'a"b', 'CONTAINS(name, "a""b")'),
        ("name", "starts", "a", 'STARTS(name, "a")'),
        ("name", "is", "", "name = empty"),
        ("name", "empty", None, "name is empty"),
        ("name", "not_empty", None, "name is not empty"),
        ("owner", "is", "u1", 'owner = "u1"'),
        ("owner.manager", "is", "u2", 'owner.manager = "u2"'),
        ("vip", "is", "是", "vip = true"),
        ("vip", "is_not", False, "vip <> false"),
        ("tags", "contains", "a", 'CONTAINS(tags, "a")'),
        ("tags", "in", ["a", "z"], 'CONTAINS(tags, "a") or CONTAINS(tags, "z")'),
    ],
)
def test_a_filter_spells_the_formula_that_it_is(field: str, operator: str, value: Any, text: str) -> None:
    built = condition(SCOPE, field, operator, value)
    assert built.text == text
    written = compile_formula(text, SCOPE)
    assert built.evaluate(ROW, ENV) == written.evaluate(ROW, ENV)
    assert built.evaluate({}, ENV) == written.evaluate({}, ENV)
    assert built.local == written.local
    assert built.uses == written.uses


@pytest.mark.parametrize(
    ("field", "operator", "value", "code"),
    [
        ("amount", "contains", "x", "formula_condition_operator"),
        ("amount", "wobbles", "x", "formula_condition_operator"),
        ("name", "gt", "x", "formula_condition_operator"),
        ("amount", "gt", "x", "formula_condition_value"),
        ("amount", "gt", "NaN", "formula_condition_value"),
        ("amount", "gt", [1], "formula_condition_value"),
        ("amount", "between", 3, "formula_condition_value"),
        ("amount", "in", 3, "formula_condition_value"),
        ("due", "gt", "soon", "formula_condition_value"),
        ("vip", "is", "perhaps", "formula_condition_value"),
        ("class", "is", "hihg", "formula_no_option_near"),
        ("amoun", "is", 1, "formula_unknown_name_near"),
        ("orders.amount", "is", 1, "formula_many_records"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(field: str, operator: str, value: Any, code: str) -> None:
    with pytest.raises(FormulaError) as caught:
        condition(SCOPE, field, operator, value)
    assert caught.value.problems[0].code == code


def test_one_of_none_is_no_record() -> None:
    for field in ("class", "tags"):
        built = condition(SCOPE, field, "in", [])
        assert built.text == "false"
        assert built.evaluate(ROW, ENV) is False


def test_both_holds_where_both_hold_and_spells_so() -> None:
    one, two = compile_formula('vip or class = "high"', SCOPE), condition(SCOPE, "amount", "gt", 5)
    joined = both(one, two)
    assert joined.text == '(vip or class = "high") and amount > 5'
    again = compile_formula(joined.text, SCOPE)
    for row in (ROW, {}, {"vip": True, "amount": Decimal(6)}, {"vip": True, "amount": Decimal(5)}):
        assert joined.evaluate(row, ENV) is again.evaluate(row, ENV)
    assert joined.uses == again.uses


def test_a_condition_built_by_a_filter_explains_itself() -> None:
    lines = condition(SCOPE, "class", "is", "high").explain(ROW, ENV).in_words("zh")
    assert lines == ("✓ 客户分类（高价值客户） = 高价值客户",)
