"""Files as people really have them: Excel's encodings and layouts, bombs in archives, and everything out and in again."""

import csv
import io
import zipfile
from datetime import date
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it brings no types
from hypothesis import given, settings
from hypothesis import strategies as st

from kehu.core.problems import Refused
from kehu.core.records import workbooks
from kehu.core.records.columns import match_columns
from kehu.core.records.spreadsheets import read_sheet, write_csv
from kehu.core.records.workbooks import write_workbook


def book(fill: Any) -> bytes:
    """A workbook as Excel would save it."""
    to = io.BytesIO()
    made = xlsxwriter.Workbook(to, {"in_memory": True})
    fill(made)
    made.close()
    return to.getvalue()


def rows_of(name: str, content: bytes, **more: str) -> list[dict[str, Any]]:
    return [dict(row) for _, row in read_sheet(name, content, **more).rows]


def code_of(name: str, content: bytes, **more: str) -> str:
    with pytest.raises(Refused) as refusal:
        read_sheet(name, content, **more)
    return refusal.value.problems[0].code


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("名称,备注\n甲,乙\n", "gbk", "gb18030"),
        ("名称,备注\n甲,乙\n", "utf-8", "utf-8"),
        ("名称,备注\n甲,乙\n", "utf-8-sig", "utf-8-sig"),
        ("名称,备注\n甲,乙\n", "utf-16", "utf-16"),
        ("name,note\nA company,a note of some length\n" * 3, "utf-16-le", "utf-16-le"),
        ("公司名稱,備註\n" + "臺灣股份有限公司,這是一段繁體中文的說明文字\n" * 30, "big5", "big5"),
    ],
)
def test_the_encoding_is_found(text: str, encoding: str, found: str) -> None:
    sheet = read_sheet("x.csv", text.encode(encoding))
    assert sheet.encoding == found
    assert [*sheet.columns] == text.partition("\n")[0].split(",")


def test_another_encoding_can_be_chosen_where_the_file_can_be_read_so() -> None:
    content = "名稱\n甲\n".encode("big5")
    assert rows_of("x.csv", content, encoding="big5") == [{"名稱": "甲"}]
    assert code_of("x.csv", content, encoding="utf-8") == "sheet_encoding_chosen"
    assert code_of("x.csv", content, encoding="rot13") == "no_such_encoding"


def test_semicolons_and_breaks_inside_quotes_are_read() -> None:
    content = b'name;note;size\r\n"A;B";"line one\r\nline two";5\r\n'
    assert rows_of("x.csv", content) == [{"name": "A;B", "note": "line one\r\nline two", "size": "5"}]


def test_a_title_above_the_headings_is_passed_over() -> None:
    sheet = read_sheet("x.csv", "2026 客户表,,\n\n名称,电话,城市\n甲,1,杭州\n".encode())
    assert (sheet.columns, sheet.heading, sheet.total) == (("名称", "电话", "城市"), 3, 1)
    assert [line for line, _ in sheet.rows] == [4]


def test_doubled_and_empty_headings_get_names_and_empty_columns_go() -> None:
    sheet = read_sheet("x.csv", b"name,phone,phone,,\nA,1,2,three,\n")
    assert sheet.columns == ("name", "phone", "phone (2)", "#4")
    assert [dict(row) for _, row in sheet.rows] == [
        {"name": "A", "phone": "1", "phone (2)": "2", "#4": "three"}
    ]


def test_a_workbook_with_merged_headings_days_percents_and_numbers_as_texts_is_read() -> None:
    def fill(made: Any) -> None:
        made.add_worksheet("空")
        sheet = made.add_worksheet("客户")
        day, share = made.add_format({"num_format": "yyyy-mm-dd"}), made.add_format({"num_format": "0.0%"})
        sheet.merge_range(0, 1, 0, 5, "2026 客户表")
        sheet.merge_range(1, 1, 2, 1, "公司")
        sheet.merge_range(1, 2, 1, 3, "联系方式")
        sheet.write_row(2, 2, ["电话", "邮箱"])
        sheet.merge_range(1, 4, 2, 4, "成立")
        sheet.merge_range(1, 5, 2, 5, "份额")
        sheet.write_row(3, 1, ["甲", "013800001111", "a@b.cn"])
        sheet.write_datetime(3, 4, date(2026, 3, 1), day)
        sheet.write_number(3, 5, 0.125, share)
        sheet.write_row(5, 1, ["乙", 13800001112, "", ""])

    sheet = read_sheet("x.xlsx", book(fill))
    assert (sheet.sheet, sheet.sheets, sheet.total) == ("客户", ("空", "客户"), 2)
    first, second = [dict(row) for _, row in sheet.rows]
    assert first == {
        "公司": "甲",
        "电话": "013800001111",
        "邮箱": "a@b.cn",
        "成立": "2026-03-01",
        "份额": 0.125,
    }
    assert (second["公司"], second["电话"]) == ("乙", 13800001112)
    assert [line for line, _ in sheet.rows] == [4, 6]


def test_a_sheet_is_chosen_by_name() -> None:
    content = book(
        lambda made: [made.add_worksheet(n).write_column(0, 0, ["name", n]) for n in ("one", "two")]
    )
    assert rows_of("x.xlsx", content) == [{"name": "one"}]
    assert rows_of("x.xlsx", content, sheet="two") == [{"name": "two"}]
    assert code_of("x.xlsx", content, sheet="three") == "no_such_sheet"


def packed(sheet: bytes) -> bytes:
    """A workbook with this XML as its sheet."""
    content = book(lambda made: made.add_worksheet("one").write(0, 0, "name"))
    to = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, sheet if part.endswith("sheet1.xml") else old.read(part))
    return to.getvalue()


HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "UNPACKED", 3_000_000)
    bomb = packed(HEAD + b" " * 50_000_000 + TAIL)
    assert len(bomb) < 100_000
    assert code_of("x.xlsx", bomb) == "workbook_too_large"


def test_two_cells_far_apart_are_refused_and_so_are_millions() -> None:
    far = (
        HEAD
        + b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        + TAIL
    )
    assert code_of("x.xlsx", packed(far)) == "workbook_too_large"


def test_millions_of_cells_without_a_place_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "CELLS", 100_000)
    assert code_of("x.xlsx", packed(HEAD + b"<row>" + b"<c><v>1</v></c>" * 100_001 + b"</row>" + TAIL)) == (
        "workbook_too_large"
    )


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 100, packed(b"<broken")])
def test_a_broken_workbook_is_refused_in_a_sentence(content: bytes) -> None:
    assert code_of("x.xlsx", content) in ("sheet_broken", "sheet_empty")


CELLS = st.lists(
    st.text(st.one_of(st.sampled_from("=+-@'\t\"|;, 客"), st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))), min_size=1, max_size=9),
    min_size=2,
    max_size=2,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(CELLS, min_size=1, max_size=4), form=st.sampled_from(["csv", "xlsx"]))
def test_any_text_survives_a_file_and_none_begins_as_a_formula(rows: list[list[str]], form: str) -> None:
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    records = [dict(zip(("a", "b"), row, strict=True)) for row in rows]
    if form == "csv":
        text = io.StringIO(newline="")
        write_csv(("a", "b"), records, text)
        content = text.getvalue().encode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text.getvalue(), newline="")) for cell in row]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    else:
        to = io.BytesIO()
        write_workbook(("a", "b"), records, to)
        content = to.getvalue()
    if records:
        assert rows_of(f"x.{form}", content) == records


def test_long_numbers_are_not_rounded_by_a_spreadsheet() -> None:
    to = io.BytesIO()
    write_workbook(["n", "t"], [{"n": 12345678901234567890, "t": "0571"}, {"n": 0.1, "t": "1e5"}], to)
    first, second = rows_of("x.xlsx", to.getvalue())
    assert first == {"n": "12345678901234567890", "t": "0571"}
    assert second == {"n": 0.1, "t": "1e5"}


def test_columns_are_guessed_by_what_people_call_them(shop: Any) -> None:
    plan = shop.app.now.records.plan("customer")
    found = match_columns(plan, ["公司名称", "联系电话（手机）", "Needs*", "等级", "buget"])
    assert found.fields == {
        "公司名称": "name",
        "联系电话（手机）": "phone",
        "Needs*": "needs",
        "等级": "class",
    }
    assert found.how == {
        "公司名称": "synonym",
        "联系电话（手机）": "synonym",
        "Needs*": "name",
        "等级": "synonym",
    }
    assert found.near == {"buget": "budget"}, "what is only alike fills nothing by itself"
    assert match_columns(plan, ["buget"], {"buget": ""}).left_out == ("buget",)


def test_columns_are_found_in_pinyin(shop: Any) -> None:
    pytest.importorskip("pypinyin", reason="the extra zh is not installed")
    plan = shop.app.now.records.plan("customer")
    found = match_columns(plan, ["kehumingcheng", "dianhua", "xq"])
    assert found.fields == {"kehumingcheng": "name", "dianhua": "phone", "xq": "needs"}
