"""An automation: what the system does by itself when something happened to a record."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator
from pydantic import Field as Key
from pydantic_core import PydanticCustomError

from .definition import Condition, Definition, Fault, FormulaText, Literally, Part
from .labels import Text
from .names import Name

__all__ = ["Automation", "Step", "Trigger"]

_TRIGGER = re.compile(
    r"(?P<entity>[a-z][a-z0-9_]*)(?:\.(?P<field>[a-z][a-z0-9_]*))?\s*"
    r"(?:(?P<what>created|changed|deleted)|(?:->|→)\s*(?P<value>[a-z][a-z0-9_]*))"
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What sets an automation off: ``what`` happened to the ``entity`` (or to its ``field``, which became
    ``value``).
    """

    entity: str
    what: Literal["created", "changed", "deleted"]
    field: str | None = None
    value: str | None = None


def _trigger(text: str) -> str:
    found = _TRIGGER.fullmatch(text.strip())
    moved = found is not None and found["value"] is not None
    if (
        found is None
        or (moved and not found["field"])
        or (found["field"] and found["what"] in ("created", "deleted"))
    ):
        raise PydanticCustomError("bad_trigger", "trigger", {"given": text})
    return text


class Step(Part):
    """One thing to do: ``create`` a record with ``set`` values, ``set`` fields of this record, ``notify``, or
    ``run`` an action of a plugin ``with`` values.
    """

    create: Name | None = None
    set: dict[Name, Literally] = Key(default_factory=dict)
    as_: Name | None = Key(default=None, alias="as")
    notify: FormulaText | None = None
    message: Text | None = None
    run: Name | None = None
    with_: dict[Name, Literally] = Key(default_factory=dict, alias="with")

    @property
    def action(self) -> Literal["create", "set", "notify", "run"]:
        """Which of the four it is."""
        if self.create is not None:
            return "create"
        if self.run is not None:
            return "run"
        return "notify" if self.notify is not None else "set"

    def faults(self) -> Iterator[Fault]:
        named = {"create": self.create, "notify": self.notify, "run": self.run}
        given = [name for name, value in named.items() if value is not None]
        if self.run is not None and self.set:
            given.append("set")
        if len(given) > 1:
            values = {"first": given[0], "second": given[1]}
            yield Fault((given[1],), "step_does_two_things", values, on_key=True)
        elif not given and not self.set:
            yield Fault((), "step_does_nothing")
        elif self.notify is not None and self.message is None:
            yield Fault((), "missing_key", {"key": "message"})
        if self.as_ is not None and self.create is None:
            yield Fault(("as",), "as_without_create", on_key=True)
        if self.with_ and self.run is None:
            yield Fault(("with",), "with_without_run", on_key=True)


class Automation(Definition):
    """Steps done after a record changed, in the same transaction. ``on``: ``deal created``, ``deal.stage ->
    won``, …
    """

    noun: ClassVar[str] = "automation"

    automation: Name
    label: Text | None = None
    on: Annotated[str, AfterValidator(_trigger)]
    when: Condition | None = None
    do: tuple[Step, ...]

    @property
    def trigger(self) -> Trigger:
        """What sets it off, taken apart."""
        found = _TRIGGER.fullmatch(self.on.strip())
        if found is None:  # cannot be: the text was checked when it was read
            raise ValueError(self.on)
        what: Any = found["what"] or "changed"
        return Trigger(found["entity"], what, found["field"], found["value"])

    @property
    def entity(self) -> str:
        """The entity whose records it watches."""
        return self.trigger.entity

    def faults(self) -> Iterator[Fault]:
        if not self.do:
            yield Fault(("do",), "step_does_nothing")
