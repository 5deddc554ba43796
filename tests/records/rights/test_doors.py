"""Every role at every door: a generated matrix of role, entity, field and address that states who sees what."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from kehu.core.people.recall import Who
from kehu.core.web.server import make_server

PEOPLE = {"sales": "ann", "manager": "cat", "reader": "eve"}

MARKS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("customer", "name"): ("Alpha",),
    ("customer", "phone"): ("13912345678", "139 1234 5678"),
    ("customer", "credit"): ("7654.32", "7,654.32", "Credit limit", '"credit"', "credit"),
    ("customer", "secretword"): ("xyzzyAlpha", "Secret word", "secretword"),
    ("customer", "risky"): ("Risky", "risky"),
    ("customer", "spent"): ("Spent", "76543.2", "76,543.20"),
    ("order", "number"): ("N-Alpha",),
    ("order", ""): ("/order", "Order"),
    ("order", "amount"): ("76543.2", "76,543.20"),
}
"""What gives a field away wherever it stands: its value on Alpha, or its name."""

HIDDEN: Mapping[str, set[tuple[str, str]]] = {
    "sales": {
        ("customer", "credit"), ("customer", "secretword"), ("customer", "risky"), ("customer", "spent"),
        ("order", ""), ("order", "number"), ("order", "amount"), ("customer", "phone"),
    },
    "manager": {("order", "number")},
    "reader": {("customer", "credit"), ("customer", "risky"), ("customer", "phone")},
    "nothing": set(MARKS),
}  # fmt: skip
"""Role → what it must find nowhere. (The manager sees orders of its own customers only, and Alpha is Ann's; the sum of
all orders stands in a field of the customer.)
"""

SHOWN: Mapping[str, set[tuple[str, str]]] = {
    "sales": {("customer", "name")},
    "manager": {
        ("customer", "name"),
        ("customer", "phone"),
        ("customer", "credit"),
        ("customer", "secretword"),
    },
    "reader": {("customer", "name"), ("customer", "secretword"), ("order", "number"), ("order", "amount")},
    "nothing": set(),
    "owner": set(MARKS),
}
"""Role → what it must find at one door at least."""

DOORS = (
    "/",
    "/customer",
    "/customer?view=customers",
    "/customer?view=risky",
    "/customer?view=all&show=credit&show=secretword&show=phone&show=risky&show=spent",
    "/customer?f.name.is=Alpha",
    "/customer/board",
    "/customer/calendar",
    "/customer/new",
    "/customer/pick?q=Alpha",
    "/customer/export.csv",
    "/customer/export.jsonl",
    "/customer/import",
    "/customer/{id}",
    "/customer/{id}?tab=orders",
    "/customer/{id}/edit",
    "/customer/{id}/delete",
    "/customer/{id}/why?field=risky",
    "/customer/{id}/why?field=spent",
    "/customer/{id}/why?field=phone",
    "/customer/{id}/why?rule=credit_is_small",
    "/customer/{id}/why?shown=phone",
    "/order",
    "/order/export.csv",
    "/order/pick?q=N",
    "/order/{order}",
    "/search?q=Alpha",
    "/search?q=xyzzyAlpha",
    "/search?q=13912345678",
    "/problems",
    "/dashboard/home",
    "/user",
    "/api",
    "/api/openapi.json",
    "/api/schemas/customer.json",
    "/api/schemas/order.json",
    "/api/problems",
    "/api/metrics",
    "/api/metrics/customers?by=class&series=true",
    "/api/metrics/credits",
    "/api/customer?count=true&titles=true",
    "/api/customer?fields=name,phone",
    "/api/customer?fields=nonsense",
    "/api/customer?nonsense=1",
    "/api/customer?sort=nonsense",
    "/api/customer?where=nonsense",
    "/api/customer?sort=name&limit=1",
    "/api/customer?q=Alpha",
    "/api/customer/{id}?titles=true",
    "/api/customer/{id}/history?titles=true",
    "/api/customer/{id}/explain?field=phone",
    "/api/customer/{id}/explain?field=risky",
    "/api/customer/{id}/explain?rule=credit_is_small",
    "/api/order?titles=true",
    "/api/order/{order}",
    "/api/order/{order}/history",
    "/api/nonsense",
)
"""Addresses to look at."""


class As:
    """An ASGI application in front of another: everybody who comes is this person."""

    def __init__(self, app: ASGIApp, who: Who | None) -> None:
        self._app, self._who = app, who

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say who it is, and let the application answer."""
        if self._who is not None and scope["type"] == "http":
            scope["kehu_who"] = self._who
        await self._app(scope, receive, send)


@pytest.fixture
def browse(house: Any) -> Callable[..., TestClient]:
    """Somebody of a role at the server."""
    owner = house.app.context("page")
    records = house.app.now.records
    for name in ("Alpha", "Beta", "Delta", "Epsilon"):
        records.update(
            owner, "customer", house.ids[name], {"credit": "987.65" if name != "Alpha" else "765.43"}
        )
    server = make_server(house.app)

    def client(role: str, person: str | None = None) -> TestClient:
        who = None
        if role != "owner":
            roles = frozenset() if role == "nothing" else frozenset({role})
            who = Who("account", house.ids[person or PEOPLE.get(role, "ann")], roles)
        return TestClient(As(server, who), raise_server_exceptions=True, headers={"accept-language": "en"})

    return client


def address(house: Any, door: str) -> str:
    return door.format(id=house.ids["Alpha"], order=house.ids["orderAlpha"])


@pytest.fixture
def marked(house: Any) -> dict[tuple[str, str], tuple[str, ...]]:
    """What gives a field away."""
    marks = dict(MARKS)
    marks["customer", "credit"] = ("765.43", "Credit limit", "credit")
    marks["customer", "spent"] = ("Spent", "spent")
    marks["order", "amount"] = ("100.00", '"amount":100')
    return marks


@pytest.mark.parametrize("role", sorted(SHOWN))
def test_what_a_role_does_not_see_stands_behind_no_door(
    house: Any, browse: Callable[..., TestClient], marked: Any, role: str
) -> None:
    client, seen = browse(role), set()
    for door in DOORS:
        answer = client.get(address(house, door))
        assert answer.status_code < 500, door
        text = answer.text.replace("credit_is_small", "")
        for field, marks in marked.items():
            found = [mark for mark in marks if mark in text]
            if found:
                seen.add(field)
                found = [mark for mark in found if mark not in door and mark.lower() not in door]
            assert not (found and field in HIDDEN.get(role, ())), (role, door, field, found)
    assert SHOWN[role] <= seen


@pytest.mark.parametrize("hidden", ["credit", "secretword", "risky", "spent"])
@pytest.mark.parametrize(
    "door",
    [
        "/api/customer?{}=1", "/api/customer?{}.gte=1", "/api/customer?sort={}", "/api/customer?sort=-{}",
        "/api/customer?fields={}", "/api/customer?where={}%3D1", "/api/customer?where=LEN({})%3D1",
        "/api/metrics/customers?by={}", "/api/customer/{{id}}?fields={}", "/api/customer/{{id}}/explain?field={}",
        "/api/customer/{{id}}/explain?shown={}", "/api/customer/{{id}}/explain?rule={}", "/api/metrics/{}",
        "/customer?f.{}.is=1", "/customer?sort={}", "/customer?view={}", "/customer/{{id}}/why?field={}",
        "/customer?metric={}", "/customer/pick?f.{}.is=1", "/customer/export.csv?f.{}.is=1", "/{}", "/api/{}",
        "/api/schemas/{}.json", "/dashboard/{}",
    ],
)  # fmt: skip
def test_a_hidden_name_is_answered_like_a_name_that_nothing_has(
    house: Any, browse: Callable[..., TestClient], hidden: str, door: str
) -> None:
    client = browse("sales")
    unknown = "q" * len(hidden)
    answers = [client.get(address(house, door.format(name))) for name in (hidden, unknown)]
    first, second = (
        answer.content.replace(name.encode(), b"NAME")
        for answer, name in zip(answers, (hidden, unknown), strict=True)
    )
    assert answers[0].status_code == answers[1].status_code
    assert first == second


@pytest.mark.parametrize("entity", ["customer", "order"])
@pytest.mark.parametrize(
    "door",
    [
        "/{}/{}", "/{}/{}/edit", "/{}/{}/delete", "/{}/{}/why?field=name", "/api/{}/{}", "/api/{}/{}/history",
        "/api/{}/{}/explain?field=name", "/api/{}?id={}", "/{}?f.id.is={}",
    ],
)  # fmt: skip
def test_an_invisible_record_is_answered_like_a_missing_one(
    house: Any, browse: Callable[..., TestClient], entity: str, door: str
) -> None:
    client = browse("sales", "ben")
    there = house.ids["Alpha" if entity == "customer" else "orderAlpha"]
    gone = "01890000-0000-7000-8000-000000000000"
    answers = [client.get(door.format(entity, id)) for id in (there, gone)]
    first, second = (
        answer.content.replace(id.encode(), b"ID") for answer, id in zip(answers, (there, gone), strict=True)
    )
    assert answers[0].status_code == answers[1].status_code
    assert first == second


def everything(house: Any) -> str:
    """All that the store holds, as one text."""
    store = house.app.store
    tables = [*house.app.catalog.entities, "kehu_shares"]
    rows = {table: list(store.rows(table)) for table in tables}
    events = [tuple(event) for event in store.all_events(limit=10_000)]
    revisions = {table: store.revision(table) for table in tables}
    return json.dumps([rows, events, revisions], default=str, sort_keys=True)


WRITES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("POST", "/api/customer", {"name": "New"}),
    ("POST", "/api/customer", {"name": "New", "credit": 5}),
    ("POST", "/api/order", {"number": "New"}),
    ("PATCH", "/api/customer/{id}", {"name": "New"}),
    ("PATCH", "/api/customer/{id}", {"credit": 5}),
    ("PATCH", "/api/customer/{id}", {"class": "regular"}),
    ("DELETE", "/api/customer/{id}", {}),
    ("PATCH", "/api/order/{order}", {"number": "New"}),
    ("DELETE", "/api/order/{order}", {}),
    ("PAGE", "/customer/new", {"name": "New"}),
    ("PAGE", "/customer/{id}/edit", {"name": "New", "version": "2"}),
    ("PAGE", "/customer/{id}/delete", {"version": "2"}),
    ("PAGE", "/order/new", {"number": "New"}),
    ("PAGE", "/order/{order}/edit", {"number": "New", "version": "1"}),
    ("PAGE", "/order/{order}/delete", {"version": "1"}),
    ("PAGE", "/customer/{id}/share", {"with": "user:{eve}", "right": "change"}),
    ("PAGE", "/customer/{id}/hand_over", {"to": "{eve}"}),
    ("PAGE", "/customer/hand_over", {"to": "{eve}", "from": "{ann}"}),
)


@pytest.mark.parametrize(("role", "person"), [("nothing", "ann"), ("reader", "eve"), ("sales", "ben")])
@pytest.mark.parametrize(("method", "door", "values"), WRITES)
def test_what_is_refused_leaves_the_store_as_it_was(
    house: Any,
    browse: Callable[..., TestClient],
    role: str,
    person: str,
    method: str,
    door: str,
    values: dict[str, Any],
) -> None:
    if (role, method, values.get("name")) in (("sales", "POST", "New"), ("sales", "PAGE", "New")) and (
        door.endswith(("/customer", "/new")) and "credit" not in values
    ):
        pytest.skip("sales may make customers")
    client = browse(role, person)
    before = everything(house)
    url = address(house, door)
    sent = {
        key: value.format(**house.ids) if isinstance(value, str) else value for key, value in values.items()
    }
    if method == "PAGE":
        token = client.app._app.state.site.token_for("")  # type: ignore[attr-defined]
        answer = client.post(url, data={**sent, "token": token}, follow_redirects=False)
    else:
        headers = {"if-match": "*"}
        answer = client.request(method, url, json=sent, headers=headers)
    assert 400 <= answer.status_code < 500, answer.text
    assert everything(house) == before
