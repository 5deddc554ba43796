"""A real browser, and a server on this machine for it: shared by all tests that look at pages as people do."""

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.applications import Starlette

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --disable-quic"
)

Serving = Callable[[Starlette], AbstractContextManager[str]]
"""Serve an application for as long as the block lasts; what it gives is the address."""


@contextmanager
def _serving(web: Starlette) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as ear:  # it listens already: who comes early waits in line
        server = uvicorn.Server(uvicorn.Config(web, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [ear]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{ear.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)
    assert not thread.is_alive()


@pytest.fixture(scope="session")
def serving() -> Serving:
    """Serve an application on a free port of this machine."""
    return _serving


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of a file."""
    if CHROMIUM is None:
        pytest.skip("Debian's chromium is not installed")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield started
        started.close()


@pytest.fixture
def window() -> dict[str, Any]:
    """What the window of ``page`` is like; a file that wants another has a fixture of this name."""
    return {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}


@pytest.fixture
def page(browser: Browser, window: dict[str, Any]) -> Iterator[Page]:
    """A page that must not report an error of its own, nor break the content policy."""
    context = browser.new_context(**window)
    opened = context.new_page()
    said: list[str] = []
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("console", lambda line: said.append(line.text) if "Content Security" in line.text else None)
    yield opened
    context.close()
    assert said == []
