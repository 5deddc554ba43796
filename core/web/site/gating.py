"""The form that opens when a gate would not let a record through: exactly the fields that the gate asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...flows.moves import closed_gates
from ...problems import Label, Problem, Refused, closest
from ...schema.flow import Flow
from ...store.query import Row
from .form_shape import Shape, gate_shape
from .visit import Visit

__all__ = ["Move", "move_of"]


@dataclass(frozen=True, slots=True)
class Move:
    """A record on its way to a stage, and what the gates still want of it."""

    flow: Flow
    to: str
    problems: tuple[Problem, ...]
    wanted: tuple[str, ...]
    required: frozenset[str]

    @property
    def label(self) -> Label:
        """What the stage is called."""
        return self.flow.stages[self.to].label

    def shape(self, visit: Visit, more: Sequence[str] = ()) -> Shape:
        """The form: the fields wanted, those that were already on it, and ``more``."""
        posted = [name for name in visit.form if name != self.flow.field]
        return gate_shape(visit, self.flow.entity, (*self.wanted, *posted, *more), self.required)

    def intro(self, visit: Visit) -> str:
        """Why this form opened, in the gates' own words."""
        said = dict.fromkeys(
            message.in_(visit.language)
            for problem in self.problems
            if isinstance(message := problem.values.get("message"), Label)
        )
        if said:
            return visit.t("joint").join(said)
        key = "form_gate_closed" if self.problems else "form_gate_open"
        return visit.t(key, stage=self.label)

    def wordless(self) -> list[Problem]:
        """Checks that have no message of their own: the form shows their formula."""
        return [problem for problem in self.problems if problem.code == "gate_checks"]


def move_of(visit: Visit, entity: str, row: Row) -> Move | None:
    """The move that the address (``?to=``) or the form asks for; ``None``: a plain edit.

    Raises :class:`Refused` for a stage that is not there.
    """
    to = visit.posted("to") or visit.one("to")
    if not to:
        return None
    catalog = visit.catalog
    field = catalog.stage_field(entity)
    flow = catalog.flow_of(entity, field) if field is not None else None
    if flow is None or to not in flow.stages:
        stages = flow.stages if flow is not None else {}
        labels = [stage.label for stage in stages.values()]
        values = {"entity": catalog.entities[entity].shown, "stage": to[:40], "available": labels}
        code = "form_no_such_stage" if flow is not None else "form_no_stages"
        raise Refused([Problem(code, values, instead=closest(to[:40], stages))])
    env = visit.records.env(visit.context)
    problems = closed_gates(catalog, flow, row.get(flow.field), to, {**row, flow.field: to}, env)
    required = [problem.field for problem in problems if problem.field not in (None, flow.field)]
    read = [name for problem in problems for name in _read_by_check(visit, flow, problem)]
    return Move(
        flow,
        to,
        tuple(problems),
        tuple(name for name in (*required, *read) if name),
        frozenset(filter(None, required)),
    )


def _read_by_check(visit: Visit, flow: Flow, problem: Problem) -> list[str]:
    """The record's own fields that a closed gate's check looks at: filling them in may open it."""
    if problem.code not in ("gate_checks", "gate_says"):
        return []
    index = next(i for i, gate in enumerate(flow.gates) if gate.gate == problem.values["gate"])
    check = visit.catalog.formulas.get(("flow", flow.flow, "gates", index, "check"))
    names = {path[0] for path in check.uses if len(path) == 1} if check is not None else set()
    writable = visit.records.plan(flow.entity).writable
    return [
        name
        for name, field in writable.items()
        if name in names and name != flow.field and not field.readonly
    ]
