"""How values are written as plain text, and how formulas spell their constants."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

__all__ = ["is_nothing", "literal_text", "lower_ascii", "plain_number", "plain_text"]

_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def lower_ascii(text: str) -> str:
    """A to Z in lower case and nothing else: the one folding that Python, SQLite and PostgreSQL do alike."""
    return text.lower() if text.isascii() else text.translate(_LOWER)


def is_nothing(value: Any) -> bool:
    """Whether a value counts as empty: none, an empty text, an empty list."""
    return not value and (value is None or value.__class__ is str or value.__class__ is list)


def plain_number(number: Decimal | int) -> str:
    """A number without exponent and without trailing zeros: ``1200.5``."""
    if not number:
        return "0"
    text = format(Decimal(number), "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def plain_text(value: Any) -> str:
    """A value as ``&`` and CONCAT join it: plain numbers, ISO dates, nothing for empty."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case Decimal() | int():
            return plain_number(value)
        case datetime():
            return value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case timedelta():
            return _duration(value)
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def literal_text(value: Any, percent: bool = False) -> str:
    """A value as a formula spells it: ``"high"``, ``20%``, ``DATE(2026, 3, 1)``, ``7 days``, ``true``, ``empty``."""
    match value:
        case None:
            return "empty"
        case bool():
            return "true" if value else "false"
        case Decimal() | int():
            return f"{plain_number(Decimal(value) * 100)}%" if percent else plain_number(value)
        case datetime():
            return f'"{value.isoformat()}"'
        case date():
            return f"DATE({value.year}, {value.month}, {value.day})"
        case timedelta():
            return _duration(value)
        case _:
            return '"' + str(value).replace('"', '""') + '"'


def _duration(value: timedelta) -> str:
    minutes = Decimal(int(value.total_seconds())) / 60
    for unit, size in (("days", 1440), ("hours", 60)):
        if minutes % size == 0:
            return f"{plain_number(minutes / size)} {unit}"
    return f"{plain_number(minutes)} minutes"
