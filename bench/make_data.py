"""Sample CSV files of any size, the same at every run: ``python bench/make_data.py 10000 FOLDER``.

Writes ``customers.csv`` (N rows), ``deals.csv`` and ``orders.csv`` (2 N each) and ``tickets.csv`` (N). Their columns
are what other systems export: their own ids, links by those ids, people by name, options in their words.
"""

import csv
import math
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

Row = dict[str, Any]

FIRST, LAST = datetime(2025, 1, 1), datetime(2026, 10, 31, 23, 59, 59)  # noqa: DTZ001  (files say no zone either)
SECONDS = int((LAST - FIRST).total_seconds())

INDUSTRIES = (
    "manufacturing",
    "technology",
    "finance",
    "healthcare",
    "education",
    "retail",
    "logistics",
    "energy",
)
TIERS = {"strategic": 5, "key": 15, "standard": 60, "trial": 20}
REGIONS = {
    "华东": 25,
    "华南": 20,
    "华北": 18,
    "华中": 10,
    "西南": 9,
    "西北": 5,
    "东北": 6,
    "港澳台": 4,
    "海外": 3,
}
STAGES = {"lead": 25, "qualified": 20, "proposal": 18, "negotiation": 12, "won": 15, "lost": 10}
PROBABILITIES = {"lead": 10, "qualified": 25, "proposal": 50, "negotiation": 75, "won": 100, "lost": 0}
ORDER_STATES = {"draft": 8, "confirmed": 17, "shipped": 20, "completed": 48, "cancelled": 7}
PRIORITIES = {"low": 25, "normal": 50, "high": 18, "urgent": 7}
TICKET_STATES = {"open": 15, "pending": 15, "resolved": 25, "closed": 45}
SCORES = {1: 4, 2: 6, 3: 15, 4: 40, 5: 35}
OWNERS = (
    *("王芳", "李伟", "张敏", "刘洋", "陈静", "杨磊", "赵丽", "黄勇", "周涛", "吴霞", "徐明", "孙悦"),
    *("Emma Clark", "James Wong", "Olivia Brown", "Daniel Kim", "Sofia Rossi", "Lucas Meyer"),
    *("Chloe Martin", "Noah Smith"),
)
CITIES = (
    "上海",
    "北京",
    "深圳",
    "广州",
    "杭州",
    "苏州",
    "南京",
    "成都",
    "重庆",
    "武汉",
    "西安",
    "青岛",
    "天津",
    "厦门",
)
SYLLABLES = (
    "华瑞恒盛远鸿博信达安泰嘉宏金银天地龙凤海江山星云联合中创新科智慧德诚明康益丰润源通利和兴顺捷锐卓越"
)
TRADES = (
    "科技",
    "电子",
    "机械",
    "医药",
    "教育",
    "物流",
    "能源",
    "贸易",
    "信息",
    "新材料",
    "食品",
    "环保",
    "软件",
)
FORMS = {"有限公司": 60, "股份有限公司": 18, "集团有限公司": 8, "（中国）有限公司": 4, "有限责任公司": 10}
ENGLISH = (
    (
        "Northwind",
        "Granite",
        "Silver Oak",
        "Horizon",
        "Summit",
        "Redwood",
        "Sterling",
        "Atlas",
        "Harbor",
        "Cobalt",
    ),
    (
        "Logistics",
        "Software",
        "Medical",
        "Foods",
        "Energy",
        "Robotics",
        "Textiles",
        "Materials",
        "Systems",
        "Labs",
    ),
    ("Inc.", "Ltd.", "LLC", "GmbH", "Pte. Ltd.", "Co., Ltd.", "Group", "Partners"),
)
MAILBOXES = ("info", "sales", "contact", "buyer", "office")
DOMAINS = ("example.com", "example.cn", "example.org", "corp.example", "mail.example")
PRODUCTS = (
    "ERP升级",
    "云平台订阅",
    "设备采购",
    "年度维保",
    "培训服务",
    "License renewal",
    "Pilot project",
    "Hardware refresh",
)
SUBJECTS = (
    "无法登录系统",
    "发票信息有误",
    "货物延迟送达",
    "申请退换货",
    "Password reset",
    "API returns 500",
    "Feature request",
)
NOTES = (
    "重点跟进客户，采购流程较长，需要总部审批。", "由展会获得的线索，对价格敏感。", "每季度回访一次。", "",
    'Asked for a demo in Q3; budget "not confirmed".', "Multi-site rollout planned, started with one branch.",
)  # fmt: skip


class Business:
    """Everything that is made up, from one seed."""

    def __init__(self, size: int, seed: int = 42) -> None:
        self.size = size
        self.random = random.Random(seed)
        self._first_order: dict[int, int] = {}

    def customers(self) -> Iterator[Row]:
        """The customers, with their owners by name."""
        for number in range(1, self.size + 1):
            yield {
                "id": number,
                "name": self._company(),
                "industry": self.random.choice(INDUSTRIES),
                "tier": self._one_of(TIERS),
                "region": self._one_of(REGIONS),
                "phone": self._phone(),
                "email": f"{self.random.choice(MAILBOXES)}{number}@{self.random.choice(DOMAINS)}",
                "owner": self.random.choice(OWNERS),
                "created_at": _text(self._moment()),
                "note": self.random.choice(NOTES),
            }

    def deals(self) -> Iterator[Row]:
        """Two deals for each customer on average."""
        for number in range(1, 2 * self.size + 1):
            stage, created = self._one_of(STAGES), self._moment()
            probability = PROBABILITIES[stage]
            if 0 < probability < 100:
                probability += self.random.randint(-5, 10)
            closing = min(LAST, created + timedelta(days=self.random.randint(7, 180)))
            yield {
                "id": number,
                "customer": self.random.randint(1, self.size),
                "title": f"{self.random.choice(PRODUCTS)} #{number}",
                "stage": stage,
                "amount": round(min(5_000_000, 1000 + self.random.lognormvariate(10.5, 1.2)), 2),
                "probability": probability,
                "expected_close": f"{closing:%Y-%m-%d}",
                "owner": self.random.choice(OWNERS),
                "created_at": _text(created),
            }

    def orders(self) -> Iterator[Row]:
        """Two orders for each customer on average, with their own numbers."""
        for number in range(1, 2 * self.size + 1):
            customer, ordered = self.random.randint(1, self.size), self._moment()
            self._first_order.setdefault(customer, number)
            yield {
                "id": number,
                "customer": customer,
                "number": f"SO{ordered:%Y%m}-{number:07d}",
                "amount": round(100 + self.random.lognormvariate(math.log(8100), 1.1), 2),
                "status": self._one_of(ORDER_STATES),
                "ordered_at": _text(ordered),
            }

    def tickets(self) -> Iterator[Row]:
        """A ticket for each customer on average; ask for the orders first, some tickets are about them."""
        for number in range(1, self.size + 1):
            customer, state, opened = (
                self.random.randint(1, self.size),
                self._one_of(TICKET_STATES),
                self._moment(),
            )
            solved = state in ("resolved", "closed")
            about = self._first_order.get(customer) if self.random.random() < 0.7 else None
            closed = min(LAST, opened + timedelta(hours=self.random.randint(1, 400)))
            yield {
                "id": number,
                "customer": customer,
                "order": about,
                "subject": f"{self.random.choice(SUBJECTS)} ({number})",
                "priority": self._one_of(PRIORITIES),
                "status": state,
                "opened_at": _text(opened),
                "closed_at": _text(closed) if solved else None,
                "satisfaction": self._one_of(SCORES) if solved and self.random.random() < 0.8 else None,
            }

    def _one_of(self, weights: dict[Any, int]) -> Any:
        return self.random.choices(list(weights), list(weights.values()))[0]

    def _moment(self) -> datetime:
        return FIRST + timedelta(seconds=self.random.randint(0, SECONDS))

    def _company(self) -> str:
        if self.random.random() < 0.28:
            return " ".join(self.random.choice(words) for words in ENGLISH)
        core = "".join(self.random.choices(SYLLABLES, k=self.random.choice([2, 2, 2, 3])))
        city = self.random.choice(CITIES) if self.random.random() < 0.8 else ""
        return f"{city}{core}{self.random.choice(TRADES)}{self._one_of(FORMS)}"

    def _phone(self) -> str:
        digits = "".join(self.random.choices("0123456789", k=9))
        if self.random.random() < 0.72:
            return f"1{self.random.choice('3456789')}{digits}"
        return f"+{self.random.choice(['1', '44', '49', '65', '33'])} {digits}"


def write(size: int, folder: Path) -> None:
    """Write the four files."""
    folder.mkdir(parents=True, exist_ok=True)
    business = Business(size)
    for name in ("customers", "deals", "orders", "tickets"):
        rows = list(getattr(business, name)())
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def _text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}"


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
