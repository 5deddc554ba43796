"""Which fields a form asks for, in which sections: from the form that fits, or made up for a gate."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from ...catalog.catalog import Catalog
from ...formula import Formula
from ...problems import Label, say
from ...records.demands import FormDemands, Offer
from ...records.plans import EntityPlan
from ...schema.fields.field import Field
from ...schema.form import Form, in_order
from ...store.query import Row
from .form_values import read_leniently
from .looking import added_fields
from .visit import Visit

__all__ = ["FORM", "Group", "Item", "Shape", "Use", "gate_shape", "shape_named", "shape_of", "with_others"]

Use = Literal["create", "edit", "public"]

OWN = frozenset({"token", "once", "version", "next", "to"})
"""Hidden inputs of the page itself: no field that is called so was filled in."""

FORM = "kehu.form"
"""The hidden input that tells which of an entity's forms was opened."""


@dataclass(frozen=True, slots=True)
class Item:
    """A field on a form. ``default``: a formula or a plain value of the form's own; ``required``: by a gate; ``offer``:
    which records it may lead to.
    """

    name: str
    field: Field
    label: Label
    help: Label | None
    show: Formula | None = None
    readonly: Formula | None = None
    default: Any = None
    required: bool = False
    offer: Offer | None = None

    @property
    def fixed(self) -> bool:
        """Whether it is only ever shown."""
        return self.field.computed or self.field.readonly or self.field.column is None


@dataclass(frozen=True, slots=True)
class Group:
    """A section of a form. ``tab``: the tab it stands on; ``None``: above the tabs."""

    name: str
    label: Label | None
    columns: int
    show: Formula | None
    items: tuple[Item, ...]
    tab: Label | None = None


@dataclass(frozen=True)
class Shape:
    """A form: its sections, each field once. ``form``: its definition's name, ``""`` for one that was made up."""

    entity: str
    use: Use
    groups: tuple[Group, ...]
    form: str = ""

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every field on the form by its name."""
        return {item.name: item for group in self.groups for item in group.items}

    @cached_property
    def section_of(self) -> dict[str, str]:
        """Field → the section it stands in."""
        return {item.name: group.name for group in self.groups for item in group.items}


def shape_of(visit: Visit, entity: str, use: Use, row: Row | None = None) -> Shape:
    """The form that this person gets for this record; without one, all fields that can be written, in one section.

    ``row``: the record as it is. While a form is being filled in, it stays the one that was opened (``FORM``).
    """
    plan = visit.records.plan(entity)
    demands = _opened(visit, plan, use) or _fitting(visit, plan, use, row)
    if demands is None:
        fields = [name for name, field in plan.writable.items() if not field.readonly]
        return Shape(entity, use, (Group("all", None, 2, None, tuple(_bare(plan, name) for name in fields)),))
    return with_others(shape_named(visit, demands, use), plan, visit.form)


def shape_named(visit: Visit, demands: FormDemands, use: Use) -> Shape:
    """One form as the page draws it, with the fields that the workspace added and no form places."""
    form = visit.catalog.forms[demands.form]
    entity, plan = form.entity, visit.records.plan(form.entity)
    groups = _groups(visit.catalog, form, demands)
    placed = {item.name for group in groups for item in group.items}
    added = [
        name for name in added_fields(visit, plan.entity) if name not in placed and name in plan.writable
    ]
    added = [name for name in added if use != "public" and not _beside(visit, groups, plan, name)]
    if added:
        groups.append(_others(plan, added))
    return Shape(entity, use, tuple(groups), form.form)


def with_others(shape: Shape, plan: EntityPlan, names: Iterable[str]) -> Shape:
    """The form with these fields as well: nothing that was typed is lost when another form turns out to fit."""
    missing = [name for name in names if name not in shape.items and name in plan.open and name not in OWN]
    return replace(shape, groups=(*shape.groups, _others(plan, missing))) if missing else shape


def _others(plan: EntityPlan, names: Iterable[str]) -> Group:
    label = Label(say("page_more_fields", "zh").message, say("page_more_fields", "en").message)
    return Group("added", label, 2, None, tuple(_bare(plan, name) for name in names))


def _opened(visit: Visit, plan: EntityPlan, use: Use) -> FormDemands | None:
    name = visit.posted(FORM)
    return next((form for form in plan.forms if form.form == name and use in form.use), None)


def _fitting(visit: Visit, plan: EntityPlan, use: Use, row: Row | None) -> FormDemands | None:
    env = visit.records.env(visit.context)
    if row is None and any(form.when is not None for form in plan.forms):
        zone = visit.context.zone
        given = {
            name: read_leniently(plan.writable[name], text, zone)
            for name, text in visit.query
            if name in plan.open
        }
        row = plan.tried({**plan.blank, **given}, env)
    return plan.form_for(use, visit.context, row or {}, env)


def _beside(visit: Visit, groups: list[Group], plan: EntityPlan, name: str) -> bool:
    """Put an added field behind the one before it in the entity, if it was asked to stand there (``after``).

    The catalog has put the fields in order already: an added field that nobody placed comes after all the others.
    """
    names = list(plan.entity.fields)
    at = names.index(name)
    added = added_fields(visit, plan.entity)
    if at == 0 or all(other in added for other in names[at:]):
        return False
    for index, group in enumerate(groups):
        shown = [item.name for item in group.items]
        if names[at - 1] in shown:
            here = shown.index(names[at - 1]) + 1
            groups[index] = replace(
                group, items=(*group.items[:here], _bare(plan, name), *group.items[here:])
            )
            return True
    return False


def gate_shape(visit: Visit, entity: str, wanted: Iterable[str], required: Collection[str]) -> Shape:
    """A form with exactly these fields, as the entity's form labels them; all of them shown."""
    plan = visit.records.plan(entity)
    usual = shape_of(visit, entity, "edit").items
    items = [
        replace(
            usual.get(name) or _bare(plan, name),
            show=None,
            readonly=None,
            default=None,
            required=name in required,
        )
        for name in dict.fromkeys(wanted)
        if name in plan.writable
    ]
    return Shape(entity, "edit", (Group("gate", None, 1, None, tuple(items)),))


def _groups(catalog: Catalog, form: Form, demands: FormDemands) -> list[Group]:
    placed: set[str] = set()
    groups = []
    for index, section in in_order(form.sections):
        path = ("form", form.form, "sections", index)
        items = tuple(_items(catalog, form, index, placed, demands))
        if items:
            show = catalog.formulas.get((*path, "show"))
            name = section.slot or f"s{index}"
            columns = 2 if section.columns >= 2 else 1
            groups.append(Group(name, section.label, columns, show, items, section.tab))
    return groups


def _items(
    catalog: Catalog, form: Form, section: int, placed: set[str], demands: FormDemands
) -> Iterator[Item]:
    fields = catalog.entities[form.entity].fields
    for index, item in in_order(form.sections[section].fields):
        field = fields.get(item.field)
        if field is None or field.type == "children" or item.field in placed:
            continue
        placed.add(item.field)
        path = ("form", form.form, "sections", section, "fields", index)
        yield Item(
            item.field,
            field,
            item.label or field.label,
            item.help or field.help,
            catalog.formulas.get((*path, "show")),
            catalog.formulas.get((*path, "readonly")),
            demands.defaults.get(item.field),
            offer=demands.offers.get(item.field),
        )


def _bare(plan: EntityPlan, name: str) -> Item:
    field = plan.entity.fields[name]
    return Item(name, field, field.label, field.help)
