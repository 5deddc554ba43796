"""An export is what the list shows, all of it, and it imports again to the same values."""

import csv
import json
import zipfile
from io import BytesIO, StringIO
from typing import Any

import pytest

from kehu.core.records.spreadsheets import read_sheet


@pytest.fixture
def companies(me: Any) -> None:
    with me.app.now.records.unit(me.app.context("page")) as unit:
        for number in range(450):
            city = "杭州" if number % 3 else "=Beijing"
            unit.create("company", {"name": f"Company {number}", "city": city, "size": number + 1})


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.mark.usefixtures("companies")
def test_csv_has_every_record_and_opens_in_a_spreadsheet(me: Any) -> None:
    answer = me.client.get("/company/export.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-disposition"].startswith('attachment; filename="company-')
    rows = rows_of(answer)
    assert [row["size"] for row in rows] == [str(number) for number in range(1, 451)]
    assert rows[0]["city"] == "'=Beijing", "a spreadsheet would run it"
    assert rows[1]["city"] == "杭州"


@pytest.mark.usefixtures("companies")
def test_an_export_obeys_the_filters_and_the_search_of_the_list(me: Any) -> None:
    assert len(rows_of(me.client.get("/company/export.csv?f.size.gt=400"))) == 50
    assert [row["name"] for row in rows_of(me.client.get("/company/export.csv?q=Company+449"))] == [
        "Company 449"
    ]
    assert rows_of(me.client.get("/company/export.csv?f.size.gt=1000")) == []


@pytest.mark.usefixtures("companies")
def test_json_lines_have_values_of_their_type(me: Any) -> None:
    lines = me.client.get("/company/export.jsonl?f.size.lte=2").text.splitlines()
    assert [(json.loads(line)["size"], json.loads(line)["city"]) for line in lines] == [
        (1, "=Beijing"),
        (2, "杭州"),
    ]


def test_an_empty_export_has_its_heading(me: Any) -> None:
    answer = me.client.get("/company/export.csv")
    assert answer.content.decode("utf-8-sig").startswith("id,name,city,phone,size")
    assert me.client.get("/company/export.jsonl").content == b""


@pytest.mark.parametrize("query", ["f.nothing.is=1", "f.size.gt=x", "view=nothing", "f.size.huh=1", "f.=1"])
def test_what_cannot_be_filtered_is_refused_before_anything_is_sent(me: Any, query: str) -> None:
    assert me.client.get(f"/company/export.csv?{query}").status_code in (404, 422)
    assert me.client.get("/nothing/export.csv").status_code == 404


@pytest.mark.usefixtures("companies")
def test_a_workbook_has_the_same_rows_and_none_of_them_is_a_formula(me: Any) -> None:
    sheet = read_sheet("x.xlsx", me.client.get("/company/export.xlsx?f.size.lte=2").content)
    assert [(row["size"], row["city"]) for _, row in sheet.rows] == [(1, "=Beijing"), (2, "杭州")]
    book = zipfile.ZipFile(BytesIO(me.client.get("/company/export.xlsx?f.size.lte=2").content))
    assert b"<f>" not in b"".join(book.read(name) for name in book.namelist())


@pytest.mark.usefixtures("companies")
def test_only_the_columns_of_the_list_come_when_they_are_asked_for(me: Any) -> None:
    sheet = read_sheet("x.xlsx", me.client.get("/company/export.xlsx?f.size.lte=2&shown=1").content)
    assert "Name" in sheet.columns
    assert "id" not in sheet.columns
    assert [row["Name"] for _, row in sheet.rows] == ["Company 0", "Company 1"]
    assert "shown=1" in me.client.get("/company").text
