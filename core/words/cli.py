"""What the command line says; its help stands in :mod:`~kehu.core.words.help`."""

from . import Phrase, Phrases

__all__ = ["PHRASES"]

PHRASES: Phrases = {
    # mistyped
    "cli_no_such_command": {
        "zh": Phrase("没有 {name} 这个命令", "可用的命令：{available}", "是不是想写 kehu {instead}？"),
        "en": Phrase("There is no command {name}", "Commands: {available}", "Did you mean kehu {instead}?"),
    },
    "cli_no_such_option": {
        "zh": Phrase("没有 {name} 这个选项", "", "是不是想写 {instead}？"),
        "en": Phrase("There is no option {name}", "", "Did you mean {instead}?"),
    },
    "cli_missing": {
        "zh": Phrase("还缺一项：{name}"),
        "en": Phrase("Something is missing: {name}"),
    },
    "cli_bad_value": {
        "zh": Phrase("{name} 的值不对：{reason}"),
        "en": Phrase("The value of {name} will not do: {reason}"),
    },
    "cli_other": {"zh": Phrase("没有执行：{message}"), "en": Phrase("Not done: {message}")},
    "cli_unexpected": {
        "zh": Phrase(
            "Kehu 出了意外的错误：{error}", "细节写在 {file}；请把它附在问题报告里。加上 --debug 可以直接看到"
        ),
        "en": Phrase(
            "Kehu made a mistake it did not expect: {error}",
            "The details are in {file}; please send them along with a report. --debug shows them here",
        ),
    },
    "cli_plugin_command_failed": {
        "zh": Phrase("插件 {plugin} 的命令没能载入：{error}"),
        "en": Phrase("The commands of the plugin {plugin} could not be loaded: {error}"),
    },
    # new and demo
    "cli_no_such_template": {
        "zh": Phrase("没有叫 {name} 的模板", "可用的模板：{available}"),
        "en": Phrase("There is no template called {name}", "Templates: {available}"),
    },
    "cli_bad_workspace_name": {
        "zh": Phrase(
            "工作区不能叫 {name}",
            "用小写字母开头，只用小写字母、数字和下划线，例如 acme；显示的名称可以在 kehu.yaml 的 label 里写中文",
            "写成 {instead}；显示的名称可以在 kehu.yaml 的 label 里随意写",
        ),
        "en": Phrase(
            "A workspace cannot be called {name}",
            "Begin with a small letter and use small letters, digits and _ only, such as acme; the label in "
            "kehu.yaml may be anything",
            "Write {instead}; the label in kehu.yaml may be anything",
        ),
    },
    "cli_folder_not_empty": {
        "zh": Phrase("{folder} 里已经有东西了", "换一个名称，或用 --folder 指定别的文件夹；什么都没有改动"),
        "en": Phrase(
            "There is something in {folder} already",
            "Choose another name, or another --folder; nothing was changed",
        ),
    },
    "cli_folder_unwritable": {
        "zh": Phrase("不能在 {folder} 建立文件夹：{reason}", "换一个可以写入的位置"),
        "en": Phrase("The folder {folder} cannot be made: {reason}", "Choose a place you may write to"),
    },
    "cli_not_a_demo": {
        "zh": Phrase("{folder} 里已经有东西，而且不是演示", "用 --folder 指定别的文件夹；什么都没有改动"),
        "en": Phrase(
            "There is something in {folder} already, and it is no demo",
            "Choose another --folder; nothing was changed",
        ),
    },
    "cli_made": {
        "zh": Phrase(
            "工作区 {name} 建好了：{folder}\n\n"
            "  接下来：\n"
            "    cd {folder}\n"
            "    kehu run\n\n"
            "  用任何编辑器打开里面的 YAML 文件，保存后刷新网页就能看到变化；kehu check 会指出写错的地方。"
        ),
        "en": Phrase(
            "The workspace {name} is ready: {folder}\n\n"
            "  Next:\n"
            "    cd {folder}\n"
            "    kehu run\n\n"
            "  Edit its YAML files with any editor, save, and reload the page; kehu check points out mistakes."
        ),
    },
    "cli_mark": {
        "zh": Phrase("这是 kehu demo 建立的演示。想从头再来，删除整个文件夹，再运行 kehu demo。"),
        "en": Phrase(
            "This is a demo made by kehu demo. To start afresh, delete the folder and run kehu demo again."
        ),
    },
    "cli_seeding": {
        "zh": Phrase("正在录入十八个月的示例业务……"),
        "en": Phrase("Entering eighteen months of sample business…"),
    },
    "cli_demo_language": {
        "zh": Phrase("这个演示原来是 {language} 的，保持不变；想换语言，删除 {folder} 再运行一次。"),
        "en": Phrase(
            "This demo was made in {language} and stays so; for another language delete {folder} and run this again."
        ),
    },
    # run
    # check
    "cli_no_such_folder": {
        "zh": Phrase("没有文件夹 {folder}"),
        "en": Phrase("There is no folder {folder}"),
    },
    "cli_check_fine": {
        "zh": Phrase("{count} 个定义，没有问题"),
        "en": Phrase("{count:definition|definitions}, no problems"),
    },
    "cli_check_found": {
        "zh": Phrase("\n错误 {errors} 个，注意 {warnings} 个"),
        "en": Phrase("\n{errors:error|errors}, {warnings:warning|warnings}"),
    },
    "cli_check_fixed": {
        "zh": Phrase("已修改 {files} 个文件，改掉 {count} 处问题"),
        "en": Phrase("{count:problem|problems} mended in {files:file|files}"),
    },
    "cli_check_nothing_fixed": {
        "zh": Phrase("没有能确定怎么改的问题，文件都没有动"),
        "en": Phrase("No problem has a certain mend; no file was changed"),
    },
    "data_in_use": {
        "zh": Phrase(
            "服务正在运行，它占用着数据，所以没有核对已有的记录",
            "它自己会核对：打开它的“定义检查”页，或停下服务再检查一次",
        ),
        "en": Phrase(
            "A running server has the records, so they were not compared with the definitions",
            "It compares them itself: look at its page “Definition check”, or stop it and check again",
        ),
    },
    "data_not_checked": {
        "zh": Phrase("没有核对 {store} 里已有的记录", "启动时会核对"),
        "en": Phrase(
            "The records in {store} were not compared with the definitions",
            "That is done when the server starts",
        ),
    },
    # import and export
    "cli_file_unreadable": {
        "zh": Phrase("读不了文件 {file}：{reason}"),
        "en": Phrase("The file {file} cannot be read: {reason}"),
    },
    "cli_file_unwritable": {
        "zh": Phrase("写不了文件 {file}：{reason}"),
        "en": Phrase("The file {file} cannot be written: {reason}"),
    },
    "cli_bad_map": {
        "zh": Phrase("--map {pair} 缺少等号", "写成 --map 列名=字段名"),
        "en": Phrase("--map {pair} has no equals sign", "Write --map COLUMN=FIELD"),
    },
    "cli_no_such_column": {
        "zh": Phrase("文件里没有“{column}”这一列", "文件里的列：{available}"),
        "en": Phrase("The file has no column {column}", "Its columns: {available}"),
    },
    "cli_rate": {"zh": Phrase("{rate} 行/秒"), "en": Phrase("{rate} rows/s")},
    "cli_imported": {
        "zh": Phrase(
            "读取 {read} 行 = 新建 {created} + 更新 {changed} + 没有变化 {unchanged} + 未导入 {refused}"
            "（{seconds} 秒，{rate} 行/秒）"
        ),
        "en": Phrase(
            "Read {read} rows = {created} created + {changed} changed + {unchanged} unchanged + {refused} refused "
            "({seconds} s, {rate} rows/s)"
        ),
    },
    "cli_import_stopped": {
        "zh": Phrase(
            "已中途停止：还有 {left} 行没有读。已导入的都已保存；再次导入同一个文件，有 id 的行不会重复。"
        ),
        "en": Phrase(
            "Stopped on the way: {left} rows were not read. What was imported is saved; rows that have an id are not "
            "doubled when the file is imported again."
        ),
    },
    "cli_import_left_out": {
        "zh": Phrase("没有对应字段的列（未导入）：{columns}；用 --map 列名=字段名 指定"),
        "en": Phrase(
            "Columns that no field was found for (left out): {columns}; say where they go with --map COLUMN=FIELD"
        ),
    },
    "cli_import_people": {
        "zh": Phrase("新增了 {count} 个人员：{people}"),
        "en": Phrase("{count} people were added: {people}"),
    },
    "cli_import_on_page": {
        "zh": Phrase("服务正在运行时，请在网页上导入（/{entity}/import）；或者先停掉它，再运行这个命令。"),
        "en": Phrase(
            "While the server runs, import on its page (/{entity}/import), or stop it and run this again."
        ),
    },
    "cli_refused_kept": {
        "zh": Phrase("未导入的 {count} 行和原因写在 {file}；改好后可以直接再导入这个文件。例如："),
        "en": Phrase(
            "The {count} refused rows and the reasons are in {file}; mend them there and import that file. Such as:"
        ),
    },
    "cli_refused_row": {"zh": Phrase("  第 {line} 行：{reasons}"), "en": Phrase("  line {line}: {reasons}")},
    "cli_reason": {"zh": Phrase("{label}：{message}"), "en": Phrase("{label}: {message}")},
    "cli_refused_line": {"zh": Phrase("原文件行号"), "en": Phrase("line in the file")},
    "cli_refused_why": {"zh": Phrase("未导入的原因"), "en": Phrase("why it was refused")},
    "cli_exported": {
        "zh": Phrase("导出了 {count} 条记录：{file}"),
        "en": Phrase("{count:record|records} exported: {file}"),
    },
    # why
    "why_no_definition": {
        "zh": Phrase("没有叫 {name} 的定义", "现有的：{available}", "是不是 {instead}？"),
        "en": Phrase("Nothing is called {name}", "There are: {available}", "Did you mean {instead}?"),
    },
    "why_ambiguous": {
        "zh": Phrase("叫 {name} 的定义不止一个", "写明是哪一种：{available}", "写明是哪一种：{available}"),
        "en": Phrase(
            "More than one definition is called {name}", "Say which: {available}", "Say which: {available}"
        ),
    },
    "why_no_key": {
        "zh": Phrase("{where} 里没有 {name}", "现有的：{available}", "是不是 {instead}？"),
        "en": Phrase("There is no {name} in {where}", "There are: {available}", "Did you mean {instead}?"),
    },
    "cli_why_default": {
        "zh": Phrase("  没有人写过，这是默认值"),
        "en": Phrase("  Nobody wrote it; this is the default"),
    },
    "cli_why_set_by": {"zh": Phrase("  谁写的（从下到上）"), "en": Phrase("  Set by (lowest first)")},
    "cli_why_holds": {"zh": Phrase("← 以此为准"), "en": Phrase("← this one holds")},
    "cli_why_removed": {"zh": Phrase("（移除）"), "en": Phrase("(removed)")},
    "cli_why_folder": {
        "zh": Phrase("    {name}: 开头的文件在 {folder}"),
        "en": Phrase("    The files of {name}: are in {folder}"),
    },
    "cli_why_uses": {"zh": Phrase("  它用到（{count}）"), "en": Phrase("  It uses ({count})")},
    "cli_why_used_by": {
        "zh": Phrase("  谁在用 {subject}（{count}）"),
        "en": Phrase("  {subject} is used by ({count})"),
    },
    "cli_why_unused": {
        "zh": Phrase("  没有别的定义用到 {subject}"),
        "en": Phrase("  Nothing else uses {subject}"),
    },
    "cli_layer_core": {"zh": Phrase("核心"), "en": Phrase("core")},
    "cli_layer_plugin": {"zh": Phrase("插件 {name}"), "en": Phrase("plugin {name}")},
    "cli_layer_template": {"zh": Phrase("模板"), "en": Phrase("template")},
    "cli_layer_workspace": {"zh": Phrase("工作区"), "en": Phrase("workspace")},
    # kinds of things
    "cli_one_entity": {"zh": Phrase("对象"), "en": Phrase("entity")},
    "cli_one_field": {"zh": Phrase("字段"), "en": Phrase("field")},
    "cli_one_form": {"zh": Phrase("表单"), "en": Phrase("form")},
    "cli_one_view": {"zh": Phrase("视图"), "en": Phrase("view")},
    "cli_one_flow": {"zh": Phrase("流程"), "en": Phrase("flow")},
    "cli_one_stage": {"zh": Phrase("阶段"), "en": Phrase("stage")},
    "cli_one_automation": {"zh": Phrase("自动化"), "en": Phrase("automation")},
    "cli_one_metric": {"zh": Phrase("指标"), "en": Phrase("metric")},
    "cli_one_dashboard": {"zh": Phrase("仪表盘"), "en": Phrase("dashboard")},
    "cli_one_role": {"zh": Phrase("角色"), "en": Phrase("role")},
    # lists
    "cli_column_name": {"zh": Phrase("名称"), "en": Phrase("name")},
    "cli_column_label": {"zh": Phrase("标题"), "en": Phrase("label")},
    "cli_column_version": {"zh": Phrase("版本"), "en": Phrase("version")},
    "cli_column_origin": {"zh": Phrase("来源"), "en": Phrase("from")},
    "cli_column_active": {"zh": Phrase("在用"), "en": Phrase("active")},
    "cli_column_brings": {"zh": Phrase("带来"), "en": Phrase("brings")},
    "cli_column_plugins": {"zh": Phrase("插件"), "en": Phrase("plugins")},
    "cli_column_definitions": {"zh": Phrase("自带定义"), "en": Phrase("own definitions")},
    "cli_origin_bundled": {"zh": Phrase("自带"), "en": Phrase("bundled")},
    "cli_origin_installed": {"zh": Phrase("已安装"), "en": Phrase("installed")},
    "cli_origin_workspace": {"zh": Phrase("工作区"), "en": Phrase("workspace")},
    "cli_kind_entity": {"zh": Phrase("对象"), "en": Phrase("entities")},
    "cli_kind_form": {"zh": Phrase("表单"), "en": Phrase("forms")},
    "cli_kind_view": {"zh": Phrase("视图"), "en": Phrase("views")},
    "cli_kind_flow": {"zh": Phrase("流程"), "en": Phrase("flows")},
    "cli_kind_automation": {"zh": Phrase("自动化"), "en": Phrase("automations")},
    "cli_kind_metric": {"zh": Phrase("指标"), "en": Phrase("metrics")},
    "cli_kind_dashboard": {"zh": Phrase("仪表盘"), "en": Phrase("dashboards")},
    "cli_kind_role": {"zh": Phrase("角色"), "en": Phrase("roles")},
    "cli_workspace_is_broken": {
        "zh": Phrase("这个工作区的配置有错误，看不出在用哪些插件；运行 kehu check 查看。"),
        "en": Phrase(
            "The definitions of this workspace have errors, so what is active cannot be told; run kehu check."
        ),
    },
    # doctor
    "cli_doctor_packages": {
        "zh": Phrase("需要的 {count} 个软件包都在"),
        "en": Phrase("All {count} packages it needs are there"),
    },
    "cli_doctor_packages_missing": {
        "zh": Phrase("缺少软件包：{names}；重新安装 kehu"),
        "en": Phrase("Packages are missing: {names}; install kehu again"),
    },
    "cli_doctor_extra_speed": {
        "zh": Phrase("没有 {name}：网页会慢一些；pip install 'kehu[speed]'"),
        "en": Phrase("Without {name} pages are a little slower; pip install 'kehu[speed]'"),
    },
    "cli_doctor_extra_postgres": {
        "zh": Phrase("没有 {name}：不能使用 PostgreSQL；需要时 pip install 'kehu[postgres]'"),
        "en": Phrase(
            "Without {name} PostgreSQL cannot be used; if you need it: pip install 'kehu[postgres]'"
        ),
    },
    "cli_doctor_extra_zh": {
        "zh": Phrase("没有 {name}：不能用拼音搜索；需要时 pip install 'kehu[zh]'"),
        "en": Phrase("Without {name} nothing is found by its pinyin; if you need it: pip install 'kehu[zh]'"),
    },
    "cli_doctor_front_end": {
        "zh": Phrase("网页需要的文件（图表、拖动、图标）都在"),
        "en": Phrase("The front-end files (charts, dragging, icons) are there"),
    },
    "cli_doctor_front_end_missing": {
        "zh": Phrase(
            "缺少网页文件：{names}；网页仍然可用，只是没有图表、拖动和图标。装好 npm 后重新安装 kehu"
        ),
        "en": Phrase(
            "Front-end files are missing: {names}; pages work without charts, dragging and icons. Install kehu again "
            "where npm can be reached"
        ),
    },
    "cli_doctor_no_workspace": {
        "zh": Phrase("这里不是工作区，没有检查配置和数据；进入工作区再运行"),
        "en": Phrase("This is no workspace, so definitions and data were not looked at; run this inside one"),
    },
    "cli_doctor_definitions_broken": {
        "zh": Phrase("配置有 {count} 个错误；运行 kehu check 查看"),
        "en": Phrase("The definitions have {count} errors; run kehu check"),
    },
    "cli_doctor_store": {
        "zh": Phrase("数据：{name}，{records} 条记录，{megabytes} MB"),
        "en": Phrase("Data: {name}, {records} records, {megabytes} MB"),
    },
    "cli_doctor_journal": {
        "zh": Phrase("日志文件完整，没有丢失写入"),
        "en": Phrase("The journal is whole; no write was lost"),
    },
    "cli_doctor_too_large": {
        "zh": Phrase(
            "“{label}”有 {count} 条记录，内置的 TinyDB 适合 20,000 条以内；"
            "建议先用 kehu export 导出，在 kehu.yaml 里写 store: sqlite，再用 kehu import 导入"
        ),
        "en": Phrase(
            "There are {count} records of {label}; the embedded TinyDB serves well up to 20,000. Take them out with "
            "kehu export, write store: sqlite in kehu.yaml, and bring them in with kehu import"
        ),
    },
}
