"""What the reference says about field types, in Chinese and English; ``reference.py`` makes the tables."""

from kehu.core.words.field_types import FIELD_TYPES

__all__ = ["COMMON_KEYS", "FIELD_TYPES"]

COMMON_KEYS: dict[str, tuple[str, str]] = {
    "type": ("字段类型", "the field type"),
    "label": ("显示名称，一段文字或 `{zh: …, en: …}`", "what people see: a text, or `{zh: …, en: …}`"),
    "help": ("字段下方的说明", "a line of help below the input"),
    "required": ("必填", "must be filled"),
    "default": ("新记录的初始值；以 `=` 开头是公式", "the value of a new record; a formula where it starts with `=`"),
    "readonly": ("页面、API 和导入都不能填写；自动化和插件可以", "people, the API and imports cannot set it; automations and plugins can"),
    "also": ("导入时也认得的列名", "other column headings that mean this field on import"),
    "after": ("排在哪个字段之后", "stands behind this field"),
    "before": ("排在哪个字段之前", "stands before this field"),
    "search": ("搜索框是否查找它", "whether the search box looks at it"),
    "index": ("是否为筛选和排序加速；一般不用写", "whether filters and sorts are made fast; seldom needed"),
}  # fmt: skip
