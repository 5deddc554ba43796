"""``kehu.yaml``: what the workspace is called, what it speaks, where its records live."""

from typing import Annotated, ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from .definition import Definition, Names
from .fields.currencies import Currency
from .labels import Text
from .names import Name

__all__ = ["Workspace"]


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


class Workspace(Definition):
    """The workspace file. ``store``: ``tinydb``, ``sqlite``, or a database address; ``${NAME}`` is filled in
    later.
    """

    noun: ClassVar[str] = "workspace"

    workspace: Name
    label: Text | None = None
    language: Literal["zh", "en"] = "zh"
    currency: Currency = "CNY"
    timezone: Annotated[str, AfterValidator(_timezone)] = "Asia/Shanghai"
    plugins: Names = ()
    store: Annotated[str, AfterValidator(_store)] = "tinydb"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that its people live in."""
        return ZoneInfo(self.timezone)
