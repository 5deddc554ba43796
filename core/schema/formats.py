"""The formats of JSON Schema that are held to: whether a text is a day, a time, an address, …

What is not listed here says nothing, as the standard has it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from ipaddress import IPv4Address, IPv6Address
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

__all__ = ["FORMATS"]

_DURATION = re.compile(
    r"P(?=.)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?)", re.ASCII
)
_HOST = re.compile(
    r"(?=.{1,253}$)(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.I | re.ASCII
)
_MAIL = re.compile(r"[^\s@]+@[^\s@]+")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I | re.ASCII)
_TIME = re.compile(r"\d\d:\d\d:\d\d(?:\.\d+)?(?:z|[-+]\d\d:\d\d)", re.I | re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d:\d\d(?:\.\d+)?(?:z|[-+]\d\d:\d\d)", re.I | re.ASCII)


def _read(reader: Callable[[str], Any], shape: "re.Pattern[str]") -> Callable[[Any], bool]:
    """Whether a value is no text, or one of this shape that can be read."""

    def right(value: Any) -> bool:
        if not isinstance(value, str):
            return True
        if len(value) > 2000 or shape.fullmatch(value) is None:
            return False
        try:
            reader(value)
        except ValueError:
            return False
        return True

    return right


def _address(text: str) -> None:
    if not urlsplit(text).scheme:
        raise ValueError(text)


_ANY = re.compile(r"\S+")

FORMATS: Mapping[str, Callable[[Any], bool]] = {
    "date": _read(date.fromisoformat, re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)),
    "time": _read(lambda text: time.fromisoformat(text.upper()), _TIME),
    "date-time": _read(lambda text: datetime.fromisoformat(text.upper()), _MOMENT),
    "duration": _read(str, _DURATION),
    "email": _read(str, _MAIL),
    "idn-email": _read(str, _MAIL),
    "hostname": _read(str, _HOST),
    "ipv4": _read(IPv4Address, _ANY),
    "ipv6": _read(IPv6Address, _ANY),
    "uri": _read(_address, _ANY),
    "iri": _read(_address, _ANY),
    "uuid": _read(UUID, _UUID),
}
"""Format → whether a value is right; what is no text is always right."""
