"""``kehu.yaml``: what the workspace is called, what it speaks, where its records live."""

import re
from typing import Annotated, ClassVar, Literal
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from .definition import Definition, Names, Part
from .fields.currencies import Currency
from .labels import Text
from .names import Name

__all__ = ["Outgoing", "Workspace"]


def _timezone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):  # not there, not a zone's name, a folder
        raise PydanticCustomError("unknown_timezone", "timezone", {"given": text}) from None
    return text


def _store(text: str) -> str:
    known = text in ("tinydb", "sqlite") or text.startswith(("sqlite:///", "postgresql://", "postgres://"))
    if not known and "${" not in text:
        raise PydanticCustomError("unknown_store_kind", "store", {"given": text})
    return text


def _files(text: str) -> str:
    address = urlsplit(text)
    if text != "local" and (address.scheme != "s3" or not address.hostname):
        raise PydanticCustomError("unknown_files_kind", "files", {"given": text})
    shown = "@" in address.netloc or "@" in dict(parse_qsl(address.query)).get("endpoint", "")
    named = next((key for key, _ in parse_qsl(address.query) if key not in ("endpoint", "region")), None)
    if shown or named:
        given = named or "…@"
        raise PydanticCustomError("files_secret_in_the_open", "files", {"given": given})
    return text


def _base_url(text: str) -> str:
    if re.fullmatch(r"https?://[^\s/?#@]+/?", text) is None:
        raise PydanticCustomError("not_a_base_url", "base_url", {"given": text})
    return text.rstrip("/")


def _host(text: str) -> str:
    if not re.fullmatch(r"[\w.-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*", text):
        raise PydanticCustomError("not_a_host", "host", {"given": text})
    return text


class Outgoing(Part):
    """What requests to other servers may reach beside the internet. ``allow``: hosts of the own network."""

    allow: tuple[Annotated[str, AfterValidator(_host)], ...] = ()


class Workspace(Definition):
    """The workspace file. ``store``: ``tinydb``, ``sqlite``, or a database address; ``${NAME}`` is filled in
    later. ``files``: where uploaded files live, ``local`` (beside the store) or ``s3://bucket/prefix``.
    """

    noun: ClassVar[str] = "workspace"

    workspace: Name
    label: Text | None = None
    language: Literal["zh", "en"] = "zh"
    currency: Currency = "CNY"
    timezone: Annotated[str, AfterValidator(_timezone)] = "Asia/Shanghai"
    plugins: Names = ()
    store: Annotated[str, AfterValidator(_store)] = "tinydb"
    base_url: Annotated[str, AfterValidator(_base_url)] | None = None
    files: Annotated[str, AfterValidator(_files)] = "local"
    outgoing: Outgoing = Outgoing()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that its people live in."""
        return ZoneInfo(self.timezone)
