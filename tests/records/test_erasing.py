"""A person's data goes everywhere at once; figures, links and the chain of events stay."""

from pathlib import Path
from typing import Any

import pytest

from kehu.core.problems import Refused
from kehu.core.records.erasing import erase, foreseen
from kehu.core.store.chain import ANCHOR, CHAIN, check, link_of

CONTACT = """
    entity: contact
    label: {zh: 联系人, en: Contact}
    title: name
    fields:
      name: {type: text, required: true}
      phone: {type: phone}
      wechat: {type: text}
      level: {type: choice, options: {a: {label: A}, b: {label: B}}}
      paid: {type: rollup, sum: order.amount, via: contact}
    unique:
      - {fields: [name]}
"""
ORDER = """
    entity: order
    title: what
    fields:
      what: {type: text}
      contact: {type: link, to: contact}
      amount: {type: money}
      buyer: {type: formula, formula: contact.name}
"""
NAME, PHONE, WECHAT = "孙悟空大圣", "13800138000", "monkey_king_500"


@pytest.fixture(params=["tinydb", "sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, make: Any) -> Any:
    """A person with orders, a change, a value that is parked, and a request key; and another person."""
    store = request.getfixturevalue("database") if request.param == "postgresql" else request.param
    made = make({"entities/contact.yaml": CONTACT, "entities/order.yaml": ORDER}, store=store)
    for old in made.all("order") if request.param == "postgresql" else ():
        made.delete("order", old["id"])
    records = made.app.now.records
    values = {"name": NAME, "phone": PHONE, "wechat": WECHAT, "level": "a"}
    person = records.create(made.context(), "contact", values, key="k1").row
    made.create("contact", {"name": f"other {person['id'][-6:]}", "level": "b"})
    made.create("order", {"what": "stick", "contact": person["id"], "amount": 7})
    made.update("contact", person["id"], {"name": NAME + "二"})
    made.close()
    made.write({"entities/contact.yaml": CONTACT.replace("wechat: {type: text}", "other: {type: text}")})
    made.person = person["id"]
    made.open()
    return made


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def erased(made: Any) -> None:
    records = made.app.now.records
    erase(records, made.context("command"), made.app.storage, foreseen(records, made.person))


def test_nothing_of_it_is_left(shop: Any) -> None:
    before = foreseen(shop.app.now.records, shop.person)
    assert set(before.fields) == {"name", "phone"}
    assert len(before.events) == 2
    others = shop.all("contact")
    erased(shop)
    with shop.app.store.moment() as moment:
        held = [
            *(row for table in moment.shapes for row in moment.rows(table)), *moment.events(), *moment.notes.items(),
        ]  # fmt: skip
    for text in (NAME, PHONE, WECHAT):
        assert text not in str(held)
    assert shop.app.store.note("request contact k1") is None
    if shop.app.store.name != "postgresql":
        for text in (NAME, PHONE, WECHAT):
            assert text.encode() not in bytes_of(shop.folder / "data")
    row = shop.get("contact", shop.person)
    assert (row["phone"], row["level"], str(row["paid"])) == (None, "a", "7.00")
    assert row["name"].startswith("已抹除")
    assert [o for o in shop.all("contact") if o["id"] != shop.person] == [
        o for o in others if o["id"] != shop.person
    ]
    assert foreseen(shop.app.now.records, shop.person).events == ()


def test_the_history_says_so_and_the_chain_closes(shop: Any) -> None:
    erased(shop)
    for _ in range(2):
        store = shop.app.store
        latest, *older = store.events("contact", shop.person)
        assert (latest.kind, latest.actor) == ("erased", shop.app.owner)
        assert latest.changes["fields"][1] == ["name", "phone"]
        assert [event.kind for event in older] == ["changed", "created"]
        assert set(older[0].changes) == {"name"}
        assert list(older[0].changes["name"]) == [None, None]
        assert check(store.chain(), link_of(store.note(CHAIN)), link_of(store.note(ANCHOR)))[1] is None
        shop.create("order", {"what": "more", "contact": shop.person, "amount": 1})
        shop.reopen()


def test_who_was_deleted_is_erased_from_the_history(shop: Any) -> None:
    (order,) = [row for row in shop.all("order") if row["contact"] == shop.person]
    shop.update("order", order["id"], {"contact": None})
    shop.delete("contact", shop.person)
    wanted = foreseen(shop.app.now.records, f"contact/{shop.person}")
    assert (wanted.fields, len(wanted.events)) == ((), 3)
    erased(shop)
    assert NAME not in str(list(shop.app.store.chain()))


def test_nobody_is_refused(shop: Any) -> None:
    for person in ("x", "contact/x", "nonsense/" + shop.person, shop.person[:-1] + "-"):
        with pytest.raises(Refused) as refused:
            foreseen(shop.app.now.records, person)
        assert refused.value.problems[0].code == "erase_nobody"
