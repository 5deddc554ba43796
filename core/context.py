"""Who asks, through which door, why, and when: every read and write of records is told."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from typing import Literal

from .words import Language

__all__ = ["STRANGER", "Context", "Door"]

Door = Literal["page", "board", "api", "import", "command", "automation", "seed", "public"]
"""Where a request came in; it stands in the history of every record it changed."""


STRANGER = "public"
"""Who acts where nobody is known: whoever has the link of a public form."""


@dataclass(frozen=True, slots=True)
class Context:
    """The circumstances of one request, passed along unchanged from the door to the event log.

    ``actor`` is the id of a person's record (``user``), or a name like ``system`` where no person acts. ``now`` is an
    aware UTC time: it is asked once, so that everything in one request agrees. ``batch`` names what was done together.
    ``roles``: what the actor is here, by name; ``scopes``: what the API token that was shown allows at most, ``None``
    where there is no such limit. ``reason``: why, in a person's words (what lets a rule of severity
    ``reason`` pass), or the automation or the public form through which it came.
    """

    actor: str
    door: Door
    language: Language
    zone: tzinfo
    now: datetime
    batch: str
    reason: str | None = None
    roles: frozenset[str] = frozenset({"owner"})
    scopes: frozenset[str] | None = None

    @property
    def person(self) -> str | None:
        """The id of the person who acts; ``None`` for a stranger, who has no record here."""
        return None if self.door == "public" else self.actor

    def stranger(self, form: str) -> "Context":
        """The same request by somebody unknown, who has the link of a public form."""
        return replace(self, actor=STRANGER, door="public", reason=form, roles=frozenset())

    @property
    def today(self) -> date:
        """The date of ``now`` where the workspace is."""
        return self.now.astimezone(self.zone).date()

    def through(self, door: Door, reason: str | None = None) -> "Context":
        """The same request going on through another door (an automation that a form set off)."""
        return replace(self, door=door, reason=reason or self.reason)

    def at(self, now: datetime) -> "Context":
        """The same request at another time: sample data and tests that live in the past."""
        return replace(self, now=now.astimezone(UTC))
