"""Fields that hold a number: number, integer, money, percent."""

from collections.abc import Iterator
from datetime import UTC, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, ClassVar

from ...words import Language
from ..definition import Amount, Fault, Share, Whole, plain_number
from .currencies import Currency
from .field import ORDER_OPERATORS, ColumnKind, Field, Operator, ValueProblem
from .values import DIGITS, as_decimal, shortened

__all__ = ["CURRENCIES", "Integer", "Money", "Number", "Percent"]

CURRENCIES = {
    "CNY": "¥",
    "JPY": "¥",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "TWD": "NT$",
    "KRW": "₩",
}
"""Currency code → the sign that people write."""
_OTHER_NAMES = {
    "CNY": ("RMB", "元", "人民币", "块"),
    "USD": ("US$", "美元"),
    "EUR": ("欧元",),
    "GBP": ("英镑",),
    "HKD": ("港币",),
    "JPY": ("日元",),
}


class Number(Field):
    """A number, exact to ``decimals`` digits after the point (0 to 6)."""

    type_name: ClassVar[str] = "number"
    widget: ClassVar[str] = "number"
    kept_as: ClassVar[ColumnKind | None] = "decimal"
    means: ClassVar[str] = "number"
    operators: ClassVar[tuple[Operator, ...]] = ORDER_OPERATORS
    keywords: ClassVar = {"min": "minimum", "max": "maximum"}

    min: Amount | None = None
    max: Amount | None = None
    decimals: Whole = 2

    @property
    def scale(self) -> int:
        return self.decimals

    @cached_property
    def _step(self) -> Decimal:
        return Decimal(1).scaleb(-self.scale)

    @cached_property
    def _limit(self) -> Decimal:
        return Decimal(10) ** (DIGITS - self.scale)

    @cached_property
    def _lowest(self) -> Decimal:
        return -self._limit

    def coerce(self, value: Any, zone: tzinfo = UTC) -> Decimal | None:
        number = value if value.__class__ is Decimal else self._number(value)
        return None if number is None else self._kept(number)

    def _number(self, value: Any) -> Decimal | None:
        return as_decimal(value)

    def _kept(self, number: Decimal) -> Decimal:
        if not number.is_finite():
            raise ValueProblem("not_a_number", {"given": str(number)})
        if not self._lowest < number < self._limit:
            raise ValueProblem("too_many_digits", {"digits": DIGITS})
        kept = number.quantize(self._step)
        if kept != number:
            raise ValueProblem("too_many_decimals", {"given": shortened(number), "decimals": self.decimals})
        if self.min is not None and kept < self.min:
            raise ValueProblem("too_small", {"min": self._said(self.min)})
        if self.max is not None and kept > self.max:
            raise ValueProblem("too_big", {"max": self._said(self.max)})
        return kept if kept else abs(kept)  # there is no -0

    def _said(self, number: Decimal) -> str:
        return f"{number:,f}"

    def fit(self, value: Any) -> Any:
        if not isinstance(value, (Decimal, int)) or isinstance(value, bool):
            return None
        number = Decimal(value)
        if not number.is_finite() or not -self._limit < number < self._limit:
            return None
        return number.quantize(self._step, ROUND_HALF_UP)

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        if value is None:
            return ""
        text = f"{value:,.{self.scale}f}"
        # Beyond two digits a zero at the end says nothing: 48.858844, but 1,200.00 and not 1,200.000000.
        return text if self.scale <= 2 else text[: 2 - self.scale] + text[2 - self.scale :].rstrip("0")

    def json_schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "number"}
        if self.min is not None:
            schema["minimum"] = plain_number(self.min)
        if self.max is not None:
            schema["maximum"] = plain_number(self.max)
        # No multipleOf: checkers divide floats, and would refuse 0.29 as a multiple of 0.01.
        return schema

    def faults(self) -> Iterator[Fault]:
        if not 0 <= self.decimals <= 6:
            yield Fault(("decimals",), "out_of_range", {"low": 0, "high": 6})
        else:
            yield from super().faults()


class Integer(Number):
    """A whole number."""

    type_name: ClassVar[str] = "integer"
    kept_as: ClassVar[ColumnKind | None] = "integer"

    decimals: Whole = 0

    def coerce(self, value: Any, zone: tzinfo = UTC) -> int | None:  # type: ignore[override]  # whole numbers instead of decimals
        if (
            value.__class__ is int
            and self.min is None
            and self.max is None
            and -(10**DIGITS) < value < 10**DIGITS
        ):
            return value
        number = super().coerce(value, zone)
        return None if number is None else int(number)

    def fit(self, value: Any) -> Any:
        number = super().fit(value)
        return None if number is None else int(number)

    def json_schema(self) -> dict[str, Any]:
        return {**super().json_schema(), "type": "integer"}

    def faults(self) -> Iterator[Fault]:
        if self.decimals:
            yield Fault(("decimals",), "out_of_range", {"low": 0, "high": 0})
        else:
            yield from super().faults()


class Money(Number):
    """An amount of money. ``currency``: CNY, USD, …; the workspace's where it is left out."""

    type_name: ClassVar[str] = "money"
    widget: ClassVar[str] = "money"
    means: ClassVar[str] = "money"

    currency: Currency | None = None

    @property
    def sign(self) -> str:
        """What stands in front of an amount: ``¥``, ``$``, ``CHF ``."""
        return CURRENCIES.get(self.currency, f"{self.currency} ") if self.currency else ""

    def _number(self, value: Any) -> Decimal | None:
        if not isinstance(value, str) or len(value) > 60:
            return as_decimal(value)
        text = value.replace("￥", "¥").replace("＄", "$").strip()
        bare = text
        for mark in self._marks:
            bare = bare.replace(mark, "")
        if not bare.strip() and text:
            raise ValueProblem("not_a_number", {"given": shortened(value)})
        try:
            return as_decimal(bare)
        except ValueProblem:
            other = _other_currency(text, self.currency) if self.currency else None
            if other is None:
                raise
        values = {"given": shortened(text), "currency": self.currency, "other": other}
        raise ValueProblem("other_currency", values)

    @cached_property
    def _marks(self) -> tuple[str, ...]:
        # The longest first, so that US$ is not left as US.
        codes = (self.currency,) if self.currency else tuple(CURRENCIES)
        marks = {m for code in codes for m in (code, CURRENCIES.get(code, code), *_OTHER_NAMES.get(code, ()))}
        return tuple(sorted(marks, key=len, reverse=True))

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        if value is None:
            return ""
        return f"{'-' if value < 0 else ''}{self.sign}{abs(value):,.{self.scale}f}"


def _other_currency(text: str, own: str) -> str | None:
    """The currency that an amount is written in, where that is another one: ``$5`` is no amount of yuan."""
    marks = {
        mark: code for code, sign in CURRENCIES.items() for mark in (sign, code, *_OTHER_NAMES.get(code, ()))
    }
    marks["¥"] = "CNY"
    found = next((marks[mark] for mark in sorted(marks, key=len, reverse=True) if mark in text), own)
    return None if found == own else found


class Percent(Number):
    """A share, kept as a fraction: 20% is 0.2. ``decimals`` counts digits of the percent number: 12.5% has
    one.

    A typed number without a sign is meant in percent, a JSON number is the fraction.
    """

    type_name: ClassVar[str] = "percent"
    widget: ClassVar[str] = "percent"
    means: ClassVar[str] = "percent"

    min: Share | None = None
    max: Share | None = None

    @property
    def scale(self) -> int:
        return self.decimals + 2

    def _number(self, value: Any) -> Decimal | None:
        number = as_decimal(value, "%")
        return number.scaleb(-2) if number is not None and isinstance(value, str) else number

    def to_cell(self, value: Any) -> Any:
        # There a bare 0.2 would be read as 0.2 %.
        return None if value is None else f"{(value * 100).normalize():f}%"

    def _said(self, number: Decimal) -> str:
        return self.display(number, "en")

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        if value is None:
            return ""
        text = f"{value * 100:,.{self.decimals}f}"
        return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"
