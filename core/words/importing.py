"""The words of files that come in and go out: encodings, workbooks, trying an import, undoing one."""

from . import Phrase, Phrases

PHRASES: Phrases = {
    "no_such_encoding": {
        "zh": Phrase("没有“{given}”这种编码", "可以选：{available}"),
        "en": Phrase("There is no encoding {given}", "One of: {available}"),
    },
    "sheet_encoding_chosen": {
        "zh": Phrase("{file} 不能按 {encoding} 读", "换一种编码，或让系统自己找"),
        "en": Phrase("{file} cannot be read as {encoding}", "Choose another, or let it be found"),
    },
    "no_such_sheet": {
        "zh": Phrase("{file} 里没有名为“{given}”的工作表", "里面有：{available}"),
        "en": Phrase("{file} has no sheet called {given}", "It has: {available}"),
    },
    "workbook_too_large": {
        "zh": Phrase(
            "{file} 展开后太大：最多 {megabytes} MB，每张表最多 {cells} 个单元格（从第一格到最后一格）",
            "删掉远处的空单元格，或者分成几个文件；也可以另存为 CSV",
        ),
        "en": Phrase(
            "{file} is too large when unpacked: at most {megabytes} MB, and {cells} cells in a sheet from the first to "
            "the last",
            "Delete cells far away from the table, split the file, or save it as CSV",
        ),
    },
    "workbook_locked": {
        "zh": Phrase("{file} 有密码，读不了", "在表格软件里去掉密码再导入"),
        "en": Phrase(
            "{file} has a password and cannot be read", "Take the password off, and import it again"
        ),
    },
    "cell_too_long": {
        "zh": Phrase(
            "第 {line} 行有一个 {length} 字的文本，Excel 的单元格最多 {most} 字", "改为导出 CSV 或 JSON"
        ),
        "en": Phrase(
            "Row {line} has a text of {length} characters; a cell in Excel keeps {most}",
            "Export CSV or JSON instead",
        ),
    },
    "import_key_unknown": {
        "zh": Phrase("不能按“{name}”找已有记录", "可以用：{available}"),
        "en": Phrase("Records cannot be found by {name}", "By: {available}"),
    },
    "import_key_not_there": {
        "zh": Phrase("要按“{label}”找已有记录，可是没有列对应它", "给它选一列，或换一个字段"),
        "en": Phrase(
            "Records are to be found by {label}, but no column goes to it",
            "Choose a column, or another field",
        ),
    },
    "import_key_empty": {
        "zh": Phrase("这一行没有填“{label}”，找不到是哪条记录", "补上，或换一个字段来找"),
        "en": Phrase(
            "This row has no {label}, so nothing tells which record it is",
            "Fill it in, or find them by another field",
        ),
    },
    "import_key_ambiguous": {
        "zh": Phrase("有 {count} 条记录的“{label}”都是“{text}”", "改成只指一条，或选择“更新最早的一条”"),
        "en": Phrase(
            "{count} records have the same {label}, “{text}”",
            "Say which is meant, or choose to change the oldest",
        ),
    },
    "import_not_there": {
        "zh": Phrase("没有这样的记录，这次导入只更新已有的", "选择“新建并更新”再导入"),
        "en": Phrase(
            "There is no such record, and this import changes existing ones only", "Choose to create as well"
        ),
    },
    "import_there_already": {
        "zh": Phrase("“{title}”已经有了，这次导入只新建", "选择“新建并更新”再导入"),
        "en": Phrase(
            "“{title}” is there already, and this import makes new records only", "Choose to change as well"
        ),
    },
    "import_like": {
        "zh": Phrase("和已有的“{title}”很像", "如果就是它，按编号或名称更新"),
        "en": Phrase(
            "Looks like “{title}”, which is there already",
            "If it is that record, change it by its id or name",
        ),
    },
    "import_unknown_batch": {
        "zh": Phrase("没有编号为 {batch} 的导入", "kehu import --list 列出全部导入"),
        "en": Phrase("There is no import {batch}", "kehu import --list shows them"),
    },
    "import_is_running": {
        "zh": Phrase("这次导入还没有结束", "等它完成，或先停止它"),
        "en": Phrase("This import has not ended", "Wait for it, or stop it first"),
    },
    "import_undone_already": {
        "zh": Phrase("这次导入已经撤销过了"),
        "en": Phrase("This import was undone already"),
    },
    "undo_changed_since": {
        "zh": Phrase("导入之后又改过，保留", "需要的话，自己删除或改回"),
        "en": Phrase(
            "It was changed after the import and is kept", "Delete it or set it back by hand if need be"
        ),
    },
    "undo_linked": {
        "zh": Phrase("有 {count} 条{others}关联着它，保留", "先处理关联的记录，再撤销一次"),
        "en": Phrase("{others} link to it ({count}), so it is kept", "See to those first, then undo again"),
    },
    "undo_field_changed_since": {
        "zh": Phrase("“{label}”在导入之后又改过，保留现在的值"),
        "en": Phrase("{label} was changed after the import and keeps its value"),
    },
    "undo_gone": {
        "zh": Phrase("导入之后已经被删除，不再恢复"),
        "en": Phrase("It was deleted after the import and is not brought back"),
    },
    # exports and the API
    "no_such_export_field": {
        "zh": Phrase("没有可以导出的字段 {name}", "可以导出：{available}"),
        "en": Phrase("There is no field {name} to export", "Fields: {available}"),
    },
    "import_columns_json": {
        "zh": Phrase("columns 要写成 JSON 对象：列名 → 字段名", '例如 {{"公司": "name"}}'),
        "en": Phrase("columns is to be a JSON object: column to field", 'Such as {{"Company": "name"}}'),
    },
    "openapi_import": {"zh": Phrase("导入{label}"), "en": Phrase("{label}: import a file")},
    "openapi_imports": {
        "zh": Phrase("{label}做过的导入"),
        "en": Phrase("{label}: the imports there were"),
    },
    "openapi_undo_import": {
        "zh": Phrase("撤销一次{label}导入"),
        "en": Phrase("{label}: undo an import"),
    },
    "openapi_export": {"zh": Phrase("导出{label}"), "en": Phrase("{label}: export a file")},
    "openapi_dry_run": {"zh": Phrase("只试一遍，什么都不写入"), "en": Phrase("Try it, and write nothing")},
    "openapi_columns": {
        "zh": Phrase("JSON 对象：列名 → 字段名，空文字表示不导入这一列"),
        "en": Phrase("A JSON object: column to field; an empty text leaves the column out"),
    },
    "openapi_import_key": {
        "zh": Phrase("按哪些字段找已有记录，用逗号隔开；缺省按 external_id"),
        "en": Phrase("The fields, between commas, that existing records are found by; else external_id"),
    },
    "openapi_several": {
        "zh": Phrase("有几条记录都符合时怎么办"),
        "en": Phrase("What to do where several records fit"),
    },
    "openapi_only": {
        "zh": Phrase("只新建，或只更新"),
        "en": Phrase("Only make new records, or only change existing ones"),
    },
    "openapi_file_name": {
        "zh": Phrase("文件名；后缀说明是哪种文件，缺省看内容类型"),
        "en": Phrase("The file's name: its ending tells its kind, else the content type does"),
    },
    "page_export_xlsx": {"zh": Phrase("导出 Excel"), "en": Phrase("Export to Excel")},
    "page_export_shown": {
        "zh": Phrase("导出 Excel（只要这些列）"),
        "en": Phrase("Export to Excel: these columns"),
    },
    # pages
    "page_import_tried": {"zh": Phrase("试一遍"), "en": Phrase("Try it")},
    "page_import_try": {"zh": Phrase("先试一遍（不写入）"), "en": Phrase("Try it first (writes nothing)")},
    "page_import_back": {"zh": Phrase("改对应关系"), "en": Phrase("Change the columns")},
    "page_import_read_again": {"zh": Phrase("重新读取"), "en": Phrase("Read it so")},
    "page_import_encoding": {"zh": Phrase("文字编码"), "en": Phrase("Encoding")},
    "page_import_delimiter": {"zh": Phrase("分隔符"), "en": Phrase("Delimiter")},
    "page_import_sheet": {"zh": Phrase("工作表"), "en": Phrase("Sheet")},
    "page_import_sign_comma": {"zh": Phrase("逗号 ,"), "en": Phrase("Comma ,")},
    "page_import_sign_semicolon": {"zh": Phrase("分号 ;"), "en": Phrase("Semicolon ;")},
    "page_import_sign_tab": {"zh": Phrase("制表符"), "en": Phrase("Tab")},
    "page_import_sign_bar": {"zh": Phrase("竖线 |"), "en": Phrase("Bar |")},
    "page_import_encoding_utf_8": {"zh": Phrase("UTF-8（通用）"), "en": Phrase("UTF-8")},
    "page_import_encoding_utf_8_sig": {
        "zh": Phrase("UTF-8（带标记）"),
        "en": Phrase("UTF-8 with a mark (BOM)"),
    },
    "page_import_encoding_gb18030": {
        "zh": Phrase("GB18030 / GBK（中文 Excel）"),
        "en": Phrase("GB18030 / GBK (Chinese Excel)"),
    },
    "page_import_encoding_utf_16": {"zh": Phrase("UTF-16（带标记）"), "en": Phrase("UTF-16")},
    "page_import_encoding_utf_16_le": {
        "zh": Phrase("UTF-16 LE（无标记）"),
        "en": Phrase("UTF-16 LE without a mark"),
    },
    "page_import_encoding_utf_16_be": {
        "zh": Phrase("UTF-16 BE（无标记）"),
        "en": Phrase("UTF-16 BE without a mark"),
    },
    "page_import_encoding_big5": {
        "zh": Phrase("Big5（繁体中文）"),
        "en": Phrase("Big5 (traditional Chinese)"),
    },
    "page_import_encoding_cp1252": {
        "zh": Phrase("Windows-1252（西欧）"),
        "en": Phrase("Windows-1252 (Western European)"),
    },
    "page_import_encoding_shift_jis": {
        "zh": Phrase("Shift JIS（日文）"),
        "en": Phrase("Shift JIS (Japanese)"),
    },
    "page_import_guessed": {"zh": Phrase("按意思对应"), "en": Phrase("By its meaning")},
    "page_import_near": {"zh": Phrase("名称相近，请确认"), "en": Phrase("Names are alike: please check")},
    "page_import_remembered": {"zh": Phrase("和上次一样"), "en": Phrase("As last time")},
    "page_import_why_reason": {
        "zh": Phrase("原因（给需要说明原因的规则）"),
        "en": Phrase("Reason (for rules that ask why)"),
    },
    "page_import_key": {"zh": Phrase("怎样认出已有的记录"), "en": Phrase("An existing record is known by")},
    "page_import_by_id": {"zh": Phrase("只按编号（ID）"), "en": Phrase("Its ID alone")},
    "page_import_several": {"zh": Phrase("有几条都符合时"), "en": Phrase("Where several fit")},
    "page_import_several_refuse": {"zh": Phrase("不导入这一行"), "en": Phrase("Refuse the row")},
    "page_import_several_oldest": {"zh": Phrase("更新最早的一条"), "en": Phrase("Change the oldest")},
    "page_import_only_both": {
        "zh": Phrase("新建没有的，更新已有的"),
        "en": Phrase("Make new ones, change existing ones"),
    },
    "page_import_only_create": {"zh": Phrase("只新建"), "en": Phrase("Make new ones only")},
    "page_import_only_change": {"zh": Phrase("只更新已有的"), "en": Phrase("Change existing ones only")},
    "page_import_tried_title": {"zh": Phrase("如果导入“{name}”"), "en": Phrase("If “{name}” is imported")},
    "page_import_tried_help": {
        "zh": Phrase(
            "下面是试出来的结果，什么都还没有写入。每一千行单独试，前面行新建的记录后面的行看不到。"
        ),
        "en": Phrase(
            "This was only tried; nothing is written. Each thousand rows is tried by itself: what an earlier thousand "
            "would make is not seen by a later one."
        ),
    },
    "page_import_tried_more": {
        "zh": Phrase("每种结果最多列出 {shown} 行"),
        "en": Phrase("At most {shown} rows of each kind are shown"),
    },
    "page_import_verdicts": {"zh": Phrase("逐行结果"), "en": Phrase("Row by row")},
    "page_import_verdict": {"zh": Phrase("结果"), "en": Phrase("Verdict")},
    "page_import_what": {"zh": Phrase("说明"), "en": Phrase("Details")},
    "page_import_would_created": {"zh": Phrase("会新建"), "en": Phrase("To be created")},
    "page_import_would_changed": {"zh": Phrase("会更新"), "en": Phrase("To be changed")},
    "page_import_would_unchanged": {"zh": Phrase("没有变化"), "en": Phrase("Unchanged")},
    "page_import_would_not_taken": {"zh": Phrase("不能导入"), "en": Phrase("Refused")},
    "page_import_alike": {
        "zh": Phrase("{count} 行会新建和已有记录很像的记录"),
        "en": Phrase("{count} rows would make records that look like existing ones"),
    },
    "page_import_like": {"zh": Phrase("很像已有的“{title}”"), "en": Phrase("Looks like “{title}”")},
    "page_import_look": {"zh": Phrase("看看"), "en": Phrase("Look")},
    "page_import_trying_at": {
        "zh": Phrase("正在试：{done} / {total} 行"),
        "en": Phrase("Trying: {done} of {total} rows done"),
    },
    "page_import_running_at": {
        "zh": Phrase("已完成 {done} / {total} 行"),
        "en": Phrase("{done} of {total} rows done"),
    },
    "page_import_undoing_at": {
        "zh": Phrase("正在撤销：{done} / {total} 条"),
        "en": Phrase("Undoing: {done} of {total} records done"),
    },
    "page_import_undo": {"zh": Phrase("撤销这次导入"), "en": Phrase("Undo this import")},
    "page_import_undo_help": {
        "zh": Phrase("删除它新建的，改回它更新的；之后改过的会保留并列出"),
        "en": Phrase(
            "Deletes what it made and sets back what it changed; what was changed since is kept and listed"
        ),
    },
    "page_import_undo_again": {"zh": Phrase("再撤销一次"), "en": Phrase("Undo again")},
    "page_import_undone_title": {
        "zh": Phrase("“{name}”的导入已撤销"),
        "en": Phrase("The import of “{name}” is undone"),
    },
    "page_undo_deleted": {"zh": Phrase("已删除"), "en": Phrase("Deleted")},
    "page_undo_restored": {"zh": Phrase("已改回"), "en": Phrase("Set back")},
    "page_undo_back": {"zh": Phrase("本来就好"), "en": Phrase("Back already")},
    "page_undo_kept": {"zh": Phrase("保留"), "en": Phrase("Kept")},
    "page_import_kept": {"zh": Phrase("保留下来的"), "en": Phrase("What was kept")},
    "page_import_before": {"zh": Phrase("以前的导入"), "en": Phrase("Earlier imports")},
    "page_import_past": {
        "zh": Phrase("新建 {created}，更新 {changed}"),
        "en": Phrase("{created} created, {changed} changed"),
    },
    "page_import_state_running": {"zh": Phrase("没有结束"), "en": Phrase("Not ended")},
    "page_import_state_stopped": {"zh": Phrase("中途停止"), "en": Phrase("Stopped")},
    "page_import_state_undoing": {"zh": Phrase("撤销到一半"), "en": Phrase("Partly undone")},
    "page_import_state_undone": {"zh": Phrase("已撤销"), "en": Phrase("Undone")},
}
