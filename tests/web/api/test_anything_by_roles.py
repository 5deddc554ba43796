"""Whoever asks, the API answers or refuses as its description for them says, and never fails."""

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from kehu.core.app import App
from kehu.core.people.recall import Who

WHO = {
    "the owner": ({"owner"}, None),
    "a salesperson": ({"sales"}, None),
    "a reader": ({"reader"}, None),
    "a program that may only read": ({"owner"}, {"read"}),
}


class As:
    """The API as somebody sees it."""

    def __init__(self, app: ASGIApp, who: Who) -> None:
        self.app, self.who = app, who

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "kehu_who": self.who}
        await self.app(scope, receive, send)


@pytest.mark.parametrize("name", WHO)
def test_nobody_makes_the_api_fail(web: Starlette, app: App, name: str) -> None:
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.specs.openapi import checks as kept

    roles, scopes = WHO[name]
    who = Who("", app.owner, frozenset(roles), None if scopes is None else frozenset(scopes))
    seen = As(web, who)
    document = TestClient(seen, base_url="http://localhost").get("/api/openapi.json")
    assert document.status_code == 200, document.text
    checks = [
        schemathesis.checks.not_a_server_error,
        kept.content_type_conformance,
        kept.response_schema_conformance,
    ]
    schema = schemathesis.openapi.from_dict(document.json())
    schema.app = seen
    few = settings(
        max_examples=2, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    tried = 0
    for entity in ("customer", "deal", "order"):
        for result in schema.include(path_regex=f"^/{entity}(/|$)").get_all_operations():
            operation = result.ok()

            def test(case: Any) -> None:
                answer = case.call(app=seen, base_url="http://localhost/api")
                case.validate_response(answer, checks=checks)

            given(case=operation.as_strategy())(few(test))()
            tried += 1
    assert tried >= 3
