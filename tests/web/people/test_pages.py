"""Pages of coming in: login, invitation, one's account, all accounts."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp

from kehu.core.app import App
from kehu.core.people.limits import BY_ACCOUNT

Visitors = Callable[[], Any]
SENTENCE = "a good sentence"


def link_in(text: str) -> str:
    found = re.search(r'value="http://localhost(/(?:invite|reset)/[^"]+)"', text)
    assert found, text
    return found[1]


def invited(owner: Any, email: str = "li@example.com") -> str:
    """The address of an invitation's link."""
    return link_in(owner.send("/people", "/people/invite", email=email, name="Li Ming", role="sales").text)


def test_a_wrong_password_is_told_and_too_many_have_to_wait(visitor: Visitors) -> None:
    someone = visitor()
    for _ in range(BY_ACCOUNT):
        answer = someone.log_in(password="wrong")
        assert (answer.status_code, "is not right" in answer.text) == (403, True)
    answer = someone.log_in()
    assert "Too many tries: try again in 15 minutes" in answer.text
    assert "nobody@example.com" in someone.log_in("nobody@example.com").text


def test_an_invitation_is_passed_on_and_taken_up(asked: App, visitor: Visitors) -> None:
    owner, seller = visitor(), visitor()
    owner.log_in()
    link = invited(owner)
    assert "Li Ming" in owner.get("/people").text
    answer = seller.send(link, password="short", again="short")
    assert (answer.status_code, "10 to 200 characters" in answer.text) == (422, True)
    answer = seller.send(link, password=SENTENCE, again="another sentence")
    assert "differ" in answer.text
    assert seller.send(link, password=SENTENCE, again=SENTENCE).headers["location"] == "/"
    assert seller.get("/company").status_code == 200
    assert visitor().get(link).status_code == 404


def test_links_begin_with_the_base_url(asked: App, visitor: Visitors) -> None:
    asked.reached_at = "https://crm.example.com"
    owner = visitor()
    owner.client.base_url = "https://localhost"
    owner.log_in()
    page = owner.send("/people", "/people/invite", email="li@example.com", role="sales")
    assert 'value="https://crm.example.com/invite/' in page.text


def test_whoever_leaves_is_out_at_once(asked: App, visitor: Visitors) -> None:
    owner, seller = visitor(), visitor()
    owner.log_in()
    seller.send(invited(owner), password=SENTENCE, again=SENTENCE)
    account = asked.people.accounts.named("li@example.com")
    url = f"/people/{account.id}"
    assert owner.send(url, do="disable").headers["location"] == url
    assert seller.get("/company").status_code == 303
    assert "is not right" in seller.log_in("li@example.com", SENTENCE).text
    assert "Disabled" in owner.get(url).text
    owner.send(url, do="enable")
    assert seller.log_in("li@example.com", SENTENCE).status_code == 303


def test_a_reset_link_sets_a_new_password_and_ends_the_sessions(asked: App, visitor: Visitors) -> None:
    owner, seller, there = visitor(), visitor(), visitor()
    owner.log_in()
    seller.send(invited(owner), password=SENTENCE, again=SENTENCE)
    account = asked.people.accounts.named("li@example.com")
    link = link_in(owner.send(f"/people/{account.id}", do="link").text)
    there.send(link, password="another sentence", again="another sentence")
    assert seller.get("/company").status_code == 303
    assert there.get("/company").status_code == 200


def test_roles_are_changed_and_the_only_owner_stays_one(asked: App, visitor: Visitors) -> None:
    owner = visitor()
    owner.log_in()
    account = asked.people.accounts.named("boss@example.com")
    answer = owner.send(f"/people/{account.id}", do="roles", role="sales")
    assert (answer.status_code, "only owner" in answer.text) == (422, True)
    invited(owner)
    other = asked.people.accounts.named("li@example.com")
    assert owner.send(f"/people/{other.id}", do="roles", role="owner").status_code == 303
    assert asked.people.accounts.get(other.id).roles == {"owner"}
    assert "no role king" in owner.send(f"/people/{other.id}", do="roles", role="king").text


def test_a_session_is_revoked_from_another(visitor: Visitors) -> None:
    here, there = visitor(), visitor()
    here.log_in()
    there.log_in()
    session = re.search(r'name="session" value="([^"]+)"', here.get("/me").text)
    assert session
    here.send("/me", "/me/sessions", session=session[1])
    assert there.get("/company").status_code == 303
    assert here.get("/company").status_code == 200
    there.log_in()
    here.send("/me", "/me/sessions")
    assert there.get("/company").status_code == 303


def test_logging_out_ends_the_session(asked: App, visitor: Visitors) -> None:
    someone = visitor()
    someone.log_in()
    secret = someone.client.cookies["kehu_session"]
    assert someone.send("/me", "/logout").headers["location"] == "/login"
    again = visitor()
    again.client.cookies.set("kehu_session", secret)
    assert again.get("/company").status_code == 303


def test_the_password_is_changed_with_the_old_one(visitor: Visitors) -> None:
    someone = visitor()
    someone.log_in()
    answer = someone.send("/me", "/me/password", old="wrong", password=SENTENCE, again=SENTENCE)
    assert "present password is not right" in answer.text
    old = "correct horse battery"
    assert someone.send("/me", "/me/password", old=old, password=SENTENCE, again=SENTENCE).status_code == 303
    assert visitor().log_in(password=SENTENCE).status_code == 303


def test_the_second_factor_is_taken_up_asked_for_and_dropped(asked: App, visitor: Visitors) -> None:
    someone = visitor()
    someone.log_in()
    found = re.search(r'name="secret" value="([^"]+)"', someone.get("/me").text)
    assert found
    totp = pyotp.TOTP(found[1])
    wrong = someone.send("/me", "/me/two-factor", secret=found[1], code="000000")
    assert (wrong.status_code, found[1] in wrong.text) == (422, True)
    now = asked.context("page").now
    page = someone.send("/me", "/me/two-factor", secret=found[1], code=totp.at(now)).text
    codes = re.findall(r"<code>(\w{5}-\w{5})</code>", page)
    assert len(codes) == 10

    other = visitor()
    assert other.log_in(onward="/company").headers["location"] == "/login/code?next=%2Fcompany"
    assert other.get("/company").status_code == 303
    assert "not right" in other.send("/login/code", code="000000", next="/company").text
    code = totp.at(now + timedelta(seconds=30))
    assert other.send("/login/code", code=code, next="/company").headers["location"] == "/company"
    assert other.get("/company").status_code == 200

    paper = visitor()
    paper.log_in()
    assert paper.send("/login/code", code=codes[0]).headers["location"] == "/"
    assert "9 recovery codes" in paper.get("/me").text
    assert "not right" in paper.send("/me", "/me/two-factor/off", old="wrong").text
    assert paper.send("/me", "/me/two-factor/off", old="correct horse battery").status_code == 303
    assert visitor().log_in().headers["location"] == "/"


def test_a_token_is_shown_once_and_revoked(asked: App, visitor: Visitors) -> None:
    someone = visitor()
    someone.log_in()
    page = someone.send(
        "/me", "/me/tokens", name="web shop", scope="read", days="30", more="company:write"
    ).text
    token = re.search(r'value="(kehu_[^"]{40,})"', page)
    assert token
    assert token[1] not in someone.get("/me").text
    bearer = {"Authorization": f"Bearer {token[1]}"}
    assert visitor().get("/api/company", headers=bearer).status_code == 200
    found = re.search(r'action="(/me/tokens/[^"]+/revoke)"', someone.get("/me").text)
    assert found
    assert someone.send("/me", found[1]).status_code == 303
    assert visitor().get("/api/company", headers=bearer).status_code == 401
    assert (
        "no scope everything" in someone.send("/me", "/me/tokens", name="x", more="everything", days="0").text
    )
    assert "needs a name" in someone.send("/me", "/me/tokens", name=" ", scope="read", days="0").text
