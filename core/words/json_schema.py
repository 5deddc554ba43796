"""What is said of JSON Schemas: of one that cannot become an entity, and of a value that breaks one."""

from . import Phrase, Phrases

PHRASES: Phrases = {
    "schema_is_no_object": {
        "zh": Phrase("这个 JSON Schema 描述的不是一种记录", "写上 type: object 和 properties"),
        "en": Phrase("This JSON Schema does not describe a record", "Give it type: object and properties"),
    },
    "schema_unsupported": {
        "zh": Phrase(
            "JSON Schema 的“{keyword}”在这里还用不了", "删掉它，或者改写成实体文件里的规则（rules）"
        ),
        "en": Phrase(
            "“{keyword}” of JSON Schema cannot be used here",
            "Leave it out, or say it as a rule in an entity file",
        ),
    },
    "schema_reference": {
        "zh": Phrase("“{given}”指向的内容不在这个文件里", "只能引用本文件的 #/$defs/…"),
        "en": Phrase("“{given}” leads to nothing in this file", "Refer to #/$defs/… of this file"),
    },
    "schema_reference_outside": {
        "zh": Phrase(
            "“{given}”在别的文件或网址里，这里不会去取", "把那一部分抄到本文件的 $defs 里，再写 #/$defs/…"
        ),
        "en": Phrase(
            "“{given}” stands in another file or on the web, and is not fetched",
            "Copy that part into $defs of this file, and refer to it as #/$defs/…",
        ),
    },
    "schema_circle": {
        "zh": Phrase(
            "“{given}”又指回了包含它的那一部分：记录的形状没有尽头",
            "去掉这个引用，或者做成另一个实体，用 link 连起来",
        ),
        "en": Phrase(
            "“{given}” leads back to a part that it stands in: such records have no end",
            "Take the reference out, or make an entity of its own and link to it",
        ),
    },
    "schema_too_big": {
        "zh": Phrase(
            "把引用都展开以后，这个 JSON Schema 超过 {most} 项", "分成几个实体，或者删掉用不到的部分"
        ),
        "en": Phrase(
            "With every reference replaced by what it leads to, this JSON Schema has more than {most} parts",
            "Make several entities of it, or leave out what is not needed",
        ),
    },
    "schema_keyword_value": {
        "zh": Phrase("“{keyword}”不能这样写", "应该是：{wanted}"),
        "en": Phrase("“{keyword}” cannot be this", "It has to be: {wanted}"),
    },
    "schema_unknown_keyword": {
        "zh": Phrase("JSON Schema 没有“{keyword}”这个关键字，它不起作用", "", "是不是“{instead}”？"),
        "en": Phrase(
            "JSON Schema has no keyword “{keyword}”, so it does nothing", "", "Did you mean “{instead}”?"
        ),
    },
    "schema_type": {
        "zh": Phrase("类型“{given}”不能作字段", "用 string、number、integer、boolean、object 或 array"),
        "en": Phrase(
            "The type “{given}” cannot be a field", "Use string, number, integer, boolean, object or array"
        ),
    },
    "schema_no_name": {
        "zh": Phrase(
            "“{given}”不能作字段的名字",
            '在它的 x-kehu 里写一个名字，例如 "x-kehu": {{"name": "customer_name"}}',
        ),
        "en": Phrase(
            "“{given}” cannot be the name of a field",
            'Give it one under x-kehu, such as "x-kehu": {{"name": "customer_name"}}',
        ),
    },
    "schema_same_name": {
        "zh": Phrase(
            "“{given}”和“{other}”在这里都会叫 {name}", '给其中一个另取名字："x-kehu": {{"name": "…"}}'
        ),
        "en": Phrase(
            "“{given}” and “{other}” would both be called {name} here",
            'Give one of them another name: "x-kehu": {{"name": "…"}}',
        ),
    },
    "schema_requires_nothing": {
        "zh": Phrase("必填的“{name}”没有在 properties 里描述", "在 properties 里加上它，或者不要它必填"),
        "en": Phrase(
            "“{name}” is required, and properties do not describe it",
            "Add it to properties, or do not require it",
        ),
    },
    "schema_requires": {
        "zh": Phrase("必填写在字段上，不写在 schema 里", "在字段里写 required: true"),
        "en": Phrase(
            "What must be filled is said by the field, not by schema", "Write required: true at the field"
        ),
    },
    "schema_inside": {"zh": Phrase("{where}：{what}"), "en": Phrase("{where}: {what}")},
    "schema_row": {"zh": Phrase("第 {row} 项"), "en": Phrase("item {row}")},
    "schema_too_deep": {
        "zh": Phrase("内容套得太深，没法检查", "少套几层"),
        "en": Phrase("This is nested too deep to be checked", "Nest it less"),
    },
    "schema_required_then": {
        "zh": Phrase("这种情况下要填写“{label}”"),
        "en": Phrase("{label} is needed in this case"),
    },
    "schema_goes_with": {
        "zh": Phrase("填了“{other}”，就要填写“{label}”"),
        "en": Phrase("{label} is needed where {other} is filled in"),
    },
    "schema_one_of_these": {
        "zh": Phrase("至少填写其中一项：{names}"),
        "en": Phrase("At least one of these is needed: {names}"),
    },
    "schema_must_be_empty": {
        "zh": Phrase("这种情况下“{label}”要空着", "清空这一项"),
        "en": Phrase("{label} has to be empty in this case", "Clear it"),
    },
    "schema_unknown_key": {
        "zh": Phrase("这里不能有“{name}”这一项", "删掉它"),
        "en": Phrase("There may be no “{name}” here", "Take it out"),
    },
    "schema_fits_several": {
        "zh": Phrase("“{given}”同时符合几种写法，只能符合一种", "改到只符合其中一种"),
        "en": Phrase(
            "“{given}” fits several of the possible forms, and may fit only one", "Make it fit only one"
        ),
    },
    "schema_no_way_fits": {
        "zh": Phrase("“{label}”不符合任何一种允许的写法", "看看它的说明，照其中一种填写"),
        "en": Phrase(
            "{label} fits none of the possible forms", "Look at its description, and follow one of them"
        ),
    },
    "schema_ruled_out": {
        "zh": Phrase("“{label}”现在的内容不允许", "换一个"),
        "en": Phrase("{label} may not be what it is now", "Choose something else"),
    },
    "schema_not_allowed": {
        "zh": Phrase("“{label}”不符合要求（{keyword}）", "看看它的说明"),
        "en": Phrase("{label} is not as it has to be ({keyword})", "Look at its description"),
    },
    "schema_is_always": {
        "zh": Phrase("这里只能是“{expected}”", "填“{expected}”"),
        "en": Phrase("This can only be “{expected}”", "Write “{expected}”"),
    },
    "schema_a_text": {
        "zh": Phrase("“{given}”不是文字", "填一段文字"),
        "en": Phrase("“{given}” is not a text", "Write a text"),
    },
    "schema_a_number": {
        "zh": Phrase("“{given}”不是数字", "填一个数字"),
        "en": Phrase("“{given}” is not a number", "Write a number"),
    },
    "schema_a_whole_number": {
        "zh": Phrase("“{given}”不是整数", "填一个整数"),
        "en": Phrase("“{given}” is not a whole number", "Write a whole number"),
    },
    "schema_a_yes_or_no": {
        "zh": Phrase("“{given}”既不是“是”也不是“否”", "填 true 或 false"),
        "en": Phrase("“{given}” is neither yes nor no", "Write true or false"),
    },
    "schema_an_object": {
        "zh": Phrase("“{given}”不是由“名字: 内容”组成的", "写成 {{…}}"),
        "en": Phrase("“{given}” is not made of names and values", "Write it as {{…}}"),
    },
    "schema_a_list": {
        "zh": Phrase("“{given}”不是一个列表", "写成 […]"),
        "en": Phrase("“{given}” is not a list", "Write it as […]"),
    },
    "schema_nothing": {
        "zh": Phrase("这里要空着，不能是“{given}”", "清空这一项"),
        "en": Phrase("This has to be empty, and not “{given}”", "Clear it"),
    },
    "schema_other_type": {
        "zh": Phrase("“{given}”不是这里要的种类", "可以是：{expected}"),
        "en": Phrase("“{given}” is not of the right kind", "It may be: {expected}"),
    },
    "schema_format": {
        "zh": Phrase("“{given}”不是正确的 {format}", "按 {format} 的格式填写"),
        "en": Phrase("“{given}” is no right {format}", "Write it in the form of a {format}"),
    },
    "schema_not_above": {
        "zh": Phrase("要大于 {min}", "填比 {min} 大的数字"),
        "en": Phrase("It has to be more than {min}", "Write a number above {min}"),
    },
    "schema_not_below": {
        "zh": Phrase("要小于 {max}", "填比 {max} 小的数字"),
        "en": Phrase("It has to be less than {max}", "Write a number below {max}"),
    },
    "schema_no_multiple": {
        "zh": Phrase("“{given}”不是 {step} 的倍数", "填 {step} 的整数倍"),
        "en": Phrase("“{given}” is no multiple of {step}", "Write a multiple of {step}"),
    },
    "schema_too_few": {
        "zh": Phrase("至少 {min} 个，现在有 {count} 个", "再加一些"),
        "en": Phrase("At least {min}, and there are {count}", "Add some more"),
    },
    "schema_twice": {
        "zh": Phrase("“{label}”里有重复的内容", "去掉重复的"),
        "en": Phrase("{label} has the same thing twice", "Take one of them away"),
    },
}
