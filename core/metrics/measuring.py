"""Measuring a metric: its value over a period, over whom, against its target, against the period before, in parts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from ..catalog.catalog import Catalog
from ..context import Context
from ..formula import Env, Formula, both
from ..formula.tree import InPeriod, Tree, parts
from ..problems import Problem, Refused, closest
from ..records.records import Records
from ..records.totals import asks_the_clock
from ..schema.metric import Metric
from ..store.protocol import Store
from ..store.query import Query, Row, Totals
from .periods import Days, before, steps

__all__ = ["Measured", "Measuring", "Part"]

MOST = 512
"""How many sums of expressions are remembered; the oldest goes first."""

Verdict = Literal["reached", "missed", "none"]


@dataclass(frozen=True, slots=True)
class Part:
    """The metric for one part of its population: ``key`` is the field's value (``None``: empty)."""

    key: Any
    value: Decimal | None
    population: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What a metric says.

    ``value`` is in the metric's unit (a percent is a fraction), ``None`` when nothing can be said; ``population``: how
    many records it rests on; ``enough``: whether these are as many as the metric asks for; ``previous``: its value over
    the period before; ``verdict``: against the target; ``definitions``: the version of the catalog it was measured
    under; ``reads``: the entities whose records it rests on.
    """

    metric: Metric
    days: Days
    value: Decimal | None
    population: int
    enough: bool
    previous: Decimal | None
    verdict: Verdict
    definitions: str
    reads: frozenset[str]

    @property
    def change(self) -> Decimal | None:
        """Against the period before: in percentage points (a fraction) for percents, relative otherwise."""
        if self.value is None or self.previous is None:
            return None
        if self.metric.unit == "percent":
            return self.value - self.previous
        return (self.value - self.previous) / abs(self.previous) if self.previous else None

    @property
    def improves(self) -> bool | None:
        """Whether the change is for the better; ``None`` when there is none."""
        if not self.change:
            return None
        return (self.change > 0) == (self.metric.better == "higher")


class Measuring:
    """Measures the metrics of one catalog."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._catalog: Catalog = records.catalog
        self._sums: dict[Any, tuple[int, dict[Any, tuple[Decimal, int]]]] = {}

    def metric(self, name: str) -> Metric:
        """The metric of this name. Raises :class:`Refused` (``missing``)."""
        metrics = self._catalog.metrics
        if name not in metrics:
            values = {"name": name, "available": list(metrics)}
            raise Refused([Problem("no_such_metric", values, instead=closest(name, metrics))], "missing")
        return metrics[name]

    def measure(self, context: Context, name: str, days: Days) -> Measured:
        """The metric over these days, compared with the days before."""
        metric = self.metric(name)
        value, population = self._whole(context, metric, days)
        earlier = before(days) if self.has_period(metric) else None
        previous = self._whole(context, metric, earlier)[0] if earlier is not None else None
        enough = population >= metric.at_least
        verdict = _verdict(metric, value, enough)
        version, reads = self._catalog.version, self.reads(metric)
        return Measured(metric, days, value, population, enough, previous, verdict, version, reads)

    def reads(self, metric: Metric) -> frozenset[str]:
        """The entities whose records the metric rests on."""
        if metric.ratio is not None:
            return frozenset().union(*(self.reads(self.metric(name)) for name in metric.ratio))
        formulas = [self._formula(metric, key) for key in ("who", "share", "sum", "average")]
        return self._records.reads(metric.of or "", *(formula for formula in formulas if formula is not None))

    def cut(self, context: Context, name: str, days: Days, by: str) -> list[Part]:
        """The metric for every value of a field; choices and stages in their own order, others largest first."""
        metric = self.metric(name)
        if by not in metric.by:
            values = {"name": by, "available": list(metric.by), "metric": metric.shown}
            raise Refused([Problem("not_a_cut", values, field="by", instead=closest(by, metric.by))])
        groups = self._measured(context, metric, days, by)
        order = self._options(metric, by)
        found = [Part(key, value, population) for key, (value, population) in groups.items()]
        if order is not None:
            there = {part.key for part in found}
            found += [Part(key, None, 0) for key in order if key not in there]
            position = {key: index for index, key in enumerate(order)}
            return sorted(found, key=lambda part: position.get(part.key, len(position)))
        return sorted(found, key=lambda part: (part.value is None, -(part.value or 0), str(part.key)))

    def series(self, context: Context, name: str, days: Days) -> list[tuple[Days, Decimal | None, int]]:
        """The metric step by step over these days (its ``every``): (days, value, population)."""
        metric = self.metric(name)
        found = []
        for step in steps(days, metric.every, context.today):
            found.append((step, *self._whole(context, metric, step)))
        return found

    def has_period(self, metric: Metric) -> bool:
        """Whether the metric looks at a period at all."""
        if metric.ratio is not None:
            return any(self.has_period(self.metric(name)) for name in metric.ratio)
        formulas = (self._formula(metric, key) for key in ("who", "share", "sum", "average"))
        return any(_asks_for_period(formula.tree) for formula in formulas if formula is not None)

    # inside

    def _whole(self, context: Context, metric: Metric, days: Days) -> tuple[Decimal | None, int]:
        groups = self._measured(context, metric, days, None)
        empty = Decimal(0) if metric.calculation in ("count", "sum") else None
        return groups.get(None, (empty, 0))

    def _measured(
        self, context: Context, metric: Metric, days: Days, by: str | None
    ) -> dict[Any, tuple[Decimal | None, int]]:
        who = self._formula(metric, "who")
        match metric.calculation:
            case "ratio":
                assert metric.ratio is not None
                over, under = (self._measured(context, self.metric(name), days, by) for name in metric.ratio)
                none = Decimal(0) if self.metric(metric.ratio[0]).calculation in ("count", "sum") else None
                return {
                    key: (_over(over.get(key, (none, 0))[0], value), n) for key, (value, n) in under.items()
                }
            case "share":
                share = self._formula(metric, "share")
                all_of_them = self._count(context, metric, who, days, by)
                some = self._count(context, metric, share if who is None else both(who, share), days, by)  # type: ignore[arg-type]  # a share has its formula
                return {
                    key: (_over(Decimal(some.get(key, 0)), Decimal(n)), n) for key, n in all_of_them.items()
                }
            case "count":
                return {
                    key: (Decimal(n), n) for key, n in self._count(context, metric, who, days, by).items()
                }
            case calculation:
                sums = self._summed(context, metric, calculation, who, days, by)
                if calculation == "sum":
                    return {key: (total, n) for key, (total, n) in sums.items()}
                return {key: (_over(total, Decimal(n)), n) for key, (total, n) in sums.items()}

    def _count(
        self, context: Context, metric: Metric, who: Formula | None, days: Days, by: str | None
    ) -> dict[Any, int]:
        assert metric.of is not None
        asked = self._totals(context, metric.of, (("count", "id"),), who, days, by)
        if isinstance(metric.count, str):
            asked = replace(asked, group=(*asked.group, metric.count))
            return {
                key[0] if by else None: count
                for key, count in self._records.different(context, asked).items()
            }
        return {
            group.key[0] if by else None: group.values[0] for group in self._records.totals(context, asked)
        }

    def _summed(
        self,
        context: Context,
        metric: Metric,
        calculation: str,
        who: Formula | None,
        days: Days,
        by: str | None,
    ) -> dict[Any, tuple[Decimal, int]]:
        """key → (sum, how many had a value), by the store for a column, here for anything else."""
        assert metric.of is not None
        formula = self._formula(metric, calculation)
        assert formula is not None
        path = next(iter(formula.uses), ())
        name = path[0] if len(path) == 1 and formula.text.strip() == path[0] else None
        entity = metric.of
        if (
            name is None
            or name not in self._catalog.entities[entity].fields
            or not self._catalog.is_stored(entity, name)
        ):
            return self._summed_here(context, metric, formula, who, days, by)
        asked = self._totals(context, entity, (("sum", name), ("count", name)), who, days, by)
        return {
            group.key[0] if by else None: (Decimal(group.values[0] or 0), group.values[1])
            for group in self._records.totals(context, asked)
        }

    def _summed_here(
        self,
        context: Context,
        metric: Metric,
        formula: Formula,
        who: Formula | None,
        days: Days,
        by: str | None,
    ) -> dict[Any, tuple[Decimal, int]]:
        """An expression over every record, remembered until a record of the entity changes."""
        assert metric.of is not None
        store = self._records.store
        condition = self._records.where(context, metric.of, who)
        seen = condition.text if condition is not None else ""
        question = (metric.metric, days, by, context.today, context.actor, seen)
        revision = store.revision(metric.of)
        lasting = all(each is None or _lasts(each) for each in (formula, condition))
        known = self._sums.get(question) if lasting else None
        if known is not None and known[0] == revision:
            return known[1]
        env = replace(self._records.env(context), period=days.bounds)
        found: dict[Any, tuple[Decimal, int]] = defaultdict(lambda: (Decimal(0), 0))
        for row in _matching(store, metric.of, condition, env):
            value = formula.evaluate(row, env)
            if value is not None:
                key = row.get(by) if by else None
                total, count = found[key]
                found[key] = (total + Decimal(value), count + 1)
        if lasting:
            while len(self._sums) >= MOST:
                self._sums.pop(next(iter(list(self._sums))), None)
            self._sums[question] = (revision, dict(found))
        return dict(found)

    def _totals(
        self, context: Context, entity: str, take: Any, who: Formula | None, days: Days, by: str | None
    ) -> Totals:
        env = replace(self._records.env(context), period=days.bounds)
        return Totals(entity, take, who, (by,) if by else (), env)

    def _formula(self, metric: Metric, key: str) -> Formula | None:
        return self._catalog.formulas.get(("metric", metric.metric, key))

    def _options(self, metric: Metric, by: str) -> list[str] | None:
        if metric.ratio is not None:
            return self._options(self.metric(metric.ratio[1]), by)
        field = self._catalog.entities[metric.of].fields.get(by) if metric.of is not None else None
        options: Mapping[str, Any] | None = getattr(field, "options", None)
        return list(options) if options else None


def _matching(store: Store, entity: str, condition: Formula | None, env: Env) -> Iterable[Row]:
    """The rows that meet the condition; where it looks at no other records, the store finds them by its indexes."""
    if condition is None:
        return store.rows(entity)
    if condition.local:
        return store.find(Query(entity, condition, limit=10**9, env=env))
    return (row for row in store.rows(entity) if condition.evaluate(row, env))


def _over(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if part is None or not whole else part / whole


def _lasts(formula: Formula) -> bool:
    """Whether what it gives holds until a record of its own entity changes, or the day ends."""
    return formula.local and not asks_the_clock(formula)


def _asks_for_period(tree: Tree) -> bool:
    return isinstance(tree, InPeriod) or any(_asks_for_period(part) for part in parts(tree))


def _verdict(metric: Metric, value: Decimal | None, enough: bool) -> Verdict:
    if value is None or metric.target is None or not enough:
        return "none"
    reached = value >= metric.target if metric.better == "higher" else value <= metric.target
    return "reached" if reached else "missed"
