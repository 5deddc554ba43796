"""Programs bring files in, try them, undo them, and take files out, with the same rules as people."""

import json
from typing import Any

import pytest

from kehu.core.records.spreadsheets import read_sheet

FILE = "客户名称,手机号\n接口甲,13800001111\n接口乙,不是号码\n"


def names(client: Any) -> list[str]:
    return [item["name"] for item in client.get("/api/customer?q=接口").json()["items"]]


def test_a_file_is_tried_taken_in_and_undone(client: Any) -> None:
    headers = {"content-type": "text/csv"}
    tried = client.post("/api/customer/import?dry_run=true", content=FILE.encode(), headers=headers).json()
    assert (tried["dry_run"], tried["created"], tried["refused_count"], tried["batch"]) == (True, 1, 1, None)
    assert names(client) == []
    made = client.post("/api/customer/import", content=FILE.encode("gbk"), headers=headers).json()
    assert (made["encoding"], made["columns"]) == ("gb18030", {"客户名称": "name", "手机号": "phone"})
    assert (made["read"], made["created"], made["refused_count"]) == (2, 1, 1)
    assert made["refused"][0]["line"] == 3
    assert made["refused"][0]["problems"][0]["field"] == "phone"
    assert names(client) == ["接口甲"]
    listed = client.get("/api/customer/imports").json()["items"]
    assert (listed[0]["batch"], listed[0]["state"]) == (made["batch"], "done")
    assert client.post(f"/api/deal/imports/{made['batch']}/undo").status_code == 404
    undone = client.post(f"/api/customer/imports/{made['batch']}/undo").json()
    assert (undone["deleted"], undone["kept"]) == (1, [])
    assert names(client) == []
    assert client.post(f"/api/customer/imports/{made['batch']}/undo").status_code == 409


def test_columns_and_keys_are_chosen(client: Any) -> None:
    url = "/api/customer/import?key=name&columns=" + json.dumps({"A": "name", "手机号": ""})
    made = client.post(url, content="A,手机号\n接口丙,x\n".encode(), headers={"content-type": "text/csv"})
    assert (made.json()["created"], made.json()["left_out"]) == (1, ["手机号"])
    again = client.post(url, content="A\n接口丙\n".encode(), headers={"content-type": "text/csv"})
    assert again.json()["unchanged"] == 1
    client.post(f"/api/customer/imports/{made.json()['batch']}/undo")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?columns=x", 422), ("?columns=[1]", 422), ("?key=nothing", 422), ("?encoding=x", 422), ("?huh=1", 422),
        ('?columns={"客户名称":"nothing"}', 422), ("?name=x.pdf", 422), ("?sheet=x&name=x.xlsx", 422),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(client: Any, query: str, status: int) -> None:
    answer = client.post(f"/api/customer/import{query}", content=FILE.encode())
    assert answer.status_code == status, answer.text
    assert answer.json()["problems"]
    assert client.get("/api/customer/import").status_code == 405
    assert names(client) == []


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "jsonl"])
def test_an_export_holds_what_the_filters_leave(client: Any, form: str) -> None:
    count = client.get("/api/customer?count=true&f.class.is=x&limit=1")
    assert count.status_code == 422
    wanted = client.get("/api/customer?limit=200&where=phone is not empty&fields=id,name").json()["items"]
    answer = client.get(f"/api/customer/export?format={form}&fields=id,name&where=phone is not empty")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].endswith(f'.{form}"')
    rows = [dict(row) for _, row in read_sheet(f"x.{form}", answer.content).rows]
    assert sorted(row["id"] for row in rows) == sorted(item["id"] for item in wanted) or len(wanted) == 200
    assert set(rows[0]) == {"id", "name"}


def test_an_export_names_what_it_has_not(client: Any) -> None:
    assert "nothing" in client.get("/api/customer/export?fields=nothing").text
    assert client.get("/api/customer/export?fields=nothing").status_code == 422
    assert client.get("/api/customer/export?format=pdf").status_code == 422
