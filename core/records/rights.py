"""The one question "may this person do this?", asked by every read and every write."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, Protocol

from ..catalog.sights import Sight
from ..context import Context
from ..formula import Env, Formula
from ..problems import Label, Problem, Refused, say
from ..store.query import Event, Row
from ..words import Language

__all__ = ["Action", "Rights", "authorize"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")

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

    def label(self, entity: str) -> Label:
        """What people call the records of an entity."""

    def visible(self, context: Context, entity: str, action: Action = "read") -> Formula | None:
        """The condition that a record must meet to be seen (or exported, …), part of every query; ``None``: all do."""

    def sight(self, context: Context) -> Sight | None:
        """Which entities and fields there are for the actor; ``None``: all."""

    def reaches(self, context: Context, action: Action, entity: str) -> Sequence[tuple[str, Formula | None]]:
        """Each role that gives the action, and ``share``, with the records it reaches (``None``: all)."""

    def env(self, context: Context) -> Env:
        """What the conditions of rights look at: all records, whoever asks."""

    def shown(self, context: Context, entity: str, rows: list[Row], env: Env) -> list[Row]:
        """The rows as the actor may see them: without hidden fields, with dots for masked ones."""

    def told(self, context: Context, entity: str, problems: Sequence[Problem]) -> list[Problem]:
        """The problems of a record as the actor may read them: none says anything of what is hidden."""

    def heard(self, context: Context, entity: str, events: list[Event]) -> list[Event]:
        """The events of a record as the actor may read them."""


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
        doing = Label(*(say(f"right_to_{action}", language).message for language in LANGUAGES))
        values = {"action": action, "doing": doing, "of": entity, "entity": rights.label(entity)}
        raise Refused([Problem("not_allowed", values)], "forbidden")
