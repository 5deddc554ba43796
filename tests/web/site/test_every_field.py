"""Every field type on its pages: made in a form, read back on list and record, changed; without a script."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from kehu.core.app import App
from kehu.core.schema.fields.secret import MASK
from kehu.core.web.server import make_server

EXAMPLE = Path(__file__).parents[3] / "docs/examples/every-field"


@pytest.fixture
def me(tmp_path: Path, person: Any) -> Iterator[Any]:
    """Somebody who sits at the example of all field types."""
    folder = tmp_path / "every-field"
    for path in EXAMPLE.rglob("*.yaml"):
        to = folder / path.relative_to(EXAMPLE)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(path.read_bytes())
    app = App(folder)
    with TestClient(make_server(app), base_url="http://localhost", follow_redirects=False) as client:
        client.cookies.set("kehu_language", "zh")
        yield person(app, client)
    app.close()


def filled(me: Any) -> dict[str, Any]:
    """What a browser sends for a form that somebody filled in from top to bottom."""
    me.make("team", name="一组")
    team = me.rows("team")[0]["id"]
    parts = [me.make("part", name=name)["id"] for name in ("轴承", "螺丝")]
    return {
        "title": "样品一", "summary": "一\r\n二", "story": "# 标题\r\n\r\n- **粗** <b>不</b>", "weight": "1.5", "pieces": "12",
        "price": "1234.5", "discount": "12.5", "active": ["false", "true"], "made_on": "2026-03-01",
        "checked_at": "2026-03-01T14:00", "opens": "14:30", "effort": "1:30", "class": "special", "uses": ["", "home"],
        "keywords": "红, 绿", "mail": "li@example.com", "phone": "13800138000", "site": "example.com",
        "address": "上海市浦东新区\r\n张江路 88 号", "region": "上海市浦东新区", "point": "31.23,121.47", "team": team,
        "goes_with": ["", parts[0], "螺丝"], "items": "", "items.0.note": "轴承", "items.0.part": parts[0],
        "items.0.quantity": "2", "items.0.unit_price": "10.5", "items.0.due": "2026-04-01", "items.2.note": "螺丝",
        "items.2.unit_price": "1", "items.pasted": "说明\t数量\t单价\n粘贴的\t3\t2\n", "stars": "4", "points": "85",
        "shade": "#ff8800", "signed": ["M10,10 50,60", ""], "details": '{"volts": 220}', "key": "hunter2",
    }  # fmt: skip


def test_every_field_is_filled_in_shown_and_changed_without_a_script(me: Any) -> None:
    form = me.open("/sample/new")
    answer = me.send(form, **filled(me))
    assert answer.status_code == 303, me.errors(answer)
    row = next(row for row in me.rows("sample") if row["title"] == "样品一")
    assert [line["note"] for line in row["items"]] == ["轴承", "螺丝", "粘贴的"]
    assert [line["amount"] for line in row["items"]] == [21, 1, 6]
    assert (row["items_total"], row["key"], row["signed"]) == (28, "hunter2", "M10,10 50,60")
    assert len(row["goes_with"]) == 2

    page = me.client.get(f"/sample/{row['id']}").text
    for text in (
        "上海市浦东新区", "★★★★☆", "<strong>粗</strong> &lt;b&gt;不&lt;/b&gt;", "#ff8800", 'd="M10,10 50,60"', "1 小时 30 分",
        "85 / 100", "¥28.00", "粘贴的", "螺丝", "一组", MASK, "&#34;volts&#34;: 220", "14:30", 'href="geo:31.23,121.47"',
    ):  # fmt: skip
        assert text in page, text
    assert "hunter2" not in page
    listed = me.client.get("/sample").text
    for text in ("★★★★☆", "上海市浦东新区", "3 行 · ", "已签名", "#ff8800", MASK, "红", "螺丝"):
        assert text in listed, text
    assert "hunter2" not in listed

    again = me.open(f"/sample/{row['id']}/edit")
    assert "hunter2" not in str(again.values)
    assert again.values["region"] == "上海市浦东新区"
    assert again.values["items.1.note"] == "螺丝"
    answer = me.send(again, signed=["M10,10 50,60", ""])
    assert answer.status_code == 303
    assert me.app.store.events("sample", row["id"])[0].kind == "created"  # nothing typed, nothing changed
    answer = me.send(
        again,
        items__1__note="",
        items__1__unit_price="",
        items__1__quantity="",
        stars="",
        signed=["", "李雷"],
    )
    assert answer.status_code == 303
    changed = me.get("sample", row["id"])
    assert [line["note"] for line in changed["items"]] == ["轴承", "粘贴的"]
    assert (changed["stars"], changed["signed"], changed["key"]) == (None, "李雷", "hunter2")
    page = me.client.get(f"/sample/{row['id']}").text
    assert "hunter2" not in page


def test_what_is_wrong_in_a_row_is_told_at_the_table_and_nothing_typed_is_lost(me: Any) -> None:
    form = me.open("/sample/new")
    answer = me.send(
        form,
        title="a",
        items="",
        items__0__note="一",
        items__0__quantity="many",
        details="{",
        region="朝阳区",
    )
    assert answer.status_code == 422
    assert "第 1 行“数量”：“many”不是数字" in answer.text
    assert 'value="many"' in answer.text
    assert "有好几个“朝阳区”" in answer.text
    assert "不是 JSON 对象或列表" in answer.text


def test_a_form_under_way_tells_what_its_table_adds_up_to(me: Any) -> None:
    form = me.open("/sample/new")
    sent = form.values | {
        "items": "",
        "items.0.note": "一",
        "items.0.quantity": "2",
        "items.0.unit_price": "5",
    }
    state = me.client.post("/sample/live", data=sent, headers={"X-Kehu-Token": form.values["token"]}).json()
    assert state["fields"]["items"]["table"] == {
        "rows": [{"amount": "¥10.00"}],
        "totals": {"quantity": "2", "amount": "¥10.00"},
    }
    assert state["fields"]["items_total"]["text"] == "¥10.00" if "items_total" in state["fields"] else True


def test_a_region_is_suggested_and_filtered_with_all_that_lies_in_it(me: Any) -> None:
    assert me.client.get("/x/regions", params={"q": "深圳南"}).json() == ["广东省深圳市南山区"]
    me.make("sample", title="浦东的", region="310115")
    me.make("sample", title="深圳的", region="440300")
    found = me.client.get("/api/sample", params={"region": "上海市"}).json()
    assert "浦东的" in str(found)
    assert "深圳的" not in str(found)


def test_lists_are_filtered_by_the_titles_they_hold_and_secrets_by_nothing(me: Any) -> None:
    part = me.make("part", name="轴承")
    row = me.make("sample", title="a", goes_with=[part["id"]], key="hunter2")
    me.make("sample", title="b")
    page = me.client.get("/sample", params={"f.goes_with.contains": "轴承"}).text
    assert f"/sample/{row['id']}" in page
    assert page.count('<tr data-url="/sample/') == 1
    for name in ("key", "key.empty"):
        assert me.client.get("/api/sample", params={name: "hunter2"}).status_code == 422
    assert me.client.get("/api/sample", params={"sort": "key"}).status_code == 422


def test_the_api_shows_dots_for_a_secret_and_its_description_is_sound(me: Any) -> None:
    row = me.make("sample", title="a", key="hunter2", items=[{"note": "一", "quantity": 2, "unit_price": 3}])
    answer = me.client.get(f"/api/sample/{row['id']}").json()
    assert answer["key"] == MASK
    assert answer["items"] == [{"note": "一", "quantity": 2, "unit_price": 3, "amount": 6}]
    assert me.client.get("/api/openapi.json").status_code == 200
    assert f"/sample/{row['id']}" not in me.client.get("/sample?q=hunter2").text
