"""The inputs of fields that hold many values: several links, the rows of a table."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from ...schema.fields.field import Field, ValueProblem
from ...schema.fields.table import Table
from ...store.ids import is_id
from .filling import Filling
from .form_shape import Item
from .form_values import raw_rows, typed_rows, widget_of
from .options import choosable

__all__ = ["listed_in", "several", "shown_rows", "table_of"]

BLANK = 3
"""Empty rows below those of a table, for who has no script to add more."""

Titles = Mapping[tuple[str, str], str]
_INPUTS = {
    "number": "number",
    "money": "number",
    "percent": "number",
    "duration": "number",
    "score": "number",
}
_FIGURES = frozenset({"number", "integer", "money", "percent", "duration", "score", "rating"})


def listed_in(filling: Filling, item: Item) -> Iterator[tuple[str, str]]:
    """(entity, id) of the records that a field with many values names."""
    value, field = filling.row.get(item.name), item.field
    if field.leads_to_many is not None:
        yield from ((field.leads_to_many, str(id)) for id in value or () if is_id(str(id)))
    elif isinstance(field, Table):
        columns = [(name, column.leads_to) for name, column in field.writable.items() if column.leads_to]
        yield from ((to, str(row[name])) for row in value or () for name, to in columns if row.get(name))


def several(filling: Filling, item: Item, titles: Titles) -> dict[str, Any]:
    """The options of several links: the first records by title, and those that are chosen; others by typing them."""
    target = str(item.field.leads_to_many)
    options, more = choosable(filling.visit, target)
    known = {option["value"] for option in options}
    raw = filling.raw(item.name)
    given = raw if isinstance(raw, list) else [raw]
    # Those that are chosen come first, in the order they were chosen: so they are sent again as they are.
    chosen = [{"value": id, "label": titles[target, id]} for id in given if (target, id) in titles]
    others = [option for option in options if option["value"] not in given]
    typed = [text for text in given if text and text not in known and (target, text) not in titles]
    return {"options": [*chosen, *others], "pick_url": more, "text": "; ".join(typed)}


def table_of(filling: Filling, item: Item, titles: Titles) -> dict[str, Any]:
    """The columns, rows and totals of a table's input. Three rows more than there are stand empty."""
    table, name = item.field, item.name
    assert isinstance(table, Table)
    columns = [_column(filling, each, column) for each, column in table.fields.items()]
    rows, unread = _rows(filling, table, name)
    texts = shown_rows(filling, name)
    lines = []
    room = max(0, min(BLANK, table.max - len(rows)))
    for number in range(len(rows) + room):
        values = rows[number] if number < len(rows) else {}
        said = texts["rows"][number] if number < len(texts["rows"]) else {}
        cells = []
        for column in columns:
            value = values.get(column["name"], "")
            to = table.fields[column["name"]].leads_to
            text = titles.get((to, value), "") if to and value else said.get(column["name"], "")
            cells.append({"name": f"{name}.{number}.{column['name']}", "value": value, "text": text})
        lines.append(cells)
    return {
        "columns": columns,
        "rows": lines,
        "pasted": unread,
        "totals": [texts["totals"].get(c["name"], "") for c in columns],
    }


def _rows(filling: Filling, table: Table, name: str) -> tuple[list[dict[str, str]], str]:
    """What stands in the cells, as typed or as the record has it; and what was pasted and is no table."""
    raw = filling.raw(name)
    if isinstance(raw, str) and raw.startswith("["):
        with suppress(ValueProblem):  # it is no JSON after all: saving says so
            given = table.given(raw)
            if all(isinstance(row, dict) for row in given):
                return [{str(key): str(value) for key, value in row.items()} for row in given], ""
    if name in filling.touched and isinstance(raw, str) and raw:
        return typed_rows(filling.visit, name, table), raw
    value = filling.row.get(name)
    return raw_rows(table, value, filling.visit.context.zone) if value else [], ""


def shown_rows(filling: Filling, name: str) -> dict[str, Any]:
    """What is worked out in a table, as people read it: the computed cells of each row, the totals by column."""
    table = filling.shape.items[name].field
    assert isinstance(table, Table)
    language, zone = filling.visit.language, filling.visit.context.zone
    rows = table.rows(filling.row.get(name))
    computed = {each: column for each, column in table.fields.items() if column.computed}
    return {
        "rows": [
            {each: column.display(row[each], language, zone) for each, column in computed.items()}
            for row in rows
        ],
        "totals": {each: table.total_text(each, rows, language, zone) for each in table.totals},
    }


def _column(filling: Filling, name: str, field: Field) -> dict[str, Any]:
    """How the cells of a column are filled in."""
    visit, widget = filling.visit, widget_of(field)
    options: list[dict[str, str]] = []
    if field.leads_to is not None:
        options = choosable(visit, field.leads_to)[0]
    elif field.type == "yes_no":
        options = [{"value": "true", "label": visit.t("yes")}, {"value": "false", "label": visit.t("no")}]
    elif named := getattr(field, "options", None):
        options = [
            {"value": each, "label": option.label.in_(visit.language)} for each, option in named.items()
        ]
    kind = (
        "readonly"
        if field.computed
        else "select"
        if options or field.leads_to
        else _INPUTS.get(widget, widget)
    )
    if kind not in ("readonly", "select", "number", "date", "datetime", "time", "email", "tel", "url"):
        kind = "text"
    return {
        "name": name,
        "label": field.label.in_(visit.language),
        "kind": kind,
        "options": options,
        "required": field.required,
        "figure": getattr(field, "result", None) in _FIGURES or field.type in _FIGURES,
    }
