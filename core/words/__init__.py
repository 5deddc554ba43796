"""Everything Kehu says, in Chinese and English: one file per floor, nothing else in them.

A *phrase* is what one code says in one language: the sentence, and the advice that goes with it (``""`` for
none). Sentences are :meth:`str.format` templates over a problem's values.
"""

from typing import Literal, NamedTuple

__all__ = ["Language", "Phrase", "Phrases"]

Language = Literal["zh", "en"]


class Phrase(NamedTuple):
    """What one code says in one language: the sentence, and what to do about it.

    ``{count:record|records}`` is the number with its noun, ``{label:within}`` a label as it stands inside a sentence
    (“New customer”). ``better`` is said in place of ``help`` when the problem knows what to write instead
    (``{instead}``).
    """

    message: str
    help: str = ""
    better: str = ""


Phrases = dict[str, dict[Language, Phrase]]
"""code → language → :class:`Phrase`; every code has both languages (a test holds it)."""
