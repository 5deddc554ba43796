"""Over several values: totals of related records, of lists, of the values given."""

from typing import Any

from ..numbers import LONGEST_TEXT
from .rows import ANY, ANY_MANY, COUNTED, LIST, TEXT, TEXT_MANY, row

__all__ = ["SEVERAL"]


def _split(text: str, separator: str) -> list[str]:
    """The parts of a text, without blanks around them and without empty ones."""
    return [part for each in text.split(separator or ",") if (part := each.strip())][: LONGEST_TEXT // 10]


def _item(values: list[str], number: Any) -> str | None:
    at = int(number)
    return values[at - 1] if 1 <= at <= len(values) else None


def _has_any(values: list[str] | None, *wanted: str | None) -> bool:
    return any(each is not None and each in (values or ()) for each in wanted)


def _has_all(values: list[str] | None, *wanted: str | None) -> bool:
    return all(each is not None and each in (values or ()) for each in wanted)


SEVERAL = (
    row("SUM 求和", (ANY, ANY_MANY), None, form="aggregate", in_page=True,
        zh="相关记录之和；后面可加条件", en="The sum over related records; a condition may follow",
        example='SUM(orders.amount, status <> "cancelled") → 300'),
    row("COUNT 计数 COUNTIFS", (ANY, ANY_MANY), "number", form="aggregate", in_page=True,
        zh="相关记录的条数；后面可加条件", en="How many related records there are; a condition may follow",
        example='COUNT(orders, status = "cancelled") → 1'),
    row("AVERAGE 平均 AVG", (ANY, ANY_MANY), None, form="aggregate",
        zh="平均值；空值不算", en="The average; what is empty does not count", example="AVERAGE(orders.amount) → 120"),
    row("MEDIAN 中位数", (ANY, ANY_MANY), None, form="aggregate",
        zh="排在正中间的值", en="The value in the middle", example="MEDIAN(1, 9, 2) → 2"),
    row("MIN 最小", (ANY, ANY_MANY), None, form="aggregate", in_page=True,
        zh="最小或最早的值", en="The least or earliest value", example="MIN(3, 1, 2) → 1"),
    row("MAX 最大", (ANY, ANY_MANY), None, form="aggregate", in_page=True,
        zh="最大或最晚的值", en="The greatest or latest value", example="MAX(3, 1, 2) → 3"),
    row("FIRST 最早", (ANY, ANY_MANY), None, form="aggregate",
        zh="最早一条相关记录的值", en="The value of the earliest related record", example="FIRST(orders.amount) → 100"),
    row("LAST 最近", (ANY, ANY_MANY), None, form="aggregate",
        zh="最近一条相关记录的值；后面可加没有时的值",
        en="The value of the latest related record; another for when there is none may follow",
        example="LAST(orders.amount) → 60"),
    row("COUNT_UNIQUE 去重计数", (ANY, ANY_MANY), "number", form="aggregate",
        zh="有多少个不同的值", en="How many different values there are", example='COUNT_UNIQUE("a", "b", "a") → 2'),
    row("JOIN 拼接", (ANY, ANY_MANY), "text", form="aggregate",
        zh="把每条相关记录的值连成文字；第二个值是分隔符", en="The values of related records as one text; the second "
        "value stands between them", example='JOIN(orders.number, "; ") → A1; A2; A3'),
    row("HAS 存在", (ANY, ANY_MANY), "yes_no", form="rewritten",
        zh="有没有（满足条件的）相关记录", en="Whether there are related records (that satisfy a condition)",
        example='HAS(orders, status = "cancelled") → yes'),
    row("EVERY 每条都", (ANY, ANY), "yes_no", form="rewritten",
        zh="每条相关记录都满足条件；一条也没有时成立", en="Whether all related records satisfy a condition; "
        "where there are none, they do", example="EVERY(orders, amount > 100) → no"),
    row("ITEM 第几项", (LIST, COUNTED), "text", _item, in_page=True,
        zh="多值中的第几个", en="The value of this number in a list; 1 is the first", example="ITEM(tags, 2) → fair"),
    row("HAS_ANY 含任一", (LIST, TEXT, TEXT_MANY), "yes_no", _has_any, takes_empty=True, in_page=True,
        zh="多值里有其中任何一个", en="Whether a list has one of them", example='HAS_ANY(tags, "new", "old") → yes'),
    row("HAS_ALL 含全部", (LIST, TEXT, TEXT_MANY), "yes_no", _has_all, takes_empty=True, in_page=True,
        zh="多值里有全部这些", en="Whether a list has all of them", example='HAS_ALL(tags, "new", "old") → no'),
    row("SPLIT 拆分", (TEXT, TEXT), "list", _split,
        zh="按分隔符把文字拆成多个值", en="The parts of a text between separators",
        example='COUNT(SPLIT("a, b, c", ",")) → 3'),
)  # fmt: skip
"""Functions over several values."""
