"""Values as the inputs of a form hold them: texts; there and back."""

from datetime import tzinfo
from decimal import Decimal
from typing import Any

from ...schema.fields.field import Field, ValueProblem
from .visit import Visit

__all__ = ["Raw", "posted_raw", "raw_of", "read_leniently", "widget_of"]

Raw = str | list[str]
"""What an input holds; a list where several options may be ticked."""

LONGEST = 1_000_000


def widget_of(field: Field) -> str:
    """The kind of input that a field gets."""
    return "text" if field.type == "number_series" else field.widget


def raw_of(field: Field, value: Any, zone: tzinfo) -> Raw:
    """A kept value as its input holds it; ``read_leniently`` gives it back."""
    widget = widget_of(field)
    if widget == "multiselect":
        return list(value or ())
    if widget == "checkbox":
        return "true" if value else "false"
    if value is None:
        return ""
    match widget:
        case "number" | "money":
            return _figure(Decimal(value))
        case "percent":
            return _figure(value * 100)
        case "date":
            return str(value.isoformat())
        case "datetime":
            return f"{value.astimezone(zone):%Y-%m-%dT%H:%M}"
        case "tags":
            return ", ".join(value)
    return str(value)


def posted_raw(visit: Visit, name: str, field: Field) -> Raw | None:
    """What the form sent for a field; ``None`` when it sent nothing."""
    texts = [text.replace("\r\n", "\n") for text in visit.form.getlist(name) if isinstance(text, str)]
    if not texts:
        return None
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
