"""Accounts, passwords, sessions, tokens and links: who comes in, and until when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest

from kehu.core.people.accounts import Account
from kehu.core.people.invitations import LASTS
from kehu.core.people.limits import BY_ACCOUNT, BY_ADDRESS, SPAN
from kehu.core.people.people import People, Visitor
from kehu.core.people.sessions import AT_MOST, IDLE
from kehu.core.problems import Refused

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PASSWORD = "correct horse battery"
STORES = ["tinydb", "sqlite"]

pytestmark = pytest.mark.usefixtures("quick_passwords")


def at(now: datetime = NOW, address: str = "10.0.0.1") -> Visitor:
    return Visitor(now, address, "Firefox")


def code_of(refusal: Any) -> str:
    return str(refusal.value.problems[0].code)


class House:
    """A workspace with its owner, an account of its own."""

    def __init__(self, workspace: Any) -> None:
        self.workspace, self.app = workspace, workspace.app
        self.people: People = self.app.people
        self.context = self.app.context("page").at(NOW)
        self.owner = self.people.found(
            self.app.now.records, self.context, "Boss@Example.com", PASSWORD, self.app.owner
        )

    def invited(self, email: str = "li@example.com", *roles: str) -> tuple[Account, str]:
        return self.people.invite(self.app.now.records, self.context, email, roles or ("sales",), "李明")

    def member(self, email: str = "li@example.com", *roles: str) -> Account:
        account, link = self.invited(email, *roles)
        self.people.set_password_by("invite", link, PASSWORD, at())
        return account

    def who(self, secret: str, now: datetime = NOW) -> Any:
        entry = self.people.sessions.recall.ask(secret, now)
        return entry.who if entry else None


@pytest.fixture(params=STORES)
def house(request: Any, make: Any) -> House:
    return House(make({}, store=request.param))


def test_the_first_account_asks_everybody_for_a_login(make: Any) -> None:
    app = make({}).app
    assert not app.people.ask_for_login
    with pytest.raises(Refused) as refusal:
        app.people.invite(app.now.records, app.context("page"), "li@example.com", ["sales"])
    assert code_of(refusal) == "first_is_owner"
    app.people.found(app.now.records, app.context("page"), "a@example.com", PASSWORD, app.owner)
    assert app.people.ask_for_login
    with pytest.raises(Refused) as refusal:
        app.people.found(app.now.records, app.context("page"), "b@example.com", PASSWORD, app.owner)
    assert code_of(refusal) == "owner_is_there"


def test_a_right_password_lets_in_as_the_person_with_their_roles(house: House) -> None:
    login = house.people.log_in(" boss@example.COM ", PASSWORD, at())
    assert not login.half
    who = house.who(login.secret)
    assert (who.person, who.roles, who.scopes) == (house.app.owner, {"owner"}, None)
    assert house.who("something else") is None


def test_nothing_that_lets_in_is_kept_as_it_is(house: House) -> None:
    login = house.people.log_in("boss@example.com", PASSWORD, at())
    _, link = house.invited()
    token = house.people.tokens.create(house.owner.id, "shop", ["read"], NOW, 30, house.app.catalog.entities)
    kept = repr([list(house.app.store.rows(name)) for name in ("_account", "_session", "_link", "_token")])
    for secret in (PASSWORD, login.secret, link, token):
        assert secret not in kept


@pytest.mark.parametrize(
    ("email", "password"), [("boss@example.com", "wrong"), ("nobody@example.com", PASSWORD)]
)
def test_whatever_is_wrong_the_answer_is_the_same(house: House, email: str, password: str) -> None:
    with pytest.raises(Refused) as refusal:
        house.people.log_in(email, password, at())
    assert code_of(refusal) == "login_wrong"
    assert not refusal.value.problems[0].values


def test_too_many_tries_for_an_account_have_to_wait(house: House) -> None:
    for _ in range(BY_ACCOUNT):
        with pytest.raises(Refused):
            house.people.log_in("boss@example.com", "wrong", at())
    with pytest.raises(Refused) as refusal:
        house.people.log_in("boss@example.com", PASSWORD, at(NOW + timedelta(minutes=5), "10.0.0.2"))
    assert code_of(refusal) == "too_many_tries"
    assert refusal.value.problems[0].values["minutes"] == 10
    assert house.people.log_in("boss@example.com", PASSWORD, at(NOW + SPAN)).secret


def test_too_many_tries_from_an_address_have_to_wait_whoever_is_tried(house: House) -> None:
    for number in range(BY_ADDRESS):
        house.people.limits.take(f"person{number}@example.com", "10.0.0.9", NOW)
    with pytest.raises(Refused) as refusal:
        house.people.log_in("boss@example.com", PASSWORD, at(address="10.0.0.9"))
    assert code_of(refusal) == "too_many_tries"
    assert house.people.log_in("boss@example.com", PASSWORD, at()).secret


@pytest.mark.parametrize(
    "password", ["short", "boss@example.com", "1234567890123", "aaaaaaaaaaaa", "Password2026!", "x" * 201]
)
def test_a_password_that_is_easily_guessed_will_not_do(house: House, password: str) -> None:
    link = house.people.link(house.context, "reset", house.owner.id)
    with pytest.raises(Refused):
        house.people.set_password_by("reset", link, password, at())


def test_an_invitation_sets_a_password_once_and_in_time(house: House) -> None:
    account, link = house.invited()
    assert account.state == "invited"
    with pytest.raises(Refused):
        house.people.log_in("li@example.com", PASSWORD, at())
    with pytest.raises(Refused) as refusal:
        house.people.set_password_by("invite", link, PASSWORD, at(NOW + LASTS["invite"]))
    assert code_of(refusal) == "link_is_over"
    house.people.set_password_by("invite", link, PASSWORD, at())
    with pytest.raises(Refused):
        house.people.set_password_by("invite", link, "another password", at())
    secret = house.people.log_in("li@example.com", PASSWORD, at()).secret
    assert house.who(secret).roles == {"sales"}
    assert house.workspace.get("user", account.person)["name"] == "李明"


def test_an_e_mail_address_has_one_account(house: House) -> None:
    before = len(house.workspace.all("user"))
    with pytest.raises(Refused) as refusal:
        house.invited("BOSS@example.com")
    assert code_of(refusal) == "email_taken"
    assert len(house.workspace.all("user")) == before


def test_a_new_password_ends_the_other_sessions(house: House) -> None:
    here = house.people.log_in("boss@example.com", PASSWORD, at()).secret
    there = house.people.log_in("boss@example.com", PASSWORD, at()).secret
    house.people.change_password(house.who(here), PASSWORD, "a better password", at())
    assert house.who(here) is not None
    assert house.who(there) is None
    with pytest.raises(Refused) as refusal:
        house.people.change_password(house.who(here), PASSWORD, "yet another one", at())
    assert code_of(refusal) == "password_wrong"


def test_a_session_ends_when_nobody_uses_it_and_at_the_latest_after_a_month(house: House) -> None:
    secret = house.people.log_in("boss@example.com", PASSWORD, at()).secret
    assert house.who(secret, NOW + IDLE) is None
    now = NOW
    while now < NOW + AT_MOST - timedelta(days=6):
        now += timedelta(days=5)
        entry = house.people.sessions.recall.ask(secret, now)
        assert entry is not None
        house.people.sessions.note_seen(entry, now)
    assert house.who(secret, NOW + AT_MOST) is None


def test_whoever_is_disabled_is_out_at_once(house: House) -> None:
    account = house.member()
    secret = house.people.log_in("li@example.com", PASSWORD, at()).secret
    token = house.people.tokens.create(account.id, "shop", ["read"], NOW, None, house.app.catalog.entities)
    link = house.people.link(house.context, "reset", account.id)
    assert house.people.tokens.recall.ask(token, NOW)
    house.people.disable(house.context, account.id)
    assert house.who(secret) is None
    assert house.people.tokens.recall.ask(token, NOW) is None
    with pytest.raises(Refused):
        house.people.log_in("li@example.com", PASSWORD, at())
    with pytest.raises(Refused):
        house.people.set_password_by("reset", link, PASSWORD, at())
    house.people.enable(house.context, account.id)
    assert house.people.log_in("li@example.com", PASSWORD, at()).secret
    assert house.people.tokens.recall.ask(token, NOW) is None


def test_other_roles_end_the_sessions_and_hold_for_tokens_at_once(house: House) -> None:
    account = house.member()
    secret = house.people.log_in("li@example.com", PASSWORD, at()).secret
    token = house.people.tokens.create(account.id, "shop", ["read"], NOW, None, house.app.catalog.entities)
    assert house.people.tokens.recall.ask(token, NOW)
    house.people.set_roles(house.context, account.id, ["service"])
    assert house.who(secret) is None
    entry = house.people.tokens.recall.ask(token, NOW)
    assert entry is not None
    assert entry.who.roles == {"service"}


def test_somebody_always_may_do_everything(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        house.people.disable(house.context, house.owner.id)
    assert code_of(refusal) == "last_owner"
    with pytest.raises(Refused) as refusal:
        house.people.set_roles(house.context, house.owner.id, ["sales"])
    assert code_of(refusal) == "last_owner"
    house.invited("second@example.com", "owner")
    with pytest.raises(Refused):  # nobody knows whether that one ever comes
        house.people.disable(house.context, house.owner.id)
    house.member("third@example.com", "owner")
    house.people.disable(house.context, house.owner.id)


def test_a_token_has_scopes_and_an_end(house: House) -> None:
    entities = house.app.catalog.entities
    token = house.people.tokens.create(house.owner.id, "shop", ["user:read", "read"], NOW, 1, entities)
    entry = house.people.tokens.recall.ask(token, NOW)
    assert entry is not None
    assert entry.who.scopes == frozenset({"read", "user:read"})
    assert house.people.tokens.recall.ask(token, NOW + timedelta(days=1)) is None
    (listed,) = house.people.tokens.listed(house.owner.id)
    house.people.tokens.revoke(house.owner.id, listed.id, NOW)
    assert house.people.tokens.recall.ask(token, NOW) is None
    for scopes in ([], ["everything"], ["nothing:read"], ["user:delete"]):
        with pytest.raises(Refused) as refusal:
            house.people.tokens.create(house.owner.id, "shop", scopes, NOW, 1, entities)
        assert code_of(refusal) == "no_such_scope"


def test_the_second_factor_is_asked_for_and_no_code_works_twice(house: House) -> None:
    who = house.who(house.people.log_in("boss@example.com", PASSWORD, at()).secret)
    secret = pyotp.random_base32()
    totp = pyotp.TOTP(secret)
    codes = house.people.use_two_factor(who, secret, totp.at(NOW), NOW)
    login = house.people.log_in("boss@example.com", PASSWORD, at())
    assert login.half
    assert house.who(login.secret) is None
    later = NOW + timedelta(minutes=1)
    for wrong in (totp.at(NOW), "000000", ""):
        with pytest.raises(Refused):
            house.people.second(login.secret, wrong, at(later))
    whole = house.people.second(login.secret, totp.at(later), at(later))
    assert house.who(whole, later) is not None
    with pytest.raises(Refused) as refusal:
        house.people.second(login.secret, totp.at(later + timedelta(minutes=1)), at(later))
    assert code_of(refusal) == "login_over"

    again = house.people.log_in("boss@example.com", PASSWORD, at(later))
    assert house.who(house.people.second(again.secret, f" {codes[0].upper()} ", at(later)), later)
    again = house.people.log_in("boss@example.com", PASSWORD, at(later))
    with pytest.raises(Refused):
        house.people.second(again.secret, codes[0], at(later))


def test_the_second_factor_is_waited_for_ten_minutes(house: House) -> None:
    who = house.who(house.people.log_in("boss@example.com", PASSWORD, at()).secret)
    secret = pyotp.random_base32()
    house.people.use_two_factor(who, secret, pyotp.TOTP(secret).at(NOW), NOW)
    login = house.people.log_in("boss@example.com", PASSWORD, at())
    later = NOW + timedelta(minutes=10)
    with pytest.raises(Refused) as refusal:
        house.people.second(login.secret, pyotp.TOTP(secret).at(later), at(later))
    assert code_of(refusal) == "login_over"


def test_nobody_finds_accounts_among_the_records(house: House) -> None:
    for name in ("_account", "_session", "_token", "_link", "_attempt"):
        with pytest.raises(Refused):
            house.app.now.records.find(house.context, name)


def test_accounts_are_there_again_after_a_restart(make: Any) -> None:
    house = House(make({}))
    secret = house.people.log_in("boss@example.com", PASSWORD, at()).secret
    app = house.workspace.reopen()
    assert app.people.ask_for_login
    assert app.people.sessions.recall.ask(secret, NOW) is not None
