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
}
