"""Every kind of too much is refused with a reason and a status of the sender's, at the API and at the pages."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from kehu.core.app import App
from kehu.core.web.server import make_server

TEMPLATE = Path(__file__).parents[2] / "templates" / "general"
JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("limits") / "acme"
    shutil.copytree(TEMPLATE, folder, ignore=shutil.ignore_patterns("data"))
    app = App(folder)
    yield app
    app.close()


@pytest.fixture(scope="module")
def client(app: App) -> Iterator[TestClient]:
    with TestClient(
        make_server(app), base_url="http://localhost", headers={"accept-language": "en"}
    ) as client:
        yield client


Ask = Callable[[TestClient], Any]


def get(address: str, **more: Any) -> Ask:
    return lambda client: client.get(address, **more)


def post(body: bytes, **headers: str) -> Ask:
    return lambda client: client.post("/api/customer", content=body, headers={**JSON, **headers})


def many(text: str, count: int) -> str:
    return "&".join(text.format(n) for n in range(count))


API: dict[str, tuple[int, str, Ask]] = {
    "a page of too many records": (422, "parameter_number", get("/api/customer?limit=201")),
    "a page before the first": (422, "parameter_number", get("/api/customer?limit=0")),
    "a history of too many events": (422, "parameter_number", get("/api/customer/x/history?limit=9999")),
    "too many parameters": (422, "too_many_parameters", get("/api/customer?" + many("name.is={}", 41))),
    "too many filters": (422, "too_many_filters", get("/api/customer?" + many("name.is={}", 21))),
    "too many values of a filter": (422, "filter_in", get("/api/customer?class.in=" + "high," * 101)),
    "too many sort keys": (422, "too_many_sorts", get("/api/customer?sort=name,class,spent,created_at")),
    "a formula that is too long": (422, "where_too_long", get("/api/customer", params={"where": "1+" * 1001 + "1 > 0"})),
    "a formula that is too deep": (422, "formula_too_deep", get("/api/customer", params={"where": "(" * 50 + "true" + ")" * 50})),
    "a search that is too long": (422, "too_long", get("/api/customer?q=" + "a" * 201)),
    "a cursor that is too long": (422, "cursor_broken", get("/api/customer?after=" + "a" * 4001)),
    "a body that is too large": (413, "body_too_large", post(b'{"name":"' + b"a" * 2_100_000 + b'"}')),
    "a body of too many members": (400, "body_too_many", post(json.dumps({f"f{n}": 1 for n in range(501)}).encode())),
    "a body that is too deep": (400, "body_not_json", post(b'{"name":' + b"[" * 5000 + b"]" * 5000 + b"}")),
    "a number that is too long": (400, "body_not_json", post(b'{"name":' + b"9" * 100_000 + b"}")),
    "a text that is too long": (422, "too_long", post(b'{"name":"' + b"a" * 121 + b'"}')),
    "a list that is too long": (422, "too_many", post(json.dumps({"name": "x", "tags": ["t"] * 1 + [str(n) for n in range(51)]}).encode())),
    "a key that is too long": (400, "key_malformed", post(b'{"name":"x"}', **{"idempotency-key": "k" * 201})),
    "a reason that is too long": (422, "reason_too_long", post(b'{"name":"x"}', **{"kehu-reason": "r" * 501})),
    "an address that is too long": (414, "address_too_long", get("/api/" + "a" * 20_000)),
    "too many headers": (431, "headers_too_large", get("/api/customer", headers={f"x-{n}": "1" for n in range(101)})),
    "headers that are too large": (431, "headers_too_large", get("/api/customer", headers={"cookie": "a=" + "b" * 40_000})),
}  # fmt: skip


@pytest.mark.parametrize("what", API)
def test_too_much_at_the_api_is_refused_with_its_reason(client: TestClient, what: str) -> None:
    status, code, ask = API[what]
    answer = ask(client)
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["problems"][0]["code"] == code
    assert body["title"]
    assert body["problems"][0]["message"]
    assert len(answer.content) < 20_000  # what was too much is not sent back


def form(app: App, values: dict[str, str]) -> Ask:
    token = str(app.store.note("form_token"))
    return lambda client: client.post("/customer/new", data={"token": token, **values})


PAGES: dict[str, tuple[int, Callable[[App], Ask]]] = {
    "too many parameters": (414, lambda _: get("/customer?" + many("a{}=1", 400))),
    "an address that is too long": (414, lambda _: get("/" + "a" * 20_000)),
    "too many filters": (422, lambda _: get("/customer?view=all&" + many("f.name.is={}", 60))),
    "headers that are too large": (431, lambda _: get("/customer", headers={"cookie": "a=" + "b" * 40_000})),
    "a form of too many fields": (400, lambda app: form(app, {f"f{n}": "1" for n in range(2_100)})),
    "a field that is too long": (400, lambda app: form(app, {"name": "a" * 1_100_000})),
    "a text that is too long": (422, lambda app: form(app, {"name": "a" * 200})),
    "a body that is too large": (413, lambda app: form(app, {"name": "a" * 23_000_000})),
}


@pytest.mark.parametrize("what", PAGES)
def test_too_much_at_the_pages_is_refused_with_its_reason(client: TestClient, app: App, what: str) -> None:
    status, make = PAGES[what]
    answer = make(app)(client)
    assert answer.status_code == status, answer.text[:500]
    assert answer.text


def test_what_is_just_not_too_much_is_answered(client: TestClient) -> None:
    for address in (
        "/api/customer?limit=200",
        "/api/customer?" + many("name.is={}", 20),
        "/customer?" + many("a{}=1", 200),
        "/api/customer?q=" + "a" * 200,
    ):
        assert client.get(address).status_code == 200, address
    headers = {f"x-{n}": "1" for n in range(60)}
    assert client.get("/customer", headers=headers).status_code == 200
