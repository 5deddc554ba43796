"""Requests to the outside cannot be turned inwards, and end in time and in bounds. Real sockets, a resolver of our own."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from kehu.core.outgoing import MOST_BYTES, Answer, fetch, is_public, resolve
from kehu.core.problems import Refused

Talk = Callable[[socket.socket], None]


@contextmanager
def server(talk: Talk) -> Iterator[int]:
    """A server on this machine that talks so on each connection; gives its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def serve() -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            if ended.is_set():
                line.close()
                return
            with line:
                line.settimeout(5)  # a test that fails does not hang
                try:
                    talk(line)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        ended.set()
        socket.create_connection(listening.getsockname()).close()
        thread.join()
        listening.close()


def answering(answer: bytes, heard: list[bytes] | None = None) -> Talk:
    def talk(line: socket.socket) -> None:
        got = b""
        while b"\r\n\r\n" not in got and (part := line.recv(65536)):
            got += part
        if heard is not None:
            heard.append(got)
        line.sendall(answer)

    return talk


def ask(port: int, path: str = "/", seconds: float = 10, scheme: str = "http") -> Answer:
    """Ask this machine under a name that the workspace allows."""
    return fetch(
        f"{scheme}://erp.intranet:{port}{path}",
        allow=("erp.intranet",),
        resolve=lambda host, port: ["127.0.0.1"],
        seconds=seconds,
    )


def refused(url: str, addresses: list[str] | None = None) -> str:
    with pytest.raises(Refused) as caught:
        fetch(url, resolve=None if addresses is None else lambda host, port: addresses, seconds=5)
    return caught.value.problems[0].code


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "0.1.2.3"),
        *("224.0.0.1", "255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1", "::", "::1", "fe80::1", "fe80::1%eth0"),
        *("fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::127.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::808:808", "2002:7f00:1::", "2001:0:1::1", "2001:db8::1"),
        *("100::1", "not an address", ""),
    ],
)  # fmt: skip
def test_addresses_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "[::1]", "[::ffff:127.0.0.1]", "localhost", "127.0.0.1."],
)  # fmt: skip
def test_however_this_machine_is_spelt_it_is_not_asked(host: str) -> None:
    with server(answering(b"HTTP/1.1 200 OK\r\n\r\nsecret")) as port:
        assert refused(f"http://{host}:{port}/") in ("outgoing_inside", "outgoing_unknown_host")


def test_one_address_inside_is_enough_to_refuse() -> None:
    assert refused("http://two.example/", ["93.184.216.34", "10.0.0.1"]) == "outgoing_inside"
    assert refused("http://none.example/", []) == "outgoing_unknown_host"


@pytest.mark.parametrize(
    "url",
    [
        *(
            "ftp://example.org/",
            "file:///etc/passwd",
            "example.org",
            "http://",
            "http://user:pw@example.org/",
            "",
        ),
        *(
            "http://example.org:0/",
            "http://example.org:99999/",
            "http://exa mple.org/",
            "http://example.org/\r\nX: y",
        ),
        *("http://[::1/", "http://example.org\\@inside/", "gopher://example.org/"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    assert refused(url, ["8.8.8.8"]) == "outgoing_address"


def test_the_name_is_resolved_once_and_that_address_is_asked() -> None:
    heard: list[bytes] = []
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.9.9.9"]

    with server(answering(b"HTTP/1.1 201 Made\r\nX-A: b\r\n\r\nhello", heard)) as port:
        found = fetch(
            f"http://ERP.intranet:{port}/a?b=c",
            "POST",
            {"X-Mine": "1"},
            b"{}",
            ("erp.intranet",),
            resolve=rebinding,
        )
        named = f"Host: erp.intranet:{port}".encode()
    assert (found.status, found.headers["x-a"], found.body) == (201, "b", b"hello")
    assert asked == ["erp.intranet"]
    assert heard[0].startswith(b"POST /a?b=c HTTP/1.1\r\n")
    assert named in heard[0]
    assert b"Content-Length: 2" in heard[0]


def test_the_next_address_is_tried_where_one_does_not_listen() -> None:
    with server(answering(b"HTTP/1.1 200 OK\r\n\r\n")) as port:
        found = fetch(
            f"http://a.b:{port}/", allow=("a.b",), resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"]
        )
    assert found.status == 200


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    answer = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/secret\r\nContent-Length: 0\r\n\r\n"
    with server(answering(answer)) as port:
        found = ask(port)
    assert (found.status, found.headers["location"]) == (302, "http://127.0.0.1/secret")


def test_an_answer_has_an_end() -> None:
    for head in (b"", b"Content-Length: 9999999999\r\n", b"Transfer-Encoding: chunked\r\n"):
        body = b"x" * (MOST_BYTES + 1)
        chunk = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if b"chunked" in head else body
        with server(answering(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + chunk)) as port:
            with pytest.raises(Refused) as caught:
                ask(port)
            assert caught.value.problems[0].code == "outgoing_too_long"
            assert caught.value.status == "unavailable"


def test_who_answers_a_byte_at_a_time_is_left_in_time() -> None:
    enough = threading.Event()

    def dripping(line: socket.socket) -> None:
        line.recv(65536)
        line.sendall(b"HTTP/1.1 200 OK\r\n")
        while not enough.wait(0.05):
            line.sendall(b"X")

    def silent(line: socket.socket) -> None:
        enough.wait()

    for talk in (dripping, silent):
        enough.clear()
        with server(talk) as port:
            with pytest.raises(Refused) as caught:
                ask(port, seconds=0.4)
            enough.set()
            assert caught.value.problems[0].code == "outgoing_slow"


def test_a_resolver_that_hangs_is_left_in_time() -> None:
    enough = threading.Event()
    with pytest.raises(Refused) as caught:
        fetch(
            "http://slow.example/",
            resolve=lambda host, port: ["8.8.8.8"] if enough.wait() else [],
            seconds=0.2,
        )
    enough.set()
    assert caught.value.problems[0].code == "outgoing_slow"


def test_what_is_no_http_and_who_is_not_there_is_unreachable() -> None:
    with server(answering(b"SSH-2.0-OpenSSH\r\n")) as port:
        with pytest.raises(Refused) as caught:
            ask(port)
        assert caught.value.problems[0].code == "outgoing_unreachable"
        with pytest.raises(Refused) as caught:
            ask(port, scheme="https", seconds=3)
        assert caught.value.problems[0].code in ("outgoing_unreachable", "outgoing_slow")
    with pytest.raises(Refused) as caught:
        ask(port)
    assert caught.value.problems[0].code == "outgoing_unreachable"


@pytest.mark.parametrize("header", [{"Host": "inside"}, {"content-length": "9"}, {"X": "a\r\nHost: inside"}])
def test_headers_cannot_say_what_is_ours_to_say(header: dict[str, str]) -> None:
    with server(answering(b"HTTP/1.1 200 OK\r\n\r\n")) as port, pytest.raises(Refused) as caught:
        fetch(f"http://a.b:{port}/", headers=header, allow=("a.b",), resolve=lambda host, port: ["127.0.0.1"])
    assert caught.value.problems[0].code in ("outgoing_header", "outgoing_unreachable")


def test_methods_and_bodies_are_bounded() -> None:
    for method, body in (("TRACE", b""), ("get", b""), ("POST", b"x" * (MOST_BYTES + 1))):
        with pytest.raises(Refused) as caught:
            fetch("http://example.org/", method, body=body, resolve=lambda host, port: ["8.8.8.8"])
        assert caught.value.problems[0].code in ("outgoing_method", "outgoing_large")


def test_the_systems_resolver_says_what_numbers_mean() -> None:
    assert resolve("0x7f000001", 80) == ["127.0.0.1"]
