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
}
