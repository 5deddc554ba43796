"""Whatever is sent, the answer is a refusal with reasons or a success; the server never fails."""

import json
import string
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from kehu.core.app import App

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ENTITIES = ["customer", "deal", "order", "ticket", "user", "contact", "payment", "nothing"]
FIELDS = [
    "name", "class", "owner", "spent", "completeness", "tags", "created_at", "first_contact_at", "id", "contacts",
    "external_id", "created_by", "stage", "amount", "probability", "won_at", "ordered_at", "trial", "number", "x",
]  # fmt: skip
OPERATORS = [
    "is", "is_not", "contains", "starts", "gt", "gte", "lt", "lte", "in", "empty", "not_empty", "between", "no", "",
]  # fmt: skip
PARAMETERS = ["q", "where", "sort", "limit", "after", "count", "fields", "titles", "period", "by", "before"]

TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from([
        "", "1", "-1", "0", "true", "2026-01-01", "9999-12-31", "0001-01-01", "2026-01-01T10:00:00Z", "1e999", "NaN",
        "Infinity", "9" * 40, "1万", "50%", "high", "重点客户", "me", "张敏", ",", ",,", "a,b", "\x00", "-amount,name",
        "2026-13-45", "0001-01-01T00:00+14:00", "9999-12-31T23:59:59-14:00", "name", "customer.name", "-", "--id",
    ]),
)  # fmt: skip
FORMULAS = st.one_of(
    TEXTS,
    st.text(alphabet=string.ascii_lowercase + "()<>=\"',.+-*/& 0123456789", max_size=60),
    st.sampled_from([
        "(" * 900, "not " * 300 + "true", "1" + "+1" * 900, 'name = "' + "a" * 1900 + '"', "1/0 > 2", "amount > 1e400",
        'COUNT(deals, stage = "won") > 1', "TODAY() - created_at > 5 days", "created_at + 99999999 days > TODAY()",
        "LEN(name) > 2", 'DATE(0, 0, 0) = TODAY()', "spent * spent * spent * spent > 1", "spent ^ 99999 > 1",
        "owner.name = CURRENT_USER()", "created_at in period", 'name = "\x00"', "ROUND(spent, 99999999) > 1",
        'REPT("a", 99999999) = name', "contacts = 1", "-name", "period", "customer.customer.customer",
    ]),
)  # fmt: skip
VALUES: Any = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.integers(-(10**30), 10**30),
        st.floats(allow_nan=False),
        TEXTS,
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


def answered(response: Any) -> None:
    assert response.status_code < 500, response.text
    if response.status_code >= 400:
        assert response.headers["content-type"] == "application/problem+json"
        body = response.json()
        assert body["status"] == response.status_code
        assert body["problems"]
        for problem in body["problems"]:
            assert problem["message"]
            assert "{" not in problem["code"]


@FEW
@given(
    entity=st.sampled_from(ENTITIES),
    pairs=st.lists(
        st.one_of(
            st.tuples(st.sampled_from(PARAMETERS), TEXTS),
            st.tuples(st.builds("{}.{}".format, st.sampled_from(FIELDS), st.sampled_from(OPERATORS)), TEXTS),
            st.tuples(TEXTS, TEXTS),
        ),
        max_size=4,
    ),
)
def test_any_parameters(client: TestClient, entity: str, pairs: list[tuple[str, str]]) -> None:
    query = [(_sendable(name), _sendable(value)) for name, value in pairs]
    answered(client.get(f"/api/{entity}", params=query))  # type: ignore[arg-type]


@FEW
@given(field=st.sampled_from(FIELDS), operator=st.sampled_from(OPERATORS), text=TEXTS)
def test_any_filter(client: TestClient, field: str, operator: str, text: str) -> None:
    for entity in ("customer", "deal", "order"):
        answered(client.get(f"/api/{entity}", params={f"{field}.{operator}": _sendable(text), "limit": "5"}))


@FEW
@given(text=FORMULAS)
def test_any_formula(client: TestClient, text: str) -> None:
    answered(client.get("/api/customer", params={"where": _sendable(text), "limit": "2", "count": "true"}))


@FEW
@given(text=st.one_of(TEXTS, st.text(alphabet=string.ascii_letters + string.digits + "-_", max_size=80)))
def test_any_cursor(client: TestClient, text: str) -> None:
    for sort in ("", "name", "-spent,created_at"):
        answered(client.get("/api/customer", params={"after": _sendable(text), "sort": sort, "limit": "2"}))


@FEW
@given(entity=st.sampled_from(ENTITIES), body=VALUES)
def test_any_json(client: TestClient, entity: str, body: Any) -> None:
    answered(
        client.post(f"/api/{entity}", content=json.dumps(body), headers={"content-type": "application/json"})
    )


@FEW
@given(data=st.data())
def test_any_values_of_fields(client: TestClient, app: App, customer: str, data: st.DataObject) -> None:
    entity = data.draw(st.sampled_from(sorted(app.catalog.entities)))
    names = [*app.catalog.entities[entity].fields, "external_id", "id", "version", "created_at"]
    body = data.draw(st.dictionaries(st.sampled_from(names), VALUES, max_size=6))
    content, headers = json.dumps(body), {"content-type": "application/json", "if-match": "*"}
    made = client.post(f"/api/{entity}", content=content, headers=headers)
    answered(made)
    if made.status_code == 201:
        again = client.get(made.headers["location"])
        assert again.status_code == 200
        assert again.json() == {name: value for name, value in made.json().items() if name != "warnings"}
    if entity == "customer":
        answered(client.patch(customer, content=content, headers=headers))


@FEW
@given(content=st.binary(max_size=60))
@example(content=b"[" * 100_000)
@example(content=b'{"a":' * 5_000)
@example(content=b'{"name": "\\ud800"}')
@example(content=b'{"name": 1e999}')
@example(content=b'{"spent": ' + b"9" * 6000 + b"}")
@example(content=b"{" + b",".join(b'"f%d":1' % i for i in range(600)) + b"}")
@example(content=json.dumps({"n" * 100_000: 1, "tags": ["x"] * 50_000}).encode())
@example(content=json.dumps({"name": "x", "owner": {"a": ["b"] * 1000}, "external_id": [1]}).encode())
@example(content=b'{"name": "\x00", "owner": "\x00", "external_id": "\x00"}')
@example(content=b'{"name": "a\\u0000b", "owner": "\\u0000", "external_id": "\\u0000"}')
def test_any_content(client: TestClient, content: bytes) -> None:
    response = client.post("/api/customer", content=content, headers={"content-type": "application/json"})
    answered(response)
    assert len(response.content) < 100_000


@FEW
@given(
    value=st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=30), data=st.data()
)
def test_any_headers(client: TestClient, customer: str, value: str, data: st.DataObject) -> None:
    name = data.draw(
        st.sampled_from(
            [
                "if-match",
                "if-none-match",
                "idempotency-key",
                "accept-language",
                "cookie",
                "content-type",
                "origin",
                "sec-fetch-site",
                "content-length",
                "accept",
            ]
        )
    )
    if name == "content-length":
        value = data.draw(st.sampled_from(["99999999999999999999999", "9999999"]))
    for method, body in (("GET", None), ("PATCH", b'{"note": "x"}')):
        headers = {"content-type": "application/json", "if-match": "*"} if body else {}
        answered(client.request(method, customer, content=body, headers={**headers, name: value}))


@FEW
@example(path=["\n", "customer"])
@given(
    path=st.lists(st.one_of(TEXTS, st.sampled_from([*ENTITIES, "history", "metrics", "sales"])), max_size=4)
)
def test_any_path(client: TestClient, path: list[str]) -> None:
    from urllib.parse import quote

    answered(client.get("/api/" + "/".join(quote(_sendable(part), safe="") for part in path)))


@FEW
@given(pairs=st.dictionaries(st.sampled_from(["period", "by", "series"]), TEXTS))
@pytest.mark.parametrize("metric", ["sales", "satisfaction", "customer_conversion"])
def test_any_metric(client: TestClient, metric: str, pairs: dict[str, str]) -> None:
    answered(client.get(f"/api/metrics/{metric}", params={k: _sendable(v) for k, v in pairs.items()}))


def _sendable(text: str) -> str:
    """A text that an address can hold: half a surrogate pair has no UTF-8."""
    return text.encode("utf-8", "replace").decode()
