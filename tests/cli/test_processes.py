"""Several processes serve one workspace: they share the records, and each takes up what is edited."""

import json
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from .test_serving import free_port
from .typed import Kehu, Server

Serve = Callable[..., Server]

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks into /proc")


def children(server: Server) -> set[int]:
    return set(
        map(int, Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split())
    )


def until(holds: Callable[[], bool]) -> None:
    """Wait for it, half a minute at most."""
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to that")


def asked(address: str, body: object = None, **headers: str) -> dict[str, object]:
    """What the API answers on a connection of its own, so that any of the processes may take it."""
    data = None if body is None else json.dumps(body).encode()
    kinds = {
        "content-type": "application/json",
        **{name.replace("_", "-"): text for name, text in headers.items()},
    }
    request = Request(address, data, kinds)
    try:
        response = urlopen(request, timeout=60)
    except HTTPError as refused:
        raise AssertionError(refused.read().decode()) from refused
    with response as answer:
        found: dict[str, object] = json.loads(answer.read())
        return found


def test_a_store_of_one_process_is_not_shared(kehu: Kehu, acme: Path) -> None:
    said = kehu("run", "--processes", "2", "--port", str(free_port()), "--no-browser")
    assert said.code == 1
    assert "tinydb" in said.err
    assert "sqlite" in said.err


def test_three_processes_share_records_keys_numbers_and_definitions(serve: Serve, acme: Path) -> None:
    server = serve("run", "--store", "sqlite", "--processes", "3", "--port", str(free_port()), "--no-browser")
    api = f"{server.address()}api"
    until(lambda: len(children(server)) == 3)
    customer = asked(f"{api}/customer", {"name": "Wuxi One"})["id"]
    order = {"customer": customer, "ordered_at": "2026-01-05", "amount": 10}
    with ThreadPoolExecutor(10) as pool:
        made = list(pool.map(lambda _: asked(f"{api}/order", order), range(30)))
        numbers = sorted(str(one["number"]) for one in made)
        assert len(set(numbers)) == 30
        assert int(numbers[-1][-4:]) - int(numbers[0][-4:]) == 29
        again = list(pool.map(lambda _: asked(f"{api}/order", order, idempotency_key="once"), range(20)))
        assert len({str(one["id"]) for one in again}) == 1
        counts = pool.map(lambda _: asked(f"{api}/order?limit=1&count=true")["count"], range(20))
        assert set(counts) == {31}
        (acme / "entities" / "contact.yaml").write_text(
            "extend: contact\nfields:\n  nickname: {type: text, label: Nickname}\n"
        )

        def everywhere() -> bool:
            found = pool.map(lambda _: asked(f"{api}/schemas/contact.json"), range(30))
            return all("nickname" in str(one["properties"]) for one in found)

        until(everywhere)
        known = {"customer": customer, "nickname": "Two"}
        made = list(pool.map(lambda n: asked(f"{api}/contact", {**known, "name": f"N{n}"}), range(12)))
        assert [one["nickname"] for one in made] == ["Two"] * 12
    first = children(server)
    os.kill(min(first), signal.SIGKILL)
    until(lambda: len(children(server)) == 3 and children(server) != first)
    assert asked(f"{api}/order?limit=1&count=true")["count"] == 31
    mine = children(server)
    assert server.stop(signal.SIGTERM) == 0
    assert "Traceback" not in server.said
    assert not any(Path(f"/proc/{pid}/cmdline").exists() for pid in mine)


def test_the_processes_end_when_the_first_one_is_killed(serve: Serve, acme: Path) -> None:
    server = serve("run", "--store", "sqlite", "--processes", "2", "--port", str(free_port()), "--no-browser")
    asked(f"{server.address()}api/customer?limit=1")
    mine = children(server)
    assert len(mine) == 2
    server.process.kill()
    until(
        lambda: (
            not any(
                Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes()
                for pid in mine
            )
        )
    )


def test_processes_that_cannot_stay_up_are_given_up(
    kehu: Kehu, acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kehu.core.cli import processes

    monkeypatch.setattr(processes, "server_of", lambda _: os._exit(3))
    said = kehu("run", "--store", "sqlite", "--processes", "2", "--port", str(free_port()), "--no-browser")
    assert said.code == 1
    assert "3" in said.err
