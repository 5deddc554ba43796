"""The page follows a form's rules by itself, and says what the server would say."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from kehu.core.web.server import make_server

STATIC = Path(__file__).parents[3] / "core/web/static"
Ask = Callable[[dict[str, Any]], dict[str, Any]]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """The page's script in one long-lived process of Node; left out where Node is not installed."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    folder = tmp_path_factory.mktemp("rules")
    (folder / "package.json").write_text('{"type": "module"}')
    for name in ("rules.js", "formula.js", "functions.js", "decimal.js", "days.js"):
        shutil.copy(STATIC / name, folder)
    command = [node, str(Path(__file__).with_name("rules.mjs")), str(folder / "rules.js")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def ask(about: dict[str, Any]) -> dict[str, Any]:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(about) + "\n")
            process.stdin.flush()
            found: dict[str, Any] = json.loads(process.stdout.readline())
            return found

        yield ask
        assert process.stdin is not None
        process.stdin.close()


SECTIONS = {"s0": ("title", "company", "owner", "stage", "code"),
            "s1": ("amount", "share", "weighted", "discount", "reason", "hidden"),
            "s2": ("address", "met_at", "due", "active", "colours", "tags", "note", "sealed", "needs")}  # fmt: skip


def seen(answer: dict[str, Any], values: dict[str, Any], changed: list[str]) -> dict[str, Any]:
    """What the script sees of a page: the rules, the inputs, what is hidden."""
    inputs: dict[str, list[dict[str, Any]]] = {}
    for name, value in values.items():
        if name == "active":
            inputs[name] = [{"type": "checkbox", "checked": "true" in value, "value": "true"}]
        elif name == "colours":
            inputs[name] = [
                {"type": "checkbox", "checked": each in value, "value": each} for each in ("red", "blue")
            ]
        elif not name.startswith(("offered.", "kehu.", "once", "version", "next", "to")):
            inputs[name] = [{"type": "text", "value": value}]
    return {
        "rules": answer["rules"], "inputs": inputs, "changed": changed,
        "sectionOf": {name: section for section, names in SECTIONS.items() for name in names},
        "hidden": [name for name, state in answer["fields"].items() if not state["shown"]],
        "closed": [name for name, state in answer["sections"].items() if not state["shown"]],
    }  # fmt: skip


def post(me: Any, url: str, values: dict[str, Any]) -> dict[str, Any]:
    answer = me.client.post(url, data=values, headers={"accept": "application/json"})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def agree(
    page: Ask, before: dict[str, Any], after: dict[str, Any], sent: dict[str, Any], changed: list[str]
) -> bool:
    """Whether the page knew; then it knew what the server says."""
    answer = page(seen(before, sent, changed))
    if answer["state"] is None or answer["asks"]:
        return False
    for name, section in answer["state"]["sections"].items():
        assert after["sections"][name] == section, name
    for name, state in answer["state"]["fields"].items():
        for key, value in state.items():
            assert after["fields"][name].get(key) == value, (name, key, sent)
    return True


def test_what_one_types_is_followed_without_the_server(me: Any, page: Ask) -> None:
    form = me.open("/deal/new")
    before = post(me, "/deal/live", form.values)
    sent = form.values | {"title": "Desks", "discount": "25", "amount": "1000.5", "share": "12.5"}
    answer = page(seen(before, sent, ["title", "discount"]))
    assert answer["asks"] is False
    state = answer["state"]
    assert state["sections"] == {"s2": {"shown": True}}
    assert state["fields"]["reason"] == {"shown": True, "required": True}
    assert state["fields"]["weighted"]["text"] == "¥125.06"


def test_the_server_is_asked_about_what_it_alone_knows(me: Any, page: Ask) -> None:
    form = me.open("/deal/new")
    before = post(me, "/deal/live", form.values)
    assert {"amount", "company"} <= set(before["rules"]["ask"]), "defaults follow these"
    for raw in ("1万", "12,5", "1e3", " "):
        assert page(seen(before, form.values | {"amount": raw}, ["discount"]))["state"] is None


def settled(values: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """The inputs after the page has put there what the defaults that follow others say now."""
    follow = {name: state["value"] for name, state in answer["fields"].items() if "value" in state}
    stood = {name: raw for name, raw in follow.items() if values.get(name) == values.get(f"offered.{name}")}
    return values | stood | {f"offered.{name}": raw for name, raw in stood.items()}


VALUES = st.fixed_dictionaries({
    "title": st.sampled_from(["", "A", " x ", "长", "👍", "a" * 61]),
    "amount": st.sampled_from(["", "0", "100", "1000.5", "abc", "1万", "-5", "1000000", "0.005", "999999.99"]),
    "share": st.sampled_from(["", "10", "50", "12.5", "x", "33.33", "0.01"]),
    "discount": st.sampled_from(["", "0", "10", "20", "25", "20.01", "20%"]),
    "stage": st.sampled_from(["open"]),
    "due": st.sampled_from(["", "2026-03-01", "2019-01-01"]),
    "active": st.sampled_from([["false"], ["false", "true"]]),
    "colours": st.sampled_from([[""], ["", "red"], ["", "red", "blue"]]),
    "note": st.sampled_from(["", "a\nb"]),
    "reason": st.sampled_from(["", "because"]),
})  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=VALUES, second=VALUES)
def test_a_new_record_shows_what_the_server_would_show(
    me: Any, page: Ask, first: dict[str, Any], second: dict[str, Any]
) -> None:
    base = me.open("/deal/new").values
    filled = settled(base | first, post(me, "/deal/live", base | first))
    before = post(me, "/deal/live", filled)
    sent = filled | {name: value for name, value in second.items() if name not in before["rules"]["ask"]}
    agree(page, before, post(me, "/deal/live", sent), sent, [])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(second=VALUES)
def test_an_old_record_shows_what_the_server_would_show(me: Any, page: Ask, second: dict[str, Any]) -> None:
    rows = me.rows("deal")
    if not rows:
        company = me.make("company", name="Acme")
        rows = [me.make("deal", title="Desks", company=company["id"], amount=50, discount="10%")]
    base = me.open(f"/deal/{rows[0]['id']}/edit").values
    url = f"/deal/live?id={rows[0]['id']}"
    before = post(me, url, base)
    sent = base | {name: value for name, value in second.items() if name not in before["rules"]["ask"]}
    agree(page, before, post(me, url, sent), sent, [])


@pytest.fixture
def driven(me: Any, serving: Any, browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A real browser at the workspace, and the addresses it asks under ``/deal/live``."""
    with serving(make_server(me.app)) as url:
        page = browser.new_page(base_url=url)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if "/live" in request.url else None)
        page.on("pageerror", lambda error: asked.append(f"error: {error}"))
        page.on("console", lambda said: asked.append(said.text) if said.type == "error" else None)
        yield page, asked
        page.close()


@pytest.mark.browser
def test_in_a_browser_fields_follow_at_once_and_the_server_is_asked_once(
    driven: tuple[Page, list[str]],
) -> None:
    page, asked = driven
    page.goto("/deal/new")
    with page.expect_response(lambda answer: "/live" in answer.url):
        page.locator("[name=discount]").focus()
    reason = page.locator('[data-field="reason"]')
    expect(reason).to_be_hidden()
    page.locator("[name=discount]").press_sequentially("25")
    expect(reason).to_be_visible()
    expect(page.locator("[name=reason]")).to_have_attribute("required", "")
    page.locator("[name=title]").fill("Desks")
    expect(page.locator('[data-section="s2"]')).to_be_visible()
    page.locator("[name=title]").fill("")
    expect(page.locator('[data-section="s2"]')).to_be_hidden()
    assert len(asked) == 1, asked
