"""Metrics over HTTP say what the engine says."""

import pytest
from starlette.testclient import TestClient

from kehu.core.app import App
from kehu.core.metrics.periods import days_of


def test_every_metric_says_what_the_engine_says(client: TestClient, app: App) -> None:
    runtime, context = app.now, app.context("api")
    for metric in client.get("/api/metrics").json()["items"]:
        answer = client.get(metric["href"], params={"period": "last_18_months"})
        assert answer.status_code == 200, answer.text
        measured = runtime.measuring.measure(
            context, metric["name"], days_of("last_18_months", context.today)
        )
        found = answer.json()
        assert found["value"] == (None if measured.value is None else pytest.approx(float(measured.value)))
        assert (found["population"], found["verdict"]) == (measured.population, measured.verdict)


def test_parts_have_the_labels_that_people_know(client: TestClient) -> None:
    parts = client.get("/api/metrics/sales?by=owner&period=all").json()["parts"]
    assert "张敏" in {part["label"] for part in parts}
    whole = client.get("/api/metrics/sales?period=all").json()
    assert sum(part["value"] for part in parts) == pytest.approx(whole["value"])


def test_steps_add_up_to_the_whole(client: TestClient) -> None:
    found = client.get("/api/metrics/sales_by_month?period=last_12_months&series=true").json()
    assert sum(step["value"] for step in found["series"]) == pytest.approx(found["value"])
    assert found["series"][0]["start"] == found["period"]["start"]


@pytest.mark.parametrize("query", ["period=yesterday", "by=phone", "series=2", "from=2026-01-01"])
def test_what_cannot_be_asked_of_a_metric_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/api/metrics/sales?{query}").status_code == 422
