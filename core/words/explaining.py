"""What is said around an explanation: the page, the API, the command. Its lines themselves stand with the formulas."""

from . import Phrase, Phrases

PHRASES: Phrases = {
    "explains_no_such": {
        "zh": Phrase("{entity}没有“{name}”可以说明", "可以问的：{available}", "是不是 {instead}？"),
        "en": Phrase(
            "There is no “{name}” of {entity} to explain", "There are: {available}", "Did you mean {instead}?"
        ),
    },
    "explain_ask_one": {
        "zh": Phrase("要问一件事：field、rule、gate、shown 或 right", "例如 ?field=spent，?right=change"),
        "en": Phrase(
            "Ask about one thing: field, rule, gate, shown or right",
            "For example ?field=spent or ?right=change",
        ),
    },
    "filter_in_python": {
        "zh": Phrase(
            "数据库不能直接回答“{text}”，要逐条检查{entity}",
            "每条约 {cost} 微秒，十万条约 {seconds} 秒；记录多时，做成可以保存的公式字段或汇总字段，再按它筛选",
        ),
        "en": Phrase(
            "No database answers “{text}” itself: every {entity} record is tried",
            "About {cost} µs each, {seconds} s for 100,000; for many records, filter by a formula or rollup field instead",
        ),
    },
    "amount_in_python": {
        "zh": Phrase(
            "“{text}”要逐条计算{entity}",
            "每条约 {cost} 微秒，十万条约 {seconds} 秒；做成公式字段，指标里只写它的名称，数据库就能自己求和",
        ),
        "en": Phrase(
            "“{text}” is worked out for every {entity} record",
            "About {cost} µs each, {seconds} s for 100,000; as a formula field of its own, the database adds it up itself",
        ),
    },
    "cli_option_notes": {
        "zh": Phrase("也说明哪些筛选和指标数据库不能直接回答，要花多少时间。"),
        "en": Phrase("Also tell which filters and metrics no database answers itself, and what that costs."),
    },
    "page_why_back": {"zh": Phrase("回到{title}"), "en": Phrase("Back to {title}")},
    "openapi_explain": {
        "zh": Phrase("{label}的一个值、规则、关卡或显示为什么是这样"),
        "en": Phrase("Why a value, a rule, a gate or the showing of a field of a {label} record is as it is"),
    },
    "cli_explain": {
        "zh": Phrase(
            "说明一条记录的值、规则、关卡或权限为什么是这样\n\n例如 kehu explain customer/01a2….spent，"
            "或 kehu explain right 王芳 change deal/01a2…"
        ),
        "en": Phrase(
            "Tell why a value, a rule, a gate or a right of a record is as it is\n\n"
            "For example kehu explain customer/01a2….spent, or kehu explain right Ann change deal/01a2…"
        ),
    },
    "cli_option_explain_rule": {
        "zh": Phrase("问对象的一条规则。"),
        "en": Phrase("Ask about a rule of the entity."),
    },
    "cli_option_explain_gate": {
        "zh": Phrase("问流程的一个关卡。"),
        "en": Phrase("Ask about a gate of its flow."),
    },
    "cli_option_explain_shown": {
        "zh": Phrase("问表单是否显示这个字段。"),
        "en": Phrase("Ask whether its form shows a field."),
    },
    "explain_subject_unreadable": {
        "zh": Phrase(
            "看不懂“{given}”", "写成 对象/记录.字段，例如 customer/01a2….spent；记录可以写 ID、外部编号或名称"
        ),
        "en": Phrase(
            "“{given}” cannot be read",
            "Write entity/record.field, such as customer/01a2….spent; the record by its id, external id or title",
        ),
    },
}
