"""A dashboard: metrics side by side."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field as Key

from .definition import Definition, Part, Whole
from .labels import Text
from .metric import Chart
from .names import Name

__all__ = ["Dashboard", "Item", "Span"]

Span = Literal[
    "this_month", "last_month", "this_quarter", "this_year", "last_12_months", "last_18_months", "all"
]
"""The time that an item looks at."""


class Item(Part):
    """One card. ``by``: the field that cuts the number into parts; ``width``: 1 to 4 columns of the page."""

    metric: Name
    label: Text | None = None
    chart: Chart | None = None
    by: Name | None = None
    period: Span | None = None
    width: Annotated[Whole, Key(ge=1, le=4)] = 1


class Dashboard(Definition):
    """A page of metrics."""

    noun: ClassVar[str] = "dashboard"

    dashboard: Name
    label: Text
    icon: str | None = None
    items: tuple[Item, ...] = ()
