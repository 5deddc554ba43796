"""Exporting records: every field in a form that imports again to the same values."""

from collections.abc import Iterator, Sequence
from typing import Any

from ..context import Context
from ..formula import Formula
from ..problems import Problem, Refused
from ..store.query import Sort
from .audit import note
from .records import Records
from .rights import authorize

__all__ = ["columns_of", "export_rows"]


def columns_of(records: Records, entity: str, wanted: Sequence[str] = ()) -> list[str]:
    """The columns of an export: the id, then the fields that are kept, then when it was created and changed.

    ``wanted``: only these, in this order. Raises :class:`Refused` for one that cannot be exported.
    """
    plan = records.plan(entity)
    kept = [
        name
        for name, field in plan.entity.fields.items()
        if field.column is not None or field.type == "formula"
    ]
    names = ["id", *kept, "external_id", "created_at", "changed_at"]
    wrong = [
        Problem("no_such_export_field", {"name": name[:40], "available": names}, field="fields")
        for name in wanted
        if name not in names
    ]
    if wrong:
        raise Refused(wrong)
    return list(dict.fromkeys(wanted)) or names


def export_rows(
    records: Records,
    context: Context,
    entity: str,
    where: Formula | None = None,
    search: str = "",
    in_cells: bool = False,
    columns: Sequence[str] = (),
    titles: bool = False,
) -> Iterator[dict[str, Any]]:
    """Every record that matches and that the person may see, as JSON values, oldest first.

    ``in_cells``: for a spreadsheet, whose cells hold texts and numbers: a percentage has its sign, a list is a text.
    ``columns``: only these; ``titles``: links as the titles of what they lead to, for people, instead of ids.
    """
    authorize(records.rights, context, "export", entity)
    plan = records.plan(entity)
    names = columns_of(records, entity, columns)
    links = {name: to for name, to in plan.links.items() if titles and name in names}
    where = records.where(context, entity, where, "export")
    note(records.store, context, "exported", {"search": search} if search else None, entity)
    after: Sequence[Any] | None = None
    while True:
        page = records.find(context, entity, where, search, (Sort("created_at"),), after, 500)
        wanted = {(to, row[name]) for name, to in links.items() for row in page.rows if row.get(name)}
        known = records.titles(context, wanted) if wanted else {}
        for row in page.rows:
            cells = {name: _json(plan, name, row.get(name), in_cells) for name in names}
            for name, to in links.items():
                cells[name] = known.get((to, row.get(name) or ""), cells[name])
            yield cells
        if not page.more:
            return
        after = [page.rows[-1]["created_at"], page.rows[-1]["id"]]


def _json(plan: Any, name: str, value: Any, in_cells: bool) -> Any:
    field = plan.entity.fields.get(name)
    if field is not None:
        return field.to_cell(value) if in_cells else field.to_json(value)
    return value.isoformat().replace("+00:00", "Z") if hasattr(value, "isoformat") else value
