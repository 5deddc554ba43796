"""Definitions are taken up while requests of before are still under way: those are asked to come again."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient

from kehu.core.app import App
from kehu.core.web.server import make_server

THING = """
    entity: thing
    label: {zh: 东西, en: Thing}
    fields:
      name: {type: text}
      size: {type: number}
"""


@pytest.mark.parametrize("store", ["tinydb", "sqlite"])
def test_a_request_under_way_is_never_a_fault_of_ours(
    make: Any, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = make({"entities/thing.yaml": THING}, store=store)
    row = there.create("thing", {"name": "A", "size": 3})
    began = there.app.now
    with TestClient(
        make_server(there.app), base_url="http://localhost", raise_server_exceptions=False
    ) as client:
        there.write({"entities/thing.yaml": THING.replace("size:", "weight:")})
        now = there.app.reload()
        assert now.catalog is not began.catalog
        looks = iter([began] * 50)
        monkeypatch.setattr(App, "now", property(lambda _: next(looks)))
        for path in (
            "/api/thing", "/api/thing?size.gte=1", "/api/thing?sort=-size", f"/api/thing/{row['id']}", "/thing?sort=size",
            "/thing?f.size.gte=1", f"/thing/{row['id']}", "/thing/new", f"/thing/{row['id']}/edit",
        ):  # fmt: skip
            assert client.get(path).status_code in (200, 503), path
        assert client.post("/api/thing", json={"name": "B", "size": 1}).status_code == 503


def test_nobody_else_waits_while_definitions_are_taken_up(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    there = make({"entities/thing.yaml": THING})
    taking_up, others_were_served = threading.Event(), threading.Event()
    catch_up = App.catch_up

    def slowly(app: App) -> None:
        taking_up.set()
        assert others_were_served.wait(30)
        catch_up(app)

    monkeypatch.setattr(App, "catch_up", slowly)
    with TestClient(make_server(there.app), base_url="http://localhost") as client:
        there.write({"entities/thing.yaml": THING.replace("size:", "weight:")})
        with ThreadPoolExecutor(1) as beside:
            monkeypatch.setattr("kehu.core.app.LOOK_AGAIN", 0)  # the next request looks at the files
            noticed = beside.submit(lambda: client.get("/api/schemas/thing.json").text)
            assert taking_up.wait(30)
            monkeypatch.setattr("kehu.core.app.LOOK_AGAIN", 60)  # and no other
            assert "size" in client.get("/api/schemas/thing.json").text
            others_were_served.set()
            assert "weight" in noticed.result(30)
