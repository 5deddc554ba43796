"""Backups, restoring, moving to another store, erasing a person's data: what is said of them."""

from . import Phrase, Phrases

__all__ = ["PHRASES"]

_AGAIN = ("用另一份备份再试；现有的数据没有改动。", "Try another backup; what is there now is untouched.")

PHRASES: Phrases = {
    # what is wrong with a backup
    "backup_no_workspace": {
        "zh": Phrase("{folder} 里没有 kehu.yaml，不是工作区。", "进入工作区的文件夹，或用 --folder 指定。"),
        "en": Phrase(
            "There is no kehu.yaml in {folder}: it is no workspace.",
            "Go to the workspace, or name it with --folder.",
        ),
    },
    "backup_no_file": {
        "zh": Phrase("没有 {file} 这个文件。"),
        "en": Phrase("There is no file {file}."),
    },
    "backup_foreign": {
        "zh": Phrase("{file} 不是 Kehu 的备份。", "备份由 kehu backup 生成；现有的数据没有改动。"),
        "en": Phrase(
            "{file} is no backup of Kehu.", "Backups are made by kehu backup; what is there now is untouched."
        ),
    },
    "backup_cut": {
        "zh": Phrase("{file} 不完整：文件的结尾没有了，可能没有复制完。", _AGAIN[0]),
        "en": Phrase(
            "{file} is not whole: its end is missing, as if it was not copied to the end.", _AGAIN[1]
        ),
    },
    "backup_newer": {
        "zh": Phrase("{file} 是用更新的 Kehu（{kehu}）做的备份。", "先升级 Kehu 再恢复。"),
        "en": Phrase("{file} was made by a later Kehu ({kehu}).", "Upgrade Kehu, then restore."),
    },
    "backup_damaged": {
        "zh": Phrase("{file} 已损坏：里面的 {member} 与备份时不一样。", _AGAIN[0]),
        "en": Phrase("{file} is damaged: {member} in it is not what was written.", _AGAIN[1]),
    },
    "backup_member_missing": {
        "zh": Phrase("{file} 不完整：缺少 {member}。", _AGAIN[0]),
        "en": Phrase("{file} is not whole: {member} is missing.", _AGAIN[1]),
    },
    "backup_member_unknown": {
        "zh": Phrase("{file} 里有不属于备份的内容：{member}。", "有人改过这个文件；用另一份备份再试。"),
        "en": Phrase(
            "{file} has something in it that is no part of a backup: {member}.",
            "Somebody altered it; try another backup.",
        ),
    },
    "backup_too_large": {
        "zh": Phrase("{file} 解开后有 {size}，比它声明的或合理的大得多，没有解开。", _AGAIN[0]),
        "en": Phrase(
            "{file} unpacks to {size}, which is more than it declares or than is reasonable; it was not unpacked.",
            _AGAIN[1],
        ),
    },
    "backup_no_room": {
        "zh": Phrase("磁盘空间不够：需要 {needed}，只有 {free}。", "腾出空间后再试；现有的数据没有改动。"),
        "en": Phrase(
            "There is not enough room: {needed} are needed, {free} are free.",
            "Make room and try again; what is there now is untouched.",
        ),
    },
    "backup_differs": {
        "zh": Phrase(
            "恢复出来的“{what}”和备份里的不一样，没有采用。", "现有的数据没有改动；请报告这个问题。"
        ),
        "en": Phrase(
            "What was restored of “{what}” is not what the backup holds; it was not taken.",
            "What is there now is untouched; please report this.",
        ),
    },
    # servers
    "backup_server_runs": {
        "zh": Phrase("{folder} 正被一个运行中的 Kehu 使用。", "先停止它（Ctrl-C），再试。"),
        "en": Phrase("A running Kehu works with {folder}.", "Stop it (Ctrl-C), then try again."),
    },
    "backup_no_answer": {
        "zh": Phrase("运行中的 Kehu 没有回应备份请求。", "稍后再试，或停止它再备份。"),
        "en": Phrase(
            "The running Kehu did not answer.", "Try again in a while, or stop it and back up then."
        ),
    },
    "backup_server_stopped": {
        "zh": Phrase("备份时 Kehu 停止了，没有写出备份。", "再试一次。"),
        "en": Phrase("Kehu stopped while it made the backup; none was written.", "Try again."),
    },
    # moving
    "move_same": {
        "zh": Phrase("数据已经在 {store} 里。"),
        "en": Phrase("The records are in {store} already."),
    },
    "move_differs": {
        "zh": Phrase(
            "搬过去的内容和原来的不一样：{parts}。没有改用新的存储。", "确认没有别的程序在写数据，再试一次。"
        ),
        "en": Phrase(
            "What arrived is not what was sent: {parts}. The former store stays in use.",
            "See that no other program writes records, then try again.",
        ),
    },
    # what doctor finds
    "exam_file": {
        "zh": Phrase("数据文件损坏：{fault}", "停止写入，从备份恢复。"),
        "en": Phrase("A data file is damaged: {fault}", "Stop writing, and restore a backup."),
    },
    "exam_chain_altered": {
        "zh": Phrase(
            "历史第 {number} 条（{event}，{at}，{where}）和写入时不一样，被改动过。",
            "用备份核对这条之后的历史。",
        ),
        "en": Phrase(
            "Event {number} of the history ({event}, {at}, {where}) is not what was written: it was altered.",
            "Compare the history from there on with a backup.",
        ),
    },
    "exam_chain_missing": {
        "zh": Phrase(
            "历史第 {number} 条（{event}，{at}，{where}）之前少了记录。", "用备份核对这条之前的历史。"
        ),
        "en": Phrase(
            "Before event {number} of the history ({event}, {at}, {where}) others are missing.",
            "Compare the history before it with a backup.",
        ),
    },
    "exam_chain_before": {
        "zh": Phrase(
            "启用防篡改之前的历史被改动过（到第 {number} 条：{event}，{at}，{where}）。", "用备份核对。"
        ),
        "en": Phrase(
            "The history from before it was chained was altered (up to {number}: {event}, {at}, {where}).",
            "Compare it with a backup.",
        ),
    },
    "exam_chain_end": {
        "zh": Phrase(
            "历史的最后几条不见了：只到第 {number} 条（{event}，{at}，{where}）。", "用备份核对最后的历史。"
        ),
        "en": Phrase(
            "The last events of the history are gone: it ends at {number} ({event}, {at}, {where}).",
            "Compare the end of the history with a backup.",
        ),
    },
    "exam_type": {
        "zh": Phrase(
            "{entity}的“{field}”有 {count} 条记录的值类型不对，例如 {first}。", "重新保存这些记录。"
        ),
        "en": Phrase(
            "{entity}: “{field}” has a value of the wrong kind on {count:record|records}, such as {first}.",
            "Save these records anew.",
        ),
    },
    "exam_link": {
        "zh": Phrase(
            "{entity}的“{field}”有 {count} 条指向不存在的记录，例如 {first}。",
            "打开这些记录，重新选择或清空。",
        ),
        "en": Phrase(
            "{entity}: “{field}” leads nowhere on {count:record|records}, such as {first}.",
            "Open these records, and choose anew or clear it.",
        ),
    },
    "exam_stale": {
        "zh": Phrase(
            "{entity}的“{field}”有 {count} 条不是现在应有的值，例如 {first}。",
            "重新保存这些记录，或报告这个问题。",
        ),
        "en": Phrase(
            "{entity}: “{field}” is not what it would be now on {count:record|records}, such as {first}.",
            "Save these records anew, or report this.",
        ),
    },
    "exam_count": {
        "zh": Phrase(
            "{entity}有 {count} 条记录，按历史应有 {told} 条。", "可能有人绕过 Kehu 改过数据；用备份核对。"
        ),
        "en": Phrase(
            "{entity}: there are {count} records, and {told} by their history.",
            "Somebody may have changed records behind Kehu's back; compare with a backup.",
        ),
    },
    "cli_doctor_sound": {
        "zh": Phrase("历史 {events} 条首尾相接，没有改动；记录、关联和计算值都对得上"),
        "en": Phrase(
            "The history of {events} events closes, unaltered; records, links and computed values agree"
        ),
    },
    # erasing
    "erase_nobody": {
        "zh": Phrase(
            "没有编号为 {person} 的记录，历史里也没有。", "编号在记录页面的地址里，例如 customer/0198…。"
        ),
        "en": Phrase(
            "There is no record {person}, and there never was.",
            "The id is in the address of the record's page, as customer/0198….",
        ),
    },
    "cli_erase": {
        "zh": Phrase("抹除一个人的资料：记录、历史、附件、账号；统计和关联保留。"),
        "en": Phrase("Erase a person's data: record, history, files, account; figures and links stay."),
    },
    "cli_option_dry_run": {
        "zh": Phrase("只列出会抹除什么，不改动。"),
        "en": Phrase("Only list what would go; nothing is changed."),
    },
    "cli_erase_what": {
        "zh": Phrase("{entity}“{title}”（{id}）："),
        "en": Phrase("{entity} “{title}” ({id}):"),
    },
    "cli_erase_fields": {"zh": Phrase("  字段：{fields}"), "en": Phrase("  fields: {fields}")},
    "cli_erase_counts": {
        "zh": Phrase(
            "  历史 {events} 条；其他记录的历史里提到其资料的 {others} 条；附件 {files} 个；账号、通知等 {rows} 行"
        ),
        "en": Phrase(
            "  {events} of its events; {others} events of other records that hold its texts; {files} files; {rows} rows of "
            "accounts and notifications"
        ),
    },
    "cli_erase_ask": {
        "zh": Phrase("抹除后无法找回（以前的备份里仍然有）。继续吗？"),
        "en": Phrase("It cannot be brought back (older backups still have it). Go on?"),
    },
    "cli_erased": {
        "zh": Phrase("已抹除；历史里记下了时间和操作人。以前的备份请另行删除。"),
        "en": Phrase("Erased; the history says when, and by whom. Delete older backups yourself."),
    },
    # the commands
    "cli_backup": {
        "zh": Phrase("把整个工作区备份成一个文件；运行中也可以。"),
        "en": Phrase("Back the whole workspace up to one file, also while it runs."),
    },
    "cli_restore": {
        "zh": Phrase("先检查备份，再用它换下整个工作区；原来的留在旁边。"),
        "en": Phrase("Check a backup, then put it in the workspace's place; what was there stays beside it."),
    },
    "cli_store": {"zh": Phrase("数据存在哪里。"), "en": Phrase("Where records live.")},
    "cli_store_move": {
        "zh": Phrase("把全部数据搬到另一种存储（tinydb、sqlite、postgresql://…），逐表核对。"),
        "en": Phrase(
            "Move everything to another store (tinydb, sqlite, postgresql://…), compared table by table."
        ),
    },
    "cli_option_yes": {"zh": Phrase("不再询问。"), "en": Phrase("Do not ask.")},
    "cli_option_into": {
        "zh": Phrase("恢复到哪个文件夹；默认是当前工作区。"),
        "en": Phrase("The folder to restore to; the workspace unless given."),
    },
    "cli_option_restore_store": {
        "zh": Phrase("恢复到哪个存储；默认按备份里的 kehu.yaml。数据库必须是空的。"),
        "en": Phrase(
            "The store to restore to; as the backup's kehu.yaml says unless given. A database must be empty."
        ),
    },
    "cli_backing_up": {"zh": Phrase("正在备份…"), "en": Phrase("Backing up…")},
    "cli_backed_up": {
        "zh": Phrase("已备份到 {file}（{size} MB）：{records} 条记录、{events} 条历史、{files} 个文件。"),
        "en": Phrase("Backed up to {file} ({size} MB): {records} records, {events} events, {files} files."),
    },
    "cli_checking_backup": {"zh": Phrase("正在检查备份…"), "en": Phrase("Checking the backup…")},
    "cli_restore_what": {
        "zh": Phrase(
            "备份 {file}：工作区 {workspace}，做于 {made}（Kehu {kehu}）。\n{records} 条记录、{events} 条历史、{files} 个文件，检查无误。"
        ),
        "en": Phrase(
            "Backup {file}: the workspace {workspace} of {made} (Kehu {kehu}).\n{records} records, {events} events, {files} files; all of it is whole."
        ),
    },
    "cli_restore_to": {
        "zh": Phrase("将恢复到 {folder}。"),
        "en": Phrase("It will be put into {folder}."),
    },
    "cli_restore_aside": {
        "zh": Phrase("现在那里的内容会原样移到旁边（{folder}.before-…）。"),
        "en": Phrase("What is there now moves aside as it is ({folder}.before-…)."),
    },
    "cli_restore_problems": {
        "zh": Phrase("备份里的配置有 {count} 处问题；数据完整，修好配置才能启动："),
        "en": Phrase(
            "The backup's definitions have {count:problem|problems}; the records are whole, and Kehu starts once these are mended:"
        ),
    },
    "cli_restore_ask": {"zh": Phrase("继续吗？"), "en": Phrase("Go on?")},
    "cli_restored": {"zh": Phrase("已恢复到 {folder}。"), "en": Phrase("Restored to {folder}.")},
    "cli_restored_former": {
        "zh": Phrase("原来的内容在 {former}；确认无误后可以删除。"),
        "en": Phrase("What was there is in {former}; delete it once you are sure."),
    },
    "cli_not_done": {"zh": Phrase("没有改动。"), "en": Phrase("Nothing was changed.")},
    "cli_moving": {"zh": Phrase("正在搬移并核对…"), "en": Phrase("Moving and comparing…")},
    "cli_moved": {
        "zh": Phrase(
            "已从 {before} 搬到 {after}：{records} 条记录、{events} 条历史，逐表核对一致；kehu.yaml 已改为新的存储。"
        ),
        "en": Phrase(
            "Moved from {before} to {after}: {records} records and {events} events, the same in every table; kehu.yaml names the new store."
        ),
    },
    "cli_moved_former": {
        "zh": Phrase("原来的存储没有动，确认无误后可以自己删除。"),
        "en": Phrase("The former store is as it was; delete it yourself once you are sure."),
    },
}
