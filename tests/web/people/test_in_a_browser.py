"""Coming in with a real browser, with scripts and without: at a desk in the light, at a phone in the dark."""

from collections.abc import Iterator
from typing import Any

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships none
from playwright.sync_api import Browser, Page, expect

from kehu.core.app import App
from kehu.core.people.limits import BY_ACCOUNT
from kehu.core.web.server import make_server

pytestmark = pytest.mark.browser
SENTENCE = "a good sentence"


@pytest.fixture
def address(asked: App, serving: Any) -> Iterator[str]:
    with serving(make_server(asked)) as found:
        yield found


def log_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def assert_fits(page: Page) -> None:
    """Nothing sticks out to the side, and nobody is shut out by how it is built."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_invitation_to_the_second_factor(
    address: str, asked: App, browser: Browser, scripts: bool
) -> None:
    desk = browser.new_context(viewport={"width": 1440, "height": 900}, java_script_enabled=scripts)
    phone = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark", java_script_enabled=scripts
    )
    owner, seller = desk.new_page(), phone.new_page()

    owner.goto(f"{address}/company")
    assert owner.url == f"{address}/login?next=%2Fcompany"
    log_in(owner, "boss@example.com", "wrong")
    expect(owner.get_by_role("alert")).to_contain_text("is not right")
    log_in(owner, "boss@example.com", "correct horse battery")
    owner.wait_for_url(f"{address}/company")

    owner.goto(f"{address}/people")
    owner.get_by_label("E-mail").fill("li@example.com")
    owner.get_by_label("Name").fill("Li Ming")
    owner.get_by_label("Sales").check()
    owner.get_by_role("button", name="Invite").click()
    link = owner.get_by_label("New invitation link").input_value()

    seller.goto(link)
    if scripts:
        assert_fits(seller)
    seller.get_by_label("New password").fill(SENTENCE)
    seller.get_by_label("Once more").fill(SENTENCE)
    seller.get_by_role("button", name="Save and log in").click()
    seller.wait_for_url(f"{address}/")

    seller.goto(f"{address}/me")
    secret = seller.locator("[name=secret]").input_value()
    totp = pyotp.TOTP(secret)
    seller.get_by_label("Code").fill(totp.now())
    seller.get_by_role("button", name="Use the second factor").click()
    expect(seller.locator(".codes li")).to_have_count(10)
    code = seller.locator(".codes li").first.inner_text()
    if scripts:
        assert_fits(seller)

    seller.goto(f"{address}/company")
    seller.context.clear_cookies()
    seller.context.add_cookies([{"name": "kehu_language", "value": "en", "url": address}])
    seller.goto(f"{address}/company")
    log_in(seller, "li@example.com", SENTENCE)
    expect(seller.get_by_role("heading", name="One more step")).to_be_visible()
    seller.get_by_label("Code").fill(code)
    seller.get_by_role("button", name="Log in").click()
    seller.wait_for_url(f"{address}/company")

    account = asked.people.accounts.named("li@example.com")
    owner.goto(f"{address}/people/{account.id}")
    if scripts:
        assert_fits(owner)
    owner.get_by_role("button", name="Disable").click()
    expect(owner.locator("h1 .badge")).to_have_text("Disabled")
    seller.goto(f"{address}/company")
    assert seller.url.startswith(f"{address}/login")
    for context in (desk, phone):
        context.close()


def test_somebody_who_guesses_has_to_wait(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}/login")
    for _ in range(BY_ACCOUNT):
        log_in(page, "boss@example.com", "wrong")
        expect(page.get_by_role("alert")).to_contain_text("is not right")
    log_in(page, "boss@example.com", "correct horse battery")
    expect(page.get_by_role("alert")).to_contain_text("try again in 15 minutes")
    assert_fits(page)
    page.close()


def test_a_revoked_session_is_led_to_the_login_also_by_scripts(address: str, browser: Browser) -> None:
    here, there = browser.new_context(), browser.new_context()
    desk, cafe = here.new_page(), there.new_page()
    for page in (desk, cafe):
        page.goto(f"{address}/login?next=/company")
        log_in(page, "boss@example.com", "correct horse battery")
        page.wait_for_url(f"{address}/company")
    desk.goto(f"{address}/me")
    assert_fits(desk)
    desk.get_by_role("button", name="End", exact=True).click()
    expect(desk.get_by_text("Ended.")).to_be_visible()
    cafe.get_by_role("link", name="Notifications").first.click()
    cafe.wait_for_url(f"{address}/login**")
    desk.goto(f"{address}/people")
    assert_fits(desk)
    desk.locator(".tools .me").click()
    desk.get_by_role("button", name="Log out").click()
    desk.wait_for_url(f"{address}/login")
    for context in (here, there):
        context.close()
