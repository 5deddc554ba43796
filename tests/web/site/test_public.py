"""Strangers who have the link may send the form's fields, and learn and do nothing else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kehu.core.web.site.public import Rate, token_of

FORM = """
form: enquiry
entity: company
use: public
label: {zh: 咨询, en: Enquiry}
intro: {zh: 我们一个工作日内回复, en: We answer within a working day}
thanks: {zh: 收到了, en: We have it}
sections:
  - fields: [name, {field: phone, require: true}, {field: size, readonly: name = "fixed"}]
"""


@pytest.fixture
def link(me: Any) -> str:
    (me.app.folder / "forms/enquiry.yaml").write_text(FORM, encoding="utf-8")
    assert me.app.reload().problems == ()
    me.client.cookies.clear()
    me.client.headers["accept-language"] = "en"
    return f"/public/{token_of(me.app, 'enquiry')}"


def send(me: Any, link: str, form: Any, **values: Any) -> Any:
    sent = {key.replace("__", "."): value for key, value in values.items()}
    return me.client.post(link, data=form.values | sent)


def test_a_stranger_sends_the_form_and_is_thanked(me: Any, link: str) -> None:
    page = me.client.get(link)
    assert "We answer within a working day" in page.text
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    assert 'name="robots" content="noindex' in page.text
    answer = send(me, link, me.open(link), name="Acme", phone="0571-88886666")
    assert answer.status_code == 303
    assert "We have it" in me.client.get(answer.headers["location"]).text
    (row,) = me.rows("company")
    assert (row["name"], row["created_by"]) == ("Acme", "public")
    (event,) = me.app.now.records.history(me.app.context("page"), "company", row["id"])
    assert (event.door, event.actor, event.reason) == ("public", "public", "enquiry")
    assert "A visitor" in me.client.get(f"/company/{row['id']}", headers={"cookie": "kehu_language=en"}).text


def test_nothing_of_the_workspace_stands_around_it(me: Any, link: str) -> None:
    text = me.client.get(link).text
    assert me.app.store.note("form_token") not in text
    for word in ("/deal", "/company/", "data-token", "/settings"):
        assert word not in text
    assert "set-cookie" not in me.client.get(link).headers


def test_only_the_form_s_own_fields_are_taken(me: Any, link: str) -> None:
    form = me.open(f"{link}?city=Hangzhou")
    answer = send(me, link, form, name="Acme", phone="0571-88886666", city="Hangzhou", external_id="7")
    assert answer.status_code == 303
    (row,) = me.rows("company")
    assert (row["city"], row["external_id"]) == (None, None)


def test_the_form_s_rules_hold_for_strangers(me: Any, link: str, as_form: Any) -> None:
    answer = send(me, link, me.open(link), name="Acme", size="0")
    again = as_form(answer.text)
    assert answer.status_code == 422
    assert {"phone", "size"} == again.errors.keys()
    assert again.values["name"] == "Acme"
    assert me.rows("company") == []


def test_what_others_have_is_not_told(me: Any, link: str) -> None:
    me.make("company", name="Secret Ltd", phone="0571-88886666")
    answer = send(me, link, me.open(link), name="secret ltd", phone="0571-88886667")
    assert answer.status_code == 409
    assert "known already" in answer.text
    assert "Secret Ltd" not in answer.text
    assert "/company/" not in answer.text


def test_whoever_fills_in_the_trap_is_thanked_and_nothing_is_kept(me: Any, link: str) -> None:
    answer = send(me, link, me.open(link), name="Acme", phone="0571-88886666", kehu__website="http://spam")
    assert answer.status_code == 303
    assert me.rows("company") == []


def test_a_page_that_nobody_opened_cannot_be_sent(me: Any, link: str) -> None:
    form = me.open(link)
    for forged in (
        {"ticket": "x"},
        {"opened": "2020-01-01T00:00:00+00:00"},
        {"once": "another-one-1"},
        {"opened": ""},
    ):
        assert send(me, link, form, name="Acme", phone="0571-88886666", **forged).status_code == 403
    assert me.rows("company") == []


def test_sending_twice_makes_one_record(me: Any, link: str) -> None:
    form = me.open(link)
    for _ in range(2):
        assert send(me, link, form, name="Acme", phone="0571-88886666").status_code == 303
    assert len(me.rows("company")) == 1


def test_too_much_from_one_address_has_to_wait(me: Any, link: str) -> None:
    form = me.open(link)
    answers = [send(me, link, form, name=f"Acme {n}", phone="0571-88886666") for n in range(21)]
    assert [answer.status_code for answer in answers] == [303] * 20 + [429]
    assert answers[-1].headers["retry-after"] == "600"
    assert "Acme 20" in answers[-1].text


def test_a_rate_counts_what_was_lately_and_forgets_what_was_not() -> None:
    rate, now = Rate(2, timedelta(minutes=1)), datetime(2026, 1, 1, tzinfo=UTC)
    assert [rate.take("a", now), rate.take("a", now), rate.take("a", now), rate.take("b", now)] == [
        True,
        True,
        False,
        True,
    ]
    assert rate.take("a", now + timedelta(minutes=1))


def test_what_is_too_large_or_no_form_is_refused(me: Any, link: str) -> None:
    form = me.open(link)
    assert send(me, link, form, name="x" * 70_000).status_code == 413
    assert me.client.post(link, json={"name": "Acme"}).status_code == 415
    assert me.client.post(link, files={"name": b"x"}).status_code == 415


def test_a_link_that_leads_nowhere_says_no_more_than_that(me: Any, link: str) -> None:
    for wrong in ("x", "enquiry", link.removeprefix("/public/")[:-1], "ü"):
        answer = me.client.get(f"/public/{wrong}")
        assert answer.status_code == 404
        assert "/deal" not in answer.text


def test_the_owner_finds_the_link_and_can_make_another(me: Any, link: str) -> None:
    me.client.cookies.set("kehu_language", "en")
    assert 'href="/company/links"' in me.client.get("/company").text
    assert 'href="/deal/links"' not in me.client.get("/deal").text
    page = me.client.get("/company/links").text
    assert f"http://localhost{link}" in page
    me.client.post("/company/links", data={"form": "enquiry", "token": me.app.store.note("form_token")})
    assert me.client.get(link).status_code == 404
    assert me.client.get("/deal/links").status_code == 404


def test_a_form_that_is_public_no_more_has_no_link(me: Any, link: str) -> None:
    (me.app.folder / "forms/enquiry.yaml").write_text(
        FORM.replace("use: public", "use: create"), encoding="utf-8"
    )
    assert me.app.reload().problems == ()
    assert me.client.get(link).status_code == 404


def test_a_public_form_alone_does_not_open_for_those_who_work_here(me: Any, link: str) -> None:
    assert "kehu.form" not in me.open("/company/new").values
