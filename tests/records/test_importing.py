"""Files of rows: read in any usual shape, every row accounted for, and what is exported imports to the same."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehu.core.problems import Refused
from kehu.core.records.exporting import columns_of, export_rows
from kehu.core.records.importing import CHUNK, ImportReport, import_sheet, match_columns
from kehu.core.records.spreadsheets import read_sheet, write_csv, write_json_lines

ENTITIES = {
    "entities/firm.yaml": """
        entity: firm
        label: {zh: 公司, en: Firm}
        fields:
          name: {type: text, label: {zh: 名称, en: Name}, required: true, max: 60, also: [企业名称]}
          note: {type: long_text, label: {zh: 备注, en: Note}}
          size: {type: number, decimals: 3, label: {zh: 规模, en: Size}}
          staff: {type: integer, label: {zh: 人数, en: Staff}, min: 0}
          worth: {type: money, label: {zh: 估值, en: Worth}}
          share: {type: percent, label: {zh: 份额, en: Share}}
          active: {type: yes_no, label: {zh: 活跃, en: Active}}
          since: {type: date, label: {zh: 成立, en: Since}}
          called: {type: datetime, label: {zh: 致电, en: Called}}
          kind: {type: choice, label: {zh: 类型, en: Kind}, options: {big: {label: {zh: 大, en: Big}}, small: {label: {zh: 小, en: Small}}}}
          kinds: {type: choices, label: {zh: 多类, en: Kinds}, options: {a: {label: A}, b: {label: B}}}
          owner: {type: user, label: {zh: 负责人, en: Owner}}
          parent: {type: link, to: firm, label: {zh: 上级, en: Parent}}
          number: {type: number_series, label: {zh: 编号, en: Number}, format: "F-{000}"}
          double: {type: formula, label: {zh: 双倍, en: Double}, formula: staff * 2}
        unique:
          - {fields: [name]}
    """
}


@pytest.fixture
def firms(make: Any) -> Any:
    return make(ENTITIES)


def bring(there: Any, content: bytes | str, name: str = "firm.csv", **more: Any) -> ImportReport:
    data = content.encode() if isinstance(content, str) else content
    report = import_sheet(
        there.app.now.records, there.context("import"), "firm", read_sheet(name, data), **more
    )
    assert report.read == report.created + report.changed + report.unchanged + len(report.refused)
    return report


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_files_are_read_as_spreadsheets_save_them(encoding: str, delimiter: str, ending: str) -> None:
    rows = [["名称", "备注"], ["北京某公司", f"一{delimiter}二"], ["乙", '说"好"']]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=ending).writerows(rows)
    sheet = read_sheet("x.csv", text.getvalue().encode(encoding))
    assert sheet.columns == ("名称", "备注")
    assert [list(row.values()) for _, row in sheet.rows] == rows[1:]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    sheet = read_sheet("x.csv", b'name,note\na,"one\ntwo"\n\nb,x\n')
    assert [line for line, _ in sheet.rows] == [2, 5]


def test_a_delimiter_inside_a_quoted_heading_does_not_count() -> None:
    assert read_sheet("x.csv", b'"a;b;c;d",e\n1,2\n').columns == ("a;b;c;d", "e")


def test_short_rows_are_filled_up_and_empty_cells_beyond_are_dropped() -> None:
    sheet = read_sheet("x.csv", b"a,b\n1\n1,2,,\n")
    assert [dict(row) for _, row in sheet.rows] == [{"a": "1"}, {"a": "1", "b": "2"}]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("x.csv", b"a,b\n1,2,3\n", "sheet_row_too_long"),
        ("x.csv", b"", "sheet_empty"),
        ("x.csv", b"\n\n", "sheet_empty"),
        ("x.csv", b'a,b\n"1,2\n', "sheet_broken"),
        ("x.csv", b'a,b\n"1"x,2\n', "sheet_broken"),
        ("x.csv", b"a,b\n1,\x00\n", "sheet_encoding"),
        ("x.csv", b"\xff\xfea", "sheet_encoding"),
        ("x.csv", b"\x81", "sheet_encoding"),
        ("x.csv", ",".join(f"c{n}" for n in range(501)).encode(), "sheet_too_wide"),
        ("x.xls", b"a", "sheet_unknown_format"),
        ("x", b"a", "sheet_unknown_format"),
        ("x.json", b"{", "sheet_broken"),
        ("x.json", b'{"a": 1}', "sheet_not_rows"),
        ("x.json", b"[1]", "sheet_not_rows"),
        ("x.json", b"[]", "sheet_empty"),
        ("x.json", b"[" * 100_000, "sheet_broken"),
        ("x.jsonl", b'{"a": 1}\n{"a"', "sheet_broken"),
        ("x.jsonl", b"[1]\n", "sheet_not_rows"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(name: str, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_sheet(name, content)
    assert [problem.code for problem in refusal.value.problems] == [code]


def test_columns_are_found_by_name_label_or_other_heading(firms: Any) -> None:
    plan = firms.app.now.records.plan("firm")
    found = match_columns(plan, ["企业名称", "WORTH", "规 模", "Double", "junk", "ID", "创建时间", "名称"])
    assert found.fields == {
        "企业名称": "name",
        "WORTH": "worth",
        "规 模": "size",
        "ID": "external_id",
        "创建时间": "created_at",
    }
    assert found.left_out == ("Double", "junk", "名称")
    assert match_columns(plan, ["junk"], {"junk": "note"}).fields == {"junk": "note"}
    with pytest.raises(Refused) as refusal:
        match_columns(plan, ["junk"], {"junk": "nte"})
    assert refusal.value.problems[0].code == "no_such_import_field"


def test_every_row_is_created_changed_unchanged_or_refused(firms: Any) -> None:
    first = bring(firms, "id,name,staff,worth\n1,A,5,\n2,B,-1,\n3,C,x,y\n4,,1,\n5,E,1,2\n1,A,6,\n,A,1,\n")
    assert (first.created, first.changed, len(first.refused)) == (2, 1, 4)
    assert [(row.line, [problem.field for problem in row.problems]) for row in first.refused] == [
        (3, ["staff"]),
        (4, ["staff", "worth"]),
        (5, ["name"]),
        (8, ["name"]),
    ]
    again = bring(firms, "id,name,staff\n1,A,6\n5,E,2\n6,F,3\n")
    assert (again.unchanged, again.changed, again.created) == (1, 1, 1)
    assert [row["number"] for row in firms.all("firm")] == ["F-001", "F-002", "F-003"]


def test_rows_of_json_are_taken_too(firms: Any) -> None:
    rows: list[Any] = [
        {"name": "A", "staff": 3, "active": True, "kinds": ["a", "b"]},
        {"name": "B", "note": "x\u2028y"},
    ]
    assert bring(firms, json.dumps(rows), "x.json").created == 2
    assert bring(firms, "\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "x.jsonl").read == 2
    assert firms.all("firm")[0]["kinds"] == ["a", "b"]


def test_people_who_are_not_there_are_added_with_the_rows_that_name_them(firms: Any) -> None:
    report = bring(firms, "name,owner,staff\nA,张三,1\nB,张三,2\nC,李四,x\nD,  ,1\nE,管理员,1\n")
    assert (report.created, report.people, len(report.refused)) == (4, ["张三"], 1)
    assert sorted(row["name"] for row in firms.all("user")) == ["张三", "管理员"]
    too_long = bring(firms, f"name,owner\nF,{'长' * 300}\nG,王五\n")
    assert (too_long.created, len(too_long.refused), too_long.people) == (1, 1, ["王五"])


def test_rows_may_link_to_rows_before_them(firms: Any) -> None:
    report = bring(firms, "id,name,parent\n1,A,\n2,B,1\n3,C,A\n4,D,nobody\n")
    assert (report.created, report.refused[0].problems[0].code) == (3, "link_leads_nowhere")
    a, b, c = firms.all("firm")
    assert (b["parent"], c["parent"]) == (a["id"], a["id"])


def test_a_stop_ends_the_import_and_says_so(firms: Any) -> None:
    text = "name\n" + "".join(f"n{number}\n" for number in range(1200))
    report = bring(firms, text, progress=lambda so_far: so_far.read < 600)
    assert (report.stopped, report.read, report.total) == (True, 1000, 1200)
    assert len(firms.all("firm")) == 1000


TEXT = st.text(
    st.one_of(st.sampled_from("=+-@'\"|;,\n\t ＝客户\u2028"), st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))),
    max_size=12,
)  # fmt: skip
ROWS = st.fixed_dictionaries(
    {},
    optional={
        "note": TEXT,
        "size": st.decimals(-1000, 1000, places=3),
        "staff": st.integers(0, 10**6),
        "worth": st.decimals(-(10**6), 10**6, places=2),
        "share": st.decimals(0, 3, places=4),
        "active": st.booleans(),
        "since": st.dates(date(1900, 1, 1), date(2100, 1, 1)),
        "called": st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(
            lambda d: datetime(d.year, d.month, d.day, 12, 34, 56, 7, UTC)
        ),
        "kind": st.sampled_from(["big", "small"]),
        "kinds": st.lists(st.sampled_from(["a", "b"]), unique=True),
    },
)


@pytest.fixture(scope="module")
def steady(make_once: Any) -> Any:
    return make_once(ENTITIES)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(ROWS, min_size=1, max_size=4),
    names=st.lists(TEXT, min_size=4, max_size=4),
    as_csv=st.booleans(),
)
def test_what_is_exported_imports_to_the_same_values(
    steady: Any, rows: Any, names: Any, as_csv: bool
) -> None:
    for row in steady.all("firm"):
        steady.delete("firm", row["id"])
    records = steady.app.now.records
    made = [
        records.create(steady.context(), "firm", {"name": f"{n}{names[n]}", **row}).row
        for n, row in enumerate(rows)
    ]
    exported = list(export_rows(records, steady.context(), "firm", in_cells=as_csv))
    text = io.StringIO(newline="")
    if as_csv:
        write_csv(columns_of(records, "firm"), exported, text)
        for cell in csv.reader(io.StringIO(text.getvalue(), newline="")):
            assert not any(
                part[:1] in ("=", "+", "@") or (part[:1] == "-" and not part[1:2].isdigit()) for part in cell
            )
    else:
        write_json_lines(exported, text)
    content, name = text.getvalue().encode("utf-8-sig"), "x.csv" if as_csv else "x.jsonl"
    same = bring(steady, content, name)
    assert (same.unchanged, same.refused) == (len(rows), [])
    for row in made:
        steady.delete("firm", row["id"])
    back = bring(steady, content, name)
    assert (back.created, back.refused) == (len(rows), [])
    fields = [field for field in steady.app.catalog.entities["firm"].fields if field != "owner"]
    for before, after in zip(made, steady.all("firm"), strict=True):
        assert {name: after[name] for name in fields} == {name: before[name] for name in fields}
        assert (after["external_id"], after["created_at"]) == (before["id"], before["created_at"])


def test_a_percentage_wears_its_sign_in_a_spreadsheet(firms: Any) -> None:
    bring(firms, "name,share\nA,20%\nB,20\n")
    assert [row["share"] for row in firms.all("firm")] == [Decimal("0.2"), Decimal("0.2")]
    records = firms.app.now.records
    cells = export_rows(records, firms.context(), "firm", in_cells=True)
    assert [row["share"] for row in cells] == ["20%", "20%"]
    assert [row["share"] for row in export_rows(records, firms.context(), "firm")] == [0.2, 0.2]


@pytest.mark.parametrize("store", ["tinydb", "sqlite"])
def test_an_import_that_a_removed_field_ends_says_what_was_written(make: Any, store: str) -> None:
    there = make(ENTITIES, store=store)
    without = ENTITIES["entities/firm.yaml"].replace(
        "          note: {type: long_text", "          memo: {type: long_text"
    )

    def take_the_field_away(_: ImportReport) -> bool:
        there.write({"entities/firm.yaml": without})
        assert "note" not in there.app.reload().catalog.entities["firm"].fields
        return True

    rows = "".join(f"F{number},n\n" for number in range(CHUNK + 200))
    report = bring(there, f"name,note\n{rows}", progress=take_the_field_away)
    assert (report.read, report.created, report.stopped) == (CHUNK, CHUNK, True)
    assert [problem.code for problem in report.problems] == ["definitions_changed"]
    assert len(there.all("firm")) == CHUNK


def test_a_request_that_began_before_a_field_went_is_refused(make: Any) -> None:
    there = make(ENTITIES)
    began = there.app.now.records
    there.write(
        {
            "entities/firm.yaml": ENTITIES["entities/firm.yaml"]
            .replace("staff * 2", "1")
            .replace("staff:", "crew:")
        }
    )
    there.app.reload()
    with pytest.raises(Refused) as refused:
        began.create(there.context(), "firm", {"name": "A", "staff": 3})
    assert refused.value.status == "unavailable"
    assert there.all("firm") == []
