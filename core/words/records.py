"""What is said when a record cannot be saved, read or found."""

from . import Phrase, Phrases

PHRASES: Phrases = {
    "no_such_entity": {
        "zh": Phrase("没有叫 {name} 的对象", "现有的对象：{available}"),
        "en": Phrase("There is no entity called {name}", "Entities: {available}"),
    },
    "no_such_metric": {
        "zh": Phrase("没有叫 {name} 的指标", "现有的指标：{available}"),
        "en": Phrase("There is no metric called {name}", "Metrics: {available}"),
    },
    "no_such_view": {
        "zh": Phrase("没有叫 {name} 的视图", "现有的视图：{available}"),
        "en": Phrase("There is no view called {name}", "Views: {available}"),
    },
    "no_such_dashboard": {
        "zh": Phrase("没有叫 {name} 的仪表盘", "现有的仪表盘：{available}"),
        "en": Phrase("There is no dashboard called {name}", "Dashboards: {available}"),
    },
    "record_missing": {
        "zh": Phrase("没有这条{entity}记录：{id}", "它可能已被删除，或者您看不到它"),
        "en": Phrase("There is no {entity} record {id}", "It may have been deleted, or you may not see it"),
    },
    "not_allowed": {
        "zh": Phrase("您不可以{doing}{entity}记录", "请联系管理员"),
        "en": Phrase("You may not {doing} this {entity} record", "Ask your administrator"),
    },
    "field_is_not_writable": {
        "zh": Phrase("“{label}”由系统维护，不能填写", "去掉 {name}"),
        "en": Phrase("{label} is kept by the system and cannot be given", "Leave out {name}"),
    },
    "field_required": {
        "zh": Phrase("请填写“{label}”"),
        "en": Phrase("{label} is needed"),
    },
    "field_required_by_form": {
        "zh": Phrase("请填写“{label}”：表单“{form}”规定，{when} 时要填"),
        "en": Phrase("{label} is needed: the form “{form}” asks for it where {when}"),
    },
    "field_required_by_rule": {
        "zh": Phrase("请填写“{label}”：{message}"),
        "en": Phrase("{label} is needed: {message}"),
    },
    "rule_says": {
        "zh": Phrase("{message}"),
        "en": Phrase("{message}"),
    },
    "rule_broken": {
        "zh": Phrase("不符合规则 {rule}：{formula}"),
        "en": Phrase("This breaks the rule {rule}: {formula}"),
    },
    "link_leads_nowhere": {
        "zh": Phrase("“{label}”：没有找到{entity}“{text}”", "填写已有记录的名称、编号或 ID"),
        "en": Phrase(
            "{label}: there is no {entity} {text}",
            "Give the title, the external id or the id of a record that exists",
        ),
    },
    "link_is_ambiguous": {
        "zh": Phrase("不止一条{entity}叫“{text}”", "改用它的 ID 或外部编号"),
        "en": Phrase("More than one {entity} is called {text}", "Give its id or external id instead"),
    },
    "changed_meanwhile": {
        "zh": Phrase(
            "这条{entity}已被别人修改（您看到的是第 {seen} 版，现在是第 {version} 版）",
            "重新打开，核对后再保存",
        ),
        "en": Phrase(
            "Somebody else changed this {entity} (you saw version {seen}, it is now version {version})",
            "Open it again, compare, and save again",
        ),
    },
    "still_linked": {
        "zh": Phrase("还有 {count} 条{others}关联着这条{entity}，不能删除", "先处理这些{others}"),
        "en": Phrase(
            "{count} {others} records still link to this {entity}, so it cannot be deleted",
            "Deal with these first",
        ),
    },
    "automation_loop": {
        "zh": Phrase(
            "自动化一个触发一个，超过 {deepest} 层仍未结束（最后是{entity}），已全部取消",
            "检查这些自动化的触发条件，给其中一个加上 when",
        ),
        "en": Phrase(
            "Automations set each other off more than {deepest} times (last on {entity}); all of it was undone",
            "Look at what sets them off, and give one of them a when",
        ),
    },
    "automation_refused": {
        "zh": Phrase("自动化“{automation}”没能完成，因此整个操作已取消"),
        "en": Phrase("The automation {automation} could not do its part, so nothing was changed"),
    },
    "stage_needed": {
        "zh": Phrase("“{flow}”中的阶段不能为空"),
        "en": Phrase("The stage in {flow} cannot be empty"),
    },
    "not_a_start": {
        "zh": Phrase("新记录不能从“{to}”开始", "可以从这里开始：{allowed}"),
        "en": Phrase("A new record cannot begin at {to}", "It may begin at: {allowed}"),
    },
    "no_such_move": {
        "zh": Phrase("不能从“{was}”直接到“{to}”", "从“{was}”可以到：{allowed}"),
        "en": Phrase("There is no move from {was} to {to}", "From {was} you can go to: {allowed}"),
    },
    "no_move_from_here": {
        "zh": Phrase("“{was}”是终点，不能再到“{to}”"),
        "en": Phrase("{was} is an end: there is no move to {to}"),
    },
    "gate_requires": {
        "zh": Phrase("进入“{stage}”之前，请填写“{label}”"),
        "en": Phrase("Before {stage}, {label} is needed"),
    },
    "gate_requires_because": {
        "zh": Phrase("进入“{stage}”之前，请填写“{label}”：{message}"),
        "en": Phrase("Before {stage}, {label} is needed: {message}"),
    },
    "gate_checks": {
        "zh": Phrase("还不能进入“{stage}”：{formula}"),
        "en": Phrase("Not yet ready for {stage}: {formula}"),
    },
    "gate_says": {
        "zh": Phrase("还不能进入“{stage}”：{message}"),
        "en": Phrase("Not yet ready for {stage}: {message}"),
    },
    "key_used_before": {
        "zh": Phrase("请求键 {key} 已经用于另一个内容不同的请求", "每个新请求用一个新的键"),
        "en": Phrase(
            "The key {key} was already used for a request with other values",
            "Use a new key for each new request",
        ),
    },
    "seed_row_refused": {
        "zh": Phrase("示例数据 {entity} 的 {id} 这一行不符合定义", "改正这一行，或去掉它"),
        "en": Phrase(
            "The sample data row {id} of {entity} does not fit the definitions",
            "Mend the row, or take it out",
        ),
    },
    "no_such_import_field": {
        "zh": Phrase("没有可以导入的字段 {name}", "可以导入的字段：{available}"),
        "en": Phrase("There is no field {name} to import into", "Fields: {available}"),
    },
    "sheet_too_large": {
        "zh": Phrase("{file} 太大，最多 {megabytes} MB", "分成几个文件再导入"),
        "en": Phrase("{file} is too large; {megabytes} MB at most", "Split it into several files"),
    },
    "sheet_encoding": {
        "zh": Phrase("{file} 的文字编码认不出来", "在表格软件里另存为“CSV UTF-8”再导入"),
        "en": Phrase(
            "The text encoding of {file} is not recognised",
            "Save it as CSV UTF-8 in your spreadsheet program, and import that",
        ),
    },
    "sheet_unknown_format": {
        "zh": Phrase("不认识这种文件：{suffix}", "可以导入 .csv、.xlsx、.json 和 .jsonl"),
        "en": Phrase(
            "Files of this kind are not known: {suffix}",
            "CSV, Excel (.xlsx), JSON and JSON Lines can be imported",
        ),
    },
    "sheet_row_too_long": {
        "zh": Phrase("{file} 第 {line} 行有 {cells} 格，标题只有 {columns} 列", "看看这一行是不是少了引号"),
        "en": Phrase(
            "Line {line} of {file} has {cells} cells, but the heading has {columns}",
            "Look for a missing quotation mark in that line",
        ),
    },
    "definitions_changed": {
        "zh": Phrase("就在这时，定义里去掉了一个字段；什么都没有写入", "再试一次，会按新的定义来"),
        "en": Phrase(
            "The definitions lost a field at this very moment; nothing was written",
            "Try again: it will go by the new definitions",
        ),
    },
    "sheet_broken": {
        "zh": Phrase("{file} 第 {line} 行读不下去：{reason}", "改正这一行再导入；什么都还没有写入"),
        "en": Phrase(
            "{file} cannot be read at line {line}: {reason}",
            "Mend that line and import again; nothing was written",
        ),
    },
    "sheet_not_rows": {
        "zh": Phrase("{file} 里不是一行行的记录", '写成对象的列表：[{{"name": …}}, …]'),
        "en": Phrase("{file} does not hold rows", 'Write a list of objects: [{{"name": …}}, …]'),
    },
    "sheet_empty": {
        "zh": Phrase("{file} 是空的，或者没有标题行", "第一行写列名"),
        "en": Phrase("{file} is empty or has no heading", "Put the column names into the first line"),
    },
    "sheet_too_wide": {
        "zh": Phrase("{file} 有 {columns} 列，最多 {widest} 列", "去掉用不到的列"),
        "en": Phrase("{file} has {columns} columns; {widest} at most", "Take out columns you do not need"),
    },
}
