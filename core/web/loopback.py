"""Until people can log in there is one owner, and whoever reaches the server is it: so only this machine may."""

import ipaddress

from ..problems import Problem, Refused

__all__ = ["is_loopback", "require_loopback"]


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server on this host: ``localhost``, ``127.…``, ``::1``."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def require_loopback(host: str) -> None:
    """Raises :class:`Refused` (``forbidden``) with the reason when the host is another."""
    if not is_loopback(host):
        raise Refused([Problem("only_loopback", {"host": host}, instead="127.0.0.1")], "forbidden")
