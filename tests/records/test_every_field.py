"""Every field type through the one write path, on every store: kept, read back, told in events, out and in again."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehu.core.problems import Refused, message
from kehu.core.records.exporting import columns_of, export_rows
from kehu.core.records.importing import import_sheet
from kehu.core.records.spreadsheets import read_sheet, write_csv, write_json_lines
from kehu.core.schema.fields.secret import MASK
from kehu.core.schema.registry import FieldTypes
from kehu.core.store.query import Query

EXAMPLE = Path(__file__).parents[2] / "docs/examples/every-field"
FILES = {f"entities/{path.name}": path.read_text("utf-8") for path in (EXAMPLE / "entities").glob("*.yaml")}

TYPED: dict[str, Any] = {
    "title": "样品一",
    "summary": "第一行\n第二行",
    "story": "# 标题\n\n- **一**\n- 二",
    "weight": "1,234.567",
    "pieces": "1.2万",
    "price": "¥1,234.50",
    "discount": "12.5%",
    "active": "是",
    "made_on": "2026年3月1日",
    "checked_at": "2026-03-01 14:00",
    "opens": "下午2点半",
    "effort": "1小时30分",
    "class": "定制",
    "uses": "Home、office",
    "keywords": '"红;绿", "say ""hi""", 新',
    "mail": "li@Example.com",
    "phone": "+86 138 0013 8000",
    "site": "example.com",
    "address": "上海市浦东新区\n张江路 88 号",
    "region": "上海 浦东新区",
    "point": "31.230416, 121.473701",
    "items": [
        {"说明": "轴承", "数量": "2", "unit_price": "¥1,000.50", "交期": "2026/4/1"},
        {"note": "螺丝", "unit_price": 0.5},
    ],
    "stars": "★★★★",
    "points": "85 分",
    "shade": "红色",
    "signed": "李雷",
    "details": '{"volts": 220}',
    "key": "hunter2",
}
KEPT: dict[str, Any] = {
    "weight": Decimal("1234.567"),
    "pieces": 12000,
    "price": Decimal("1234.50"),
    "discount": Decimal("0.125"),
    "active": True,
    "made_on": date(2026, 3, 1),
    "checked_at": datetime(2026, 3, 1, 6, tzinfo=UTC),
    "opens": "14:30",
    "effort": Decimal(90),
    "class": "special",
    "uses": ["home", "office"],
    "keywords": ["红;绿", 'say "hi"', "新"],
    "mail": "li@example.com",
    "site": "https://example.com",
    "address": "上海市浦东新区\n张江路 88 号",
    "region": "310115",
    "point": "31.230416,121.473701",
    "items": [
        {"note": "轴承", "quantity": 2, "unit_price": 1000.5, "amount": 2001, "due": "2026-04-01"},
        {"note": "螺丝", "quantity": 1, "unit_price": 0.5, "amount": 0.5},
    ],
    "items_total": Decimal("2001.50"),
    "large_items": 1,
    "net": Decimal("1080.19"),
    "stars": 4,
    "points": Decimal(85),
    "shade": "#ff0000",
    "signed": "李雷",
    "details": {"volts": 220},
    "key": "hunter2",
}


@pytest.fixture(params=["tinydb", "sqlite", "postgresql"])
def bench(request: pytest.FixtureRequest, make: Any) -> Iterator[Any]:
    """The workspace of the example, open on each kind of store, empty."""
    address = request.param if request.param != "postgresql" else request.getfixturevalue("database")
    workspace = make(FILES, store=address)
    yield workspace
    with workspace.app.now.records.unit(workspace.context("page")) as unit:
        for entity in ("sample", "part", "team"):
            for row in list(workspace.all(entity)):
                if unit.get(entity, row["id"]) is not None:
                    unit.delete(entity, row["id"])


def everything(bench: Any) -> dict[str, Any]:
    """What is typed, with links to records that are there."""
    bench.create("team", {"name": "一组"})
    parts = [
        bench.create("part", {"name": name, "price": price})
        for name, price in (("轴, 承", "5"), ("螺丝", "7"))
    ]
    first = bench.create("sample", {"title": "旧样品"})
    links = {
        "team": "一组",
        "replaces": "旧样品",
        "goes_with": [part["name"] for part in parts],
        "watchers": [],
    }
    return {**TYPED, **links, "made": [part["id"] for part in parts], "first": first["id"]}


def test_the_example_has_a_field_of_every_type() -> None:
    import yaml

    used = {field["type"] for field in yaml.safe_load(FILES["entities/sample.yaml"])["fields"].values()}
    assert used == set(FieldTypes.bundled()) - {"stage"}


def test_what_people_type_into_every_field_is_kept_and_read_back(bench: Any) -> None:
    values = everything(bench)
    made, first = values.pop("made"), values.pop("first")
    row = bench.create("sample", values)
    for stored in (row, bench.get("sample", row["id"])):
        for name, kept in KEPT.items():
            assert stored[name] == kept, name
        assert (stored["goes_with"], stored["replaces"], stored["watchers"]) == (made, first, None)


def test_a_secret_shows_in_no_event_and_no_export_and_dots_leave_it_as_it_is(bench: Any) -> None:
    row = bench.create("sample", {"title": "a", "key": "hunter2"})
    bench.update("sample", row["id"], {"key": "hunter3"})
    told = [event.changes.get("key") for event in bench.app.store.events("sample", row["id"])]
    assert told == [[MASK, MASK], [None, MASK]]
    bench.update("sample", row["id"], {"key": MASK, "title": "b"})
    assert bench.get("sample", row["id"])["key"] == "hunter3"
    records, context = bench.app.now.records, bench.context("page")
    assert all("hunter" not in json.dumps(each) for each in export_rows(records, context, "sample"))
    assert not bench.app.store.find(Query("sample", search="hunter3"))


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_every_type_survives_a_round_trip_through_a_file(bench: Any, form: str) -> None:
    values = everything(bench)
    del values["made"], values["first"]
    row = bench.create("sample", values)
    again(bench, row, form)


def again(bench: Any, row: Any, form: str) -> None:
    """Export all samples, take this one away, import the file: the same record is there again."""
    records, context = bench.app.now.records, bench.context("import")
    text = io.StringIO()
    rows = list(export_rows(records, context, "sample", in_cells=form == "csv"))
    columns = columns_of(records, "sample")
    if form == "csv":
        write_csv(columns, rows, text)
    else:
        write_json_lines(rows, text)
    bench.delete("sample", row["id"])
    sheet = read_sheet(f"samples.{form}", text.getvalue().encode("utf-8"))
    report = import_sheet(records, context, "sample", sheet)
    assert [message(p, "en") for refused in report.refused for p in refused.problems] == []
    found = next(
        each for each in bench.all("sample") if each["title"] == row["title"] and each["id"] != row["id"]
    )
    for name in {*TYPED, "goes_with", "team", "replaces"} - {"key"}:
        assert found[name] == row[name], name


WORDS = st.text("ab;,，、\"'= \n+-@红", min_size=1, max_size=8).map(str.strip).filter(bool)
SAMPLES = st.fixed_dictionaries(
    {},
    optional={
        "summary": WORDS,
        "story": WORDS,
        "weight": st.decimals("0", "99999", places=3),
        "pieces": st.integers(0, 10**9),
        "price": st.decimals("-99999", "99999", places=2),
        "discount": st.decimals("0", "1", places=4),
        "active": st.booleans(),
        "made_on": st.dates(date(1900, 1, 1), date(2100, 1, 1)),
        "effort": st.integers(0, 10**6),
        "uses": st.lists(st.sampled_from(["home", "office", "outdoor"]), min_size=1, unique=True),
        "keywords": st.lists(WORDS.map(lambda text: text.replace("\n", " ")), min_size=1, max_size=4),
        "address": WORDS,
        "region": st.sampled_from(["110000", "310115", "440300", "659001"]),
        "stars": st.integers(1, 5),
        "points": st.integers(0, 100),
        "details": st.fixed_dictionaries({"volts": st.floats(0, 400)}, optional={"a": st.lists(WORDS)}),
        "items": st.lists(
            st.fixed_dictionaries({"note": WORDS}, optional={"quantity": st.integers(1, 9), "due": st.dates()}),
            min_size=1, max_size=3,
        ),
    },
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=SAMPLES, form=st.sampled_from(["csv", "jsonl"]))
def test_any_values_survive_a_round_trip(example: Any, values: dict[str, Any], form: str) -> None:
    for row in list(example.all("sample")):
        example.delete("sample", row["id"])
    again(example, example.create("sample", {"title": "样", **values}), form)


@pytest.fixture
def example(make: Any) -> Any:
    """The workspace of the example on the embedded store."""
    return make(FILES)


def test_the_rows_of_a_table_are_refused_with_their_number_and_column(example: Any) -> None:
    with pytest.raises(Refused) as refused:
        example.create(
            "sample",
            {"title": "a", "items": [{"note": "一"}, {"note": "二", "quantity": "many"}, {"quantity": 2}]},
        )
    said = [message(problem, "zh") for problem in refused.value.problems]
    assert said == ["第 2 行“数量”：“many”不是数字", "第 3 行少了“说明”"]
    assert {problem.field for problem in refused.value.problems} == {"items"}
    with pytest.raises(Refused) as refused:
        example.create("sample", {"title": "a", "items": [{"note": "一", "quantity": 12}]})
    assert [message(p, "en") for p in refused.value.problems] == ["Row 1: Ten and more need a price"]


def test_a_row_may_link_by_title_and_what_it_links_to_cannot_be_deleted(example: Any) -> None:
    part = example.create("part", {"name": "轴承"})
    row = example.create("sample", {"title": "a", "items": [{"note": "一", "part": "轴承"}]})
    assert row["items"][0]["part"] == part["id"]
    with pytest.raises(Refused) as refused:
        example.delete("part", part["id"])
    assert refused.value.problems[0].code == "still_linked"
    with pytest.raises(Refused) as refused:
        example.create("sample", {"title": "b", "items": [{"note": "一", "part": "无"}]})
    assert "第 1 行“零件”" in message(refused.value.problems[0], "zh")


def test_a_deleted_record_leaves_the_lists_that_name_it(example: Any) -> None:
    first, second = (example.create("part", {"name": name}) for name in ("一", "二"))
    row = example.create("sample", {"title": "a", "goes_with": "一;二"})
    assert row["goes_with"] == [first["id"], second["id"]]
    example.delete("part", first["id"])
    assert example.get("sample", row["id"])["goes_with"] == [second["id"]]


def test_totals_follow_the_rows_of_a_table(example: Any) -> None:
    row = example.create("sample", {"title": "a", "items": [{"note": "一", "unit_price": 10}]})
    assert row["items_total"] == Decimal("10.00")
    example.update(
        "sample", row["id"], {"items": [*row["items"], {"note": "二", "quantity": 3, "unit_price": "5"}]}
    )
    now = example.get("sample", row["id"])
    assert (now["items_total"], now["large_items"]) == (Decimal("25.00"), 0)


def test_an_empty_cell_takes_what_its_column_s_formula_says(make: Any) -> None:
    text = FILES["entities/sample.yaml"].replace(
        "due: {type: date,", "due: {type: date, default: =TODAY() + 7 days,"
    )
    workspace = make({**FILES, "entities/sample.yaml": text})
    row = workspace.create(
        "sample", {"title": "a", "items": [{"note": "一"}, {"note": "二", "due": "2026-01-01"}]}
    )
    week = workspace.context().today + timedelta(days=7)
    assert [line["due"] for line in row["items"]] == [week.isoformat(), "2026-01-01"]


def test_who_makes_a_record_may_be_among_its_people_and_find_it_by_that(make: Any) -> None:
    watched = FILES["entities/sample.yaml"].replace(
        "{type: users,", "{type: users, default: =CURRENT_USER(),"
    )
    mine = "view: mine\nentity: sample\nwhere: CONTAINS(watchers, CURRENT_USER())\n"
    workspace = make({**FILES, "entities/sample.yaml": watched, "views/mine.yaml": mine})
    row = workspace.create("sample", {"title": "a"})
    workspace.create("sample", {"title": "b", "watchers": []})
    assert row["watchers"] == [workspace.context().actor]
    records, where = workspace.app.now.records, workspace.app.catalog.formulas["view", "mine", "where"]
    assert [each["title"] for each in records.find(workspace.context(), "sample", where).rows] == ["a"]


def test_days_may_be_given_in_words(example: Any) -> None:
    today = example.context("page").today
    assert example.create("sample", {"title": "a", "made_on": "今天"})["made_on"] == today
    assert (example.create("sample", {"title": "b", "made_on": "明天"})["made_on"] - today).days == 1
    assert example.create("sample", {"title": "c", "made_on": "三月一日"})["made_on"] == date(
        today.year, 3, 1
    )
