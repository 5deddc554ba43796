"""Filters, orders and cursors as addresses write them, for pages and the API alike."""

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kehu.core.app import App
from kehu.core.problems import Refused
from kehu.core.store.query import Sort
from kehu.core.web.cursors import read_cursor, write_cursor
from kehu.core.web.filters import condition_of, operators_of, read_filters, read_sort, sortable

TEMPLATE = Path(__file__).parents[2] / "templates" / "general"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("filters") / "acme"
    shutil.copytree(TEMPLATE, folder, ignore=shutil.ignore_patterns("data"))
    app = App(folder)
    records, context = app.now.records, app.context("api")
    for name in ("张敏", "王芳", "王芳"):
        records.create(context, "user", {"name": name})
    for number, (region, day) in enumerate(
        [("south", "2026-01-01"), ("north", "2026-02-01"), ("south", None)]
    ):
        values = {"name": f"客户{number}", "region": region, "first_contact_at": day, "owner": "张敏"}
        records.create(context, "customer", values | {"tags": ["老客户"] if number else None})
    yield app
    app.close()


def read(app: App, key: str, text: str, door: Any = "page") -> Any:
    (found,) = read_filters(app.now.records, app.context(door), "customer", [(key, text)])
    return found.operator, found.value


def names(app: App, *pairs: tuple[str, str]) -> list[str]:
    records, context = app.now.records, app.context("page")
    where = condition_of(records, "customer", read_filters(records, context, "customer", pairs))
    return [row["name"] for row in records.find(context, "customer", where, "", (Sort("name"),)).rows]


@pytest.mark.parametrize(
    ("key", "text", "meant"),
    [
        ("region", "south", ("is", "south")),
        ("region.is", "华南", ("is", "south")),
        ("region.in", "south, 华北", ("in", ["south", "north"])),
        (
            "first_contact_at.between",
            "2026-01-01,2026-02-01",
            ("between", [date(2026, 1, 1), date(2026, 2, 1)]),
        ),
        ("first_contact_at.gte", "2026年3月1日", ("gte", date(2026, 3, 1))),
        ("spent.lt", "1.5万", ("lt", Decimal("15000.00"))),
        ("spent.gte", "-1", ("gte", Decimal("-1.00"))),
        ("phone.empty", "", ("empty", None)),
        ("phone.empty", "1", ("empty", None)),
        ("phone.empty", "false", ("not_empty", None)),
        ("tags.contains", "老客户", ("contains", "老客户")),
        ("completeness.gte", "50", ("gte", Decimal("0.5000"))),
    ],
)
def test_a_filter_means_a_value_of_its_field(app: App, key: str, text: str, meant: Any) -> None:
    assert read(app, key, text) == meant


def test_programs_give_percents_as_their_json_does(app: App) -> None:
    assert read(app, "completeness.gte", "0.5", "api")[1] == Decimal("0.5")
    assert read(app, "completeness.gte", "50%", "api")[1] == Decimal("0.5")


def test_a_person_is_meant_by_name_id_or_me(app: App) -> None:
    (row,) = app.store.lookup("user", "name", "张敏")
    assert read(app, "owner", "张敏")[1] == row["id"]
    assert read(app, "owner", row["id"])[1] == row["id"]
    assert read(app, "owner", "me")[1] == app.owner
    with pytest.raises(Refused) as refused:
        read(app, "owner", "王芳")
    assert refused.value.problems[0].code == "link_is_ambiguous"


def test_all_filters_must_hold(app: App) -> None:
    assert names(app, ("region", "south")) == ["客户0", "客户2"]
    assert names(app, ("region", "south"), ("first_contact_at.lt", "2026-02-01")) == ["客户0"]
    assert names(app, ("tags.contains", "老客户"), ("region.is_not", "south")) == ["客户1"]
    assert names(app) == ["客户0", "客户1", "客户2"]


def test_a_day_of_a_moment_is_the_whole_day(app: App) -> None:
    today = app.context("page").today.isoformat()
    for pair in (("created_at", today), ("created_at.gte", today), ("created_at.lte", today)):
        assert len(names(app, pair)) == 3
    for pair in (("created_at.gt", today), ("created_at.lt", today), ("created_at.is_not", today)):
        assert names(app, pair) == []


def test_every_fault_is_told_at_its_filter(app: App) -> None:
    pairs = [("regoin", "x"), ("region.gt", "x"), ("contacts", "1"), ("region", ""), ("spent", "many")]
    with pytest.raises(Refused) as refused:
        read_filters(app.now.records, app.context("page"), "customer", pairs)
    assert [(p.code, p.field) for p in refused.value.problems] == [
        ("filter_unknown_field", "regoin"),
        ("filter_operator", "region.gt"),
        ("filter_not_possible", "contacts"),
        ("filter_needs_value", "region"),
        ("not_a_number", "spent"),
    ]
    assert refused.value.problems[0].instead == "region"


def test_what_can_be_asked_is_known(app: App) -> None:
    records = app.now.records
    assert "gte" in operators_of(records, "customer", "spent")
    assert operators_of(records, "customer", "contacts") == ()
    assert operators_of(records, "customer", "created_at")
    assert operators_of(records, "customer", "nothing") == ()


def test_orders_are_read_and_refused_by_name(app: App) -> None:
    records = app.now.records
    assert read_sort(records, "customer", "-spent, name,") == (Sort("spent", True), Sort("name"))
    assert read_sort(records, "customer", "") == ()
    assert not {"tags", "note", "contacts"} & set(sortable(records, "customer"))
    for text in ("nmae", "tags", "note", "a,b,c,d"):
        with pytest.raises(Refused) as refused:
            read_sort(records, "customer", text)
        assert refused.value.problems[0].field == "sort"


def test_a_cursor_gives_the_values_back_in_their_types(app: App) -> None:
    records, context = app.now.records, app.context("page")
    for column in sortable(records, "customer"):
        sort = (Sort(column, True),)
        for row in records.find(context, "customer", sort=sort).rows:
            values = read_cursor(records, "customer", sort, write_cursor(records, "customer", sort, row))
            assert values[0] == row[column]
            assert type(values[0]) is type(row[column])


@pytest.mark.parametrize(
    "text",
    ["x", "é", "AAAA", "W10", "eyJhIjoxfQ", "WyIiLFtdXQ", "WyIiLFsxXV0", "WyIiLFtudWxsXV0", "A" * 5000],
)
def test_what_is_no_cursor_is_refused(app: App, text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_cursor(app.now.records, "customer", (), text)
    assert refused.value.problems[0].field == "after"
