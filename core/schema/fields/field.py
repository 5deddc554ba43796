"""What every field type has: its common keys, and what it promises to do with values."""

import builtins
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from types import MappingProxyType
from typing import Any, ClassVar, Literal, Self

from pydantic_core import PydanticCustomError

from ...problems import closest
from ...words import Language
from ..definition import Fault, Literally, Part, YesNo, formula_in, plain_number
from ..labels import Text
from ..names import Name

__all__ = ["ColumnKind", "Field", "Operator", "ValueProblem"]

ColumnKind = Literal["text", "integer", "decimal", "boolean", "date", "datetime", "list", "json"]
"""The kinds of column a store has."""
Operator = Literal[
    "is", "is_not", "contains", "starts", "gt", "gte", "lt", "lte", "in", "empty", "not_empty", "between"
]
TEXT_OPERATORS: tuple[Operator, ...] = ("is", "is_not", "contains", "starts", "in", "empty", "not_empty")
ORDER_OPERATORS: tuple[Operator, ...] = (
    "is",
    "is_not",
    "gt",
    "gte",
    "lt",
    "lte",
    "between",
    "empty",
    "not_empty",
)
CHOICE_OPERATORS: tuple[Operator, ...] = ("is", "is_not", "in", "empty", "not_empty")


class ValueProblem(ValueError):  # noqa: N818  (it is a Problem in the making)
    """A value that a field cannot take: a code of ``words.values``, its values, what may be meant."""

    def __init__(
        self, code: str, values: Mapping[str, Any] = MappingProxyType({}), instead: str | None = None
    ) -> None:
        self.code = code
        self.values = values
        self.instead = instead
        super().__init__(code)

    @property
    def all(self) -> "tuple[ValueProblem, ...]":
        """Everything that is wrong; a value of many parts may have many."""
        return (self,)


class Field(Part):
    """A field of an entity.

    ``also``: column headings that mean this field on import; ``after``, ``before``: where it stands among the
    fields; ``search``: whether the search box looks at it; ``index``: whether the store keeps it quick to
    filter and sort by.
    """

    type_name: ClassVar[str]
    """What ``type:`` says."""
    widget: ClassVar[str] = "text"
    """The kind of input that pages show."""
    computed: ClassVar[bool] = False
    """Whether its values come from other values, and nobody may give one."""
    system: ClassVar[str | None] = None
    """The system column that it shows, if it is a window on one."""
    kept_as: ClassVar[ColumnKind | None] = "text"
    means: ClassVar[str] = "text"
    operators: ClassVar[tuple[Operator, ...]] = TEXT_OPERATORS
    """What filters can ask of it."""
    keywords: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """Which of its keys a JSON Schema keyword says: key → keyword."""
    masked: ClassVar[bool] = False
    """Whether its values are kept and never shown: pages, the API, exports, events and formulas see a mask."""

    type: str
    label: Text
    help: Text | None = None
    required: YesNo = False
    default: Literally = None
    readonly: YesNo = False
    also: tuple[str, ...] = ()
    after: Name | None = None
    before: Name | None = None
    search: YesNo | None = None
    index: YesNo | None = None

    @property
    def column(self) -> ColumnKind | None:
        """The kind of column that keeps its values; ``None`` when nothing is kept."""
        return self.kept_as

    @property
    def scale(self) -> int:
        """Digits after the point that a decimal column keeps."""
        return 0

    @property
    def formula_type(self) -> str:
        """What formulas take it for: text number money percent yes_no date datetime choice list record
        records.
        """
        return self.means

    @property
    def leads_to(self) -> str | None:
        """The entity whose record its value names, if it names one."""
        return None

    @property
    def leads_to_many(self) -> str | None:
        """The entity whose records its value lists, if it lists some."""
        return None

    def coerce(self, value: Any, zone: tzinfo = UTC) -> Any:
        """The value as it is kept, from JSON, a form, a spreadsheet, or itself; ``None`` for nothing.

        ``zone`` is where a date and time without a zone was meant. Raises :class:`ValueProblem`, never
        anything else.
        """
        raise NotImplementedError

    def to_json(self, value: Any) -> Any:
        """A kept value as JSON: numbers as numbers, dates as ISO text; ``coerce`` takes it back unchanged."""
        if isinstance(value, Decimal):
            return plain_number(value)
        if isinstance(value, datetime):
            return value.isoformat().replace("+00:00", "Z")
        return value.isoformat() if isinstance(value, date) else value

    def to_cell(self, value: Any) -> Any:
        """A kept value as the cell of a spreadsheet: a text, a number or yes/no; ``coerce`` takes it back unchanged."""
        return self.to_json(value)

    def asked(self, operator: Operator, value: Any) -> tuple[tuple[Operator, Any], ...]:
        """What a filter asks of the column, all of it together; most fields are asked as they are filtered."""
        return ((operator, value),)

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        """A kept value as people read it."""
        return "" if value is None else str(value)

    def fit(self, value: Any) -> Any:
        """A computed value as its column keeps it; ``None`` for what it cannot keep."""
        try:
            return self.coerce(value)
        except ValueProblem:
            return None

    def json_schema(self) -> dict[str, Any]:
        """What a JSON value of this field looks like (2020-12), without its presentation."""
        return {"type": "string"}

    @classmethod
    def which(cls, value: Any, types: Any) -> "builtins.type[Self]":
        """The field type that a plain definition names; ``types`` is a
        :class:`~kehu.core.schema.registry.FieldTypes`.
        """
        if not isinstance(value, Mapping):
            raise PydanticCustomError("wrong_type", "field", {"expected": "field"})
        name = value.get("type")
        near = None if "type" in value else closest("type", list(value))
        if near is not None:
            raise PydanticCustomError("unknown_key", "type", {"at": (near,), "available": ("type",)})
        if name is None:
            raise PydanticCustomError("missing_key", "type", {"key": "type"})
        found = types.get(name) if isinstance(name, str) else None
        if found is None:
            raise PydanticCustomError(
                "unknown_field_type", "type", {"at": ("type",), "given": name, "available": tuple(types)}
            )
        return found  # type: ignore[no-any-return]  # pydantic says Any

    def faults(self) -> Iterator[Fault]:
        low, high = getattr(self, "min", None), getattr(self, "max", None)
        if low is not None and high is not None and low > high:
            yield Fault(("min",), "min_above_max", {"min": low, "max": high})
        elif self.default is not None and formula_in(self.default) is None and not self.computed:
            try:
                self.coerce(self.default)
            except ValueProblem as problem:
                yield Fault(("default",), problem.code, problem.values, problem.instead)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some keys set otherwise; nothing that was worked out for the old keys comes along."""
        copied = super().model_copy(update=update, deep=deep)
        for worked_out in copied.__dict__.keys() - type(copied).model_fields.keys():
            del copied.__dict__[worked_out]
        return copied
