"""What a list, a board, a calendar or a timeline shows, read from the address: view, filters, search, order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from markupsafe import Markup

from ...formula import Formula, both
from ...metrics.periods import Days
from ...problems import Problem, Refused, closest
from ...schema.entity import Entity
from ...schema.metric import Metric
from ...schema.view import View
from ...store.query import Sort
from ..filters import Filter, condition_of, read_filters, read_sort
from .cells import SYSTEM, column_of
from .rendering import kept_markup
from .visit import Visit, path_with
from .wording import in_words

__all__ = ["Looking", "action", "added_fields", "address_of", "head_of", "looking"]

KEEP = "<!--keep-->"
"""Where the forms of the filter menu take in what the address already says."""

ALWAYS = Days()

VIEW_ICONS = {"list": "list", "board": "layout-kanban", "calendar": "calendar", "timeline": "timeline"}

_NOT_IN_LISTS = ("children", "long_text", "rich_text", "json", "secret", "signature")
FEW = 8
"""Columns of a list that no view describes."""

ICONS = {
    "date": "calendar", "datetime": "calendar", "money": "coin", "number": "hash", "integer": "hash",
    "percent": "percentage", "user": "user", "link": "link", "choice": "tag", "stage": "tag", "choices": "tags",
    "tags": "tags", "phone": "phone", "email": "mail", "yes_no": "checkbox", "users": "users", "team": "users-group",
    "links": "link", "time": "clock", "duration": "clock", "rating": "star", "score": "target", "region": "map-pin",
    "location": "map-pin", "address": "map-pin", "url": "external-link", "table": "list-details", "colour": "category",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Looking:
    """What was asked for: every part checked."""

    entity: Entity
    name: str
    view: View | None
    filters: tuple[Filter, ...]
    search: str
    where: Formula | None
    sort: tuple[Sort, ...]
    columns: tuple[str, ...]
    metric: Metric | None = None
    days: Days = ALWAYS
    kind: str = "list"


def looking(visit: Visit, kind: str = "list") -> Looking:
    """Read the address. Raises :class:`Refused` for what is not there."""
    name = visit.named("entity")
    entity = visit.records.plan(name).entity
    view = _view(visit, name, kind)
    pairs = [(key[2:], value) for key, value in visit.query if key.startswith("f.")]
    filters = read_filters(visit.records, visit.context, name, pairs)
    metric, days = _metric(visit, name)
    where = shown_where(visit, name, filters, view, metric)
    asked = visit.one("sort")
    usual = ",".join(view.sort) if view is not None and view.sort else "-created_at"
    sort = read_sort(visit.records, name, asked or usual)
    search = visit.one("q").strip()
    if search and not asked:
        sort = ()
    return Looking(
        entity, name, view, filters, search, where, sort, _columns(visit, entity, view), metric, days, kind
    )


def shown_where(
    visit: Visit, entity: str, filters: Sequence[Filter], view: View | None, metric: Metric | None
) -> Formula | None:
    """The condition that holds where the filters, the view's own and the metric's do."""
    where = condition_of(visit.records, entity, filters)
    if view is not None and (own := visit.catalog.formulas.get(("view", view.view, "where"))) is not None:
        where = own if where is None else both(own, where)
    if (
        metric is not None
        and (who := visit.catalog.formulas.get(("metric", metric.metric, "who"))) is not None
    ):
        where = who if where is None else both(who, where)
    return where


def added_fields(visit: Visit, entity: Entity) -> list[str]:
    """The fields that the workspace added: shown even where a plugin's view or form does not know them."""
    node = visit.catalog.merged["entity", entity.entity].node
    return [
        name
        for name in entity.fields
        if node.at(("fields", name)).layer == "workspace" and node.layer != "workspace"
    ]


def head_of(visit: Visit, at: Looking, url: str, count: str) -> dict[str, Any]:
    """What lists and boards have in common (``head.html``)."""
    language, entity = visit.language, at.entity
    label = (entity.plural or entity.shown).in_(language)
    keep = [(key, value) for key, value in visit.query if key not in ("q", "after", "back", "from")]
    new = action(visit.t("create_one", label=entity.shown), f"/{at.name}/new", "plus")
    here = [(key, value) for key, value in visit.query if key not in ("after", "back", "from", "view")]
    exports = (
        action(visit.t("export_csv"), path_with(f"/{at.name}/export.csv", here), "download"),
        action(visit.t("export_xlsx"), path_with(f"/{at.name}/export.xlsx", here), "download"),
        action(visit.t("export_shown"), _shown_url(visit, at), "download"),
    )
    return {
        "url": url,
        "label": label,
        "icon": entity.icon or "table",
        "count": count,
        "tabs": _tabs(visit, at, url),
        "said": _said(visit, at),
        "columns_menu": _columns_menu(visit, at) if at.kind == "list" else None,
        "save": _save(visit, at),
        "create": new if visit.may("create", at.name) else None,
        "actions": [
            *(
                [action(visit.t("import"), f"/{at.name}/import", "upload")]
                if visit.may("import", at.name)
                else []
            ),
            *(exports if visit.may("export", at.name) else ()),
            *(
                [action(visit.t("public_links"), f"/{at.name}/links", "forms")]
                if visit.sees_all and _has_public(visit, at)
                else []
            ),
        ],
        "query": at.search,
        "keep": keep,
        "chips": _chips(visit, at, url),
        "clear_url": path_with(url, [(key, value) for key, value in keep if not key.startswith("f.")]),
        "filters": _filter_sheet(visit, at, url, [*keep, *([("q", at.search)] if at.search else [])]),
    }


def _shown_url(visit: Visit, at: Looking) -> str:
    """An Excel file of what the list shows: these records, and these columns."""
    keep = [(key, value) for key, value in visit.query if key not in ("after", "back", "from", "shown")]
    return path_with(f"/{at.name}/export.xlsx", [*keep, ("shown", "1")])


def _has_public(visit: Visit, at: Looking) -> bool:
    return any(form.entity == at.name and "public" in form.use for form in visit.catalog.forms.values())


def _own_view(visit: Visit, at: Looking) -> list[dict[str, str]]:
    """Taking away the view that is looked at, where the workspace has it in a file of its own."""
    if at.view is None or not visit.sees_all:
        return []
    layers = visit.catalog.merged["view", at.view.view].layers
    if len(layers) > 1 or layers[0][1].layer != "workspace":
        return []
    label = visit.t("view_remove", label=at.view.shown)
    return [action(label, f"/{at.name}/views/{at.view.view}/remove", "trash")]


def action(label: str, url: str, icon: str = "") -> dict[str, str]:
    """A link that does something."""
    return {"label": label, "url": url, "icon": icon}


def _metric(visit: Visit, entity: str) -> tuple[Metric | None, Days]:
    """The metric whose records are looked at (``metric=NAME&days=2026-01-01..2026-02-01``), from a dashboard."""
    name = visit.one("metric")
    if not name:
        return None, ALWAYS
    metric = visit.runtime.measuring.metric(name)
    if metric.of != entity:
        values = {
            "name": name,
            "available": [n for n, one in visit.catalog.metrics.items() if one.of == entity],
        }
        raise Refused([Problem("no_such_metric", values)], "missing")
    try:
        start, end = (
            date.fromisoformat(part) if part else None for part in visit.one("days", "..").split("..")
        )
    except ValueError:
        raise Refused([Problem("bad_days", {"given": visit.one("days")[:60]}, field="days")]) from None
    return metric, Days(start, end)


def _view(visit: Visit, entity: str, kind: str) -> View | None:
    views = {name: view for name, view in visit.catalog.views.items() if view.entity == entity}
    wanted = visit.one("view")
    if wanted == "all":
        return None
    if wanted:
        if wanted not in views:
            values = {"name": wanted, "available": list(views)}
            raise Refused([Problem("no_such_view", values, instead=closest(wanted, views))], "missing")
        return views[wanted]
    of_kind = [view for view in views.values() if view.kind == kind]
    usual = next((view for view in of_kind if view.where is None), None)
    return usual if usual is not None or kind in ("list", "board") else next(iter(of_kind), None)


def _columns(visit: Visit, entity: Entity, view: View | None) -> tuple[str, ...]:
    chosen = [value for key, value in visit.query if key == "show" and value in entity.fields]
    if chosen:
        return tuple(dict.fromkeys([entity.title_field, *chosen]))
    if view is not None and view.columns:
        extra = [
            name
            for name in added_fields(visit, entity)
            if not any(name in v.columns for v in _all(visit, entity))
        ]
        return (*view.columns, *(name for name in extra if entity.fields[name].type != "children"))
    title = entity.title_field
    others = [n for n, field in entity.fields.items() if field.type not in _NOT_IN_LISTS and n != title]
    return (title, *others[: FEW - 1])


def _all(visit: Visit, entity: Entity) -> Sequence[View]:
    return [view for view in visit.catalog.views.values() if view.entity == entity.entity]


def address_of(view: View) -> str:
    """Where a view stands."""
    base = f"/{view.entity}" if view.kind == "list" else f"/{view.entity}/{view.kind}"
    return path_with(base, {"view": view.view})


def _said(visit: Visit, at: Looking) -> str:
    """What the view itself asks for, in words; the filters beside it are chips."""
    own = visit.catalog.formulas.get(("view", at.view.view, "where")) if at.view is not None else None
    return in_words(visit, own) if own is not None else ""


def _columns_menu(visit: Visit, at: Looking) -> dict[str, Any]:
    """The fields to choose columns from; those that are shown come first, in their order."""
    keep = [(key, value) for key, value in visit.query if key not in ("show", "after", "back", "from")]
    fields = at.entity.fields
    names = [*at.columns, *(n for n in fields if n not in at.columns and fields[n].type != "children")]
    choices = [
        {
            "name": name,
            "label": column_of(visit, at.name, name).label,
            "shown": name in at.columns,
            "fixed": name == at.entity.title_field,
        }
        for name in names
        if name in fields
    ]
    return {"keep": keep, "choices": choices}


def _save(visit: Visit, at: Looking) -> dict[str, Any] | None:
    """Where this, as it stands, is saved as a view; what a dashboard or a search shows is none."""
    if at.metric is not None or at.search or not visit.sees_all:
        return None
    pairs = [(key, value) for key, value in visit.query if key not in ("after", "back", "from", "on", "by")]
    if at.view is not None and not visit.one("view"):
        pairs.append(("view", at.view.view))
    changed = any(key.startswith("f.") or key in ("sort", "show") for key, _ in pairs)
    return {"url": path_with(f"/{at.name}/views", pairs), "kind": at.kind, "changed": changed}


def _tabs(visit: Visit, at: Looking, url: str) -> list[dict[str, Any]]:
    tabs = []
    order = list(VIEW_ICONS)
    views = sorted(_all(visit, at.entity), key=lambda view: (order.index(view.kind), view.where is not None))
    for view in views:
        tabs.append(
            {
                "label": view.shown.in_(visit.language),
                "url": address_of(view),
                "current": at.view is not None and view.view == at.view.view,
                "icon": VIEW_ICONS[view.kind],
                "count": "",
            }
        )
    if at.view is None and url.count("/") == 1:
        everything = {"label": visit.t("all"), "url": path_with(url, {"view": "all"}), "current": True}
        tabs.insert(0, {**everything, "icon": "list", "count": ""})
    return tabs


def _chips(visit: Visit, at: Looking, url: str) -> list[dict[str, Any]]:
    found = []
    asked = [(key, value) for key, value in visit.query if key not in ("after", "back", "from")]
    if at.metric is not None:
        others = [pair for pair in asked if pair[0] not in ("metric", "days")]
        first, after = at.days.bounds
        last = after - timedelta(days=1) if after is not None and after > date.min else None
        span = " – ".join(str(day) for day in (first, last) if day is not None)
        found.append({
            "field": visit.t("metric"), "operator": at.metric.shown.in_(visit.language), "value": span,
            "remove_url": path_with(url, others),
        })  # fmt: skip
    filter_pairs = [pair for pair in asked if pair[0].startswith("f.")]
    for pair, filter_ in zip(filter_pairs, at.filters, strict=False):
        others = [other for other in asked if other is not pair]
        found.append(
            {
                "field": column_of(visit, at.name, filter_.field).label,
                "operator": visit.t(f"op_{filter_.operator}"),
                "value": _in_words(visit, at, filter_),
                "remove_url": path_with(url, others),
            }
        )
    return found


def _in_words(visit: Visit, at: Looking, filter_: Filter) -> str:
    if filter_.operator in ("empty", "not_empty"):
        return ""
    field: Any = at.entity.fields.get(filter_.field)
    target = visit.catalog.links[at.name].get(filter_.field) or getattr(field, "leads_to_many", None)
    values = filter_.value if isinstance(filter_.value, (list, tuple)) else [filter_.value]
    titles = visit.records.titles(visit.context, [(target, value) for value in values]) if target else {}

    def word(value: Any) -> str:
        options = getattr(field, "options", None) or {}
        if target:
            return titles.get((target, value), str(value))
        if value in options:
            return str(options[value].label.in_(visit.language))
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()  # a day, be it asked of a moment
        return (
            str(field.display(value, visit.language, visit.context.zone)) if field is not None else str(value)
        )

    joint = " – " if filter_.operator == "between" else ("、" if visit.language == "zh" else ", ")
    return joint.join(word(value) for value in values)


def _filter_sheet(visit: Visit, at: Looking, url: str, keep: list[tuple[str, str]]) -> Markup:
    """The menu of filters, the same for every page of the list but for the parameters that its forms keep."""
    about = (url, visit.app.store.revision("user"))
    sheet = kept_markup(
        visit,
        "filters.html",
        about,
        lambda: {"filters": _choices(visit, at), "url": url, "keep": Markup(KEEP)},  # noqa: S704  (a mark, no markup)
    )
    hidden = Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(name, value) for name, value in keep
    )
    return Markup(sheet.replace(KEEP, hidden))  # noqa: S704  (both parts are escaped)


def _choices(visit: Visit, at: Looking) -> list[dict[str, Any]]:
    """What may be filtered by, in the order of the fields."""
    found = []
    for name, field in at.entity.fields.items():
        stored = field.system or (field.column is not None and visit.catalog.is_stored(at.name, name))
        if not field.operators or not stored:
            continue
        found.append(
            {
                "name": name,
                "label": field.label.in_(visit.language),
                "icon": ICONS.get(field.type, "letter-case"),
                "operators": [{"value": op, "label": visit.t(f"op_{op}")} for op in field.operators],
                **_input(visit, at, name, field),
            }
        )
    if "created_at" not in at.entity.fields:
        label = SYSTEM["created_at"][1].in_(visit.language)
        operators = [{"value": op, "label": visit.t(f"op_{op}")} for op in ("gte", "lt", "between")]
        found.append({
            "name": "created_at", "label": label, "icon": "calendar", "operators": operators, "input": "date",
            "options": [], "step": "",
        })  # fmt: skip
    return found


def _input(visit: Visit, at: Looking, name: str, field: Any) -> dict[str, Any]:
    options = getattr(field, "options", None)
    target = visit.catalog.links[at.name].get(name) or field.leads_to_many
    if options:
        pairs = [{"value": key, "label": each.label.in_(visit.language)} for key, each in options.items()]
        return {"input": "options", "options": pairs, "step": ""}
    if field.type == "yes_no":
        pairs = [{"value": "true", "label": visit.t("yes")}, {"value": "false", "label": visit.t("no")}]
        return {"input": "options", "options": pairs, "step": ""}
    if target == "user":
        people = visit.records.find(visit.context, "user", sort=(Sort("name"),), limit=100, fields=()).rows
        pairs = [{"value": row["id"], "label": str(row.get("name"))} for row in people]
        return {"input": "options", "options": pairs, "step": ""}
    kind = field.formula_type
    if kind in ("number", "money", "percent"):
        return {"input": "number", "options": [], "step": "any"}
    return {"input": "date" if kind in ("date", "datetime") else "text", "options": [], "step": ""}
