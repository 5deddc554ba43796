"""Accounts and tokens from the command line."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kehu.core.app import App
from kehu.core.people.people import Visitor

from .typed import Kehu

pytestmark = pytest.mark.usefixtures("quick_passwords")
BOSS = ("people", "add", "boss@example.com", "--role", "owner", "--lang", "en")


def link_in(text: str) -> str:
    found = re.search(r"http\S+/(?:invite|reset)/(\S+)", text)
    assert found, text
    return found[1]


def test_the_first_account_is_an_owners_for_the_record_that_acted_so_far(kehu: Kehu, acme: Path) -> None:
    assert "No accounts yet" in kehu("people", "list", "--lang", "en").out
    refused = kehu("people", "add", "boss@example.com", "--lang", "en")
    assert (refused.code, "Add --role owner" in refused.err) == (1, True)
    secret = link_in(kehu(*BOSS, "--base-url", "https://crm.example.com").out)
    app = App(acme)
    try:
        account = app.people.accounts.named("boss@example.com")
        assert account.person == app.owner
        visitor = Visitor(datetime.now(UTC), "", "")
        app.people.set_password_by("invite", secret, "correct horse battery", visitor)
        assert app.people.log_in("boss@example.com", "correct horse battery", visitor).secret
    finally:
        app.close()
    assert "active" in kehu("people", "list", "--lang", "en").out


def test_an_account_is_disabled_enabled_and_given_roles(kehu: Kehu, acme: Path) -> None:
    kehu(*BOSS)
    assert link_in(kehu("people", "add", "li@example.com", "--name", "Li Ming").out)
    assert "Li Ming" in kehu("people", "list").out
    assert "disabled" in kehu("people", "disable", "li@example.com", "--lang", "en").out
    assert "invited" in kehu("people", "enable", "li@example.com", "--lang", "en").out
    assert "roles: owner" in kehu("people", "roles", "li@example.com", "owner", "--lang", "en").out
    unknown = kehu("people", "roles", "li@example.com", "ownr", "--lang", "en")
    assert (unknown.code, "Roles: owner" in unknown.err) == (1, True)
    assert link_in(kehu("people", "reset", "li@example.com").out) != link_in(
        kehu("people", "invite", "li@example.com").out
    )
    assert link_in(kehu("people", "reset", "boss@example.com", "--two-factor").out)
    assert kehu("people", "disable", "nobody@example.com").code == 1
    assert kehu("people", "add", "x@example.com", "--base-url", "crm").code == 1


def test_a_token_is_made_listed_and_revoked(kehu: Kehu, acme: Path) -> None:
    kehu(*BOSS)
    made = kehu("token", "create", "boss@example.com", "shop", "--scope", "customer:read", "--days", "30")
    token = re.search(r"kehu_\S{40,}", made.out)
    assert token
    listed = kehu("token", "list", "boss@example.com").out
    assert "customer:read" in listed
    assert token[0] not in listed
    assert "shop" in kehu("token", "revoke", "boss@example.com", "sho", "--lang", "en").err
    assert kehu("token", "revoke", "boss@example.com", "shop").code == 0
    assert "shop" not in kehu("token", "list", "boss@example.com").out
    wrong = kehu("token", "create", "boss@example.com", "shop", "--scope", "everything", "--lang", "en")
    assert (wrong.code, "ENTITY:read" in wrong.err) == (1, True)
