"""The API on a real server, over a real connection: what a client program meets."""

import http.client
import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette


@pytest.fixture(scope="module")
def connection(web: Starlette, serving: Any) -> Iterator[http.client.HTTPConnection]:
    with serving(web) as url:
        connection = http.client.HTTPConnection(url.removeprefix("http://"))
        yield connection
        connection.close()


def ask(
    connection: http.client.HTTPConnection, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, named)
    answer = connection.getresponse()
    return answer, answer.read()


def test_one_connection_serves_a_whole_round_trip(connection: http.client.HTTPConnection) -> None:
    body = json.dumps({"name": "Jiaxing Served"}).encode()
    made, content = ask(connection, "POST", "/api/customer", body, content_type="application/json")
    assert made.status == 201, content
    where = str(made.headers["location"])
    read, _ = ask(connection, "GET", where)
    unchanged, content = ask(connection, "GET", where, if_none_match=str(read.headers["etag"]))
    assert (unchanged.status, content) == (304, b"")
    head, content = ask(connection, "HEAD", where)
    assert (head.status, content) == (200, b"")
    stale, _ = ask(connection, "PATCH", where, b"{}", content_type="application/json", if_match='"9"')
    assert stale.status == 412
    gone, content = ask(connection, "DELETE", where)
    assert (gone.status, content) == (204, b"")


def test_a_body_that_is_too_large_is_refused_before_it_is_read(
    connection: http.client.HTTPConnection,
) -> None:
    headers = {"content_type": "application/json", "content_length": str(10**9)}
    answer, content = ask(connection, "POST", "/api/customer", b"{", **headers)
    assert answer.status == 413
    assert json.loads(content)["problems"][0]["code"] == "body_too_large"
    connection.close()


def test_an_address_that_is_not_utf8_is_no_fault_of_the_server(
    connection: http.client.HTTPConnection,
) -> None:
    for path in (
        "/api/%ff%fe",
        "/api/customer?%ff=%ff",
        "/api/customer/%00",
        "/api/customer?q=%00",
        "/api/%2e%2e/x",
    ):
        answer, content = ask(connection, "GET", path)
        assert 400 <= answer.status < 500, content
