"""Pages stand whatever kinds of fields an entity has, and whatever is given for them."""

from typing import Any

import pytest

ENTITY = """
entity: visit
label: {zh: 拜访, en: Visit}
title: name
fields:
  name: {type: text}
  code: {type: secret}
  at: {type: datetime}
  lines: {type: table, fields: {what: {type: text}, guest: {type: link, to: guest}}}
rules:
  - rule: coded
    require: [code]
"""

GUEST = "entity: guest\nlabel: {zh: 客人, en: Guest}\ntitle: name\nfields: {name: {type: text}}\n"


@pytest.fixture
def client(kehu_client: Any) -> Any:
    return kehu_client({"entities/visit.yaml": ENTITY, "entities/guest.yaml": GUEST})


@pytest.fixture
def made(client: Any) -> str:
    given = {"name": "Acme", "code": "open-sesame", "at": "2026-11-30T20:00:00Z"}
    answer = client.post("/api/visit", json=given)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_a_filter_by_the_day_of_a_moment_is_a_chip(client: Any, made: str) -> None:
    for operator in ("", ".gte", ".lt"):
        page = client.get(f"/visit?f.at{operator}=2026-11-30")
        assert page.status_code == 200
        assert "2026-11-30" in page.text


def test_an_entity_with_a_secret_has_a_calendar_and_a_timeline(client: Any, made: str) -> None:
    assert client.get("/visit/calendar?on=2026-11-30").status_code == 200
    assert client.get("/visit/timeline?on=2026-11-30").status_code == 200


@pytest.mark.parametrize("asked", ["field=code", "rule=coded"])
def test_why_tells_that_a_secret_is_there_and_not_what_it_is(client: Any, made: str, asked: str) -> None:
    for url in (f"/api/visit/{made}/explain?{asked}", f"/visit/{made}/why?{asked}"):
        answer = client.get(url)
        assert answer.status_code == 200, answer.text
        assert "open-sesame" not in answer.text


def test_rows_that_cannot_be_read_are_refused_on_the_form(client: Any) -> None:
    assert client.get("/visit/new?lines=[[[").status_code == 200
    token = client.get("/visit/new").text.split('data-token="')[1].split('"')[0]
    column = client.get("/visit/new").text.split('name="lines.0.')[1].split('"')[0]
    sent = {"token": token, "name": "Acme", "lines": "", f"lines.0.{column}": "typed", "lines.pasted": "[[["}
    answer = client.post("/visit/new", data=sent)
    assert answer.status_code == 422
    assert all(text in answer.text for text in ("Acme", 'value="typed"', ">[[[</textarea>"))


def test_a_public_form_shows_no_records_in_the_columns_of_a_table(kehu_workspace: Any) -> None:
    from kehu.core.catalog.building import build

    form = "form: f\nentity: visit\nuse: public\nlabel: {zh: 来, en: Come}\nsections: [{fields: [name, lines]}]\n"
    files = {"entities/visit.yaml": ENTITY, "entities/guest.yaml": GUEST, "forms/f.yaml": form}
    assert "public_form_shows" in {problem.code for problem in build(kehu_workspace(files)).problems}


def test_a_record_that_lists_itself_can_be_deleted(kehu_app: Any) -> None:
    fields = "{name: {type: text}, near: {type: links, to: spot, on_delete: refuse}}"
    text = f"entity: spot\nlabel: {{zh: 点, en: Spot}}\ntitle: name\nfields: {fields}\n"
    app = kehu_app({"entities/spot.yaml": text})
    records, me = app.now.records, app.context("page")
    row = records.create(me, "spot", {"name": "x"}).row
    records.update(me, "spot", row["id"], {"near": [row["id"]]}, row["version"])
    records.delete(me, "spot", row["id"])
    assert records.count(me, "spot") == 0
