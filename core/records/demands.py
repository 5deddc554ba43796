"""What the forms of an entity demand, worked out once per catalog; it holds at every door, not only on the page.

For each write the form is found that this person would get for this record: the narrowest that fits. Its ``require``,
``readonly``, ``default`` and ``options_where`` hold, those of the entity's other forms do not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..catalog.catalog import Catalog
from ..catalog.paths import along
from ..context import Context
from ..formula import Env, Formula, both
from ..schema.definition import formula_in
from ..schema.entity import Entity
from ..schema.form import Form, FormField, in_order
from .requirements import Requirement, reads_of

__all__ = ["FormDemands", "Offer", "demands_of", "fitting", "is_locked"]


@dataclass(frozen=True, slots=True)
class Offer:
    """Which records a link may lead to: those whose fields have these values (formulas: worked out on the record).

    ``reads``: the fields of the record that it depends on, the link itself included.
    """

    field: str
    target: str
    wanted: Mapping[str, Any]
    reads: frozenset[str]

    def values(self, row: Mapping[str, Any], env: Env) -> dict[str, Any]:
        """Field of the other record → the value it must have. What is still empty on this one asks for nothing."""
        worked = {
            name: value.evaluate(row, env) if isinstance(value, Formula) else value
            for name, value in self.wanted.items()
        }
        return {name: value for name, value in worked.items() if value not in (None, "", [])}


@dataclass(frozen=True, slots=True)
class FormDemands:
    """One form as the write path sees it.

    ``fields``: those that stand on it; ``defaults``: a formula, or a plain value in its type.
    """

    form: str
    use: frozenset[str]
    roles: frozenset[str]
    when: Formula | None
    fields: frozenset[str]
    requirements: tuple[Requirement, ...]
    readonly: Mapping[str, Formula]
    defaults: Mapping[str, Any]
    offers: Mapping[str, Offer]

    def fits(self, use: str, about: Context, row: Mapping[str, Any], env: Env) -> bool:
        """Whether this person gets this form for this record."""
        if use not in self.use or (self.roles and self.roles.isdisjoint(about.roles)):
            return False
        return self.when is None or bool(self.when.evaluate(row, env))


def is_locked(
    readonly: Formula, name: str, before: Mapping[str, Any] | None, after: Mapping[str, Any], env: Env
) -> bool:
    """Whether ``readonly`` keeps a field as it is: it holds on the record as it was, and as it would be.

    So the change that closes a record may still bring its last words, and the one that opens it again its first. What
    the field itself is given does not count: one that may be filled in once could otherwise never be.
    """
    if before is not None and not readonly.evaluate(before, env):
        return False
    own = before.get(name) if before is not None else None
    return bool(readonly.evaluate({**after, name: own}, env))


def demands_of(catalog: Catalog, entity: Entity, formulas: Mapping[str, Formula]) -> tuple[FormDemands, ...]:
    """The demands of all forms of an entity, the narrowest form first. ``formulas``: its formula fields."""
    forms = [form for form in catalog.forms.values() if form.entity == entity.entity]
    found = [_demands(catalog, entity, form, formulas) for form in forms]
    return tuple(sorted(found, key=lambda one: -(bool(one.roles) + (one.when is not None))))


def fitting(
    forms: Sequence[FormDemands], use: str, about: Context, row: Mapping[str, Any], env: Env
) -> FormDemands | None:
    """The form that this person gets for this record: the narrowest that fits, the first written of equals.

    Through the public door it is the one whose link was used (``about.reason``).
    """
    if about.door == "public":
        return next((form for form in forms if form.form == about.reason and "public" in form.use), None)
    return next((form for form in forms if form.fits(use, about, row, env)), None)


def _demands(catalog: Catalog, entity: Entity, form: Form, formulas: Mapping[str, Formula]) -> FormDemands:
    items = [
        (("form", form.form, "sections", s), f, item)
        for s, section in in_order(form.sections)
        for f, item in in_order(section.fields)
        if item.field in entity.fields
    ]
    found: dict[str, dict[str, Any]] = {"readonly": {}, "default": {}, "offers": {}}
    requirements = []
    for section, f, item in items:
        path = (*section, "fields", f)
        if (locked := catalog.formulas.get((*path, "readonly"))) is not None:
            found["readonly"][item.field] = locked
        if (default := _default(catalog, entity, path, item)) is not None:
            found["default"][item.field] = default
        if item.options_where and item.field in catalog.links[entity.entity]:
            found["offers"][item.field] = _offer(catalog, entity.entity, path, item)
        if (when := catalog.formulas.get((*path, "require"))) is not None:
            asks = when.text if when.uses else ""  # what always holds needs no saying
            for shown in ((*section, "show"), (*path, "show")):
                if shown in catalog.formulas:  # nobody can fill in what is not shown
                    when = both(when, catalog.formulas[shown])
            asked = Requirement(form.form, when, (item.field,), form=form.shown, asks=asks)
            requirements.append(replace(asked, reads=reads_of(asked, formulas)))
    return FormDemands(
        form.form,
        frozenset(form.use),
        frozenset(form.for_.roles if form.for_ is not None else ()),
        catalog.formulas.get(("form", form.form, "for", "when")),
        frozenset(item.field for _, _, item in items),
        tuple(requirements),
        found["readonly"],
        found["default"],
        found["offers"],
    )


def _default(catalog: Catalog, entity: Entity, path: tuple[str | int, ...], item: FormField) -> Any:
    formula = catalog.formulas.get((*path, "default"))
    if formula is not None or item.default is None or formula_in(item.default) is not None:
        return formula
    return entity.fields[item.field].coerce(item.default)


def _offer(catalog: Catalog, entity: str, path: tuple[str | int, ...], item: FormField) -> Offer:
    target = catalog.links[entity][item.field]
    wanted: dict[str, Any] = {}
    reads = {item.field}
    for name, literal in item.options_where.items():
        formula = catalog.formulas.get((*path, "options_where", name))
        if formula is not None:
            wanted[name] = formula
            reads |= {step for uses in formula.uses for owner, step in along(
                uses[:1], entity, catalog.entities, catalog.links)}  # fmt: skip
        else:
            field, several = catalog.entities[target].fields[name], isinstance(literal, (list, tuple))
            wanted[name] = tuple(map(field.coerce, literal)) if several else field.coerce(literal)
    return Offer(item.field, target, wanted, frozenset(reads))
