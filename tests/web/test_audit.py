"""Who did what, through which door, and when: on the page, over the API, and as files."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from starlette.testclient import TestClient

from kehu.core.problems import Refused
from kehu.core.records.audit import DOORS, RECORD_KINDS, note, seen
from kehu.core.store.query import EventQuery
from kehu.core.web.server import make_server
from kehu.core.words.audit import PHRASES

CUSTOMER = """
    entity: customer
    label: {zh: 客户, en: Customer}
    title: name
    fields:
      name: {type: text, label: {zh: 名称, en: Name}, required: true}
"""


@pytest.fixture(params=["tinydb", "sqlite"])
def shop(request: pytest.FixtureRequest, make: Any) -> Any:
    """Some customers made through the page and the API, one changed, one deleted, and a login."""
    made = make({"entities/customer.yaml": CUSTOMER}, store=request.param)
    for number in range(5):
        made.create("customer", {"name": f"c{number}"}, door="api" if number % 2 else "page")
    first, second, *_ = made.all("customer")
    made.update("customer", first["id"], {"name": "<b>renamed</b>"})
    made.delete("customer", second["id"])
    note(made.app.store, made.context(), "signed_in", {"address": "127.0.0.1"})
    return made


@pytest.fixture
def client(shop: Any) -> Iterator[TestClient]:
    with TestClient(make_server(shop.app), base_url="http://127.0.0.1") as made:
        yield made


def test_the_page_tells_what_was_done(client: TestClient) -> None:
    text = client.get("/audit").text
    for part in ("操作记录", "登录", "address: 127.0.0.1", "删除", "&lt;b&gt;renamed&lt;/b&gt;"):
        assert part in text
    text = client.get("/audit", params={"kind": "deleted"}).text
    assert "address: 127.0.0.1" not in text
    assert client.get("/audit", params={"from": "soon"}).status_code == 422
    assert "没有符合条件的操作" in client.get("/audit", params={"to": "2001-01-01"}).text


def test_every_door_and_kind_has_words() -> None:
    assert {f"page_audit_door_{door}" for door in DOORS} <= set(PHRASES)
    assert {f"page_act_{kind}" for kind in RECORD_KINDS} <= set(PHRASES)


def test_the_api_gives_it_page_by_page(client: TestClient, shop: Any) -> None:
    found, before = [], ""
    while True:
        page = client.get(
            "/api/audit", params={"limit": 3, "before": before} if before else {"limit": 3}
        ).json()
        found += page["items"]
        before = page["next"]
        if before is None:
            break
    events = list(shop.app.store.chain())
    assert [item["id"] for item in found] == [event.id for event in events][::-1]
    assert found[0]["kind"] == "signed_in"
    assert found[0]["changes"] == {"address": {"before": None, "after": "127.0.0.1"}}


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"door": "api"}, 2),
        ({"kind": "changed"}, 1),
        ({"entity": "customer"}, 7),
        ({"entity": "customer", "door": "page", "kind": "created"}, 3),
        ({"actor": "nobody"}, 0),
        ({"from": "2001-01-01", "to": "2001-12-31"}, 0),
        ({"from": "2001-01-01", "entity": "customer"}, 7),
    ],
)
def test_it_is_narrowed(client: TestClient, asked: dict[str, str], count: int) -> None:
    assert len(client.get("/api/audit", params=asked).json()["items"]) == count


@pytest.mark.parametrize(
    "asked", [{"door": "window"}, {"before": "x"}, {"to": "x"}, {"other": "1"}, {"limit": "0"}]
)
def test_what_cannot_be_asked_is_refused(client: TestClient, asked: dict[str, str]) -> None:
    assert client.get("/api/audit", params=asked).status_code in (400, 422)


def test_it_is_exported_and_that_is_told(client: TestClient, shop: Any) -> None:
    count = len(list(shop.app.store.chain()))
    rows = list(csv.DictReader(StringIO(client.get("/audit/export.csv").text.removeprefix("\ufeff"))))
    assert len(rows) == count
    lines = client.get("/api/audit/export", params={"format": "jsonl"}).text.splitlines()
    assert len(lines) == count + 1
    assert json.loads(lines[0])["changes"]["what"]["after"] == "audit"


def test_an_export_of_records_is_told(client: TestClient, shop: Any) -> None:
    assert client.get("/customer/export.csv").status_code == 200
    (latest,) = shop.app.store.find_events(EventQuery(limit=1))
    assert (latest.kind, latest.table, latest.actor) == ("exported", "customer", shop.app.owner)


def test_only_owners_see_it(shop: Any) -> None:
    context = shop.context()
    for other in (
        replace(context, roles=frozenset({"sales"})),
        replace(context, scopes=frozenset({"read:*"})),
    ):
        with pytest.raises(Refused) as refused:
            seen(shop.app.store, other, EventQuery())
        assert refused.value.status == "forbidden"
