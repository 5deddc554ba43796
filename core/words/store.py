"""What the stores say."""

from . import Phrase, Phrases

PHRASES: Phrases = {
    "not_unique": {
        "zh": Phrase("已有一条记录使用了相同的值（{fields}）。", "打开已有的记录，或换一个值。"),
        "en": Phrase(
            "Another record already has this value ({fields}).", "Open that record, or choose another value."
        ),
    },
    "no_such_record": {
        "zh": Phrase("这条记录不存在，可能已被删除。", "刷新页面后再试。"),
        "en": Phrase(
            "This record does not exist; it may have been deleted.", "Reload the page and try again."
        ),
    },
    "column_changed_kind": {
        "zh": Phrase(
            "“{table}”的“{column}”原来的类型是 {was}，不能直接改成 {now}：有 {count} 条记录带着值。",
            "换一个字段名，或先把这些值转换过来。",
        ),
        "en": Phrase(
            "“{column}” of “{table}” was {was} and cannot simply become {now}: {count:record has|records have} a value in it.",
            "Use another field name, or convert the values first.",
        ),
    },
    "store_in_use": {
        "zh": Phrase(
            "另一个程序（进程号 {pid}）正在使用“{folder}”里的数据。",
            "先停掉那个程序；需要多个进程时请改用 sqlite 或 PostgreSQL。",
        ),
        "en": Phrase(
            "Another program (process {pid}) is using the data in “{folder}”.",
            "Stop that program first; for several processes use sqlite or PostgreSQL.",
        ),
    },
    "store_damaged": {
        "zh": Phrase(
            "数据文件“{file}”第 {line} 行与写入时不一致。", "数据没有被改动。请从备份恢复这个文件。"
        ),
        "en": Phrase(
            "Line {line} of the data file “{file}” is not what was written.",
            "Nothing was changed. Restore the file from a backup.",
        ),
    },
    "database_damaged": {
        "zh": Phrase("数据库文件“{file}”已损坏。", "没有改动它。请停掉程序，从备份恢复这个文件。"),
        "en": Phrase(
            "The database file “{file}” is damaged.",
            "It was left as it is. Stop the program and restore the file from a backup.",
        ),
    },
    "store_file_missing": {
        "zh": Phrase("“{folder}”里缺少数据文件“{file}”。", "没有它数据就不完整。请从备份恢复这个文件。"),
        "en": Phrase(
            "The data file “{file}” is missing from “{folder}”.",
            "Without it the data would not be whole. Restore it from a backup.",
        ),
    },
    "write_cut_short": {
        "zh": Phrase(
            "上次程序中断时，最后一次写入没有完成，已忽略（{file}，{bytes} 字节）。",
            "那次写入没有报告过成功，其他数据都完整。",
        ),
        "en": Phrase(
            "The last write was cut short when the program stopped, and was left out ({file}, {bytes} bytes).",
            "It had not been reported as done; all other data is whole.",
        ),
    },
    "disk_full": {
        "zh": Phrase("磁盘空间不足，没有保存（{file}）。", "腾出空间后再试；已有的数据不受影响。"),
        "en": Phrase(
            "The disk is full, so nothing was saved ({file}).",
            "Make room and try again; what was there is untouched.",
        ),
    },
    "disk_unwritable": {
        "zh": Phrase(
            "无法写入“{file}”：{reason}。没有保存。", "检查磁盘和文件夹权限后再试；已有的数据不受影响。"
        ),
        "en": Phrase(
            "“{file}” cannot be written: {reason}. Nothing was saved.",
            "Check the disk and the folder's permissions, then try again; what was there is untouched.",
        ),
    },
    "value_not_storable": {
        "zh": Phrase("有一个值无法保存：{reason}。", "检查是否有乱码字符或过大的数字。"),
        "en": Phrase(
            "A value cannot be stored: {reason}.", "Look for broken characters or a number that is too large."
        ),
    },
    "store_variable_missing": {
        "zh": Phrase("store 里的 {names} 没有值", "启动前设置同名的环境变量"),
        "en": Phrase(
            "There is no value for {names} in store",
            "Set an environment variable of this name before you start",
        ),
    },
    "unknown_store": {
        "zh": Phrase("不认识的存储方式“{store}”。", "可写 tinydb、sqlite、sqlite:///路径 或 postgresql://…"),
        "en": Phrase(
            "There is no store called “{store}”.", "Write tinydb, sqlite, sqlite:///path or postgresql://…"
        ),
    },
    "store_not_empty": {
        "zh": Phrase("目标存储（{store}）里已经有数据，没有写入。", "换一个空的数据库。"),
        "en": Phrase(
            "There is data in the store already ({store}); nothing was written.", "Name an empty database."
        ),
    },
    "database_unavailable": {
        "zh": Phrase("数据库暂时无法使用：{reason}", "稍后再试；没有保存任何内容。"),
        "en": Phrase(
            "The database cannot be used at the moment: {reason}", "Try again shortly; nothing was saved."
        ),
    },
    "database_busy": {
        "zh": Phrase("数据库正忙，这次没有保存。", "再试一次。"),
        "en": Phrase("The database is busy; this was not saved.", "Try again."),
    },
    "driver_missing": {
        "zh": Phrase("缺少 PostgreSQL 的驱动程序。", "运行 pip install 'kehu[postgres]'。"),
        "en": Phrase("The driver for PostgreSQL is not installed.", "Run pip install 'kehu[postgres]'."),
    },
    "words_made_anew": {
        "zh": Phrase("正在重建 {table} 的 {count} 条记录的搜索词。"),
        "en": Phrase("The search words of {count} records of {table} are made anew."),
    },
}
