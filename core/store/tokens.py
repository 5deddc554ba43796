"""Search words: what a record is found by, and what a search asks for. All stores share them.

Chinese, Japanese and Korean text is cut into pairs of characters (and the last one alone, so that one character can
be looked for as the beginning of a pair). Other words and numbers are kept whole and found by their beginning, of two
letters or digits; one alone begins half of all words, and is looked for as a word. A telephone number is also kept
backwards, so that it is found by its last digits, four of them or more. A Chinese name is also found by its pinyin
and by its initials, where the extra ``zh`` is installed.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from .pinyin import LONGEST, spelled, version_of_pinyin

__all__ = ["MOST_TOKENS", "Sought", "after_prefix", "made_by", "sought", "tokens"]

MOST_TOKENS = 500
"""A record is found by at most this many different words; a longer text is found by its first ones."""

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_WORDS = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{5,24}[0-9]")
_SENTENCE = re.compile("[,;!?。、]")
"""What stands in sentences and in no name: nobody looks for a sentence by its pinyin."""
_TAIL = 4
"""Digits: so many are looked for at the end of telephone numbers, too."""
_BACKWARDS = "#"
"""Stands before a number that is kept backwards; no other word has it."""
_FIRST_CJK = "\u3040"
_SCHEME = 2
"""To be raised with every change of what :func:`tokens` gives."""


class Sought(NamedTuple):
    """One word of a search. ``prefix``: any word that begins so will do; otherwise only this very word or pair.

    ``tail``: a word that begins so will do, too: the end of a number, backwards; ``""``: none.
    """

    text: str
    prefix: bool
    tail: str = ""

    @property
    def starts(self) -> tuple[str, ...]:
        """How a word must begin, either way."""
        return (self.text, self.tail) if self.tail else (self.text,)

    def is_in(self, words: Collection[str]) -> bool:
        """Whether a record with these words has it."""
        return any(word.startswith(self.starts) for word in words) if self.prefix else self.text in words


def made_by() -> str:
    """What made the words: those that a store keeps hold as long as this is the same."""
    known = version_of_pinyin()
    return str(_SCHEME) if known is None else f"{_SCHEME} pypinyin {known}"


def tokens(texts: Iterable[str | None]) -> set[str]:
    """All words that these texts are found by."""
    found: set[str] = set()
    for text in texts:
        if text:
            _collect(text, found)
    return found


@lru_cache(maxsize=256)
def sought(search: str) -> tuple[Sought, ...]:
    """The words that must all be found; ``()`` when there is nothing in the text to look for."""
    plain = _plain(search).strip()
    if _PHONE.fullmatch(plain):
        digits = _digits(plain)
        if len(digits) >= 7 and digits != plain:
            return (_number(digits),)
    asked: dict[Sought, None] = {}
    for word in _WORDS.findall(plain):
        if word[0] < _FIRST_CJK:
            is_tail = len(word) >= _TAIL and word.isdecimal()
            asked[_number(word) if is_tail else Sought(word, len(word) > 1)] = None
        elif len(word) == 1:
            asked[Sought(word, True)] = None
        else:
            asked.update((Sought(word[i : i + 2], False), None) for i in range(len(word) - 1))
    return tuple(asked)


def after_prefix(prefix: str) -> str:
    """The smallest text above every text that begins with the prefix (in code point order)."""
    return prefix + "\U0010ffff"


def _number(digits: str) -> Sought:
    return Sought(digits, True, _BACKWARDS + digits[::-1])


def _plain(text: str) -> str:
    return text.lower() if text.isascii() else normalize("NFKC", text).casefold()


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _collect(text: str, found: set[str]) -> None:
    plain = _plain(text)
    is_name = len(plain) <= LONGEST and not _SENTENCE.search(plain)
    for word in _WORDS.findall(plain):
        if len(found) >= MOST_TOKENS:
            return
        if word[0] < _FIRST_CJK:
            found.add(word)
        else:
            found.add(word[-1])
            found.update([word[i : i + 2] for i in range(min(len(word) - 1, MOST_TOKENS))])
            if is_name:
                found.update(spelled(word))
    if plain[:1] in "+0123456789" and _PHONE.fullmatch(plain.strip()):
        digits = _digits(plain)
        if len(digits) >= 7:
            found.add(digits)
            found.add(_BACKWARDS + digits[::-1])
            if len(digits) == 13 and digits.startswith("86"):
                found.add(digits[2:])
