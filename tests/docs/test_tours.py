"""What the README and the pages that say so promise, done as a reader would do it."""

from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").rglob("*.md"))]
TOURS = [page.relative_to(ROOT).as_posix() for page in PAGES if "<!-- stop -->" in page.read_text("utf-8")]


@pytest.mark.parametrize("page", TOURS)
def test_what_a_page_promises_happens(tour: Any, blocks_of: Any, page: str) -> None:
    for block in blocks_of(page):
        if ".venv" not in block.text:  # installing is what tests/packaging tries
            tour.do(block)


@pytest.mark.parametrize(
    ("page", "label", "stage", "title", "search"),
    [
        ("README.md", "WeChat", "Trial", "Blue Harbour", "blueharbour"),
        ("README.zh.md", "微信号", "试用", "蓝湾科技", "lanwan"),
    ],
)
def test_an_edit_of_the_tour_shows_everywhere(
    tour: Any, blocks_of: Any, page: str, label: str, stage: str, title: str, search: str
) -> None:
    def shown(path: str) -> str:
        with urlopen(f"http://localhost:{tour.port}{path}", timeout=30) as answer:
            text: str = answer.read().decode()
            return text

    for block in blocks_of(page):
        if "stop" in block.orders:
            break
        if ".venv" not in block.text:
            tour.do(block)
    assert f">{label}</a></th>" in shown("/customer")
    assert 'name="wechat"' in shown("/customer/new")
    assert '"wechat"' in shown("/api/schemas/customer.json")
    assert stage in shown("/deal/board")
    assert title in shown(f"/search?q={quote(search)}")
    assert title in shown(f"/api/customer?q={quote(search)}")
