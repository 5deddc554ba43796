"""Run with ``pytest`` where Kehu and this plugin are installed: the fixtures come with Kehu."""

import pytest

from kehu import Refused

GOOD = "91350100M000100Y43"
WORKSPACE = {"kehu.yaml": "workspace: trial\nlanguage: en\nplugins: [customers, tax]\n"}


def test_a_number_is_kept_in_capitals(kehu_app):
    app = kehu_app(WORKSPACE)
    values = {"name": "Acme", "tax_number": f" {GOOD.lower()} "}
    row = app.now.records.create(app.context("api"), "customer", values).row
    assert row["tax_number"] == GOOD
    assert row["tax_number_shown"] == "*" * 14 + "0Y43"


def test_a_mistyped_number_is_refused_at_its_field(kehu_client):
    answer = kehu_client(WORKSPACE).post(
        "/api/customer", json={"name": "Acme", "tax_number": GOOD[:-1] + "X"}
    )
    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert problem["field"] == "tax_number"
    assert problem["message"] == "“91350100M000100Y4X” is not a valid tax number"


def test_a_number_cannot_be_changed(kehu_app):
    app = kehu_app(WORKSPACE)
    records, context = app.now.records, app.context("api")
    row = records.create(context, "customer", {"name": "Acme", "tax_number": GOOD}).row
    with pytest.raises(Refused, match="cannot be changed"):
        records.update(context, "customer", row["id"], {"tax_number": None})


def test_the_metric_counts_known_numbers(kehu_client):
    client = kehu_client(WORKSPACE)
    client.post("/api/customer", json={"name": "Acme", "tax_number": GOOD})
    client.post("/api/customer", json={"name": "Beta"})
    assert client.get("/api/metrics/tax_numbers_known?period=all").json()["value"] == 0.5


def test_the_route_answers(kehu_client):
    client = kehu_client(WORKSPACE)
    assert client.get(f"/x/tax/check?number={GOOD}").json() == {"valid": True}
    assert client.get("/x/tax/check?number=1").json() == {"valid": False}
