"""What formulas say: mistakes in them, the names of their types, and the lines of an explanation."""

from . import Language, Phrase, Phrases

__all__ = ["PHRASES", "TYPES"]

TYPES: dict[str, tuple[str, str]] = {
    "text": ("文字", "text"), "number": ("数字", "a number"), "money": ("金额", "money"),
    "percent": ("百分比", "a percentage"), "yes_no": ("是/否", "yes or no"), "date": ("日期", "a date"),
    "datetime": ("日期时间", "a date with time"), "duration": ("时长", "a length of time"),
    "choice": ("选项", "a choice"), "list": ("多个值", "a list"), "record": ("一条记录", "a record"),
    "records": ("多条记录", "several records"), "empty": ("空", "empty"), "unknown": ("未知", "unknown"),
}  # fmt: skip
"""type → its name in Chinese and in English."""


def _both(zh: str, zh_help: str, en: str, en_help: str) -> dict[Language, Phrase]:
    return {"zh": Phrase(zh, zh_help), "en": Phrase(en, en_help)}


def _line(zh: str, en: str) -> dict[Language, Phrase]:
    return {"zh": Phrase(zh), "en": Phrase(en)}


PHRASES: Phrases = {
    # Reading
    "formula_too_long": _both(
        "公式有 {length} 个字符，最多 {limit} 个。", "把其中一部分做成单独的公式字段，再引用它。",
        "The formula has {length} characters; {limit} is the most.",
        "Make a part of it a formula field of its own and use that.",
    ),
    "formula_too_deep": _both(
        "公式嵌套超过 {limit} 层。", "用 SWITCH 代替多层 IF，或拆成几个公式字段。",
        "The formula is nested more than {limit} levels deep.",
        "Use SWITCH in place of many IFs, or split it into several formula fields.",
    ),
    "formula_too_big": _both(
        "公式的组成部分超过 {limit} 个。", "拆成几个公式字段。",
        "The formula has more than {limit} parts.", "Split it into several formula fields.",
    ),
    "formula_number_too_long": _both(
        "一个数字最多 {limit} 位。", "写短一些。", "A number has at most {limit} digits.", "Write a shorter one.",
    ),
    "formula_too_costly": _both(
        "这个公式算上它引用的公式字段，要计算 {cost} 步，最多 {limit} 步。",
        "让被引用的公式字段少用汇总和 TODAY()（那样的字段每次都要重新计算），或改用汇总字段（rollup）。",
        "With the formula fields it reads, this formula takes {cost} steps; {limit} is the most.",
        "Let the fields it reads do without totals and TODAY() (which make them be worked out each time), or use rollups.",
    ),
    "formula_chain_too_long": _both(
        "公式字段一个引用一个，超过 {limit} 层：{path}。", "把其中几个合成一个公式。",
        "Formula fields build on each other more than {limit} levels deep: {path}.", "Put some of them into one formula.",
    ),
    "formula_without_text": _both(
        "公式是空的。", "写一个公式，例如 金额 > 10000，或删除这一项。",
        "The formula is empty.", "Write one, such as amount > 10000, or remove this key.",
    ),
    "formula_unknown_character": _both(
        "公式里不能用“{character}”。", "删除它；如果它属于字段名称，把名称写在方括号里，例如 [毛利率(%)]。",
        "A formula cannot contain “{character}”.",
        "Remove it; if it belongs to a field's label, put the label in square brackets: [Margin (%)].",
    ),
    "formula_not_closed": _both(
        "{opening} 没有配对的 {closing}。", "在文字结束处补上 {closing}。",
        "{opening} is never closed.", "Add {closing} where it ends.",
    ),
    "formula_ends_early": _both(
        "公式在这里就结束了，还缺 {wanted}。", "在末尾补上 {wanted}。",
        "The formula ends here, but {wanted} is still missing.", "Add {wanted} at the end.",
    ),
    "formula_ends_early_value": _both(
        "公式在这里就结束了，后面应有一个值或字段。", "补上要比较或计算的内容，例如 > 100。",
        "The formula ends here where a value or a field should follow.",
        "Say with what to compare or calculate, such as > 100.",
    ),
    "formula_unexpected": _both(
        "这里应是 {wanted}，却写了“{found}”。", "检查括号和逗号。",
        "Here should be {wanted}, not “{found}”.", "Check the brackets and commas.",
    ),
    "formula_unexpected_value": _both(
        "这里应是一个值或字段，却写了“{found}”。", "在“{found}”前补上字段或值。",
        "Here should be a value or a field, not “{found}”.",
        "Write a field or a value before “{found}”.",
    ),
    "formula_unexpected_sign": _both(
        "“{found}”不能用在这里。", "删除它；求余数、乘方等没有对应的符号。",
        "“{found}” cannot stand here.", "Remove it.",
    ),
    "formula_missing_operator": _both(
        "“{found}”前面缺少运算符。", "两个条件之间写 and 或 or；文字要放在引号里。",
        "An operator is missing before “{found}”.",
        "Join conditions with and / or; put text in quotes.",
    ),
    "formula_closing_without_opening": _both(
        "这个右括号没有对应的左括号。", "删除它，或在前面补上 (。",
        "This bracket closes nothing.", "Remove it, or open one before it.",
    ),
    "formula_is_what": _both(
        "is 后面只能是 empty 或 not empty。", "比较相等请用 =，例如 状态 = \"成交\"。",
        "After is can come empty or not empty.",
        "To ask whether two are equal, write =: status = \"won\".",
    ),
    "formula_chained": _both(
        "比较不能连着写。", "拆成两个条件：金额 > 100 and 金额 < 500。",
        "Comparisons cannot be strung together.", "Write two: amount > 100 and amount < 500.",
    ),
    "formula_name_after_dot": _both(
        "点后面应是一个字段。", "例如 客户.负责人。",
        "After the dot a field must follow.", "For example customer.owner.",
    ),
    "formula_unknown_unit": _both(
        "不认识“{number} {unit}”里的“{unit}”。",
        "时长用 天、周、小时、分钟（7 days），金额可用 万、亿；否则在数字后补上运算符。",
        "“{unit}” in “{number} {unit}” is not known.",
        "Lengths of time are days, weeks, hours or minutes (7 days); otherwise an operator is missing.",
    ),
    "formula_months": _both(
        "月和年长短不一，不能直接加减。", "写 ADD_MONTHS(日期, {number})，或 ADD_YEARS(日期, {number})。",
        "Months and years differ in length, so they are no length of time.",
        "Write ADD_MONTHS(date, {number}) or ADD_YEARS(date, {number}).",
    ),
    "formula_duration_too_long": _both(
        "这个时长太长了。", "写一个短一些的。", "This length of time is too long.", "Write a shorter one.",
    ),
    # Names
    "formula_unknown_name": _both(
        "{entity}没有字段“{name}”。", "文字要放在引号里。可用的字段：{available}。",
        "{entity} has no field “{name}”.", "Text goes in quotes. It has: {available}.",
    ),
    "formula_unknown_name_near": _both(
        "{entity}没有字段“{name}”。", "是不是“{instead}”？可用的字段：{available}。",
        "{entity} has no field “{name}”.", "Did you mean {instead}? It has: {available}.",
    ),
    "formula_option_unquoted": _both(
        "“{name}”是一个选项，要放在引号里。", "写成 {instead}。",
        "“{name}” is an option and belongs in quotes.", "Write {instead}.",
    ),
    "formula_words_in_a_row": _both(
        "“{first}”和“{rest}”之间缺少运算符。", "写上 =、>、and 等；文字要放在引号里。",
        "An operator is missing between “{first}” and “{rest}”.",
        "Write =, > or and between them; put text in quotes.",
    ),
    "formula_ambiguous_name": _both(
        "“{name}”可以指多个字段：{choices}。", "写字段名而不是显示名称：{choices}。",
        "“{name}” may mean any of {choices}.", "Write one of these names instead of the label.",
    ),
    "formula_field_called_function": _both(
        "“{name}”是字段，不能像函数那样加括号。", "去掉括号。",
        "“{name}” is a field and takes no brackets.", "Remove the brackets.",
    ),
    "formula_unknown_function": _both(
        "没有叫“{name}”的函数。", "可用的函数：{available}。",
        "There is no function “{name}”.", "There are: {available}.",
    ),
    "formula_unknown_function_near": _both(
        "没有叫“{name}”的函数。", "是不是 {instead}？",
        "There is no function “{name}”.", "Did you mean {instead}?",
    ),
    "formula_leads_nowhere": _both(
        "“{name}”不指向别的记录，后面不能加点。", "去掉“.”及其后面的部分。",
        "“{name}” does not point to another record, so no dot can follow.",
        "Remove the dot and what follows.",
    ),
    "formula_many_records": _both(
        "“{name}”有多条记录，要说明取哪个。", "例如 SUM({path})、COUNT({name})、LAST({path})。",
        "“{name}” are several records: say what to take of them.",
        "For example SUM({path}), COUNT({name}) or LAST({path}).",
    ),
    # Types
    "formula_compare": _both(
        "{left}不能与{right}比较。", "两边要是同一类的值。",
        "{left} cannot be compared with {right}.", "Both sides must be of one kind.",
    ),
    "formula_no_order": _both(
        "{type}没有大小之分，不能用 {operator}。", "用 = 、<> 或 in。",
        "{type} has no order, so {operator} does not apply.", "Use =, <> or in.",
    ),
    "formula_compare_list": _both(
        "“{name}”里有多个值，不能直接比较。", "写 CONTAINS({name}, \"…\")。",
        "“{name}” holds several values and cannot be compared.", "Write CONTAINS({name}, \"…\").",
    ),
    "formula_percent_as_number": _both(
        "百分比与 {number} 比较：{number} 等于 {percent}。", "写 {instead} 表示百分之 {number}。",
        "A percentage is compared with {number}, which is {percent}.",
        "Write {instead} if you mean {number} per cent.",
    ),
    "formula_no_option": _both(
        "{field}没有选项“{option}”。", "可用的选项：{available}。",
        "{field} has no option “{option}”.", "Its options: {available}.",
    ),
    "formula_no_option_near": _both(
        "{field}没有选项“{option}”。", "是不是 {instead}？可用的选项：{available}。",
        "{field} has no option “{option}”.", "Did you mean {instead}? Its options: {available}.",
    ),
    "formula_not_a_day": _both(
        "“{text}”不是日期。", "写成 DATE(2026, 3, 1) 或 \"2026-03-01\"。",
        "“{text}” is not a date.", "Write DATE(2026, 3, 1) or \"2026-03-01\".",
    ),
    "formula_arithmetic": _both(
        "{left}和{right}之间不能用 {operator}。", "检查两边各是什么；时长要带单位，例如 7 days。",
        "{operator} has no meaning between {left} and {right}.",
        "Check what stands on each side; lengths of time have a unit, such as 7 days.",
    ),
    "formula_money_and_percent": _both(
        "金额不能直接 {operator} 百分比。", "写成乘法，例如 金额 * (1 + 20%)。",
        "“{operator}” cannot stand between money and a percentage.", "Multiply: amount * (1 + 20%).",
    ),
    "formula_two_currencies": _both(
        "这里的金额一个是 {left}，一个是 {right}。", "先按汇率换算其中一个，例如 AS_NUMBER(金额) * 7.1。",
        "One of these amounts is in {left}, the other in {right}.",
        "Turn one into the other first, such as AS_NUMBER(price) * 7.1.",
    ),
    "formula_date_and_number": _both(
        "日期要加减时长，不能加减数字。", "给数字带上单位，例如 {instead}。",
        "To a date belongs a length of time, not a number.", "Give the number a unit: {instead}.",
    ),
    "formula_hours_and_date": _both(
        "日期没有钟点，不能加减不满一天的时长。", "用整天，例如 1 day，或改用带时间的字段。",
        "A date has no time of day, so only whole days can be added to it.",
        "Use days, or a field with a time.",
    ),
    "formula_wants_yes_no": _both(
        "这里要一个成立或不成立的条件，却是{given}。", "写成比较，例如 金额 > 0 或 电话 is not empty。",
        "Here a condition is needed, which holds or not; this is {given}.",
        "Compare it: amount > 0, or phone is not empty.",
    ),
    "formula_expects": _both(
        "这个公式应给出{wanted}，却给出{given}。", "改成给出{wanted}的公式。",
        "This formula must give {wanted}, but gives {given}.", "Change it so that it gives {wanted}.",
    ),
    "formula_gives_duration": _both(
        "这个公式给出时长，字段里要存数字。", "写出单位：{instead}，也可以用 IN_HOURS、IN_MINUTES。",
        "This formula gives a length of time, and a field keeps a number.",
        "Say the unit: {instead}; there are IN_HOURS and IN_MINUTES, too.",
    ),
    "formula_branches": _both(
        "{function} 的各个结果要是同一类，这里有{left}，也有{right}。", "让每个结果类型相同；没有值时写 empty。",
        "All results of {function} must be of one kind; here are {left} and {right}.",
        "Make them alike; write empty where there is no value.",
    ),
    "formula_in_what": _both(
        "in 后面要有括号里的若干值，或一个多值字段。", "例如 分类 in (\"high\", \"regular\")。",
        "After in comes a list in brackets, or a field with several values.",
        "For example class in (\"high\", \"regular\").",
    ),
    "formula_period_of_what": _both(
        "in period 只能问日期，这里是{given}。", "例如 下单日期 in period。",
        "Only a date can be in period; this is {given}.", "For example ordered_at in period.",
    ),
    # Functions
    "formula_arguments": _both(
        "{function} 要 {wanted} 个参数，这里给了 {given} 个。", "参数之间用逗号隔开。",
        "{function} takes {wanted} arguments, not {given}.", "Separate arguments with commas.",
    ),
    "formula_argument": _both(
        "{function} 的第 {position} 个参数应是{wanted}，却是{given}。", "换成{wanted}。",
        "Argument {position} of {function} must be {wanted}; this is {given}.", "Put {wanted} there.",
    ),
    "formula_option_wanted": _both(
        "{function} 的第 2 个参数要直接写出一个选项。", "例如 {function}(…, \"{example}\")。",
        "The second argument of {function} must be an option, written out.", "For example {function}(…, \"{example}\").",
    ),
    "formula_total_of_what": _both(
        "{function} 不能用于{given}。", "例如 {function}(订单.金额)，或列出几个数字。",
        "{function} cannot be taken of {given}.",
        "For example {function}(orders.amount), or several numbers.",
    ),
    "formula_total_of_nothing": _both(
        "{function} 要说明取哪个字段。", "例如 {function}({name}.{field})。",
        "{function} must be told which field to take.", "For example {function}({name}.{field}).",
    ),
    "formula_children_too_deep": _both(
        "汇总里最多再嵌套 {limit} 层汇总。", "在下级对象里先做一个汇总字段。",
        "Totals inside totals may go {limit} levels deep.", "Make a rollup field of the inner one.",
    ),
    # Conditions built from filters
    "formula_condition_value": _both(
        "“{value}”不能与{field}比较，应是{wanted}。", "换成{wanted}。",
        "{field} cannot be compared with “{value}”; {wanted} is needed.", "Give {wanted}.",
    ),
    "formula_condition_operator": _both(
        "{field}不能用“{operator}”筛选。", "可用的：{available}。",
        "{field} cannot be filtered by “{operator}”.", "It can be by: {available}.",
    ),
    # Texts with holes
    "formula_hole_not_closed": _both(
        "“{{{{”没有配对的“}}}}”。", "在公式后面补上 }}}}。",
        "“{{{{” is never closed.", "Add }}}} after the formula.",
    ),
    # Explanations
    "explain_all": _line("以下各项都要成立", "all of these must hold"),
    "explain_any": _line("以下至少一项要成立", "one of these must hold"),
    "explain_not": _line("以下不能成立", "this must not hold"),
    "explain_compare": _line("{left} {sign} {right}", "{left} {sign} {right}"),
    "explain_empty": _line("{left} 为空", "{left} is empty"),
    "explain_in": _line("{left} 是其中之一：{right}", "{left} is one of {right}"),
    "explain_period": _line("{left} 在本期内", "{left} is in the period"),
    "explain_case": _line("{text} = {value}", "{text} = {value}"),
    "explain_field": _line("{label} = {value}", "{label} = {value}"),
    "explain_total": _line("{label} = {value}（{count} 条记录）", "{label} = {value} (of {count} records)"),
    "explain_call": _line("{text} = {value}", "{text} = {value}"),
    "explain_value": _line("{value}", "{value}"),
    "explain_asks": _line("{label}", "{label}"),
    "explain_unmet": _line("{label}：现在不要求", "{label}: not asked for now"),
    "explain_filled": _line("要填写 {label}（{value}）", "{label} must be filled ({value})"),
    "explain_record": _line("{label}：{value}", "{label}: {value}"),
    "explain_much": _line("要看的记录太多，没有算出来", "too many records to look at: there is no result"),
    "explain_given": _line("{label} = {value}，是填写的，不是算出来的", "{label} = {value}, which somebody filled in"),
    "explain_side": _line("{label}（{value}）", "{label} ({value})"),
    "explain_nothing": _line("空", "empty"),
    "explain_yes": _line("是", "yes"),
    "explain_no": _line("否", "no"),
}  # fmt: skip
