"""A small sales world for the formula tests: customers with owners, orders and activities."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from kehu.core.formula import EntityShape, Env, FieldShape, Scope, system_fields
from kehu.core.problems import Label

CLASSES = {
    "high": "high",
    "高价值客户": "high",
    "VIP": "high",
    "potential": "potential",
    "regular": "regular",
    "一般客户": "regular",
}
STATUSES = {"open": "open", "done": "done", "完成": "done", "cancelled": "cancelled"}


def entity(name: str, labels: tuple[str, ...], *fields: FieldShape) -> EntityShape:
    return EntityShape(name, labels, {**system_fields(name), **{each.name: each for each in fields}})


CUSTOMER = entity(
    "customer",
    ("客户", "Customer"),
    FieldShape("name", "text", ("客户名称", "Name")),
    FieldShape("city", "text", ("城市",)),
    FieldShape(
        "class", "choice", ("客户分类", "Class"), options=CLASSES,
        label=Label("客户分类", "Class"), option_labels={"high": Label("高价值客户", "High value")},
    ),
    FieldShape("owner", "record", ("负责人", "Owner"), link="user"),
    FieldShape("deputy", "record", ("代理人",), link="user"),
    FieldShape("amount", "money", ("金额", "Amount"), label=Label("金额", "Amount")),
    FieldShape("paid", "money", ("已付",)),
    FieldShape("weight", "number", ("重量",)),
    FieldShape("discount", "percent", ("折扣", "Discount")),
    FieldShape("visits", "number", ("拜访次数", "Number of visits")),
    FieldShape("due", "date", ("到期日",)),
    FieldShape("since", "date", ("开始日",)),
    FieldShape("seen", "datetime", ("最近联系",)),
    FieldShape("tags", "list", ("标签",)),
    FieldShape("vip", "yes_no", ("会员",)),
    FieldShape("active", "yes_no", ("有效",)),
    FieldShape("spent", "money", ("累计成交",), stored=False),
    FieldShape("orders", "records", ("订单",), many=("order", "customer"), stored=False),
    FieldShape("activities", "records", ("跟进",), many=("activity", "customer"), stored=False),
    FieldShape("phone_home", "text", ("电话",)),
    FieldShape("phone_work", "text", ("电话",)),
)  # fmt: skip
ORDER = entity(
    "order",
    ("订单", "Order"),
    FieldShape("customer", "record", ("客户",), link="customer"),
    FieldShape("amount", "money", ("金额",)),
    FieldShape("status", "choice", ("状态",), options=STATUSES),
    FieldShape("paid", "yes_no", ("已付",)),
    FieldShape("lines", "records", ("明细",), many=("line", "order"), stored=False),
)
LINE = entity("line", ("明细",), FieldShape("quantity", "number", ("数量",)))
ACTIVITY = entity(
    "activity",
    ("跟进", "Activity"),
    FieldShape("kind", "choice", ("方式",), options={"visit": "visit", "call": "call"}),
    FieldShape("at", "datetime", ("时间",)),
)
USER = entity(
    "user",
    ("用户", "User"),
    FieldShape("name", "text", ("姓名", "Name")),
    FieldShape("manager", "record", ("上级",), link="user"),
)
SHAPES = {each.name: each for each in (CUSTOMER, ORDER, LINE, ACTIVITY, USER)}
SCOPE = Scope(CUSTOMER, SHAPES, {"new_order": "order", "limit": "number"})

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)  # in Shanghai it is the second of March, four in the morning
RECORDS: dict[tuple[str, str], dict[str, Any]] = {
    ("user", "u1"): {"id": "u1", "name": "Li", "manager": "u2"},
    ("user", "u2"): {"id": "u2", "name": "Wang", "manager": None},
    ("order", "o9"): {"id": "o9", "amount": Decimal(99), "customer": "c1"},
    ("customer", "c1"): {"id": "c1", "name": "Acme"},
}
CHILDREN: dict[tuple[str, str, str], list[dict[str, Any]]] = {
    ("order", "customer", "c1"): [
        {"id": "o1", "amount": Decimal(100), "status": "done", "paid": True},
        {"id": "o2", "amount": Decimal(50), "status": "cancelled", "paid": None},
        {"id": "o3", "amount": None, "status": "open", "paid": False},
    ],
    ("line", "order", "o1"): [{"id": "l1", "quantity": Decimal(2)}, {"id": "l2", "quantity": Decimal(3)}],
    ("line", "order", "o2"): [{"id": "l3", "quantity": Decimal(4)}],
    ("activity", "customer", "c1"): [
        {"id": "a1", "kind": "visit", "at": datetime(2026, 2, 20, tzinfo=UTC)},
        {"id": "a2", "kind": "call", "at": datetime(2026, 2, 10, tzinfo=UTC)},
    ],
}
ENV = Env.at(
    NOW, ZONE, "u1",
    fetch=lambda name, record: RECORDS.get((name, record)),
    children=lambda name, field, record: CHILDREN.get((name, field, record), []),
    variables={"new_order": "o9", "limit": Decimal(3)},
    period=(date(2026, 1, 1), date(2026, 4, 1)),
)  # fmt: skip
ROW: dict[str, Any] = {
    "id": "c1", "name": "Acme 客户", "city": None, "class": "high", "owner": "u1", "deputy": None,
    "amount": Decimal("20000.50"), "paid": Decimal(0), "weight": Decimal("1.5"), "discount": Decimal("0.2"),
    "visits": 7, "due": date(2026, 3, 5), "since": date(2025, 3, 5), "seen": datetime(2026, 2, 28, 17, tzinfo=UTC),
    "tags": ["a", "b"], "vip": True, "active": None, "created_at": datetime(2025, 1, 1, tzinfo=UTC),
}  # fmt: skip
