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
            "Too many tries: try again in {minutes:minute|minutes}",
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
    "not_set_up": {
        "zh": Phrase("这里还没有账号：请打开启动时在终端里显示的链接，建立所有者的账号"),
        "en": Phrase("There is no account here yet: open the link that the terminal showed at the start"),
    },
    "passwords_differ": {"zh": Phrase("两次输入的密码不一样"), "en": Phrase("The two passwords differ")},
    # the pages of somebody who is not in yet
    "page_enter_login": {"zh": Phrase("登录"), "en": Phrase("Log in")},
    "page_enter_email": {"zh": Phrase("邮箱"), "en": Phrase("E-mail")},
    "page_enter_password": {"zh": Phrase("密码"), "en": Phrase("Password")},
    "page_enter_forgotten": {
        "zh": Phrase("忘了密码？请管理员给您一个重设链接。"),
        "en": Phrase("Forgotten it? Whoever manages people here can give you a link to set a new one."),
    },
    "page_enter_second": {"zh": Phrase("还差一步"), "en": Phrase("One more step")},
    "page_enter_second_lead": {
        "zh": Phrase("请输入验证器里的六位数字，或者 {count} 个备用码中的一个。"),
        "en": Phrase("Enter the six digits of your authenticator app, or one of the {count} recovery codes."),
    },
    "page_enter_code": {"zh": Phrase("验证码"), "en": Phrase("Code")},
    "page_enter_new": {"zh": Phrase("新密码"), "en": Phrase("New password")},
    "page_enter_new_help": {
        "zh": Phrase("至少 10 个字符；一句自己记得住的话就很好。"),
        "en": Phrase("10 characters at least; a sentence that only you think of does well."),
    },
    "page_enter_again": {"zh": Phrase("再输一次"), "en": Phrase("Once more")},
    "page_enter_set": {"zh": Phrase("保存并登录"), "en": Phrase("Save and log in")},
    "page_enter_welcome": {
        "zh": Phrase("密码已保存，您已登录。"),
        "en": Phrase("The password is saved, and you are in."),
    },
    "page_enter_invite": {"zh": Phrase("欢迎"), "en": Phrase("Welcome")},
    "page_enter_invite_lead": {
        "zh": Phrase("您受邀使用 {workspace}。设一个密码就可以开始。"),
        "en": Phrase("You are invited to {workspace}. Choose a password, and you are in."),
    },
    "page_enter_reset": {"zh": Phrase("设一个新密码"), "en": Phrase("Set a new password")},
    "page_enter_reset_lead": {
        "zh": Phrase("保存以后，{workspace} 里您在别处的登录都会结束。"),
        "en": Phrase("Once it is saved, your sessions elsewhere in {workspace} end."),
    },
    "page_enter_setup": {"zh": Phrase("建立所有者的账号"), "en": Phrase("The owner’s account")},
    "page_enter_setup_lead": {
        "zh": Phrase("这是第一个账号，可以做任何事。以后大家都要登录。"),
        "en": Phrase("This is the first account, and may do everything. From then on everybody logs in."),
    },
    "page_enter_setup_submit": {"zh": Phrase("建立账号"), "en": Phrase("Make the account")},
    "page_colon": {"zh": Phrase("："), "en": Phrase(": ")},
    "page_never": {"zh": Phrase("从未"), "en": Phrase("never")},
    "page_log_out": {"zh": Phrase("退出登录"), "en": Phrase("Log out")},
    "page_people_title": {"zh": Phrase("账号"), "en": Phrase("Accounts")},
    "page_people_menu": {"zh": Phrase("账号与登录"), "en": Phrase("Accounts and logins")},
    "page_people_open": {"zh": Phrase("现在不用登录"), "en": Phrase("No login is asked yet")},
    "page_people_open_text": {
        "zh": Phrase(
            "只有这台电脑打得开这里，打开的人就是所有者。建一个账号，就可以邀请别人；从那以后，每个人都要登录。"
        ),
        "en": Phrase(
            "Only this machine reaches these pages, and whoever opens them is the owner. Make yourself an account, and you can invite others; from then on everybody logs in."
        ),
    },
    "page_people_begin": {
        "zh": Phrase("建立账号，开始要求登录"),
        "en": Phrase("Make my account and ask for logins"),
    },
    "page_people_name": {"zh": Phrase("姓名"), "en": Phrase("Name")},
    "page_people_roles": {"zh": Phrase("角色"), "en": Phrase("Roles")},
    "page_people_state": {"zh": Phrase("状态"), "en": Phrase("State")},
    "page_people_seen": {"zh": Phrase("最近登录"), "en": Phrase("Last seen")},
    "page_people_invite": {"zh": Phrase("邀请"), "en": Phrase("Invite")},
    "page_people_invite_text": {
        "zh": Phrase("现在还不会自动发邮件：您会得到一个链接，复制给对方。七天内有效，只能用一次。"),
        "en": Phrase(
            "No mail is sent yet: you are given a link to pass on. It works once, within seven days."
        ),
    },
    "page_people_record": {"zh": Phrase("人员记录"), "en": Phrase("Record")},
    "page_people_record_new": {"zh": Phrase("新建一条"), "en": Phrase("A new one")},
    "page_people_to_record": {"zh": Phrase("人员记录"), "en": Phrase("Record")},
    "page_people_roles_help": {
        "zh": Phrase("换了角色，这个人要重新登录。"),
        "en": Phrase("With other roles, this person has to log in again."),
    },
    "page_people_roles_save": {"zh": Phrase("保存角色"), "en": Phrase("Save the roles")},
    "page_people_access": {"zh": Phrase("登录"), "en": Phrase("Coming in")},
    "page_people_reset": {"zh": Phrase("重设密码的链接"), "en": Phrase("Link to set a new password")},
    "page_people_invite_again": {"zh": Phrase("新的邀请链接"), "en": Phrase("New invitation link")},
    "page_people_link_help": {
        "zh": Phrase("生成一个只能用一次的链接，由您转给对方；旧的链接作废。"),
        "en": Phrase("Makes a link that works once, for you to pass on; an older one leads nowhere."),
    },
    "page_people_link_once": {
        "zh": Phrase("现在就复制：这个链接不会再显示。"),
        "en": Phrase("Copy it now: it is not shown again."),
    },
    "page_people_disable": {"zh": Phrase("停用"), "en": Phrase("Disable")},
    "page_people_disable_help": {
        "zh": Phrase("立刻退出所有登录，令牌和链接作废；记录都保留。"),
        "en": Phrase("Ends all sessions, tokens and links at once; the records stay."),
    },
    "page_people_enable": {"zh": Phrase("重新启用"), "en": Phrase("Enable")},
    "page_people_enable_help": {
        "zh": Phrase("可以用原来的密码登录；令牌要重新建。"),
        "en": Phrase("The password works again; tokens have to be made anew."),
    },
    "page_people_two_factor_drop": {"zh": Phrase("去掉两步验证"), "en": Phrase("Drop the second factor")},
    "page_people_two_factor_help": {
        "zh": Phrase("手机丢了、备用码也没有时才用。"),
        "en": Phrase("For whoever lost the telephone and the recovery codes."),
    },
    "page_state_active": {"zh": Phrase("正常"), "en": Phrase("Active")},
    "page_state_invited": {"zh": Phrase("已邀请"), "en": Phrase("Invited")},
    "page_state_disabled": {"zh": Phrase("已停用"), "en": Phrase("Disabled")},
    "page_role_owner": {"zh": Phrase("所有者"), "en": Phrase("Owner")},
    "page_me_title": {"zh": Phrase("我的账号"), "en": Phrase("My account")},
    "page_me_old": {"zh": Phrase("现在的密码"), "en": Phrase("Present password")},
    "page_me_password_save": {"zh": Phrase("修改密码"), "en": Phrase("Change the password")},
    "page_me_password_help": {
        "zh": Phrase("您在别处的登录会结束。"),
        "en": Phrase("Your sessions elsewhere end."),
    },
    "page_me_password_done": {"zh": Phrase("密码已修改。"), "en": Phrase("The password is changed.")},
    "page_me_two_factor": {"zh": Phrase("两步验证"), "en": Phrase("Second factor")},
    "page_me_on": {"zh": Phrase("已开启"), "en": Phrase("On")},
    "page_me_two_factor_text": {
        "zh": Phrase(
            "登录时除了密码，还要手机上的六位数字。用验证器（如 Microsoft Authenticator、腾讯身份验证器）扫这个图。"
        ),
        "en": Phrase(
            "A login then also asks for six digits from your telephone. Scan this picture with an authenticator app."
        ),
    },
    "page_me_two_factor_picture": {
        "zh": Phrase("给验证器扫的二维码"),
        "en": Phrase("A picture for the authenticator app to scan"),
    },
    "page_me_two_factor_key": {
        "zh": Phrase("扫不了的话，手工输入这个密钥："),
        "en": Phrase("If it cannot be scanned, type this key:"),
    },
    "page_me_two_factor_use": {"zh": Phrase("开启两步验证"), "en": Phrase("Use the second factor")},
    "page_me_two_factor_drop": {"zh": Phrase("关闭两步验证"), "en": Phrase("Drop the second factor")},
    "page_me_two_factor_dropped": {
        "zh": Phrase("两步验证已关闭。"),
        "en": Phrase("Only the password is asked for from now on."),
    },
    "page_me_codes": {
        "zh": Phrase(
            "两步验证已开启。手机丢了可以用这些备用码，每个只能用一次。现在就抄下来：它们不会再显示。"
        ),
        "en": Phrase(
            "The second factor is on. If the telephone is lost, these codes stand in for it, each once. Write them down now: they are not shown again."
        ),
    },
    "page_me_sessions": {"zh": Phrase("登录着的地方"), "en": Phrase("Sessions")},
    "page_me_here": {"zh": Phrase("这里"), "en": Phrase("Here")},
    "page_me_end": {"zh": Phrase("结束"), "en": Phrase("End")},
    "page_me_end_all": {"zh": Phrase("结束其他所有登录"), "en": Phrase("End all others")},
    "page_me_session_ended": {"zh": Phrase("已结束。"), "en": Phrase("Ended.")},
    "page_me_unknown_browser": {"zh": Phrase("未知的浏览器"), "en": Phrase("Unknown browser")},
    "page_me_tokens": {"zh": Phrase("API 令牌"), "en": Phrase("API tokens")},
    "page_me_tokens_text": {
        "zh": Phrase("给程序用的钥匙：能做的不会超过您自己，也不会超过它的范围。"),
        "en": Phrase("Keys for programs: they may do what you may, and no more than their scopes."),
    },
    "page_me_token_new": {"zh": Phrase("新的令牌"), "en": Phrase("The new token")},
    "page_me_token_once": {
        "zh": Phrase("现在就复制：它不会再显示。"),
        "en": Phrase("Copy it now: it is not shown again."),
    },
    "page_me_token_name": {"zh": Phrase("名称"), "en": Phrase("Name")},
    "page_me_token_create": {"zh": Phrase("新建令牌"), "en": Phrase("Make a token")},
    "page_me_token_revoked": {"zh": Phrase("令牌已撤销。"), "en": Phrase("The token is revoked.")},
    "page_me_revoke": {"zh": Phrase("撤销"), "en": Phrase("Revoke")},
    "page_me_over": {"zh": Phrase("已到期"), "en": Phrase("Expired")},
    "page_me_until": {"zh": Phrase("有效期至"), "en": Phrase("Until")},
    "page_me_used": {"zh": Phrase("最近使用"), "en": Phrase("Last used")},
    "page_me_scopes": {"zh": Phrase("范围"), "en": Phrase("Scopes")},
    "page_me_scopes_more": {"zh": Phrase("或者只限某些对象"), "en": Phrase("Or only for some entities")},
    "page_me_forever": {"zh": Phrase("直到撤销"), "en": Phrase("until it is revoked")},
    "page_scope_read": {"zh": Phrase("读"), "en": Phrase("Read")},
    "page_scope_write": {"zh": Phrase("写"), "en": Phrase("Write")},
    "page_scope_import": {"zh": Phrase("导入"), "en": Phrase("Import")},
    "page_scope_export": {"zh": Phrase("导出"), "en": Phrase("Export")},
    "page_people_done_roles": {
        "zh": Phrase("{email} 的角色已保存。"),
        "en": Phrase("The roles of {email} are saved."),
    },
    "page_people_done_disable": {"zh": Phrase("{email} 已停用。"), "en": Phrase("{email} is disabled.")},
    "page_people_done_enable": {"zh": Phrase("{email} 已启用。"), "en": Phrase("{email} is enabled again.")},
    "page_people_done_two_factor": {
        "zh": Phrase("{email} 现在只要密码就能登录。"),
        "en": Phrase("{email} needs only the password now."),
    },
    "page_me_two_factor_on": {
        "zh": Phrase("还有 {count} 个备用码。"),
        "en": Phrase("{count:recovery code|recovery codes} left."),
    },
    "page_me_since": {"zh": Phrase("{moment} 起"), "en": Phrase("since {moment}")},
    "page_me_days": {"zh": Phrase("{count} 天"), "en": Phrase("{count:day|days}")},
    "no_login_yet": {
        "zh": Phrase("现在不用登录，所以还没有自己的账号"),
        "en": Phrase("No login is asked yet, so there is no account of your own"),
    },
    "account_in_person": {
        "zh": Phrase("自己的账号要在页面上登录后管理，不能用令牌"),
        "en": Phrase("An account is managed by whoever logged in at the page, not with a token"),
    },
    "people_are_managed_by_owners": {
        "zh": Phrase("只有所有者可以管理账号"),
        "en": Phrase("Only owners manage accounts"),
    },
}
