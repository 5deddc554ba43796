"""What HTTP itself refuses, as JSON and in the reader's language; and what other sites may not do."""

import pytest
from starlette.testclient import TestClient

from kehu.core.app import App
from kehu.core.problems import Problem, Refused
from kehu.core.web.refusals import refusal_response
from kehu.core.web.requests import LARGEST_BODY
from kehu.core.web.server import make_server

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("method", "path", "content", "headers", "status"),
    [
        ("POST", "/api/customer", b"{", JSON, 400),
        ("POST", "/api/customer", b"", JSON, 400),
        ("POST", "/api/customer", b"[]", JSON, 400),
        ("POST", "/api/customer", b'{"name": "a", "name": "b"}', JSON, 400),
        ("POST", "/api/customer", b'{"name": NaN}', JSON, 400),
        ("POST", "/api/customer", b'{"name": "\xff"}', JSON, 400),
        ("POST", "/api/customer", b"name=x", {"content-type": "application/x-www-form-urlencoded"}, 415),
        ("POST", "/api/customer", b"{}", {}, 415),
        ("POST", "/api/customer", b" " * (LARGEST_BODY + 1), JSON, 413),
        ("POST", "/api/customer?dry=true", b"{}", JSON, 422),
        ("POST", "/api/custmer", b"{}", JSON, 404),
        ("GET", "/api/custmer", None, {}, 404),
        ("GET", "/api/a/b/c/d", None, {}, 404),
        ("GET", "/api/a%0Ab/%0A", None, {}, 404),
        ("GET", "/api/metrics/nothing", None, {}, 404),
        ("GET", "/api/schemas/nothing.json", None, {}, 404),
        ("PUT", "/api/customer", b"{}", JSON, 405),
        ("PATCH", "/api/customer", b"{}", JSON, 405),
        ("DELETE", "/api/metrics", None, {}, 405),
        ("POST", "/api/customer", b"{}", {**JSON, "sec-fetch-site": "cross-site"}, 403),
        ("POST", "/api/customer", b"{}", {**JSON, "sec-fetch-site": "same-site"}, 403),
        ("POST", "/api/customer", b"{}", {**JSON, "origin": "https://elsewhere.example"}, 403),
        ("POST", "/api/customer", b"{}", {**JSON, "idempotency-key": " "}, 400),
    ],
)
def test_a_request_that_cannot_be_taken_is_refused_with_its_status(
    client: TestClient, method: str, path: str, content: bytes | None, headers: dict[str, str], status: int
) -> None:
    answer = client.request(method, path, content=content, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body.keys() == {"type", "title", "status", "detail", "problems"}
    assert body["problems"][0].keys() >= {"code", "message", "help", "field", "instead"}
    if status == 405:
        assert "GET" in answer.headers["allow"]


def test_the_pages_of_this_site_may_write(client: TestClient) -> None:
    for headers in (
        {"sec-fetch-site": "same-origin"},
        {"origin": "http://localhost"},
        {"sec-fetch-site": "none"},
    ):
        assert client.post("/api/customer", json={"nme": 1}, headers=headers).status_code == 422


def test_other_sites_may_link_here(client: TestClient) -> None:
    assert client.get("/api/customer?limit=1", headers={"sec-fetch-site": "cross-site"}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({"accept-language": "en-GB,en;q=0.9,zh;q=0.8"}, "Not found"),
        ({"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"}, "没有找到"),
        ({"accept-language": "en;q=0.1, zh;q=0.9"}, "没有找到"),
        ({"accept-language": "fr"}, "没有找到"),
        ({"accept-language": "zh", "cookie": "kehu_language=en"}, "Not found"),
        ({"accept-language": "en", "cookie": "kehu_language=xx"}, "Not found"),
    ],
)
def test_refusals_speak_the_language_asked_for(
    client: TestClient, headers: dict[str, str], words: str
) -> None:
    assert client.get("/api/custmer", headers=headers).json()["title"] == words


def test_a_long_text_is_not_repeated_whole(client: TestClient) -> None:
    answer = client.post(
        "/api/customer", json={"name": "x" * 500_000, "class": "y" * 500_000, "z" * 500_000: 1}
    )
    assert answer.status_code == 422
    assert len(answer.content) < 10_000


def test_options_and_head_answer_without_a_body(client: TestClient) -> None:
    options = client.options("/api/customer")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    head = client.head("/api/customer?limit=1")
    assert head.status_code == 200


@pytest.mark.parametrize("status", ["invalid", "forbidden", "missing", "conflict", "unavailable"])
def test_every_kind_of_refusal_has_an_answer(status: str) -> None:
    refusal = Refused([Problem("no_such_view", {"name": "x", "available": ["a", "b"]})], status)  # type: ignore[arg-type]
    for language in ("zh", "en"):
        assert refusal_response(refusal, language).status_code >= 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "elsewhere.example"}, 421),
        ({"host": "["}, 421),
        ({"host": ""}, 421),
        ({"origin": "http://["}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"content-length": "99999999999999"}, 413),
        ({"content-length": "-1"}, 413),
    ],
)
def test_the_guard_in_front_of_the_server_speaks_json_to_programs(
    app: App, headers: dict[str, str], status: int
) -> None:
    server = TestClient(make_server(app), base_url="http://localhost")
    answer = server.post("/api/customer", json={"nme": 1}, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
