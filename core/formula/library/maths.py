"""Numbers. All of it is exact to 28 digits, in decimals, as a spreadsheet person expects: 0.1 + 0.2 is 0.3."""

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

from ..numbers import bounded
from .rows import COUNTED, MAYBE_COUNT, MAYBE_NUMBER, NUMBER, row, whole

__all__ = ["MATHS", "rounded"]


def rounded(value: Any, digits: Any = 0, how: str = ROUND_HALF_UP) -> Decimal:
    """To so many digits after the point (before it, where negative), halves away from zero as Excel does."""
    return Decimal(value).quantize(Decimal(1).scaleb(-whole(digits, -30, 30)), how)


def _round_up(value: Any, digits: Any = 0) -> Decimal:
    return rounded(value, digits, ROUND_UP)


def _round_down(value: Any, digits: Any = 0) -> Decimal:
    return rounded(value, digits, ROUND_DOWN)


def _int(value: Any) -> Decimal:
    return rounded(value, 0, ROUND_FLOOR)


def _step(value: Any, step: Any, how: str) -> Decimal | None:
    """The multiple of ``step`` next to the value; a step of zero or less has none."""
    if step <= 0:
        return None
    return bounded((Decimal(value) / Decimal(step)).quantize(Decimal(1), how) * step)


def _ceiling(value: Any, step: Any = 1) -> Decimal | None:
    return _step(value, step, ROUND_CEILING)


def _floor(value: Any, step: Any = 1) -> Decimal | None:
    return _step(value, step, ROUND_FLOOR)


def _quotient(value: Any, by: Any) -> Decimal:
    return (Decimal(value) / Decimal(by)).quantize(Decimal(1), ROUND_DOWN)


def _mod(value: Any, by: Any) -> Decimal | None:
    """What is left over, with the sign of the divisor as in Excel."""
    rest = Decimal(value) % Decimal(by)
    return rest + by if rest and (rest < 0) != (by < 0) else rest


def _power(value: Any, exponent: Any) -> Decimal | None:
    if abs(exponent) > 1000 or (not value and exponent < 0):
        return None
    return bounded(Decimal(value) ** exponent)


def _sqrt(value: Any) -> Decimal | None:
    return Decimal(value).sqrt() if value >= 0 else None


def _sign(value: Any) -> Decimal:
    return Decimal((value > 0) - (value < 0))


def _clamp(value: Any, least: Any, most: Any) -> Any:
    return max(least, min(value, most))


def _as_number(value: Any) -> Any:
    return value


def _share(part: Any, all_: Any) -> Decimal | None:
    return bounded(Decimal(part) / Decimal(all_))


MATHS = (
    row("ROUND 四舍五入", (NUMBER, MAYBE_COUNT), None, rounded, in_page=True,
        zh="四舍五入到若干位小数", en="To so many digits after the point, halves away from zero",
        example="ROUND(2.345, 2) → 2.35"),
    row("ROUND_UP 向上舍入 ROUNDUP", (NUMBER, MAYBE_COUNT), None, _round_up, in_page=True,
        zh="往离零远的方向舍入", en="Rounded away from zero", example="ROUND_UP(2.341, 2) → 2.35"),
    row("ROUND_DOWN 向下舍入 ROUNDDOWN TRUNC", (NUMBER, MAYBE_COUNT), None, _round_down, in_page=True,
        zh="往零的方向舍入", en="Rounded towards zero", example="ROUND_DOWN(2.349, 2) → 2.34"),
    row("CEILING 进到倍数", (NUMBER, MAYBE_NUMBER), None, _ceiling, in_page=True,
        zh="不小于它的整数，或某数的倍数", en="The next whole number above, or the next multiple of the second value",
        example="CEILING(23, 10) → 30"),
    row("FLOOR 舍到倍数", (NUMBER, MAYBE_NUMBER), None, _floor, in_page=True,
        zh="不大于它的整数，或某数的倍数", en="The next whole number below, or the next multiple of the second value",
        example="FLOOR(27, 10) → 20"),
    row("INT 取整", (NUMBER,), None, _int, in_page=True,
        zh="不大于它的整数", en="The next whole number below", example="INT(-2.5) → -3"),
    row("QUOTIENT 整除", (NUMBER, NUMBER), "number", _quotient, in_page=True,
        zh="相除的整数部分", en="The whole part of a division", example="QUOTIENT(17, 5) → 3"),
    row("MOD 求余", (NUMBER, NUMBER), None, _mod, in_page=True,
        zh="相除的余数，符号与除数相同", en="What a division leaves over, with the sign of the divisor",
        example="MOD(17, 5) → 2"),
    row("ABS 绝对值", (NUMBER,), None, abs, in_page=True, zh="绝对值", en="Without its sign", example="ABS(-5) → 5"),
    row("SIGN 正负", (NUMBER,), "number", _sign, in_page=True,
        zh="正数是 1，负数是 -1，零是 0", en="1, -1 or 0 for a positive, negative or no number",
        example="SIGN(-5) → -1"),
    row("POWER 乘方 POW", (COUNTED, COUNTED), "number", _power,
        zh="乘方", en="To the power of", example="POWER(2, 10) → 1024"),
    row("SQRT 平方根", (COUNTED,), "number", _sqrt, zh="平方根", en="The square root", example="SQRT(81) → 9"),
    row("CLAMP 限定", (NUMBER, NUMBER, NUMBER), None, _clamp, in_page=True,
        zh="限定在两个数之间", en="Held between two numbers", example="CLAMP(130, 0, 100) → 100"),
    row("AS_NUMBER 数值", (NUMBER,), "number", _as_number, in_page=True,
        zh="金额的数值，不带币种，可以再乘汇率", en="The bare number of an amount, without its currency",
        example="AS_NUMBER(7.5) * 2 → 15"),
    row("SHARE 占比", (NUMBER, NUMBER), "percent", _share, in_page=True,
        zh="第一个数是第二个的百分之几", en="What share of the second number the first is",
        example="SHARE(30, 120) → 0.25"),
)  # fmt: skip
"""Functions of numbers."""
