"""The words of ``kehu import`` and ``kehu export``."""

from . import Phrase, Phrases

PHRASES: Phrases = {
    "cli_option_import_key": {
        "zh": Phrase("按这些字段找已有记录，找到就更新（缺省：按 id 列）"),
        "en": Phrase("find existing records by these fields, and change them (else by the column id)"),
    },
    "cli_option_several": {
        "zh": Phrase("有几条记录都符合时：refuse 不导入这一行，oldest 更新最早的一条"),
        "en": Phrase("where several records fit: refuse the row, or change the oldest"),
    },
    "cli_option_only": {
        "zh": Phrase("只新建（create）或只更新（change）"),
        "en": Phrase("make new records only, or change existing ones only"),
    },
    "cli_option_import_dry_run": {
        "zh": Phrase("只试一遍，说明每行会怎样，什么都不写入"),
        "en": Phrase("try it: tell what would become of the rows, and write nothing"),
    },
    "cli_option_encoding": {
        "zh": Phrase("文字编码（缺省：自己找）"),
        "en": Phrase("text encoding (else it is found)"),
    },
    "cli_option_delimiter": {
        "zh": Phrase("分隔符：, ; | 或 tab（缺省：自己找）"),
        "en": Phrase("delimiter: , ; | or tab (else it is found)"),
    },
    "cli_option_sheet": {
        "zh": Phrase("Excel 里的工作表（缺省：第一张不空的）"),
        "en": Phrase("sheet of a workbook (else the first that is not empty)"),
    },
    "cli_option_import_list": {"zh": Phrase("列出做过的导入"), "en": Phrase("list the imports there were")},
    "cli_option_undo": {
        "zh": Phrase("撤销一次导入：删除它新建的，改回它更新的，之后改过的保留"),
        "en": Phrase(
            "undo an import: delete what it made, set back what it changed, keep what was changed since"
        ),
    },
    "cli_bad_delimiter": {
        "zh": Phrase("不能用“{given}”作分隔符", "可以用：, ; | tab"),
        "en": Phrase("{given} cannot be a delimiter", "One of: , ; | tab"),
    },
    "cli_import_encoding": {
        "zh": Phrase("按 {encoding} 编码读取；不对的话用 --encoding 指定"),
        "en": Phrase("Read as {encoding}; if that is wrong, say --encoding"),
    },
    "cli_import_sheet": {
        "zh": Phrase("读取工作表“{sheet}”（共有：{sheets}）；用 --sheet 选别的"),
        "en": Phrase("Reads the sheet {sheet} (of {sheets}); --sheet chooses another"),
    },
    "cli_import_tried": {
        "zh": Phrase(
            "只是试一遍，什么都没有写入。读取 {read} 行：会新建 {created}、更新 {changed}、没有变化 {unchanged}、"
            "不能导入 {refused}（{seconds} 秒，{rate} 行/秒）"
        ),
        "en": Phrase(
            "Only tried, nothing was written. Read {read} rows: {created} would be created, {changed} changed, "
            "{unchanged} unchanged, {refused} refused ({seconds} s, {rate} rows/s)"
        ),
    },
    "cli_import_guessed": {
        "zh": Phrase("按意思对应的列：{columns}"),
        "en": Phrase("Columns matched by what they mean: {columns}"),
    },
    "cli_import_near": {
        "zh": Phrase("也许是：{pairs}"),
        "en": Phrase("Perhaps: {pairs}"),
    },
    "cli_import_alike": {
        "zh": Phrase("有 {count} 行会新建和已有记录很像的记录"),
        "en": Phrase("{count} rows would make records that look like others which are there"),
    },
    "cli_import_batch": {
        "zh": Phrase("要撤销：kehu import --undo {batch}"),
        "en": Phrase("To undo it: kehu import --undo {batch}"),
    },
    "cli_import_none": {"zh": Phrase("还没有做过导入"), "en": Phrase("There were no imports")},
    "cli_import_head_batch": {"zh": Phrase("编号"), "en": Phrase("batch")},
    "cli_import_head_at": {"zh": Phrase("时间"), "en": Phrase("when")},
    "cli_import_head_file": {"zh": Phrase("文件"), "en": Phrase("file")},
    "cli_import_head_entity": {"zh": Phrase("对象"), "en": Phrase("entity")},
    "cli_import_head_rows": {"zh": Phrase("新建+更新"), "en": Phrase("created+changed")},
    "cli_import_head_state": {"zh": Phrase("状态"), "en": Phrase("state")},
    "cli_import_state_running": {"zh": Phrase("没有结束"), "en": Phrase("not ended")},
    "cli_import_state_done": {"zh": Phrase("完成"), "en": Phrase("done")},
    "cli_import_state_stopped": {"zh": Phrase("中途停止"), "en": Phrase("stopped")},
    "cli_import_state_undoing": {"zh": Phrase("撤销到一半"), "en": Phrase("partly undone")},
    "cli_import_state_undone": {"zh": Phrase("已撤销"), "en": Phrase("undone")},
    "cli_undone": {
        "zh": Phrase("已撤销：删除 {deleted} + 改回 {restored} + 本来就好 {back} + 保留 {kept}"),
        "en": Phrase("Undone: {deleted} deleted + {restored} set back + {back} back already + {kept} kept"),
    },
    "cli_undo_stopped": {
        "zh": Phrase("已停止：还有 {left} 条没有处理；再运行一次会接着做"),
        "en": Phrase("Stopped: {left} records were not looked at; run it again to go on"),
    },
    "cli_verdict": {
        "zh": Phrase("  第 {line} 行 {verdict}：{title} {more}"),
        "en": Phrase("  line {line} {verdict}: {title} {more}"),
    },
    "cli_verdict_created": {"zh": Phrase("新建"), "en": Phrase("create")},
    "cli_verdict_changed": {"zh": Phrase("更新"), "en": Phrase("change")},
    "cli_verdict_unchanged": {"zh": Phrase("没有变化"), "en": Phrase("unchanged")},
    "cli_verdict_refused": {"zh": Phrase("不能导入"), "en": Phrase("refuse")},
    "cli_verdict_like": {
        "zh": Phrase("和已有的“{title}”很像"),
        "en": Phrase("looks like “{title}”, which is there"),
    },
    "cli_option_fields": {
        "zh": Phrase("只导出这些字段，用逗号隔开"),
        "en": Phrase("only these fields, between commas"),
    },
    "cli_workbook_needs_file": {
        "zh": Phrase("Excel 文件不能写到屏幕上", "用 --out 文件.xlsx 说明写到哪里"),
        "en": Phrase("A workbook cannot be written to the terminal", "Say where with --out FILE.xlsx"),
    },
}
