"""Fields that nobody fills in: formula, rollup, number_series, and windows on the system columns."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property, lru_cache
from typing import Any, ClassVar, Literal

from ...words import Language
from ...words.schema import SPOKEN
from ..definition import Condition, Fault, FormulaText, Whole, YesNo
from ..names import DottedName, Name
from .currencies import Currency
from .field import CHOICE_OPERATORS, ORDER_OPERATORS, ColumnKind, Field, Operator, ValueProblem
from .numbers import Money, Number, Percent
from .texts import Text
from .times import Date, DateTime
from .times import YesNo as YesNoField
from .values import as_datetime, as_text

__all__ = ["ChangedAt", "ChangedBy", "CreatedAt", "CreatedBy", "Formula", "NumberSeries", "Rollup"]

Result = Literal[
    "text", "number", "money", "percent", "yes_no", "date", "datetime", "choice", "list", "record"
]
Aggregate = Literal["count", "sum", "average", "min", "max", "first", "last"]
AGGREGATES: tuple[Aggregate, ...] = ("count", "sum", "average", "min", "max", "first", "last")

_COLUMNS: dict[str, ColumnKind] = {
    "number": "decimal",
    "money": "decimal",
    "percent": "decimal",
    "yes_no": "boolean",
    "date": "date",
    "datetime": "datetime",
    "list": "list",
}
_WORKERS: dict[str, type[Field]] = {
    "number": Number,
    "money": Money,
    "percent": Percent,
    "yes_no": YesNoField,
    "date": Date,
    "datetime": DateTime,
}


class Computed(Field):
    """What formula and rollup share. ``result`` and ``decimals`` are worked out by the catalog where not
    given.
    """

    widget: ClassVar[str] = "readonly"
    computed: ClassVar[bool] = True

    result: Result | None = None
    decimals: Whole = 2
    currency: Currency | None = None

    @cached_property
    def worker(self) -> Field:
        """A field of the type that the result has: it fits, shows and describes the values."""
        result = self.result or "text"
        keys: dict[str, Any] = {"type": result, "label": self.label}
        if result in ("number", "money", "percent"):
            keys["decimals"] = self.decimals
        if result == "money":
            keys["currency"] = self.currency
        return _WORKERS.get(result, Text).model_validate(keys)

    @property
    def column(self) -> ColumnKind | None:
        return _COLUMNS.get(self.result or "text", "text")

    @property
    def scale(self) -> int:
        return self.worker.scale

    @property
    def formula_type(self) -> str:
        return self.result or "text"

    @property
    def operators(self) -> tuple[Operator, ...]:  # type: ignore[override]  # here it depends on the result
        if self.result in ("choice", "record"):
            return CHOICE_OPERATORS
        return ("contains", "empty", "not_empty") if self.result == "list" else self.worker.operators

    def coerce(self, value: Any, zone: tzinfo = UTC) -> None:
        if value is not None:
            raise ValueProblem("is_computed")

    def fit(self, value: Any) -> Any:
        if self.result == "list":
            return list(value) if isinstance(value, (list, tuple)) and value else None
        return self.worker.fit(value)

    def to_json(self, value: Any) -> Any:
        return self.worker.to_json(value)

    def to_cell(self, value: Any) -> Any:
        return ";".join(map(str, value)) if isinstance(value, (list, tuple)) else self.worker.to_cell(value)

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        if isinstance(value, (list, tuple)):
            return SPOKEN[language]["comma"].join(map(str, value))
        return self.worker.display(value, language, zone)

    def json_schema(self) -> dict[str, Any]:
        if self.result == "list":
            return {"type": "array", "items": {"type": "string"}, "readOnly": True}
        return {**self.worker.json_schema(), "readOnly": True}


class Formula(Computed):
    """A value worked out from the record's other values."""

    type_name: ClassVar[str] = "formula"

    formula: FormulaText


class Rollup(Computed):
    """A value worked out from records that link here: exactly one of count, sum, average, min, max, first and
    last.

    ``count`` names the entity, the others an entity and a field of it (``order.amount``); ``via``: the link
    field, when there is more than one; ``where``: which of the records, a condition over them.
    """

    type_name: ClassVar[str] = "rollup"

    count: Name | None = None
    sum: DottedName | None = None
    average: DottedName | None = None
    min: DottedName | None = None
    max: DottedName | None = None
    first: DottedName | None = None
    last: DottedName | None = None
    via: Name | None = None
    where: Condition | None = None

    @property
    def aggregate(self) -> Aggregate:
        """Which of the seven it is."""
        return next((name for name in AGGREGATES if getattr(self, name) is not None), "count")

    @property
    def child(self) -> str:
        """The entity whose records are looked at."""
        return str(getattr(self, self.aggregate) or "").partition(".")[0]

    @property
    def child_field(self) -> str | None:
        """The field of it that is looked at; ``None`` for a count."""
        return str(getattr(self, self.aggregate) or "").partition(".")[2] or None

    def faults(self) -> Iterator[Fault]:
        given = [name for name in AGGREGATES if getattr(self, name) is not None]
        if not given:
            yield Fault((), "rollup_without_aggregate", {"available": AGGREGATES}, on_key=True)
        for name in given[1:]:
            yield Fault((name,), "one_of", {"first": given[0], "second": name}, on_key=True)
        for name in given:
            text = getattr(self, name)
            if name != "count" and text.count(".") != 1:
                yield Fault((name,), "bad_entity_field", {"given": text})


_PIECE = re.compile(r"\{([^{}]*)\}")
_DATES = ("yyyy", "yy", "mm", "dd")


def _is_series(text: str) -> bool:
    pieces = _PIECE.findall(text)
    counters = [piece for piece in pieces if piece and set(piece) == {"0"} and len(piece) <= 10]
    right = all(piece in _DATES or piece in counters for piece in pieces) and len(counters) == 1
    return right and not set(_PIECE.sub("", text)) & {"{", "}"} and len(text) <= 60


class NumberSeries(Field):
    """A number given once, without gaps. ``format``: ``SO-{yyyy}{mm}-{0000}``; it restarts with the date
    parts used.
    """

    type_name: ClassVar[str] = "number_series"
    widget: ClassVar[str] = "readonly"

    format: str

    def faults(self) -> Iterator[Fault]:
        if not _is_series(self.format):
            yield Fault(("format",), "bad_series", {"given": self.format})

    def number(self, series_number: int, on: date) -> str:
        """The text of the n-th number of the series on this day; longer than the zeros when it must be."""
        return _PIECE.sub(
            lambda piece: (
                str(series_number).zfill(len(piece[1])) if piece[1][0] == "0" else _part(piece[1], on)
            ),
            self.format,
        )

    def series_key(self, field_owner: str, on: date) -> str:
        """What is counted together: the owner (``order.number``) and the date parts that the format uses."""
        parts = [name for name in _DATES if f"{{{name}}}" in self.format]
        if "yyyy" in parts and "yy" in parts:
            parts.remove("yy")
        return ":".join([field_owner, *(_part(name, on) for name in parts)])

    def parse_number(self, text: str, on: date) -> int | None:
        """Which number of the series (of this day) a text is; ``None`` when it is none of it."""
        found = _series_pattern(self.format, on).fullmatch(text)
        return int(found[1]) if found else None

    def coerce(self, value: Any, zone: tzinfo = UTC) -> str | None:
        text = as_text(value)
        if text is not None and len(text) > 100:
            raise ValueProblem("too_long", {"max": 100, "length": len(text)})
        return text

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": 100}


@lru_cache(maxsize=64)
def _series_pattern(series: str, on: date) -> re.Pattern[str]:
    """What the numbers of a series look like on a day; an import asks for it row after row."""
    pattern, end = "", 0
    for piece in _PIECE.finditer(series):
        pattern += re.escape(series[end : piece.start()])
        pattern += rf"([0-9]{{{len(piece[1])},15}})" if piece[1][0] == "0" else _part(piece[1], on)
        end = piece.end()
    return re.compile(pattern + re.escape(series[end:]))


def _part(name: str, on: date) -> str:
    if name in ("yyyy", "yy"):
        return f"{on.year:04}"[-len(name) :]
    return f"{on.month if name == 'mm' else on.day:02}"


class SystemField(Field):
    """A window on a system column: for showing, sorting and filtering."""

    widget: ClassVar[str] = "readonly"
    computed: ClassVar[bool] = True
    kept_as: ClassVar[ColumnKind | None] = None

    readonly: YesNo = True

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "readOnly": True}


class CreatedAt(SystemField):
    """When the record was created."""

    type_name: ClassVar[str] = "created_at"
    system: ClassVar[str | None] = "created_at"
    means: ClassVar[str] = "datetime"
    operators: ClassVar[tuple[Operator, ...]] = ORDER_OPERATORS

    def coerce(self, value: Any, zone: tzinfo = UTC) -> datetime | None:
        return as_datetime(value, zone)

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        return "" if value is None else f"{value.astimezone(zone):%Y-%m-%d %H:%M}"

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time", "readOnly": True}


class ChangedAt(CreatedAt):
    """When the record was last changed."""

    type_name: ClassVar[str] = "changed_at"
    system: ClassVar[str | None] = "changed_at"


class CreatedBy(SystemField):
    """Who created the record."""

    type_name: ClassVar[str] = "created_by"
    system: ClassVar[str | None] = "created_by"
    means: ClassVar[str] = "record"
    operators: ClassVar[tuple[Operator, ...]] = CHOICE_OPERATORS

    def coerce(self, value: Any, zone: tzinfo = UTC) -> str | None:
        return as_text(value)


class ChangedBy(CreatedBy):
    """Who last changed the record."""

    type_name: ClassVar[str] = "changed_by"
    system: ClassVar[str | None] = "changed_by"
