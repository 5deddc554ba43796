"""A flow: the stages a record goes through, the moves between them, and the gates that a move must
satisfy.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator
from pydantic import Field as Key

from ..problems import closest
from .definition import Condition, Definition, Fault, Names, Part, Share
from .fields.choices import COLOURS, labelled_options
from .labels import Text
from .names import Name
from .spans import Span

__all__ = ["ANY", "Flow", "Gate", "Move", "Stage"]

ANY = "any"
"""Where a stage may be named: any stage a record is already in."""


class Stage(Part):
    """A step of the flow. ``probability`` is a fraction; ``expect`` is how long records usually stay."""

    label: Text
    probability: Share | None = None
    expect: Span | None = None
    outcome: Literal["won", "lost"] | None = None
    colour: COLOURS | None = None
    also: tuple[str, ...] = ()
    after: Name | None = None
    before: Name | None = None


class Move(Part):
    """From which stages a record may go to which."""

    from_: Names = Key(alias="from")
    to: Names


class Gate(Part):
    """What a move must satisfy. No ``from``: any move into ``to``, and being created there; ``any``: moves
    only.
    """

    gate: Name
    from_: Names | None = Key(default=None, alias="from")
    to: Names
    when: Condition | None = None
    require: Names = ()
    check: Condition | None = None
    message: Text | None = None

    def faults(self) -> Iterator[Fault]:
        if not self.require and self.check is None:
            yield Fault(("gate",), "gate_without_demand", {"name": self.gate})


class Flow(Definition):
    """The stages of one entity. ``start``: where a record may be created; ``import``: where an import or sample data
    may begin, ``any`` for everywhere (without it, as ``start`` says); ``moves``: ``None`` for any to any.
    """

    noun: ClassVar[str] = "flow"

    flow: Name
    entity: Name
    field: Name
    label: Text | None = None
    stages: Annotated[dict[Name, Stage], BeforeValidator(labelled_options)]
    start: Names | None = None
    import_: Names | None = Key(default=None, alias="import")
    moves: tuple[Move, ...] | None = None
    gates: tuple[Gate, ...] = ()

    def faults(self) -> Iterator[Fault]:
        if not self.stages:
            yield Fault(("stages",), "no_stages", {"name": self.flow})
        for name, stage in self.stages.items():
            if stage.probability is not None and not 0 <= stage.probability <= 1:
                yield Fault(("stages", name, "probability"), "out_of_range", {"low": "0%", "high": "100%"})
        if ANY in self.stages:
            yield Fault(("stages", ANY), "reserved_name", {"name": ANY}, on_key=True)
        seen: set[str] = set()
        for i, gate in enumerate(self.gates):
            if gate.gate in seen:
                yield Fault(("gates", i, "gate"), "name_twice", {"name": gate.gate})
            seen.add(gate.gate)
        for path, name in self._named_stages():
            if name not in self.stages:
                values = {"name": name, "flow": self.shown, "available": tuple(self.stages)}
                yield Fault(path, "unknown_stage", values, closest(name, self.stages))

    def _named_stages(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        for i, name in enumerate(self.start or ()):
            yield ("start", i), name
        for i, name in enumerate(self.import_ or ()):
            if name != ANY:
                yield ("import", i), name
        changes: dict[str, tuple[Move | Gate, ...]] = {"moves": self.moves or (), "gates": self.gates}
        for kind, items in changes.items():
            for i, item in enumerate(items):
                for j, name in enumerate(item.from_ or ()):
                    if name != ANY:
                        yield (kind, i, "from", j), name
                for j, name in enumerate(item.to):
                    yield (kind, i, "to", j), name
