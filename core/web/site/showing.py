"""Values that are more than a line: formatted text, signatures, JSON, tables. Lists show their text, records all."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ...schema.fields.attached import File
from ...schema.fields.field import Field
from ...schema.fields.marks import is_drawn
from ...schema.fields.rich_text import as_html
from ...schema.fields.table import Table
from .visit import Visit

__all__ = ["FIGURES", "LONGEST", "Shown", "shown"]

LONGEST = 120
"""Characters that a list shows of one."""
FIGURES = frozenset({"number", "integer", "money", "percent", "duration", "score"})
"""Types whose values stand right-aligned."""


class Shown(str):
    """The text of a value; a record's page draws all of it from ``form`` and ``whole`` (``pages/README.md``)."""

    __slots__ = ("form", "whole")

    form: str
    whole: Any


def shown(visit: Visit, field: Field, value: Any, titles: Mapping[tuple[str, str], str]) -> Shown:
    """A value of such a field, as a cell."""
    text = " ".join(field.display(value, visit.language, visit.context.zone).split())
    found = Shown(text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")
    found.form, found.whole = field.type, value
    if isinstance(field, Table):
        found.whole = _lines(visit, field, value, titles)
    elif field.type == "rich_text":
        found.whole = Markup(as_html(value))  # noqa: S704  (it has the tags of Markdown alone)
    elif isinstance(field, File):
        found.whole = [{"name": file["name"], "url": f"/files/{file['id']}"} for file in field.listed(value)]
        found.form = field.type if found.whole else "name"
    elif field.type == "json":
        found.whole = json.dumps(value, ensure_ascii=False, indent=2)
    elif field.type == "signature" and not is_drawn(value):
        found.form = "name"
    return found


def _lines(
    visit: Visit, field: Table, value: Sequence[Any], titles: Mapping[tuple[str, str], str]
) -> dict[str, Any]:
    language, zone, rows = visit.language, visit.context.zone, field.rows(value)

    def text(name: str, column: Field, row: Mapping[str, Any]) -> str:
        if column.leads_to is not None:
            return titles.get((column.leads_to, row[name] or ""), "")
        return column.display(row[name], language, zone)

    return {
        "columns": [
            {
                "label": column.label.in_(language),
                "figure": (getattr(column, "result", None) or column.type) in FIGURES,
            }
            for column in field.fields.values()
        ],
        "rows": [[text(name, column, row) for name, column in field.fields.items()] for row in rows],
        "totals": [
            field.total_text(name, rows, language, zone) if name in field.totals else ""
            for name in field.fields
        ]
        if field.totals
        else None,
    }
