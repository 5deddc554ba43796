"""What is said of a definition that can be read but is wrong."""

from . import Language, Phrase, Phrases

SPOKEN: dict[Language, dict[str, str]] = {
    "zh": {
        "yes": "是", "no": "否", "comma": "、", "signed": "已签名", "rows": "{count} 行",
        "days": " 天", "hours": " 小时", "minutes": " 分", "seconds": " 秒",
    },
    "en": {
        "yes": "Yes", "no": "No", "comma": ", ", "signed": "Signed", "rows": "{count} rows",
        "days": " d", "hours": " h", "minutes": " min", "seconds": " s",
    },
}  # fmt: skip
"""How values are shown: yes and no, what stands between the items of a list, units of time."""

PHRASES: Phrases = {
    "not_a_map": {
        "zh": Phrase("定义应该由“名字: 内容”的行组成", "第一行写明它是什么，例如 entity: customer"),
        "en": Phrase(
            "A definition is made of lines “name: value”",
            "Say in the first line what it is, such as entity: customer",
        ),
    },
    "unknown_kind": {
        "zh": Phrase(
            "看不出这个文件定义的是什么",
            "第一行写其中之一和它的名字：{available}",
            "第一行写“{instead}: 名字”；第一个词可以是：{available}",
        ),
        "en": Phrase(
            "What this file defines is not clear",
            "Begin with one of these and its name: {available}",
            "Begin with “{instead}: NAME”; the first word can be: {available}",
        ),
    },
    "unknown_key": {
        "zh": Phrase("这里没有“{key}”这一项", "可以写：{available}", "是不是“{instead}”？"),
        "en": Phrase(
            "There is no key “{key}” here",
            "The keys here are: {available}",
            "Did you mean “{instead}”?",
        ),
    },
    "missing_key": {
        "zh": Phrase("这里少了“{key}”", "加上一行“{key}: …”"),
        "en": Phrase("“{key}” is missing here", "Add “{key}: …”"),
    },
    "not_one_of_these": {
        "zh": Phrase(
            "“{given}”不能用在这里", "可以写：{available}", "是不是“{instead}”？可以写：{available}"
        ),
        "en": Phrase(
            "“{given}” is not possible here",
            "Write one of: {available}",
            "Did you mean “{instead}”? Possible are: {available}",
        ),
    },
    "unknown_field_type": {
        "zh": Phrase(
            "没有“{given}”这种字段类型",
            "可以用的类型：{available}",
            "是不是“{instead}”？",
        ),
        "en": Phrase(
            "There is no field type “{given}”",
            "The types are: {available}",
            "Did you mean “{instead}”?",
        ),
    },
    "expected_time": {
        "zh": Phrase("“{key}”要写一个时刻，而不是“{given}”", '例如 "09:30"'),
        "en": Phrase("“{key}” takes a time of day, not “{given}”", 'Such as "09:30"'),
    },
    "secret_in_the_open": {
        "zh": Phrase("机密字段不能有默认值：写在定义里就不再是秘密", "删掉 default"),
        "en": Phrase("A secret has no default: written in a definition it is none", "Delete “default”"),
    },
    "secret_not_found": {
        "zh": Phrase("机密字段不能搜索，也不能排序或筛选，所以没有“{key}”", "删掉“{key}”"),
        "en": Phrase(
            "A secret cannot be searched, sorted or filtered, so it has no “{key}”", "Delete “{key}”"
        ),
    },
    "not_a_json_schema": {
        "zh": Phrase("schema 里的“{given}”不符合 JSON Schema", "检查这里的写法，例如 type: object"),
        "en": Phrase(
            "“{given}” in “schema” is no JSON Schema", "Look at how it is written, such as type: object"
        ),
    },
    "type_not_in_table": {
        "zh": Phrase("明细表的列不能是“{given}”类型", "可以用的类型：{available}"),
        "en": Phrase("A column of a table cannot be of type “{given}”", "The types are: {available}"),
    },
    "total_of_no_number": {
        "zh": Phrase("“{name}”不是数字，不能求 {total}", "数字列才能合计；别的列可以用 count"),
        "en": Phrase(
            "“{name}” is no number, so there is no {total} of it",
            "Only columns of numbers have totals; others can be counted",
        ),
    },
    "unknown_column": {
        "zh": Phrase(
            "明细表没有列“{name}”", "它的列有：{available}", "是不是“{instead}”？它的列有：{available}"
        ),
        "en": Phrase(
            "The table has no column “{name}”",
            "Its columns are: {available}",
            "Did you mean “{instead}”? Its columns are: {available}",
        ),
    },
    "out_of_limits": {
        "zh": Phrase("超出了允许的范围：界限是 {limit}"),
        "en": Phrase("This is beyond what is possible: the limit is {limit}"),
    },
    "empty_value": {
        "zh": Phrase("“{key}”后面没有内容", "写上内容，或者删掉这一行"),
        "en": Phrase("Nothing stands after “{key}”", "Write a value, or delete the line"),
    },
    "expected_text": {
        "zh": Phrase("“{key}”要写一段文字，而不是“{given}”", "", "给它加上引号：{instead}"),
        "en": Phrase("“{key}” takes a text, not “{given}”", "", "Put it in quotes: {instead}"),
    },
    "expected_label": {
        "zh": Phrase(
            "“{key}”要写一段文字，或者中英文各一段",
            "写成“文字”，或者 {{zh: 中文, en: English}}",
            "给它加上引号：{instead}",
        ),
        "en": Phrase(
            "“{key}” takes a text, or one in each language",
            "Write a text, or {{zh: 中文, en: English}}",
            "Put it in quotes: {instead}",
        ),
    },
    "expected_true_or_false": {
        "zh": Phrase(
            "“{key}”要写 true（是）或 false（否），而不是“{given}”", "写 true 或 false", "写 {instead}"
        ),
        "en": Phrase("“{key}” takes true or false, not “{given}”", "Write true or false", "Write {instead}"),
    },
    "expected_whole_number": {
        "zh": Phrase("“{key}”要写一个整数，而不是“{given}”", "例如 20", "写 {instead}"),
        "en": Phrase("“{key}” takes a whole number, not “{given}”", "Such as 20", "Write {instead}"),
    },
    "expected_number": {
        "zh": Phrase("“{key}”要写一个数字，而不是“{given}”", "例如 20 或 0.5", "写 {instead}"),
        "en": Phrase("“{key}” takes a number, not “{given}”", "Such as 20 or 0.5", "Write {instead}"),
    },
    "expected_percent": {
        "zh": Phrase("“{key}”要写一个百分数，而不是“{given}”", "例如 20%", "写 {instead}"),
        "en": Phrase("“{key}” takes a percentage, not “{given}”", "Such as 20%", "Write {instead}"),
    },
    "expected_date": {
        "zh": Phrase("“{key}”要写一个日期，而不是“{given}”", "例如 2026-03-01", "写 {instead}"),
        "en": Phrase("“{key}” takes a date, not “{given}”", "Such as 2026-03-01", "Write {instead}"),
    },
    "expected_list": {
        "zh": Phrase(
            "“{key}”要写一个列表，而不是“{given}”", "写成 [甲, 乙]，或者每项一行、以“- ”开头", "写 {instead}"
        ),
        "en": Phrase(
            "“{key}” takes a list, not “{given}”",
            "Write [a, b], or each item on a line of its own after “- ”",
            "Write {instead}",
        ),
    },
    "expected_map": {
        "zh": Phrase(
            "“{key}”下面要写“名字: 内容”，而不是“{given}”", "另起一行，缩进两个空格，写“名字: 内容”"
        ),
        "en": Phrase(
            "Under “{key}” stand lines “name: value”, not “{given}”",
            "Begin a new line, indent it by two spaces and write “name: value”",
        ),
    },
    "expected_field": {
        "zh": Phrase(
            "字段“{key}”要写明它的类型等，而不是“{given}”", "例如 {key}: {{type: text}}", "写 {instead}"
        ),
        "en": Phrase(
            "The field “{key}” takes its type and more, not “{given}”",
            "Such as {key}: {{type: text}}",
            "Write {instead}",
        ),
    },
    "bad_name": {
        "zh": Phrase(
            "“{given}”不能作名字：名字只用小写字母、数字和下划线，字母开头，最多 50 个字符",
            "换一个名字；给人看的文字写在 label 里",
            "例如 {instead}；给人看的文字写在 label 里",
        ),
        "en": Phrase(
            "“{given}” cannot be a name: a name has small letters, digits and “_”, begins with a letter "
            "and has at most 50 characters",
            "Choose another name; what people read goes into “label”",
            "Such as {instead}; what people read goes into “label”",
        ),
    },
    "not_a_name": {
        "zh": Phrase(
            "这里要写名字，而不是“{given}”",
            "名字用小写字母、数字和下划线写成，例如 customer；给人看的文字不能代替它",
            "它的名字是“{instead}”",
        ),
        "en": Phrase(
            "Here stands a name, not “{given}”",
            "A name is made of small letters, digits and “_”, such as customer; what people read cannot stand for it",
            "Its name is “{instead}”",
        ),
    },
    "dash_without_space": {
        "zh": Phrase("“-”后面少了一个空格", "写成“- ”，再写内容"),
        "en": Phrase("There is no space after “-”", "Write “- ” and then the item"),
    },
    "reserved_name": {
        "zh": Phrase("“{name}”已有别的用途，不能作这里的名字", "换一个名字，例如 {name}_1"),
        "en": Phrase("“{name}” already means something else here", "Choose another name, such as {name}_1"),
    },
    "reserved_prefix": {
        "zh": Phrase("“{name}”不能用“{prefix}”开头：那是系统自己的表", "去掉开头的“{prefix}”"),
        "en": Phrase(
            "“{name}” cannot begin with “{prefix}”: the system's own tables do", "Leave out “{prefix}”"
        ),
    },
    "name_twice": {
        "zh": Phrase("名字“{name}”用了两次", "给其中一个换个名字"),
        "en": Phrase("The name “{name}” is used twice", "Give one of them another name"),
    },
    "bad_sort": {
        "zh": Phrase("不能按“{given}”排序", "写字段的名字，从大到小就在前面加“-”，例如 -amount"),
        "en": Phrase(
            "Nothing can be sorted by “{given}”",
            "Write the name of a field, with “-” in front for the largest first, such as -amount",
        ),
    },
    "bad_span": {
        "zh": Phrase("“{given}”不是一段时间", "例如 5 days、2 hours 或 5 天"),
        "en": Phrase("“{given}” is not a length of time", "Such as 5 days or 2 hours"),
    },
    "bad_trigger": {
        "zh": Phrase(
            "看不懂“{given}”是什么时候",
            "例如 deal created、deal changed、deal deleted、deal.amount changed 或 deal.stage -> won",
        ),
        "en": Phrase(
            "When “{given}” happens is not clear",
            "Such as deal created, deal changed, deal deleted, deal.amount changed or deal.stage -> won",
        ),
    },
    "bad_currency": {
        "zh": Phrase("“{given}”不是货币代码", "写三个字母，例如 CNY、USD、EUR", "写 {instead}"),
        "en": Phrase(
            "“{given}” is not a currency", "Write its three letters, such as CNY, USD, EUR", "Write {instead}"
        ),
    },
    "not_a_base_url": {
        "zh": Phrase("“{given}”不是网站地址", "写完整，不带路径，例如 https://crm.example.com"),
        "en": Phrase(
            "{given} is no address of a site", "Write it whole and without a path: https://crm.example.com"
        ),
    },
    "unknown_store_kind": {
        "zh": Phrase("没有“{given}”这种存储", "写 tinydb、sqlite，或数据库地址 postgresql://…"),
        "en": Phrase(
            "There is no store “{given}”",
            "Write tinydb, sqlite, or the address of a database: postgresql://…",
        ),
    },
    "unknown_timezone": {
        "zh": Phrase("没有“{given}”这个时区", "例如 Asia/Shanghai 或 Europe/London"),
        "en": Phrase("There is no time zone “{given}”", "Such as Asia/Shanghai or Europe/London"),
    },
    "bad_entity_field": {
        "zh": Phrase("“{given}”应该是“实体.字段”", "例如 order.amount"),
        "en": Phrase("“{given}” has to be an entity and a field of it", "Such as order.amount"),
    },
    "bad_series": {
        "zh": Phrase(
            "编号格式“{given}”不对",
            "用 {{yyyy}} {{yy}} {{mm}} {{dd}} 和一处 {{0000}}，例如 SO-{{yyyy}}{{mm}}-{{0000}}",
        ),
        "en": Phrase(
            "“{given}” is no format for a number series",
            "Use {{yyyy}} {{yy}} {{mm}} {{dd}} and {{0000}} once, such as SO-{{yyyy}}{{mm}}-{{0000}}",
        ),
    },
    "bad_pattern": {
        "zh": Phrase("“{given}”不是正确的正则表达式", "检查其中的括号和反斜杠"),
        "en": Phrase("“{given}” is not a regular expression", "Look at its brackets and backslashes"),
    },
    "out_of_range": {
        "zh": Phrase("要在 {low} 到 {high} 之间"),
        "en": Phrase("This has to be between {low} and {high}"),
    },
    "min_above_max": {
        "zh": Phrase("min（{min}）比 max（{max}）还大，这样什么都填不了", "把两个数对调，或者改其中一个"),
        "en": Phrase(
            "min ({min}) is above max ({max}), so that no value fits", "Swap the two, or change one of them"
        ),
    },
    "no_fields": {
        "zh": Phrase("“{name}”一个字段也没有", "在 fields 下面至少写一个字段"),
        "en": Phrase("“{name}” has no fields", "Write at least one under “fields”"),
    },
    "no_options": {
        "zh": Phrase("没有可选的选项", "在 options 下面写出选项，例如 options: [high, low]"),
        "en": Phrase("There are no options to choose from", "Write them, such as options: [high, low]"),
    },
    "option_twice": {
        "zh": Phrase("“{text}”已经属于选项“{first}”，导入时会分不清", "换一个不同的名称"),
        "en": Phrase(
            "“{text}” already stands for the option “{first}”, so an import could not tell them apart",
            "Call it something else",
        ),
    },
    "unknown_field": {
        "zh": Phrase(
            "“{entity}”没有字段“{name}”",
            "它的字段有：{available}",
            "是不是“{instead}”？它的字段有：{available}",
        ),
        "en": Phrase(
            "{entity} has no field “{name}”",
            "Its fields are: {available}",
            "Did you mean “{instead}”? Its fields are: {available}",
        ),
    },
    "rule_without_demand": {
        "zh": Phrase("规则“{name}”什么都没有要求", "加上 require: [字段] 或 check: 条件"),
        "en": Phrase("The rule “{name}” demands nothing", "Add require: [field] or check: condition"),
    },
    "gate_without_demand": {
        "zh": Phrase("关卡“{name}”什么都没有要求", "加上 require: [字段] 或 check: 条件"),
        "en": Phrase("The gate “{name}” demands nothing", "Add require: [field] or check: condition"),
    },
    "no_stages": {
        "zh": Phrase("流程“{name}”一个阶段也没有", "在 stages 下面写出阶段"),
        "en": Phrase("The flow “{name}” has no stages", "Write them under “stages”"),
    },
    "unknown_stage": {
        "zh": Phrase(
            "流程“{flow}”没有阶段“{name}”",
            "它的阶段有：{available}",
            "是不是“{instead}”？它的阶段有：{available}",
        ),
        "en": Phrase(
            "{flow} has no stage “{name}”",
            "Its stages are: {available}",
            "Did you mean “{instead}”? Its stages are: {available}",
        ),
    },
    "step_does_two_things": {
        "zh": Phrase("一步只做一件事：{first} 和 {second} 不能写在一起", "分成两步，各以“- ”开头"),
        "en": Phrase(
            "A step does one thing: {first} and {second} cannot stand together",
            "Make two steps, each after “- ”",
        ),
    },
    "step_does_nothing": {
        "zh": Phrase("这一步什么也不做", "写上 create、set、notify 或 run"),
        "en": Phrase("This step does nothing", "Write create, set, notify or run"),
    },
    "as_without_create": {
        "zh": Phrase("as 给新建的记录起名字，这一步没有新建记录", "删掉 as，或者加上 create"),
        "en": Phrase(
            "“as” names the record that a step creates, and this one creates none",
            "Delete “as”, or add “create”",
        ),
    },
    "metric_without_calculation": {
        "zh": Phrase("指标“{name}”没说怎么算", "写上其中一个：{available}"),
        "en": Phrase("How the metric “{name}” is worked out is not said", "Write one of: {available}"),
    },
    "ratio_of_two": {
        "zh": Phrase("比率要写两个指标：前一个除以后一个", "例如 ratio: [won, created]"),
        "en": Phrase("A ratio takes two metrics: the first over the second", "Such as ratio: [won, created]"),
    },
    "rollup_without_aggregate": {
        "zh": Phrase("没说汇总什么", "写上其中一个：{available}，例如 sum: order.amount"),
        "en": Phrase(
            "What is to be rolled up is not said", "Write one of: {available}, such as sum: order.amount"
        ),
    },
    "one_of": {
        "zh": Phrase("“{first}”和“{second}”只能写一个", "留下一个，删掉另一个"),
        "en": Phrase("“{first}” and “{second}” cannot both stand here", "Keep one and delete the other"),
    },
}
