"""What all definitions have in common: frozen, no unknown keys, a name, and formulas that can be found."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    Strict,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from ..problems import Label
from .labels import humanised
from .names import Name

__all__ = [
    "Amount",
    "Condition",
    "Definition",
    "Fault",
    "FormulaMark",
    "FormulaText",
    "Goal",
    "Literally",
    "Names",
    "Part",
    "Path",
    "Share",
    "Whole",
    "YesNo",
    "all_faults",
    "formula_in",
    "formulas",
]

Path = tuple[str | int, ...]
"""Keys and list positions from the top of a definition: ``("fields", "phone", "required")``."""


@dataclass(frozen=True, slots=True)
class FormulaMark:
    """Says of a key that a formula stands there.

    ``expects``: the type it must give (``yes_no``, …), ``None`` for any. ``literal``: a plain value may stand
    there too, and only a text that starts with ``=`` is a formula.
    """

    expects: str | None = None
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong inside a definition that is valid key by key. ``on_key`` points at the key, not the
    value.
    """

    path: Path
    code: str
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    instead: str | None = None
    on_key: bool = False


def _formula_text(value: Any) -> Any:
    # `when: true` and `target: 5` are formulas too; YAML has already made them a yes/no and a number.
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value) if isinstance(value, (int, float)) else value


def _not_blank(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("empty_value", "empty")
    return value


def _amount(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 1e15:
        raise PydanticCustomError("wrong_type", "number", {"expected": "number"})
    return Decimal(str(value))


def _share(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    text = value.strip().removesuffix("%") if isinstance(value, str) and value.strip().endswith("%") else None
    try:
        number = Decimal(text.strip()) / 100 if text is not None else _amount(value)
    except (ArithmeticError, PydanticCustomError):
        number = Decimal("NaN")
    # A bare number above 1 is more likely 20 for 20% than 2000%, so it is asked for.
    if not number.is_finite() or (text is None and abs(number) > 1) or abs(number) > 1000:
        raise PydanticCustomError("wrong_type", "percent", {"expected": "percent"})
    return number


def _goal(value: Any) -> Decimal:
    return _share(value) if isinstance(value, str) and value.strip().endswith("%") else _amount(value)


def plain_number(value: Decimal | int) -> int | float:
    """A number as JSON writes it: without a point where it is whole."""
    if isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _one_or_more(value: Any) -> Any:
    if isinstance(value, str) and (several := re.split(r"\s*[,，、]\s*", value.strip()))[1:]:
        raise PydanticCustomError(
            "wrong_type", "list", {"expected": "list", "instead": f"[{', '.join(several)}]"}
        )
    return (value,) if isinstance(value, str) else value


YesNo = Annotated[bool, Strict()]
Whole = Annotated[int, Strict()]
Amount = Annotated[Decimal, BeforeValidator(_amount), PlainSerializer(plain_number)]
"""A number, exact: gives a Decimal."""
Share = Annotated[Decimal, BeforeValidator(_share), PlainSerializer(plain_number)]
"""``20%`` or ``0.2``: gives a Decimal fraction, 0.2."""
Goal = Annotated[Decimal, BeforeValidator(_goal), PlainSerializer(plain_number)]
"""A number, or ``20%`` for 0.2."""
Names = Annotated[tuple[Name, ...], BeforeValidator(_one_or_more)]
"""A list of names; one name alone will do."""
FormulaText = Annotated[str, BeforeValidator(_formula_text), AfterValidator(_not_blank), FormulaMark()]
"""A formula that may give anything."""
Condition = Annotated[str, BeforeValidator(_formula_text), AfterValidator(_not_blank), FormulaMark("yes_no")]
"""A formula that gives yes or no."""
Literally = Annotated[Any, FormulaMark(literal=True)]
"""Any plain value; a text that starts with ``=`` is a formula."""


class Part(BaseModel):
    """A piece of a definition: frozen, and unknown keys are refused."""

    # Built when first read: a workspace uses a third of all kinds of parts, and a start need not wait for the others.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, serialize_by_alias=True)

    @classmethod
    def which(cls, value: Any, types: Any) -> type[Self]:
        """The class that reads this plain value: one of its own kinds, where it has several."""
        return cls

    def faults(self) -> Iterator[Fault]:
        """What is wrong between its keys; paths start at this part."""
        return iter(())

    @model_validator(mode="after")
    def _tell_faults(self, info: ValidationInfo) -> Self:
        """Faults join what is wrong with other keys, so that a reader gets everything at once."""
        if (info.context or {}).get("quiet"):
            return self
        details = [
            InitErrorDetails(
                type=PydanticCustomError(
                    fault.code,
                    "fault",
                    {**fault.values, "instead": fault.instead, "on_key": fault.on_key},
                ),
                loc=fault.path,
                input=None,
            )
            for fault in self.faults()
        ]
        if details:
            raise ValidationError.from_exception_data(type(self).__name__, details)
        return self

    def plain(self) -> dict[str, Any]:
        """As a definition file would say it: JSON values, keys that have their usual value left out."""
        plain: dict[str, Any] = self.model_dump(mode="json", exclude_defaults=True)
        return plain


class Definition(Part):
    """A whole definition: what one file says."""

    noun: ClassVar[str]
    """Its kind, which is also the key that names it: ``entity``, ``form``, …"""

    @property
    def name(self) -> str:
        """Its stable name."""
        return str(getattr(self, self.noun))

    @property
    def shown(self) -> Label:
        """What people see: its label, or its name made readable."""
        return getattr(self, "label", None) or humanised(self.name)


def formula_in(value: Any) -> str | None:
    """The formula where a literal or a formula may stand: the text after ``=``, or ``None`` for a literal."""
    return value[1:] if isinstance(value, str) and value.startswith("=") else None


def all_faults(part: BaseModel, path: Path = ()) -> Iterator[Fault]:
    """What is wrong in a part and in the parts inside it, with paths from the top."""
    if isinstance(part, Part):
        for fault in part.faults():
            yield replace(fault, path=(*path, *fault.path))
    for name, info in type(part).model_fields.items():
        yield from _faults_inside(getattr(part, name), (*path, info.alias or name))


def _faults_inside(value: Any, path: Path) -> Iterator[Fault]:
    if isinstance(value, BaseModel):
        yield from all_faults(value, path)
    elif value.__class__ in (dict, tuple):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _faults_inside(item, (*path, step))


def formulas(part: BaseModel) -> Iterator[tuple[Path, str, FormulaMark]]:
    """Every formula of a part and the parts in it: (path, the formula as written, its mark).

    Where a literal could stand, only formulas come, with their ``=`` cut off (the path leads to the text
    with it).
    """
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        if value is not None:
            yield from _formulas_of(value, (info.alias or name,), _marks(type(part)).get(name))


def _formulas_of(value: Any, path: Path, mark: FormulaMark | None) -> Iterator[tuple[Path, str, FormulaMark]]:
    if isinstance(value, BaseModel):
        for below, text, found in formulas(value):
            yield (*path, *below), text, found
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _formulas_of(item, (*path, key), mark)
    elif isinstance(value, (tuple, list)):
        for position, item in enumerate(value):
            yield from _formulas_of(item, (*path, position), mark)
    elif mark is not None and isinstance(value, str):
        formula = formula_in(value) if mark.literal else value
        if formula is not None:
            yield path, formula, mark


@cache
def _marks(model: type[BaseModel]) -> dict[str, FormulaMark]:
    found = {}
    for name, info in model.model_fields.items():
        mark = next((m for m in info.metadata if isinstance(m, FormulaMark)), None) or _mark_in(
            info.annotation
        )
        if mark is not None:
            found[name] = mark
    return found


def _mark_in(annotation: Any) -> FormulaMark | None:
    for argument in get_args(annotation):
        if isinstance(argument, FormulaMark):
            return argument
        if (found := _mark_in(argument)) is not None:
            return found
    return None
