"""The function table: every row has what the reference tells, and its example gives what it says."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kehu.core.formula import (
    EntityShape,
    Env,
    FieldShape,
    Formula,
    Function,
    Scope,
    bundled,
    compile_formula,
    system_fields,
)

from .world import NOW, ZONE, entity

STAGES = {name: name for name in ("lead", "contact", "won")}
CUSTOMER = entity(
    "customer", ("客户", "Customer"),
    FieldShape("stage", "choice", ("阶段", "Stage"), options=STAGES),
    FieldShape("tags", "list", ("标签", "Tags")),
    FieldShape("owner", "record", ("负责人", "Owner"), link="user"),
    FieldShape("orders", "records", ("订单", "Orders"), many=("order", "customer"), stored=False),
)  # fmt: skip
ORDER = entity(
    "order", ("订单", "Order"),
    FieldShape("number", "text", ("单号", "Number")),
    FieldShape("amount", "money", ("金额", "Amount")),
    FieldShape("status", "choice", ("状态", "Status"), options={each: each for each in ("done", "open", "cancelled")}),
)  # fmt: skip
USER = EntityShape("user", ("用户", "User"), system_fields("user"))
SCOPE = Scope(CUSTOMER, {"customer": CUSTOMER, "order": ORDER, "user": USER})
ORDERS = [
    {"id": "o1", "number": "A1", "amount": Decimal(100), "status": "done"},
    {"id": "o2", "number": "A2", "amount": Decimal(200), "status": "open"},
    {"id": "o3", "number": "A3", "amount": Decimal(60), "status": "cancelled"},
]
ENV = Env.at(NOW, ZONE, "u1", children=lambda *_: ORDERS)
ROW: dict[str, Any] = {"id": "c1", "stage": "contact", "tags": ["new", "fair"], "owner": "u1"}
TABLE = bundled()
ROWS = tuple(TABLE.functions.values())


def said(formula: Formula, row: dict[str, Any] = ROW, env: Env = ENV) -> str:
    value = formula.evaluate(row, env)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def value(text: str, row: dict[str, Any] = ROW) -> Any:
    return compile_formula(text, SCOPE).evaluate(row, ENV)


@pytest.mark.parametrize("function", ROWS, ids=lambda function: function.name)
def test_every_example_gives_what_is_told(function: Function) -> None:
    text, _, result = function.example.partition(" → ")
    assert function.name in text
    assert result, "an example says what it gives"
    assert said(compile_formula(text, SCOPE)) == result


@pytest.mark.parametrize("function", ROWS, ids=lambda function: function.name)
def test_every_function_goes_by_its_chinese_name(function: Function) -> None:
    text, _, result = function.example.partition(" → ")
    chinese = text.replace(f"{function.name}(", f"{function.zh}（", 1)
    assert said(compile_formula(chinese, SCOPE)) == result
    assert function.about is not None
    assert function.about.zh
    assert function.about.en


def test_no_name_means_two_functions() -> None:
    names = Counter(name.casefold() for each in ROWS for name in (each.name, each.zh, *each.also))
    assert {name for name, count in names.items() if count > 1} == set()
    assert len(ROWS) >= 80


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("IFS(stage = \"won\", 1)", None),
        ("CHOOSE(4, \"a\", \"b\")", None),
        ("BETWEEN(DATE(2026, 3, 1), DATE(2026, 3, 1), TODAY())", True),
        ("BETWEEN(empty, 1, 2)", False),
        ("POSITION(stage) >= 2", True),
        ("REACHED(stage, \"won\")", False),
        ("XOR(true, true)", False),
        ("EVERY(orders, amount > 1)", True),
        ("HAS(orders)", True),
        ("COUNT_UNIQUE(orders.status)", Decimal(3)),
        ("MEDIAN(orders.amount, status <> \"done\")", Decimal(130)),
        ("JOIN(tags, \" + \")", "new + fair"),
        ("JOIN(orders.amount, \", \", amount > 60)", "100, 200"),
        ("FLOOR(-1, 5)", Decimal(-5)),
        ("CEILING(-1, 5)", Decimal(0)),
        ("CEILING(1, 0)", None),
        ("MOD(-7, 3)", Decimal(2)),
        ("MOD(7, -3)", Decimal(-2)),
        ("MOD(7, 0)", None),
        ("SQRT(0 - 1)", None),
        ("POWER(0, -1)", None),
        ("POWER(10, 60)", None),
        ("SHARE(1, 0)", None),
        ("MID(\"Kehu\", 0, 2)", "Ke"),
        ("MID(\"Kehu\", 9)", ""),
        ("FIND(\"x\", \"Kehu\")", None),
        ("MASK(\"1234567\")", "*******"),
        ("VALUE(\"12%\")", Decimal("0.12")),
        ("VALUE(\"twelve\")", None),
        ("TO_DATE(\"yesterday\")", None),
        ("MONTHS(DATE(2026, 3, 14), DATE(2026, 1, 15))", Decimal(-1)),
        ("YEARS(DATE(2026, 3, 1), DATE(2024, 3, 2))", Decimal(-1)),
        ("WORKDAYS(DATE(2026, 3, 8), DATE(2026, 3, 2))", Decimal(-5)),
        ("WORKDAYS(DATE(1, 1, 1), DATE(9999, 12, 31))", None),
        ("ADD_WORKDAYS(DATE(2026, 3, 9), -1)", date(2026, 3, 6)),
        ("ADD_DAYS(TODAY(), 9999999999)", None),
        ("MONTH_END(DATE(9999, 12, 1))", date(9999, 12, 31)),
        ("WEEK_START(DATE(1, 1, 1))", date(1, 1, 1)),
    ],
)  # fmt: skip
def test_functions_keep_their_word_at_the_edges(text: str, result: Any) -> None:
    assert value(text) == result


def test_a_calendar_decides_which_days_are_worked() -> None:
    env = Env.at(NOW, ZONE, workday=lambda day: day == date(2026, 3, 8))
    assert compile_formula("WORKDAYS(DATE(2026, 3, 2), DATE(2026, 3, 8))", SCOPE).evaluate(ROW, env) == 1
    assert compile_formula("ADD_WORKDAYS(TODAY(), 1)", SCOPE).evaluate(ROW, env) == date(2026, 3, 8)
    assert compile_formula("ADD_WORKDAYS(TODAY(), 2)", SCOPE).evaluate(ROW, env) is None


@pytest.mark.parametrize("function", [each for each in ROWS if each.form == "plain" and not each.takes_empty])
def test_what_gets_an_empty_value_gives_none(function: Function) -> None:
    if not function.parameters:
        return
    arguments = ", ".join("empty" for _ in range(function.least))
    formula = compile_formula(f"{function.name}({arguments})", SCOPE)
    assert formula.evaluate(ROW, ENV) in (None, False)
