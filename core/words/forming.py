"""What forms, views and rules say when a record does not satisfy them, and when they are written wrongly."""

from . import Phrase, Phrases

PHRASES: Phrases = {
    # On the pages.
    "page_event_reason": {"zh": Phrase("理由：{reason}"), "en": Phrase("Reason: {reason}")},
    "page_event_door_public": {"zh": Phrase("（公开表单）"), "en": Phrase(" (public form)")},
    "page_stranger": {"zh": Phrase("访客"), "en": Phrase("A visitor")},
    "page_public_thanks": {"zh": Phrase("已收到，谢谢"), "en": Phrase("Thank you")},
    "page_public_thanks_text": {
        "zh": Phrase("您填写的内容已经送达。"),
        "en": Phrase("What you filled in has arrived."),
    },
    "page_public_links": {"zh": Phrase("公开表单的链接"), "en": Phrase("Links of public forms")},
    "page_links_title": {"zh": Phrase("{label}的公开表单"), "en": Phrase("Public forms: {label}")},
    "page_links_made": {
        "zh": Phrase("已换成新的链接，旧的不能再用"),
        "en": Phrase("There is a new link; the old one leads nowhere now"),
    },
    "page_words_and": {"zh": Phrase(" 且 "), "en": Phrase(" and ")},
    "page_words_or": {"zh": Phrase(" 或 "), "en": Phrase(" or ")},
    "page_words_of": {"zh": Phrase("的"), "en": Phrase(" › ")},
    "page_words_not": {"zh": Phrase("不是（{what}）"), "en": Phrase("not ({what})")},
    "page_words_empty": {"zh": Phrase("{what} 为空"), "en": Phrase("{what} is empty")},
    "page_words_not_empty": {"zh": Phrase("{what} 不为空"), "en": Phrase("{what} is not empty")},
    "page_words_in": {"zh": Phrase("{what} 是 {values} 之一"), "en": Phrase("{what} is one of {values}")},
    "page_words_contains": {"zh": Phrase("{what} 包含 {text}"), "en": Phrase("{what} contains {text}")},
    "page_words_starts": {"zh": Phrase("{what} 以 {text} 开头"), "en": Phrase("{what} starts with {text}")},
    "page_words_me": {"zh": Phrase("我"), "en": Phrase("me")},
    "page_words_today": {"zh": Phrase("今天"), "en": Phrase("today")},
    "page_words_now": {"zh": Phrase("现在"), "en": Phrase("now")},
    "page_words_said": {"zh": Phrase("条件"), "en": Phrase("Shows")},
    "page_view_saved": {
        "zh": Phrase("已存为视图“{label}”（{file}）"),
        "en": Phrase("Saved as the view “{label}” ({file})"),
    },
    "page_view_undo": {"zh": Phrase("撤销"), "en": Phrase("Undo")},
    "page_view_remove": {"zh": Phrase("删除视图“{label}”"), "en": Phrase("Remove the view “{label}”")},
    "page_view_remove_text": {
        "zh": Phrase("文件 {file} 会被删除；记录不受影响。"),
        "en": Phrase("The file {file} is deleted; no record is touched."),
    },
    "page_view_remove_do": {"zh": Phrase("删除视图"), "en": Phrase("Remove it")},
    "page_view_removed_later": {
        "zh": Phrase("视图“{label}”的文件已删除；定义里还有错误，改好之后它才会消失"),
        "en": Phrase(
            "The file of “{label}” is gone; the view goes once the mistakes in the definitions are mended"
        ),
    },
    "page_view_removed": {"zh": Phrase("已删除视图“{label}”"), "en": Phrase("Removed the view “{label}”")},
    "page_by_week": {"zh": Phrase("周"), "en": Phrase("Week")},
    "page_by_month": {"zh": Phrase("月"), "en": Phrase("Month")},
    "page_by_quarter": {"zh": Phrase("季度"), "en": Phrase("Quarter")},
    "page_by_year": {"zh": Phrase("年"), "en": Phrase("Year")},
    "page_month_of": {"zh": Phrase("{year} 年 {month} 月"), "en": Phrase("{month} {year}")},
    "page_month_alone": {"zh": Phrase("{month} 月"), "en": Phrase("{month}")},
    "page_quarter_of": {"zh": Phrase("{year} 年第 {quarter} 季度"), "en": Phrase("Q{quarter} {year}")},
    "page_year_of": {"zh": Phrase("{year} 年"), "en": Phrase("{year}")},
    "page_weekday_0": {"zh": Phrase("周一"), "en": Phrase("Mon")},
    "page_weekday_1": {"zh": Phrase("周二"), "en": Phrase("Tue")},
    "page_weekday_2": {"zh": Phrase("周三"), "en": Phrase("Wed")},
    "page_weekday_3": {"zh": Phrase("周四"), "en": Phrase("Thu")},
    "page_weekday_4": {"zh": Phrase("周五"), "en": Phrase("Fri")},
    "page_weekday_5": {"zh": Phrase("周六"), "en": Phrase("Sat")},
    "page_weekday_6": {"zh": Phrase("周日"), "en": Phrase("Sun")},
    "page_calendar_empty": {
        "zh": Phrase("这段时间没有记录。"),
        "en": Phrase("Nothing stands on these days."),
    },
    "page_all_of_day": {"zh": Phrase("{date} 的全部记录"), "en": Phrase("Everything on {date}")},
    "page_placed": {"zh": Phrase("“{title}”已移到 {date}"), "en": Phrase("{title} is now on {date}")},
    "page_timeline_none": {
        "zh": Phrase("这段时间没有记录。"),
        "en": Phrase("Nothing falls into this time."),
    },
    "page_bar_label": {"zh": Phrase("{title}：{start} 至 {end}"), "en": Phrase("{title}: {start} to {end}")},
    # Of a record.
    "bad_day": {
        "zh": Phrase("看不懂这个日期：{given}", "写成 2026-11-22"),
        "en": Phrase("This date cannot be read: {given}", "Write 2026-11-22"),
    },
    "has_no_days": {
        "zh": Phrase("{entity}没有这个日期字段，不能排成日历或时间线", "日期字段有：{available}"),
        "en": Phrase("{entity} has no such date to lay it out by", "Its dates are: {available}"),
    },
    "view_needs_a_name": {
        "zh": Phrase("给视图起一个名字，最多 {max} 个字"),
        "en": Phrase("Give the view a name of {max} characters at most"),
    },
    "view_cannot_search": {
        "zh": Phrase("搜索“{text}”不能存进视图", "清空搜索框，改用筛选，例如“名称 包含 …”"),
        "en": Phrase(
            "The search for “{text}” cannot be saved", "Clear it, and use a filter such as “contains”"
        ),
    },
    "view_not_saved": {
        "zh": Phrase("视图没有存下来：写出的文件没有通过检查，已经删掉"),
        "en": Phrase("The view was not saved: its file did not pass the check and was taken away again"),
    },
    "views_not_writable": {
        "zh": Phrase("工作区的 views 文件夹写不进去：{error}", "请管理员开放写入权限，或者手工添加视图文件"),
        "en": Phrase(
            "The folder views of the workspace cannot be written to: {error}",
            "Have your administrator allow it, or add the file by hand",
        ),
    },
    "view_is_not_yours": {
        "zh": Phrase("视图“{label}”来自插件，不能在这里删除", "在工作区里写 extend，可以改它"),
        "en": Phrase(
            "The view {label} comes from a plugin and cannot be removed here",
            "Reshape it in the workspace with extend",
        ),
    },
    "no_such_public_form": {
        "zh": Phrase("这个链接没有对应的表单", "向给您链接的人要一个新的"),
        "en": Phrase("This link leads to no form", "Ask whoever gave it to you for a new one"),
    },
    "public_form_old": {
        "zh": Phrase("这张表单打开太久了，还没有提交", "您填写的内容还在；核对一下，再提交一次"),
        "en": Phrase(
            "This form was open for too long and was not sent", "What you typed is still here; send it again"
        ),
    },
    "public_form_busy": {
        "zh": Phrase("提交得太频繁，这一次没有收到", "过十分钟再提交；您填写的内容还在"),
        "en": Phrase(
            "Too much was sent in a short time, so this was not taken",
            "Send it again in ten minutes; what you typed is still here",
        ),
    },
    "public_taken": {
        "zh": Phrase("这个值已经登记过了（{labels}）", "核对一下，或换一个"),
        "en": Phrase("This is known already ({labels})", "Look it over, or give another"),
    },
    "rule_says_unless": {
        "zh": Phrase("{message}", "确有需要的话，写明理由后可以保存"),
        "en": Phrase("{message}", "Where it has to be, say why and save again"),
    },
    "rule_broken_unless": {
        "zh": Phrase("不符合规则 {rule}：{formula}", "确有需要的话，写明理由后可以保存"),
        "en": Phrase("This breaks the rule {rule}: {formula}", "Where it has to be, say why and save again"),
    },
    "field_required_unless": {
        "zh": Phrase("请填写“{labels}”", "确实没有的话，写明理由后可以保存"),
        "en": Phrase("{labels} is needed", "Where there is none, say why and save again"),
    },
    "reason_too_long": {
        "zh": Phrase("理由太长：{length} 个字，最多 {max} 个", "写短一点"),
        "en": Phrase("The reason is {length} characters long; {max} at most", "Make it shorter"),
    },
    "field_is_locked": {
        "zh": Phrase("“{label}”现在不能改", "去掉它，或先改变它所依赖的内容"),
        "en": Phrase(
            "{label} cannot be changed as things stand", "Leave it out, or change what it depends on first"
        ),
    },
    "not_on_the_form": {
        "zh": Phrase("这张表单没有“{label}”"),
        "en": Phrase("This form does not have {label}"),
    },
    "not_offered": {
        "zh": Phrase("“{label}”不能选“{title}”：它的“{asked}”对不上", "从列出的选项里选一个"),
        "en": Phrase(
            "{title} does not fit in {label}: its {asked} is another one", "Choose one of those offered"
        ),
    },
    "import_makes_doubles": {
        "zh": Phrase(
            "前 {looked} 行里有 {count} 行和已有的{label}同名，照这样导入会重复新建",
            "文件里有编号的话，让一列对应“外部编号（ID）”，编号相同的就会更新",
        ),
        "en": Phrase(
            "{count} of the first {looked} rows are called like {label} that are there already, and would be made again",
            "Where the file has ids, send that column to “External ID”: records of the same id are updated",
        ),
    },
    "openapi_reason": {
        "zh": Phrase("为什么要通过严格程度为 reason 的规则；百分号编码，留在历史里"),
        "en": Phrase(
            "Why a rule of severity reason should let it pass; percent-encoded, kept in the history"
        ),
    },
    # Of a definition.
    "for_nobody": {
        "zh": Phrase(
            "for 下面没有写这张表单给谁", "写 roles: [角色]，或 when: 条件；对所有人都适用就去掉 for"
        ),
        "en": Phrase(
            "Below for it does not say whom the form is for",
            "Write roles: [role] or when: condition; leave out for where it is for everybody",
        ),
    },
    "view_without_days": {
        "zh": Phrase("{kind} 视图要知道按哪个日期字段来排", "加上一行“{key}: 字段名”"),
        "en": Phrase("A {kind} needs to know by which date", "Add “{key}: FIELD”"),
    },
    "view_not_by_date": {
        "zh": Phrase("“{label}”不是日期，不能排进日历或时间线", "换一个日期或日期时间字段"),
        "en": Phrase(
            "{label} is no date, so it has no place in a calendar", "Name a field of type date or datetime"
        ),
    },
    "form_value_unfit": {
        "zh": Phrase("“{label}”不能是 {given}：{why}"),
        "en": Phrase("{label} cannot be {given}: {why}"),
    },
    "offers_no_records": {
        "zh": Phrase("“{label}”不是关联字段，不能用 options_where", "去掉 options_where"),
        "en": Phrase("{label} is no link, so options_where has nothing to narrow", "Leave out options_where"),
    },
    "forms_fit_equally": {
        "zh": Phrase(
            "表单 {first}（{other}）和 {second} 同样合适，Kehu 不知道该用哪一张",
            "用 for 写明各自给哪些角色（roles），或在什么条件下用（when）",
        ),
        "en": Phrase(
            "The forms {first} ({other}) and {second} fit equally well: it is not clear which one to use",
            "Say with for whom each is for (roles), or on which records (when)",
        ),
    },
    "forms_may_fit_equally": {
        "zh": Phrase(
            "表单 {first}（{other}）和 {second} 可能同时合适；那时用 {first}",
            "让两个条件不会同时成立，例如都写成“同一个字段 = 不同的选项”",
        ),
        "en": Phrase(
            "The forms {first} ({other}) and {second} may both fit; then {first} is used",
            "Write conditions that never hold together, such as one field with different options",
        ),
    },
    "public_form_lacks": {
        "zh": Phrase("公开表单里没有必填的“{label}”，没有人能提交", "把 {name} 放进表单，或给它一个默认值"),
        "en": Phrase(
            "The public form lacks {label}, which is required: nobody could send it",
            "Put {name} on the form, or give it a default",
        ),
    },
    "public_form_shows": {
        "zh": Phrase("公开表单不能放“{label}”：陌生人会看到内部的记录", "去掉 {name}"),
        "en": Phrase(
            "{label} cannot stand on a public form: strangers would see your records", "Take out {name}"
        ),
    },
}
