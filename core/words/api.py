"""What is said of requests: to programs by the API, and of filters also on pages."""

from . import Phrase, Phrases

PHRASES: Phrases = {
    # Filters and orders
    "too_many_filters": {
        "zh": Phrase("筛选条件太多：{count} 个，最多 {max} 个", "去掉一些条件，或改用 where 公式"),
        "en": Phrase(
            "There are {count} filters; {max} at most", "Leave some out, or say it in one where formula"
        ),
    },
    "too_many_sorts": {
        "zh": Phrase("排序字段太多：{count} 个，最多 {max} 个", "只留最要紧的几个"),
        "en": Phrase("There are {count} sort keys; {max} at most", "Keep those that matter most"),
    },
    "sort_unknown": {
        "zh": Phrase("不能按“{name}”排序", "可以按这些排序：{available}", "是不是 {instead}？"),
        "en": Phrase(
            "Lists cannot be sorted by {name}", "They can be by: {available}", "Did you mean {instead}?"
        ),
    },
    "filter_unknown_field": {
        "zh": Phrase(
            "{entity}没有叫“{name}”的字段或参数", "可以用来筛选的：{available}", "是不是 {instead}？"
        ),
        "en": Phrase(
            "{entity} has no field or parameter {name}",
            "It can be filtered by: {available}",
            "Did you mean {instead}?",
        ),
    },
    "filter_operator": {
        "zh": Phrase(
            "“{label}”不能用“{operator}”来筛选",
            "可以用：{available}",
            "是不是 {instead}？可以用：{available}",
        ),
        "en": Phrase(
            "{label} cannot be filtered with “{operator}”",
            "Use one of: {available}",
            "Did you mean {instead}? It can be: {available}",
        ),
    },
    "filter_not_possible": {
        "zh": Phrase("不能按“{label}”筛选", "去掉这个条件"),
        "en": Phrase("Lists cannot be filtered by {label}", "Leave this filter out"),
    },
    "filter_needs_value": {
        "zh": Phrase("筛选条件“{name}”没有写值", "写上要找的值；要找没有填写的记录，用 {name}.empty"),
        "en": Phrase(
            "The filter {name} has no value",
            "Give what to look for; for records without a value use {name}.empty",
        ),
    },
    "filter_between": {
        "zh": Phrase("“{label}”的范围要写两个值", "用逗号隔开，例如 2026-01-01,2026-02-01；一边可以空着"),
        "en": Phrase(
            "A range of {label} takes two values",
            "Separate them with a comma, as in 2026-01-01,2026-02-01; one side may be left empty",
        ),
    },
    "filter_in": {
        "zh": Phrase("“{label}”要写 1 到 {max} 个值", "用逗号隔开"),
        "en": Phrase("{label} takes 1 to {max} values here", "Separate them with commas"),
    },
    "filter_one_value": {
        "zh": Phrase("“{label}”一次只能找一个值", "要同时满足几个，就把条件写几次"),
        "en": Phrase("{label} can be asked for one value at a time", "Repeat the filter for each value"),
    },
    "cursor_broken": {
        "zh": Phrase("不认识这个翻页位置", "从第一页开始，用答复里的 next"),
        "en": Phrase("This is no place in a list", "Begin at the first page, and use the next that it gives"),
    },
    "cursor_of_another_order": {
        "zh": Phrase("这个翻页位置属于另一种排序", "排序改变后，从第一页开始"),
        "en": Phrase(
            "This place belongs to a list in another order",
            "Begin at the first page when you change the order",
        ),
    },
    # Parameters
    "parameter_unknown": {
        "zh": Phrase("没有叫“{name}”的参数", "可以用：{available}", "是不是 {instead}？"),
        "en": Phrase("There is no parameter {name}", "There are: {available}", "Did you mean {instead}?"),
    },
    "parameter_twice": {
        "zh": Phrase("参数“{name}”写了不止一次", "只写一次"),
        "en": Phrase("The parameter {name} is given more than once", "Give it once"),
    },
    "parameter_value": {
        "zh": Phrase(
            "参数“{name}”不能是“{given}”", "可以是：{available}", "是不是 {instead}？可以是：{available}"
        ),
        "en": Phrase(
            "The parameter {name} cannot be “{given}”",
            "It can be: {available}",
            "Did you mean {instead}? It can be: {available}",
        ),
    },
    "parameter_number": {
        "zh": Phrase("参数“{name}”要写 {low} 到 {high} 的整数", "例如 {name}={low}"),
        "en": Phrase(
            "The parameter {name} takes a whole number from {low} to {high}", "For example {name}={low}"
        ),
    },
    "too_many_parameters": {
        "zh": Phrase("参数太多：{count} 个，最多 {max} 个", "去掉一些"),
        "en": Phrase("There are {count} parameters; {max} at most", "Leave some out"),
    },
    # Requests
    "body_type": {
        "zh": Phrase("不接受 {given} 类型的内容", "发送 JSON，并写上 Content-Type: application/json"),
        "en": Phrase(
            "Content of the type {given} is not taken", "Send JSON, with Content-Type: application/json"
        ),
    },
    "body_not_json": {
        "zh": Phrase(
            "内容不是正确的 JSON：第 {line} 行第 {column} 列读不下去",
            "检查那里的引号、逗号和括号；文字用 UTF-8",
        ),
        "en": Phrase(
            "The content is not proper JSON: it cannot be read at line {line}, column {column}",
            "Look at the quotes, commas and brackets there; texts are UTF-8",
        ),
    },
    "body_empty": {
        "zh": Phrase("没有内容", '发送一个 JSON 对象，例如 {{"name": "…"}}'),
        "en": Phrase("There is no content", 'Send a JSON object, such as {{"name": "…"}}'),
    },
    "body_not_object": {
        "zh": Phrase("内容不是 JSON 对象", '写成 {{"字段": 值}}，一次一条记录'),
        "en": Phrase("The content is no JSON object", 'Write {{"field": value}}, one record at a time'),
    },
    "body_member_twice": {
        "zh": Phrase("“{name}”在内容里出现了两次", "只留一个，否则其中一个值会丢失"),
        "en": Phrase("{name} stands twice in the content", "Keep one, or one of the values would be lost"),
    },
    "body_too_many": {
        "zh": Phrase("内容有 {count} 项，最多 {max} 项", "只写这个对象有的字段"),
        "en": Phrase(
            "The content has {count} members; {max} at most", "Give only the fields that the entity has"
        ),
    },
    "body_too_deep": {
        "zh": Phrase("内容里的括号套得太深", "字段的值是文字、数字、是否或列表"),
        "en": Phrase(
            "The brackets in the content are nested too deeply",
            "A field's value is a text, a number, true or false, or a list",
        ),
    },
    "address_too_long": {
        "zh": Phrase("网址太长：最多 {kilobytes} KB、{most} 个参数", "少带一些参数，或把内容放进请求体"),
        "en": Phrase(
            "The address is too long: {kilobytes} kB and {most} parameters at most",
            "Send fewer parameters, or send them in the body",
        ),
    },
    "headers_too_large": {
        "zh": Phrase("请求头太大：最多 {most} 行、{kilobytes} KB", "清除这个网站的 Cookie 后再试"),
        "en": Phrase(
            "The request's headers are too large: {most} lines and {kilobytes} kB at most",
            "Clear this site's cookies and try again",
        ),
    },
    "body_too_large": {
        "zh": Phrase("内容太大，最多 {megabytes} MB", "分几次发送"),
        "en": Phrase("The content is too large; {megabytes} MB at most", "Send it in several requests"),
    },
    "request_from_another_site": {
        "zh": Phrase("这个请求来自别的网站，没有执行", "在本站的页面上操作；程序不要带 Origin"),
        "en": Phrase(
            "This request came from another site and was not carried out",
            "Use the pages of this site; programs need not send an Origin",
        ),
    },
    "host_unknown": {
        "zh": Phrase("没有登录之前，只能从这台电脑访问", "用 http://localhost 或 http://127.0.0.1 打开"),
        "en": Phrase(
            "Until people log in, this can only be reached from this machine",
            "Open it as http://localhost or http://127.0.0.1",
        ),
    },
    "no_such_address": {
        "zh": Phrase("没有这个地址：{path}", "所有地址见 {index}"),
        "en": Phrase("There is no such address: {path}", "All addresses are listed at {index}"),
    },
    "method_not_possible": {
        "zh": Phrase("这个地址不接受 {method}", "可以用：{available}"),
        "en": Phrase("{method} is not possible here", "Use one of: {available}"),
    },
    "version_needed": {
        "zh": Phrase(
            "修改时要说明您看到的是哪一版", '写上 If-Match: "{version}"；不管别人是否改过，写 If-Match: *'
        ),
        "en": Phrase(
            "A change must say which version you have seen",
            'Send If-Match: "{version}"; to write whatever others changed, send If-Match: *',
        ),
    },
    "version_malformed": {
        "zh": Phrase("看不懂 {header}：{given}", '写成答复里 ETag 的样子，例如 {header}: "3"'),
        "en": Phrase(
            "{header} cannot be read: {given}",
            'Write it as the ETag of the answer was, such as {header}: "3"',
        ),
    },
    "key_malformed": {
        "zh": Phrase("Idempotency-Key 要有 1 到 {max} 个可见字符", "例如用一个 UUID"),
        "en": Phrase("An Idempotency-Key has 1 to {max} visible characters", "A UUID is a good one"),
    },
    "where_too_long": {
        "zh": Phrase("where 公式太长：最多 {max} 个字", "写短一些"),
        "en": Phrase("The where formula is too long: at most {max} characters", "Make it shorter"),
    },
    "not_unique_because": {
        "zh": Phrase("{message}（{fields}）", "打开已有的记录，或换一个值"),
        "en": Phrase("{message} ({fields})", "Open that record, or choose another value"),
    },
    "server_fault": {
        "zh": Phrase("服务器内部出错，什么都没有改动", "请把时间和做的事告诉管理员；日志里有详情"),
        "en": Phrase(
            "Something went wrong inside the server; nothing was changed",
            "Tell your administrator when it happened; the log has the details",
        ),
    },
    # The description of the API
    "openapi_description": {
        "zh": Phrase(
            "由当前的定义生成。列表里，字段名就是筛选条件（class=high、amount.gte=100、name.contains=华）；"
            "写入要用 JSON，修改要带 If-Match。"
        ),
        "en": Phrase(
            "Made from the definitions of the moment. In lists a field's name is a filter (class=high, "
            "amount.gte=100, name.contains=Ltd); records are sent as JSON, changes with If-Match."
        ),
    },
    "openapi_index": {"zh": Phrase("所有对象和地址"), "en": Phrase("All entities and addresses")},
    "openapi_problems": {
        "zh": Phrase("定义文件里的问题"),
        "en": Phrase("What is wrong with the definition files"),
    },
    "openapi_search": {
        "zh": Phrase("在所有对象里搜索：每个对象最新的几条"),
        "en": Phrase("Search all entities: the newest few of each"),
    },
    "openapi_openapi": {"zh": Phrase("这份说明"), "en": Phrase("This description")},
    "openapi_schema": {"zh": Phrase("一个对象的 JSON Schema"), "en": Phrase("An entity as JSON Schema")},
    "openapi_metrics": {"zh": Phrase("所有指标"), "en": Phrase("All metrics")},
    "openapi_metric": {"zh": Phrase("一个指标的数值"), "en": Phrase("What a metric says")},
    "openapi_list": {"zh": Phrase("列出{label}"), "en": Phrase("List {label} records")},
    "openapi_create": {"zh": Phrase("新建{label}"), "en": Phrase("Create a {label} record")},
    "openapi_read": {"zh": Phrase("读取一条{label}"), "en": Phrase("Read a {label} record")},
    "openapi_change": {"zh": Phrase("修改一条{label}"), "en": Phrase("Change a {label} record")},
    "openapi_delete": {"zh": Phrase("删除一条{label}"), "en": Phrase("Delete a {label} record")},
    "openapi_history": {"zh": Phrase("一条{label}的历史"), "en": Phrase("The history of a {label} record")},
    "openapi_gone": {"zh": Phrase("已删除"), "en": Phrase("Deleted")},
    "openapi_q": {
        "zh": Phrase("要找的词，全部都要出现"),
        "en": Phrase("Words to look for; all must be found"),
    },
    "openapi_where": {
        "zh": Phrase('公式，只列出符合的记录，例如 amount > 10000 and customer.class = "high"'),
        "en": Phrase('A formula that records must meet, such as amount > 10000 and customer.class = "high"'),
    },
    "openapi_sort": {
        "zh": Phrase("排序，例如 -amount,name；最多三个"),
        "en": Phrase("The order, such as -amount,name; at most three keys"),
    },
    "openapi_after": {"zh": Phrase("上一页答复里的 next"), "en": Phrase("The next of the page before")},
    "openapi_count": {
        "zh": Phrase("同时给出条数，数到 {most} 为止"),
        "en": Phrase("Also count the records, up to {most}"),
    },
    "openapi_fields": {"zh": Phrase("只要这些字段"), "en": Phrase("Only these members")},
    "openapi_titles": {
        "zh": Phrase("同时给出关联记录的名称：customer_title"),
        "en": Phrase("Also give the titles of linked records: customer_title"),
    },
    "openapi_key": {
        "zh": Phrase("同一个键重试，只会有一条记录"),
        "en": Phrase("A retry with the same key makes no second record"),
    },
    "openapi_match": {
        "zh": Phrase("您看到的版本（答复里的 ETag），或 *"),
        "en": Phrase("The version that you have seen (the answer's ETag), or *"),
    },
    "openapi_prefer": {
        "zh": Phrase(
            "merge：别人改过这条记录也照写，只要改的不是同样的字段；否则 409，并列出每个字段的两个值"
        ),
        "en": Phrase(
            "merge: goes through although others changed the record, where they changed other fields; else 409, with both values of each field"
        ),
    },
    "openapi_link": {
        "zh": Phrase("{label}的 ID、外部编号或名称"),
        "en": Phrase("The id, external id or title of a {label} record"),
    },
    "openapi_percent": {"zh": Phrase("分数：0.2 表示 20%"), "en": Phrase("A fraction: 0.2 is 20%")},
    # What HTTP calls it
    "http_400": {"zh": Phrase("请求看不懂"), "en": Phrase("The request cannot be read")},
    "http_401": {"zh": Phrase("请先登录"), "en": Phrase("A login is needed")},
    "http_429": {"zh": Phrase("太频繁"), "en": Phrase("Too often")},
    "http_403": {"zh": Phrase("不允许"), "en": Phrase("Not allowed")},
    "http_404": {"zh": Phrase("没有找到"), "en": Phrase("Not found")},
    "http_405": {"zh": Phrase("不能这样操作"), "en": Phrase("Not possible here")},
    "http_409": {"zh": Phrase("与现有的数据冲突"), "en": Phrase("In conflict with what is there")},
    "http_412": {"zh": Phrase("已被别人修改"), "en": Phrase("Changed by somebody else")},
    "http_413": {"zh": Phrase("内容太大"), "en": Phrase("Too large")},
    "http_414": {"zh": Phrase("网址太长"), "en": Phrase("The address is too long")},
    "http_431": {"zh": Phrase("请求头太大"), "en": Phrase("The headers are too large")},
    "http_415": {"zh": Phrase("不接受这种内容"), "en": Phrase("This type of content is not taken")},
    "http_421": {"zh": Phrase("地址不对"), "en": Phrase("Not the right address")},
    "http_422": {"zh": Phrase("不符合要求"), "en": Phrase("Not as it must be")},
    "http_428": {"zh": Phrase("缺少版本"), "en": Phrase("A version is needed")},
    "http_500": {"zh": Phrase("服务器出错"), "en": Phrase("The server failed")},
    "http_503": {"zh": Phrase("暂时不能用"), "en": Phrase("Not available now")},
}
