"""What plugins say: the sentence is theirs, given as a label in both languages."""

from . import Phrase, Phrases

__all__ = ["PHRASES"]

PHRASES: Phrases = {
    # A plugin has no room of words here: Problem("plugin_says", {"message": Label(zh, en)}).
    "plugin_says": {"zh": Phrase("{message}"), "en": Phrase("{message}")},
}
