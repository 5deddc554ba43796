"""Dashboards: numbers with their targets and trends, funnels, bars and lines, each with its table and its records."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, get_args

from starlette.responses import Response

from ...metrics.measuring import Measured, Part
from ...metrics.periods import Days, days_of
from ...problems import Problem, Refused, closest
from ...schema.dashboard import Item, Span
from ...schema.metric import Metric
from .figures import Figure, change_in_words, figure, plain_figure
from .rendering import render
from .visit import Visit, path_with

__all__ = ["home", "routes", "show"]

SPANS: tuple[Span, ...] = get_args(Span)
USUAL: Span = "last_12_months"
BARS = 12


def home(visit: Visit) -> Response:
    """GET ``/``: the dashboard called ``home``, or the first there is."""
    boards = visit.catalog.dashboards
    return _page(visit, "home" if "home" in boards else next(iter(boards), None))


def show(visit: Visit) -> Response:
    """GET ``/dashboard/{name}``."""
    name = visit.named("name")
    boards = visit.catalog.dashboards
    if name not in boards:
        values = {"name": name, "available": list(boards)}
        raise Refused([Problem("no_such_dashboard", values, instead=closest(name, boards))], "missing")
    return _page(visit, name)


def _page(visit: Visit, name: str | None) -> Response:
    board = visit.catalog.dashboards.get(name or "")
    span = visit.one("period")
    if span and span not in SPANS:
        raise Refused(
            [Problem("no_such_period", {"name": span[:60], "available": list(SPANS)}, field="period")]
        )
    items = [_item(visit, item, span) for item in board.items] if board is not None else []
    label = board.label.in_(visit.language) if board is not None else visit.t("dashboards")
    today = visit.context.today
    url = "/" if name == "home" else f"/dashboard/{name}"
    nothing = {"title": visit.t("no_dashboard"), "text": visit.t("no_dashboard_text"), "action": None}
    model = {
        "label": label,
        "tabs": [],
        "periods": [
            {"label": visit.t(f"span_{one or 'own'}"), "url": path_with(url, {"period": one}), "current": one == span,
             "icon": "", "count": ""}
            for one in ("", "this_month", "this_quarter", "this_year", "last_12_months", "all")
        ],
        "as_of": visit.t("as_of", date=today.isoformat()),
        "items": items,
        "empty": None if items else nothing,
    }  # fmt: skip
    return render(visit, "dashboard.html", label, dashboard=model)


def _item(visit: Visit, item: Item, span: str) -> dict[str, Any]:
    measuring = visit.runtime.measuring
    metric = measuring.metric(item.metric)
    timed = measuring.has_period(metric)
    name: Span = span or item.period or USUAL  # type: ignore[assignment]  # checked against SPANS
    days = days_of(name, visit.context.today) if timed else Days()
    kind = item.chart or metric.chart
    by = item.by or (metric.by[0] if metric.by and kind in ("funnel", "table", "bar") else None)
    label = (item.label or metric.label).in_(visit.language)
    model: dict[str, Any] = {
        "label": _titled(visit, metric, label, by if kind != "number" else None),
        "means": metric.means.in_(visit.language) if metric.means is not None else "",
        "width": item.width,
        "url": _records_url(visit, metric, days),
        "kind": kind if kind != "line" or timed else "number",
        "number": None, "chart": None, "funnel": None, "table": None,
    }  # fmt: skip
    if model["kind"] == "number":
        measured = measuring.measure(visit.context, item.metric, days)
        model["number"] = _number(visit, measured, timed, name)
    elif model["kind"] == "line":
        model |= _line(visit, metric, days)
    elif by is not None:
        model |= _parts(visit, metric, days, by, model["kind"])
    return model


def _titled(visit: Visit, metric: Metric, label: str, by: str | None) -> str:
    """The item's title: the label, and the cut where the label does not name it already."""
    cut = _cut_label(visit, metric, by) if by is not None else ""
    if not cut or cut.casefold() in label.casefold():
        return label
    return visit.t("label_by", label=label, by=cut if visit.language == "zh" else cut.lower())


def _number(visit: Visit, measured: Measured, timed: bool, span: str) -> dict[str, Any]:
    metric, value = measured.metric, measured.value
    shown = figure(visit, metric, value) if measured.enough else Figure("—", "")
    target = (
        f"{visit.t('target')} {plain_figure(visit, metric, metric.target)}"
        if metric.target is not None
        else ""
    )
    change = measured.change if timed and measured.enough else None
    direction = "" if change is None else "up" if change > 0 else "down" if change < 0 else "flat"
    notes = [visit.t(f"span_{span}" if timed else "span_now")]
    if not measured.enough:
        notes.append(visit.t("not_enough", count=metric.at_least))
    return {
        "text": shown.text,
        "unit": shown.unit,
        "note": " · ".join(notes),
        "target": target,
        "reached": _reached(measured),
        "met": None if measured.verdict == "none" else measured.verdict == "reached",
        "change": change_in_words(visit, metric, change) if change is not None else "",
        "direction": direction,
        "good": measured.improves,
        "spark": _spark(visit, metric) if timed else "",
    }


def _reached(measured: Measured) -> int | None:
    """How much of the target is reached, in whole percent up to 100."""
    value, target = measured.value, measured.metric.target
    if measured.verdict == "none" or value is None or target is None:
        return None
    over, under = (value, target) if measured.metric.better == "higher" else (target, value)
    return min(100, max(0, round(over / under * 100))) if under else 100


def _spark(visit: Visit, metric: Metric) -> str:
    days = days_of("last_12_months", visit.context.today)
    values = [value for _, value, _ in visit.runtime.measuring.series(visit.context, metric.metric, days)]
    known = [value for value in values if value is not None]
    if len(known) < 3:
        return ""
    low, high = min(known), max(known)
    width = 120 / (len(values) - 1)
    points = []
    for index, value in enumerate(values):
        if value is not None:
            height = 30 - float((value - low) / (high - low)) * 28 if high > low else 16.0
            points.append(f"{index * width:.1f},{height:.1f}")
    return " ".join(points)


def _line(visit: Visit, metric: Metric, days: Days) -> dict[str, Any]:
    series = visit.runtime.measuring.series(visit.context, metric.metric, days)
    form = {"year": "%Y", "month": "%Y-%m", "quarter": "%Y-%m"}.get(metric.every, "%m-%d")
    labels = [f"{step.start:{form}}" if step.start is not None else "" for step, _, _ in series]
    urls = [_records_url(visit, metric, step) or "" for step, _, _ in series]
    values = [value for _, value, _ in series]
    return {
        "chart": _chart(visit, metric, labels, values, urls, metric.target),
        "table": _table(visit, metric, visit.t("span"), labels, values, urls, [n for _, _, n in series]),
    }


def _parts(visit: Visit, metric: Metric, days: Days, by: str, kind: str) -> dict[str, Any]:
    parts = visit.runtime.measuring.cut(visit.context, metric.metric, days, by)
    if kind != "funnel":
        parts = [part for part in parts if part.population] or parts
    titles = _part_titles(visit, metric, by, parts)
    shown = parts if kind == "funnel" else parts[:BARS]
    labels = [titles[part.key] for part in shown]
    urls = [_records_url(visit, metric, days, by, part.key) or "" for part in shown]
    values = [part.value for part in shown]
    table = _table(
        visit,
        metric,
        _cut_label(visit, metric, by),
        labels,
        values,
        urls,
        [part.population for part in shown],
    )
    if kind == "funnel":
        return {"funnel": _funnel(visit, metric, by, shown, labels, urls), "table": table}
    chart = _chart(visit, metric, labels, values, urls, None) if kind == "bar" else None
    return {"chart": chart, "table": table}


def _funnel(
    visit: Visit, metric: Metric, by: str, parts: Sequence[Part], labels: list[str], urls: list[str]
) -> list[dict[str, Any]]:
    total = sum((part.value or 0 for part in parts), Decimal(0))
    largest = max((part.value or Decimal(0) for part in parts), default=Decimal(0))
    options: Any = getattr(visit.catalog.entities[metric.of or ""].fields[by], "options", None) or {}
    found = []
    for part, label, url in zip(parts, labels, urls, strict=True):
        value = part.value or Decimal(0)
        option = options.get(part.key)
        found.append(
            {
                "label": label,
                "text": plain_figure(visit, metric, value),
                "share": f"{float(value / total * 100):.0f}%" if total else "",
                "width": round(float(value / largest * 100), 1) if largest else 0.0,
                "colour": (option.colour if option is not None else None) or "blue",
                "url": url or None,
            }
        )
    return found


def _chart(
    visit: Visit,
    metric: Metric,
    labels: list[str],
    values: list[Decimal | None],
    urls: list[str],
    target: Decimal | None,
) -> dict[str, Any]:
    scale = 100 if metric.unit == "percent" else 1
    return {
        "labels": labels,
        "series": [{
            "name": metric.shown.in_(visit.language),
            "values": [round(float(value) * scale, 2) if value is not None else None for value in values],
        }],
        "prefix": "¥" if metric.unit == "money" and visit.catalog.workspace.currency == "CNY" else "",
        "suffix": {"percent": "%", "days": visit.t("unit_days")}.get(metric.unit, ""),
        "decimals": 0 if metric.unit in ("money", "number") else 1,
        "target": float(target) * scale if target is not None else None,
        "urls": urls,
    }  # fmt: skip


def _table(
    visit: Visit,
    metric: Metric,
    first: str,
    labels: list[str],
    values: list[Decimal | None],
    urls: list[str],
    populations: list[int],
) -> dict[str, Any]:
    return {
        "columns": [
            {"label": first, "numeric": False},
            {"label": metric.shown.in_(visit.language), "numeric": True},
            {"label": visit.t("population"), "numeric": True},
        ],
        "rows": [
            {"url": url or None, "cells": [label, plain_figure(visit, metric, value), f"{population:,}"]}
            for label, value, url, population in zip(labels, values, urls, populations, strict=True)
        ],
    }


def _records_url(
    visit: Visit, metric: Metric, days: Days, by: str | None = None, key: Any = None
) -> str | None:
    """Where the records are that add up to a number; a ratio leads to those of its upper half."""
    if metric.ratio is not None:
        metric = visit.runtime.measuring.metric(metric.ratio[0])
    if metric.of is None:
        return None
    span = ".." if days.start is None and days.end is None else f"{days.start or ''}..{days.end or ''}"
    pairs = [("view", "all"), ("metric", metric.metric), ("days", "" if span == ".." else span)]
    if by is not None:
        pairs.append((f"f.{by}.empty", "1") if key is None else (f"f.{by}.is", str(key)))
    return path_with(f"/{metric.of}", pairs)


def _part_titles(visit: Visit, metric: Metric, by: str, parts: Sequence[Part]) -> dict[Any, str]:
    entity = _cut_entity(visit, metric)
    field: Any = visit.catalog.entities[entity].fields[by]
    target = visit.catalog.links[entity].get(by)
    options = getattr(field, "options", None) or {}
    titles = (
        visit.records.titles(visit.context, [(target, part.key) for part in parts if part.key])
        if target
        else {}
    )

    def title(key: Any) -> str:
        if key is None:
            return visit.t("no_value")
        if key in options:
            return str(options[key].label.in_(visit.language))
        if target:
            return titles.get((target, key), str(key)[:8])
        return str(field.display(key, visit.language))

    return {part.key: title(part.key) for part in parts}


def _cut_entity(visit: Visit, metric: Metric) -> str:
    return (
        _cut_entity(visit, visit.runtime.measuring.metric(metric.ratio[1]))
        if metric.ratio
        else metric.of or ""
    )


def _cut_label(visit: Visit, metric: Metric, by: str) -> str:
    return visit.catalog.entities[_cut_entity(visit, metric)].fields[by].label.in_(visit.language)


routes = [("/", ("GET",), home), ("/dashboard/{name}", ("GET",), show)]
