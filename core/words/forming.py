"""What forms, views and rules say when a record does not satisfy them, and when they are written wrongly."""

from . import Phrase, Phrases

PHRASES: Phrases = {
    # On the pages.
    "page_event_reason": {"zh": Phrase("理由：{reason}"), "en": Phrase("Reason: {reason}")},
    "page_event_door_public": {"zh": Phrase("（公开表单）"), "en": Phrase(" (public form)")},
    "page_stranger": {"zh": Phrase("访客"), "en": Phrase("A visitor")},
    "page_reason": {"zh": Phrase("理由"), "en": Phrase("Reason")},
    "page_reason_help": {
        "zh": Phrase("写明为什么要这样保存；理由会留在这条记录的历史里。"),
        "en": Phrase("Say why it has to be saved like this; the reason stays in the history of the record."),
    },
    "page_draft_restored": {
        "zh": Phrase("已恢复上次没有保存的内容。"),
        "en": Phrase("What you had not saved yet is back."),
    },
    "page_draft_drop": {"zh": Phrase("不要了"), "en": Phrase("Discard it")},
    "page_public_send": {"zh": Phrase("提交"), "en": Phrase("Send")},
    "page_public_trap": {"zh": Phrase("这一栏请留空"), "en": Phrase("Leave this empty")},
    "page_public_thanks": {"zh": Phrase("已收到，谢谢"), "en": Phrase("Thank you")},
    "page_public_thanks_text": {
        "zh": Phrase("您填写的内容已经送达。"),
        "en": Phrase("What you filled in has arrived."),
    },
    "page_public_links": {"zh": Phrase("公开表单的链接"), "en": Phrase("Links of public forms")},
    "page_links_title": {"zh": Phrase("{label}的公开表单"), "en": Phrase("Public forms: {label}")},
    "page_links_text": {
        "zh": Phrase("有链接的人不用登录就能填写，只看得到表单里的字段。"),
        "en": Phrase(
            "Whoever has the link can fill in the form without a login, and sees nothing but its fields."
        ),
    },
    "page_links_address": {"zh": Phrase("链接"), "en": Phrase("Link")},
    "page_links_open": {"zh": Phrase("打开"), "en": Phrase("Open")},
    "page_links_anew": {"zh": Phrase("换一个链接"), "en": Phrase("Make a new link")},
    "page_links_anew_help": {"zh": Phrase("旧的链接会失效"), "en": Phrase("The old one will lead nowhere")},
    "page_links_made": {
        "zh": Phrase("已换成新的链接，旧的不能再用"),
        "en": Phrase("There is a new link; the old one leads nowhere now"),
    },
    # Of a record.
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
    "form_default_unfit": {
        "zh": Phrase("“{label}”的默认值 {given} 不合适：{why}"),
        "en": Phrase("The default {given} does not fit {label}: {why}"),
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
