"""Conditions and choices: IF, SWITCH, AND, BETWEEN, the first value that is there, the place of an option."""

from typing import Any

from .rows import ANY, ANY_MANY, COUNTED, MAYBE_ANY, TEXT, TRUTH, TRUTH_MANY, row

__all__ = ["CHOOSING"]


def _xor(*values: Any) -> bool:
    return sum(map(bool, values)) % 2 == 1


def _coalesce(*values: Any) -> Any:
    return next((value for value in values if value is not None and value != ""), None)


CHOOSING = (
    row("IF 如果", (TRUTH, ANY, MAYBE_ANY), None, form="rewritten", in_page=True,
        zh="条件成立取第二个值，否则取第三个；不写第三个则为空",
        en="The second value where the condition holds, else the third, or nothing",
        example='IF(2 > 1, "yes", "no") → yes'),
    row("IFS 多条件", (TRUTH, ANY, ANY_MANY), None, form="rewritten", in_page=True,
        zh="第一个成立的条件后面的值；最后单独一个是其余情况",
        en="The value behind the first condition that holds; a last single value is for all others",
        example='IFS(1 > 2, "A", 3 > 2, "B", "C") → B'),
    row("SWITCH 匹配", (ANY, ANY, ANY, ANY_MANY), None, form="rewritten", in_page=True,
        zh="按第一个值逐对匹配；最后单独一个是其余情况",
        en="Finds the first value among the pairs; a last single value is for all others",
        example='SWITCH("b", "a", 1, "b", 2, 0) → 2'),
    row("CHOOSE 选取", (COUNTED, ANY, ANY_MANY), None, form="rewritten", in_page=True,
        zh="第几个值：1 是第一个", en="The value of this number: 1 is the first",
        example='CHOOSE(2, "low", "middle", "high") → middle'),
    row("AND 并且", (TRUTH, TRUTH_MANY), "yes_no", form="logic", in_page=True,
        zh="全部成立", en="Whether all hold", example="AND(1 < 2, 2 < 3) → yes"),
    row("OR 或者", (TRUTH, TRUTH_MANY), "yes_no", form="logic", in_page=True,
        zh="至少一个成立", en="Whether one holds", example="OR(1 > 2, 2 < 3) → yes"),
    row("NOT 非", (TRUTH,), "yes_no", form="logic", in_page=True,
        zh="不成立", en="Whether it does not hold", example="NOT(1 > 2) → yes"),
    row("XOR 异或", (TRUTH, TRUTH_MANY), "yes_no", _xor, takes_empty=True, in_page=True,
        zh="成立的个数是奇数：两个时，恰好一个成立", en="Whether an odd number of them hold: of two, exactly one",
        example="XOR(1 > 2, 2 < 3) → yes"),
    row("IS_EMPTY 为空吗 ISBLANK", (ANY,), "yes_no", form="rewritten", in_page=True,
        zh="没有值；与 is empty 相同", en="Whether there is no value, as “is empty” asks",
        example='IS_EMPTY("") → yes'),
    row("COALESCE 首个非空", (ANY, ANY_MANY), None, _coalesce, takes_empty=True, in_page=True,
        zh="第一个不为空的值", en="The first value that is not empty", example='COALESCE("", "Kehu") → Kehu'),
    row("BETWEEN 介于", (ANY, ANY, ANY), "yes_no", form="rewritten", in_page=True,
        zh="不小于第二个、不大于第三个值", en="Whether it is at least the second value and at most the third",
        example="BETWEEN(5, 1, 10) → yes"),
    row("POSITION 序号", (TEXT,), "number", form="rewritten", in_page=True,
        zh="选项在它的列表中是第几个", en="Which in the order of its options a choice is; 1 is the first",
        example="POSITION(stage) → 2"),
    row("REACHED 已达到", (TEXT, TEXT), "yes_no", form="rewritten", in_page=True,
        zh="选项是这一个，或排在它后面", en="Whether a choice is this option, or one that stands behind it",
        example='REACHED(stage, "contact") → yes'),
)  # fmt: skip
"""Functions that choose."""
