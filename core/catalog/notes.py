"""What works and is worth knowing: filters that no database answers, so that every record is tried; open doors."""

from collections.abc import Iterator
from dataclasses import replace

from ..formula import Formula, left_to_python
from ..formula.tree import Path
from ..problems import Problem
from .catalog import Catalog
from .places import Where

__all__ = ["MICROSECONDS", "notes"]

MICROSECONDS = 20
"""What trying one record takes, in all: measured with SQLite, 12 µs for a record of six fields; most have more."""

_CONDITIONS = ("who", "share")
_AMOUNTS = ("sum", "average", "median")


def notes(catalog: Catalog) -> Iterator[Problem]:
    """Every view's filter and every metric that falls back to trying each record, each at its place; and the servers of
    the own network that the workspace opens to requests.
    """
    for host in catalog.workspace.outgoing.allow:
        yield Problem("outgoing_allowed", {"host": host}, level="note")
    where = Where(catalog.merged)
    for name, view in catalog.views.items():
        formula = catalog.formulas.get(("view", name, "where"))
        if formula is not None:
            yield from _filter(catalog, where, formula, view.entity, "view", name, "where")
    for name, metric in catalog.metrics.items():
        if metric.of is None:
            continue
        for key in _CONDITIONS:
            formula = catalog.formulas.get(("metric", name, key))
            if formula is not None:
                yield from _filter(catalog, where, formula, metric.of, "metric", name, key)
        for key in _AMOUNTS:
            formula = catalog.formulas.get(("metric", name, key))
            if formula is not None and not _is_column(formula):
                problem = _note(catalog, "amount_in_python", metric.of, formula.text)
                yield where.in_formula(problem, "metric", name, key)


def _filter(
    catalog: Catalog, where: Where, formula: Formula, entity: str, kind: str, name: str, key: str
) -> Iterator[Problem]:
    for start, end in left_to_python(formula):
        problem = _note(catalog, "filter_in_python", entity, formula.text[start:end])
        values = {**problem.values, "column": start + 1, "width": max(1, end - start)}
        yield where.in_formula(replace(problem, values=values), kind, name, key)


def _note(catalog: Catalog, code: str, entity: str, text: str) -> Problem:
    seconds = MICROSECONDS / 10
    values = {
        "entity": catalog.entities[entity].shown,
        "text": text,
        "cost": MICROSECONDS,
        "seconds": f"{seconds:g}",
    }
    return Problem(code, values, level="note")


def _is_column(formula: Formula) -> bool:
    tree = formula.tree
    return isinstance(tree, Path) and formula.local
