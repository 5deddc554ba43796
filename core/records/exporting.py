"""Exporting records: every field in a form that imports again to the same values."""

from collections.abc import Iterator, Sequence
from typing import Any

from ..context import Context
from ..formula import Formula
from ..store.query import Sort
from .records import Records
from .rights import authorize

__all__ = ["columns_of", "export_rows"]


def columns_of(records: Records, entity: str) -> list[str]:
    """The columns of an export: the id, then the fields that are kept, then when it was created and changed."""
    plan = records.plan(entity)
    kept = [
        name
        for name, field in plan.entity.fields.items()
        if field.column is not None or field.type == "formula"
    ]
    return ["id", *kept, "external_id", "created_at", "changed_at"]


def export_rows(
    records: Records,
    context: Context,
    entity: str,
    where: Formula | None = None,
    search: str = "",
    in_cells: bool = False,
) -> Iterator[dict[str, Any]]:
    """Every record that matches and that the person may see, as JSON values, oldest first.

    ``in_cells``: for a spreadsheet, whose cells hold texts and numbers: a percentage has its sign, a list is a text.
    """
    authorize(records.rights, context, "export", entity)
    plan = records.plan(entity)
    names = columns_of(records, entity)
    where = records.where(context, entity, where, "export")
    after: Sequence[Any] | None = None
    while True:
        page = records.find(context, entity, where, search, (Sort("created_at"),), after, 500)
        for row in page.rows:
            yield {name: _json(plan, name, row.get(name), in_cells) for name in names}
        if not page.more:
            return
        after = [page.rows[-1]["created_at"], page.rows[-1]["id"]]


def _json(plan: Any, name: str, value: Any, in_cells: bool) -> Any:
    field = plan.entity.fields.get(name)
    if field is not None:
        return field.to_cell(value) if in_cells else field.to_json(value)
    return value.isoformat().replace("+00:00", "Z") if hasattr(value, "isoformat") else value
