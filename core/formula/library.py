"""The bundled functions. Each is a plain function of right-typed values; empty arguments never reach most of them."""

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from .comparing import local_day
from .env import Env
from .functions import Form, Function, Parameter
from .spelling import lower_ascii, plain_text
from .types import TypeName

__all__ = ["FUNCTIONS"]

_NUMBERS: tuple[TypeName, ...] = ("number", "money", "percent")
_DAYS: tuple[TypeName, ...] = ("date", "datetime")
_TEXTS: tuple[TypeName, ...] = ("text", "choice")

NUMBER, DAY, TEXT, ANY = Parameter(_NUMBERS), Parameter(_DAYS), Parameter(_TEXTS), Parameter()
COUNTED = Parameter(("number",))
MAYBE_COUNT = Parameter(("number",), optional=True)
ANY_MANY = Parameter(optional=True, repeated=True)


def _round(value: Decimal | int, digits: Decimal | int = 0) -> Decimal:
    """To so many digits after the point, halves away from zero as Excel does."""
    return Decimal(value).quantize(Decimal(1).scaleb(-_size(digits, -30, 30)), ROUND_HALF_UP)


def _size(number: Decimal | int, least: int = 0, most: int = 100_000) -> int:
    return int(min(max(number, least), most))


def _days(env: Env, start: date | datetime, end: date | datetime) -> Decimal:
    return Decimal((local_day(end, env) - local_day(start, env)).days)


def _date(year: Decimal, month: Decimal, day: Decimal) -> date:
    return date(int(year), int(month), int(day))


def _add_months(env: Env, day: date | datetime, months: Decimal) -> date:
    """The same day so many months on; the last day of a shorter month."""
    start = local_day(day, env)
    index = start.year * 12 + start.month - 1 + int(months)
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _contains(whole: Any, part: str) -> bool:
    """A list has the item; a text has the part, whatever the case of A to Z."""
    if isinstance(whole, list):
        return part in whole
    return whole is not None and part is not None and lower_ascii(part) in lower_ascii(whole)


def _starts(whole: str | None, start: str | None) -> bool:
    return whole is not None and start is not None and lower_ascii(whole).startswith(lower_ascii(start))


def _left(text: str, count: Decimal | int = 1) -> str:
    return text[: _size(count)]


def _right(text: str, count: Decimal | int = 1) -> str:
    return text[max(0, len(text) - _size(count)) :]


def _concat(*values: Any) -> str:
    return "".join(plain_text(value) for value in values)


def _coalesce(*values: Any) -> Any:
    return next((value for value in values if value is not None and value != ""), None)


def _known_to_the_checker(*_: Any) -> Any:
    return None


def _special(name: str, zh: str, form: Form, result: TypeName | None, *parameters: Parameter) -> Function:
    return Function(name, zh, parameters, result or "same", _known_to_the_checker, form=form)


def _part_of_day(name: str, zh: str, take: Callable[[date], int]) -> Function:
    def call(env: Env, moment: date | datetime) -> Decimal:
        return Decimal(take(local_day(moment, env)))

    return Function(name, zh, (DAY,), "number", call, needs_env=True)


FUNCTIONS: tuple[Function, ...] = (
    _special("IF", "如果", "case", None, Parameter(("yes_no",)), ANY, Parameter(optional=True)),
    _special("SWITCH", "匹配", "case", None, ANY, ANY, ANY, ANY_MANY),
    _special("AND", "并且", "logic", "yes_no", Parameter(("yes_no",)), Parameter(("yes_no",), True, True)),
    _special("OR", "或者", "logic", "yes_no", Parameter(("yes_no",)), Parameter(("yes_no",), True, True)),
    _special("NOT", "非", "logic", "yes_no", Parameter(("yes_no",))),
    _special("SUM", "求和", "aggregate", None, ANY, ANY_MANY),
    _special("COUNT", "计数", "aggregate", "number", ANY, ANY_MANY),
    _special("AVERAGE", "平均", "aggregate", None, ANY, ANY_MANY),
    _special("MIN", "最小", "aggregate", None, ANY, ANY_MANY),
    _special("MAX", "最大", "aggregate", None, ANY, ANY_MANY),
    _special("FIRST", "最早", "aggregate", None, ANY, ANY_MANY),
    _special("LAST", "最近", "aggregate", None, ANY, ANY_MANY),
    Function("ROUND", "四舍五入", (NUMBER, MAYBE_COUNT), "same", _round),
    Function("ABS", "绝对值", (NUMBER,), "same", abs),
    Function("TODAY", "今天", (), "date", lambda env: env.today, needs_env=True, volatile=True),
    Function(
        "NOW", "现在", (), "datetime", lambda env: env.now.astimezone(UTC), needs_env=True, volatile=True
    ),
    Function(
        "CURRENT_USER",
        "当前用户",
        (),
        "record",
        lambda env: env.user,
        needs_env=True,
        volatile=True,
        entity="user",
    ),
    Function("DAYS", "天数", (DAY, DAY), "number", _days, needs_env=True),
    _part_of_day("YEAR", "年", lambda day: day.year),
    _part_of_day("MONTH", "月", lambda day: day.month),
    _part_of_day("DAY", "日", lambda day: day.day),
    Function("DATE", "日期", (COUNTED, COUNTED, COUNTED), "date", _date),
    Function("ADD_MONTHS", "加月", (DAY, COUNTED), "date", _add_months, needs_env=True),
    Function(
        "CONTAINS",
        "包含",
        (Parameter(("text", "choice", "list")), TEXT),
        "yes_no",
        _contains,
        takes_empty=True,
    ),
    Function("STARTS", "开头是", (TEXT, TEXT), "yes_no", _starts, takes_empty=True),
    Function("LEN", "长度", (TEXT,), "number", lambda text: Decimal(len(text))),
    Function("LEFT", "左边", (TEXT, MAYBE_COUNT), "text", _left),
    Function("RIGHT", "右边", (TEXT, MAYBE_COUNT), "text", _right),
    Function("UPPER", "大写", (TEXT,), "text", str.upper),
    Function("LOWER", "小写", (TEXT,), "text", str.lower),
    Function("TRIM", "去空格", (TEXT,), "text", str.strip),
    Function("CONCAT", "连接", (ANY, ANY_MANY), "text", _concat, takes_empty=True),
    Function("COALESCE", "首个非空", (ANY, ANY_MANY), "same", _coalesce, takes_empty=True),
)
