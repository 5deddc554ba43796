from typing import Any

import pytest

from kehu.core.formula import EntityShape, FieldShape, FormulaError, Scope, compile_formula
from kehu.core.problems import Language, Problem, advice, message

from .world import CUSTOMER, SCOPE


def problems(text: str, expects: Any = None) -> tuple[Problem, ...]:
    with pytest.raises(FormulaError) as caught:
        compile_formula(text, SCOPE, expects)
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "code", "column", "width", "instead"),
    [
        ("", "formula_without_text", 1, 1, None),
        ("   ", "formula_without_text", 4, 1, None),
        ("amoun > 1", "formula_unknown_name_near", 1, 5, "amount"),
        ("qqqq > 1", "formula_unknown_name", 1, 4, None),
        ("class = high", "formula_option_unquoted", 9, 4, '"high"'),
        ("owner.nam = 1", "formula_unknown_name_near", 7, 3, "name"),
        ("name.x", "formula_leads_nowhere", 1, 4, None),
        ("电话 is empty", "formula_ambiguous_name", 1, 2, None),
        ("orders.amount > 3", "formula_many_records", 1, 13, None),
        ("orders", "formula_many_records", 1, 6, None),
        ("amount status", "formula_words_in_a_row", 1, 13, None),
        ('amount > 3 "x"', "formula_missing_operator", 12, 3, None),
        ("amount >", "formula_ends_early_value", 9, 1, None),
        ("(amount", "formula_ends_early", 8, 1, None),
        ("amount)", "formula_closing_without_opening", 7, 1, None),
        ("amount > and", "formula_unexpected_value", 10, 3, None),
        ('name = "x', "formula_not_closed", 8, 2, None),
        ("amount > 3 ^ 2", "formula_unknown_character", 12, 1, None),
        ("amount % 3", "formula_unexpected_sign", 8, 1, None),
        ("1 < amount < 5", "formula_chained", 1, 12, None),
        ("amount is 5", "formula_is_what", 8, 4, None),
        ("amount > 7 dayz", "formula_unknown_unit", 12, 4, None),
        ("due + 3 months", "formula_months", 7, 8, None),
        ("due + 2 年", "formula_months", 7, 3, None),
        ("owner. = 3", "formula_name_after_dot", 8, 1, None),
        ("ROUN(amount)", "formula_unknown_function_near", 1, 4, "ROUND"),
        ("ZZZZ(amount)", "formula_unknown_function", 1, 4, None),
        ("amount(3)", "formula_field_called_function", 1, 9, None),
        ("ROUND()", "formula_arguments", 1, 7, None),
        ("ROUND(1, 2, 3)", "formula_arguments", 1, 14, None),
        ("ROUND(name)", "formula_argument", 7, 4, None),
        ("LEN(orders)", "formula_argument", 5, 6, None),
        ('amount > "x"', "formula_compare", 1, 12, None),
        ("due > 3", "formula_compare", 1, 7, None),
        ("amount > 7 days", "formula_compare", 1, 15, None),
        ("owner = new_order", "formula_compare", 1, 17, None),
        ("amount > discount", "formula_compare", 1, 17, None),
        ('name > "x"', "formula_no_order", 1, 10, None),
        ('class > "high"', "formula_no_order", 1, 14, None),
        ('tags = "a"', "formula_compare_list", 1, 10, None),
        ("discount > 20", "formula_percent_as_number", 12, 2, "20%"),
        ('class = "hihg"', "formula_no_option_near", 9, 6, '"high"'),
        ('class = "qqq"', "formula_no_option", 9, 5, None),
        ('class in ("high", "qqq")', "formula_no_option", 19, 5, None),
        ('due > "soon"', "formula_not_a_day", 7, 6, None),
        ("amount + 7 days", "formula_arithmetic", 8, 1, None),
        ("name + 1", "formula_arithmetic", 6, 1, None),
        ("amount * paid", "formula_arithmetic", 8, 1, None),
        ("amount + 20%", "formula_money_and_percent", 1, 12, None),
        ("due + 7", "formula_date_and_number", 7, 1, "7 days"),
        ("due + 3 hours", "formula_hours_and_date", 7, 7, None),
        ("amount and vip", "formula_wants_yes_no", 1, 6, None),
        ("not name", "formula_wants_yes_no", 5, 4, None),
        ('IF(vip, "a", 3)', "formula_branches", 14, 1, None),
        ("amount in ()", "formula_in_what", 1, 12, None),
        ("amount in period", "formula_period_of_what", 1, 6, None),
        ("SUM(name)", "formula_total_of_what", 5, 4, None),
        ("SUM(orders.status)", "formula_total_of_what", 5, 13, None),
        ("SUM(orders)", "formula_total_of_nothing", 5, 6, None),
        ("COUNT(orders, nam = 1)", "formula_unknown_name", 15, 3, None),
    ],
)
def test_a_mistake_is_named_at_its_place(
    text: str, code: str, column: int, width: int, instead: str | None
) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.values["column"], problem.values["width"]) == (code, column, width)
    assert problem.place is not None
    assert problem.place.line == 0
    assert problem.instead == instead
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        assert message(problem, language)
        assert advice(problem, language)


def test_all_mistakes_are_told_at_once_and_each_once() -> None:
    found = problems('amoun > 1 and class = "hihg" and due + 7 > TODAY()')
    assert [problem.code for problem in found] == [
        "formula_unknown_name_near", "formula_no_option_near", "formula_date_and_number",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expects", "code"),
    [
        ("amount", "yes_no", "formula_wants_yes_no"),
        ("name", "number", "formula_expects"),
        ("due", "money", "formula_expects"),
        ("owner", CUSTOMER.fields["id"], "formula_expects"),
        ('IF(vip, "high", "nope")', CUSTOMER.fields["class"], "formula_no_option"),
    ],
)
def test_a_formula_that_gives_something_else_than_expected_is_refused(
    text: str, expects: Any, code: str
) -> None:
    assert [problem.code for problem in problems(text, expects)] == [code]


def test_what_is_expected_of_a_choice_may_be_written_by_label() -> None:
    formula = compile_formula('IF(vip, "高价值客户", "一般客户")', SCOPE, CUSTOMER.fields["class"])
    assert formula.evaluate({"vip": True}, None) == "high"  # type: ignore[arg-type]


def test_limits_are_kept_with_words() -> None:
    assert problems("1" * 2001)[0].code == "formula_too_long"
    assert problems("(" * 41 + "1" + ")" * 41)[0].code == "formula_too_deep"
    assert problems("1" + "+1" * 60)[0].code == "formula_too_deep"
    assert problems("not " * 60 + "vip")[0].code == "formula_too_deep"
    assert problems("1 in (" + ",".join(["1"] * 600) + ")")[0].code == "formula_too_big"
    assert problems("COUNT(orders, COUNT(lines, COUNT(created_by) + COUNT(lines) > 1) > 1)")
    assert compile_formula("vip" + " and vip" * 200, SCOPE).evaluate({"vip": True}, None)  # type: ignore[arg-type]


DOLLARS = Scope(
    EntityShape("deal", ("商机",), {
        "price": FieldShape("price", "money", currency="USD"), "paid": FieldShape("paid", "money", currency="CNY"),
        "fee": FieldShape("fee", "money", currency="USD"), "rate": FieldShape("rate", "number"),
    }), {},
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["price + paid", "price > paid", "IF(rate > 1, price, paid)", "SUM(price, paid)", "CLAMP(price, paid, fee)",
     "price / paid", "price in (fee, paid)", "COALESCE(price, paid)"],
)  # fmt: skip
def test_amounts_of_two_currencies_do_not_meet(text: str) -> None:
    with pytest.raises(FormulaError) as error:
        compile_formula(text, DOLLARS)
    assert "formula_two_currencies" in {problem.code for problem in error.value.problems}


@pytest.mark.parametrize(
    "text", ["price + fee", "price * rate", "AS_NUMBER(price) * 7.1 + paid", "SHARE(fee, price)"]
)
def test_amounts_of_one_currency_do(text: str) -> None:
    compile_formula(text, DOLLARS)
    assert compile_formula("price + fee", DOLLARS).tree.type.currency == "USD"
    assert compile_formula("AS_NUMBER(price) * 7.1 + paid", DOLLARS).tree.type.currency == "CNY"
