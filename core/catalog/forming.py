"""Forms and views that read well and yet cannot work: two for the same person, a public one nobody can send."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from ..formula import Formula
from ..formula.tree import All, Compare, Constant, InValues, Path, Tree
from ..problems import Label, Place, Problem, closest, message
from ..schema.definition import formula_in
from ..schema.fields.attached import File
from ..schema.fields.field import ValueProblem
from ..schema.fields.table import Table
from ..schema.form import Form
from ..schema.view import View
from .catalog import Catalog
from .places import Where
from .removing import removed_fields

__all__ = ["check_forms", "check_views"]

MOMENTS = frozenset({"date", "datetime"})


def check_forms(catalog: Catalog, where: Where) -> Iterator[Problem]:
    """What is wrong with the forms, each at its place."""
    for form in catalog.forms.values():
        yield from _fields(catalog, form, where)
        if "public" in form.use:
            yield from _public(catalog, form, where)
    for first, second in combinations(catalog.forms.values(), 2):
        if first.entity == second.entity and ({*first.use} & {*second.use}) - {"public"}:
            yield from _rivals(catalog, first, second, where)


def check_views(catalog: Catalog, where: Where) -> Iterator[Problem]:
    """Days by which a calendar or a timeline is laid out, and which are none."""
    for name, view in catalog.views.items():
        for key, field in view.moments.items():
            if not _is_moment(catalog, view, field):
                label = catalog.label_of((view.entity, field))
                yield Problem("view_not_by_date", {"label": label}, where.place("view", name, key))


def _is_moment(catalog: Catalog, view: View, name: str) -> bool:
    shape = catalog.shapes[view.entity].fields.get(name)
    kept = name not in catalog.entities[view.entity].fields or catalog.is_stored(view.entity, name)
    return shape is not None and shape.type in MOMENTS and kept


def _fields(catalog: Catalog, form: Form, where: Where) -> Iterator[Problem]:
    entity, removed = catalog.entities[form.entity], removed_fields(catalog.merged)
    known = {*entity.fields, *(name for owner, name in removed if owner == form.entity)}
    for s, section in enumerate(form.sections):
        for f, item in enumerate(section.fields):
            path: tuple[Any, ...] = ("form", form.form, "sections", s, "fields", f)
            for key in ("after", "before"):
                if (beside := getattr(item, key)) is not None and beside not in known:
                    values = {"name": beside, "entity": entity.shown, "available": list(entity.fields)}
                    instead = closest(beside, entity.fields)
                    yield Problem("unknown_field", values, where.place(*path, key), instead=instead)
            field = entity.fields.get(item.field)
            if field is None:
                continue
            if item.default is not None and formula_in(item.default) is None:
                yield from _unfit(field, item.default, where.place(*path, "default"))
            if item.options_where:
                yield from _offers(catalog, form, item, where, path)


def _unfit(field: Any, given: Any, place: Place | None) -> Iterator[Problem]:
    """A plain value that its field could never hold."""
    try:
        field.coerce(given)
    except ValueProblem as error:
        problem = Problem(error.code, {"label": field.label, **error.values})
        why = Label(message(problem, "zh"), message(problem, "en"))
        yield Problem("form_value_unfit", {"label": field.label, "given": given, "why": why}, place)


def _offers(
    catalog: Catalog, form: Form, item: Any, where: Where, path: tuple[Any, ...]
) -> Iterator[Problem]:
    target = catalog.links[form.entity].get(item.field)
    if target is None:
        label = catalog.label_of((form.entity, item.field))
        place = where.place(*path, "options_where", on_key=True)
        yield Problem("offers_no_records", {"label": label}, place)
        return
    known = catalog.entities[target].fields
    for name, given in item.options_where.items():
        if name not in known:
            values = {"name": name, "entity": catalog.entities[target].shown, "available": list(known)}
            place = where.place(*path, "options_where", name, on_key=True)
            yield Problem("unknown_field", values, place, instead=closest(name, known))
        elif formula_in(given) is None:
            place = where.place(*path, "options_where", name)
            for each in given if isinstance(given, (list, tuple)) else (given,):
                yield from _unfit(known[name], each, place)


def _public(catalog: Catalog, form: Form, where: Where) -> Iterator[Problem]:
    """What a stranger could not send, and what a stranger must not see."""
    entity = catalog.entities[form.entity]
    placed = {
        item.field: (s, f) for s, each in enumerate(form.sections) for f, item in enumerate(each.fields)
    }
    for name, field in entity.fields.items():
        columns = field.fields.values() if isinstance(field, Table) else ()
        links = name in catalog.links[form.entity] or field.leads_to_many is not None
        links = links or any(column.leads_to is not None for column in columns)
        if name in placed and (field.computed or links):
            place = where.place("form", form.form, "sections", placed[name][0], "fields", placed[name][1])
            yield Problem("public_form_shows", {"label": field.label, "name": name}, place)
        if name in placed and isinstance(field, File):
            place = where.place("form", form.form, "sections", placed[name][0], "fields", placed[name][1])
            yield Problem("public_form_file", {"label": field.label, "name": name}, place)
        if field.required and name not in placed and field.default is None and field.type != "stage":
            values = {"label": field.label, "name": name}
            yield Problem("public_form_lacks", values, where.place("form", form.form, "form"))


def _rivals(catalog: Catalog, first: Form, second: Form, where: Where) -> Iterator[Problem]:
    """Two forms for the same use that could both be the one: equally narrow, for the same people and records."""
    roles = [set(form.for_.roles) if form.for_ is not None else set() for form in (first, second)]
    whens = [catalog.formulas.get(("form", form.form, "for", "when")) for form in (first, second)]
    narrow = [bool(r) + (w is not None) for r, w in zip(roles, whens, strict=True)]
    if narrow[0] != narrow[1] or (all(roles) and roles[0].isdisjoint(roles[1])) or _apart(*whens):
        return
    surely = roles[0] == roles[1] and len({when.text if when else "" for when in whens}) == 1
    place, other = (where.place("form", form.form, "form") for form in (second, first))
    values = {"first": first.form, "second": second.form, "other": str(other or "")}
    code = "forms_fit_equally" if surely else "forms_may_fit_equally"
    yield Problem(code, values, place, level="error" if surely else "warning")


def _apart(first: Formula | None, second: Formula | None) -> bool:
    """Whether two conditions can be seen never to hold together: they want different values of one field."""
    if first is None or second is None:
        return False
    one, other = _pinned(first.tree), _pinned(second.tree)
    return any(one[field].isdisjoint(other[field]) for field in one.keys() & other.keys())


def _pinned(tree: Tree) -> dict[str, set[Any]]:
    """Field → the values that a condition allows it to have."""
    terms: Sequence[Tree] = tree.terms if isinstance(tree, All) else (tree,)
    found: dict[str, set[Any]] = {}
    for term in terms:
        if isinstance(term, Compare) and term.operator == "=":
            sides = (term.left, term.right)
            path = next((side for side in sides if isinstance(side, Path)), None)
            values = [side.value for side in sides if isinstance(side, Constant)]
        elif isinstance(term, InValues) and all(isinstance(value, Constant) for value in term.values):
            path = term.term if isinstance(term.term, Path) else None
            values = [value.value for value in term.values if isinstance(value, Constant)]
        else:
            continue
        if path is not None and values:
            found[".".join(field.name for field in path.fields)] = set(values)
    return found
