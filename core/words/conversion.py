"""What is lost when a field gets another type, and why some cannot."""

from . import Phrase, Phrases

PHRASES: Phrases = {
    "convert_unreadable": {
        "zh": Phrase("读不成新类型的值会丢", "先把它们改成读得懂的写法"),
        "en": Phrase(
            "Values that cannot be read as the new type are lost", "Write them so that they can be read first"
        ),
    },
    "convert_no_option": {
        "zh": Phrase("不在选项里的值会丢", "先把它们加到选项里"),
        "en": Phrase("Values that are none of the options are lost", "Add them to the options first"),
    },
    "convert_no_record": {
        "zh": Phrase("找不到同名记录的值会丢", "先建好这些记录"),
        "en": Phrase("Values that are the title of no record are lost", "Make those records first"),
    },
    "convert_other_records": {
        "zh": Phrase("指向别的对象的值会丢", "两个字段要指向同一种对象"),
        "en": Phrase(
            "Links to records of another entity are lost", "Both fields have to lead to the same entity"
        ),
    },
    "convert_others": {
        "zh": Phrase("只留下第一个，其余的会丢", "先把多余的挪到别的字段"),
        "en": Phrase("The first stays, the others are lost", "Move the others to another field first"),
    },
    "convert_link": {
        "zh": Phrase("和那条记录的关联会丢，只留下名称", "要关联就保留原来的字段"),
        "en": Phrase(
            "The link is lost; the title of the record stays", "Keep the field if it has to lead there"
        ),
    },
    "convert_split": {
        "zh": Phrase("会按逗号和分号拆开，原来的整句会丢", "不该拆的先加引号"),
        "en": Phrase(
            "Texts are split at commas and semicolons", "Put what has to stay whole in quotes first"
        ),
    },
    "convert_decimals": {
        "zh": Phrase("小数会四舍五入", "需要小数就选 number"),
        "en": Phrase("Digits after the point are rounded off", "Choose “number” to keep them"),
    },
    "convert_limits": {
        "zh": Phrase("超出新类型范围的值会丢", "先看看最大和最小的值"),
        "en": Phrase(
            "Values beyond the limits of the new type are lost", "Look at the smallest and the largest first"
        ),
    },
    "convert_currency": {
        "zh": Phrase("币种会丢，只留下数字", "要币种就保留 money"),
        "en": Phrase("The currency is lost; the number stays", "Keep “money” for the currency"),
    },
    "convert_time": {
        "zh": Phrase("几点几分会丢，只留下日期", "要时间就保留 datetime"),
        "en": Phrase("The time of day is lost; the date stays", "Keep “datetime” for the time"),
    },
    "convert_day": {
        "zh": Phrase("日期会丢，只留下时刻", "要日期就保留 datetime"),
        "en": Phrase("The date is lost; the time of day stays", "Keep “datetime” for the date"),
    },
    "convert_lines": {
        "zh": Phrase("换行会变成空格，太长的会丢", "要分行就用 long_text"),
        "en": Phrase(
            "Line breaks become spaces, and texts that are too long are lost", "Choose “long_text” for lines"
        ),
    },
    "convert_formatting": {
        "zh": Phrase("标题、粗体和链接会丢，只留下文字", "要格式就保留 rich_text"),
        "en": Phrase("Headings, emphasis and links are lost; the words stay", "Keep “rich_text” for them"),
    },
    "convert_structure": {
        "zh": Phrase("结构会变成一段 JSON 文字", "要结构就保留原来的类型"),
        "en": Phrase("Its parts become one JSON text", "Keep the type for its parts"),
    },
    "convert_drawing": {
        "zh": Phrase("笔迹会丢，只留下“已签名”或姓名", "要笔迹就保留 signature"),
        "en": Phrase("The drawing is lost; “Signed” or the name stays", "Keep “signature” for the drawing"),
    },
    "convert_live": {
        "zh": Phrase("留下的是现在的值，以后不再跟着变", "要跟着变就保留原来的字段"),
        "en": Phrase(
            "The values of this moment stay, and follow nothing any more", "Keep the field if they have to"
        ),
    },
    "convert_sight": {
        "zh": Phrase("以后谁也看不到它的内容", "确定不再需要看到它们"),
        "en": Phrase("Nobody will see the values again", "Be sure that nobody has to"),
    },
    "convert_computed": {
        "zh": Phrase("新类型的值是算出来的，旧的值没有地方放", "新加一个字段，旧的留着"),
        "en": Phrase(
            "Values of the new type are worked out, so the old ones have no place",
            "Add a field and keep the old one",
        ),
    },
    "convert_secret": {
        "zh": Phrase("机密不能变成看得见的内容", "新加一个字段，重新填写"),
        "en": Phrase("A secret cannot become something that shows", "Add a field and fill it in anew"),
    },
    "convert_nothing_kept": {
        "zh": Phrase("这里本来就没有值：记录在另一头", "在另一头的对象上改"),
        "en": Phrase(
            "No values are kept here: the records are at the other end", "Change the field at the other end"
        ),
    },
    "convert_unsigned": {
        "zh": Phrase("没有人签过名", "新加一个签名字段"),
        "en": Phrase("Nobody has signed that", "Add a signature field"),
    },
    "convert_no_sense": {
        "zh": Phrase("这两种类型之间没有对应的值", "新加一个字段，旧的留着"),
        "en": Phrase("Values of the one mean nothing in the other", "Add a field and keep the old one"),
    },
}
