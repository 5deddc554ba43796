"""Lengths of time as people write them: ``5 days``, ``2 小时``."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

__all__ = ["Span", "span"]

_SPAN = re.compile(r"(\d{1,5})\s*(minutes?|hours?|days?|weeks?|分钟|小时|天|日|周)")
_UNITS = {
    "m": "minutes",
    "分": "minutes",
    "h": "hours",
    "小": "hours",
    "d": "days",
    "天": "days",
    "日": "days",
    "w": "weeks",
    "周": "weeks",
}


def span(text: str) -> timedelta:
    """How long a written span is; raises ValueError when it is none."""
    found = _SPAN.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(text)
    return timedelta(**{_UNITS[found[2][0]]: int(found[1])})


def _span(text: str) -> str:
    try:
        span(text)
    except ValueError:
        raise PydanticCustomError("bad_span", "span", {"given": text}) from None
    return text


Span = Annotated[str, AfterValidator(_span)]
"""A text that :func:`span` understands."""
