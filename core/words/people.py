"""What is said about people, their teams and their ways in."""

from . import Phrase, Phrases

PHRASES: Phrases = {
    "stands_above_itself": {
        "zh": Phrase("“{label}”绕成了圈：{title} 会成为自己的上级", "选一个不在它下面的"),
        "en": Phrase(
            "{label} goes round in a circle: {title} would stand above itself",
            "Choose one that does not stand below it",
        ),
    },
    "password_length": {
        "zh": Phrase("密码要 {least} 到 {most} 个字符", "一句自己记得住的话就很好"),
        "en": Phrase(
            "A password has {least} to {most} characters", "A sentence that only you think of does well"
        ),
    },
    "password_common": {
        "zh": Phrase("这个密码太容易猜到", "不要用邮箱、连续数字或常见单词"),
        "en": Phrase(
            "This password is easily guessed", "No e-mail address, no row of digits, no common word"
        ),
    },
    "password_wrong": {"zh": Phrase("现在的密码不对"), "en": Phrase("The present password is not right")},
    "too_many_tries": {
        "zh": Phrase("试得太多了，请 {minutes} 分钟后再试", "忘了密码的话，请管理员给您一个重设链接"),
        "en": Phrase(
            "Too many tries: try again in {minutes} {minutes:minute|minutes}",
            "If the password is forgotten, ask whoever manages people for a link to set a new one",
        ),
    },
    "login_wrong": {
        "zh": Phrase("邮箱或密码不对", "忘了密码的话，请管理员给您一个重设链接"),
        "en": Phrase(
            "The e-mail address or the password is not right",
            "If the password is forgotten, ask whoever manages people for a link to set a new one",
        ),
    },
    "login_over": {"zh": Phrase("等得太久了，请重新登录"), "en": Phrase("That took too long: log in again")},
    "login_needed": {
        "zh": Phrase("请先登录", "在页面上登录，或在请求头里写 Authorization: Bearer 和令牌"),
        "en": Phrase(
            "A login is needed", "Log in on the page, or send the header Authorization: Bearer with a token"
        ),
    },
    "token_wrong": {
        "zh": Phrase("这个令牌不能用：它不存在、已到期或已撤销", "在“我的账号”里建一个新的"),
        "en": Phrase(
            "This token does not let you in: it is unknown, expired or revoked",
            "Make a new one under “My account”",
        ),
    },
    "code_wrong": {
        "zh": Phrase("验证码不对", "用验证器里现在显示的六位数字；每个数字只能用一次"),
        "en": Phrase("This code is not right", "Take the six digits that the app shows now; each works once"),
    },
    "no_such_account": {"zh": Phrase("没有 {email} 这个账号"), "en": Phrase("There is no account {email}")},
    "not_an_email_address": {
        "zh": Phrase("“{given}”不是邮箱地址", "例如 li.ming@example.com"),
        "en": Phrase("“{given}” is no e-mail address", "Such as li.ming@example.com"),
    },
    "email_taken": {"zh": Phrase("{email} 已经有账号了"), "en": Phrase("{email} has an account already")},
    "person_has_account": {
        "zh": Phrase("这个人已经有账号了，不能再给 {email}"),
        "en": Phrase("This person has an account already; {email} cannot be a second one"),
    },
    "last_owner": {
        "zh": Phrase("{email} 是唯一的所有者，不能停用，也不能去掉这个角色", "先让另一个人成为所有者"),
        "en": Phrase("{email} is the only owner, and stays one", "Make somebody else an owner first"),
    },
    "first_is_owner": {
        "zh": Phrase("第一个账号必须是所有者：{email} 要有角色 owner", "加上 --role owner"),
        "en": Phrase("The first account is an owner’s: {email} needs the role owner", "Add --role owner"),
    },
    "owner_is_there": {
        "zh": Phrase("已经有账号了，请登录"),
        "en": Phrase("There is an account already: log in"),
    },
    "link_is_over": {
        "zh": Phrase("这个链接不能用了：它已用过、已到期，或者抄得不全", "请给您链接的人再发一个"),
        "en": Phrase(
            "This link leads nowhere: it was used, is too old, or was not copied whole",
            "Ask whoever gave it to you for a new one",
        ),
    },
    "token_needs_a_name": {
        "zh": Phrase("给令牌起个名字", "写它用在哪里，例如“官网表单”"),
        "en": Phrase("The token needs a name", "Say where it is used: “web shop”"),
    },
    "token_days": {
        "zh": Phrase("有效天数是 1 到 {most} 之间的整数"),
        "en": Phrase("Days are a whole number from 1 to {most}"),
    },
    "token_too_many": {
        "zh": Phrase("一个账号最多 {most} 个令牌", "先撤销不用的"),
        "en": Phrase("An account has {most} tokens at most", "Revoke those that are not used"),
    },
    "no_such_token": {
        "zh": Phrase("没有这个令牌，或者它已撤销"),
        "en": Phrase("There is no such token, or it was revoked"),
    },
    "no_such_scope": {
        "zh": Phrase("令牌没有“{name}”这个范围", "可用的范围：{available}"),
        "en": Phrase("A token has no scope {name}", "Scopes: {available}"),
    },
    "no_such_role": {
        "zh": Phrase("没有“{name}”这个角色", "现有的角色：{available}"),
        "en": Phrase("There is no role {name}", "Roles: {available}"),
    },
}
