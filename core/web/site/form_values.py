"""Values as the inputs of a form hold them: texts; there and back."""

import json
import re
from collections.abc import Sequence
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from ...schema.fields.attached import File
from ...schema.fields.choices import listed
from ...schema.fields.field import Field, ValueProblem
from .visit import Visit

__all__ = ["Raw", "posted_raw", "raw_of", "raw_rows", "read_leniently", "widget_of"]

Raw = str | list[str]
"""What an input holds; a list where several options may be ticked."""

LONGEST = 1_000_000


def widget_of(field: Field) -> str:
    """The kind of input that a field gets."""
    return "text" if field.type == "number_series" else field.widget


def raw_of(field: Field, value: Any, zone: tzinfo) -> Raw:
    """A kept value as its input holds it; ``read_leniently`` gives it back."""
    widget = widget_of(field)
    if isinstance(field, File):
        return [file["id"] for file in field.listed(value)]
    if widget == "multiselect":
        return list(value or ())
    if widget == "links":
        return list(value or ())
    if widget == "checkbox":
        return "true" if value else "false"
    if value is None or field.masked:
        return ""  # what is masked never leaves the store: an empty input leaves it as it is
    match widget:
        case "number" | "money" | "duration" | "score":
            return _figure(Decimal(value))
        case "percent":
            return _figure(value * 100)
        case "date":
            return str(value.isoformat())
        case "datetime":
            return f"{value.astimezone(zone):%Y-%m-%dT%H:%M}"
        case "tags":
            return listed(value, ", ")
        case "region":
            return field.display(value, "zh")
        case "json":
            return json.dumps(value, ensure_ascii=False, indent=2)
        case "table":
            return _rows_text(raw_rows(field, value, zone))
    return str(value)


def raw_rows(field: Any, value: Sequence[Any], zone: tzinfo) -> list[dict[str, str]]:
    """The rows of a table as the inputs of their cells hold them."""
    return [
        {
            name: str(raw_of(column, row[name], zone))
            for name, column in field.writable.items()
            if row[name] is not None
        }
        for row in field.rows(value)
    ]


def _rows_text(rows: Sequence[Any]) -> str:
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def typed_rows(visit: Visit, name: str, field: Any) -> list[dict[str, str]]:
    """The rows that the inputs of a table sent: those in which something stands."""
    rows: dict[int, dict[str, str]] = {}
    for key, text in visit.form.multi_items():
        head, _, rest = key.partition(".")
        number, _, column = rest.partition(".")
        known = head == name and column in field.writable and number.isdecimal() and len(number) < 5
        if known and isinstance(text, str) and text.strip():
            rows.setdefault(int(number), {})[column] = text.replace("\r\n", "\n").strip()
    return [
        {column: rows[number][column] for column in field.writable if column in rows[number]}
        for number in sorted(rows)
    ]


def posted_rows(visit: Visit, name: str, field: Any) -> str:
    """The rows of a table as JSON: those that were typed, then those pasted."""
    found: list[Any] = list(typed_rows(visit, name, field))
    pasted = str(visit.form.get(f"{name}.pasted") or "").strip("\r\n ")
    if not pasted:
        return _rows_text(found)
    try:
        return _rows_text(found + [_named(field, row) for row in field.given(pasted)])
    except ValueProblem:
        return pasted[:LONGEST]  # it is no table: saving says so


def _named(field: Any, row: Any) -> Any:
    """A pasted row by the names of its columns; one that is too wide stays as it is, and is refused."""
    if isinstance(row, list) and len(row) <= len(field.writable):
        return {
            name: cell.strip() for name, cell in zip(field.writable, row, strict=False) if str(cell).strip()
        }
    return row


def posted_raw(visit: Visit, name: str, field: Field) -> Raw | None:
    """What the form sent for a field; ``None`` when it sent nothing."""
    texts = [text.replace("\r\n", "\n") for text in visit.form.getlist(name) if isinstance(text, str)]
    if not texts:
        return None
    if isinstance(field, File):
        ids = list(dict.fromkeys(filter(None, texts)))
        return ids if field.most > 1 else ids[-1:]
    match widget_of(field):
        case "links":
            given = [part.strip() for text in texts for part in re.split("[;；\n]", text)]
            return list(dict.fromkeys(filter(None, given)))
        case "signature":
            texts = [text for text in texts if text.strip()] or [
                ""
            ]  # a typed name goes before what was drawn
        case "table":
            return posted_rows(visit, name, field)
    if widget_of(field) == "multiselect":
        return [text for text in texts if text]
    return texts[-1][:LONGEST]


def read_leniently(field: Field, raw: Any, zone: tzinfo) -> Any:
    """The value that an input means; ``None`` while it means none yet."""
    try:
        return field.coerce(raw, zone)
    except ValueProblem:
        return None


def _figure(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
