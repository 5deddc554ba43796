"""Fields that hold a measured number: duration, rating, score."""

import re
from collections.abc import Iterator
from datetime import UTC, timedelta, tzinfo
from decimal import Decimal
from typing import Any, ClassVar, Literal
from unicodedata import normalize

from ...words import Language
from ...words.schema import SPOKEN
from ..definition import Amount, Fault, Whole
from .field import ValueProblem
from .numbers import Integer, Number
from .values import as_decimal, shortened

__all__ = ["Duration", "Rating", "Score"]

Unit = Literal["seconds", "minutes", "hours", "days"]
_SECONDS: dict[str, int] = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400}
_PIECE = re.compile(
    r"(\d{1,9}(?:\.\d{1,6})?|半)\s*个?\s*"
    r"(半)?\s*(days?|d|天|日|hours?|hrs?|h|小时|钟头|minutes?|mins?|m|分钟|分|seconds?|secs?|s|秒钟?)(半)?",
    re.ASCII,
)
_CLOCK = re.compile(r"(\d{1,6}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_ISO = re.compile(
    r"p(?:(\d{1,6}(?:\.\d+)?)w)?(?:(\d{1,6}(?:\.\d+)?)d)?"
    r"(?:t(?:(\d{1,6}(?:\.\d+)?)h)?(?:(\d{1,6}(?:\.\d+)?)m)?(?:(\d{1,9}(?:\.\d+)?)s)?)?",
    re.ASCII,
)
_FIRST = {"d": 86_400, "天": 86_400, "日": 86_400, "h": 3600, "小": 3600, "钟": 3600, "m": 60, "分": 60}


class Duration(Number):
    """A length of time, kept as a number of ``unit`` (``minutes`` where nothing is said): 90.

    ``1h30``, ``1:30`` (hours and minutes), ``2 小时 15 分``, ``半小时``, ``1.5 hours`` and ``PT1H30M`` are read; a
    number alone counts the unit. A day is 24 hours.
    """

    type_name: ClassVar[str] = "duration"
    widget: ClassVar[str] = "duration"

    unit: Unit = "minutes"
    decimals: Whole = 0
    min: Amount | None = Decimal(0)

    def _number(self, value: Any) -> Decimal | None:
        if isinstance(value, timedelta):
            seconds = Decimal(value.days * 86_400 + value.seconds) + Decimal(value.microseconds).scaleb(-6)
            return self._in_unit(seconds)
        if not isinstance(value, str) or len(value) > 60:
            return as_decimal(value)
        plain = normalize("NFKC", value).strip().casefold()
        seconds_ = _seconds(plain)
        if seconds_ is not None:
            return self._in_unit(seconds_)
        try:
            return as_decimal(plain)
        except ValueProblem:
            raise ValueProblem("not_a_duration", {"given": shortened(value)}) from None

    def seconds(self, value: Decimal) -> Decimal:
        """A kept value in seconds."""
        return value * _SECONDS[self.unit]

    def _in_unit(self, seconds: Decimal) -> Decimal:
        # A third of an hour has no end of digits; what is kept has as many as the field says.
        return (seconds / _SECONDS[self.unit]).quantize(self._step)

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        if value is None:
            return ""
        total = int(self.seconds(value).to_integral_value())
        spoken, left, said = SPOKEN[language], abs(total), []
        for name in ("hours", "minutes", "seconds") if self.unit != "days" else tuple(_SECONDS)[::-1]:
            count, left = divmod(left, _SECONDS[name])
            if count:
                said.append(f"{count:,}{spoken[name]}")
        return ("-" if total < 0 else "") + (" ".join(said) or f"0{spoken[self.unit]}")


def _seconds(text: str) -> Decimal | None:
    """How many seconds a written length is; ``None`` for what is none, or a number alone."""
    if clock := _CLOCK.fullmatch(text):
        return Decimal(int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0))
    if len(text) > 1 and text[0] == "p" and (iso := _ISO.fullmatch(text)) and any(iso.groups()):
        sizes = (604_800, 86_400, 3600, 60, 1)
        return sum((Decimal(n) * size for n, size in zip(iso.groups(), sizes, strict=True) if n), Decimal(0))
    rest = re.sub(r"(?<=\d)(h|小时|时)\s*(\d{1,2})$", r"\1\2m", text.replace("点", "时"))  # 1h30
    total, end = Decimal(0), 0
    for piece in _PIECE.finditer(rest):
        if rest[end : piece.start()].strip(" ,，和零又and"):
            return None
        count = Decimal("0.5") if piece[1] == "半" else Decimal(piece[1])
        count += Decimal("0.5") * ((piece[2] is not None) + (piece[4] is not None))
        total += count * _FIRST.get(piece[3][0], 1)
        end = piece.end()
    return total if end and not rest[end:].strip() else None


class Rating(Integer):
    """Stars, from 1 to ``max`` (5 where nothing is said). ``★★★``, ``3/5`` and ``3 星`` are read."""

    type_name: ClassVar[str] = "rating"
    widget: ClassVar[str] = "rating"

    min: Amount | None = Decimal(1)
    max: Amount | None = Decimal(5)

    def _number(self, value: Any) -> Decimal | None:
        if not isinstance(value, str) or len(value) > 60:
            return as_decimal(value)
        plain = normalize("NFKC", value).strip()
        stars = plain.replace("⭐", "★").replace("\ufe0f", "")
        if stars and set(stars) <= {"★", "☆"}:
            return Decimal(stars.count("★"))
        if self.max is not None:
            plain = plain.removesuffix(f"/{self.max}").strip()
        return as_decimal(plain, "星颗级分")

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        most = int(self.max or 0)
        return "" if value is None else "★" * value + "☆" * max(0, most - value)

    def faults(self) -> Iterator[Fault]:
        if self.max is None or self.min is None or not 1 <= self.max <= 10 or self.min < 0:
            yield Fault(("max",), "out_of_range", {"low": 1, "high": 10})
        else:
            yield from super().faults()


class Score(Number):
    """Points, from 0 to ``max`` (100 where nothing is said). ``85``, ``85 分`` and ``85/100`` are read."""

    type_name: ClassVar[str] = "score"
    widget: ClassVar[str] = "score"

    decimals: Whole = 0
    min: Amount | None = Decimal(0)
    max: Amount | None = Decimal(100)

    def _number(self, value: Any) -> Decimal | None:
        if not isinstance(value, str) or len(value) > 60:
            return as_decimal(value)
        plain = normalize("NFKC", value).strip()
        if self.max is not None:
            plain = plain.removesuffix(f"/{self.max}").strip()
        return as_decimal(plain, "分")

    def display(self, value: Any, language: Language, zone: tzinfo = UTC) -> str:
        if value is None:
            return ""
        return f"{value:,.{self.scale}f}" + (f" / {self.max:,f}" if self.max is not None else "")
