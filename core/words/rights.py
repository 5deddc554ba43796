"""What is said about roles and rights: in their files, and where somebody is refused."""

from . import Phrase, Phrases

PHRASES: Phrases = {
    # in the files of roles
    "unknown_reach": {
        "zh": Phrase(
            "“{given}”不是权限范围",
            "可以写：{available}；或者 = 开头的条件，例如 =owner = CURRENT_USER()",
            "是不是“{instead}”？可以写：{available}；或者 = 开头的条件",
        ),
        "en": Phrase(
            "“{given}” does not say how far the right reaches",
            "Write one of: {available}; or a condition after =, such as =owner = CURRENT_USER()",
            "Did you mean “{instead}”? Possible are: {available}; or a condition after =",
        ),
    },
    "right_without_read": {
        "zh": Phrase("给了 {action} 的权限，却看不到这些记录", "加上一行 read，例如 read: own"),
        "en": Phrase("It may {action} records that it cannot see", "Add a line read, such as read: own"),
    },
    "hidden_and_more": {
        "zh": Phrase("{name} 已经在 hide 里，又写在 {key} 里", "看不到的字段只写在 hide 里"),
        "en": Phrase(
            "{name} stands under hide and under {key}", "A field that is hidden stands under hide alone"
        ),
    },
    "role_is_built_in": {
        "zh": Phrase("角色 {name} 是自带的，什么都能做，不能另外定义", "换一个名字，例如 manager"),
        "en": Phrase(
            "The role {name} is there already and may do everything", "Give it another name, such as manager"
        ),
    },
    "unknown_view": {
        "zh": Phrase("没有叫 {name} 的视图", "可以写：{available}", "是不是“{instead}”？"),
        "en": Phrase("There is no view called {name}", "Views: {available}", "Did you mean “{instead}”?"),
    },
    "unknown_dashboard": {
        "zh": Phrase("没有叫 {name} 的看板", "可以写：{available}", "是不是“{instead}”？"),
        "en": Phrase(
            "There is no dashboard called {name}", "Dashboards: {available}", "Did you mean “{instead}”?"
        ),
    },
    "owner_is_no_person": {
        "zh": Phrase("“{label}”不是人员字段，不能说明记录是谁的", "owner 要写一个 type: user 的字段"),
        "en": Phrase(
            "{label} names no person, so it cannot say whose a record is", "Write a field of type user"
        ),
    },
    "role_hides_title": {
        "zh": Phrase(
            "“{label}”是{entity}的名字，不能藏起来，也不能遮住",
            "不让看记录，就不要给 read；或者让 title 用另一个字段",
        ),
        "en": Phrase(
            "{label} is what {entity} records are called by, so it can be neither hidden nor masked",
            "To keep records from being seen, leave out read; or let another field be the title",
        ),
    },
    "mask_needs_text": {
        "zh": Phrase("“{label}”不是文字，不能用圆点遮住", "写在 hide 里"),
        "en": Phrase("{label} is no text, so dots cannot stand for it", "Put it under hide"),
    },
    # where somebody is refused
    "still_linked_unseen": {
        "zh": Phrase("还有您看不到的内容与这条{entity}相连，不能删除", "请有权限的同事或管理员处理"),
        "en": Phrase(
            "Something that you may not see is linked to this {entity} record, so it cannot be deleted",
            "Ask a colleague who may, or your administrator",
        ),
    },
    "about_something_hidden": {
        "zh": Phrase("这条{entity}还不满足一项要求，它涉及您看不到的内容", "请有权限的同事或管理员处理"),
        "en": Phrase(
            "This {entity} record does not meet a demand that is about something you may not see",
            "Ask a colleague who may, or your administrator",
        ),
    },
    "share_with_nobody": {
        "zh": Phrase("请选择一位同事或一个团队"),
        "en": Phrase("Choose a colleague or a team"),
    },
    "share_is_gone": {
        "zh": Phrase("这次共享已经收回了"),
        "en": Phrase("That was no longer shared"),
    },
    "no_owner_to_change": {
        "zh": Phrase("{entity}记录没有可以修改的负责人", "加一个 type: user 的字段 owner"),
        "en": Phrase(
            "{entity} records have no owner that could be changed", "Add a field owner of type user"
        ),
    },
    "nothing_to_hand_over": {
        "zh": Phrase("这位同事没有您可以移交的{entity}记录"),
        "en": Phrase("There are no {entity} records of theirs that you may hand over"),
    },
    "too_many_to_hand_over": {
        "zh": Phrase("一次最多移交 {max} 条记录", "分几次移交"),
        "en": Phrase("At most {max} records can be handed over at once", "Hand them over in several turns"),
    },
    "for_everybody": {
        "zh": Phrase("视图是所有人共用的，您不可以增加或去掉", "请联系管理员"),
        "en": Phrase("Views are for everybody; you may neither add nor remove one", "Ask your administrator"),
    },
    # pages
    "page_share": {"zh": Phrase("共享"), "en": Phrase("Share")},
    "page_share_title": {"zh": Phrase("共享 {title}"), "en": Phrase("Share {title}")},
    "page_share_intro": {
        "zh": Phrase("共享后，对方看得到这条记录；隐藏的字段仍然看不到。"),
        "en": Phrase("They will see this record; fields that are hidden from them stay hidden."),
    },
    "page_share_with": {"zh": Phrase("共享给"), "en": Phrase("With")},
    "page_share_right": {"zh": Phrase("可以做什么"), "en": Phrase("They may")},
    "page_share_right_read": {"zh": Phrase("查看"), "en": Phrase("see it")},
    "page_share_right_change": {"zh": Phrase("查看和修改"), "en": Phrase("see and change it")},
    "page_share_to_read": {"zh": Phrase("{name}可以查看"), "en": Phrase("{name} may see it")},
    "page_share_to_change": {"zh": Phrase("{name}可以修改"), "en": Phrase("{name} may change it")},
    "page_share_unknown": {"zh": Phrase("已不在的同事或团队"), "en": Phrase("Somebody who is gone")},
    "page_share_remove": {"zh": Phrase("收回"), "en": Phrase("Take back")},
    "page_share_saved": {"zh": Phrase("共享已更新"), "en": Phrase("Sharing was changed")},
    "page_hand_over": {"zh": Phrase("移交"), "en": Phrase("Hand over")},
    "page_hand_over_title": {"zh": Phrase("移交 {title}"), "en": Phrase("Hand over {title}")},
    "page_hand_over_intro": {
        "zh": Phrase("对方成为负责人；历史里会记下是谁移交的。"),
        "en": Phrase("They become the owner; the history keeps who handed it over."),
    },
    "page_hand_over_from": {"zh": Phrase("现在的负责人"), "en": Phrase("Whose records")},
    "page_hand_over_to": {"zh": Phrase("新的负责人"), "en": Phrase("To")},
    "page_handed_over": {
        "zh": Phrase("已移交 {count} 条记录"),
        "en": Phrase("{count:record was|records were} handed over"),
    },
    "page_why_not": {"zh": Phrase("为什么不可以？"), "en": Phrase("Why not?")},
    # why
    "right_to_read": {"zh": Phrase("查看"), "en": Phrase("see")},
    "right_to_create": {"zh": Phrase("新建"), "en": Phrase("create")},
    "right_to_change": {"zh": Phrase("修改"), "en": Phrase("change")},
    "right_to_delete": {"zh": Phrase("删除"), "en": Phrase("delete")},
    "right_to_export": {"zh": Phrase("导出"), "en": Phrase("export")},
    "right_to_import": {"zh": Phrase("导入"), "en": Phrase("import")},
    "right_given": {
        "zh": Phrase("可以{action}这条{entity}"),
        "en": Phrase("May {action} this {entity} record"),
    },
    "right_refused": {
        "zh": Phrase("不可以{action}这条{entity}"),
        "en": Phrase("May not {action} this {entity} record"),
    },
    "right_of_owner": {
        "zh": Phrase("角色 owner 什么都可以做"),
        "en": Phrase("The role owner may do everything"),
    },
    "right_not_seen": {"zh": Phrase("看不到这条记录"), "en": Phrase("The record is not seen")},
    "right_no_role": {"zh": Phrase("没有任何角色"), "en": Phrase("There is no role at all")},
    "right_no_such_role": {
        "zh": Phrase("没有定义角色 {role}"),
        "en": Phrase("There is no role called {role}"),
    },
    "right_shared": {
        "zh": Phrase("共享给了本人或所在团队"),
        "en": Phrase("Shared with the person or a team of theirs"),
    },
    "right_token": {
        "zh": Phrase("API 令牌只允许：{scopes}"),
        "en": Phrase("The API token allows only: {scopes}"),
    },
    "right_reach_none": {"zh": Phrase("{role}：没有这项权限"), "en": Phrase("{role}: gives no such right")},
    "right_reach_all": {"zh": Phrase("{role}：所有记录"), "en": Phrase("{role}: all records")},
    "right_reach_own": {
        "zh": Phrase("{role}：自己的记录；这条是{owner}的"),
        "en": Phrase("{role}: one's own records; this one is {owner}'s"),
    },
    "right_reach_team": {
        "zh": Phrase("{role}：本团队的记录；这条是{owner}的"),
        "en": Phrase("{role}: records of one's team; this one is {owner}'s"),
    },
    "right_reach_team_and_below": {
        "zh": Phrase("{role}：本团队和下级的记录；这条是{owner}的"),
        "en": Phrase("{role}: records of one's team and below; this one is {owner}'s"),
    },
    "right_reach_formula": {
        "zh": Phrase("{role}：满足条件的记录"),
        "en": Phrase("{role}: records that meet a condition"),
    },
    "role_needs_hidden": {
        "zh": Phrase(
            "能新建{entity}，却看不到必填的“{label}”，所以什么都建不了", "不要藏这个字段，或者给它一个默认值"
        ),
        "en": Phrase(
            "It may create {entity} records but not fill in {label}, which they need",
            "Do not hide that field, or give it a default",
        ),
    },
}
