"""Acts that change no record and are told all the same: logins, exports, backups. They stand in the log of events.

So there is one log, one chain and one place to look: who did what, through which door, and when.
"""

from collections.abc import Mapping
from typing import Any, get_args

from ..context import Context, Door
from ..problems import Problem, Refused
from ..schema.role import OWNER
from ..store.ids import new_id
from ..store.protocol import Store
from ..store.query import Event, EventQuery

__all__ = ["DOORS", "RECORD_KINDS", "act", "note", "seen"]

RECORD_KINDS = ("created", "changed", "deleted")
"""What happens to records; every other kind is an act."""
DOORS: tuple[str, ...] = get_args(Door)


def note(
    store: Store,
    context: Context,
    kind: str,
    values: Mapping[str, Any] | None = None,
    entity: str = "",
    record: str = "",
) -> None:
    """Tell of an act, in a transaction of its own: durable when this returns.

    ``kind`` is what was done, in the past tense, as ``signed_in`` or ``exported`` (its words: ``page_act_<kind>``);
    ``values`` are JSON values worth knowing of it (a count, an address, what was asked for): never a secret.
    ``entity``, ``record``: what it was done to, where it was one thing.
    """
    with store.transaction() as transaction:
        transaction.log(act(context, kind, values, entity, record))


def act(
    context: Context, kind: str, values: Mapping[str, Any] | None = None, entity: str = "", record: str = ""
) -> Event:
    """The event of an act, for whoever has a transaction open already: ``transaction.log(act(…))``."""
    return Event(
        id=new_id(),
        at=context.now,
        table=entity,
        record=record,
        kind=kind,
        version=0,
        actor=context.actor,
        door=context.door,
        changes={name: (None, value) for name, value in (values or {}).items()},
        definitions="",
        batch=context.batch,
        reason=context.reason,
    )


def seen(store: Store, context: Context, asked: EventQuery) -> list[Event]:
    """A page of the log, newest first. It tells of everybody and everything: owners only, and no limited token.

    Raises ``Refused`` (``forbidden``) for others.
    """
    if OWNER not in context.roles or context.scopes is not None:
        raise Refused([Problem("audit_not_allowed", {})], "forbidden")
    return store.find_events(asked)
