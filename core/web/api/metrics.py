"""Metrics: what they mean, and what they say."""

from collections.abc import Sequence
from typing import Any, get_args

from starlette.responses import Response

from ...metrics.measuring import Measured, Part
from ...metrics.periods import Days, days_of
from ...schema.dashboard import Span
from ...schema.metric import Metric
from ...store.ids import is_id
from ..requests import json_response
from .parameters import Parameters
from .resources import Call

__all__ = ["SPANS", "index", "measured"]

SPANS: tuple[Span, ...] = get_args(Span)
USUAL_SPAN: Span = "last_12_months"


def index(call: Call) -> Response:
    """GET ``/api/metrics``."""
    Parameters(call.request, ())
    metrics = call.runtime.catalog.metrics.values()
    return json_response({"items": [_about(call, metric) for metric in metrics]})


def measured(call: Call) -> Response:
    """GET ``/api/metrics/{metric}``: over ``period``, in parts with ``by=field``, step by step with ``series=true``."""
    measuring = call.runtime.measuring
    metric = measuring.metric(call.named("metric"))
    given = Parameters(call.request, ("period", "by", "series"))
    name: Any = given.one_of("period", SPANS) or USUAL_SPAN
    by = given.one_of("by", metric.by)
    days = days_of(name, call.context.today)
    found = measuring.measure(call.context, metric.name, days)
    answer = {**_about(call, metric), "period": {"name": name, **_span(days)}, **_figures(found)}
    if by is not None:
        answer["by"] = by
        answer["parts"] = _parts(call, metric, by, measuring.cut(call.context, metric.name, days, by))
    if given.yes("series"):
        steps = measuring.series(call.context, metric.name, days)
        answer["series"] = [{**_span(step), "value": value, "population": n} for step, value, n in steps]
    return json_response(answer)


def _about(call: Call, metric: Metric) -> dict[str, Any]:
    language = call.context.language
    return {
        "name": metric.name,
        "label": metric.shown.in_(language),
        "means": None if metric.means is None else metric.means.in_(language),
        "of": metric.of,
        "unit": metric.unit,
        "better": metric.better,
        "target": metric.target,
        "at_least": metric.at_least,
        "can_be_cut_by": list(metric.by),
        "href": f"{call.root}/metrics/{metric.name}",
    }


def _span(days: Days) -> dict[str, Any]:
    """``start`` is the first day, ``end`` the day behind the last; ``null``: open."""
    return {"start": days.start, "end": days.end}


def _figures(found: Measured) -> dict[str, Any]:
    return {
        "value": found.value,
        "population": found.population,
        "enough": found.enough,
        "previous": found.previous,
        "change": found.change,
        "improves": found.improves,
        "verdict": found.verdict,
        "definitions": found.definitions,
        "reads": sorted(found.reads),
    }


def _parts(call: Call, metric: Metric, by: str, parts: Sequence[Part]) -> list[dict[str, Any]]:
    labels = _labels(call, metric, by, parts)
    return [
        {
            "key": part.key,
            "label": labels.get(part.key),
            "value": part.value,
            "population": part.population,
        }
        for part in parts
    ]


def _labels(call: Call, metric: Metric, by: str, parts: Sequence[Part]) -> dict[Any, str | None]:
    """What people call the parts: the labels of options, the titles of linked records, else the value itself."""
    entity = call.runtime.catalog.entities[metric.of] if metric.of is not None else None
    field = entity.fields[by] if entity is not None else None
    target = call.runtime.catalog.links[metric.of].get(by) if metric.of is not None else None
    keys = [part.key for part in parts if part.key is not None]
    if target is not None:
        titles = call.records.titles(call.context, {(target, key) for key in keys if is_id(str(key))})
        return {key: titles.get((target, key)) for key in keys}
    language, zone = call.context.language, call.context.zone
    return {key: field.display(key, language, zone) if field is not None else str(key) for key in keys}
