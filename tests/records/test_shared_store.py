"""Two servers over one database: what one writes, the other counts, sums and takes up."""

from typing import Any

import pytest

from kehu.core.app import App
from kehu.core.store.query import Totals


@pytest.fixture
def other(shop: Any) -> Any:
    if shop.app.store.name == "tinydb":
        pytest.skip("a TinyDB store belongs to one process")
    app = App(shop.app.folder, "sqlite")
    yield app
    app.close()


def test_totals_notice_what_the_other_one_writes(shop: Any, other: App) -> None:
    asked = Totals("order", (("count", "id"), ("sum", "amount")), None, (), None)
    records, context = shop.app.now.records, shop.context()
    theirs = other.now.records
    for number in range(1, 6):
        writer = records if number % 2 else theirs
        writer.create(context, "order", {"amount": 10})
        for reader in (records, theirs):
            (group,) = reader.totals(context, asked)
            assert [int(value) for value in group.values] == [number, 10 * number]
            assert reader.count(context, "order") == number


def test_both_have_the_same_owner_and_know_the_same_request_keys(shop: Any, other: App) -> None:
    assert other.owner == shop.app.owner
    first = shop.app.now.records.create(shop.context("api"), "order", {"amount": 5}, key="k").row
    again = other.now.records.create(shop.context("api"), "order", {"amount": 5}, key="k").row
    assert again["id"] == first["id"]


def test_both_take_up_what_is_edited_and_the_store_is_made_to_fit_once(shop: Any, other: App) -> None:
    (shop.app.folder / "entities" / "thing.yaml").write_text("entity: thing\nfields: {name: {type: text}}\n")
    for app in (shop.app, other):
        app.reload()
        assert "thing" in app.catalog.entities
    made = other.now.records.create(shop.context(), "thing", {"name": "x"}).row
    assert shop.app.now.records.get(shop.context(), "thing", made["id"])["name"] == "x"
