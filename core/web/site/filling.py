"""A form being filled in: what stands in its inputs, the record that this would make, and what follows from it.

The page's first paint, every keystroke (live) and the save all ask the same object, so that they agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ...formula import Env, is_nothing
from ...records.demands import FormDemands, is_locked
from ...records.lines import worked_out
from ...records.plans import EntityPlan
from ...records.requirements import Requirement
from ...store.query import Row
from .form_shape import Item, Shape
from .form_values import Raw, posted_raw, raw_of, read_leniently
from .visit import Visit

__all__ = ["OFFERED", "Filling"]

OFFERED = "offered."
"""Hidden inputs that tell what a default put into an input: while it stands there, the default goes on following."""


@dataclass(frozen=True)
class Filling:
    """One form, being filled in.

    ``before``: the record as the person saw it (``None`` for a new one); ``posted``: field → what its input holds, of
    those that were sent; ``prefill``: what the address gave; ``offered``: field → what a default had put there.
    """

    visit: Visit
    shape: Shape
    before: Row | None
    posted: Mapping[str, Raw]
    prefill: Mapping[str, str]
    offered: Mapping[str, str]

    @classmethod
    def opened(cls, visit: Visit, shape: Shape, before: Row | None = None) -> "Filling":
        """The form before anything was typed."""
        return cls(visit, shape, before, {}, _prefill(visit, shape) if before is None else {}, {})

    @classmethod
    def sent(cls, visit: Visit, shape: Shape, before: Row | None = None) -> "Filling":
        """The form with what the request sends."""
        posted = {
            name: raw
            for name, item in shape.items.items()
            if not item.fixed and (raw := posted_raw(visit, name, item.field)) is not None
        }
        offered = {name: visit.posted(OFFERED + name) for name in posted if OFFERED + name in visit.form}
        return cls(visit, shape, before, posted, _prefill(visit, shape) if before is None else {}, offered)

    @cached_property
    def plan(self) -> EntityPlan:
        """What the write path knows about the entity."""
        return self.visit.records.plan(self.shape.entity)

    @cached_property
    def env(self) -> Env:
        """What formulas see."""
        return self.visit.records.env(self.visit.context)

    @cached_property
    def touched(self) -> dict[str, Raw]:
        """What the person typed: inputs that hold something else than the record, or the default, put there."""
        if self.before is None:
            return {name: raw for name, raw in self.posted.items() if self.offered.get(name) != raw}
        zone = self.visit.context.zone
        return {
            name: raw
            for name, raw in self.posted.items()
            if raw != raw_of(self.shape.items[name].field, self.before.get(name), zone)
        }

    @cached_property
    def row(self) -> Row:
        """The record that the form would make: what cannot be read yet counts as empty."""
        typed = {name: self._value(name, raw) for name, raw in self.touched.items()}
        row = {**self.before, **typed} if self.before is not None else self._new(typed)
        for name, field, formula in self.plan.computed:
            row[name] = field.fit(formula.evaluate(row, self.env))
        for name, formula in self.plan.virtual.items():
            row[name] = formula.evaluate(row, self.env)
        return row

    @cached_property
    def followed(self) -> frozenset[str]:
        """Inputs of a new record that a formula fills: they follow it until somebody types there."""
        if self.before is not None:
            return frozenset()
        computed = {name for name, default in self._defaults if hasattr(default, "evaluate")}
        return frozenset(computed & self.shape.items.keys() - self.touched.keys() - self.prefill.keys())

    def raw(self, name: str) -> Raw:
        """What stands in an input."""
        if name in self.touched:
            return self.touched[name]
        if name in self.prefill and name not in self.posted and self.row.get(name) is None:
            return self.prefill[name]
        return raw_of(self.shape.items[name].field, self.row.get(name), self.visit.context.zone)

    def given(self) -> dict[str, Any]:
        """What is to be saved: what was typed, where the form lets one type, and what the form itself fills in."""
        given: dict[str, Any] = {
            name: raw for name, raw in self.touched.items() if not self.readonly(self.shape.items[name])
        }
        if self.before is None:
            for name, item in self.shape.items.items():
                if name not in given and item.default is not None and not item.fixed:
                    given[name] = self.row.get(name)
            for name, text in self.prefill.items():
                if name not in self.posted:
                    given.setdefault(name, text)
        return given

    # what follows from it

    @cached_property
    def form(self) -> FormDemands | None:
        """The form whose demands hold for the record as it would be."""
        return self.plan.form_for(self.shape.use, self.visit.context, self.row, self.env)

    def shown(self, item: Item) -> bool:
        """Whether the field shows, its section apart."""
        return item.show is None or bool(item.show.evaluate(self.row, self.env))

    def readonly(self, item: Item) -> bool:
        """Whether the field is only shown."""
        if item.fixed or item.readonly is None:
            return item.fixed
        return is_locked(item.readonly, item.name, self.before, self.row, self.env)

    @cached_property
    def sections(self) -> dict[str, bool]:
        """Section → whether it shows."""
        return {
            group.name: group.show is None or bool(group.show.evaluate(self.row, self.env))
            for group in self.shape.groups
        }

    @cached_property
    def required(self) -> frozenset[str]:
        """The fields that the write path would refuse to leave empty, as the form stands."""
        found = {name for name, item in self.shape.items.items() if item.required}
        form = self.form
        for requirement in (*self.plan.requirements, *(form.requirements if form is not None else ())):
            if requirement.severity != "block":
                continue
            if requirement.when is None or requirement.when.evaluate(self.row, self.env):
                found.update(name for name in requirement.fields if self._asked(requirement, name))
        return frozenset(found - set(self.plan.series))

    # inside

    @cached_property
    def _changed(self) -> frozenset[str]:
        before = self.before or {}
        return frozenset(name for name in self.plan.entity.fields if before.get(name) != self.row.get(name))

    def _asked(self, requirement: Requirement, name: str) -> bool:
        """An old record's gap is only asked about once somebody touches what the rule reads."""
        if self.before is None or not is_nothing(self.before.get(name)):
            return True
        formulas = (requirement.when, requirement.check)
        reads = {path[0] for formula in formulas if formula is not None for path in formula.uses}
        return not self._changed.isdisjoint(reads | set(requirement.fields))

    def _value(self, name: str, raw: Any) -> Any:
        """A typed value; a link that leads nowhere is none."""
        value = read_leniently(self.plan.writable[name], raw, self.visit.context.zone)
        target = self.plan.links.get(name)
        if target is not None and value is not None:
            known = self.visit.records.titles(self.visit.context, [(target, value)])
            return value if known else None
        if name in self.plan.tables:
            return worked_out(self.plan.tables[name], value, self.env)
        return value

    @cached_property
    def _defaults(self) -> tuple[tuple[str, Any], ...]:
        own = {name: item.default for name, item in self.shape.items.items() if item.default is not None}
        return tuple({**dict(self.plan.defaults), **own}.items())

    def _new(self, typed: Mapping[str, Any]) -> Row:
        """A new record: what was typed, what the address gave, and the defaults in the order of the write path."""
        now, actor = self.visit.context.now, self.visit.context.actor
        system = {"created_at": now, "changed_at": now, "created_by": actor, "changed_by": actor}
        row: Row = {"id": "", "version": 0, "external_id": None, **system}
        row |= self.plan.blank
        row |= {
            name: self._value(name, text) for name, text in self.prefill.items() if name not in self.posted
        }
        row |= typed
        for name, default in self._defaults:
            if row.get(name) is None and name not in typed:
                value = default.evaluate(row, self.env) if hasattr(default, "evaluate") else default
                row[name] = self._value(name, value)
        return row


def _prefill(visit: Visit, shape: Shape) -> dict[str, str]:
    """What the address gives for fields that may be written; to strangers it gives nothing."""
    if shape.use == "public":
        return {}
    plan = visit.records.plan(shape.entity)
    return {
        name: value
        for name, value in visit.query
        if name in plan.writable and not plan.writable[name].readonly and value.strip()
    }
