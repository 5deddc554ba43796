"""What ``kehu why`` calls the ways in which definitions lean on each other."""

from . import Phrase, Phrases

HOW = {
    "to": ("指向", "links to"),
    "type": ("类型", "type"),
    "of": ("取自", "of"),
    "flow": ("流程", "flow"),
    "count": ("计数", "count"),
    "sum": ("求和", "sum"),
    "average": ("平均", "average"),
    "min": ("最小", "min"),
    "max": ("最大", "max"),
    "first": ("第一个", "first"),
    "last": ("最后一个", "last"),
    "formula": ("公式", "formula"),
    "require": ("必填", "required"),
    "unique": ("不可重复", "unique"),
    "entity": ("对象", "entity"),
    "form": ("表单", "form"),
    "column": ("列", "column"),
    "sort": ("排序", "sort"),
    "date": ("日期", "date"),
    "start": ("开始", "start"),
    "end": ("结束", "end"),
    "field": ("阶段字段", "stage field"),
    "gate": ("关卡", "gate"),
    "on": ("触发", "trigger"),
    "create": ("新建", "creates"),
    "set": ("写入", "sets"),
    "by": ("分组", "cut by"),
    "ratio": ("比率", "ratio"),
    "item": ("仪表盘项", "on the dashboard"),
    "right": ("权限", "right"),
    "hide": ("隐藏", "hidden"),
    "read_only": ("只读", "read only"),
    "mask": ("遮住", "masked"),
}
"""How one definition uses another (``Edge.how``) → in Chinese, in English."""

PHRASES: Phrases = {f"cli_how_{how}": {"zh": Phrase(zh), "en": Phrase(en)} for how, (zh, en) in HOW.items()}
