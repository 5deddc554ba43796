"""What plugins say: the sentence is theirs, given as a label in both languages."""

from . import Phrase, Phrases

__all__ = ["PHRASES"]

PHRASES: Phrases = {
    # A plugin has no room of words here: Problem("plugin_says", {"message": Label(zh, en)}).
    "plugin_says": {"zh": Phrase("{message}"), "en": Phrase("{message}")},
    "with_without_run": {
        "zh": Phrase("with 是给插件动作的值，这一步没有 run", "删掉 with，或者加上 run"),
        "en": Phrase(
            "“with” gives values to a plugin's action, and this step runs none", "Delete “with”, or add “run”"
        ),
    },
    "unknown_action": {
        "zh": Phrase(
            "没有叫 {name} 的动作",
            "插件带来的动作：{available}",
            "是不是 {instead}？插件带来的动作：{available}",
        ),
        "en": Phrase(
            "There is no action called {name}",
            "Actions that plugins bring: {available}",
            "Did you mean {instead}? Actions that plugins bring: {available}",
        ),
    },
    "action_failed": {
        "zh": Phrase("插件的动作 {action} 出错：{error}", "请联系插件的作者，或先去掉用到它的自动化"),
        "en": Phrase(
            "The plugin's action {action} failed: {error}",
            "Tell the plugin's author, or take out the automation that runs it for now",
        ),
    },
}
