"""The chain of events: each event's seal covers what it says and the seal before it, so that nothing is altered unseen.

What an event *says* (its values and its reason) is covered through a digest of its own, made with a salt that stands
beside the values. When somebody's data is erased, values, reason and salt go and the digest stays in the salt's place:
the chain still closes, and nobody can try out which value the digest was made of.

All writers take turns (one process, or a row that is locked first), so the chain is one line in every store, however
many processes write. Its end is the note ``chain``; events written before there was a chain are held together by the
note ``chain:anchor``, on which the first sealed event stands.
"""

from binascii import b2a_base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from os import urandom
from typing import Any, NamedTuple

from orjson import dumps

from .encoding import encode, in_utc
from .query import Event

__all__ = [
    "ANCHOR",
    "CHAIN",
    "START",
    "Break",
    "Link",
    "anchor",
    "check",
    "emptied",
    "is_erased",
    "link_of",
    "sealed",
]

CHAIN = "chain"
"""The note that holds the end of the chain: ``[number, seal]``."""
ANCHOR = "chain:anchor"
"""The note about events that were there before the chain: ``[how many, seal]``."""
_ERASED = "="
_salts: list[str] = []


class Link(NamedTuple):
    """An end of the chain: how many events it has, and the last one's seal."""

    number: int
    seal: str


START = Link(0, "")
"""The end of a chain that has no event yet."""


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not close: ``what`` is ``altered`` (the event is not what was sealed), ``missing`` (events
    are gone before it), ``before`` (one of those from before the chain), ``end`` (the last ones are gone).
    """

    what: str
    event: Event | None
    number: int


def sealed(event: Event, former: Link) -> Event:
    """The event as the next of the chain. Every imported row comes by here: 5 µs."""
    proof, number = _salt(), former.number + 1
    return Event(*event[:12], number, proof, _seal(event, proof, number, former.seal))


def _salt() -> str:
    """23 letters of chance, made many at a time: asking the system takes longer than all the rest."""
    try:
        return _salts.pop()
    except IndexError:
        made = urandom(17 * 500)
        _salts.extend(_text(made[start : start + 17]) for start in range(17, len(made), 17))
        return _text(made[:17])


def link_of(note: Sequence[Any] | None) -> Link | None:
    """The end that a note tells of; ``None`` where there is no chain yet."""
    return None if note is None else Link(int(note[0]), str(note[1]))


def is_erased(event: Event) -> bool:
    """Whether the event's values were erased."""
    return event.proof.startswith(_ERASED)


def emptied(event: Event) -> Event:
    """The event without its values and its reason: the fields' names and the digest stay. It never gets longer.

    One from before the chain has no salt, without which a digest would tell: it loses the fields' names, too, and what
    holds those early events together cannot be checked any more.
    """
    if is_erased(event):
        return event
    if not event.seal:
        return event._replace(changes={}, reason=None, proof=_ERASED)
    digest = _ERASED + _digest(event, event.proof)
    return event._replace(changes=dict.fromkeys(event.changes, ()), reason=None, proof=digest)


def anchor(events: Iterable[Event]) -> Link:
    """How many events there are, and what holds them together."""
    link = START
    for event in events:
        link = Link(link.number + 1, _seal(event, event.proof, 0, link.seal))
    return link


def check(events: Iterable[Event], end: Link | None, before: Link | None) -> tuple[int, Break | None]:
    """(how many events were looked at, the first that does not fit). ``events``: all, in the order of writing."""
    count, early, former = 0, START, Link(0, before.seal if before is not None else "")
    erased = False
    closed = before is None or before.number == 0
    for count, event in enumerate(events, 1):
        if event.number == 0 and end is None:  # nothing was written since there is a chain
            continue
        if event.number == 0 and not closed:
            early = Link(early.number + 1, _seal(event, event.proof, 0, early.seal))
            erased = erased or is_erased(event)
            continue
        if not closed:
            if early != before and not (erased and before is not None and early.number == before.number):
                return count, Break("before", event, early.number)
            closed = True
        if event.number != former.number + 1:
            return count, Break("missing" if event.number > former.number else "altered", event, event.number)
        if event.seal != _seal(event, event.proof, event.number, former.seal):
            return count, Break("altered", event, event.number)
        former = Link(event.number, event.seal)
    if not closed and early != before:
        return count, Break("before", None, early.number)
    if end is not None and former != end:
        return count, Break("end", None, former.number)
    return count, None


def _seal(event: Event, proof: str, number: int, former: str) -> str:
    digest = proof[1:] if proof[:1] == _ERASED else _digest(event, proof)
    id_, at, table, record, kind, version, actor, door, changes, definitions, batch = event[:11]
    if at.tzinfo is not UTC:
        at = in_utc(at)
    told = (
        former, number, digest, id_, at.isoformat(), table, record, kind, version, actor, door, definitions, batch,
        *changes,
    )  # fmt: skip
    return _text(sha256(dumps(told)).digest())


def _digest(event: Event, proof: str) -> str:
    return _text(sha256(encode((proof, event.changes, event.reason))).digest()[:16])


def _text(value: bytes) -> str:
    return b2a_base64(value, newline=False).rstrip(b"=").decode()
