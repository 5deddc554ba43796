"""What reads well and yet cannot work: a sum of texts, a metric of itself, a field set that nobody may set."""

from collections.abc import Iterator
from typing import Any

from ..problems import Place, Problem
from ..schema.definition import Path
from ..schema.fields.computed import Rollup
from .catalog import Catalog
from .places import Where

__all__ = ["unsound"]

NUMERIC = frozenset({"number", "money", "percent"})
"""The formula types that can be added up."""


def unsound(catalog: Catalog, where: Where) -> Iterator[Problem]:
    """Everything of that kind, each at its place."""
    for name, entity in catalog.entities.items():
        for field, kind in entity.fields.items():
            if isinstance(kind, Rollup):
                yield from _rollup(catalog, where, name, field, kind)
            formula = catalog.formulas.get(("entity", name, "fields", field, "formula"))
            if formula is not None and formula.type == "duration":
                yield _no_column(formula.text, where.place("entity", name, "fields", field, "formula"))
        for i, rule in enumerate(entity.rules):
            yield from _required(catalog, where, name, rule.require, "entity", name, "rules", i, "require")
        yield from _secrets_shown(catalog, where, name)
    for name, flow in catalog.flows.items():
        kind = catalog.entities[flow.entity].fields[flow.field]
        if getattr(kind, "flow", name) != name:
            values = {"entity": flow.entity, "field": flow.field, "flow": getattr(kind, "flow", "")}
            yield Problem("stage_field_taken", values, where.place("flow", name, "field"))
        for i, gate in enumerate(flow.gates):
            yield from _required(
                catalog, where, flow.entity, gate.require, "flow", name, "gates", i, "require"
            )
    for name, automation in catalog.automations.items():
        yield from _automation(catalog, where, name, automation)
    for name, metric in catalog.metrics.items():
        yield from _metric(catalog, where, name, metric)
    for name, view in catalog.views.items():
        for field, total in view.totals.items():
            if total != "count" and not (_numeric(catalog, view.entity, field) or total in ("min", "max")):
                values = {"label": catalog.label_of((view.entity, field))}
                yield Problem("needs_a_number", values, where.place("view", name, "totals", field))


def _secrets_shown(catalog: Catalog, where: Where, name: str) -> Iterator[Problem]:
    """Places where the value of a secret would be read off: titles, searches, orders, groups, rollups."""
    entity = catalog.entities[name]
    used: list[tuple[str, str | None, Path]] = [(name, entity.title, ("entity", name, "title"))]
    used += [(name, field, ("entity", name, "search", i)) for i, field in enumerate(entity.search or ())]
    for i, unique in enumerate(entity.unique):
        used += [(name, field, ("entity", name, "unique", i)) for field in unique.fields]
    for field, kind in entity.fields.items():
        if isinstance(kind, Rollup):
            used.append((kind.child, kind.child_field, ("entity", name, "fields", field, kind.aggregate)))
    for view in catalog.views.values():
        if view.entity == name:
            used += [
                (name, key.lstrip("-"), ("view", view.view, "sort", i)) for i, key in enumerate(view.sort)
            ]
    for metric in catalog.metrics.values():
        if metric.of == name:
            used += [(name, key, ("metric", metric.metric, "by", i)) for i, key in enumerate(metric.by)]
    for owner, used_field, path in used:
        kind_ = catalog.entities[owner].fields.get(used_field or "")
        if kind_ is not None and kind_.masked:
            place = where.place(str(path[0]), str(path[1]), *path[2:])
            yield Problem("secret_shown", {"label": kind_.label}, place)


def _no_column(text: str, place: Place | None) -> Problem:
    """A length of time is no number yet: which unit it is to be kept in, its formula must say."""
    return Problem("formula_gives_duration", {"text": text}, place, instead=f"IN_DAYS({text.strip()})")


def _rollup(catalog: Catalog, where: Where, entity: str, field: str, rollup: Rollup) -> Iterator[Problem]:
    path = ("entity", entity, "fields", field)
    at = where.place(*path, rollup.aggregate)
    if rollup.child_field is not None and rollup.child_field in catalog.entities[rollup.child].fields:
        label = catalog.label_of((rollup.child, rollup.child_field))
        if not catalog.is_stored(rollup.child, rollup.child_field):
            yield Problem("rollup_of_unkept", {"label": label}, at)
        elif rollup.aggregate in ("sum", "average") and not _numeric(
            catalog, rollup.child, rollup.child_field
        ):
            yield Problem("needs_a_number", {"label": label}, at)
    condition = catalog.formulas.get((*path, "where"))
    if condition is not None and (not condition.local or condition.volatile):
        label = catalog.entities[rollup.child].shown
        yield Problem("rollup_looks_away", {"child": label}, where.place(*path, "where"))


def _required(
    catalog: Catalog, where: Where, entity: str, names: tuple[str, ...], *path: str | int
) -> Iterator[Problem]:
    """Fields that no record ever holds a value of cannot be asked for: nobody could pass."""
    for j, name in enumerate(names):
        if name in catalog.entities[entity].fields and not catalog.is_stored(entity, name):
            values = {"label": catalog.label_of((entity, name))}
            yield Problem("requires_computed", values, where.place(str(path[0]), str(path[1]), *path[2:], j))


def _automation(catalog: Catalog, where: Where, name: str, automation: Any) -> Iterator[Problem]:
    trigger = automation.trigger
    watched = catalog.entities[trigger.entity].fields.get(trigger.field or "")
    if isinstance(watched, Rollup) or (
        watched is not None and not catalog.is_stored(trigger.entity, trigger.field)
    ):
        yield Problem("trigger_never_fires", {"label": watched.label}, where.place("automation", name, "on"))
    for i, step in enumerate(automation.do):
        entity = step.create or trigger.entity
        for field in step.set:
            known = catalog.entities[entity].fields.get(field)
            if known is not None and (known.computed or known.column is None):
                values = {"label": known.label, "name": field}
                place = where.place("automation", name, "do", i, "set", field, on_key=True)
                yield Problem("field_is_not_writable", values, place)


def _metric(catalog: Catalog, where: Where, name: str, metric: Any) -> Iterator[Problem]:
    circle = _circle(catalog, name, (name,))
    if circle is not None:
        if name == min(circle):  # a circle is told once
            place = where.place("metric", name, "ratio")
            yield Problem("circular_metrics", {"path": " → ".join(circle)}, place)
        return
    for of in {catalog.metrics[each].of for each in _leaves(catalog, name)}:
        for i, field in enumerate(metric.by):
            kind = catalog.entities[of].fields.get(field) if of is not None else None
            place = where.place("metric", name, "by", i)
            if of is None or kind is None:
                if field not in ("created_at", "changed_at", "external_id") or of is None:
                    values = {
                        "name": field,
                        "entity": catalog.entities[of].shown if of else "",
                        "available": [],
                    }
                    yield Problem("unknown_field", values, place)
            elif not catalog.is_stored(of, field) or kind.column == "list":
                yield Problem("cannot_cut_by", {"label": kind.label}, place)


def _circle(catalog: Catalog, name: str, path: tuple[str, ...]) -> tuple[str, ...] | None:
    """The way from a ratio back to itself, if there is one."""
    for below in catalog.metrics[name].ratio or ():
        if below == path[0]:
            return (*path, below)
        if below not in path and (found := _circle(catalog, below, (*path, below))) is not None:
            return found
    return None


def _leaves(catalog: Catalog, name: str) -> Iterator[str]:
    """The metrics that a metric is made of in the end; itself, when it is no ratio."""
    ratio = catalog.metrics[name].ratio
    if ratio is None:
        yield name
    for below in ratio or ():
        if _circle(catalog, below, (below,)) is None:
            yield from _leaves(catalog, below)


def _numeric(catalog: Catalog, entity: str, field: str) -> bool:
    shape = catalog.shapes[entity].fields.get(field)
    return shape is not None and (shape.type in NUMERIC or shape.type == "unknown")
