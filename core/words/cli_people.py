"""What ``kehu people``, ``kehu token`` and the first start say on the command line."""

from . import Phrase, Phrases

__all__ = ["PHRASES"]

PHRASES: Phrases = {
    "cli_admin_half": {
        "zh": Phrase("环境变量 KEHU_ADMIN_EMAIL 和 KEHU_ADMIN_PASSWORD 要一起设", "补上缺的那个，或者都去掉"),
        "en": Phrase(
            "KEHU_ADMIN_EMAIL and KEHU_ADMIN_PASSWORD go together", "Set the one that is missing, or neither"
        ),
    },
    "cli_admin_made": {
        "zh": Phrase("已为 {email} 建立所有者的账号；现在可以从环境里去掉 KEHU_ADMIN_PASSWORD"),
        "en": Phrase("{email} has the owner's account; KEHU_ADMIN_PASSWORD can leave the environment now"),
    },
    "cli_setup_link": {
        "zh": Phrase(
            "这里还没有账号。一小时内打开这个链接（只能用一次）建立所有者的账号，在那之前别的都打不开：\n  {link}"
        ),
        "en": Phrase(
            "There is no account here yet. Open this link within the hour (it works once) to make the owner's; nothing else opens before:\n  {link}"
        ),
    },
    "cli_bad_base_url": {
        "zh": Phrase("“{given}”不是网站地址", "写完整，不带路径，例如 https://crm.example.com"),
        "en": Phrase(
            "{given} is no address of a site", "Write it whole and without a path: https://crm.example.com"
        ),
    },
    "cli_link_invite": {
        "zh": Phrase(
            "{email} 的邀请链接，七天内有效，只能用一次；现在还不会自动发邮件，请您转给对方：\n  {link}"
        ),
        "en": Phrase(
            "The invitation of {email}, for seven days and one use; no mail is sent yet, so pass it on:\n  {link}"
        ),
    },
    "cli_link_reset": {
        "zh": Phrase("{email} 重设密码的链接，24 小时内有效，只能用一次；请您转给对方：\n  {link}"),
        "en": Phrase(
            "The link with which {email} sets a new password, for 24 hours and one use; pass it on:\n  {link}"
        ),
    },
    "cli_person_state": {
        "zh": Phrase("{email}：{state}，角色：{roles}"),
        "en": Phrase("{email}: {state}, roles: {roles}"),
    },
    "cli_no_accounts": {
        "zh": Phrase("还没有账号：这台机器上打开的人就是所有者，不用登录"),
        "en": Phrase("No accounts yet: whoever is at this machine is the owner, without a login"),
    },
    "cli_token_made": {
        "zh": Phrase("{email} 的新令牌，不会再显示，请现在收好：\n  {token}"),
        "en": Phrase("A new token of {email}; it is not shown again, so keep it now:\n  {token}"),
    },
    "cli_token_revoked": {"zh": Phrase("令牌“{name}”已撤销"), "en": Phrase("The token {name} is revoked")},
    "cli_no_such_token": {
        "zh": Phrase("{email} 没有“{name}”这个令牌", "有的令牌：{available}"),
        "en": Phrase("{email} has no token {name}", "Tokens: {available}"),
    },
    "cli_state_active": {"zh": Phrase("正常"), "en": Phrase("active")},
    "cli_state_invited": {"zh": Phrase("已邀请"), "en": Phrase("invited")},
    "cli_state_disabled": {"zh": Phrase("已停用"), "en": Phrase("disabled")},
    "cli_column_email": {"zh": Phrase("邮箱"), "en": Phrase("E-mail")},
    "cli_column_person": {"zh": Phrase("姓名"), "en": Phrase("Name")},
    "cli_column_state": {"zh": Phrase("状态"), "en": Phrase("State")},
    "cli_column_roles": {"zh": Phrase("角色"), "en": Phrase("Roles")},
    "cli_column_seen": {"zh": Phrase("最近登录"), "en": Phrase("Last seen")},
    "cli_column_start": {"zh": Phrase("开头"), "en": Phrase("Begins with")},
    "cli_column_scopes": {"zh": Phrase("范围"), "en": Phrase("Scopes")},
    "cli_column_expires": {"zh": Phrase("有效期至"), "en": Phrase("Until")},
}
