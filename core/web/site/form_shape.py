"""Which fields a form asks for, in which sections: from the definitions, or made up for a gate."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from ...catalog.catalog import Catalog
from ...formula import Formula
from ...problems import Label, say
from ...records.plans import EntityPlan
from ...schema.definition import formula_in
from ...schema.fields.field import Field
from ...schema.form import Form
from .looking import added_fields
from .visit import Visit

__all__ = ["Group", "Item", "Shape", "Use", "gate_shape", "shape_of"]

Use = Literal["create", "edit"]


@dataclass(frozen=True, slots=True)
class Item:
    """A field on a form. ``default``: a formula or a plain value of the form's own; ``required``: by a gate."""

    name: str
    field: Field
    label: Label
    help: Label | None
    show: Formula | None = None
    readonly: Formula | None = None
    default: Any = None
    required: bool = False

    @property
    def fixed(self) -> bool:
        """Whether it is only ever shown."""
        return self.field.computed or self.field.readonly or self.field.column is None


@dataclass(frozen=True, slots=True)
class Group:
    """A section of a form."""

    name: str
    label: Label | None
    columns: int
    show: Formula | None
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Shape:
    """A form: its sections, each field once."""

    entity: str
    use: Use
    groups: tuple[Group, ...]

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every field on the form by its name."""
        return {item.name: item for group in self.groups for item in group.items}

    @cached_property
    def section_of(self) -> dict[str, str]:
        """Field → the section it stands in."""
        return {item.name: group.name for group in self.groups for item in group.items}


def shape_of(visit: Visit, entity: str, use: Use) -> Shape:
    """The first form of the entity for this use; without one, all fields that can be written, in one section."""
    catalog, plan = visit.catalog, visit.records.plan(entity)
    forms = catalog.forms.values()
    form = next((form for form in forms if form.entity == entity and use in form.use), None)
    if form is None:
        fields = [name for name, field in plan.writable.items() if not field.readonly]
        return Shape(entity, use, (Group("all", None, 2, None, tuple(_bare(plan, name) for name in fields)),))
    groups = _groups(catalog, form)
    placed = {item.name for group in groups for item in group.items}
    added = [
        name for name in added_fields(visit, plan.entity) if name not in placed and name in plan.writable
    ]
    added = [name for name in added if not _beside(visit, groups, plan, name)]
    if added:
        label = Label(say("page_more_fields", "zh").message, say("page_more_fields", "en").message)
        groups.append(Group("added", label, 2, None, tuple(_bare(plan, name) for name in added)))
    return Shape(entity, use, tuple(groups))


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


def _groups(catalog: Catalog, form: Form) -> list[Group]:
    placed: set[str] = set()
    groups = []
    for index, section in enumerate(form.sections):
        path = ("form", form.form, "sections", index)
        items = tuple(_items(catalog, form, index, placed))
        if items:
            show = catalog.formulas.get((*path, "show"))
            name = section.slot or f"s{index}"
            groups.append(Group(name, section.label, 2 if section.columns >= 2 else 1, show, items))
    return groups


def _items(catalog: Catalog, form: Form, section: int, placed: set[str]) -> Iterator[Item]:
    fields = catalog.entities[form.entity].fields
    for index, item in enumerate(form.sections[section].fields):
        field = fields.get(item.field)
        if field is None or field.type == "children" or item.field in placed:
            continue
        placed.add(item.field)
        path = ("form", form.form, "sections", section, "fields", index)
        default = catalog.formulas.get((*path, "default"))
        if default is None and item.default is not None and formula_in(item.default) is None:
            default = item.default
        yield Item(
            item.field,
            field,
            item.label or field.label,
            item.help or field.help,
            catalog.formulas.get((*path, "show")),
            catalog.formulas.get((*path, "readonly")),
            default,
        )


def _bare(plan: EntityPlan, name: str) -> Item:
    field = plan.entity.fields[name]
    return Item(name, field, field.label, field.help)
