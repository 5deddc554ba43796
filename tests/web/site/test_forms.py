"""Forms lose nothing, ask for what is needed when it is needed, and say what is wrong at the field."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

JSON = {"accept": "application/json"}


@pytest.fixture
def acme(me: Any) -> dict[str, Any]:
    made: dict[str, Any] = me.make("company", name="Acme", city="Hangzhou", phone="0571-88886666")
    return made


@pytest.fixture
def deal(me: Any, acme: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = me.make("deal", title="Desks", company=acme["id"], amount=50)
    return made


def live(me: Any, form: Any, url: str, **values: Any) -> Any:
    answer = me.client.post(url, data=form.values | values, headers=JSON)
    assert answer.status_code == 200, answer.text
    return answer.json()


# creating


def test_a_new_record_is_made_and_shown(me: Any, acme: dict[str, Any]) -> None:
    form = me.open("/deal/new")
    answer = me.send(
        form,
        title="Desks",
        company=acme["id"],
        amount="1,234.5",
        discount="12.5",
        due="2026-03-01",
        met_at="2026-03-01T10:30",
        colours=["", "red", "blue"],
        tags="a, b",
        note="one\r\ntwo",
        active=["false", "true"],
    )
    (row,) = me.rows("deal")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/deal/{row['id']}"
    assert row["amount"] == Decimal("1234.50")
    assert row["discount"] == Decimal("0.125")
    assert row["due"] == date(2026, 3, 1)
    assert row["met_at"] == datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
    assert row["colours"] == ["red", "blue"]
    assert row["tags"] == ["a", "b"]
    assert row["note"] == "one\ntwo"
    assert row["active"] is True
    assert row["owner"] == me.app.owner
    assert row["code"] == "D-0001"
    assert "Created deal" in me.client.get(answer.headers["location"]).text


def test_defaults_and_the_address_fill_the_form(me: Any, acme: dict[str, Any]) -> None:
    form = me.open(f"/deal/new?company={acme['id']}&amount=2000&hidden=from+the+address&nonsense=1")
    assert form.values["company"] == acme["id"]
    assert form.values["amount"] == "2000"
    assert form.values["address"] == "Hangzhou"
    assert form.values["share"] == "50"
    assert form.values["owner"] == me.app.owner
    assert form.values["stage"] == "open"
    me.send(form, title="T")
    assert me.rows("deal")[0]["hidden"] == "from the address"


def test_what_a_default_offered_follows_what_is_typed_after_it(me: Any, acme: dict[str, Any]) -> None:
    form = me.open("/deal/new")
    assert (form.values["share"], form.values["address"]) == ("10", "")
    me.send(form, title="T", company=acme["id"], amount="5000")
    (row,) = me.rows("deal")
    assert (row["share"], row["address"]) == (Decimal("0.5"), "Hangzhou")


def test_what_somebody_typed_over_a_default_stays(me: Any, acme: dict[str, Any]) -> None:
    form = me.open(f"/deal/new?company={acme['id']}")
    me.send(form, title="T", amount="5000", share="33", address="")
    (row,) = me.rows("deal")
    assert (row["share"], row["address"]) == (Decimal("0.33"), None)


def test_a_form_without_a_definition_asks_for_every_field(me: Any) -> None:
    form = me.open("/company/new")
    assert {"name", "city", "phone", "size"} <= form.values.keys()
    me.send(form, name="Beta")
    assert [row["name"] for row in me.rows("company")] == ["Beta"]


def test_warnings_do_not_stop_a_record_and_are_told(me: Any) -> None:
    answer = me.send(me.open("/company/new"), name="Beta")
    assert "Nobody can be called" in me.client.get(answer.headers["location"]).text


def test_errors_stand_at_their_fields_and_what_was_typed_stays(me: Any, as_form: Any) -> None:
    answer = me.send(
        me.open("/deal/new"),
        title="",
        amount="a lot",
        due="2026-02-31",
        note="kept & <b>safe</b>",
        discount="30",
    )
    form = as_form(answer.text)
    assert answer.status_code == 422
    assert form.errors.keys() == {"title", "company", "amount", "due", "reason"}
    assert "a lot" in form.errors["amount"]
    assert (form.values["amount"], form.values["due"]) == ("a lot", "2026-02-31")
    assert form.values["note"] == "kept & <b>safe</b>"
    assert "<b>safe" not in answer.text
    assert me.rows("deal") == []


def test_sending_twice_makes_one_record(me: Any, acme: dict[str, Any]) -> None:
    form = me.open("/deal/new")
    first = me.send(form, title="T", company=acme["id"])
    second = me.send(form, title="T", company=acme["id"])
    assert first.headers["location"] == second.headers["location"]
    assert len(me.rows("deal")) == 1


def test_going_back_and_sending_something_else_makes_another(me: Any, acme: dict[str, Any]) -> None:
    form = me.open("/deal/new")
    me.send(form, title="T", company=acme["id"])
    me.send(form, title="U", company=acme["id"])
    assert [row["title"] for row in me.rows("deal")] == ["T", "U"]


def test_what_may_stand_only_once_leads_to_the_record_that_has_it(
    me: Any, acme: dict[str, Any], as_form: Any
) -> None:
    answer = me.send(me.open("/company/new"), name="ACME")
    assert answer.status_code == 409
    assert "A company of this name exists" in as_form(answer.text).errors["name"]
    assert f'href="/company/{acme["id"]}"' in answer.text


@pytest.mark.parametrize(
    ("given", "led_to"),
    [
        ("/deal?view=all", "/deal?view=all"),
        ("//evil.example", None),
        ("/\\evil.example", None),
        ("https://x", None),
    ],
)
def test_only_an_address_of_this_site_is_gone_to(me: Any, given: str, led_to: str | None) -> None:
    answer = me.send(me.open("/company/new"), name="Beta", next=given)
    assert answer.headers["location"] == (led_to or f"/company/{me.rows('company')[0]['id']}")


# what shows, what is required, what is computed


def test_the_first_paint_shows_what_the_formulas_say(me: Any) -> None:
    form = me.open("/deal/new")
    assert {"reason", "hidden"} <= form.hidden
    assert "section s2" in form.hidden
    assert {"title", "company"} <= form.required
    assert "reason" not in form.required


def test_live_answers_what_shows_and_what_follows(me: Any, acme: dict[str, Any]) -> None:
    form = me.open("/deal/new")
    said = live(me, form, "/deal/live", title="T", company=acme["id"], amount="2000", discount="25")
    fields = said["fields"]
    assert fields["reason"] == {"shown": True, "required": True, "readonly": False}
    assert fields["hidden"]["shown"] is False
    assert fields["share"]["value"] == "50"
    assert fields["address"]["value"] == "Hangzhou"
    assert fields["weighted"]["text"] == "¥1,000.00"
    assert said["sections"]["s2"] == {"shown": True}
    unreadable = live(me, form, "/deal/live", amount="2000元整吧", discount="?")["fields"]
    assert unreadable["reason"]["shown"] is False
    assert unreadable["weighted"]["text"] == ""


def test_live_on_a_record_starts_from_the_record(me: Any, deal: dict[str, Any]) -> None:
    form = me.open(f"/deal/{deal['id']}/edit")
    said = live(me, form, f"/deal/live?id={deal['id']}", amount="100")
    assert said["fields"]["weighted"]["text"] == "¥10.00"
    assert me.get("deal", deal["id"])["amount"] == 50


def test_links_are_picked_by_searching(me: Any, acme: dict[str, Any]) -> None:
    me.make("company", name="Beta", phone="13800138000")
    found = me.client.get("/company/pick?q=beta", headers=JSON).json()
    assert [(one["label"], one["note"]) for one in found] == [("Beta", "13800138000")]
    assert len(me.client.get("/company/pick", headers=JSON).json()) == 2


def test_a_linked_record_is_among_the_options_however_many_there_are(me: Any) -> None:
    with me.app.now.records.unit(me.app.context("page")) as unit:
        for number in range(230):
            last = unit.create("company", {"name": f"Company {number:03}"})["id"]
    deal = me.make("deal", title="T", company=last)
    form = me.open(f"/deal/{deal['id']}/edit")
    assert form.values["company"] == last
    assert len(form.options["company"]) == 202


def test_only_stages_that_can_be_gone_to_are_offered(me: Any, deal: dict[str, Any]) -> None:
    assert me.open("/deal/new").options["stage"] == ["", "open"]
    assert me.open(f"/deal/{deal['id']}/edit").options["stage"] == ["", "open", "offer", "lost"]


# editing


def test_saving_an_untouched_form_changes_nothing(me: Any, acme: dict[str, Any]) -> None:
    made = me.make(
        "deal", title="T", company=acme["id"], amount="12.30", discount="12.5%", met_at="2026-03-01T10:30:59",
        due="2026-03-01", colours=["blue"], tags=["x", "y"], note="a\nb", active=None, hidden="h",
    )  # fmt: skip
    answer = me.send(me.open(f"/deal/{made['id']}/edit"))
    assert answer.status_code == 303
    assert me.get("deal", made["id"])["version"] == 1
    assert "Nothing was changed" in me.client.get(answer.headers["location"]).text


def test_values_can_be_changed_and_emptied_and_hidden_ones_stay(me: Any, acme: dict[str, Any]) -> None:
    made = me.make(
        "deal", title="T", company=acme["id"], reason="because", colours=["red"], note="n", hidden="h"
    )
    form = me.open(f"/deal/{made['id']}/edit")
    me.send(form, title="U", note="", colours="", active="false")
    row = me.get("deal", made["id"])
    assert (row["title"], row["note"], row["colours"], row["active"]) == ("U", None, None, False)
    assert (row["reason"], row["hidden"]) == ("because", "h")


def test_what_may_only_be_looked_at_is_shown_and_ignored(me: Any, deal: dict[str, Any]) -> None:
    form = me.open(f"/deal/{deal['id']}/edit")
    assert not {"weighted", "sealed", "code"} & form.values.keys()
    answer = me.send(form, sealed="broken", weighted="1", title="U", version="1")
    assert answer.status_code == 303
    row = me.get("deal", deal["id"])
    assert (row["sealed"], row["title"]) == (None, "U")


def test_a_field_that_a_formula_closes_is_ignored(me: Any, deal: dict[str, Any]) -> None:
    me.change("deal", deal["id"], needs="n", amount=500, stage="offer")
    me.change("deal", deal["id"], stage="won", note="before")
    me.send(me.open(f"/deal/{deal['id']}/edit"), note="after", title="U")
    row = me.get("deal", deal["id"])
    assert (row["note"], row["title"]) == ("before", "U")


def test_an_old_gap_does_not_keep_the_record_from_being_edited(me: Any, deal: dict[str, Any]) -> None:
    """A rule that came later asks only once somebody touches what it reads."""
    with me.app.store.transaction() as transaction:
        transaction.update("deal", deal["id"], {"title": None})
    form = me.open(f"/deal/{deal['id']}/edit")
    assert "title" not in form.required
    assert me.send(form, note="n").status_code == 303


def test_two_people_lose_nothing_to_each_other(me: Any, deal: dict[str, Any], as_form: Any) -> None:
    mine = me.open(f"/deal/{deal['id']}/edit")
    me.change("deal", deal["id"], title="Theirs", note="Their note", address="Their address")
    answer = me.send(mine, title="Mine", address="", reason="my reason")
    again = as_form(answer.text)
    assert answer.status_code == 409
    assert "Theirs" in again.errors["title"]
    assert "Their address" in again.errors["address"]
    assert (again.values["title"], again.values["reason"]) == ("Mine", "my reason")
    assert again.values["note"] == "Their note"
    assert me.get("deal", deal["id"])["title"] == "Theirs"
    assert me.send(again).status_code == 303
    row = me.get("deal", deal["id"])
    assert (row["title"], row["reason"], row["note"]) == ("Mine", "my reason", "Their note")


def test_changes_of_other_fields_go_together_without_being_asked_about(me: Any, deal: dict[str, Any]) -> None:
    mine = me.open(f"/deal/{deal['id']}/edit")
    me.change("deal", deal["id"], note="Their note")
    answer = me.send(mine, title="Mine")
    assert answer.status_code == 303
    row = me.get("deal", deal["id"])
    assert (row["title"], row["note"], row["version"]) == ("Mine", "Their note", 3)
    assert "both changes are kept" in me.client.get(answer.headers["location"]).text


def test_what_two_changes_make_together_must_meet_the_rules(me: Any, deal: dict[str, Any]) -> None:
    mine = me.open(f"/deal/{deal['id']}/edit")
    me.change("deal", deal["id"], note="Their note")
    assert me.send(mine, title="").status_code == 422
    assert me.get("deal", deal["id"])["version"] == 2


def test_a_third_change_is_asked_about_again(me: Any, deal: dict[str, Any], as_form: Any) -> None:
    mine = me.open(f"/deal/{deal['id']}/edit")
    me.change("deal", deal["id"], title="Second")
    again = as_form(me.send(mine, title="Mine").text)
    me.change("deal", deal["id"], title="Third")
    answer = me.send(again)
    assert answer.status_code == 409
    assert "Third" in as_form(answer.text).errors["title"]


def test_a_version_that_never_was_is_refused_and_nothing_is_lost(
    me: Any, deal: dict[str, Any], as_form: Any
) -> None:
    form = me.open(f"/deal/{deal['id']}/edit")
    for version in ("x", "-1", "99", "1.5", "９", "9" * 40):
        answer = me.send(form, title="Mine", version=version)
        assert answer.status_code == 422
        again = as_form(answer.text)
        assert (again.values["title"], again.values["version"]) == ("Mine", "1")


# gates


def test_a_gate_opens_exactly_the_fields_it_asks_for(me: Any, deal: dict[str, Any]) -> None:
    me.change("deal", deal["id"], amount=None)
    answer = me.client.get(f"/deal/{deal['id']}/edit?to=offer&next=/deal/board")
    assert "Write down the needs first" in answer.text
    form = me.open(f"/deal/{deal['id']}/edit?to=offer&next=/deal/board")
    assert form.values.keys() == {"token", "once", "version", "to", "next", "needs", "amount"}
    assert {"needs", "amount"} <= form.required
    answer = me.send(form, needs="Ten desks", amount="100")
    assert (answer.status_code, answer.headers["location"]) == (303, "/deal/board")
    row = me.get("deal", deal["id"])
    assert (row["stage"], row["needs"], row["amount"]) == ("offer", "Ten desks", 100)


def test_a_gate_that_stays_shut_says_why_and_keeps_what_was_typed(
    me: Any, deal: dict[str, Any], as_form: Any
) -> None:
    form = me.open(f"/deal/{deal['id']}/edit?to=offer")
    answer = me.send(form, needs="Ten desks", amount="99")
    assert answer.status_code == 422
    assert "amount" in answer.text
    assert as_form(answer.text).values["needs"] == "Ten desks"
    empty = me.send(form)
    assert empty.status_code == 422
    assert "needs" in as_form(empty.text).errors
    assert me.get("deal", deal["id"])["stage"] == "open"


def test_a_move_that_no_flow_has_is_refused(me: Any, deal: dict[str, Any]) -> None:
    answer = me.send(me.open(f"/deal/{deal['id']}/edit?to=won"))
    assert answer.status_code == 422
    assert "no move" in answer.text
    assert me.client.get(f"/deal/{deal['id']}/edit?to=nowhere").status_code == 422
    company = me.rows("company")[0]["id"]
    assert me.client.get(f"/company/{company}/edit?to=won").status_code == 422


# deleting


def test_deleting_is_asked_about_first(me: Any, deal: dict[str, Any]) -> None:
    form = me.open(f"/deal/{deal['id']}/delete")
    answer = me.send(form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/deal")
    assert me.rows("deal") == []


def test_what_is_held_by_others_says_by_how_many(me: Any, deal: dict[str, Any]) -> None:
    page = me.client.get(f"/company/{deal['company']}/delete").text
    assert "1 Deals link to it (Company)" in page
    assert "danger" not in page.split('id="page"')[1]
    token = me.open("/company/new").values["token"]
    answer = me.client.post(f"/company/{deal['company']}/delete", data={"token": token})
    assert answer.status_code == 409
    assert len(me.rows("company")) == 1


def test_a_record_that_changed_is_not_deleted_unseen(me: Any, deal: dict[str, Any]) -> None:
    form = me.open(f"/deal/{deal['id']}/delete")
    me.change("deal", deal["id"], title="Other")
    assert me.send(form).status_code == 409
    assert len(me.rows("deal")) == 1


# what is not there


@pytest.mark.parametrize(
    "url", ["/nothing/new", "/nothing/pick", "/deal/none/edit", "/deal/none/delete", "/nothing/x/edit"]
)
def test_what_is_not_there_is_said(me: Any, url: str) -> None:
    assert me.client.get(url).status_code == 404


def test_a_form_without_its_token_does_nothing(me: Any) -> None:
    assert me.client.post("/company/new", data={"name": "Beta"}).status_code == 403
    assert me.rows("company") == []
