"""Line items: rows inside a record, with columns, rules and totals of their own."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, tzinfo
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, Literal

from ...problems import Label, Problem, advice, closest, message
from ...words import Language
from ...words.schema import SPOKEN
from ..definition import Condition, Fault, Names, Part, Whole
from ..labels import Text
from ..names import Name
from .field import ColumnKind, Field, Operator, ValueProblem
from .field_map import FieldMap
from .structured import as_json
from .values import shortened

__all__ = ["IN_TABLE", "RowRule", "RowsProblem", "Table", "Total", "in_row"]

Row = dict[str, Any]
Total = Literal["sum", "average", "min", "max", "count"]

IN_TABLE = frozenset(
    {
        "text",
        "long_text",
        "number",
        "integer",
        "money",
        "percent",
        "yes_no",
        "date",
        "datetime",
        "time",
        "duration",
    }
    | {"choice", "email", "phone", "url", "region", "colour", "rating", "score", "link", "user", "formula"}
)
"""What a column of a table may be."""
NUMBERS = frozenset({"number", "money", "percent"})
MOST = 1000
"""Rows that a table may have at most."""


class RowRule(Part):
    """What every row must satisfy: columns that must be filled, or a condition that must hold, when ``when`` holds."""

    rule: Name
    when: Condition | None = None
    require: Names = ()
    check: Condition | None = None
    message: Text | None = None

    def faults(self) -> Iterator[Fault]:
        if not self.require and self.check is None:
            yield Fault(("rule",), "rule_without_demand", {"name": self.rule})


class RowsProblem(ValueProblem):
    """What is wrong with some rows, all of it."""

    def __init__(self, problems: Sequence[ValueProblem]) -> None:
        super().__init__(problems[0].code, problems[0].values, problems[0].instead)
        self._all = tuple(problems)

    @property
    def all(self) -> tuple[ValueProblem, ...]:
        return self._all


class Table(Field):
    """Rows with columns of their own: the items of an order. ``fields``: the columns; ``rules``: what every row must
    satisfy; ``totals``: what stands below a column; ``min``, ``max``: how many rows.

    Kept as a list of objects in JSON form. A JSON list, and rows pasted from a spreadsheet with or without their
    heading, are read.
    """

    type_name: ClassVar[str] = "table"
    widget: ClassVar[str] = "table"
    kept_as: ClassVar[ColumnKind | None] = "json"
    means: ClassVar[str] = "records"
    operators: ClassVar[tuple[Operator, ...]] = ("empty", "not_empty")
    keywords: ClassVar = {"max": "maxItems", "min": "minItems"}

    fields: FieldMap
    rules: tuple[RowRule, ...] = ()
    totals: dict[Name, Total] = {}  # noqa: RUF012  (pydantic copies it)
    min: Whole | None = None
    max: Whole = 200

    @cached_property
    def writable(self) -> dict[str, Field]:
        """The columns that are filled in, in their order."""
        return {name: field for name, field in self.fields.items() if not field.computed}

    @cached_property
    def _spellings(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, field in self.fields.items():
            for text in (name, field.label.zh, field.label.en, *field.also):
                found.setdefault(text.strip().casefold(), name)
        return found

    def coerce(self, value: Any, zone: tzinfo = UTC) -> list[Row] | None:
        problems: list[ValueProblem] = []
        rows = []
        for number, given in enumerate(self.given(value), start=1):
            row = self._row(number, given, zone, problems)
            if row:
                problems += self._missing(number, row)
                rows.append(row)
        if len(rows) > self.max:
            problems.append(ValueProblem("too_many_rows", {"max": self.max, "count": len(rows)}))
        if rows and self.min is not None and len(rows) < self.min:
            problems.append(ValueProblem("too_few_rows", {"min": self.min, "count": len(rows)}))
        if problems:
            raise RowsProblem(problems)
        return rows or None

    def given(self, value: Any) -> list[Any]:
        """The rows as they came: objects by column, or lists of cells. Raises :class:`ValueProblem` for no rows."""
        if isinstance(value, str):
            value = _read(value)
        if value is None:
            return []
        if not isinstance(value, (list, tuple)) or len(value) > 10 * MOST:
            raise ValueProblem("not_rows", {"given": shortened(value)})
        if value and all(isinstance(row, (list, tuple)) for row in value):
            heading = [self._spellings.get(str(cell).strip().casefold()) for cell in value[0]]
            if heading and all(heading):
                return [dict(zip(heading, row, strict=False)) for row in value[1:]]
        return list(value)

    def _row(self, number: int, given: Any, zone: tzinfo, problems: list[ValueProblem]) -> Row:
        if isinstance(given, (list, tuple)):
            if len(given) > len(self.writable):
                values = {"row": number, "count": len(given), "max": len(self.writable)}
                problems.append(ValueProblem("row_too_wide", values))
            given = dict(zip(self.writable, given, strict=False))
        if not isinstance(given, Mapping):
            raise ValueProblem("not_rows", {"given": shortened(given)})
        named: Row = {}
        for key, value in given.items():
            name = key if key in self.fields else self._spellings.get(str(key).strip().casefold())
            if name is None:
                labels = tuple(field.label for field in self.writable.values())
                case = {"row": number, "given": shortened(key), "available": labels}
                problems.append(ValueProblem("row_unknown_column", case, closest(str(key), self.fields)))
            else:
                named[name] = value
        row: Row = {}
        for name, field in self.writable.items():
            try:
                kept = field.coerce(named.get(name), zone)
            except ValueProblem as problem:
                problems.append(in_row(number, field, problem))
                row[name] = None
                continue
            if kept is not None:
                row[name] = field.to_json(kept)
        return self._with_defaults(row)

    def _with_defaults(self, row: Row) -> Row:
        """A row in which something stands gets the defaults of the columns in which nothing does."""
        if row:
            for name, field in self.writable.items():
                if name not in row and field.default is not None and not str(field.default).startswith("="):
                    row[name] = field.to_json(field.coerce(field.default))
        return {name: row[name] for name in self.writable if name in row}

    def _missing(self, number: int, row: Row) -> Iterator[ValueProblem]:
        for name, field in self.writable.items():
            if field.required and name not in row:
                yield ValueProblem("row_required", {"row": number, "column": field.label})

    def typed(self, row: Mapping[str, Any]) -> Row:
        """A kept row with its values as formulas take them: numbers exact, dates as dates."""
        return {name: _typed(field, row.get(name)) for name, field in self.fields.items()}

    def rows(self, value: Any) -> list[Row]:
        """The rows of a kept value, each typed."""
        return [self.typed(row) for row in value or ()]

    def total(self, name: str, rows: Sequence[Row]) -> Any:
        """The total that stands below a column, over typed rows; ``None`` where nothing is to be added up."""
        values = [row[name] for row in rows if row.get(name) is not None]
        match self.totals.get(name):
            case "count":
                return len(values)
            case None:
                return None
            case _ if not values:
                return None
            case "average":
                return Decimal(sum(values)) / len(values)
            case "sum":
                return sum(values)
            case "min":
                return min(values)
        return max(values)

    def total_text(self, name: str, rows: Sequence[Row], language: Language, zone: tzinfo = UTC) -> str:
        """The total of a column as people read it, ``""`` for none."""
        total, field = self.total(name, rows), self.fields[name]
        if total is None:
            return ""
        if self.totals[name] == "count":
            return f"{total:,}"
        worker: Field = getattr(field, "worker", field)
        return field.display(worker.fit(total), language, zone)

    def to_json(self, value: Any) -> Any:
        return value

    def to_cell(self, value: Any) -> Any:
        return None if value is None else as_json(value)

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        if not value:
            return ""
        rows = self.rows(value) if self.totals else []
        said = [SPOKEN[language]["rows"].format(count=len(value))]
        for name in self.totals:
            if text := self.total_text(name, rows, language, zone):
                said.append(f"{self.fields[name].label.in_(language)} {text}")
        return " · ".join(said)

    def json_schema(self) -> dict[str, Any]:
        properties = {}
        for name, field in self.fields.items():
            schema = field.json_schema()
            schema["type"] = [
                *([schema["type"]] if isinstance(schema["type"], str) else schema["type"]),
                "null",
            ]
            if "enum" in schema:
                schema["enum"] = [*schema["enum"], None]
            properties[name] = {"title": field.label.en, **schema}
        required = [name for name, field in self.writable.items() if field.required]
        items = {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }
        limits = {"maxItems": self.max} | ({"minItems": self.min} if self.min is not None else {})
        return {"type": "array", "items": items, **limits}

    def faults(self) -> Iterator[Fault]:
        if not self.writable:
            yield Fault(("fields",), "no_fields", {"name": self.label})
        if not 1 <= self.max <= MOST:
            yield Fault(("max",), "out_of_range", {"low": 1, "high": MOST})
        for name, field in self.fields.items():
            if field.type not in IN_TABLE:
                values = {"given": field.type, "available": tuple(sorted(IN_TABLE))}
                yield Fault(("fields", name, "type"), "type_not_in_table", values)
        named: list[tuple[tuple[str | int, ...], str, bool]] = [
            (("totals", name), name, True) for name in self.totals
        ]
        for i, rule in enumerate(self.rules):
            named += [(("rules", i, "require", j), name, False) for j, name in enumerate(rule.require)]
        for path, name, on_key in named:
            if name not in self.fields:
                values = {"name": name, "available": tuple(self.fields)}
                yield Fault(path, "unknown_column", values, closest(name, self.fields), on_key)
        for name, total in self.totals.items():
            of = self.fields.get(name)
            if (
                of is not None
                and of.type != "formula"
                and total != "count"
                and of.formula_type not in NUMBERS
            ):
                yield Fault(("totals", name), "total_of_no_number", {"name": of.label, "total": total})
        if self.default is None:
            yield from super().faults()


def in_row(number: int, field: Field, problem: ValueProblem) -> ValueProblem:
    """What is wrong with a cell, told with its row and the label of its column."""
    found = Problem(problem.code, {"label": field.label, **problem.values}, instead=problem.instead)
    said = Label(message(found, "zh"), message(found, "en"))
    advised = Label(advice(found, "zh"), advice(found, "en"))
    return ValueProblem(
        "row_value", {"row": number, "column": field.label, "problem": said, "advice": advised}
    )


def _read(text: str) -> Any:
    """The rows of a text: JSON, or cells between tabs as spreadsheets copy them."""
    plain = text.strip("\r\n ")
    if not plain.strip():
        return None
    if len(plain) > 1_000_000:
        raise ValueProblem("not_rows", {"given": shortened(text)})
    if plain.startswith("["):
        try:
            return json.loads(plain)
        except (ValueError, RecursionError):
            raise ValueProblem("not_rows", {"given": shortened(text)}) from None
    if "\t" not in plain and "\n" not in plain:
        raise ValueProblem("not_rows", {"given": shortened(text)})
    try:
        return [
            row for row in csv.reader(plain.splitlines(), delimiter="\t") if any(cell.strip() for cell in row)
        ]
    except csv.Error:
        raise ValueProblem("not_rows", {"given": shortened(text)}) from None


def _typed(field: Field, value: Any) -> Any:
    if value is None:
        return None
    try:
        worker: Field = getattr(field, "worker", field)
        return worker.coerce(value)
    except ValueProblem:  # what an older definition allowed is nothing to reckon with
        return None
