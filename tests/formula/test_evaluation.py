from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kehu.core.formula import compile_formula

from .world import ENV, ROW, SCOPE

EMPTY_ROW: dict[str, Any] = {}


def value(text: str, row: dict[str, Any] = ROW, expects: Any = None) -> Any:
    return compile_formula(text, SCOPE, expects).evaluate(row, ENV)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1 + 2 * 3", Decimal(7)),
        ("(1 + 2) * 3", Decimal(9)),
        ("10 - 4 - 3", Decimal(3)),
        ("100 / 10 / 2", Decimal(5)),
        ("1 - -1", Decimal(2)),
        ("0.1 + 0.2 = 0.3", True),
        ("20%", Decimal("0.2")),
        ("100 * (1 + 20%)", Decimal(120)),
        ("5万", Decimal(50_000)),
        ("1.5亿", Decimal(150_000_000)),
        ("visits / 2", Decimal("3.5")),
        ("visits / 0", None),
        ("visits + 1", Decimal(8)),
        ("visits", Decimal(7)),
        ("ROUND(2.5)", Decimal(3)),
        ("ROUND(-2.5)", Decimal(-3)),
        ("ROUND(1.005, 2)", Decimal("1.01")),
        ("ROUND(1234, -2)", Decimal(1200)),
        ("四舍五入(10 / 3, 1)", Decimal("3.3")),
        ("ABS(-3)", Decimal(3)),
        ("MIN(3, 1, 2)", Decimal(1)),
        ("MAX(amount, 3)", Decimal("20000.50")),
        ("SUM(1, empty, 2)", Decimal(3)),
        ("COUNT(name, city)", Decimal(1)),
        ("AVERAGE(1, 2)", Decimal("1.5")),
        ("COUNT(tags)", Decimal(2)),
        ("FIRST(tags)", "a"),
        ("LAST(tags)", "b"),
        ('"a" & "b" & 1.50', "ab1.5"),
        ("CONCAT(name, city, due)", "Acme 客户2026-03-05"),
        ("LEFT(name, 4)", "Acme"),
        ("RIGHT(name, 2)", "客户"),
        ("RIGHT(name, 0)", ""),
        ("LEN(name)", Decimal(7)),
        ("UPPER(LEFT(name, 4))", "ACME"),
        ("LOWER(name)", "acme 客户"),
        ('TRIM("  x ")', "x"),
        ("COALESCE(city, name)", "Acme 客户"),
        ('IF(vip, "A", "B")', "A"),
        ("IF(active, 1)", None),
        ('SWITCH(class, "high", 7 days, "potential", 14 days, 30 days)', timedelta(days=7)),
        ('SWITCH(city, empty, "nowhere", "somewhere")', "nowhere"),
        ("如果(金额 >= 5万, 1, 2)", Decimal(2)),
        ("TODAY()", date(2026, 3, 2)),
        ("今天()", date(2026, 3, 2)),
        ("CURRENT_USER()", "u1"),
        ("YEAR(due) * 100 + MONTH(due)", Decimal(202603)),
        ("DAY(seen)", Decimal(1)),
        ("DATE(2026, 2, 30)", None),
        ("ADD_MONTHS(DATE(2026, 1, 31), 1)", date(2026, 2, 28)),
        ("DAYS(TODAY(), due)", Decimal(3)),
        ("due - TODAY()", timedelta(days=3)),
        ("due - TODAY() < 7 days", True),
        ("due + 1 week", date(2026, 3, 12)),
        ("due - 2 天", date(2026, 3, 3)),
        ("seen + 3 hours", datetime(2026, 2, 28, 20, tzinfo=UTC)),
        ("7 days / 1 day", Decimal(7)),
        ("2 * 7 days = 2 weeks", True),
        ("(due - since) / 1 day", Decimal(365)),
        ("owner.name", "Li"),
        ("owner.manager.name", "Wang"),
        ("owner.manager.manager.name", None),
        ("负责人.姓名", "Li"),
        ("customer.amount", Decimal("20000.50")),
        ("new_order.amount", Decimal(99)),
        ("new_order.customer.name", "Acme"),
        ("new_order", "o9"),
        ("limit * 2", Decimal(6)),
        ("Number of visits > 5", True),
        ("[Number of visits] > 5", True),
        ("【拜访次数】 > 5", True),
    ],
)
def test_a_formula_gives(text: str, result: Any) -> None:
    found = value(text)
    assert found == result
    assert type(found) is type(result)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("COUNT(orders)", Decimal(3)),
        ("COUNT(orders.amount)", Decimal(2)),
        ('COUNT(orders, status = "done")', Decimal(1)),
        ("SUM(orders.amount)", Decimal(150)),
        ('求和(订单.金额, 状态 <> "cancelled")', Decimal(100)),
        ('SUM(orders.amount, status = "open")', Decimal(0)),
        ("SUM(orders.amount, paid)", Decimal(100)),
        ("AVERAGE(orders.amount)", Decimal(75)),
        ('AVERAGE(orders.amount, status = "open")', None),
        ("MAX(orders.amount)", Decimal(100)),
        ("MIN(orders.amount)", Decimal(50)),
        ("FIRST(orders)", "o1"),
        ("LAST(orders.status)", "open"),
        ("LAST(activities.at, created_at)", datetime(2026, 2, 20, tzinfo=UTC)),
        ('LAST(activities.at, kind = "call", created_at)', datetime(2026, 2, 10, tzinfo=UTC)),
        ("SUM(orders.lines.quantity)", Decimal(9)),
        ("COUNT(orders, COUNT(lines) >= 2)", Decimal(1)),
        ("COUNT(orders, SUM(lines.quantity) >= 4)", Decimal(2)),
        ("orders is empty", False),
        ("COUNT(new_order.customer.orders)", Decimal(3)),
    ],
)
def test_a_total_over_children_gives(text: str, result: Any) -> None:
    assert value(text) == result


def test_without_children_sums_are_zero_and_the_rest_is_empty_or_falls_back() -> None:
    row = {"id": "c7", "created_at": ROW["created_at"]}
    assert value("SUM(orders.amount)", row) == 0
    assert value("COUNT(orders)", row) == 0
    assert value("MAX(orders.amount)", row) is None
    assert value("LAST(activities.at, created_at)", row) == ROW["created_at"]
    assert value("orders is empty", row) is True


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">="])
def test_an_empty_value_is_neither_smaller_nor_larger(sign: str) -> None:
    assert value(f"amount {sign} 5", EMPTY_ROW) is False
    assert value(f"not (amount {sign} 5)", EMPTY_ROW) is True
    assert value(f"amount {sign} paid", EMPTY_ROW) is False
    assert value(f"5 {sign} amount", EMPTY_ROW) is False


def test_empty_equals_empty_and_nothing_else() -> None:
    assert value("amount = paid", EMPTY_ROW) is True
    assert value("amount = 5", EMPTY_ROW) is False
    assert value("amount <> 5", EMPTY_ROW) is True
    assert value('name = ""', EMPTY_ROW) is True
    assert value("name = city", {"name": "", "city": None}) is True
    assert value("name is empty", {"name": ""}) is True
    assert value("tags is empty", {"tags": []}) is True
    assert value("amount = empty", EMPTY_ROW) is True


def test_an_empty_text_that_a_function_gives_is_empty() -> None:
    assert value('name = DIGITS("a")', {"name": None}) is True
    assert value('name <> DIGITS("a")', {"name": None}) is False
    assert value('name = DIGITS("a")', {"name": "b"}) is False


def test_arithmetic_with_an_empty_value_is_empty() -> None:
    for text in (
        "amount + 1",
        "1 - amount",
        "amount * 2",
        "2 / visits",
        "due + 7 days",
        "-amount",
        "ROUND(amount)",
    ):
        assert value(text, EMPTY_ROW) is None


def test_a_yes_no_formula_of_an_empty_field_is_no_where_a_condition_is_wanted() -> None:
    assert value("active", expects="yes_no") is False
    assert value("active") is None
    assert value("not active") is True


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ('class = "高价值客户"', True),
        ('class = "vip"', True),
        ("客户分类＝「高价值客户」 且 金额 ＞ １００００", True),
        ('class in ("regular", "high")', True),
        ('class not in ("regular", "high")', False),
        ('class in ("regular", empty)', False),
        ('"a" in tags', True),
        ('CONTAINS(tags, "c")', False),
        ('CONTAINS(name, "ACME")', True),
        ('STARTS(name, "acme")', True),
        ('CONTAINS(city, "x")', False),
        ("due in period", True),
        ("seen in period", True),
        ("due in 本期", True),
        ("city 为空", True),
        ("name 不为空", True),
        ("name = 'Acme 客户'", True),
        ("name = “Acme 客户”", True),
        ("owner = CURRENT_USER()", True),
        ("deputy = CURRENT_USER()", False),
        ("vip = true and active <> 否", True),
        ("AND(vip, OR(false, visits >= 7))", True),
        ("NOT(vip)", False),
        ("not vip or not active", True),
        ('due > "2026-03-01"', True),
        ('due = "2026/3/5"', True),
        ("amount ≥ 1 and amount ≠ 2", True),
        ("amount == 20000.5 and amount != 2", True),
        ("discount >= 20%", True),
        ("discount <= 1", True),
    ],
)
def test_a_condition_gives(text: str, result: Any) -> None:
    assert value(text, expects="yes_no") is result


def test_a_date_and_a_time_meet_as_days_where_the_workspace_is() -> None:
    assert (
        value("seen = DATE(2026, 3, 1)") is True
    )  # 17:00 in London, one o'clock on the first of March in Shanghai
    assert value("seen > DATE(2026, 3, 1)") is False
    assert value("seen <= DATE(2026, 3, 1)") is True
    assert value("NOW()", expects="date") == date(2026, 3, 2)
    assert value("TODAY()", expects="datetime") == datetime(2026, 3, 1, 16, tzinfo=UTC)


def test_a_formula_knows_what_it_uses_and_where_it_can_run() -> None:
    formula = compile_formula(
        'class = "VIP" and 负责人.name <> "x" and COUNT(orders, 状态 = "完成") > 1', SCOPE
    )
    assert formula.uses == {("class",), ("owner", "name"), ("orders",), ("orders", "status")}
    assert (1, 5, ("class",)) in formula.names
    assert (19, 3, ("owner",)) in formula.names
    assert (23, 4, ("owner", "name")) in formula.names
    assert {(path, option) for _, _, path, option in formula.options} == {
        (("class",), "high"),
        (("orders", "status"), "done"),
    }
    assert not formula.local
    assert compile_formula("amount > limit and name is empty", SCOPE).local
    assert not compile_formula("spent > 1", SCOPE).local
    assert compile_formula("due < TODAY()", SCOPE).volatile
    assert not compile_formula("amount > 1", SCOPE).volatile


def test_formulas_are_equal_by_text_and_scope() -> None:
    assert compile_formula("amount > 1", SCOPE) == compile_formula("amount > 1", SCOPE)
    assert compile_formula("amount > 1", SCOPE) != compile_formula("amount > 2", SCOPE)
    assert len({compile_formula("amount > 1", SCOPE), compile_formula("amount > 1", SCOPE)}) == 1
