"""What is said of definitions that do not fit together."""

from . import Phrase, Phrases

PHRASES: Phrases = {
    "no_workspace": {
        "zh": Phrase(
            "文件夹 {folder} 不是工作区：里面没有 kehu.yaml",
            "先运行 kehu new 名称 新建一个，或进入工作区文件夹再运行",
        ),
        "en": Phrase(
            "The folder {folder} is not a workspace: it has no kehu.yaml",
            "Make one with: kehu new NAME — or change into a workspace first",
        ),
    },
    "file_unreadable": {
        "zh": Phrase("读不了这个文件：{reason}", "检查文件的权限"),
        "en": Phrase("This file cannot be read: {reason}", "Check the file's permissions"),
    },
    "definition_is_not_a_map": {
        "zh": Phrase("这个文件应当由“键: 值”组成", "第一行写 {kind}: 名称"),
        "en": Phrase("This file should be made of key: value lines", "Begin with {kind}: NAME"),
    },
    "definition_without_name": {
        "zh": Phrase(
            "这个文件没有说明它定义的是哪个 {kind}（第一个键是 {first}）",
            "第一行写 {kind}: 名称；要修改已有的定义，写 extend: 名称",
        ),
        "en": Phrase(
            "This file does not say which {kind} it defines (its first key is {first})",
            "Begin with {kind}: NAME; to change an existing one, with extend: NAME",
        ),
    },
    "defined_twice": {
        "zh": Phrase(
            "{kind} {name} 已经在 {other} 里定义过了",
            "要在它上面修改，把这一行写成 extend: {name}；否则换一个名称",
        ),
        "en": Phrase(
            "{kind} {name} is already defined in {other}",
            "To change that one, write extend: {name} here; otherwise choose another name",
        ),
    },
    "extends_nothing": {
        "zh": Phrase(
            "没有叫 {name} 的 {kind} 可以扩展",
            "现有的：{available}",
            "是不是“{instead}”？现有的：{available}",
        ),
        "en": Phrase(
            "There is no {kind} called {name} to extend",
            "There are: {available}",
            "Did you mean “{instead}”? There are: {available}",
        ),
    },
    "removes_nothing": {
        "zh": Phrase(
            "要移除的 {name} 本来就不存在", "现有的：{available}", "是不是“{instead}”？现有的：{available}"
        ),
        "en": Phrase(
            "There is no {name} to remove",
            "There are: {available}",
            "Did you mean “{instead}”? There are: {available}",
        ),
    },
    "placed_beside_nothing": {
        "zh": Phrase(
            "没有 {name}，不能排在它旁边", "现有的：{available}", "是不是“{instead}”？现有的：{available}"
        ),
        "en": Phrase(
            "There is no {name} to be placed beside",
            "There are: {available}",
            "Did you mean “{instead}”? There are: {available}",
        ),
    },
    "unknown_plugin": {
        "zh": Phrase(
            "没有找到插件 {plugin}", "可用的插件：{available}", "是不是“{instead}”？可用的插件：{available}"
        ),
        "en": Phrase(
            "The plugin {plugin} was not found",
            "Available plugins: {available}",
            "Did you mean “{instead}”? Available plugins: {available}",
        ),
    },
    "plugins_in_a_circle": {
        "zh": Phrase("插件互相依赖成了一个圈：{path}", "去掉其中一个 needs"),
        "en": Phrase("These plugins need each other in a circle: {path}", "Take out one of the needs"),
    },
    "plugin_failed": {
        "zh": Phrase(
            "插件 {plugin} 在 {hook} 中出错：{error}",
            "请联系插件的作者，或先从 kehu.yaml 的 plugins 中去掉它",
        ),
        "en": Phrase(
            "The plugin {plugin} failed in {hook}: {error}",
            "Tell the plugin's author, or take it out of plugins in kehu.yaml for now",
        ),
    },
    "unknown_entity": {
        "zh": Phrase(
            "没有叫 {name} 的对象", "现有的对象：{available}", "是不是“{instead}”？现有的对象：{available}"
        ),
        "en": Phrase(
            "There is no entity called {name}",
            "Entities: {available}",
            "Did you mean “{instead}”? Entities: {available}",
        ),
    },
    "secret_shown": {
        "zh": Phrase("“{label}”是机密字段，不能用在这里：它的内容会露出来", "换一个字段"),
        "en": Phrase("“{label}” is a secret and cannot stand here: it would show", "Name another field"),
    },
    "removed_field": {
        "zh": Phrase(
            "这里还在用“{entity}”的字段 {name}，它在 {place} 被移除了", "把这里一起改掉，或者不移除它"
        ),
        "en": Phrase(
            "The field {name} of {entity} is used here, but was removed in {place}",
            "Change this too, or keep the field",
        ),
    },
    "wrong_folder": {
        "zh": Phrase("这个文件夹里应该是 {kind}，这个文件写的却是 {first}", "把文件移到 {folder}/ 文件夹"),
        "en": Phrase(
            "This folder is for files that begin with {kind}, and this one begins with {first}",
            "Move the file into the folder {folder}/",
        ),
    },
    "null_removes_nothing": {
        "zh": Phrase("“{key}”后面没有内容，而它已经存在", "要去掉它，写 {key}: remove；否则写上要改的内容"),
        "en": Phrase(
            "Nothing stands after “{key}”, which is there already",
            "To take it out, write {key}: remove; otherwise write what is to change",
        ),
    },
    "unknown_flow": {
        "zh": Phrase(
            "没有叫 {name} 的流程", "现有的流程：{available}", "是不是“{instead}”？现有的流程：{available}"
        ),
        "en": Phrase(
            "There is no flow called {name}",
            "Flows: {available}",
            "Did you mean “{instead}”? Flows: {available}",
        ),
    },
    "unknown_metric": {
        "zh": Phrase(
            "没有叫 {name} 的指标", "现有的指标：{available}", "是不是“{instead}”？现有的指标：{available}"
        ),
        "en": Phrase(
            "There is no metric called {name}",
            "Metrics: {available}",
            "Did you mean “{instead}”? Metrics: {available}",
        ),
    },
    "unknown_link": {
        "zh": Phrase(
            "{child} 没有叫 {name} 的关联字段",
            "可用的关联字段：{available}",
            "是不是“{instead}”？可用的关联字段：{available}",
        ),
        "en": Phrase(
            "{child} has no link field called {name}",
            "Link fields: {available}",
            "Did you mean “{instead}”? Link fields: {available}",
        ),
    },
    "unknown_option": {
        "zh": Phrase(
            "{label} 没有 {name} 这个选项",
            "可用的选项：{available}",
            "是不是“{instead}”？可用的选项：{available}",
        ),
        "en": Phrase(
            "{label} has no option {name}",
            "Options: {available}",
            "Did you mean “{instead}”? Options: {available}",
        ),
    },
    "unknown_stage_field": {
        "zh": Phrase(
            "{entity} 没有叫 {name} 的阶段字段（type: stage）",
            "可用的阶段字段：{available}",
            "是不是“{instead}”？可用的阶段字段：{available}",
        ),
        "en": Phrase(
            "{entity} has no stage field (type: stage) called {name}",
            "Stage fields: {available}",
            "Did you mean “{instead}”? Stage fields: {available}",
        ),
    },
    "flow_is_elsewhere": {
        "zh": Phrase("流程 {flow} 属于 {entity}.{field}，不属于这个字段", "写这个对象自己的流程"),
        "en": Phrase(
            "The flow {flow} belongs to {entity}.{field}, not to this field", "Name this entity's own flow"
        ),
    },
    "not_a_link_back": {
        "zh": Phrase(
            "{name} 不是指向{entity}的关联字段", "写成 对象.字段，字段的类型是 link，to 指向这个对象"
        ),
        "en": Phrase(
            "{name} is not a link to {entity}", "Write ENTITY.FIELD, where the field is a link to this entity"
        ),
    },
    "rollup_without_link": {
        "zh": Phrase("{child}没有指向{entity}的关联字段，无法汇总", "先在{child}里加一个 type: link 的字段"),
        "en": Phrase(
            "{child} has no link to {entity}, so there is nothing to roll up",
            "Add a field of type link to {child} first",
        ),
    },
    "rollup_needs_via": {
        "zh": Phrase("{child}有多个指向{entity}的关联字段", "用 via: 写明是哪一个：{available}"),
        "en": Phrase("{child} has several links to {entity}", "Say which with via: {available}"),
    },
    "not_a_cut": {
        "zh": Phrase(
            "指标“{metric}”不能按 {name} 分组", "可以按这些字段分组：{available}（在指标的 by 里增加）"
        ),
        "en": Phrase(
            "The metric {metric} cannot be cut by {name}",
            "It can be cut by: {available} (add to the metric's by)",
        ),
    },
    "circular_fields": {
        "zh": Phrase(
            "这些字段互相依赖，永远算不出来：{path}", "改掉其中一个公式，让它不再用到这个圈里的字段"
        ),
        "en": Phrase(
            "These fields need each other, so none can be worked out: {path}",
            "Change one of the formulas so that it does not use a field of this circle",
        ),
    },
    "unreachable_stage": {
        "zh": Phrase(
            "流程“{flow}”里没有任何推进能到达阶段“{stage}”", "在 moves 里加一条通向它的推进，或去掉这个阶段"
        ),
        "en": Phrase(
            "No move of the flow {flow} leads to the stage {stage}",
            "Add a move to it under moves, or take the stage out",
        ),
    },
    "requires_computed": {
        "zh": Phrase("“{label}”是自动计算的，没有人能填写它，不能设为必填", "去掉 require"),
        "en": Phrase(
            "{label} is computed, nobody can fill it in, so it cannot be required", "Take out require"
        ),
    },
    "metric_needs_a_number": {
        "zh": Phrase(
            "{key} 后面要写一个数字，这里却不是数字，没法相加",
            "换成数字、金额或百分比的字段，或改用 count: true",
        ),
        "en": Phrase(
            "“{key}” takes a number, and this is none, so it cannot be added up",
            "Choose a number, money or percent field, or use count: true",
        ),
    },
    "circular_links": {
        "zh": Phrase(
            "这些必填的关联绕成了一个圈，第一条记录永远建不了：{path}",
            "把其中一个改成不必填（去掉 required）",
        ),
        "en": Phrase(
            "These required links form a circle, so a first record can never be created: {path}",
            "Make one of them optional: take out its “required”",
        ),
    },
    "gate_never_opens": {
        "zh": Phrase(
            "关卡“{name}”的条件永远不成立，谁也过不去", "改写 check，让它看记录的内容；不要这一步就删掉它"
        ),
        "en": Phrase(
            "The condition of the gate “{name}” never holds, so nobody can pass",
            "Let “check” look at the record, or take the gate out",
        ),
    },
    "rule_never_holds": {
        "zh": Phrase(
            "规则“{name}”的条件永远不成立，什么也保存不了", "改写 check，让它看记录的内容，或者删掉这条规则"
        ),
        "en": Phrase(
            "The condition of the rule “{name}” never holds, so nothing could be saved",
            "Let “check” look at the record, or take the rule out",
        ),
    },
    "required_hidden": {
        "zh": Phrase(
            "“{label}”是必填的，却在表单上从不显示，填不了就保存不了",
            "去掉 show，给它一个默认值，或者不设为必填",
        ),
        "en": Phrase(
            "{label} is required but this form never shows it, so nothing could be saved",
            "Take out “show”, give the field a default, or make it optional",
        ),
    },
    "required_not_on_form": {
        "zh": Phrase(
            "必填的“{label}”不在这个表单上，用它新建的记录保存不了",
            "在一个 fields 里加上 {name}，或者给它一个默认值",
        ),
        "en": Phrase(
            "{label} is required but not on this form, so a record made with it cannot be saved",
            "Add {name} to one of its “fields”, or give the field a default",
        ),
    },
    "needs_a_number": {
        "zh": Phrase("“{label}”不是数字，不能相加或求平均", "换一个数字、金额或百分比字段，或改用 count"),
        "en": Phrase(
            "{label} is not a number, so it cannot be added up or averaged",
            "Choose a number, money or percent field, or use count",
        ),
    },
    "rollup_of_unkept": {
        "zh": Phrase("“{label}”的值没有存下来，看的时候才计算，不能汇总", "汇总它所用到的、存下来的字段"),
        "en": Phrase(
            "{label} is not stored but worked out when looked at, so it cannot be rolled up",
            "Roll up a stored field that it is made of",
        ),
    },
    "rollup_looks_away": {
        "zh": Phrase(
            "汇总的条件只能看{child}自己的字段，不能看别的记录、时间或当前用户", "改用{child}自己存下来的字段"
        ),
        "en": Phrase(
            "The condition of a rollup may only look at fields of {child} itself, not at "
            "other records, the time or the person",
            "Use a field that {child} keeps",
        ),
    },
    "trigger_never_fires": {
        "zh": Phrase("“{label}”是自动计算的，没有人修改它，这个自动化永远不会触发", "改为它所依据的字段"),
        "en": Phrase(
            "{label} is computed and nobody changes it, so this automation would never start",
            "Name a field that it is worked out from",
        ),
    },
    "circular_metrics": {
        "zh": Phrase("这些指标互相引用，永远算不出来：{path}", "让其中一个不再用到这个圈里的指标"),
        "en": Phrase(
            "These metrics are made of each other, so none can be worked out: {path}",
            "Change one so that it does not use a metric of this circle",
        ),
    },
    "cannot_cut_by": {
        "zh": Phrase(
            "不能按“{label}”分组：它没有存下来，或者一条记录有多个值", "换一个存下来的、只有一个值的字段"
        ),
        "en": Phrase(
            "{label} cannot be grouped by: it is not stored, or holds several values at once",
            "Choose a stored field with one value",
        ),
    },
    "stage_field_taken": {
        "zh": Phrase(
            "{entity}.{field} 的阶段由流程 {flow} 决定，不由这个流程决定",
            "把字段的 flow 改成这个流程，或去掉这个流程",
        ),
        "en": Phrase(
            "The stages of {entity}.{field} come from the flow {flow}, not from this one",
            "Name this flow in the field, or take this flow out",
        ),
    },
    "cannot_sort_by": {
        "zh": Phrase("不能按“{label}”排序：它的值没有存下来，看的时候才计算", "换一个字段"),
        "en": Phrase(
            "{label} cannot be sorted by: it is not stored but worked out when looked at",
            "Choose another field",
        ),
    },
    "option_in_use": {
        "zh": Phrase(
            "“{label}”的选项“{option}”被去掉了，但还有 {count} 条记录在用它",
            "先把这些记录改到别的选项，再去掉 {name}；在那之前继续使用上一版定义",
        ),
        "en": Phrase(
            "The option {option} of {label} was taken out, but {count:record still holds|records still hold} it",
            "Move these records to another option first, then take out {name}; until then "
            "the last definitions stay in force",
        ),
    },
}
