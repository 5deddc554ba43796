"""What is said of a value that a field cannot take."""

from . import Phrase, Phrases

PHRASES: Phrases = {
    "not_a_text": {
        "zh": Phrase("“{given}”不是文字", "填一段文字"),
        "en": Phrase("“{given}” is not a text", "Write a text"),
    },
    "unprintable": {
        "zh": Phrase("“{given}”里有看不见的控制字符", "删掉它们，或者重新输入"),
        "en": Phrase("“{given}” has invisible control characters in it", "Delete them, or type it again"),
    },
    "too_long": {
        "zh": Phrase("太长：最多 {max} 个字，现在是 {length} 个", "写短一些"),
        "en": Phrase("Too long: at most {max} characters, and this has {length}", "Make it shorter"),
    },
    "too_short": {
        "zh": Phrase("太短：至少 {min} 个字，现在是 {length} 个", "写长一些"),
        "en": Phrase("Too short: at least {min} characters, and this has {length}", "Make it longer"),
    },
    "pattern_too_slow": {
        "zh": Phrase(
            "检查格式“{pattern}”用时太久，没有保存", "请管理员把这个 pattern 写得简单些：不要在重复里再重复"
        ),
        "en": Phrase(
            "Checking the form “{pattern}” took too long, so nothing was saved",
            "Ask your administrator to write a simpler pattern: no repetition inside a repetition",
        ),
    },
    "wrong_pattern": {
        "zh": Phrase("“{given}”的格式不对", "按这个格式填写：{pattern}"),
        "en": Phrase("“{given}” does not have the right form", "It has to match: {pattern}"),
    },
    "not_a_number": {
        "zh": Phrase("“{given}”不是数字", "填数字，例如 1234.5、1,234.50 或 1.5万"),
        "en": Phrase("“{given}” is not a number", "Write a number, such as 1234.5 or 1,234.50"),
    },
    "too_many_digits": {
        "zh": Phrase("数字太大：整数和小数加起来最多 {digits} 位", "填小一些的数字"),
        "en": Phrase("The number is too big: it may have {digits} digits in all", "Write a smaller number"),
    },
    "too_many_decimals": {
        "zh": Phrase("“{given}”的小数位太多：最多 {decimals} 位", "四舍五入到 {decimals} 位小数"),
        "en": Phrase(
            "“{given}” has too many digits after the point: at most {decimals}",
            "Round it to {decimals} digits after the point",
        ),
    },
    "too_small": {
        "zh": Phrase("不能小于 {min}", "填 {min} 或更大的数字"),
        "en": Phrase("It may not be less than {min}", "Write {min} or more"),
    },
    "too_big": {
        "zh": Phrase("不能大于 {max}", "填 {max} 或更小的数字"),
        "en": Phrase("It may not be more than {max}", "Write {max} or less"),
    },
    "not_a_date": {
        "zh": Phrase("“{given}”不是日期", "写成年-月-日，例如 2026-03-01"),
        "en": Phrase("“{given}” is not a date", "Write year-month-day, such as 2026-03-01"),
    },
    "no_such_day": {
        "zh": Phrase("没有“{given}”这一天", "检查月份和日子"),
        "en": Phrase("There is no such day as “{given}”", "Look at the month and the day again"),
    },
    "not_a_datetime": {
        "zh": Phrase("“{given}”不是日期和时间", "写成 2026-03-01 14:00"),
        "en": Phrase("“{given}” is not a date and time", "Write it like 2026-03-01 14:00"),
    },
    "too_early": {
        "zh": Phrase("不能早于 {min}", "填 {min} 或更晚的日期"),
        "en": Phrase("It may not be before {min}", "Choose {min} or later"),
    },
    "too_late": {
        "zh": Phrase("不能晚于 {max}", "填 {max} 或更早的日期"),
        "en": Phrase("It may not be after {max}", "Choose {max} or earlier"),
    },
    "not_yes_or_no": {
        "zh": Phrase("“{given}”看不出是“是”还是“否”", "填“是”或“否”"),
        "en": Phrase("“{given}” is neither yes nor no", "Write yes or no"),
    },
    "not_an_option": {
        "zh": Phrase(
            "没有“{given}”这个选项", "可以选：{available}", "是不是“{instead}”？可以选：{available}"
        ),
        "en": Phrase(
            "“{given}” is not one of the options",
            "Choose from: {available}",
            "Did you mean “{instead}”? Choose from: {available}",
        ),
    },
    "too_many": {
        "zh": Phrase("最多 {max} 个，现在有 {count} 个", "去掉一些"),
        "en": Phrase("At most {max}, and there are {count}", "Take some away"),
    },
    "not_an_email": {
        "zh": Phrase("“{given}”不是邮箱地址", "写成 name@example.com 的样子"),
        "en": Phrase("“{given}” is not a mail address", "Write it like name@example.com"),
    },
    "not_a_phone": {
        "zh": Phrase(
            "“{given}”不是电话号码", "填 5 到 20 位数字，例如 13800138000、021-5555 1234 或 +44 123456789"
        ),
        "en": Phrase(
            "“{given}” is not a telephone number",
            "Write 5 to 20 digits, such as 13800138000, 021-5555 1234 or +44 123456789",
        ),
    },
    "not_a_url": {
        "zh": Phrase("“{given}”不是网址", "写成 https://example.com 的样子"),
        "en": Phrase("“{given}” is not a web address", "Write it like https://example.com"),
    },
    "not_a_record": {
        "zh": Phrase("“{given}”不是一条记录", "从列表里选一条，或者填它的编号"),
        "en": Phrase("“{given}” is not a record", "Choose one from the list, or give its id"),
    },
    "is_computed": {
        "zh": Phrase("这一项是算出来的，不能直接填写", "改变它所依据的内容"),
        "en": Phrase("This is worked out and cannot be filled in", "Change what it is worked out from"),
    },
    "other_currency": {
        "zh": Phrase("“{given}”是 {other}，这里的金额以 {currency} 计", "按汇率换算成 {currency} 再填"),
        "en": Phrase(
            "“{given}” is in {other}, and this amount is in {currency}", "Convert it to {currency} first"
        ),
    },
    "not_a_cn_resident": {
        "zh": Phrase("“{given}”不是正确的身份证号码：校验位对不上", "对照证件再看一遍，一共 18 位"),
        "en": Phrase(
            "“{given}” is no Chinese identity number: its check digit is wrong", "Compare its 18 characters"
        ),
    },
    "not_a_cn_company": {
        "zh": Phrase("“{given}”不是正确的统一社会信用代码：校验位对不上", "对照营业执照再看一遍，一共 18 位"),
        "en": Phrase(
            "“{given}” is no unified social credit code: its check digit is wrong",
            "Compare its 18 characters",
        ),
    },
    "not_a_bank_card": {
        "zh": Phrase("“{given}”不是正确的银行卡号：校验位对不上", "对照卡面再看一遍"),
        "en": Phrase(
            "“{given}” is no bank card number: its check digit is wrong", "Compare it with the card"
        ),
    },
    "not_a_iban": {
        "zh": Phrase(
            "“{given}”不是正确的 IBAN 账号：校验位对不上",
            "对照账单再看一遍，例如 DE89 3704 0044 0532 0130 00",
        ),
        "en": Phrase(
            "“{given}” is no IBAN: its check digits are wrong",
            "Compare it, such as DE89 3704 0044 0532 0130 00",
        ),
    },
    "not_a_time": {
        "zh": Phrase("“{given}”不是时刻", "写成 14:30 或 下午2点半"),
        "en": Phrase("“{given}” is not a time of day", "Write it like 14:30 or 2:30 pm"),
    },
    "not_a_duration": {
        "zh": Phrase("“{given}”不是时长", "例如 1:30、90 分钟、2 小时 15 分"),
        "en": Phrase("“{given}” is not a length of time", "Such as 1:30, 90 min or 2 h 15 min"),
    },
    "not_a_region": {
        "zh": Phrase("没有“{given}”这个省、市或区", "从列表里选，或者写全名，例如 上海市浦东新区"),
        "en": Phrase(
            "There is no province, city or district “{given}” in China",
            "Choose one from the list, or write its full name, such as 上海市浦东新区",
        ),
    },
    "region_ambiguous": {
        "zh": Phrase("有好几个“{given}”", "写全名，是其中哪一个：{available}"),
        "en": Phrase("Several places are called “{given}”", "Write the full name, one of: {available}"),
    },
    "region_not_deep": {
        "zh": Phrase("“{given}”还不够细", "再写到下一级，例如 {available}"),
        "en": Phrase("“{given}” is not exact enough", "Name the division inside it, such as {available}"),
    },
    "region_too_deep": {
        "zh": Phrase("“{given}”太细了", "只写到上一级", "写 {instead}"),
        "en": Phrase("“{given}” is too exact", "Name the division above it", "Write {instead}"),
    },
    "not_a_location": {
        "zh": Phrase("“{given}”不是坐标", "写成 纬度,经度，例如 31.2304,121.4737"),
        "en": Phrase(
            "“{given}” is not a point on the map", "Write latitude,longitude, such as 31.2304,121.4737"
        ),
    },
    "location_beyond": {
        "zh": Phrase(
            "“{given}”不在地球上：纬度到 90，经度到 180", "检查数字", "两个数是不是反了？写 {instead}"
        ),
        "en": Phrase(
            "“{given}” is not on the earth: latitudes end at 90, longitudes at 180",
            "Look at the numbers again",
            "Are the two numbers swapped? Write {instead}",
        ),
    },
    "not_a_colour": {
        "zh": Phrase("“{given}”不是颜色", "写成 #ff8800，或者 红、蓝 这样的名称"),
        "en": Phrase("“{given}” is not a colour", "Write it like #ff8800, or a name such as red"),
    },
    "signature_too_long": {
        "zh": Phrase("签名的笔画太多了", "清除后重签，写得简单些"),
        "en": Phrase("The signature has too many strokes", "Clear it and sign again, more simply"),
    },
    "secret_masked": {
        "zh": Phrase("圆点只代表已保存的内容，不能当作新的内容保存", "填写真正的内容，或者留空不改"),
        "en": Phrase(
            "The dots stand for what is kept and are no value themselves",
            "Write the real one, or leave it out",
        ),
    },
    "not_json": {
        "zh": Phrase(
            "“{given}”不是 JSON 对象或列表（第 {line} 行第 {column} 列）", '写成 {{"名称": "值"}} 或 [1, 2]'
        ),
        "en": Phrase(
            "“{given}” is no JSON object or list (line {line}, column {column})",
            'Write {{"name": "value"}} or [1, 2]',
        ),
    },
    "json_too_large": {
        "zh": Phrase("内容太多：最多 {max} 个字符", "拆成几条记录"),
        "en": Phrase("This is too much: at most {max} characters", "Make several records of it"),
    },
    "json_too_deep": {
        "zh": Phrase("嵌套太深：最多 {max} 层", "把内容摊平一些"),
        "en": Phrase("This is nested too deeply: at most {max} levels", "Make it flatter"),
    },
    "json_schema_broken": {
        "zh": Phrase("这个字段的 JSON Schema 用不了，没有保存", "请管理员检查它的 $ref"),
        "en": Phrase(
            "The JSON Schema of this field cannot be used, so nothing was saved",
            "Ask your administrator to look at its $ref",
        ),
    },
    "json_type": {
        "zh": Phrase("{at} 要是 {limit}，而不是“{given}”", "改成这种类型的值"),
        "en": Phrase("{at} has to be of type {limit}, not “{given}”", "Write a value of that type"),
    },
    "json_required": {
        "zh": Phrase("{at} 里缺少 {limit}", "补上 {limit}"),
        "en": Phrase("{limit} is missing in {at}", "Add {limit}"),
    },
    "json_enum": {
        "zh": Phrase("{at} 不能是“{given}”", "可以是：{limit}"),
        "en": Phrase("{at} cannot be “{given}”", "It can be: {limit}"),
    },
    "json_const": {
        "zh": Phrase("{at} 不能是“{given}”", "只能是 {limit}"),
        "en": Phrase("{at} cannot be “{given}”", "It has to be {limit}"),
    },
    "json_minimum": {
        "zh": Phrase("{at} 不能小于 {limit}，现在是 {given}", "填 {limit} 或更大的数字"),
        "en": Phrase("{at} may not be less than {limit}, and is {given}", "Write {limit} or more"),
    },
    "json_maximum": {
        "zh": Phrase("{at} 不能大于 {limit}，现在是 {given}", "填 {limit} 或更小的数字"),
        "en": Phrase("{at} may not be more than {limit}, and is {given}", "Write {limit} or less"),
    },
    "json_exclusiveMinimum": {
        "zh": Phrase("{at} 要大于 {limit}，现在是 {given}", "填更大的数字"),
        "en": Phrase("{at} has to be more than {limit}, and is {given}", "Write a bigger number"),
    },
    "json_exclusiveMaximum": {
        "zh": Phrase("{at} 要小于 {limit}，现在是 {given}", "填更小的数字"),
        "en": Phrase("{at} has to be less than {limit}, and is {given}", "Write a smaller number"),
    },
    "json_minLength": {
        "zh": Phrase("{at} 太短：至少 {limit} 个字", "写长一些"),
        "en": Phrase("{at} is too short: at least {limit} characters", "Make it longer"),
    },
    "json_maxLength": {
        "zh": Phrase("{at} 太长：最多 {limit} 个字", "写短一些"),
        "en": Phrase("{at} is too long: at most {limit} characters", "Make it shorter"),
    },
    "json_pattern": {
        "zh": Phrase("{at} 的格式不对：“{given}”", "按这个格式填写：{limit}"),
        "en": Phrase("{at} does not have the right form: “{given}”", "It has to match: {limit}"),
    },
    "json_format": {
        "zh": Phrase("{at} 的“{given}”不是正确的 {limit}", "按 {limit} 的写法填写"),
        "en": Phrase("“{given}” in {at} is no {limit}", "Write it as {limit} is written"),
    },
    "json_minItems": {
        "zh": Phrase("{at} 至少要有 {limit} 项", "再加几项"),
        "en": Phrase("{at} needs at least {limit} items", "Add some"),
    },
    "json_maxItems": {
        "zh": Phrase("{at} 最多 {limit} 项", "去掉一些"),
        "en": Phrase("{at} may have at most {limit} items", "Take some away"),
    },
    "json_uniqueItems": {
        "zh": Phrase("{at} 里有重复的内容", "去掉重复的"),
        "en": Phrase("Something stands in {at} twice", "Take one of them away"),
    },
    "json_additionalProperties": {
        "zh": Phrase("{at} 里不该有 {limit}", "删掉 {limit}"),
        "en": Phrase("{limit} does not belong in {at}", "Delete {limit}"),
    },
    "json_other": {
        "zh": Phrase("{at} 不符合规定（{keyword}）", "对照这个字段的 JSON Schema 检查"),
        "en": Phrase("{at} does not meet the schema ({keyword})", "Compare it with the field's JSON Schema"),
    },
    "not_rows": {
        "zh": Phrase("“{given}”不是明细行", "从 Excel 复制粘贴几行，或者写成 JSON 列表"),
        "en": Phrase(
            "“{given}” is no list of rows", "Paste rows from a spreadsheet, or write a JSON list of objects"
        ),
    },
    "row_unknown_column": {
        "zh": Phrase(
            "第 {row} 行：没有“{given}”这一列",
            "可以填的列：{available}",
            "是不是“{instead}”？可以填的列：{available}",
        ),
        "en": Phrase(
            "Row {row}: there is no column “{given}”",
            "The columns are: {available}",
            "Did you mean “{instead}”? The columns are: {available}",
        ),
    },
    "row_too_wide": {
        "zh": Phrase("第 {row} 行有 {count} 格，明细表只有 {max} 列", "检查是不是多复制了几列"),
        "en": Phrase(
            "Row {row} has {count} cells, and the table has {max} columns", "Look whether too much was copied"
        ),
    },
    "row_value": {
        "zh": Phrase("第 {row} 行“{column}”：{problem}", "{advice}"),
        "en": Phrase("Row {row}, {column}: {problem}", "{advice}"),
    },
    "row_required": {
        "zh": Phrase("第 {row} 行少了“{column}”", "填上“{column}”，或者清空这一行"),
        "en": Phrase("Row {row} has no {column}", "Fill it in, or empty the row"),
    },
    "row_rule": {
        "zh": Phrase("第 {row} 行：{message}", "修改这一行"),
        "en": Phrase("Row {row}: {message}", "Change that row"),
    },
    "too_few_rows": {
        "zh": Phrase("至少要有 {min} 行，现在有 {count} 行", "再加几行"),
        "en": Phrase("At least {min} rows are needed, and there are {count}", "Add some"),
    },
    "too_many_rows": {
        "zh": Phrase("最多 {max} 行，现在有 {count} 行", "分成几条记录"),
        "en": Phrase("At most {max} rows, and there are {count}", "Make several records of it"),
    },
}
