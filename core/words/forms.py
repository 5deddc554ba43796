"""The words of forms, of asking before a deletion, and of the import."""

from . import Phrase, Phrases

__all__ = ["PHRASES"]

PHRASES: Phrases = {
    # On the pages.
    "page_joint": {"zh": Phrase("；"), "en": Phrase("; ")},
    "page_form_new": {"zh": Phrase("新建{label}"), "en": Phrase("New {label:within}")},
    "page_form_edit": {"zh": Phrase("编辑{label}“{title}”"), "en": Phrase("Edit {label:within} “{title}”")},
    "page_form_move": {"zh": Phrase("“{title}”进入“{stage}”"), "en": Phrase("Move “{title}” to {stage}")},
    "page_form_create": {"zh": Phrase("保存"), "en": Phrase("Save")},
    "page_form_save": {"zh": Phrase("保存"), "en": Phrase("Save")},
    "page_form_overwrite": {"zh": Phrase("保存我填写的值"), "en": Phrase("Save my values")},
    "page_form_move_submit": {"zh": Phrase("保存并进入“{stage}”"), "en": Phrase("Save and move to {stage}")},
    "page_form_gate_closed": {
        "zh": Phrase("进入“{stage}”之前，还需要以下内容。"),
        "en": Phrase("This is needed before {stage}."),
    },
    "page_form_gate_open": {
        "zh": Phrase("条件都已满足，可以进入“{stage}”。"),
        "en": Phrase("Everything is there: it can move to {stage}."),
    },
    "page_form_created": {
        "zh": Phrase("已新建{label}“{title}”"),
        "en": Phrase("Created {label:within} “{title}”"),
    },
    "page_form_saved": {
        "zh": Phrase("已保存{label}“{title}”"),
        "en": Phrase("Saved {label:within} “{title}”"),
    },
    "page_form_unchanged": {"zh": Phrase("没有改动，不用保存"), "en": Phrase("Nothing was changed")},
    "page_form_moved": {
        "zh": Phrase("“{title}”已进入“{stage}”"),
        "en": Phrase("“{title}” is now in {stage}"),
    },
    "page_form_warned": {
        "zh": Phrase("{text}。请注意：{warnings}"),
        "en": Phrase("{text}. Please note: {warnings}"),
    },
    "page_form_nothing": {"zh": Phrase("空"), "en": Phrase("empty")},
    "page_form_merged": {
        "zh": Phrase("已保存{label}“{title}”。您填写的时候别人改了其他字段，两边的修改都保留了。"),
        "en": Phrase(
            "{label} “{title}” was saved. Meanwhile somebody else had changed other fields; both changes are kept."
        ),
    },
    "page_form_taken_over": {
        "zh": Phrase("已换成别人刚保存的值（原来是：{value}）。"),
        "en": Phrase("Now as somebody else just saved it (it was: {value})."),
    },
    "page_form_delete": {
        "zh": Phrase("删除{label}“{title}”？"),
        "en": Phrase("Delete {label:within} “{title}”?"),
    },
    "page_form_delete_text": {
        "zh": Phrase("删除之后，这条{label}不会再出现在列表、看板和统计里；它的历史会保留。"),
        "en": Phrase("This {label:within} will be gone from lists, boards and figures; its history is kept."),
    },
    "page_form_delete_held": {
        "zh": Phrase("这条{label}现在还不能删除。"),
        "en": Phrase("This {label:within} cannot be deleted yet."),
    },
    "page_form_delete_refuse": {
        "zh": Phrase("还有 {count} 条{others}关联着它（{field}），要先处理"),
        "en": Phrase("{count} {others} link to it ({field}) and must be dealt with first"),
    },
    "page_form_delete_clear": {
        "zh": Phrase("{count} 条{others}会保留，其中的“{field}”会清空"),
        "en": Phrase("{count} {others} stay, with {field} emptied"),
    },
    "page_form_delete_take_along": {
        "zh": Phrase("{count} 条{others}会一起删除"),
        "en": Phrase("{count} {others} are deleted along with it"),
    },
    "page_form_deleted": {
        "zh": Phrase("已删除{label}“{title}”"),
        "en": Phrase("Deleted {label:within} “{title}”"),
    },
    "page_import_formats": {
        "zh": Phrase(
            "Excel（.xlsx）、CSV（UTF-8、GBK 等编码都可以）、JSON、JSON Lines；最大 {megabytes} MB。"
        ),
        "en": Phrase("Excel (.xlsx), CSV in any usual encoding, JSON or JSON Lines, {megabytes} MB at most."),
    },
    "page_import_external_id": {"zh": Phrase("外部编号（ID）"), "en": Phrase("External ID")},
    "page_import_external_id_help": {
        "zh": Phrase("在原系统中的编号；编号相同的记录会更新，不会重复新建"),
        "en": Phrase("Its id where it comes from; a record of the same id is updated, not made twice"),
    },
    "page_import_created_at": {"zh": Phrase("创建时间"), "en": Phrase("Created at")},
    "page_import_rate": {"zh": Phrase("每秒 {rate} 行"), "en": Phrase("{rate} rows a second")},
    "page_import_waiting": {"zh": Phrase("正在准备…"), "en": Phrase("Getting ready…")},
    "page_import_created": {"zh": Phrase("新建"), "en": Phrase("Created")},
    "page_import_changed": {"zh": Phrase("更新"), "en": Phrase("Updated")},
    "page_import_unchanged": {"zh": Phrase("没有变化"), "en": Phrase("Unchanged")},
    "page_import_not_taken": {"zh": Phrase("没有导入"), "en": Phrase("Not imported")},
    "page_import_people": {"zh": Phrase("新增人员"), "en": Phrase("People added")},
    "page_import_more": {
        "zh": Phrase("只列出前 {shown} 行，共 {count} 行；下载文件可以看到全部。"),
        "en": Phrase("The first {shown} of {count} rows; download the file to see them all."),
    },
    "page_import_problem": {"zh": Phrase("{label}：{text}"), "en": Phrase("{label}: {text}")},
    "page_import_reason": {"zh": Phrase("没有导入的原因"), "en": Phrase("Why it was not imported")},
    "page_import_line_number": {"zh": Phrase("原文件行号"), "en": Phrase("Line in the file")},
    # What is wrong.
    "form_no_such_stage": {
        "zh": Phrase("{entity}没有“{stage}”这个阶段", "现有的阶段：{available}"),
        "en": Phrase("{entity} has no stage called {stage}", "Stages: {available}"),
    },
    "form_no_stages": {
        "zh": Phrase("{entity}没有阶段，不能移动到“{stage}”"),
        "en": Phrase("{entity} has no stages, so it cannot move to {stage}"),
    },
    "form_version_wrong": {
        "zh": Phrase("看不出您填写的是哪一版，所以还没有保存", "核对下面的内容，再保存一次"),
        "en": Phrase(
            "It is not clear which version this form was about, so nothing was saved",
            "Look it over and save again",
        ),
    },
    "form_changed_by": {
        "zh": Phrase(
            "您填写的时候，{who}修改了这条{entity}，所以还没有保存",
            "您改过的内容都还在；核对标出的字段，再保存一次",
        ),
        "en": Phrase(
            "{who} changed this {entity} while you were at it, so nothing was saved yet",
            "What you typed is still here; look at the marked fields and save again",
        ),
    },
    "form_changed": {
        "zh": Phrase(
            "您填写的时候，这条{entity}有了改动，所以还没有保存",
            "您改过的内容都还在；核对标出的字段，再保存一次",
        ),
        "en": Phrase(
            "This {entity} was changed while you were at it, so nothing was saved yet",
            "What you typed is still here; look at the marked fields and save again",
        ),
    },
    "form_theirs": {
        "zh": Phrase("现在保存的值是：{value}", "再保存一次，就用您填写的值"),
        "en": Phrase("The value saved now is: {value}", "Save again to use yours"),
    },
    "form_taken_says": {
        "zh": Phrase("{message}", "打开已有的“{title}”，或换一个值"),
        "en": Phrase("{message}", "Open “{title}”, which has it, or choose another value"),
    },
    "form_taken_by": {
        "zh": Phrase("已有一条记录用了这个值（{labels}）", "打开已有的“{title}”，或换一个值"),
        "en": Phrase("Another record already has this value ({labels})", "Open “{title}”, or choose another"),
    },
    "import_no_file": {
        "zh": Phrase("还没有选择文件", "选择一个 .xlsx、.csv、.json 或 .jsonl 文件"),
        "en": Phrase("No file was chosen", "Choose an .xlsx, .csv, .json or .jsonl file"),
    },
    "import_no_rows": {
        "zh": Phrase("{file} 只有标题，没有数据行", "从第二行起，一行写一条记录"),
        "en": Phrase("{file} has a heading but no rows", "Write one record a line, from the second line on"),
    },
    "import_gone": {
        "zh": Phrase("这次导入已经找不到了（程序重启过，或者时间太久）", "重新选择文件；已经写入的记录都在"),
        "en": Phrase(
            "This import is no longer known (Kehu was restarted, or it was long ago)",
            "Choose the file again; what was written is there",
        ),
    },
    "import_nothing_chosen": {
        "zh": Phrase("还没有选择要导入的列", "至少给一列选一个字段"),
        "en": Phrase("No column was chosen", "Choose a field for at least one column"),
    },
    "import_field_twice": {
        "zh": Phrase("“{label}”选了两次：{columns}", "一个字段只能对应一列"),
        "en": Phrase("{label} was chosen twice: {columns}", "A field takes one column"),
    },
    "import_field_missing": {
        "zh": Phrase("必填的“{label}”没有对应的列，每一行新记录都会被拒绝", "给它选一列"),
        "en": Phrase(
            "{label} is required but no column goes to it: every new row would be refused", "Choose a column"
        ),
    },
    "import_busy": {
        "zh": Phrase("同时进行的导入太多了", "等前面的导入完成后再开始"),
        "en": Phrase("Too many imports are running", "Start this one when another has finished"),
    },
    "import_stopped": {
        "zh": Phrase(
            "已经停止：还有 {left} 行没有处理，前面的行已经写入", "再导入一次同一个文件，可以接着完成"
        ),
        "en": Phrase(
            "Stopped: {left} rows were not looked at; the rows before them are written",
            "Import the file again to go on",
        ),
    },
    "import_broke": {
        "zh": Phrase("导入中途出错，停在第 {line} 行附近；前面的行已经写入", "详细原因在服务日志里"),
        "en": Phrase(
            "The import broke near line {line}; the rows before it are written",
            "The log of the server says why",
        ),
    },
}
