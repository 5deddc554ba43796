from typing import Any

import pytest

from kehu.core.formula import budget, compile_formula
from kehu.core.problems import Language

from .world import ENV, ROW, SCOPE


def told(text: str, language: Language = "zh", row: dict[str, Any] = ROW) -> tuple[str, ...]:
    return compile_formula(text, SCOPE).explain(row, ENV).in_words(language)


def test_each_comparison_says_the_value_it_looked_at() -> None:
    assert told('class = "VIP" and amount > 5万') == (
        "✗ 以下各项都要成立",
        "  ✓ 客户分类（高价值客户） = 高价值客户",
        "  ✗ 金额（20,000.50） > 50,000",
    )
    assert told("amount > 50000 or city is empty", "en") == (
        "✓ one of these must hold",
        "  ✗ Amount (20,000.50) > 50,000",
        "  ✓ 城市 (empty) is empty",
    )


def test_a_total_says_how_many_records_it_looked_at() -> None:
    lines = told('SUM(orders.amount, status <> "cancelled") >= 100')
    assert lines[0].startswith("✓ 求和(")
    assert "2 条记录" in lines[1]


def test_only_the_branch_that_was_taken_is_followed() -> None:
    lines = told('IF(vip, IF(amount > 1, "A", "B"), name)')
    assert lines[0].endswith("= A")
    assert not any("客户名称" in line for line in lines)


def test_the_explanation_says_the_same_as_the_evaluation() -> None:
    for text in (
        "amount > 1 and not vip",
        "due - TODAY() < 7 days",
        "owner.manager.name",
        "COUNT(orders) + 1",
    ):
        formula = compile_formula(text, SCOPE)
        assert formula.explain(ROW, ENV).value == formula.evaluate(ROW, ENV)
        assert formula.explain({}, ENV).value == formula.evaluate({}, ENV)


def test_too_many_records_are_said_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_RECORDS", 2)
    assert told("SUM(orders.amount) > 1", "en") == ("too many records to look at: there is no result",)
