"""A retry gets the answer of the first time, for a day, and only whoever sent it first."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kehu.core.problems import Refused
from kehu.core.records.requests import KEPT, REQUESTS


def known(shop: Any) -> int:
    return sum(1 for _ in shop.app.store.rows(REQUESTS.name))


def test_a_key_is_known_for_a_day(shop: Any) -> None:
    records, context = shop.app.now.records, shop.context("api")
    first = records.create(context, "order", {"amount": 5}, key="k1").row
    nearly = context.at(context.now + KEPT - timedelta(seconds=1))
    assert records.create(nearly, "order", {"amount": 5}, key="k1").row["id"] == first["id"]
    later = context.at(context.now + KEPT)
    second = records.create(later, "order", {"amount": 5}, key="k1").row
    assert second["id"] != first["id"]
    assert records.create(later, "order", {"amount": 5}, key="k1").row["id"] == second["id"]
    assert known(shop) == 1


def test_the_same_key_with_other_values_is_refused_until_it_is_forgotten(shop: Any) -> None:
    records, context = shop.app.now.records, shop.context("api")
    records.create(context, "order", {"amount": 5}, key="k1")
    with pytest.raises(Refused) as refused:
        records.create(context, "order", {"amount": 6}, key="k1")
    assert refused.value.problems[0].code == "key_used_before"
    assert known(shop) == 1
    records.create(context.at(context.now + KEPT), "order", {"amount": 6}, key="k1")


def test_somebody_elses_key_is_another_one(shop: Any) -> None:
    records, context = shop.app.now.records, shop.context("api")
    mine = records.create(context, "order", {"amount": 5}, key="k1").row
    theirs = records.create(replace(context, actor="somebody"), "order", {"amount": 5}, key="k1").row
    assert mine["id"] != theirs["id"]


def test_old_keys_go_as_new_ones_come(shop: Any) -> None:
    records, context = shop.app.now.records, shop.context("api")
    for number in range(10):
        records.create(context, "order", {"amount": 5}, key=f"old {number}")
    later = context.at(context.now + KEPT)
    for number in range(10):
        records.create(later, "order", {"amount": 5}, key=f"new {number}")
    assert known(shop) == 10


def test_a_request_that_was_refused_leaves_no_key(shop: Any) -> None:
    records, context = shop.app.now.records, shop.context("api")
    with pytest.raises(Refused):
        records.create(context, "customer", {"class": "nothing"}, key="k1")
    assert known(shop) == 0
    assert not [key for key in getattr(getattr(shop.app.store, "state", None), "notes", {}) if "k1" in key]
