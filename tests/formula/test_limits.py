"""Nothing that somebody writes, and no amount of records, makes a formula run long, grow large or fail."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from kehu.core.formula import (
    EntityShape,
    Env,
    FieldShape,
    FormulaError,
    Scope,
    Worked,
    budget,
    compile_formula,
)

from .world import CUSTOMER, NOW, ORDER, ROW, SCOPE, ZONE

ENV = Env.at(NOW, ZONE)


def value(text: str, row: dict[str, Any] = ROW) -> Any:
    return compile_formula(text, SCOPE).evaluate(row, ENV)


@pytest.mark.parametrize(
    "text",
    [
        'REPT("ab", 50001)', 'REPLACE(REPT("a", 50000), "a", "bbb")', 'PAD("7", 100000) & "x"',
        'REPT(REPT("a", 1000), 1000)', "amount * 1" + "0" * 27 + " * 1" + "0" * 27 + " * 1" + "0" * 27,
        "POWER(9.99, 999)", "ROUND(1" + "0" * 20 + ", 25)", "1 / 0", "MOD(1, 0)", "DATE(0, 1, 1)",
        "due + 99999999 weeks", "NOW() - 999999 weeks * 9", "1 days * 99999999999", "CHOOSE(0.5, 1)",
    ],
)  # fmt: skip
def test_what_would_grow_out_of_bounds_is_empty(text: str) -> None:
    assert value(text) is None


def test_numbers_never_grow_as_long_as_books() -> None:
    squared = "visits"
    row = {**ROW, "visits": 2**62}
    for _ in range(6):
        squared = f"({squared}) * ({squared})"
        found = compile_formula(squared, SCOPE).evaluate(row, ENV)
        assert found is None or len(str(found)) < 100


def test_a_number_that_is_next_to_nothing_is_zero() -> None:
    tiny = " * ".join(["0.000000000000000000001"] * 4)
    assert value(tiny) == 0


def test_a_long_number_is_refused_where_it_stands() -> None:
    with pytest.raises(FormulaError) as error:
        compile_formula("amount > " + "9" * 29, SCOPE)
    (problem,) = error.value.problems
    assert (problem.code, problem.place and problem.place.column) == ("formula_number_too_long", 10)


def test_lengths_of_time_are_multiplied_exactly() -> None:
    assert value("1 days * 0.1") == timedelta(hours=2, minutes=24)
    assert value("1 minutes / 7") == timedelta(microseconds=8_571_429)
    assert value("0.1 * 3 days = 0.3 * 1 days") is True


class Endless(Sequence[Any]):
    """As many children as a hostile import could make, without making them."""

    def __init__(self, size: int) -> None:
        self.size = size

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, at: Any) -> Any:
        raise AssertionError("nobody looks at so many")


@pytest.mark.parametrize(
    ("text", "result"),
    [("SUM(orders.amount)", None), ("COUNT(orders, paid) > 0", False), ("LAST(orders.amount)", None),
     ("COUNT(orders, COUNT(lines, quantity > 1) > 1)", None)],
)  # fmt: skip
def test_a_total_of_too_many_records_is_empty_and_looks_at_none(text: str, result: Any) -> None:
    env = Env.at(NOW, ZONE, children=lambda *_: Endless(budget.MOST_RECORDS + 1))
    assert compile_formula(text, SCOPE).evaluate(ROW, env) is result


def test_totals_inside_totals_share_one_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_RECORDS", 100)
    looked: list[str] = []

    def children(entity: str, field: str, record: str) -> list[dict[str, Any]]:
        looked.append(entity)
        return [{"id": f"{record}.{n}", "quantity": Decimal(1)} for n in range(20)]

    env = Env.at(NOW, ZONE, children=children)
    formula = compile_formula("SUM(orders.lines.quantity)", SCOPE)
    assert formula.evaluate(ROW, env) is None
    assert len(looked) <= 6
    assert compile_formula("COUNT(orders)", SCOPE).evaluate(ROW, env) == 20, "the next evaluation begins anew"


def test_fields_that_double_each_other_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_RECORDS", 10_000)
    fields = {"n": FieldShape("n", "number")}
    for at in range(60):
        fields[f"f{at}"] = FieldShape(f"f{at}", "number", stored=False, worked=Worked())
    shape = EntityShape("thing", ("Thing",), fields)
    scope = Scope(shape, {"thing": shape})
    for at in range(60):
        below = f"f{at - 1}" if at else "n"
        formula = compile_formula(f"{below} + {below}", scope)
        worked = fields[f"f{at}"].worked
        assert worked is not None
        worked.value = formula.evaluate
    assert compile_formula("f5", scope).evaluate({"n": 1}, ENV) == 64
    assert compile_formula("f59 > 1", scope).evaluate({"n": 1}, ENV) is False


def test_a_chain_deeper_than_the_stack_is_empty() -> None:
    fields = {"n": FieldShape("n", "number")}
    for at in range(2000):
        fields[f"f{at}"] = FieldShape(f"f{at}", "number", stored=False, worked=Worked())
    shape = EntityShape("thing", ("Thing",), fields)
    scope = Scope(shape, {"thing": shape})
    for at in range(2000):
        worked = fields[f"f{at}"].worked
        assert worked is not None
        worked.value = compile_formula(f"f{at - 1} + 1" if at else "n", scope).evaluate
    assert compile_formula("f1999", scope).evaluate({"n": 1}, ENV) is None


def test_the_weight_of_a_formula_counts_totals_many_times() -> None:
    def weight(text: str) -> int:
        return compile_formula(text, SCOPE).weight(lambda field: (0, 0))[0]

    assert weight("amount > 1") < 5
    assert weight("COUNT(orders, amount > 1)") > 10 * weight("amount > 1")
    assert {CUSTOMER.name, ORDER.name} == {"customer", "order"}
