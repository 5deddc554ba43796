"""The pages hold to what they promise: no inline script or style, and only words that exist."""

import re
from pathlib import Path

import pytest

from kehu.core.problems import phrases
from kehu.core.words.pages import PHRASES

WEB = Path(__file__).parents[2] / "core/web"
PAGES = sorted((WEB / "pages").glob("*.html"))
ICONS = set((WEB / "icons.txt").read_text("utf-8").split())


def found(pattern: str) -> set[str]:
    return {match for page in PAGES for match in re.findall(pattern, page.read_text("utf-8"))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_needs_no_inline_script_style_or_event(page: Path) -> None:
    text = page.read_text("utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    assert re.findall(r"<script(?![^>]*(?:src=|type=\"application/json\"))", text) == []


def test_every_word_a_page_asks_for_exists() -> None:
    asked = found(r"""\bt\(\s*["']([a-z_]+)["']\s*[,)]""")
    assert {key for key in asked if f"page_{key}" not in phrases()} == set()


def test_no_word_is_kept_that_no_page_asks_for() -> None:
    text = "".join(page.read_text("utf-8") for page in PAGES) + "".join(
        script.read_text("utf-8") for script in (WEB).glob("*.py")
    )
    asked = set(re.findall(r"""["']([a-z_]+)["']""", text))
    put_together = ("import_", "theme_")
    unused = {code.removeprefix("page_") for code in PHRASES} - asked
    assert {key for key in unused if not key.startswith(put_together)} == set()


def test_every_icon_a_page_draws_is_in_the_sprite() -> None:
    assert found(r"""icon\(["']([a-z0-9-]+)["']\)""") <= ICONS


def test_icons_are_listed_once_and_in_order() -> None:
    lines = (WEB / "icons.txt").read_text("utf-8").split()
    assert lines == sorted(set(lines))


def test_every_icon_a_bundled_definition_names_is_in_the_sprite() -> None:
    root = WEB.parents[1]
    named = {
        name
        for room in ("plugins", "templates")
        for file in (root / room).rglob("*.yaml")
        for name in re.findall(r"^icon: *([a-z0-9-]+)", file.read_text("utf-8"), re.MULTILINE)
    }
    assert named - ICONS == set()
