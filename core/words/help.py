"""The help of the command line: what each command is for, and what its options do."""

from . import Phrase, Phrases

__all__ = ["PHRASES"]

PHRASES: Phrases = {
    # what the commands are for
    "cli_kehu": {
        "zh": Phrase("客户（Kehu）：用 YAML 配置的客户关系管理系统。"),
        "en": Phrase("Kehu: a CRM that is shaped in YAML."),
    },
    "cli_demo": {
        "zh": Phrase("打开一个带示例数据的演示，马上可以用。"),
        "en": Phrase("Open a demo with sample data, ready to use."),
    },
    "cli_new": {
        "zh": Phrase("用模板新建一个工作区。"),
        "en": Phrase("Make a workspace from a template."),
    },
    "cli_run": {
        "zh": Phrase("启动工作区的网页和接口。"),
        "en": Phrase("Serve the workspace's pages and its API."),
    },
    "cli_people": {"zh": Phrase("账号：谁可以登录。"), "en": Phrase("Accounts: who may log in.")},
    "cli_people_list": {"zh": Phrase("列出全部账号。"), "en": Phrase("List all accounts.")},
    "cli_people_add": {
        "zh": Phrase("建一个账号，给出邀请链接。第一个账号要有 --role owner；从那以后每个人都要登录。"),
        "en": Phrase(
            "Make an account and show its invitation. The first one needs --role owner; from then on everybody logs in."
        ),
    },
    "cli_people_invite": {
        "zh": Phrase("给还没设密码的人一个新的邀请链接。"),
        "en": Phrase("A new invitation for whoever has set no password yet."),
    },
    "cli_people_disable": {
        "zh": Phrase("停用一个账号：登录、令牌、链接立刻作废。"),
        "en": Phrase("Disable an account: its sessions, tokens and links end at once."),
    },
    "cli_people_enable": {"zh": Phrase("重新启用一个账号。"), "en": Phrase("Enable an account again.")},
    "cli_people_reset": {
        "zh": Phrase("给出重设密码的链接。"),
        "en": Phrase("Show a link to set a new password."),
    },
    "cli_people_roles": {
        "zh": Phrase("换成这些角色，例如：kehu people roles li@example.com sales"),
        "en": Phrase("Give an account these roles and no others: kehu people roles li@example.com sales"),
    },
    "cli_token": {"zh": Phrase("给程序用的 API 令牌。"), "en": Phrase("API tokens, for programs.")},
    "cli_token_create": {
        "zh": Phrase("建一个令牌，只显示一次。"),
        "en": Phrase("Make a token; it is shown once."),
    },
    "cli_token_list": {"zh": Phrase("列出一个账号的令牌。"), "en": Phrase("List the tokens of an account.")},
    "cli_token_revoke": {"zh": Phrase("撤销一个令牌。"), "en": Phrase("Revoke a token.")},
    "cli_option_role": {"zh": Phrase("角色；可以写几次"), "en": Phrase("A role; may be given several times")},
    "cli_option_person_name": {
        "zh": Phrase("姓名（新建一条人员记录）"),
        "en": Phrase("The name of the person (makes a record)"),
    },
    "cli_option_base_url": {
        "zh": Phrase("大家打开这里的地址，例如 https://crm.example.com；邀请链接用它"),
        "en": Phrase(
            "The address people open this at, such as https://crm.example.com; invitations begin with it"
        ),
    },
    "cli_option_two_factor": {
        "zh": Phrase("同时去掉两步验证：手机和备用码都丢了的时候用"),
        "en": Phrase("Drop the second factor as well, for whoever lost the telephone and the recovery codes"),
    },
    "cli_option_token_scope": {
        "zh": Phrase("范围：read、write、import、export、对象:read、对象:write；可以写几次"),
        "en": Phrase(
            "A scope: read, write, import, export, ENTITY:read, ENTITY:write; may be given several times"
        ),
    },
    "cli_option_token_days": {
        "zh": Phrase("有效几天；不写就到撤销为止"),
        "en": Phrase("Days it lasts; without it, until it is revoked"),
    },
    "cli_check": {
        "zh": Phrase("检查全部配置，指出每个错误在哪一行、该怎么写。"),
        "en": Phrase("Check every definition: what is wrong, on which line, and what to write."),
    },
    "cli_import": {
        "zh": Phrase("从 CSV 或 JSON 文件导入记录。"),
        "en": Phrase("Import records from a CSV or JSON file."),
    },
    "cli_export": {
        "zh": Phrase("把记录导出为 CSV 或 JSON。"),
        "en": Phrase("Export records as CSV or JSON."),
    },
    "cli_why": {
        "zh": Phrase("某一项配置是谁写的、谁在用，例如：kehu why customer.phone.required"),
        "en": Phrase("Who set a key, and what uses it: kehu why customer.phone.required"),
    },
    "cli_schema": {
        "zh": Phrase("把一个对象输出为 JSON Schema。"),
        "en": Phrase("Print an entity as JSON Schema."),
    },
    "cli_plugin": {"zh": Phrase("插件。"), "en": Phrase("Plugins.")},
    "cli_plugin_list": {
        "zh": Phrase("列出全部插件和它们带来的内容。"),
        "en": Phrase("List every plugin, and what it brings."),
    },
    "cli_template": {"zh": Phrase("模板。"), "en": Phrase("Templates.")},
    "cli_template_list": {
        "zh": Phrase("列出全部模板。"),
        "en": Phrase("List every template."),
    },
    "cli_doctor": {
        "zh": Phrase("检查安装和工作区是否一切正常。"),
        "en": Phrase("See whether the installation and the workspace are in good health."),
    },
    "cli_version": {"zh": Phrase("显示版本。"), "en": Phrase("Print the version.")},
    # help
    "cli_usage": {"zh": Phrase("用法："), "en": Phrase("Usage: ")},
    "cli_options": {"zh": Phrase("选项"), "en": Phrase("Options")},
    "cli_commands": {"zh": Phrase("命令"), "en": Phrase("Commands")},
    "cli_see_help": {
        "zh": Phrase("  用法见：{command} --help"),
        "en": Phrase("  See: {command} --help"),
    },
    "cli_option_help": {"zh": Phrase("显示这段说明。"), "en": Phrase("Show this text.")},
    "cli_option_lang": {
        "zh": Phrase("用中文（zh）还是英文（en）。"),
        "en": Phrase("Chinese (zh) or English (en)."),
    },
    "cli_option_debug": {
        "zh": Phrase("出现意外错误时显示全部细节。"),
        "en": Phrase("Show all details of an unexpected error."),
    },
    "cli_option_version": {"zh": Phrase("显示版本。"), "en": Phrase("Print the version.")},
    "cli_option_folder": {
        "zh": Phrase("工作区文件夹；默认是当前文件夹。"),
        "en": Phrase("The workspace; the current folder unless given."),
    },
    "cli_option_new_folder": {
        "zh": Phrase("建在哪个文件夹；默认是 ./名称。"),
        "en": Phrase("Where to make it; ./NAME unless given."),
    },
    "cli_option_demo_folder": {
        "zh": Phrase("演示放在哪个文件夹；默认是 ./kehu-demo。"),
        "en": Phrase("Where the demo lies; ./kehu-demo unless given."),
    },
    "cli_option_processes": {
        "zh": Phrase("用几个进程一起服务（sqlite 或 PostgreSQL）"),
        "en": Phrase("Serve from so many processes at once (sqlite or PostgreSQL)"),
    },
    "cli_option_port": {
        "zh": Phrase("端口；默认 8700。"),
        "en": Phrase("The port; 8700 unless given."),
    },
    "cli_option_host": {
        "zh": Phrase("监听的地址；目前只能是本机。"),
        "en": Phrase("The address to listen on; only this machine for now."),
    },
    "cli_option_no_browser": {
        "zh": Phrase("不打开浏览器。"),
        "en": Phrase("Do not open the browser."),
    },
    "cli_option_store": {
        "zh": Phrase("数据存在哪里：tinydb、sqlite 或 postgresql://…；默认按 kehu.yaml。"),
        "en": Phrase("Where records live: tinydb, sqlite or postgresql://…; as kehu.yaml says unless given."),
    },
    "cli_option_template": {
        "zh": Phrase("模板；默认 general。"),
        "en": Phrase("The template; general unless given."),
    },
    "cli_option_sample": {
        "zh": Phrase("要不要模板的示例数据；默认不要。"),
        "en": Phrase("With the template's sample data or without (the default)."),
    },
    "cli_option_check_format": {
        "zh": Phrase(
            "给人看（text），还是给程序看：json、sarif（代码扫描）、github（GitHub 工作流里标在行上）。"
        ),
        "en": Phrase(
            "For people (text), or for programs: json, sarif (code scanning), github (shown beside the lines)."
        ),
    },
    "cli_option_fix": {
        "zh": Phrase("把能确定怎么写的地方直接改好，并显示改了什么；注释和排版不变。"),
        "en": Phrase("Mend what is certain in the files and show what changed; comments and layout stay."),
    },
    "cli_option_check_data": {
        "zh": Phrase("是否也核对已有的记录（只读，默认核对）。"),
        "en": Phrase(
            "Whether to compare the records there are, too (reads only; done unless told otherwise)."
        ),
    },
    "cli_option_map": {
        "zh": Phrase("指定某一列导入到哪个字段，例如 电话=phone；可以写多次。"),
        "en": Phrase("Which field a column goes to, such as Tel=phone; may be given again."),
    },
    "cli_option_refused": {
        "zh": Phrase("没有导入的行存到哪里；默认是 文件名.refused.csv。"),
        "en": Phrase("Where rows go that were not taken; FILE.refused.csv unless given."),
    },
    "cli_option_export_format": {
        "zh": Phrase("csv、jsonl 或 json；默认看文件名，否则 csv。"),
        "en": Phrase("csv, jsonl or json; by the file's name unless given, else csv."),
    },
    "cli_option_out": {
        "zh": Phrase("写到哪个文件；默认直接显示。"),
        "en": Phrase("The file to write; printed unless given."),
    },
    "cli_option_where": {
        "zh": Phrase("只导出符合条件的记录，例如 '金额 > 10000'。"),
        "en": Phrase("Only records for which this formula holds, such as 'amount > 10000'."),
    },
}
