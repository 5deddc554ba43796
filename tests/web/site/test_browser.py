"""Forms, calendars and lists in a real browser, over a served workspace: drafts, tabs, offers, dragging, widths."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships none
from playwright.sync_api import Browser, Page, expect

from kehu.core.web.server import make_server
from kehu.core.web.site.public import token_of

pytestmark = pytest.mark.browser

FILES = {
    "kehu.yaml": "workspace: shop\nlabel: Shop\nlanguage: en\nplugins: []\nstore: tinydb\n",
    "entities/company.yaml": """
        entity: company
        label: Company
        title: name
        fields:
          name: {type: text, label: Name, required: true}
          phone: {type: phone, label: Phone}
    """,
    "entities/person.yaml": """
        entity: person
        label: Person
        title: name
        fields:
          name: {type: text, label: Name}
          company: {type: link, to: company, label: Company}
    """,
    "entities/deal.yaml": """
        entity: deal
        label: Deal
        title: title
        fields:
          title: {type: text, label: Title, required: true}
          company: {type: link, to: company, label: Company}
          contact: {type: link, to: person, label: Contact}
          due: {type: date, label: Due}
          start: {type: date, label: Start}
          active: {type: yes_no, label: Active}
          needs: {type: long_text, label: Needs}
          discount: {type: percent, label: Discount}
          lines: {type: table, label: Lines, fields: {what: {type: text, label: What}, pieces: {type: integer, label: Pieces}}}
        rules:
          - {rule: kind, check: discount is empty or discount <= 20%, severity: reason, message: Too generous}
          - {rule: not_new_year, check: "due is empty or due <> DATE(2027, 1, 1)", message: Nobody works then}
    """,
    "forms/deal.yaml": """
        form: deal
        entity: deal
        sections:
          - fields: [title, company, {field: contact, options_where: {company: =company}}]
          - {tab: Days, fields: [start, due, active]}
          - {tab: More, fields: [{field: needs, require: active}, discount, lines]}
    """,
    "forms/enquiry.yaml": """
        form: enquiry
        entity: company
        use: public
        label: Enquiry
        intro: We answer within a day
        sections: [{fields: [name, phone]}]
    """,
    "views/due.yaml": "view: due\nentity: deal\nkind: calendar\ndate: due\ncolumns: [title, company]\n",
    "views/spans.yaml": "view: spans\nentity: deal\nkind: timeline\nstart: start\nend: due\n",
}


@pytest.fixture
def shop(make: Any, serving: Any) -> Iterator[Any]:
    """The workspace, served; ``shop.site`` is its address."""
    workspace = make(FILES)
    with serving(make_server(workspace.app)) as workspace.site:
        yield workspace


def faults(page: Page, **options: object) -> list[tuple[str, list[str]]]:
    found = Axe().run(page, options=options or None).response["violations"]
    return [(fault["id"], fault["nodes"][0]["target"]) for fault in found]


def ready(page: Page, url: str) -> None:
    """Open a page and wait until its scripts have come."""
    page.goto(url, wait_until="networkidle")


def clean(page: Page) -> None:
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, runOnly=["color-contrast"]) == []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_pages_with_real_records_are_clean(page: Page, shop: Any) -> None:
    company = shop.create("company", {"name": "Acme"})["id"]
    for number in range(5):
        shop.create(
            "deal", {"title": f"T{number}", "company": company, "start": "2026-11-01", "due": "2026-11-05"}
        )
    for path in (
        "/deal/calendar?on=2026-11-05",
        "/deal/calendar?on=2026-11-05&by=week",
        "/deal/timeline?on=2026-11-05",
        "/deal?view=all",
        "/deal/new",
        "/company/links",
        f"/public/{token_of(shop.app, 'enquiry')}",
    ):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(shop.site + path, wait_until="networkidle")
        clean(page)


def test_tabs_open_by_click_key_and_where_something_is_wrong(page: Page, shop: Any) -> None:
    ready(page, f"{shop.site}/deal/new")
    expect(page.get_by_role("tab", name="Days")).to_have_attribute("aria-selected", "true")
    expect(page.locator("[data-field=needs]")).to_be_hidden()
    page.get_by_role("tab", name="Days").press("ArrowRight")
    expect(page.locator("[data-field=needs]")).to_be_visible()
    expect(page.locator("[data-field=due]")).to_be_hidden()
    page.get_by_role("tab", name="Days").click()
    page.fill("#f-title", "T")
    page.check("#f-active")
    expect(page.locator("#f-needs")).to_have_attribute("required", "")
    page.click(".submit button")
    expect(page.locator("#f-needs")).to_be_focused()
    clean(page)


def test_a_draft_survives_a_lost_connection_and_goes_when_it_is_saved(page: Page, shop: Any) -> None:
    shop.create("company", {"name": "Acme"})
    ready(page, f"{shop.site}/deal/new")
    page.fill("#f-title", "Desks")
    page.select_option("[name=company]", label="Acme")
    page.get_by_role("tab", name="More").click()
    page.fill("#f-needs", "many\nlines")
    page.on("dialog", lambda dialog: dialog.accept())
    ready(page, f"{shop.site}/company")
    ready(page, f"{shop.site}/deal/new")
    expect(page.locator("[data-restored]")).to_contain_text("not saved yet is back")
    expect(page.locator("#f-title")).to_have_value("Desks")
    expect(page.locator("#f-needs")).to_have_value("many\nlines")
    page.click(".submit button")
    page.wait_for_url("**/deal/*-*")
    (row,) = shop.all("deal")
    assert row["needs"] == "many\nlines"
    ready(page, f"{shop.site}/deal/new")
    expect(page.locator("[data-restored]")).to_be_hidden()
    expect(page.locator("#f-title")).to_have_value("")


def test_a_draft_has_the_rows_of_tables_that_were_added(page: Page, shop: Any) -> None:
    ready(page, f"{shop.site}/deal/new")
    page.fill("#f-title", "Desks")
    page.get_by_role("tab", name="More").click()
    for number in range(5):
        page.fill(f"[name='lines.{number}.what']", f"desk {number}")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload(wait_until="networkidle")
    expect(page.locator("[data-restored]")).to_be_visible()
    page.get_by_role("tab", name="More").click()
    expect(page.locator("[name='lines.4.what']")).to_have_value("desk 4")
    page.click(".submit button")
    page.wait_for_url("**/deal/*-*")
    (row,) = shop.all("deal")
    assert [line["what"] for line in row["lines"]] == [f"desk {number}" for number in range(5)]


def test_a_form_put_back_as_it_was_leaves_no_draft(page: Page, shop: Any) -> None:
    ready(page, f"{shop.site}/deal/new")
    page.fill("#f-title", "Desks")
    page.fill("#f-title", "")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload(wait_until="networkidle")
    page.get_by_role("tab", name="More").click()
    expect(page.locator("[data-restored]")).to_be_hidden()


def test_a_draft_can_be_discarded_and_holds_no_secrets(page: Page, shop: Any) -> None:
    ready(page, f"{shop.site}/deal/new")
    page.evaluate("""() => {
        const secret = Object.assign(document.createElement("input"), { type: "password", name: "pin", value: "1234" });
        document.querySelector("[data-draft]").append(secret);
    }""")
    page.fill("#f-title", "Desks")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "Desks" in kept
    assert "1234" not in kept
    assert page.locator("[name=token]").first.input_value() not in kept
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload(wait_until="networkidle")
    page.click("[data-drop-draft]")
    expect(page.locator("#f-title")).to_have_value("")
    assert (
        page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('kehu.draft')).length") == 0
    )


def test_a_draft_does_not_write_over_what_somebody_saved_meanwhile(page: Page, shop: Any) -> None:
    row = shop.create("deal", {"title": "Desks"})
    ready(page, f"{shop.site}/deal/{row['id']}/edit")
    page.fill("#f-title", "Mine")
    page.on("dialog", lambda dialog: dialog.accept())
    ready(page, f"{shop.site}/deal")
    shop.update("deal", row["id"], {"title": "Theirs"})
    ready(page, f"{shop.site}/deal/{row['id']}/edit")
    expect(page.locator("#f-title")).to_have_value("Mine")
    page.click(".submit button")
    expect(page.locator("#e-title")).to_contain_text("Theirs")
    assert shop.get("deal", row["id"])["title"] == "Theirs"


def test_a_link_offers_what_fits_as_soon_as_the_rest_changes(page: Page, shop: Any) -> None:
    acme, other = (shop.create("company", {"name": name})["id"] for name in ("Acme", "Other"))
    shop.create("person", {"name": "Ada", "company": acme})
    shop.create("person", {"name": "Bob", "company": other})
    ready(page, f"{shop.site}/deal/new")
    contact = page.locator("select[name=contact]")
    contact.select_option(label="Ada")
    page.select_option("[name=company]", label="Other")
    expect(contact.locator("option")).to_have_count(2)
    expect(contact).to_have_value("")
    page.select_option("[name=company]", label="Acme")
    expect(contact.locator("option").nth(1)).to_have_text("Ada")


def test_a_reason_is_asked_for_and_given(page: Page, shop: Any) -> None:
    ready(page, f"{shop.site}/deal/new")
    page.fill("#f-title", "T")
    page.get_by_role("tab", name="More").click()
    page.fill("#f-discount", "30")
    page.click(".submit button")
    expect(page.locator("#e-discount")).to_contain_text("Too generous")
    clean(page)
    page.fill("#f-reason", "an old friend")
    page.click(".submit button")
    page.wait_for_url("**/deal/*-*")
    expect(page.locator(".timeline")).to_contain_text("Reason: an old friend")


def test_a_record_moves_to_another_day_by_key_and_by_dragging(page: Page, shop: Any) -> None:
    row = shop.create("deal", {"title": "T", "due": "2026-11-05"})
    ready(page, f"{shop.site}/deal/calendar?on=2026-11-05")
    card = page.locator(f"[data-card='{row['id']}']")
    card.press("Alt+ArrowRight")
    expect(page.locator("[data-day='2026-11-06']").locator(card)).to_be_visible()
    expect(card).to_be_focused()
    card.press("Alt+ArrowDown")
    expect(page.locator("[data-day='2026-11-13']").locator(card)).to_be_visible()
    card.drag_to(page.locator("[data-day='2026-11-18']"))
    expect(page.locator("[data-day='2026-11-18']").locator(card)).to_be_visible()
    assert str(shop.get("deal", row["id"])["due"]) == "2026-11-18"


def test_a_day_that_the_rules_refuse_says_why(page: Page, shop: Any) -> None:
    row = shop.create("deal", {"title": "T", "due": "2026-12-31"})
    ready(page, f"{shop.site}/deal/calendar?on=2026-12-31")
    page.locator(f"[data-card='{row['id']}']").press("Alt+ArrowRight")
    expect(page.locator("[data-refusal]")).to_contain_text("Nobody works then")
    assert str(shop.get("deal", row["id"])["due"]) == "2026-12-31"


def test_a_table_wider_than_the_window_fades_at_the_edge_until_its_end_is_seen(page: Page, shop: Any) -> None:
    company = shop.create("company", {"name": "W" * 60})["id"]
    shop.create("deal", {"title": "W" * 60, "needs": "W" * 200, "company": company})
    columns = "&".join(f"show={name}" for name in ("title", "company", "contact", "due", "start", "needs"))
    beyond = "getComputedStyle(document.querySelector('.list .table-wrap')).getPropertyValue('--beyond')"
    tabs = beyond.replace(".list .table-wrap", ".tabs")
    page.set_viewport_size({"width": 1000, "height": 700})
    ready(page, f"{shop.site}/deal?{columns}")
    assert [page.evaluate(beyond), page.evaluate(tabs)] == ["64px", "0px"]
    page.locator(".list .table-wrap").evaluate("wrap => { wrap.scrollLeft = wrap.scrollWidth }")
    page.wait_for_function(f"{beyond} === '0px'")
    page.set_viewport_size({"width": 2400, "height": 700})
    page.wait_for_function(f"{beyond} === '0px'")


def test_without_scripts_everything_has_a_plain_form(browser: Browser, shop: Any) -> None:
    row = shop.create("deal", {"title": "T", "start": "2026-11-01", "due": "2026-11-05"})
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{shop.site}/deal/calendar?on=2026-11-05")
    card = plain.locator(f"[data-card='{row['id']}']")
    card.locator("summary").click()
    card.locator("input[type=date]").fill("2026-11-09")
    card.get_by_role("button").click()
    assert str(shop.get("deal", row["id"])["due"]) == "2026-11-09"
    plain.goto(f"{shop.site}/deal/new")
    expect(plain.locator("[data-field=due]")).to_be_visible()
    expect(plain.locator("[data-field=needs]")).to_be_visible()
    plain.goto(f"{shop.site}/deal?view=all&sort=title")
    plain.locator("summary", has_text="Save as view").click()
    plain.fill("#view-label", "By title")
    plain.locator(".save-sheet button").click()
    expect(plain.locator(".tabs [aria-current]")).to_contain_text("By title")
    plain.goto(f"{shop.site}/public/{token_of(shop.app, 'enquiry')}")
    plain.fill("#f-name", "Acme")
    plain.locator(".submit button").click()
    expect(plain.locator("h1")).to_have_text("Thank you")
    context.close()


def test_a_column_keeps_the_width_it_was_given(page: Page, shop: Any) -> None:
    shop.create("deal", {"title": "T"})
    ready(page, f"{shop.site}/deal?view=all")
    heading = page.locator("th[data-column=title]")
    before = heading.bounding_box()
    heading.locator(".edge").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    after = heading.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > before["width"] + 30
    page.reload(wait_until="networkidle")
    expect(page.locator("th[data-column=title] .edge")).to_be_attached()
    again = heading.bounding_box()
    assert again is not None
    assert abs(again["width"] - after["width"]) < 2


def test_the_search_box_finds_while_one_types(page: Page, shop: Any) -> None:
    for name in ("Acme North", "Acme South", "Other"):
        shop.create("company", {"name": name, "phone": "13800138000"})
    shop.create("person", {"name": "Acton"})
    ready(page, f"{shop.site}/company")
    box = page.get_by_role("combobox", name="Search")
    box.press_sequentially("ac")
    found = page.locator("#found")
    expect(found.get_by_role("option")).to_have_count(3)
    expect(found.locator("mark").first).to_have_text("Ac")
    clean(page)
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(found.get_by_role("option", selected=True)).to_contain_text("Acme North")
    box.press("ArrowUp")
    box.press("ArrowUp")
    expect(found.get_by_role("option", selected=True)).to_contain_text("Acton")
    box.press("Escape")
    expect(found).to_be_hidden()
    box.fill("zzz")
    expect(found.get_by_text("zzz")).to_be_visible()
    box.fill("south")
    expect(found.locator("a")).to_contain_text("Acme South")
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.get_by_role("heading", name="Acme South")).to_be_visible()
    page.locator(".search input").fill("8000")
    page.locator(".search input").press("Enter")
    expect(page.locator(".search-page .hits a")).to_have_count(3)
