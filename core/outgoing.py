"""The one way out: an HTTP request to somebody else's server that cannot be turned against our own network.

The name is resolved once, every address is looked at in its plainest form, and the connection goes to the address that
was looked at: a name that means something else a moment later leads nowhere. No redirect is followed, no proxy asked.
"""

import http.client
import io
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, urlsplit

from .problems import Problem, Refused

__all__ = ["METHODS", "MOST_BYTES", "SECONDS", "Answer", "Resolve", "fetch", "is_public", "resolve"]

SECONDS = 10.0
"""For everything: the name, the connection, the request, the answer."""
MOST_BYTES = 1_000_000
"""Of an answer, and of what is sent."""
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")

_PART = 65_536
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NAME = re.compile(r"[0-9a-z_.-]{1,253}|[0-9a-f:.]+")

Resolve = Callable[[str, int], Sequence[str]]
"""(host, port) → its addresses, best first. Raises ``OSError`` where there are none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever its status. ``headers``: lower-case name → value; the last one counts."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch(
    url: str,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    allow: Collection[str] = (),
    *,
    resolve: Resolve | None = None,
    seconds: float = SECONDS,
) -> Answer:
    """Ask a server on the internet, over http or https.

    ``allow``: hosts inside our own network that may be asked all the same, as ``outgoing.allow`` of ``kehu.yaml`` names
    them. Raises :class:`Refused`: ``invalid`` where it must not be asked, ``unavailable`` where it did not answer in
    time and in bounds. An answer of 300 or more is an answer.
    """
    until = time.monotonic() + seconds
    address = _address(url)
    host, port = address.hostname or "", address.port or (443 if address.scheme == "https" else 80)
    _refuse_odd(method, headers or {}, body)
    found = _resolved(resolve or globals()["resolve"], host, port, until)
    if host not in {one.lower() for one in allow}:
        for one in found:
            if not is_public(one):
                raise Refused([Problem("outgoing_inside", {"host": host, "address": one})])
    try:
        return _ask(address, host, port, found, until, (method, headers or {}, body))
    except TimeoutError:
        raise _unavailable("outgoing_slow", host=host, seconds=f"{seconds:g}") from None
    except (OSError, http.client.HTTPException, ValueError) as fault:
        reason = getattr(fault, "verify_message", "") or getattr(fault, "strerror", None) or str(fault)
        raise _unavailable(
            "outgoing_unreachable", host=host, reason=reason or type(fault).__name__
        ) from fault


def is_public(address: str) -> bool:
    """Whether an address is one of the internet's: not of this machine, of a private network or of no host at all."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found in _NAT64:
            found = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
        elif found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif found not in _GLOBAL_UNICAST or found.sixtofour is not None or found.teredo is not None:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system resolves it; odd spellings of a number come out as what they mean."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def _address(url: str) -> SplitResult:
    try:
        address = urlsplit(url)
        host = (address.hostname or "").rstrip(".")
        name = host if host.isascii() else host.encode("idna").decode()
        fine = address.scheme in ("http", "https") and _NAME.fullmatch(name) and address.username is None
        fine = fine and url.isprintable() and " " not in url and address.port != 0
    except ValueError:
        fine = False
    if not fine:
        raise Refused([Problem("outgoing_address", {"url": url[:200]})])
    port = f":{address.port}" if address.port else ""
    return address._replace(netloc=(f"[{name}]" if ":" in name else name) + port)


def _refuse_odd(method: str, headers: Mapping[str, str], body: bytes) -> None:
    if method not in METHODS:
        raise Refused([Problem("outgoing_method", {"method": method[:20], "available": METHODS})])
    for name in headers:
        if name.lower() in ("host", "content-length", "transfer-encoding", "connection", "accept-encoding"):
            raise Refused([Problem("outgoing_header", {"name": name})])
    if len(body) > MOST_BYTES:
        raise Refused([Problem("outgoing_large", {"max": f"{MOST_BYTES:,}"})])


def _resolved(ask: Resolve, host: str, port: int, until: float) -> Sequence[str]:
    """The addresses, waited for no longer than the rest of the time: the system's resolver knows no end."""
    found: list[Sequence[str]] = []

    def look() -> None:
        try:
            found.append(ask(host, port))
        except (OSError, UnicodeError):
            found.append(())

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    thread.join(until - time.monotonic())
    if not found:
        raise _unavailable("outgoing_slow", host=host, seconds=f"{SECONDS:g}")
    if not found[0]:
        raise _unavailable("outgoing_unknown_host", host=host)
    return found[0]


def _ask(
    address: SplitResult,
    host: str,
    port: int,
    places: Sequence[str],
    until: float,
    asked: tuple[str, Mapping[str, str], bytes],
) -> Answer:
    method, headers, body = asked
    with _connected(address.scheme, host, port, places, until) as opened:
        connection = http.client.HTTPConnection(host, port)
        connection.sock = _Line(opened, until)
        target = (address.path or "/") + (f"?{address.query}" if address.query else "")
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        own = {"Host": address.netloc, "Accept-Encoding": "identity", "Connection": "close"}
        if body or method in ("POST", "PUT", "PATCH"):
            own["Content-Length"] = str(len(body))
        for name, value in {"User-Agent": "Kehu", **headers, **own}.items():
            connection.putheader(name, value)
        connection.endheaders(body or None)
        response = connection.getresponse()
        content = bytearray()
        while part := response.read1(_PART):
            content += part
            if len(content) > MOST_BYTES:
                raise _unavailable("outgoing_too_long", host=host, max=f"{MOST_BYTES:,}")
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, told, bytes(content))


def _connected(scheme: str, host: str, port: int, places: Sequence[str], until: float) -> socket.socket:
    """A connection to the first of the addresses that takes one."""
    last: OSError = OSError("no address")
    for place in places:
        try:
            found = socket.create_connection((place, port), _left(until))
        except OSError as fault:
            last = fault
            continue
        if scheme == "http":
            return found
        try:
            found.settimeout(_left(until))
            return _trust().wrap_socket(found, server_hostname=host)
        except BaseException:
            found.close()
            raise
    raise last


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Line:
    """A connection as ``http.client`` uses one. It is closed by whoever opened it."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self._connection, self._until = connection, until

    def sendall(self, content: Any) -> None:
        """Send all of it."""
        self._connection.settimeout(_left(self._until))
        self._connection.sendall(content)

    def makefile(self, mode: str) -> io.BufferedReader:
        """What comes in."""
        return io.BufferedReader(_Incoming(self._connection, self._until))

    def close(self) -> None:
        """Nothing: the answer is still to be read."""


class _Incoming(io.RawIOBase):
    """What comes in; every wait ends when the time for all of it does, however little comes at a time."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self._connection, self._until = connection, until

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Wait for the next bytes."""
        self._connection.settimeout(_left(self._until))
        return self._connection.recv_into(buffer)


def _unavailable(code: str, **values: Any) -> Refused:
    return Refused([Problem(code, values)], "unavailable")
