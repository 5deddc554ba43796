"""The page of the log: who did what, through which door."""

from . import Phrase, Phrases

__all__ = ["PHRASES"]

PHRASES: Phrases = {
    "page_audit_title": {"zh": Phrase("操作记录"), "en": Phrase("Activity log")},
    "page_audit_any": {"zh": Phrase("全部"), "en": Phrase("All")},
    "page_audit_who": {"zh": Phrase("谁"), "en": Phrase("Who")},
    "page_audit_what": {"zh": Phrase("做了什么"), "en": Phrase("What")},
    "page_audit_entity": {"zh": Phrase("对象"), "en": Phrase("Kind of record")},
    "page_audit_door": {"zh": Phrase("途径"), "en": Phrase("Through")},
    "page_audit_from": {"zh": Phrase("从"), "en": Phrase("From")},
    "page_audit_to": {"zh": Phrase("到"), "en": Phrase("To")},
    "page_audit_record": {"zh": Phrase("记录编号"), "en": Phrase("Record id")},
    "page_audit_show": {"zh": Phrase("查看"), "en": Phrase("Show")},
    "page_audit_all": {"zh": Phrase("清除条件"), "en": Phrase("Show all")},
    "page_audit_none": {"zh": Phrase("没有符合条件的操作"), "en": Phrase("Nothing of the kind was done")},
    "page_audit_when": {"zh": Phrase("时间"), "en": Phrase("When")},
    "page_audit_values": {"zh": Phrase("内容"), "en": Phrase("Details")},
    "page_audit_older": {"zh": Phrase("更早的"), "en": Phrase("Older")},
    "page_audit_values_erased": {"zh": Phrase("（已抹除）"), "en": Phrase("(erased)")},
    "page_audit_door_page": {"zh": Phrase("网页"), "en": Phrase("Page")},
    "page_audit_door_board": {"zh": Phrase("看板"), "en": Phrase("Board")},
    "page_audit_door_api": {"zh": Phrase("接口"), "en": Phrase("API")},
    "page_audit_door_import": {"zh": Phrase("导入"), "en": Phrase("Import")},
    "page_audit_door_command": {"zh": Phrase("命令行"), "en": Phrase("Command line")},
    "page_audit_door_automation": {"zh": Phrase("自动化"), "en": Phrase("Automation")},
    "page_audit_door_seed": {"zh": Phrase("示例数据"), "en": Phrase("Sample data")},
    "page_audit_door_public": {"zh": Phrase("公开表单"), "en": Phrase("Public form")},
    "page_act_created": {"zh": Phrase("新建"), "en": Phrase("Created")},
    "page_act_changed": {"zh": Phrase("修改"), "en": Phrase("Changed")},
    "page_act_deleted": {"zh": Phrase("删除"), "en": Phrase("Deleted")},
    "page_act_erased": {"zh": Phrase("抹除了个人资料"), "en": Phrase("Erased personal data")},
    "page_act_exported": {"zh": Phrase("导出"), "en": Phrase("Exported")},
    "page_act_backed_up": {"zh": Phrase("备份"), "en": Phrase("Backed up")},
    "page_act_restored": {"zh": Phrase("从备份恢复"), "en": Phrase("Restored a backup")},
    "page_act_moved": {"zh": Phrase("更换存储"), "en": Phrase("Moved to another store")},
    "page_act_signed_in": {"zh": Phrase("登录"), "en": Phrase("Logged in")},
    "page_act_signed_out": {"zh": Phrase("退出"), "en": Phrase("Logged out")},
    "page_act_sign_in_failed": {"zh": Phrase("登录失败"), "en": Phrase("Login failed")},
    "audit_not_allowed": {
        "zh": Phrase("操作记录只有所有者能看。", "请所有者查看，或给你所有者角色。"),
        "en": Phrase("Only owners see the activity log.", "Ask an owner to look, or to give you that role."),
    },
    "audit_bad_day": {
        "zh": Phrase("“{given}”不是日期（{name}）。", "写成 2026-01-31 这样。"),
        "en": Phrase("“{given}” is no date ({name}).", "Write it as 2026-01-31."),
    },
}
