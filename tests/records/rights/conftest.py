"""A small sales house with roles: who sees what, on either kind of store."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from kehu.core.app import App, Runtime
from kehu.core.context import Context, Door

CUSTOMER = """
    entity: customer
    label: {zh: 客户, en: Customer}
    title: name
    fields:
      name: {type: text, label: {zh: 客户名称, en: Name}, required: true, max: 40}
      phone: {type: phone, label: {zh: 电话, en: Phone}}
      credit: {type: money, label: {zh: 授信额度, en: Credit limit}}
      secretword: {type: text, label: {zh: 暗语, en: Secret word}, search: true}
      class:
        type: choice
        label: {zh: 分类, en: Class}
        options: {high: {label: {zh: 高价值, en: High}}, regular: {label: {zh: 一般, en: Regular}}}
      risky: {type: formula, label: {zh: 高风险, en: Risky}, formula: credit > 100}
      owner: {type: user, label: {zh: 负责人, en: Owner}, default: =CURRENT_USER()}
      spent: {type: rollup, label: {zh: 累计, en: Spent}, sum: order.amount, via: customer}
      orders: {type: children, of: order.customer, label: {zh: 订单, en: Orders}}
    unique:
      - {fields: [name], message: {zh: 已有同名客户, en: A customer of this name exists}}
    rules:
      - rule: credit_is_small
        check: credit is empty or credit < 1000
        message: {zh: "授信 {{ credit }} 过高", en: "A credit of {{ credit }} is too high"}
"""
ORDER = """
    entity: order
    label: {zh: 订单, en: Order}
    title: number
    fields:
      number: {type: text, label: {zh: 编号, en: Number}}
      customer: {type: link, to: customer, label: {zh: 客户, en: Customer}}
      amount: {type: money, label: {zh: 金额, en: Amount}}
"""
SALES = """
    role: sales
    label: {zh: 销售, en: Sales}
    can:
      customer:
        read: own
        create: true
        change: own
        export: own
        hide: [credit, secretword]
        read_only: [class]
        mask: {phone: class = "high"}
"""
MANAGER = """
    role: manager
    label: {zh: 经理, en: Manager}
    can:
      customer: {read: team and below, create: true, change: team, delete: own, export: all, import: true}
      order: {read: "=customer.owner = CURRENT_USER()", create: true}
    plan: true
"""
READER = """
    role: reader
    label: {zh: 只读, en: Reader}
    can:
      customer: {read: all, hide: [credit], mask: [phone]}
      order: {read: all}
"""
FORM = """
    form: customer
    entity: customer
    use: [create, edit]
    sections:
      - label: {zh: 基本, en: Basics}
        fields:
          - name
          - {field: phone, show: credit is empty}
          - credit
          - class
          - secretword
"""
VIEWS = {
    "views/customers.yaml": """
        view: customers
        entity: customer
        kind: list
        columns: [name, phone, credit, owner]
        totals: {credit: sum}
    """,
    "views/risky.yaml": """
        view: risky
        entity: customer
        kind: list
        where: credit > 50
        columns: [name]
    """,
    "metrics/customers.yaml": """
        metric: customers
        label: {zh: 客户数, en: Customers}
        of: customer
        count: true
        by: [class, owner]
    """,
    "metrics/credits.yaml": """
        metric: credits
        label: {zh: 授信合计, en: Credits}
        of: customer
        sum: credit
    """,
    "dashboards/home.yaml": """
        dashboard: home
        label: {zh: 首页, en: Home}
        items:
          - {metric: customers}
          - {metric: credits}
    """,
}

HOUSE = {
    "entities/customer.yaml": CUSTOMER,
    "entities/order.yaml": ORDER,
    "roles/sales.yaml": SALES,
    "roles/manager.yaml": MANAGER,
    "roles/reader.yaml": READER,
    "forms/customer.yaml": FORM,
    **VIEWS,
}


@dataclass
class House:
    """The house, its people and its customers."""

    app: App
    ids: dict[str, str]

    def who(
        self, person: str, *roles: str, door: Door = "page", scopes: frozenset[str] | None = None
    ) -> Context:
        """A person of these roles, coming in now."""
        context = self.app.context(door, "en")
        return replace(context, actor=self.ids[person], roles=frozenset(roles), scopes=scopes)

    def seen(self, context: Context) -> Runtime:
        """What this person works with."""
        return self.app.now.seen_by(context)

    def names(self, context: Context, **asked: Any) -> list[str]:
        """The names of the customers that this person finds."""
        page = self.seen(context).records.find(context, "customer", limit=100, **asked)
        return sorted(row["name"] for row in page.rows)


@pytest.fixture(params=["tinydb", "sqlite"])
def house(request: pytest.FixtureRequest, make: Callable[..., Any]) -> House:
    """Ann and Ben sell in the north, Cat manages the north, Dan stands above, Eve sells in the south."""
    place = make(HOUSE, store=request.param)
    ids: dict[str, str] = {}

    def make_one(entity: str, key: str, **values: Any) -> None:
        ids[key] = place.create(entity, values)["id"]

    make_one("team", "all", name="All")
    make_one("team", "north", name="North", parent=ids["all"])
    make_one("team", "south", name="South", parent=ids["all"])
    for person, team in (
        ("ann", "north"),
        ("ben", "north"),
        ("cat", "north"),
        ("dan", "all"),
        ("eve", "south"),
    ):
        make_one("user", person, name=person.title(), team=ids[team], phone="13800000000")
    for name, owner, klass, credit in (
        ("Alpha", "ann", "high", 10), ("Beta", "ben", "regular", 200), ("Epsilon", "eve", "regular", 30),
        ("Delta", "ann", "regular", 60),
    ):  # fmt: skip
        make_one(
            "customer", name, name=name, owner=ids[owner], credit=credit, secretword=f"xyzzy{name}",
            phone="13912345678" if name == "Alpha" else "13700000000",
            **{"class": klass},
        )  # fmt: skip
        make_one("order", f"order{name}", number=f"N-{name}", customer=ids[name], amount=credit * 10)
    return House(place.app, ids)
