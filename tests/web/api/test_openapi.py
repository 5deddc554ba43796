"""The API's description: valid, of the moment, and kept by the API itself."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kehu.core.app import App

NEW_FIELD = """
extend: customer
fields:
  wechat_id: {type: text, label: 微信号, max: 30}
"""


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/openapi.json").json()
    return found


def test_the_description_is_valid_openapi(document: dict[str, Any]) -> None:
    validate(document)
    assert document["openapi"].startswith("3.1")


def test_every_entity_can_be_listed_made_read_changed_and_deleted(app: App, document: dict[str, Any]) -> None:
    for entity in app.catalog.entities:
        assert document["paths"][f"/{entity}"].keys() == {"get", "post"}
        assert document["paths"][f"/{entity}/{{id}}"].keys() == {"parameters", "get", "patch", "delete"}


def test_only_writable_fields_can_be_sent_and_choices_are_listed(document: dict[str, Any]) -> None:
    made = document["components"]["schemas"]["customer.create"]
    assert made["additionalProperties"] is False
    assert "spent" not in made["properties"]
    assert made["required"] == ["name"]
    assert made["properties"]["class"]["enum"] == ["high", "potential", "regular", None]
    assert "won" in document["components"]["schemas"]["deal.change"]["properties"]["stage"]["enum"]


@pytest.mark.parametrize("entity", ["customer", "deal", "order", "ticket", "user", "delivery"])
def test_records_are_as_described(client: TestClient, document: dict[str, Any], entity: str) -> None:
    schema = {**document["components"]["schemas"][f"{entity}.record"], "additionalProperties": False}
    validator = Draft202012Validator(schema)
    for item in client.get(f"/api/{entity}?limit=200").json()["items"]:
        validator.validate(item)


def test_every_filter_that_is_described_is_understood(client: TestClient, document: dict[str, Any]) -> None:
    for entity in ("deal", "delivery"):
        for parameter in document["paths"][f"/{entity}"]["get"]["parameters"]:
            name, schema = parameter["name"], parameter["schema"]
            value = "1" if name in ("limit", "count", "titles") else _example(schema)
            if name in ("after", "where", "sort", "fields"):
                continue
            answer = client.get(
                f"/api/{entity}", params={name: value, **({} if name == "limit" else {"limit": "1"})}
            )
            accepted = answer.status_code == 200 or {p["code"] for p in answer.json()["problems"]} <= {
                "link_leads_nowhere", "not_an_email", "not_a_phone", "not_a_url"
            }  # fmt: skip
            assert accepted, (name, value, answer.text)


def _example(schema: dict[str, Any]) -> str:
    if schema["type"] == "array":
        return ",".join([_example(schema["items"])] * 2)
    if "enum" in schema:
        return str(schema["enum"][0])
    by_format = {"date": "2026-01-01", "date-time": "2026-01-01T00:00:00Z"}
    plain = {"boolean": "true", "number": "1", "integer": "1"}
    return plain.get(schema["type"]) or by_format.get(schema.get("format", ""), "x")


def test_schemas_are_served_for_editors(client: TestClient, app: App) -> None:
    for entity in app.catalog.entities:
        answer = client.get(f"/api/schemas/{entity}.json")
        assert answer.headers["content-type"] == "application/schema+json"
        Draft202012Validator.check_schema(answer.json())


def test_an_unchanged_description_is_not_sent_again(client: TestClient) -> None:
    etag = client.get("/api/openapi.json").headers["etag"]
    assert client.get("/api/openapi.json", headers={"if-none-match": etag}).status_code == 304


def test_a_new_field_is_in_the_description_and_the_records_at_once(client: TestClient, app: App) -> None:
    file = app.folder / "entities" / "customer_wechat.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(NEW_FIELD, encoding="utf-8")
    try:
        app.reload()
        document = client.get("/api/openapi.json").json()
        assert (
            document["components"]["schemas"]["customer.create"]["properties"]["wechat_id"]["maxLength"] == 30
        )
        assert "wechat_id" in client.get("/api/customer?limit=1").json()["items"][0]
        made = client.post("/api/customer", json={"name": "Wenzhou New Field", "wechat_id": "abc"})
        assert client.get("/api/customer?wechat_id=abc").json()["items"][0]["id"] == made.json()["id"]
        client.delete(made.headers["location"])
    finally:
        file.unlink()
        app.reload()
    assert "wechat_id" not in client.get("/api/customer?limit=1").json()["items"][0]


def test_a_broken_file_is_told_while_the_last_good_definitions_serve(client: TestClient, app: App) -> None:
    file: Path = app.folder / "entities" / "broken.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text("extend: customer\nfields:\n  wechat_id: {type: txt}\n", encoding="utf-8")
    try:
        app.reload()
        problem = client.get("/api/problems").json()["items"][0]
        assert problem["place"]["file"].endswith("broken.yaml")
        assert problem["place"]["line"] == 3
        assert client.get("/api/customer?limit=1").status_code == 200
    finally:
        file.unlink()
        app.reload()
    assert client.get("/api/problems").json()["items"] == []


def test_the_index_leads_everywhere(client: TestClient) -> None:
    for path in ("/api", "/api/"):
        index = client.get(path).json()
        for href in [index["metrics"], index["openapi"], index["problems"], index["entities"][0]["schema"]]:
            assert client.get(href).status_code == 200
        for entity in index["entities"]:
            assert client.get(entity["href"]).status_code == 200


def test_what_the_description_promises_is_what_comes(web: Starlette, document: dict[str, Any]) -> None:
    """Schemathesis: requests made from the description, answers held against it."""
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase, settings
    from schemathesis.specs.openapi import checks as kept

    checks = [
        kept.status_code_conformance,
        kept.content_type_conformance,
        kept.response_schema_conformance,
        kept.response_headers_conformance,
        schemathesis.checks.not_a_server_error,
    ]
    schema = schemathesis.openapi.from_dict(document)
    schema.app = web
    few = settings(
        max_examples=3,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for entity in ("deal", "product"):
        for result in schema.include(path_regex=f"^/{entity}(/|$)").get_all_operations():
            operation = result.ok()

            def test(case: Any) -> None:
                answer = case.call(app=web, base_url="http://localhost/api")
                case.validate_response(answer, checks=checks)

            from hypothesis import given

            given(case=operation.as_strategy())(few(test))()
