"""What reads well and asks for what nobody can do: gates that never open, records that need each other first."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from ..formula import Env, Formula
from ..problems import Problem
from ..schema.form import Form
from .catalog import Catalog
from .places import Where

__all__ = ["impossible"]

FILLED = frozenset({"stage", "number_series", "yes_no"})
"""Field types that have a value without anybody giving one."""
ADDED_UP = frozenset({"number", "money", "percent", "duration", "unknown"})
"""The formula types that have a sum and a middle."""


def impossible(catalog: Catalog, where: Where) -> Iterator[Problem]:
    """Everything of that kind, each at its place."""
    yield from _circles(catalog, where)
    for name, flow in catalog.flows.items():
        for i, gate in enumerate(flow.gates):
            if _is_never(catalog.formulas.get(("flow", name, "gates", i, "check"))):
                place = where.place("flow", name, "gates", i, "check")
                yield Problem("gate_never_opens", {"name": gate.gate}, place)
    for name, entity in catalog.entities.items():
        for i, rule in enumerate(entity.rules):
            always = rule.when is None and rule.severity == "block"
            if always and _is_never(catalog.formulas.get(("entity", name, "rules", i, "check"))):
                place = where.place("entity", name, "rules", i, "check")
                yield Problem("rule_never_holds", {"name": rule.rule}, place)
    for name in catalog.metrics:
        for key in ("sum", "average", "median"):
            formula = catalog.formulas.get(("metric", name, key))
            if formula is not None and formula.tree.type.name not in ADDED_UP:
                yield Problem("metric_needs_a_number", {"key": key}, where.place("metric", name, key))
    for form in catalog.forms.values():
        yield from _hidden(catalog, form, where)


def _is_never(formula: Formula | None) -> bool:
    """Whether a condition looks at nothing and says no."""
    if formula is None or formula.uses or formula.volatile:
        return False
    return formula.evaluate({}, Env.at(datetime.now(UTC), UTC)) is not True


def _circles(catalog: Catalog, where: Where) -> Iterator[Problem]:
    """Records that cannot be created as each needs the other to be there first; each circle told once."""
    needs = {
        name: {
            field: catalog.links[name][field]
            for field, kind in entity.fields.items()
            if kind.type == "link" and kind.required and kind.default is None
        }
        for name, entity in catalog.entities.items()
    }
    done: set[str] = set()
    for start in needs:
        yield from _circle(catalog, where, needs, start, (), done)


def _circle(
    catalog: Catalog,
    where: Where,
    needs: Mapping[str, Mapping[str, str]],
    entity: str,
    way: tuple[tuple[str, str], ...],
    done: set[str],
) -> Iterator[Problem]:
    names = [name for name, _ in way]
    if entity in names:
        circle = way[names.index(entity) :]
        path = " → ".join([*(f"{name}.{field}" for name, field in circle), entity])
        place = where.place("entity", circle[-1][0], "fields", circle[-1][1], "required")
        yield Problem("circular_links", {"path": path}, place)
        return
    if entity in done:
        return
    for field, to in needs.get(entity, {}).items():
        yield from _circle(catalog, where, needs, to, (*way, (entity, field)), done)
    done.add(entity)


def _hidden(catalog: Catalog, form: Form, where: Where) -> Iterator[Problem]:
    """Fields that every record needs and that a form for new records never shows."""
    if "create" not in form.use:
        return
    entity = catalog.entities[form.entity]
    node = catalog.merged["entity", form.entity].node
    shown = {item.field for section in form.sections for item in section.fields}
    for name, field in entity.fields.items():
        if not field.required or field.default is not None or field.computed or field.type in FILLED:
            continue
        added = node.at(("fields", name)).layer != node.layer  # pages show what was added to an entity
        if name not in shown and not added:
            values: dict[str, Any] = {"label": field.label, "name": name}
            yield Problem("required_not_on_form", values, where.place("form", form.form), level="warning")
    for s, section in enumerate(form.sections):
        path = ("form", form.form, "sections", s)
        for f, item in enumerate(section.fields):
            wanted = entity.fields.get(item.field)
            if (
                wanted is None
                or not wanted.required
                or wanted.default is not None
                or item.default is not None
            ):
                continue
            for at in ((*path, "fields", f, "show"), (*path, "show")):
                if _is_never(catalog.formulas.get(at)):
                    yield Problem("required_hidden", {"label": wanted.label}, where.place(*at))
