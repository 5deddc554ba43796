"""No address forgets to ask who it is."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.routing import BaseRoute, Mount, Route

from kehu.core.app import App
from kehu.core.web.doorkeeper import COOKIE, OPEN, is_open
from kehu.core.web.server import make_server
from kehu.core.web.site.public import token_of

Visitors = Callable[[], Any]


def addresses(routes: list[BaseRoute], below: str = "") -> Iterator[tuple[str, str]]:
    """Every (method, address) there is, with something in the holes."""
    for route in routes:
        if isinstance(route, Mount):
            yield from addresses(list(route.routes), below + route.path)
        elif isinstance(route, Route):
            path = (below + route.path).replace("{path:path}", "any/where").replace("{entity}", "company")
            while "{" in path:
                path = path[: path.index("{")] + "some" + path[path.index("}") + 1 :]
            for method in sorted(route.methods or {"GET", "POST", "PATCH", "DELETE"}):
                yield method, path


def test_only_these_addresses_stand_open() -> None:
    assert set(OPEN) == {
        "/login", "/login/", "/invite/", "/reset/", "/setup/", "/public/", "/health", "/settings",
    }  # fmt: skip


def test_every_address_of_the_server_asks_for_a_login(asked: App, visitor: Visitors) -> None:
    server = make_server(asked)
    found = list(addresses(list(server.routes)))
    static = server.state.site.static
    stranger = visitor()
    shut = [(method, path) for method, path in found if not is_open(path, static)]
    assert len(shut) > 40
    for method, path in shut:
        answer = stranger.client.request(method, path)
        if path.startswith("/api"):
            assert answer.status_code == 401, (method, path)
            assert answer.headers["www-authenticate"] == "Bearer"
            if method != "HEAD":
                assert answer.json()["problems"][0]["code"] == "login_needed"
        else:
            assert (answer.status_code, answer.headers["location"][:6]) == (303, "/login"), (method, path)


@pytest.mark.parametrize(
    "path", ["//api/company", "/api/../api/company", "/LOGIN", "/login/../company", "/settings/", "/healthy"]
)
def test_no_spelling_of_an_address_is_a_way_around(visitor: Visitors, path: str) -> None:
    answer = visitor().get(path)
    assert answer.status_code in (303, 401, 404)
    assert "company" not in answer.text.lower()


def test_people_come_back_to_where_they_were_going(visitor: Visitors) -> None:
    someone = visitor()
    answer = someone.get("/company?q=a%26b")
    assert answer.headers["location"] == "/login?next=%2Fcompany%3Fq%3Da%2526b"
    assert someone.log_in(onward="/company?q=a%26b").headers["location"] == "/company?q=a%26b"
    assert someone.get("/company?q=a%26b").status_code == 200


@pytest.mark.parametrize(
    "onward", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_login_leads_nowhere_else(visitor: Visitors, onward: str) -> None:
    assert visitor().log_in(onward=onward).headers["location"] == "/"


def test_scripts_are_told_to_log_in_and_not_led_into_a_page(visitor: Visitors) -> None:
    answer = visitor().get("/company", headers={"Sec-Fetch-Dest": "empty"})
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/login?next=%2Fcompany"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(asked: App, visitor: Visitors) -> None:
    cookie = visitor().log_in().headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    asked.reached_at = "https://crm.example.com"
    assert "Secure" in visitor().log_in().headers["set-cookie"]


def test_each_login_has_a_new_secret(visitor: Visitors) -> None:
    someone = visitor()
    someone.log_in()
    first = someone.client.cookies[COOKIE]
    someone.client.cookies.clear()
    someone.log_in()
    assert someone.client.cookies[COOKIE] != first


def test_a_form_of_one_session_cannot_be_sent_in_another(visitor: Visitors) -> None:
    one, other = visitor(), visitor()
    for each in (one, other):
        each.log_in()
    page = one.get("/company/new").text
    token = page.split('name="token" value="')[1].split('"')[0]
    assert other.client.post("/company/new", data={"token": token, "name": "Acme"}).status_code == 403
    assert one.client.post("/company/new", data={"token": token, "name": "Acme"}).status_code == 303


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_another_site_can_neither_post_nor_log_somebody_in(
    visitor: Visitors, headers: dict[str, str]
) -> None:
    someone = visitor()
    for path in ("/login", "/logout", "/people/invite", "/api/company"):
        assert someone.client.post(path, headers=headers, data={}).status_code == 403


def test_a_token_opens_the_api_with_its_persons_roles_and_its_scopes(asked: App, visitor: Visitors) -> None:
    account = asked.people.accounts.named("boss@example.com")
    context = asked.context("page")
    token = asked.people.tokens.create(account.id, "shop", ["read"], context.now, 1, asked.catalog.entities)
    program = visitor()
    bearer = {"Authorization": f"Bearer {token}"}
    assert program.get("/api/company", headers=bearer).status_code == 200
    made = program.client.post("/api/company", headers=bearer, json={"name": "Acme"})
    assert made.status_code == 403
    for path in ("/people", "/me"):
        assert program.get(path, headers=bearer).status_code == 403
    asked.people.tokens.revoke(account.id, asked.people.tokens.listed(account.id)[0].id, context.now)
    answer = program.get("/api/company", headers=bearer)
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (401, "token_wrong")


def test_what_is_done_carries_the_name_of_whoever_did_it(asked: App, visitor: Visitors) -> None:
    account, link = asked.people.invite(
        asked.now.records, asked.context("page"), "li@example.com", ["sales"], "Li Ming"
    )
    seller = visitor()
    seller.send(f"/invite/{link}", password="a good sentence", again="a good sentence")
    made = seller.client.post("/api/company", json={"name": "Acme"}).json()
    assert made["created_by"] == account.person
    assert seller.get("/people").status_code == 403


def test_whoever_has_not_logged_in_sees_nothing_of_the_workspace_but_its_name(visitor: Visitors) -> None:
    for path in ("/login", "/invite/wrong", "/login/nowhere", "/public/wrong"):
        text = visitor().get(path).text
        assert "Shop" in text
        assert "Company" not in text


def test_a_public_form_asks_for_no_login(asked: App, visitor: Visitors) -> None:
    answer = visitor().get(f"/public/{token_of(asked, 'enquiry')}")
    assert (answer.status_code, "Enquiry" in answer.text) == (200, True)


def test_with_logins_the_server_answers_to_any_name(asked: App, visitor: Visitors) -> None:
    answer = visitor().get("/company", headers={"Host": "crm.example.com"})
    assert answer.status_code == 303


def test_without_an_account_a_server_that_others_reach_serves_only_the_link(shop: App, visits: Any) -> None:
    shop.faces_others = True
    someone = visits(shop)
    host = {"Host": "192.168.1.5"}
    for path in ("/", "/company", "/api/company", "/people", "/login"):
        assert someone.get(path, headers=host).status_code == 503
    link = shop.people.link(shop.context("command"), "setup")
    assert someone.get("/setup/wrong", headers=host).status_code == 404
    answer = someone.send(
        f"/setup/{link}", email="me@example.com", password="a good sentence", again="a good sentence"
    )
    assert answer.headers["location"] == "/"
    assert someone.get("/company").status_code == 200
    assert visits(shop).get(f"/setup/{link}").status_code == 404
    (account,) = shop.people.accounts.all()
    assert (account.person, account.is_owner) == (shop.owner, True)


def test_without_an_account_this_machine_needs_no_login(shop: App, visits: Any) -> None:
    someone = visits(shop)
    assert someone.get("/company").status_code == 200
    assert someone.get("/login").headers["location"] == "/"
    assert someone.get("/me").status_code == 404
    answer = someone.send(
        "/people",
        "/people/begin",
        email="me@example.com",
        password="a good sentence",
        again="a good sentence",
    )
    assert answer.headers["location"] == "/people"
    assert someone.get("/people").status_code == 200
    assert visits(shop).get("/company").status_code == 303
