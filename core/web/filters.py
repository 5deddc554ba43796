"""Filters as addresses write them (``class=high``, ``amount.gte=100``), made into one checked condition; and orders.

Pages and the API share them: a filter that one understands, the other understands too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, get_args

from ..context import Context
from ..formula import Formula, FormulaError, both, condition
from ..problems import Label, Problem, Refused, closest
from ..records.plans import EntityPlan
from ..records.records import Records
from ..schema.fields.field import (
    CHOICE_OPERATORS,
    ORDER_OPERATORS,
    TEXT_OPERATORS,
    Field,
    Operator,
    ValueProblem,
)
from ..schema.fields.numbers import Number
from ..schema.fields.texts import Text
from ..schema.fields.times import Date, DateTime, YesNo
from ..schema.fields.values import as_date, as_datetime, as_decimal, as_text, shortened
from ..store.ids import is_id
from ..store.query import Sort

__all__ = [
    "ME", "MOST_FILTERS", "MOST_SORTS", "SYSTEM_OPERATORS", "Filter", "condition_of", "operators_of", "read_filters",
    "read_sort", "sortable",
]  # fmt: skip

MOST_FILTERS = 20
MOST_SORTS = 3
MOST_VALUES = 100
"""How many values one filter may list."""
LONGEST = 200

SYSTEM_OPERATORS: dict[str, tuple[Operator, ...]] = {
    "id": ("is", "in"),
    "external_id": TEXT_OPERATORS,
    "created_at": ORDER_OPERATORS,
    "created_by": CHOICE_OPERATORS,
    "changed_at": ORDER_OPERATORS,
    "changed_by": CHOICE_OPERATORS,
}
"""What filters can ask of the columns that every record has."""

_ALL: tuple[str, ...] = get_args(Operator)
_NO_VALUE = ("empty", "not_empty")
_OPPOSITE = {"empty": "not_empty", "not_empty": "empty"}
_TOO_LONG_TO_SORT = ("long_text", "rich_text", "address", "signature")
ME = ("me", "我")
"""Words for whoever asks."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: the field, what is asked of it, and the value in the field's type.

    ``value`` is a list for ``in`` and ``between`` (two values, either may be ``None``: open), ``None`` for ``empty``
    and ``not_empty``. A date may stand for a field with date and time: it means the whole day.
    """

    field: str
    operator: str
    value: Any


def operators_of(records: Records, entity: str, name: str) -> tuple[str, ...]:
    """What filters can ask of a field or a system column; nothing when it cannot be filtered by, or is not there."""
    field = records.plan(entity).entity.fields.get(name)
    return SYSTEM_OPERATORS.get(name, ()) if field is None else field.operators


def read_filters(
    records: Records, context: Context, entity: str, pairs: Iterable[tuple[str, str]]
) -> tuple[Filter, ...]:
    """One filter for each pair, in their order: ``("amount.gte", "100")``; a field alone means ``is``.

    Links may be given by the linked record's id, external id or title, a person also by ``me``. Through the API, a
    percent without a sign is the fraction, as in its JSON; elsewhere ``20`` means 20%.
    Raises :class:`Refused` with every filter that is not understood, and what is available instead.
    """
    pairs = list(pairs)
    if len(pairs) > MOST_FILTERS:
        raise Refused([Problem("too_many_filters", {"count": len(pairs), "max": MOST_FILTERS})])
    plan = records.plan(entity)
    found: list[Filter] = []
    problems: list[Problem] = []
    for key, text in pairs:
        try:
            found.append(_Reader(records, context, plan, key).read(text))
        except Refused as refusal:
            problems += refusal.problems
    if problems:
        raise Refused(problems)
    return tuple(found)


def condition_of(records: Records, entity: str, filters: Sequence[Filter]) -> Formula | None:
    """The condition that holds where all filters do; ``None`` without filters."""
    whole: Formula | None = None
    scope = records.scope(entity)
    zone = records.catalog.workspace.zone
    for filter_ in filters:
        moment = scope.entity.fields[filter_.field].type == "datetime"
        field = records.plan(entity).entity.fields.get(filter_.field)
        asked: Sequence[tuple[str, Any]] = (
            _exact(filter_, zone)
            if moment
            else ((filter_.operator, filter_.value),)
            if field is None
            else field.asked(filter_.operator, filter_.value)  # type: ignore[arg-type]  # a checked operator
        )
        for operator, value in asked:
            try:
                part = condition(scope, filter_.field, operator, value)
            except FormulaError as error:
                raise Refused([_at(problem, filter_.field) for problem in error.problems]) from None
            whole = part if whole is None else both(whole, part)
    return whole


def sortable(records: Records, entity: str) -> tuple[str, ...]:
    """The columns that a list can be sorted by."""
    plan = records.plan(entity)
    fields = plan.entity.fields
    return tuple(
        column.name
        for column in plan.table.columns
        if column.kind not in ("list", "json")
        and (column.name not in fields or _is_sortable(fields[column.name]))
    )


def _is_sortable(field: Field) -> bool:
    return field.type not in _TOO_LONG_TO_SORT and not field.masked


def read_sort(records: Records, entity: str, text: str) -> tuple[Sort, ...]:
    """The order that ``-amount,name`` means: by amount, largest first, then by name.

    Only columns that the store keeps, at most three. Raises :class:`Refused` (field ``sort``).
    """
    keys = [key.strip() for key in text.split(",") if key.strip()]
    if len(keys) > MOST_SORTS:
        raise Refused([Problem("too_many_sorts", {"count": len(keys), "max": MOST_SORTS}, field="sort")])
    available = sortable(records, entity)
    problems = []
    found: dict[str, Sort] = {}
    for key in keys:
        name = key.lstrip("-+")
        if name not in available:
            values = {"name": shortened(name), "available": available}
            problems.append(Problem("sort_unknown", values, field="sort", instead=closest(name, available)))
        found.setdefault(name, Sort(name, key.startswith("-")))
    if problems:
        raise Refused(problems)
    return tuple(found.values())


class _Reader:
    """Reads one filter. ``key`` is the whole left side: the field, and the operator behind a dot."""

    def __init__(self, records: Records, context: Context, plan: EntityPlan, key: str) -> None:
        self.records, self.context, self.plan, self.key = records, context, plan, key
        name, _, operator = key.rpartition(".") if "." in key else (key, "", "is")
        self.name, self.operator = name, operator
        self.field: Field | None = plan.entity.fields.get(name)
        if self.field is None and name not in SYSTEM_OPERATORS:
            available = (*(n for n, f in plan.entity.fields.items() if f.operators), *SYSTEM_OPERATORS)
            values = {"name": shortened(name), "entity": plan.entity.shown, "available": available}
            raise self._refused("filter_unknown_field", values, closest(name, available))
        if self.field is not None and self.field.masked:
            raise self._refused(
                "filter_not_possible", {"label": self.field.label, "operator": operator, "available": ()}
            )
        shape = records.catalog.shapes[plan.entity.name].fields[name]
        self.type: str = shape.type
        self.label: Label = shape.shown
        self.target: str | None = shape.link or (self.field.leads_to_many if self.field is not None else None)
        operators = SYSTEM_OPERATORS[name] if self.field is None else self.field.operators
        if operator not in operators:
            values = {"label": self.label, "operator": shortened(operator), "available": operators}
            code = "filter_operator" if operators else "filter_not_possible"
            raise self._refused(code, values, closest(operator, operators))

    def read(self, text: str) -> Filter:
        """The filter with its value in the field's type."""
        if self.operator in _NO_VALUE:
            return Filter(self.name, self._wanted(text), None)
        if self.operator == "between":
            sides = [part.strip() for part in text.split(",")]
            if len(sides) != 2 or not any(sides):
                raise self._refused("filter_between", {"label": self.label})
            return Filter(self.name, "between", [self.one(side) if side else None for side in sides])
        if self.operator == "in":
            items = [part.strip() for part in text.split(",") if part.strip()]
            if not items or len(items) > MOST_VALUES:
                raise self._refused("filter_in", {"label": self.label, "max": MOST_VALUES})
            return Filter(self.name, "in", [self.one(item) for item in items])
        return Filter(self.name, self.operator, self.one(text))

    def one(self, text: str) -> Any:
        """One value. Raises :class:`Refused` where it is nothing, or nothing for this field."""
        try:
            value = self._value(text)
        except ValueProblem as error:
            values = {"label": self.label, **error.values}
            raise Refused([Problem(error.code, values, field=self.key, instead=error.instead)]) from None
        if value is None:
            raise self._refused("filter_needs_value", {"label": self.label, "name": self.name})
        return value

    def _wanted(self, text: str) -> str:
        """``empty`` itself, or its opposite where ``empty=false`` is said."""
        if text.strip() in ("", "1"):
            return self.operator
        try:
            yes = YesNo.coerce(_YES_NO, text)
        except ValueProblem as error:
            raise Refused([Problem(error.code, error.values, field=self.key)]) from None
        return self.operator if yes is not False else _OPPOSITE[self.operator]

    def _value(self, text: str) -> Any:
        zone = self.context.zone
        if self.operator in ("contains", "starts") and self.type != "list":
            return _short(text)
        if self.name == "id":
            return _short(text)
        if self.target is not None:
            return self._linked(text)
        field = getattr(self.field, "worker", self.field)
        if self.type == "datetime":
            with_time = ":" in text or "T" in text or "时" in text or "点" in text
            return as_datetime(text, zone) if with_time else as_date(text, zone)
        if self.type == "date":
            return as_date(text, zone)
        if self.type == "percent" and self.context.door == "api" and "%" not in text:
            return as_decimal(text)
        if isinstance(field, Number):
            return _without_limits(field).coerce(text, zone)
        if isinstance(field, (Text, Date, DateTime)) or field is None:
            return _short(text)
        value = field.coerce(text, zone)
        if self.type != "list" or value is None:
            return value
        if len(value) != 1:
            raise self._refused("filter_one_value", {"label": self.label})
        return value[0]

    def _linked(self, text: str) -> str | None:
        """The id of the linked record that is meant by its id, its external id or its title."""
        target, plain = str(self.target), _short(text)
        if plain is None or is_id(plain):
            return plain
        plan = self.records.plan(target)
        for column in ("external_id", plan.entity.title_field):
            rows = self.records.store.lookup(target, column, plain)
            seen = [row for row in rows if self.records.sees(self.context, target, row)]
            if len(seen) > 1:
                values = {"entity": plan.entity.shown, "text": plain, "count": len(seen)}
                raise self._refused("link_is_ambiguous", values)
            if seen:
                return str(seen[0]["id"])
        if target == "user" and plain.casefold() in ME:
            return self.context.actor
        values = {"label": self.label, "entity": plan.entity.shown, "text": shortened(plain)}
        raise self._refused("link_leads_nowhere", values)

    def _refused(self, code: str, values: dict[str, Any], instead: str | None = None) -> Refused:
        return Refused([Problem(code, values, field=shortened(self.key, 100), instead=instead)])


_YES_NO = YesNo.model_validate({"type": "yes_no", "label": {"zh": "是否", "en": "Yes or no"}})


def _short(text: str) -> str | None:
    plain = as_text(text)
    if plain is not None and len(plain) > LONGEST:
        raise ValueProblem("too_long", {"max": LONGEST, "length": len(plain)})
    return plain


def _without_limits(field: Number) -> Number:
    """What a record may not hold can still be asked for: ``amount.gte=-1``."""
    if field.min is None and field.max is None:
        return field
    return field.model_copy(update={"min": None, "max": None})


def _exact(filter_: Filter, zone: Any) -> list[tuple[str, Any]]:
    """A question about days, asked of a point in time, as moments: an index can answer it then."""
    value, operator = filter_.value, filter_.operator
    if operator == "between":
        low, high = value
        lower = [] if low is None else _moments("gte", low, zone)
        return lower + ([] if high is None else _moments("lte", high, zone))
    return _moments(operator, value, zone)


def _moments(operator: str, value: Any, zone: Any) -> list[tuple[str, Any]]:
    if not isinstance(value, date) or isinstance(value, datetime):
        return [(operator, value)]
    try:
        start, end = (
            datetime.combine(value + timedelta(days), time(), zone).astimezone(UTC) for days in (0, 1)
        )
    except (OverflowError, ValueError):
        return [(operator, value)]  # the first and the last day that dates know
    match operator:
        case "is":
            return [("gte", start), ("lt", end)]
        case "gt":
            return [("gte", end)]
        case "lte":
            return [("lt", end)]
        case "gte" | "lt":
            return [(operator, start)]
    return [(operator, value)]


def _at(problem: Problem, field: str) -> Problem:
    return Problem(problem.code, problem.values, problem.place, field, problem.level, problem.instead)
