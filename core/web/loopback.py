"""Whether only this machine reaches a server: while there is no account, whoever reaches it is its owner."""

import ipaddress

__all__ = ["is_loopback"]


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server on this host: ``localhost``, ``127.…``, ``::1``."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"
