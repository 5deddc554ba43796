"""Every field type in a real browser: made, read back, changed, at a desk and on a phone."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships none
from playwright.sync_api import Page, expect

from kehu.core.app import App
from kehu.core.web.server import make_server

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "docs/examples/every-field"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (ROOT / "core/web/static/vendor").is_dir(), reason="the front-end files were not fetched"
    ),
]


@pytest.fixture
def served(tmp_path: Path, serving: Any) -> Iterator[tuple[App, str]]:
    """The example, served on a free port of this machine."""
    folder = tmp_path / "every-field"
    shutil.copytree(EXAMPLE, folder)
    app = App(folder)
    with serving(make_server(app)) as url:
        yield app, url
    app.close()


@pytest.fixture
def window() -> dict[str, Any]:
    return {"viewport": {"width": 1440, "height": 1000}, "locale": "zh-CN"}


def faults(page: Page) -> list[Any]:
    return [(fault["id"], fault["nodes"][0]["target"]) for fault in Axe().run(page).response["violations"]]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_every_field_is_filled_in_read_back_and_changed(
    served: tuple[App, str], page: Page, tmp_path: Path
) -> None:
    app, url = served
    app.now.records.create(app.context("page"), "part", {"name": "轴承"})
    page.goto(f"{url}/sample/new")
    assert faults(page) == []
    for name, value in {
        "title": "样品一", "story": "# 标题\n\n- **粗**", "price": "1234.5", "made_on": "2026-03-01", "opens": "14:30",
        "effort": "1:30", "keywords": "红, 绿", "point": "31.23,121.47", "details": '{"volts": 220}', "key": "hunter2",
    }.items():  # fmt: skip
        page.fill(f"[name={name}]", value)
    page.locator("[name=region]").press_sequentially("深圳南")
    expect(page.locator("#d-region option")).to_have_count(1)
    page.fill("[name=region]", "广东省深圳市南山区")
    page.locator(".rating label", has_text="★").nth(3).click()
    page.locator("[name=goes_with]").nth(1).check()

    lines = page.locator("[data-lines=items]")
    expect(lines.locator("tbody tr")).to_have_count(1)  # one blank row is enough where more can be had
    page.fill("[name='items.0.note']", "第一行")
    page.fill("[name='items.0.unit_price']", "10.5")
    expect(lines.locator("tbody tr")).to_have_count(2)
    expect(lines.locator("tbody tr").nth(0).locator("output")).to_have_text("¥10.50")
    page.locator("[name='items.0.note']").press("Enter")
    expect(page.locator("[name='items.1.note']")).to_be_focused()
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "第二行\\t2\\t5\\n第三行\\t3\\t1\\n");
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    expect(page.locator("[name='items.2.quantity']")).to_have_value("3")
    expect(lines.locator("[data-total=amount]")).to_have_text("¥23.50")

    drawing = page.locator("[data-signature] svg").bounding_box()
    assert drawing is not None
    page.mouse.move(drawing["x"] + 20, drawing["y"] + 20)
    page.mouse.down()
    page.mouse.move(drawing["x"] + 120, drawing["y"] + 60, steps=4)
    page.mouse.up()
    page.locator("[data-colour]").fill("#ff8800")
    page.locator("form button.primary").click()
    page.wait_for_url("**/sample/0*")

    record = page.locator("main, .page").first
    for text in ("广东省深圳市南山区", "★★★★☆", "第三行", "¥23.50", "1 小时 30 分", "#ff8800", "••••••"):
        expect(record).to_contain_text(text)
    expect(page.locator(".rich strong")).to_have_text("粗")
    expect(page.locator("dd svg.signed path")).to_have_attribute("d", app.store.find(query())[0]["signed"])
    assert faults(page) == []
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 1000})
        assert fits(page)

    page.goto(page.url + "/edit")
    assert fits(page)
    assert faults(page) == []
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.fill("[name='items.1.note']", "")
    page.fill("[name='items.1.quantity']", "")
    page.fill("[name='items.1.unit_price']", "")
    expect(page.locator("[data-total=amount]")).to_have_text("¥13.50")
    page.locator("form button.primary").click()
    page.wait_for_url("**/sample/0*")
    kept = app.store.find(query())[0]
    assert [line["note"] for line in kept["items"]] == ["第一行", "第三行"]
    assert kept["key"] == "hunter2"
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 1000})
        page.goto(f"{url}/sample")
        assert fits(page)
        assert faults(page) == []


def query() -> Any:
    from kehu.core.store.query import Query

    return Query("sample")


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
DROP = """([selector, name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, {type: "text/plain"}));
  for (const kind of ["dragover", "drop"]) {
    document.querySelector(selector).dispatchEvent(
      new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
  }
}"""


def test_files_are_chosen_and_dropped_shown_and_downloaded(served: tuple[App, str], page: Page) -> None:
    app, url = served
    page.goto(f"{url}/sample/new")
    page.fill("[name=title]", "带文件的")
    page.set_input_files("#f-manual", {"name": "说明 书.pdf", "mimeType": "text/html", "buffer": PDF})
    expect(page.locator("[data-field=manual] a")).to_have_text("说明 书.pdf")
    page.set_input_files("#f-photo", {"name": "front.png", "mimeType": "image/png", "buffer": PNG})
    expect(page.locator("[data-field=photo] a")).to_have_text("front.png")
    page.evaluate(DROP, ["[data-field=papers]", "一.txt", "one"])
    expect(page.locator("[data-field=papers] a")).to_have_text("一.txt")
    page.evaluate(DROP, ["[data-field=papers]", "坏.pdf", "no"])
    expect(page.locator("[data-field=papers] [role=alert]")).to_contain_text("对不上")
    page.set_input_files("#f-papers", {"name": "two.txt", "mimeType": "text/plain", "buffer": b"two"})
    expect(page.locator("[data-field=papers] a")).to_have_count(2)
    page.locator("[data-field=papers] [type=checkbox]").first.uncheck()
    assert fits(page)
    assert faults(page) == []
    page.locator("form button.primary").click()
    page.wait_for_url("**/sample/0*")
    row = app.store.find(query())[0]
    assert [file["name"] for file in row["papers"]] == ["two.txt"]

    picture = page.locator("dd img.picture")
    expect(picture).to_have_js_property("naturalWidth", 1)
    with page.expect_download() as download:
        page.get_by_role("link", name="说明 书.pdf").first.click()
    assert download.value.suggested_filename == "说明 书.pdf"
    assert Path(download.value.path()).read_bytes() == PDF
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 1000})
        assert fits(page)
        assert faults(page) == []

    page.evaluate(DROP, [".timeline", "纪要.txt", "minutes"])
    expect(page.locator(".timeline .attached a").first).to_have_text("纪要.txt")
    page.goto(f"{url}/sample/{row['id']}/edit")
    page.locator("[data-field=photo] [type=checkbox]").uncheck()
    page.locator("form button.primary").click()
    page.wait_for_url("**/sample/0*")
    assert app.store.find(query())[0]["photo"] is None
