"""Which form opens, what its links offer, how a rule lets something pass with a reason, and one press, one record."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

HIGH = """
form: big_deal
entity: deal
for: {when: amount >= 1000}
sections:
  - {tab: {zh: 概要, en: Summary}, fields: [title, company, amount]}
  - tab: {zh: 细节, en: Details}
    fields: [{field: needs, require: true}, {field: share, default: 90%}]
  - {tab: {zh: 概要, en: Summary}, fields: [stage]}
"""
PERSON = """
entity: person
label: {zh: 联系人, en: Person}
title: name
fields:
  name: {type: text, label: {zh: 姓名, en: Name}}
  company: {type: link, to: company, label: {zh: 公司, en: Company}}
"""
CONTACT = "extend: deal\nfields: {contact: {type: link, to: person, label: {zh: 联系人, en: Contact}}}\n"
OFFER = """
form: deal
entity: deal
sections:
  - fields: [title, company, {field: contact, options_where: {company: =company}}, amount, discount, stage, note]
"""
RULE = """
extend: deal
rules: [{rule: generous, check: discount is empty or discount <= 20%, severity: reason, message: Too generous}]
"""


@pytest.fixture
def write(me: Any) -> Any:
    def files(**texts: str) -> None:
        for name, text in texts.items():
            path = me.app.folder / f"{name.replace('__', '/')}.yaml"
            path.write_text(text, encoding="utf-8")
        assert me.app.reload().problems == ()

    return files


@pytest.fixture
def acme(me: Any) -> Any:
    return me.make("company", name="Acme", phone="0571-88886666")


def test_the_form_that_fits_the_record_opens(me: Any, write: Any, acme: Any) -> None:
    write(forms__big_deal=HIGH)
    small = me.make("deal", title="Small", company=acme["id"], amount=5)
    big = me.make("deal", title="Big", company=acme["id"], amount=5000, needs="n")
    assert "needs" not in me.open(f"/deal/{small['id']}/edit").required
    assert me.open(f"/deal/{big['id']}/edit").values["kehu.form"] == "big_deal"
    assert me.open("/deal/new?amount=2000").values["kehu.form"] == "big_deal"
    assert me.open("/deal/new").values["kehu.form"] == "deal"


def test_a_record_that_outgrows_its_form_gets_the_one_that_fits_and_loses_nothing(
    me: Any, write: Any, acme: Any, as_form: Any
) -> None:
    write(forms__big_deal=HIGH)
    form = me.open("/deal/new")
    answer = me.send(form, title="T", company=acme["id"], amount="2000", note="mine")
    again = as_form(answer.text)
    assert answer.status_code == 422
    assert again.values["kehu.form"] == "big_deal"
    assert "needed" in again.errors["needs"]
    assert again.values["note"] == "mine"
    assert me.send(again, needs="all").status_code == 303
    (row,) = me.rows("deal")
    assert (row["needs"], row["note"], row["amount"]) == ("all", "mine", 2000)


def test_sections_of_one_tab_stand_together_under_its_name(me: Any, write: Any) -> None:
    write(forms__big_deal=HIGH)
    text = me.client.get("/deal/new?amount=2000").text
    summary, details = text.index(">Summary</h2>"), text.index(">Details</h2>")
    assert text.count("data-tab>") == 2
    assert summary < text.index('data-field="stage"') < details < text.index('data-field="needs"')


def test_a_link_offers_only_what_fits(me: Any, write: Any, acme: Any, as_form: Any) -> None:
    write(entities__person=PERSON, entities__more=CONTACT, forms__deal=OFFER)
    other = me.make("company", name="Other", phone="0571-88886666")
    ada = me.make("person", name="Ada", company=acme["id"])
    bob = me.make("person", name="Bob", company=other["id"])
    assert set(me.open("/deal/new").options["contact"]) == {"", ada["id"], bob["id"]}
    form = me.open(f"/deal/new?company={acme['id']}")
    assert form.options["contact"] == ["", ada["id"]]
    answer = me.client.post("/deal/offers", data=form.values | {"company": other["id"], "contact": ada["id"]})
    offered = answer.json()["contact"]
    assert [option["label"] for option in offered["options"]] == ["Bob"]
    assert offered["keeps"] is False
    refused = me.send(form, title="T", company=other["id"], contact=ada["id"])
    again = as_form(refused.text)
    assert "Ada does not fit" in again.errors["contact"]
    assert bob["id"] in again.options["contact"]


def test_the_search_box_of_a_narrowed_link_finds_only_what_fits(me: Any, write: Any, acme: Any) -> None:
    write(entities__person=PERSON, entities__more=CONTACT, forms__deal=OFFER)
    for number in range(20):
        me.make("person", name=f"Po{number:02}", company=acme["id"])
    me.make("person", name="Po99")
    text = me.client.get(f"/deal/new?company={acme['id']}").text
    url = f"/person/pick?f.company.is={acme['id']}"
    assert f'data-pick="{url}"' in text
    assert len(me.client.get(f"{url}&q=Po").json()) == 20
    assert me.client.get(f"{url}&q=Po99").json() == []


def test_a_rule_that_wants_a_reason_asks_for_it_and_keeps_it(
    me: Any, write: Any, acme: Any, as_form: Any
) -> None:
    write(entities__rule=RULE)
    form = me.open("/deal/new")
    assert "kehu.reason" not in form.values
    answer = me.send(form, title="T", company=acme["id"], discount="30", reason="r")
    again = as_form(answer.text)
    assert answer.status_code == 422
    assert "Too generous" in again.errors["discount"]
    assert me.send(again, kehu__reason="  an old friend ").status_code == 303
    (row,) = me.rows("deal")
    assert "Reason: an old friend" in me.client.get(f"/deal/{row['id']}").text


def test_the_api_takes_a_reason_in_the_header_or_the_body(me: Any, write: Any, acme: Any) -> None:
    write(
        entities__rule=RULE + "fields: {reason: remove}\n",
        forms__deal=OFFER.replace("{field: contact, options_where: {company: =company}}, ", ""),
    )
    values = {"title": "T", "company": acme["id"], "discount": 0.3}
    assert me.client.post("/api/deal", json=values).status_code == 422
    made = me.client.post("/api/deal", json=values, headers={"Kehu-Reason": "%E8%80%81%E5%AE%A2%E6%88%B7"})
    assert made.status_code == 201
    history = me.client.get(f"/api/deal/{made.json()['id']}/history").json()
    assert history["items"][0]["reason"] == "老客户"
    assert me.client.post("/api/deal", json=values | {"reason": "why not"}).status_code == 201


def test_two_presses_at_once_make_one_record(me: Any, acme: Any) -> None:
    form = me.open("/deal/new")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: me.send(form, title="T", company=acme["id"]), range(4)))
    assert len(me.rows("deal")) == 1
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1


def test_a_form_that_was_saved_says_which_so_that_its_draft_is_dropped(me: Any, acme: Any) -> None:
    form = me.open("/deal/new")
    answer = me.send(form, title="T", company=acme["id"])
    assert f"kehu_saved={form.values['once']}" in answer.headers["set-cookie"]


def test_a_move_that_wants_a_reason_leads_to_where_it_is_given(
    me: Any, write: Any, acme: Any, as_form: Any
) -> None:
    rule = '{rule: calm, when: stage = "offer", check: discount is empty, severity: reason, message: Think first}'
    write(entities__rule=f"extend: deal\nrules: [{rule}]\n")
    row = me.make("deal", title="T", company=acme["id"], discount=0.1, needs="n", amount=500)
    token = me.app.store.note("form_token")
    moved = me.client.post(
        f"/deal/{row['id']}/move",
        data={"token": token, "to": "offer", "version": "1", "next": "/deal/board"},
        headers={"accept": "application/json"},
    )
    assert moved.status_code == 422
    assert moved.json()["message"] == "Think first"
    form = me.open(moved.json()["action"]["url"])
    again = as_form(me.send(form).text)
    assert "kehu.reason" in again.values
    answer = me.send(again, kehu__reason="agreed on the phone")
    assert (answer.status_code, answer.headers["location"]) == (303, "/deal/board")
    assert me.get("deal", row["id"])["stage"] == "offer"
