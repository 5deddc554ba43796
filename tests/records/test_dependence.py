"""Values that lean on values of other records are never stale: formulas over rollups over formulas, three entities deep."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehu.core.records.recomputing import computed_fields, recompute

FILES = {
    "entities/customer.yaml": """
        entity: customer
        label: 客户
        fields:
          name: {type: text, label: 名称}
          rate: {type: percent, label: 折扣, default: 10%}
          spent: {type: rollup, label: 累计, sum: order.net}
          best: {type: rollup, label: 最大, max: order.net}
          large: {type: rollup, label: 大单, count: order, where: net > 100}
          average: {type: rollup, label: 平均, average: order.net}
          tier: {type: formula, label: 等级, formula: 'IFS(spent > 500, "A", spent > 100, "B", "C")'}
          share: {type: formula, label: 占比, formula: 'IF(spent > 0, SHARE(best, spent), 0%)'}
          bonus: {type: formula, label: 奖励, formula: spent * rate + large}
    """,
    "entities/order.yaml": """
        entity: order
        label: 订单
        fields:
          customer: {type: link, to: customer, label: 客户, on_delete: take_along}
          off: {type: money, label: 减免, default: 0}
          gross: {type: rollup, label: 总额, sum: line.worth}
          lines: {type: rollup, label: 行数, count: line}
          net: {type: formula, label: 净额, formula: 'gross - COALESCE(off, 0)'}
    """,
    "entities/line.yaml": """
        entity: line
        label: 明细
        fields:
          order: {type: link, to: order, label: 订单, on_delete: take_along}
          price: {type: money, label: 单价}
          quantity: {type: integer, label: 数量}
          worth: {type: formula, label: 小计, formula: price * quantity}
    """,
}


@pytest.fixture(scope="module", params=["tinydb", "sqlite"])
def shop(request: pytest.FixtureRequest, make_once: Any) -> Any:
    return make_once(FILES, store=None if request.param == "tinydb" else "sqlite")


def test_one_line_moves_its_order_and_its_customer_at_once(shop: Any) -> None:
    customer = shop.create("customer", {"name": "Acme"})
    order = shop.create("order", {"customer": customer["id"]})
    line = shop.create("line", {"order": order["id"], "price": 200, "quantity": 3})
    found = shop.get("customer", customer["id"])
    assert (found["spent"], found["tier"], found["bonus"]) == (Decimal(600), "A", Decimal(61))
    shop.update("line", line["id"], {"quantity": 1})
    assert shop.get("customer", customer["id"])["tier"] == "B"
    shop.update("order", order["id"], {"off": 150})
    found = shop.get("customer", customer["id"])
    assert (found["spent"], found["tier"], found["large"]) == (Decimal(50), "C", 0)
    shop.delete("order", order["id"])
    assert shop.get("customer", customer["id"])["spent"] == 0


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["line", "line", "change", "move", "off", "order", "reassign", "delete", "drop", "rate"]),
        st.integers(0, 5), st.integers(0, 5), st.integers(-3, 120),
    ),
    min_size=3, max_size=14,
)  # fmt: skip


def step(shop: Any, what: str, one: int, two: int, amount: int) -> None:
    """One change, of whichever records there are."""
    customers, orders, lines = (shop.all(entity) for entity in ("customer", "order", "line"))
    customer = customers[one % len(customers)]["id"]
    order = orders[two % len(orders)]["id"] if orders else None
    line = lines[one % len(lines)]["id"] if lines else None
    match what:
        case "order":
            shop.create("order", {"customer": customer, "off": amount})
        case "rate":
            shop.update("customer", customer, {"rate": f"{abs(amount)}%"})
        case "line" if order:
            shop.create("line", {"order": order, "price": amount, "quantity": one})
        case "off" if order:
            shop.update("order", order, {"off": amount if amount > 0 else None})
        case "reassign" if order:
            shop.update("order", order, {"customer": customer if amount > 0 else None})
        case "drop" if order and amount > 90:
            shop.delete("order", order)
        case "change" if line:
            shop.update("line", line, {"quantity": two, "price": amount if amount > 0 else None})
        case "move" if line and order:
            shop.update("line", line, {"order": order})
        case "delete" if line:
            shop.delete("line", line)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_after_any_changes_working_all_out_anew_finds_nothing_to_mend(shop: Any, steps: list[Any]) -> None:
    while len(shop.all("customer")) < 2:
        shop.create("customer", {"name": "c"})
    for each in steps:
        step(shop, *each)
    records = shop.app.now.records
    assert recompute(records, shop.context(), set(computed_fields(records.catalog))) == 0
