"""Texts. None of these functions puts together more than ``LONGEST_TEXT`` characters: the result is empty then."""

import re
from decimal import Decimal
from typing import Any

from ..functions import Parameter
from ..numbers import LONGEST_TEXT, MOST_DIGITS
from ..spelling import lower_ascii, plain_text
from .maths import rounded
from .rows import ANY, ANY_MANY, COUNTED, MAYBE_COUNT, MAYBE_TEXT, NUMBER, TEXT, row, whole

__all__ = ["TEXTS"]

_NUMBER = re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?(%?)")


def _contains(all_: Any, part: str) -> bool:
    """A list has the item; a text has the part, whatever the case of A to Z."""
    if isinstance(all_, list):
        return part in all_
    return all_ is not None and part is not None and lower_ascii(part) in lower_ascii(all_)


def _starts(all_: str | None, start: str | None) -> bool:
    return all_ is not None and start is not None and lower_ascii(all_).startswith(lower_ascii(start))


def _ends(all_: str | None, end: str | None) -> bool:
    return all_ is not None and end is not None and lower_ascii(all_).endswith(lower_ascii(end))


def _left(text: str, count: Any = 1) -> str:
    return text[: whole(count)]


def _right(text: str, count: Any = 1) -> str:
    return text[max(0, len(text) - whole(count)) :]


def _mid(text: str, start: Any, count: Any = LONGEST_TEXT) -> str:
    first = whole(start, 1) - 1
    return text[first : first + whole(count)]


def _find(part: str, text: str, start: Any = 1) -> Decimal | None:
    at = text.find(part, whole(start, 1) - 1)
    return Decimal(at + 1) if at >= 0 else None


def _replace(text: str, old: str, new: str | None = None) -> str | None:
    if not old:
        return text
    length = len(text) + text.count(old) * (len(new or "") - len(old))
    return text.replace(old, new or "") if length <= LONGEST_TEXT else None


def _rept(text: str, count: Any) -> str | None:
    times = whole(count)
    return text * times if len(text) * times <= LONGEST_TEXT else None


def _pad(text: str, width: Any, sign: str = "0") -> str | None:
    """Filled up on its left to so many characters."""
    missing = whole(width, 0, LONGEST_TEXT) - len(text)
    return (sign or "0")[0] * missing + text


def _mask(text: str, first: Any = 3, last: Any = 4) -> str:
    """All but the first and the last few characters as stars; all of them where it is too short for that."""
    start, end = whole(first), whole(last)
    if len(text) <= start + end:
        return "*" * len(text)
    return text[:start] + "*" * (len(text) - start - end) + text[len(text) - end :]


def _digits(text: str) -> str:
    return "".join(sign for sign in text if "0" <= sign <= "9")


def _value(text: str) -> Decimal | None:
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    sign, number, rest, percent = found.groups("")
    if len(number) + len(rest) > MOST_DIGITS:
        return None
    value = Decimal(f"{sign}{number.replace(',', '')}{rest}")
    return value / 100 if percent else value


def _fixed(value: Any, digits: Any = 2) -> str:
    places = whole(digits, 0, 10)
    number = rounded(value, places)
    return f"{number if number else abs(number):,.{places}f}"


def _concat(*values: Any) -> str | None:
    texts = list(map(plain_text, values))
    return "".join(texts) if sum(map(len, texts)) <= LONGEST_TEXT else None


LISTED = Parameter(("text", "choice", "list"))
LISTED_ONE = Parameter(("text", "choice", "record"))
TEXTS = (
    row("CONCAT 连接 CONCATENATE", (ANY, ANY_MANY), "text", _concat, takes_empty=True, in_page=True,
        zh="把值连成文字；与 & 相同", en="All values as one text, as & does", example='CONCAT("No. ", 7) → No. 7'),
    row("TEXT 转文字", (ANY,), "text", plain_text, in_page=True,
        zh="任何值写成文字", en="Any value as a text", example="TEXT(DATE(2026, 3, 1)) → 2026-03-01"),
    row("FIXED 定点数", (NUMBER, MAYBE_COUNT), "text", _fixed, in_page=True,
        zh="带千分位、固定小数位数的文字", en="A number as a text with commas and so many digits after the point",
        example="FIXED(1234.5) → 1,234.50"),
    row("VALUE 转数字", (TEXT,), "number", _value,
        zh="文字里的数字", en="The number that a text spells", example='VALUE("1,234.5") → 1234.5'),
    row("CONTAINS 包含", (LISTED, LISTED_ONE), "yes_no", _contains, takes_empty=True, in_page=True,
        zh="文字含有一段，或多选含有一项；A 到 Z 不分大小写",
        en="Whether a text has the part, or a list the item; A to Z in any case",
        example='CONTAINS("Blue Harbour", "harbour") → yes'),
    row("STARTS 开头是", (TEXT, TEXT), "yes_no", _starts, takes_empty=True, in_page=True,
        zh="文字以一段开头", en="Whether a text begins so", example='STARTS("Blue Harbour", "Blue") → yes'),
    row("ENDS 结尾是", (TEXT, TEXT), "yes_no", _ends, takes_empty=True, in_page=True,
        zh="文字以一段结尾", en="Whether a text ends so", example='ENDS("Blue Harbour", "bour") → yes'),
    row("LEN 长度", (TEXT,), "number", lambda text: Decimal(len(text)), in_page=True,
        zh="字符数", en="How many characters", example='LEN("Kehu") → 4'),
    row("LEFT 左边", (TEXT, MAYBE_COUNT), "text", _left, in_page=True,
        zh="开头的若干字符", en="The first characters", example='LEFT("Kehu", 2) → Ke'),
    row("RIGHT 右边", (TEXT, MAYBE_COUNT), "text", _right, in_page=True,
        zh="结尾的若干字符", en="The last characters", example='RIGHT("Kehu", 2) → hu'),
    row("MID 截取", (TEXT, COUNTED, MAYBE_COUNT), "text", _mid, in_page=True,
        zh="从第几个字符起的若干字符", en="Characters from this one on, so many or all",
        example='MID("Kehu", 2, 2) → eh'),
    row("FIND 查找", (TEXT, TEXT, MAYBE_COUNT), "number", _find, in_page=True,
        zh="一段文字在第二个值里从第几个字符开始；没有则为空",
        en="Where a text begins in the second one; empty when it is not there", example='FIND("h", "Kehu") → 3'),
    row("REPLACE 替换 SUBSTITUTE", (TEXT, TEXT, MAYBE_TEXT), "text", _replace, in_page=True,
        zh="把一段文字都换成另一段；不写第三个值则删去", en="Every such part put by another, or left out",
        example='REPLACE("a-b-c", "-", "/") → a/b/c'),
    row("REPT 重复", (TEXT, COUNTED), "text", _rept, in_page=True,
        zh="重复若干次", en="Repeated so many times", example='REPT("★", 3) → ★★★'),
    row("PAD 补齐", (TEXT, COUNTED, MAYBE_TEXT), "text", _pad, in_page=True,
        zh="左边补到若干字符；默认补 0", en="Filled up on its left to so many characters, with 0 unless told",
        example='PAD("7", 3) → 007'),
    row("MASK 打码", (TEXT, MAYBE_COUNT, MAYBE_COUNT), "text", _mask, in_page=True,
        zh="只留前 3 位和后 4 位（可改），其余换成 *", en="Stars for all but the first 3 and last 4 characters",
        example='MASK("13912345678") → 139****5678'),
    row("DIGITS 只留数字", (TEXT,), "text", _digits, in_page=True,
        zh="只留下 0 到 9", en="The digits 0 to 9 alone", example='DIGITS("(010) 12-34") → 0101234'),
    row("UPPER 大写", (TEXT,), "text", str.upper, zh="转大写", en="In capitals", example='UPPER("Kehu") → KEHU'),
    row("LOWER 小写", (TEXT,), "text", str.lower, zh="转小写", en="In small letters", example='LOWER("Kehu") → kehu'),
    row("PROPER 首字母大写", (TEXT,), "text", str.title,
        zh="每个单词首字母大写", en="Each word with a capital", example='PROPER("blue harbour") → Blue Harbour'),
    row("TRIM 去空格", (TEXT,), "text", str.strip, zh="去掉首尾空格", en="Without blanks around it",
        example='TRIM(" Kehu ") → Kehu'),
)  # fmt: skip
"""Functions of texts."""
