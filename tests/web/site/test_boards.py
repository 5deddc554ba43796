"""Boards count what they show, and refuse a move with what is possible instead."""

import re
from typing import Any

JSON = {"accept": "application/json"}


def heads(html: str) -> list[tuple[str, str]]:
    """(count, sum) of each column."""
    return re.findall(r"data-count>([^<]*)<.*?data-sum>([^<]*)<", html, re.S)


def test_the_columns_of_a_searched_board_count_what_was_found(me: Any) -> None:
    acme = me.make("company", name="Acme")
    for title in ("Desks", "Chairs", "More desks"):
        me.make("deal", title=title, company=acme["id"], amount=50)
    assert heads(me.client.get("/deal/board").text)[0] == ("3", "¥150")
    assert heads(me.client.get("/deal/board?q=desks").text)[0] == ("2", "")


def test_a_move_that_leads_nowhere_says_where_the_stage_leads(me: Any) -> None:
    acme = me.make("company", name="Acme")
    deal = me.make("deal", title="Desks", company=acme["id"])
    form = {"token": me.open("/deal/new").values["token"], "to": "won", "version": "1"}
    answer = me.client.post(f"/deal/{deal['id']}/move", data=form, headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["advice"] == "From Open you can go to: Offer, Lost"
