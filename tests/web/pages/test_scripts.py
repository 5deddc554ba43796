"""The scripts in a real browser, under the policy that the pages are served with."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships none
from playwright.sync_api import Browser, Page, expect

VENDOR = Path(__file__).parents[3] / "core/web/static/vendor"
PAGES = "list empty board calendar timeline links record share form dashboard import-file import-columns import-tried import-done import-undone search problems confirm error"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not VENDOR.is_dir(), reason="the front-end files were not fetched"),
]


def faults(page: Page, **options: object) -> list[tuple[str, list[str]]]:
    found = Axe().run(page, options=options or None).response["violations"]
    return [(fault["id"], fault["nodes"][0]["target"]) for fault in found]


@pytest.mark.parametrize("name", PAGES.split())
def test_a_page_fits_its_window_and_axe_finds_nothing(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/{name}")
    assert faults(page) == []
    page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    assert faults(page, runOnly=["color-contrast"]) == []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"{site}/{name}?language=en")  # English words are longer
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_keys_open_the_search_and_the_menu(page: Page, site: str) -> None:
    page.goto(f"{site}/list")
    page.keyboard.press("c")
    expect(page.locator("[data-menu=c] .sheet a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-menu=c] .sheet")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator(".search input")).to_be_focused()


def test_a_key_typed_in_a_field_stays_there(page: Page, site: str) -> None:
    page.goto(f"{site}/list")
    page.locator(".search input").press("c")
    expect(page.locator(".search input")).to_have_value("c")
    expect(page.locator("[data-menu=c] .sheet")).to_be_hidden()


def test_a_second_value_is_asked_for_only_where_there_is_a_range(page: Page, site: str) -> None:
    page.goto(f"{site}/list")
    page.click(".filters summary.button")
    page.click(".filter-sheet details:first-child summary")
    second = page.locator("[data-second]")
    expect(second).to_be_hidden()
    page.select_option("[data-operator] >> nth=0", "between")
    expect(second).to_be_visible()


def test_a_click_on_a_row_opens_its_record(page: Page, site: str) -> None:
    page.goto(f"{site}/list")
    page.click("tbody tr:first-child td.date >> nth=0")
    page.wait_for_url("**/record?0")


def test_a_view_is_swapped_in_and_comes_to_life(page: Page, site: str) -> None:
    page.goto(f"{site}/list")
    page.evaluate("window.stays = true")
    page.click(".tabs a:nth-child(2)")
    page.wait_for_url("**/board")
    expect(page.locator("[data-board].live")).to_be_visible()
    assert page.evaluate("window.stays")


def test_a_card_moves_by_key_and_the_counts_follow(page: Page, site: str) -> None:
    page.goto(f"{site}/board")
    expect(page.locator("[data-board].live")).to_be_visible()
    page.locator("[data-card='1']").press("Alt+ArrowRight")
    expect(page.locator("[data-lane=needs] [data-card='1']")).to_be_visible()
    expect(page.locator("[data-lane=needs] [data-sum]")).to_have_text("¥99")
    expect(page.locator("[data-card='1']")).to_have_attribute("data-version", "2")


def test_a_refused_card_springs_back_and_says_why(page: Page, site: str) -> None:
    page.goto(f"{site}/board")
    expect(page.locator("[data-board].live")).to_be_visible()
    page.locator("[data-card='3']").press("Alt+ArrowRight")
    expect(page.locator("[data-refusal]")).to_contain_text("要先填预算")
    expect(page.locator("[data-refusal] [data-action]")).to_have_attribute("href", "/form")
    expect(page.locator("[data-lane=needs] [data-card='3']")).to_have_count(1)


def test_a_card_is_dragged(page: Page, site: str) -> None:
    page.goto(f"{site}/board")
    expect(page.locator("[data-board].live")).to_be_visible()
    page.locator("[data-card='2'] .fact >> nth=0").drag_to(page.locator("[data-lane=needs] [data-cards]"))
    expect(page.locator("[data-lane=needs] [data-card='2']")).to_be_visible()


def test_a_step_that_is_refused_says_why(page: Page, site: str) -> None:
    page.goto(f"{site}/record")
    page.click("[data-path] button")
    expect(page.locator("[data-refusal]")).to_contain_text("要先填预算")


def test_fields_follow_what_is_typed(page: Page, site: str) -> None:
    page.goto(f"{site}/form")
    page.fill("#f-w_email", "a@b.example")
    expect(page.locator("[data-field=w_text]")).to_be_hidden()
    expect(page.locator("[data-section=second]")).to_be_hidden()
    expect(page.locator("#f-w_tel")).to_have_attribute("required", "")


def test_a_person_is_found_by_typing(page: Page, site: str) -> None:
    page.goto(f"{site}/form")
    page.fill("input#f-owner", "陈")
    expect(page.locator("[role=option]")).to_have_text("陈静华东")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#f-owner")).to_have_value("陈静")
    assert page.evaluate("document.querySelector('select[name=owner]').value") == "u2"


def test_charts_are_drawn_and_keep_their_tables(page: Page, site: str) -> None:
    page.goto(f"{site}/dashboard")
    expect(page.locator(".tile.bar canvas")).to_be_visible()
    expect(page.locator(".tile.bar table")).to_be_hidden()
    page.click(".tile.bar details summary")
    expect(page.locator(".tile.bar table")).to_be_visible()


def test_without_scripts_moves_are_forms_and_charts_are_tables(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{site}/dashboard")
    expect(plain.locator(".tile.bar table")).to_be_visible()
    plain.goto(f"{site}/board")
    plain.click("[data-card='1'] summary")
    expect(plain.locator("[data-card='1'] form button >> nth=0")).to_be_visible()
    context.close()
