import re
from collections.abc import Callable
from types import SimpleNamespace as View

import pytest
from jinja2 import Environment

from kehu.core.web.unrolling import unroll

WORDS = {"yes": "是", "no": "否"}
PAGES = [
    "list",
    "empty",
    "board",
    "calendar",
    "timeline",
    "links",
    "record",
    "share",
    "form",
    "dashboard",
    "import-file",
    "import-columns",
    "import-tried",
    "import-running",
    "import-done",
    "import-undone",
    "search",
    "problems",
    "confirm",
    "error",
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_renders_from_what_the_readme_promises(
    render: Callable[..., str], page: str, language: str
) -> None:
    html = render(page, language=language)
    assert html.count("<h1>") == 1
    assert "Undefined" not in html


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_the_third_party_files_asks_for_none(render: Callable[..., str], page: str) -> None:
    html = render(page, vendor=False)
    assert "/vendor/" not in html
    assert re.search(r"<summary[^>]*>\s*</summary>", html) is None


def test_what_people_wrote_is_never_markup(render: Callable[..., str]) -> None:
    assert "<b>boo" not in render("list", workspace="<b>boo", query='"><b>boo')


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "<b>x"),
        ("long_text", "<b>x"),
        ("email", '"><b>x'),
        ("phone", '"><b>x'),
        ("url", '"><b>x'),
        ("choice", View(text="<b>x", colour="blue")),
        ("stage", View(text="<b>x", colour="blue")),
        ("tags", (View(text="<b>x", colour="blue"),)),
        ("choices", (View(text="<b>x", colour="blue"),)),
        ("link", View(text="<b>x", url="/a")),
        ("user", View(text="<b>x", initial="<", tint=1)),
    ],
)
@pytest.mark.parametrize("place", ["first", "later"])
def test_a_row_escapes_every_text_of_a_persons(
    environment: Environment, kind: str, value: object, place: str
) -> None:
    column, other = View(kind=kind, label="列"), View(kind="text", label="列")
    columns, cells = ([column], [value]) if place == "first" else ([other, column], ["", value])
    html = unroll(environment, columns, WORDS).render(rows=[("/r", "1", *cells)])
    assert "<b>" not in html
    assert "&lt;b&gt;x" in html


def test_a_label_of_a_column_is_text_and_no_template(environment: Environment) -> None:
    columns = [View(kind="text", label="名"), View(kind="text", label='"{{ 7*7 }}<b>{% raw %}[[ 1 ]]')]
    html = unroll(environment, columns, WORDS).render(rows=[("/r", "1", "a", "b")])
    assert "49" not in html
    assert "<b>" not in html


def test_an_empty_cell_shows_nothing_but_the_first_shows_a_dash(environment: Environment) -> None:
    columns = [
        View(kind="choice", label="甲"),
        View(kind="user", label="乙"),
        View(kind="yes_no", label="丙"),
    ]
    html = unroll(environment, columns, WORDS).render(rows=[("/r", "1", None, None, None)])
    assert re.findall(r">([^<>\s]+)<", html) == ["—"]
