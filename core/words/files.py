"""What is said of a definition file that cannot be read."""

from . import Phrase, Phrases

PHRASES: Phrases = {
    "empty_file": {
        "zh": Phrase("这个文件是空的", "写上内容，或者删掉这个文件"),
        "en": Phrase("This file is empty", "Write something in it, or delete it"),
    },
    "file_too_big": {
        "zh": Phrase("文件太大：定义文件最多 {limit} KB", "把它拆成几个文件；成批的记录放进 data/ 文件夹"),
        "en": Phrase(
            "The file is too big: a definition file has at most {limit} KB",
            "Split it into several files; records in bulk belong in the data/ folder",
        ),
    },
    "not_utf8": {
        "zh": Phrase("文件不是 UTF-8 编码（看起来是 {encoding}）", "在编辑器里选“另存为”，编码选 UTF-8"),
        "en": Phrase(
            "The file is not in UTF-8 (it looks like {encoding})",
            "Save it again from your editor with the encoding UTF-8",
        ),
    },
    "control_character": {
        "zh": Phrase("这里有一个看不见的控制字符（{character}）", "删掉它；多半是从别的程序里复制过来的"),
        "en": Phrase(
            "There is an invisible control character here ({character})",
            "Delete it; it probably came along when something was copied from another program",
        ),
    },
    "several_documents": {
        "zh": Phrase("一个文件里只能有一个定义，这里用“---”又开始了一个", "把后面的部分移到它自己的文件里"),
        "en": Phrase(
            "A file has one definition, and “---” starts another one here",
            "Move what follows into a file of its own",
        ),
    },
    "yaml_anchor": {
        "zh": Phrase("这里不能用“&”“*”或“<<”引用别处的内容", "直接写出内容；如果本来就是文字，请加引号"),
        "en": Phrase(
            "“&”, “*” and “<<”, which repeat what stands elsewhere, cannot be used here",
            "Write the value out; if it is meant as text, put it in quotes",
        ),
    },
    "yaml_tag": {
        "zh": Phrase("这里不能用“!”开头的标签", "去掉标签；如果本来就是文字，请加引号"),
        "en": Phrase(
            "A tag that begins with “!” cannot be used here",
            "Leave the tag out; if it is meant as text, put it in quotes",
        ),
    },
    "too_deep": {
        "zh": Phrase("嵌套超过 {limit} 层", "减少嵌套"),
        "en": Phrase("This is nested more than {limit} deep", "Nest less"),
    },
    "key_is_no_text": {
        "zh": Phrase("冒号前面应该是一个名字，这里却是列表或映射", "在冒号前面写一个名字"),
        "en": Phrase(
            "Before a colon stands a name, but here stands a list or a map", "Write a name before the colon"
        ),
    },
    "duplicate_key": {
        "zh": Phrase("“{key}”写了两次，第一次在第 {line} 行", "留下一个，删掉另一个"),
        "en": Phrase(
            "“{key}” is written twice, the first time in line {line}", "Keep one of them and delete the other"
        ),
    },
    "full_width_colon": {
        "zh": Phrase("“{key}”后面的冒号是全角的“：”", "改用半角冒号“:”，后面空一格"),
        "en": Phrase(
            "The colon after “{key}” is a full-width one (：)", "Write a plain colon “:” and a space after it"
        ),
    },
    "comma_ends_value": {
        "zh": Phrase("花括号里的逗号把这个值断开了", "整个值用引号括起来：{instead}"),
        "en": Phrase(
            "Inside braces a comma ends the value, so this one is cut in two",
            "Put the whole value in quotes: {instead}",
        ),
    },
    "full_width_comma": {
        "zh": Phrase("这里的逗号是全角的“{character}”", "改用半角逗号“,”，后面空一格"),
        "en": Phrase(
            "The comma here is a full-width one ({character})", "Write a plain comma “,” and a space after it"
        ),
    },
    "full_width_bracket": {
        "zh": Phrase("这里的括号是全角的“{character}”", "改用半角括号“{instead}”"),
        "en": Phrase(
            "The bracket here is a full-width one ({character})", "Write a plain bracket: {instead}"
        ),
    },
    "space_missing": {
        "zh": Phrase("“{key}:”后面少了一个空格", "写成“{instead}”"),
        "en": Phrase("There is no space after “{key}:”", "Write “{instead}”"),
    },
    "extra_bracket": {
        "zh": Phrase("这里多了一个“{character}”", "删掉它，或者补上与它配对的左括号"),
        "en": Phrase(
            "There is one “{character}” too many here", "Delete it, or write the bracket that it closes"
        ),
    },
    "text_after_quote": {
        "zh": Phrase(
            "引号在这里已经结束，后面却还有文字", "整段文字用另一种引号括起来，例如 '他说“好”' 或 \"it's\""
        ),
        "en": Phrase(
            "The quote ends here, but the text goes on",
            'Put the whole text in the other kind of quotes, such as \'say "hi"\' or "it\'s"',
        ),
    },
    "tab_indent": {
        "zh": Phrase("这一行用制表符（Tab）缩进", "改用空格缩进，每层两个空格"),
        "en": Phrase("This line is indented with a tab", "Indent with spaces, two for each level"),
    },
    "colon_inside": {
        "zh": Phrase(
            "这里多了一个冒号，看不出哪部分是名字、哪部分是内容",
            "如果冒号是内容的一部分，给整段内容加引号；否则检查这一行的缩进",
        ),
        "en": Phrase(
            "There is one colon too many here: what is the name and what the value is not clear",
            "If the colon belongs to the value, put the whole value in quotes; "
            "otherwise look at how far the line is indented",
        ),
    },
    "missing_colon": {
        "zh": Phrase("“{text}”后面少了冒号", "写成“名字: 内容”，冒号后面空一格"),
        "en": Phrase("There is no colon after “{text}”", "Write “name: value”, with a space after the colon"),
    },
    "unclosed_bracket": {
        "zh": Phrase("括号“{character}”没有配对，或者里面少了逗号", "补上右括号，各项之间用半角逗号“,”隔开"),
        "en": Phrase(
            "The bracket “{character}” is not closed, or a comma is missing inside it",
            "Close the bracket, and put “,” between the items",
        ),
    },
    "unclosed_quote": {
        "zh": Phrase("引号没有配对", "在内容结尾补上同样的引号"),
        "en": Phrase(
            "The quote that begins here does not end", "Write the same quote at the end of the text"
        ),
    },
    "reserved_start": {
        "zh": Phrase("内容不能以“{character}”开头", "给整段内容加引号"),
        "en": Phrase("A value cannot begin with “{character}”", "Put the whole value in quotes"),
    },
    "bad_escape": {
        "zh": Phrase(
            "双引号里的反斜杠后面跟着不认识的字符", "反斜杠本身写成“\\\\”，或者改用单引号（JSON 除外）"
        ),
        "en": Phrase(
            "What follows the backslash in these double quotes means nothing",
            "Write the backslash itself as “\\\\”, or use single quotes (not in JSON)",
        ),
    },
    "bad_indentation": {
        "zh": Phrase("这一行的缩进与上面对不上", "同一层的各行要从同一列开始，每深一层多缩进两个空格"),
        "en": Phrase(
            "How far this line is indented does not go with the lines above",
            "Lines of one level begin in one column; each level deeper takes two more spaces",
        ),
    },
    "yaml_unreadable": {
        "zh": Phrase("从这里开始看不懂了", "检查这一行和上一行的冒号、引号、括号与缩进"),
        "en": Phrase(
            "From here on the file makes no sense",
            "Look at the colons, quotes, brackets and the indentation of this line and the one above",
        ),
    },
    "json_more_after_end": {
        "zh": Phrase("JSON 在这之前已经结束了", "删掉多余的部分，或者检查前面的括号"),
        "en": Phrase(
            "The JSON has already ended before this",
            "Delete what is too much, or look at the brackets before it",
        ),
    },
    "json_comment": {
        "zh": Phrase("JSON 里不能写注释", "删掉注释，或者把文件改成 YAML（.yaml），那里可以写注释"),
        "en": Phrase(
            "JSON has no comments", "Delete the comment, or make the file YAML (.yaml), which has comments"
        ),
    },
    "json_quotes": {
        "zh": Phrase("JSON 里的名字和文字要用半角双引号括起来", "写成 {instead}"),
        "en": Phrase("Names and texts in JSON stand in plain double quotes", "Write {instead}"),
    },
    "json_word": {
        "zh": Phrase("JSON 里没有“{text}”这个词", "写 {instead}"),
        "en": Phrase("JSON has no word “{text}”", "Write {instead}"),
    },
    "json_value_missing": {
        "zh": Phrase("这里少了内容", "写上内容；没有内容就写 null"),
        "en": Phrase("A value is missing here", "Write the value, or null for none"),
    },
    "json_comma_missing": {
        "zh": Phrase("这里少了逗号，或者括号没有配对", "在各项之间写半角逗号“,”"),
        "en": Phrase("A comma is missing here, or a bracket is not closed", "Write “,” between the items"),
    },
    "json_trailing_comma": {
        "zh": Phrase("最后一项后面多了一个逗号", "删掉这个逗号"),
        "en": Phrase("There is a comma after the last item", "Delete this comma"),
    },
    "edit_nowhere": {
        "zh": Phrase("文件里没有“{path}”", "文件可能已经改过；请先看看现在的内容"),
        "en": Phrase(
            "There is no “{path}” in this file", "The file may have been changed; look at what it says now"
        ),
    },
    "edit_already_there": {
        "zh": Phrase("文件里已经有“{path}”", "换一个名字，或者修改已有的那一项"),
        "en": Phrase("“{path}” is already in this file", "Choose another name, or change what is there"),
    },
    "edit_cannot_keep": {
        "zh": Phrase(
            "这个文件不能自动修改：改了就会动到别的内容或者丢掉注释", "文件没有改动；请在编辑器里自己改"
        ),
        "en": Phrase(
            "This file cannot be changed automatically without touching something else or losing a comment",
            "Nothing was changed; edit the file yourself",
        ),
    },
    "edit_meanwhile": {
        "zh": Phrase("这个文件刚刚被别人改过", "文件没有改动；重新打开再试一次"),
        "en": Phrase("Somebody has just changed this file", "Nothing was written; open it again and retry"),
    },
}
