"""Search words: what a record is found by, and what a search asks for. All stores share them.

Chinese, Japanese and Korean text is cut into pairs of characters (and the last one alone, so that one character can
be looked for as the beginning of a pair); other words and numbers are kept whole and found by their beginning; a
telephone number is also found by its last four to eight digits.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

__all__ = ["MOST_TOKENS", "Sought", "after_prefix", "sought", "tokens"]

MOST_TOKENS = 500
"""A record is found by at most this many different words; a longer text is found by its first ones."""

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_WORDS = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{5,24}[0-9]")
_TAILS = range(4, 9)
_FIRST_CJK = "\u3040"


class Sought(NamedTuple):
    """One word of a search. ``prefix``: any word that begins so will do; otherwise only this very pair."""

    text: str
    prefix: bool


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
            return (Sought(digits, True),)
    asked: dict[Sought, None] = {}
    for word in _WORDS.findall(plain):
        if word[0] < _FIRST_CJK or len(word) == 1:
            asked[Sought(word, True)] = None
        else:
            asked.update((Sought(word[i : i + 2], False), None) for i in range(len(word) - 1))
    return tuple(asked)


def after_prefix(prefix: str) -> str:
    """The smallest text above every text that begins with the prefix (in code point order)."""
    return prefix + "\U0010ffff"


def _plain(text: str) -> str:
    return text.lower() if text.isascii() else normalize("NFKC", text).casefold()


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _collect(text: str, found: set[str]) -> None:
    plain = _plain(text)
    for word in _WORDS.findall(plain):
        if len(found) >= MOST_TOKENS:
            return
        if word[0] < _FIRST_CJK:
            found.add(word)
        else:
            found.add(word[-1])
            found.update([word[i : i + 2] for i in range(min(len(word) - 1, MOST_TOKENS))])
    if plain[:1] in "+0123456789" and _PHONE.fullmatch(plain.strip()):
        digits = _digits(plain)
        if len(digits) >= 7:
            found.add(digits)
            found.update([digits[-size:] for size in _TAILS])
            if len(digits) == 13 and digits.startswith("86"):
                found.add(digits[2:])
