"""The API over every field type: its description is sound and true, and what it gives it takes again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from kehu.core.app import App
from kehu.core.web.server import make_server

EXAMPLE = Path(__file__).parents[3] / "docs/examples/every-field"
VALUES: dict[str, Any] = {
    "title": "样品", "story": "# 标题", "weight": 1.5, "discount": 0.125, "made_on": "2026-03-01", "opens": "14:30",
    "effort": 90, "class": "special", "uses": ["home"], "keywords": ["a;b"], "region": "310115", "point": "31.23,121.47",
    "items": [{"note": "一", "quantity": 2, "unit_price": 3.5}], "stars": 4, "points": 85, "shade": "#ff8800",
    "signed": "李雷", "details": {"volts": 220}, "key": "hunter2",
}  # fmt: skip


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """Somebody who talks to the API of the example."""
    for path in EXAMPLE.rglob("*.yaml"):
        to = tmp_path / "example" / path.relative_to(EXAMPLE)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(path.read_bytes())
    app = App(tmp_path / "example")
    with TestClient(make_server(app), base_url="http://localhost") as found:
        yield found
    app.close()


def test_what_the_api_gives_meets_its_description_and_is_taken_again(client: TestClient) -> None:
    description = client.get("/api/openapi.json").json()
    validate(description)
    made = client.post("/api/sample", json=VALUES)
    assert made.status_code == 201, made.text
    record = made.json()
    schemas = description["components"]["schemas"]
    shape = next(
        schema for schema in schemas.values() if {"items", "key", "id"} <= set(schema.get("properties", {}))
    )
    Draft202012Validator({**shape, "components": description["components"]}).validate(record)
    same = {name: record[name] for name in VALUES}
    answer = client.patch(
        f"/api/sample/{record['id']}", json=same, headers={"If-Match": made.headers["ETag"]}
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["version"] == record["version"]


def test_what_is_wrong_in_a_row_or_in_json_is_told_in_words(client: TestClient) -> None:
    answer = client.post(
        "/api/sample", json={"title": "a", "items": [{"note": 1, "price": 2}], "details": {"volts": 1000}}
    )
    assert answer.status_code == 422
    assert "第 1 行：没有“price”这一列" in answer.text
    assert "volts 不能大于 400" in answer.text
