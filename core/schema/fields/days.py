"""Days as people say them: 三月一日, 明天, next to the calendar's own way of writing them."""

import re
from datetime import date, timedelta

__all__ = ["in_digits", "spoken_day"]

_DIGITS = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))
_IN_CHINESE = re.compile(
    r"(?:([〇零一二三四五六七八九]{4})\s*年\s*)?([一二三四五六七八九十]{1,2})\s*月\s*([一二三四五六七八九十]{1,3})\s*[日号]"
)
_YEARLESS = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?|(\d{1,2})[-/](\d{1,2})", re.ASCII)
_WEEKDAY = re.compile(r"(上个?|下个?|本|这个?)?(?:周|星期|礼拜)([一二三四五六日天])")
_APART = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "yesterday": -1, "今天": 0, "今日": 0, "today": 0,
    "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "大后天": 3,
}  # fmt: skip


def in_digits(text: str) -> str:
    """A date in Chinese numerals with digits: 二〇二六年三月一日 becomes 2026年3月1日; any other text as it is."""
    if text.isascii() or not (found := _IN_CHINESE.match(text)):
        return text
    year = "".join(_DIGITS[character] for character in found[1] or "")
    months, days = _number(found[2]), _number(found[3])
    if months is None or days is None:
        return text
    return f"{year}{'年' if year else ''}{months}月{days}日{text[found.end() :]}"


def _number(text: str) -> int | None:
    """十 is 10, 十二 12, 二十 20, 三十一 31."""
    tens, ten, ones = text.rpartition("十")
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return None
    return (int(_DIGITS[tens]) if tens else int(bool(ten))) * 10 + (int(_DIGITS[ones]) if ones else 0)


def spoken_day(text: str, today: date) -> date | None:
    """The day that a word means today: 明天, tomorrow, 下周一, 3月1日 (of this year); ``None`` for any other text."""
    plain = in_digits(text.strip().casefold())
    if plain in _APART:
        return today + timedelta(days=_APART[plain])
    if found := _WEEKDAY.fullmatch(plain):
        weeks = {"上": -1, "下": 1}.get((found[1] or "本")[0], 0)
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(weeks=weeks, days=min("一二三四五六日天".index(found[2]), 6))
    if found := _YEARLESS.fullmatch(plain):
        try:
            return date(today.year, int(found[1] or found[3]), int(found[2] or found[4]))
        except ValueError:
            return None
    return None
