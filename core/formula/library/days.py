"""Days, times and lengths of time. A moment counts as the day that it is where the workspace is."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ..comparing import local_day
from ..env import Env
from ..functions import Function, Parameter
from ..literals import moment
from .rows import COUNTED, DAY, DURATION, TEXT, row

__all__ = ["DAYS"]

_FARTHEST = 36_600
"""Days between which working days are counted: a hundred years."""

_PATTERN = re.compile("yyyy|yy|mm|m|dd|d")
_DAY = timedelta(days=1)
Moment = date | datetime


def _days(env: Env, start: Moment, end: Moment) -> Decimal:
    return Decimal((local_day(end, env) - local_day(start, env)).days)


def _date(year: Decimal, month: Decimal, day: Decimal) -> date:
    return date(int(year), int(month), int(day))


def _later(start: date, months: int) -> date:
    """The same day so many months on; the last day of a shorter month."""
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _add_months(env: Env, day: Moment, months: Decimal) -> date:
    return _later(local_day(day, env), int(months))


def _add_years(env: Env, day: Moment, years: Decimal) -> date:
    return _later(local_day(day, env), int(years) * 12)


def _add_days(env: Env, day: Moment, days: Decimal) -> date:
    return local_day(day, env) + timedelta(days=int(days))


def _months(env: Env, start: Moment, end: Moment) -> Decimal:
    """Whole months from one day to the other; negative backwards."""
    one, two = local_day(start, env), local_day(end, env)
    sign, one, two = (1, one, two) if one <= two else (-1, two, one)
    return Decimal(sign * ((two.year - one.year) * 12 + two.month - one.month - (two.day < one.day)))


def _years(env: Env, start: Moment, end: Moment) -> Decimal:
    months = int(_months(env, start, end))
    return Decimal(months // 12 if months >= 0 else -(-months // 12))


def _workdays(env: Env, start: Moment, end: Moment) -> Decimal | None:
    """Working days from one day to the other, both included; negative backwards."""
    one, two = local_day(start, env), local_day(end, env)
    sign, one, two = (1, one, two) if one <= two else (-1, two, one)
    length = (two - one).days + 1
    if length > _FARTHEST:
        return None
    return Decimal(sign * sum(env.workday(one + timedelta(days=number)) for number in range(length)))


def _add_workdays(env: Env, day: Moment, count: Decimal) -> date | None:
    """So many working days on (back, where negative); the day itself does not count."""
    found, step, left = local_day(day, env), _DAY if count >= 0 else -_DAY, abs(int(count))
    if left > _FARTHEST // 4:
        return None
    for _ in range(_FARTHEST):
        if not left:
            break
        found += step
        left -= env.workday(found)
    return found if not left else None


def _date_text(env: Env, day: Moment, pattern: str) -> str:
    found = local_day(day, env)
    year, month, number = f"{found.year:04d}", found.month, found.day
    parts = {
        "yyyy": year, "yy": year[2:], "mm": f"{month:02d}", "m": str(month), "dd": f"{number:02d}", "d": str(number),
    }  # fmt: skip
    return _PATTERN.sub(lambda at: parts[at[0]], pattern[:100])


def _to_date(text: str) -> date | None:
    found = moment(text.strip())
    return found if not isinstance(found, datetime) else None


def _in(unit: timedelta) -> Callable[[timedelta], Decimal]:
    size = unit // timedelta(microseconds=1)
    return lambda length: Decimal(length // timedelta(microseconds=1)) / size


def _part(names: str, take: Callable[[date], int], zh: str, en: str, example: str) -> Function:
    """A function that takes a number out of a day."""

    def call(env: Env, day: Moment) -> Decimal:
        return Decimal(take(local_day(day, env)))

    return row(names, (DAY,), "number", call, needs_env=True, in_page=True, zh=zh, en=en, example=example)


def _of_clock(names: str, take: Callable[[datetime], int], zh: str, en: str, example: str) -> Function:
    """A function that takes a number out of a time of day."""

    def call(env: Env, at: datetime) -> Decimal:
        return Decimal(take(at.astimezone(env.zone)))

    return row(names, (_TIME,), "number", call, needs_env=True, zh=zh, en=en, example=example)


def _turned(names: str, turn: Callable[[date], date], zh: str, en: str, example: str) -> Function:
    """A function from a day to another day."""

    def call(env: Env, day: Moment) -> date:
        return turn(local_day(day, env))

    return row(names, (DAY,), "date", call, needs_env=True, in_page=True, zh=zh, en=en, example=example)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _quarter_start(day: date) -> date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _it(value: Any) -> Any:
    return value


_TIME = Parameter(("datetime",))
DAYS = (
    row("TODAY 今天", (), "date", lambda env: env.today, needs_env=True, volatile=True, in_page=True,
        zh="今天", en="Today", example="TODAY() → 2026-03-02"),
    row("NOW 现在", (), "datetime", lambda env: env.now.astimezone(UTC), needs_env=True, volatile=True,
        zh="现在", en="Now", example="DATE_OF(NOW()) → 2026-03-02"),
    row("CURRENT_USER 当前用户", (), "record", lambda env: env.user, needs_env=True, volatile=True, in_page=True,
        entity="user", zh="正在操作的人", en="The person who acts", example="owner = CURRENT_USER() → yes"),
    row("DATE 日期", (COUNTED, COUNTED, COUNTED), "date", _date, in_page=True,
        zh="由年、月、日组成日期", en="A date from year, month and day", example="DATE(2026, 3, 1) → 2026-03-01"),
    row("TO_DATE 转日期 DATEVALUE", (TEXT,), "date", _to_date,
        zh="文字里的日期", en="The date that a text spells", example='TO_DATE("2026/3/1") → 2026-03-01'),
    _turned("DATE_OF 取日期", _it, "日期时间所在的那一天", "The day of a moment",
            "DATE_OF(NOW()) → 2026-03-02"),
    _part("YEAR 年", lambda day: day.year, "年份", "The year", "YEAR(DATE(2026, 3, 1)) → 2026"),
    _part("QUARTER 季度", lambda day: (day.month + 2) // 3, "第几季度", "The quarter of the year",
          "QUARTER(DATE(2026, 8, 1)) → 3"),
    _part("MONTH 月", lambda day: day.month, "月份", "The month", "MONTH(DATE(2026, 3, 1)) → 3"),
    _part("WEEK 第几周 ISOWEEKNUM", lambda day: day.isocalendar()[1], "一年中的第几周（周一开始，ISO）",
          "The week of the year, beginning on Monday (ISO)", "WEEK(DATE(2026, 3, 1)) → 9"),
    _part("DAY 日", lambda day: day.day, "日", "The day of the month", "DAY(DATE(2026, 3, 1)) → 1"),
    _part("WEEKDAY 星期几", lambda day: day.isoweekday(), "星期几：周一是 1，周日是 7",
          "The day of the week: Monday is 1, Sunday 7", "WEEKDAY(DATE(2026, 3, 1)) → 7"),
    _of_clock("HOUR 几点", lambda at: at.hour, "几点", "The hour", "HOUR(NOW()) → 4"),
    _of_clock("MINUTE 几分", lambda at: at.minute, "几分", "The minute", "MINUTE(NOW()) → 0"),
    row("DAYS 天数", (DAY, DAY), "number", _days, needs_env=True, in_page=True,
        zh="从第一个日期到第二个日期的天数", en="Days from the first date to the second",
        example="DAYS(DATE(2026, 3, 1), DATE(2026, 3, 8)) → 7"),
    row("MONTHS 月数", (DAY, DAY), "number", _months, needs_env=True, in_page=True,
        zh="从第一个日期到第二个日期的整月数", en="Whole months from the first date to the second",
        example="MONTHS(DATE(2026, 1, 15), DATE(2026, 3, 14)) → 1"),
    row("YEARS 年数", (DAY, DAY), "number", _years, needs_env=True, in_page=True,
        zh="从第一个日期到第二个日期的整年数，如年龄",
        en="Whole years from the first date to the second, such as an age",
        example="YEARS(DATE(1990, 3, 2), DATE(2026, 3, 1)) → 35"),
    row("ADD_DAYS 加天", (DAY, COUNTED), "date", _add_days, needs_env=True, in_page=True,
        zh="若干天之后", en="So many days on", example="ADD_DAYS(DATE(2026, 2, 27), 3) → 2026-03-02"),
    row("ADD_MONTHS 加月 EDATE", (DAY, COUNTED), "date", _add_months, needs_env=True, in_page=True,
        zh="若干个月之后的同一天", en="The same day so many months on",
        example="ADD_MONTHS(DATE(2026, 1, 31), 1) → 2026-02-28"),
    row("ADD_YEARS 加年", (DAY, COUNTED), "date", _add_years, needs_env=True, in_page=True,
        zh="若干年之后的同一天", en="The same day so many years on",
        example="ADD_YEARS(DATE(2024, 2, 29), 1) → 2025-02-28"),
    _turned("WEEK_START 周一", lambda day: day - timedelta(days=day.weekday()), "所在一周的周一",
            "The Monday of its week", "WEEK_START(DATE(2026, 3, 4)) → 2026-03-02"),
    _turned("MONTH_START 月初", lambda day: day.replace(day=1), "当月第一天", "The first day of its month",
            "MONTH_START(DATE(2026, 3, 4)) → 2026-03-01"),
    _turned("MONTH_END 月末", _month_end, "当月最后一天", "The last day of its month",
            "MONTH_END(DATE(2026, 2, 4)) → 2026-02-28"),
    _turned("QUARTER_START 季初", _quarter_start, "当季第一天", "The first day of its quarter",
            "QUARTER_START(DATE(2026, 5, 4)) → 2026-04-01"),
    _turned("YEAR_START 年初", lambda day: day.replace(month=1, day=1), "当年第一天", "The first day of its year",
            "YEAR_START(DATE(2026, 5, 4)) → 2026-01-01"),
    row("WORKDAYS 工作日数 NETWORKDAYS", (DAY, DAY), "number", _workdays, needs_env=True,
        zh="两个日期之间的工作日数，含首尾", en="Working days between two dates, both included",
        example="WORKDAYS(DATE(2026, 3, 2), DATE(2026, 3, 8)) → 5"),
    row("ADD_WORKDAYS 加工作日 WORKDAY", (DAY, COUNTED), "date", _add_workdays, needs_env=True,
        zh="若干个工作日之后", en="So many working days on", example="ADD_WORKDAYS(DATE(2026, 3, 6), 1) → 2026-03-09"),
    row("IS_WORKDAY 是工作日", (DAY,), "yes_no", lambda env, day: env.workday(local_day(day, env)), needs_env=True,
        zh="是不是工作日", en="Whether it is a working day", example="IS_WORKDAY(DATE(2026, 3, 1)) → no"),
    row("DATE_TEXT 日期文字", (DAY, TEXT), "text", _date_text, needs_env=True, in_page=True,
        zh="按格式写出日期：yyyy、mm、dd，不补零写 m、d",
        en="A date as a text, by a pattern: yyyy, mm, dd; m and d without a leading zero",
        example='DATE_TEXT(DATE(2026, 3, 1), "d.m.yyyy") → 1.3.2026'),
    row("IN_DAYS 折合天", (DURATION,), "number", _in(timedelta(days=1)), in_page=True,
        zh="时长折合多少天", en="A length of time in days", example="IN_DAYS(36 hours) → 1.5"),
    row("IN_HOURS 折合小时", (DURATION,), "number", _in(timedelta(hours=1)), in_page=True,
        zh="时长折合多少小时", en="A length of time in hours", example="IN_HOURS(2 days) → 48"),
    row("IN_MINUTES 折合分钟", (DURATION,), "number", _in(timedelta(minutes=1)), in_page=True,
        zh="时长折合多少分钟", en="A length of time in minutes", example="IN_MINUTES(2 hours) → 120"),
)  # fmt: skip
"""Functions of days and times."""
