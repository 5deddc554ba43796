"""The general template's sample data keeps its promises, so that the one write path takes every row."""

import csv
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

import kehu
from kehu.core.catalog.building import build
from kehu.core.catalog.catalog import Catalog

GENERAL = Path(kehu.__file__).parent / "templates" / "general"
DATA = GENERAL / "data"
ENTITIES = (
    "user", "product", "customer", "contact", "deal", "activity", "order", "delivery", "payment", "ticket",
    "improvement",
)  # fmt: skip
MOMENT = re.compile(r"([+-]?\d+)d(?: (\d\d):(\d\d))?")
CHINESE = re.compile("[\u4e00-\u9fff]")
STAGES = {"deal": "stage", "order": "status", "ticket": "status"}


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    path = DATA / f"{name}.csv"
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def minutes(text: str) -> int:
    """Minutes from the start of today; a day without a time is its start."""
    found = MOMENT.fullmatch(text)
    assert found, text
    return int(found[1]) * 1440 + int(found[2] or 0) * 60 + int(found[3] or 0)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    built = build(GENERAL)
    assert built.catalog is not None
    return built.catalog


@pytest.fixture(scope="module")
def entered() -> dict[tuple[str, str], int]:
    """When each record was entered."""
    return {(entity, row["id"]): minutes(row["created_at"]) for entity in ENTITIES for row in table(entity)}


def test_every_file_belongs_to_an_entity() -> None:
    names = {path.name.removesuffix(".csv").removesuffix(".changes") for path in DATA.glob("*.csv")}
    assert names == {*ENTITIES, "en"}


@pytest.mark.parametrize("entity", ENTITIES)
def test_ids_are_given_once_and_changes_are_of_records_that_exist(
    entity: str, entered: dict[tuple[str, str], int]
) -> None:
    ids = [row["id"] for row in table(entity)]
    assert len(ids) == len(set(ids))
    for row in table(f"{entity}.changes"):
        assert minutes(row["at"]) > entered[entity, row["id"]]


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_cell_fits_its_field(
    entity: str, catalog: Catalog, entered: dict[tuple[str, str], int]
) -> None:
    fields = catalog.entities[entity].fields
    for row in (*table(entity), *table(f"{entity}.changes")):
        moment = minutes(row.get("created_at") or row["at"])
        assert moment < 0, "nothing happens later than yesterday"
        for column, cell in row.items():
            if not cell or column in ("id", "created_at", "at"):
                continue
            field = fields[column]
            if field.type in ("date", "datetime"):
                minutes(cell)
            elif field.type in ("link", "user"):
                target = getattr(field, "to", "user")
                assert entered[target, cell] <= moment, (row, column)
            else:
                field.coerce(cell)


@pytest.mark.parametrize("entity", STAGES)
def test_every_move_is_allowed_and_passes_its_gates(entity: str, catalog: Catalog) -> None:
    flow = next(flow for flow in catalog.flows.values() if flow.entity == entity)
    column = STAGES[entity]
    records = {row["id"]: dict(row) for row in table(entity)}
    allowed = {(start, end) for move in flow.moves or () for start in move.from_ for end in move.to}
    for change in sorted(table(f"{entity}.changes"), key=lambda row: minutes(row["at"])):
        record = records[change["id"]]
        before = record[column]
        record.update({name: cell for name, cell in change.items() if cell})
        after = record[column]
        assert (before, after) in allowed, change
        for gate in flow.gates:
            if after not in gate.to or gate.when is not None:
                continue
            # The address of an order is the customer's where the row gives none.
            missing = [name for name in gate.require if not record.get(name) and name != "address"]
            assert not missing, (gate.gate, change)


def test_shipped_orders_have_an_address() -> None:
    addresses = {row["id"]: row["address"] for row in table("customer")}
    assert all(addresses[row["customer"]] for row in table("order"))


def test_big_discounts_are_explained() -> None:
    rows = [row for row in table("deal.changes") if row["discount"]]
    assert rows
    assert all(row["discount_reason"] for row in rows if float(row["discount"].rstrip("%")) > 20)


def test_a_deal_has_at_most_one_order_and_it_comes_after_the_deal_was_won() -> None:
    won = {row["id"]: minutes(row["at"]) for row in table("deal.changes") if row["stage"] == "won"}
    orders = [row for row in table("order") if row["deal"]]
    assert {row["deal"] for row in orders} == set(won)
    assert len(orders) == len(won)
    assert all(minutes(row["ordered_at"]) >= won[row["deal"]] for row in orders)


def test_all_chinese_has_its_english() -> None:
    english = {row["zh"]: row["en"] for row in table("en")}
    cells = {
        cell
        for entity in ENTITIES
        for row in (*table(entity), *table(f"{entity}.changes"))
        for cell in row.values()
        if CHINESE.search(cell)
    }
    assert cells == set(english)
    assert not [text for text in english.values() if CHINESE.search(text)]


def test_high_value_customers_are_documented() -> None:
    high = [row for row in table("customer") if row["class"] == "high"]
    assert len(high) >= 20
    assert all(row["needs"] and row["owner"] for row in high)


def test_nobody_real_can_be_reached() -> None:
    for entity in ("user", "customer", "contact"):
        for row in table(entity):
            assert row["email"].endswith(("@example.com", "@example.cn"))
            assert "5550" in row["phone"] or row["phone"].startswith(("1380000", "1390000"))


def _year(text: str) -> bool:
    return bool(text) and minutes(text) >= -365 * 1440


def test_the_year_is_believable_beside_the_targets() -> None:
    customers = table("customer")
    assert len(customers) >= 200
    cancelled = {row["id"] for row in table("order.changes") if row["status"] == "cancelled"}
    orders = [
        row for row in table("order")
        if _year(row["ordered_at"]) and row["id"] not in cancelled and row["status"] != "draft"
    ]  # fmt: skip
    sales = sum(float(row["amount"]) for row in orders)
    assert 800_000 <= sales <= 1_100_000
    assert 4_500 <= sales / len({row["customer"] for row in orders}) <= 5_700

    deals = {row["id"]: row["customer"] for row in table("deal")}
    first: dict[str, int] = defaultdict(lambda: 0)
    for row in (*table("deal"), *table("deal.changes")):
        if row["won_at"]:
            customer = deals[row["id"]]
            first[customer] = min(first[customer], minutes(row["won_at"]))
    leads = [row for row in customers if _year(row["created_at"])]
    assert 0.17 <= sum(row["id"] in first for row in leads) / len(leads) <= 0.25
    assert 30 <= sum(moment >= -365 * 1440 for moment in first.values()) <= 55


def _satisfied(earliest: int, latest: int) -> float:
    scores = [
        int(row["satisfaction"]) for row in table("ticket.changes")
        if row["satisfaction"] and earliest <= minutes(row["at"]) // -1440 < latest
    ]  # fmt: skip
    return sum(score >= 4 for score in scores) / len(scores)


def _handling(earliest: int, latest: int) -> float:
    delivered = {row["id"]: row["delivered_at"] for row in table("order.changes") if row["delivered_at"]}
    days = []
    for row in table("order"):
        end = row["delivered_at"] or delivered.get(row["id"])
        if end and earliest <= minutes(end) // -1440 < latest:
            days.append(minutes(end) // 1440 - minutes(row["ordered_at"]) // 1440)
    return sum(days) / len(days)


def test_service_grows_better_and_orders_quicker() -> None:
    assert _satisfied(365, 560) < 0.8 < 0.88 < _satisfied(1, 100)
    assert _handling(470, 560) > 4.2 > 2.5 > _handling(1, 92)
