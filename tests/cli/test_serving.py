"""Serving pages: where, to whom, and until when."""

import signal
import socket
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from kehu.core.cli.serving import listen
from kehu.core.problems import Refused

from .typed import Kehu, Server

Serve = Callable[..., Server]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.mark.parametrize("host", ["192.0.2.5", "no-such-host.invalid"])
def test_an_address_that_is_not_this_machines_is_named(kehu: Kehu, acme: Path, host: str) -> None:
    said = kehu("run", "--host", host, "--lang", "en")
    assert said.code == 1
    assert f"{host} is no address of this machine" in said.err


def test_a_port_that_is_taken_gives_way_to_the_next() -> None:
    first = listen("127.0.0.1", free_port(), exactly=False)
    port = first.getsockname()[1]
    second = listen("127.0.0.1", port, exactly=False)
    try:
        assert port < second.getsockname()[1] <= port + 20
        with pytest.raises(Refused):
            listen("127.0.0.1", port, exactly=True)
    finally:
        first.close()
        second.close()


def test_a_workspace_is_served_until_ctrl_c(serve: Serve, acme: Path) -> None:
    server = serve("run", "--port", str(free_port()), "--no-browser")
    address = server.address()
    with urlopen(address, timeout=30) as answer:
        assert answer.status == 200
    assert server.stop() == 0
    assert "已停止" in server.said
    assert "Traceback" not in server.said


def test_the_demo_has_data_and_is_there_again_next_time(serve: Serve, here: Path) -> None:
    first = serve("demo", "--port", str(free_port()), "--no-browser")
    with urlopen(f"{first.address()}customer", timeout=30) as answer:
        assert "有限公司" in answer.read().decode()
    assert first.stop(signal.SIGTERM) == 0
    assert [path.name for path in here.iterdir()] == ["kehu-demo"]
    made = (here / "kehu-demo" / "kehu.yaml").stat().st_mtime_ns
    second = serve("demo", "--port", str(free_port()), "--no-browser", "--lang", "en")
    second.address()
    assert second.stop() == 0
    assert "made in zh" in second.said
    assert (here / "kehu-demo" / "kehu.yaml").stat().st_mtime_ns == made


def test_a_demo_leaves_other_folders_alone(kehu: Kehu, here: Path) -> None:
    (here / "kehu-demo").mkdir()
    (here / "kehu-demo" / "mine.txt").write_text("mine")
    said = kehu("demo", "--no-browser", "--port", str(free_port()))
    assert said.code == 1
    assert [path.name for path in here.rglob("*")] == ["kehu-demo", "mine.txt"]


def test_what_others_reach_serves_nothing_before_there_is_an_account(serve: Serve, acme: Path) -> None:
    server = serve("run", "--host", "0.0.0.0", "--port", str(free_port()), "--no-browser", "--lang", "en")
    address = server.address()
    link = server.address(r"http://\S+/setup/\S+")
    with pytest.raises(HTTPError) as refusal:
        urlopen(f"{address}customer", timeout=30)
    assert refusal.value.code == 503
    refusal.value.close()
    with urlopen(link, timeout=30) as answer:
        assert "建立所有者的账号" in answer.read().decode()
    assert server.stop() == 0


def test_the_first_account_comes_from_the_environment(
    serve: Serve, acme: Path, kehu: Kehu, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEHU_ADMIN_EMAIL", "boss@example.com")
    assert "KEHU_ADMIN_PASSWORD" in kehu("run", "--port", str(free_port()), "--no-browser").err
    monkeypatch.setenv("KEHU_ADMIN_PASSWORD", "correct horse battery")
    server = serve("run", "--host", "0.0.0.0", "--port", str(free_port()), "--no-browser")
    with urlopen(f"{server.address()}customer", timeout=30) as answer:
        assert "/login?next=" in answer.geturl()
    assert server.stop() == 0
    assert "boss@example.com" in server.said
    assert "boss@example.com" in kehu("people", "list").out
