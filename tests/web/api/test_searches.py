"""Searching all entities over the API."""

from starlette.testclient import TestClient


def test_a_search_gives_the_newest_of_every_entity(client: TestClient, customer: str) -> None:
    found = client.get("/api/search", params={"q": "hangzhou test"}).json()
    [group] = found["groups"]
    assert (group["entity"], group["more"]) == ("customer", False)
    assert [(item["title"], item["href"]) for item in group["items"]] == [("Hangzhou Test Ltd", customer)]
    assert client.get(group["items"][0]["href"]).status_code == 200


def test_the_limit_is_for_each_entity(client: TestClient) -> None:
    groups = client.get("/api/search", params={"q": "公司", "limit": 1}).json()["groups"]
    assert groups
    assert all(len(group["items"]) == 1 for group in groups)


def test_nothing_to_look_for_finds_nothing(client: TestClient) -> None:
    for query in ("", "!!", " "):
        assert client.get("/api/search", params={"q": query}).json() == {"groups": []}


def test_what_is_too_long_or_unknown_is_refused(client: TestClient) -> None:
    assert client.get("/api/search", params={"q": "a" * 201}).status_code == 422
    assert client.get("/api/search", params={"q": "a", "limit": 51}).status_code == 422
    assert client.get("/api/search", params={"query": "a"}).status_code == 422
