"""The one question "may this person do this?", asked by every read and every write."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, Protocol

from ..context import Context
from ..formula import Formula
from ..problems import Problem, Refused

__all__ = ["Action", "OwnerRights", "Rights", "authorize"]

Action = Literal["read", "create", "change", "delete", "export", "import"]


class Rights(Protocol):
    """What people may do; made once per catalog."""

    def allows(
        self,
        context: Context,
        action: Action,
        entity: str,
        record: Mapping[str, Any] | None,
        fields: Iterable[str],
    ) -> bool:
        """Whether the actor may do this to this record (``None``: to any) and these fields (none: no field named)."""

    def visible(self, context: Context, entity: str) -> Formula | None:
        """The condition that a record must meet to be seen, part of every query; ``None``: all are."""


class OwnerRights:
    """One owner, who may do everything: the rights of a workspace without logins."""

    def allows(
        self,
        context: Context,
        action: Action,
        entity: str,
        record: Mapping[str, Any] | None,
        fields: Iterable[str],
    ) -> bool:
        """Yes."""
        return True

    def visible(self, context: Context, entity: str) -> Formula | None:
        """All of them."""
        return None


def authorize(
    rights: Rights,
    context: Context,
    action: Action,
    entity: str,
    record: Mapping[str, Any] | None = None,
    fields: Iterable[str] = (),
) -> None:
    """Pass, or raise :class:`Refused` (``forbidden``)."""
    if not rights.allows(context, action, entity, record, fields):
        raise Refused([Problem("not_allowed", {"action": action, "entity": entity})], "forbidden")
