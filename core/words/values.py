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
}
