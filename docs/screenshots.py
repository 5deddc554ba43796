"""Take the pictures of the documentation: ``python docs/screenshots.py``.

Needs Chromium (Debian: ``chromium fonts-noto-cjk``) and what the tests need. Starts a demo in a temporary folder, for
each language, and takes the home page, a list, a board, a calendar and a record at 1440 × 900, light.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
PORT = 8793
PAGES = {
    "home": "/",
    "list": "/customer",
    "board": "/deal/board",
    "calendar": "/deal/calendar?view=deals_calendar",
    "record": None,
}
LARGEST = 300_000
"""Bytes of a picture."""


def main() -> None:
    """Take all of them."""
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for language, ending, locale in (("en", "", "en-GB"), ("zh", ".zh", "zh-CN")):
            with tempfile.TemporaryDirectory() as folder, demo(Path(folder), language):
                page = browser.new_page(
                    viewport={"width": 1440, "height": 900}, color_scheme="light", locale=locale
                )
                for name, path in PAGES.items():
                    take(page, path or record(page), IMAGES / f"{name}{ending}.png")
                page.close()
        browser.close()


@contextmanager
def demo(folder: Path, language: str) -> Iterator[None]:
    """A demo that answers."""
    kehu = str(Path(sys.executable).parent / "kehu")
    options = ["--folder", str(folder / "demo"), "--port", str(PORT), "--no-browser", "--lang", language]
    process = subprocess.Popen([kehu, "demo", *options], stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                with urlopen(f"http://127.0.0.1:{PORT}/health", timeout=5):
                    break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(20)


def record(page: Page) -> str:
    """Where a deal that is under way stands."""
    found = page.request.get(f"http://127.0.0.1:{PORT}/api/deal?stage=demo&sort=-amount&limit=1")
    return f"/deal/{found.json()['items'][0]['id']}"


def take(page: Page, path: str, file: Path) -> None:
    """One picture, in few enough colours to be small."""
    page.goto(f"http://127.0.0.1:{PORT}{path}", wait_until="networkidle")
    page.wait_for_timeout(800)  # charts are drawn bit by bit
    page.screenshot(path=file)
    if file.stat().st_size > LARGEST:
        raise SystemExit(f"{file} has {file.stat().st_size} bytes; {LARGEST} is the most")


if __name__ == "__main__":
    main()
