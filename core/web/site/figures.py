"""Numbers of metrics as people read them: 88.3 万元, 20.6%, +20 percentage points."""

from decimal import Decimal
from typing import NamedTuple

from ...schema.metric import Metric
from .visit import Visit

__all__ = ["Figure", "change_in_words", "figure", "plain_figure"]

SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "HKD": "HK$", "TWD": "NT$"}


class Figure(NamedTuple):
    """A number in large type, and its unit beside it."""

    text: str
    unit: str


def figure(visit: Visit, metric: Metric, value: Decimal | None) -> Figure:
    """A metric's value for a card; large amounts in 万 and 亿 where Chinese is spoken."""
    if value is None:
        return Figure("—", "")
    match metric.unit:
        case "percent":
            return Figure(f"{float(value * 100):.1f}".removesuffix(".0"), "%")
        case "money":
            return _money(visit, value)
        case "days":
            return Figure(_short(value), visit.t("unit_days"))
        case "score":
            return Figure(f"{float(value):.1f}", visit.t("unit_score"))
        case _:
            return Figure(_short(value), "")


def plain_figure(visit: Visit, metric: Metric, value: Decimal | None) -> str:
    """The same in one text: for tables and targets."""
    if value is None:
        return "—"
    if metric.unit == "money":
        symbol = SYMBOLS.get(visit.catalog.workspace.currency, f"{visit.catalog.workspace.currency} ")
        return f"{symbol}{value:,.2f}".removesuffix(".00")
    shown = figure(visit, metric, value)
    joint = "" if metric.unit == "percent" or visit.language == "zh" else " "
    return f"{shown.text}{joint}{shown.unit}".strip()


def change_in_words(visit: Visit, metric: Metric, change: Decimal) -> str:
    """How much it changed against the period before: percentage points for percents, percent for the rest."""
    text = f"{abs(float(change * 100)):.1f}".removesuffix(".0")
    return visit.t("points", count=text) if metric.unit == "percent" else f"{text}%"


def _money(visit: Visit, value: Decimal) -> Figure:
    currency = visit.catalog.workspace.currency
    symbol = SYMBOLS.get(currency, f"{currency} ")
    if visit.language == "zh":
        for size, name in ((100_000_000, "亿"), (10_000, "万")):
            if abs(value) >= size:
                return Figure(f"{symbol}{float(value / size):,.2f}".rstrip("0").rstrip("."), name)
        return Figure(f"{symbol}{value:,.0f}", "")
    for size, name in ((1_000_000, "M"), (10_000, "k")):
        if abs(value) >= size:
            return Figure(
                f"{symbol}{float(value / (1000 if name == 'k' else size)):,.1f}".removesuffix(".0"), name
            )
    return Figure(f"{symbol}{value:,.0f}", "")


def _short(value: Decimal) -> str:
    """One digit after the point, two below ten: 2.04 against a target of 2 must not read as 2."""
    text = f"{float(value):,.{1 if abs(value) >= 10 else 2}f}"
    return text.rstrip("0").rstrip(".")
