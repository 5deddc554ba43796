"""Both languages say the same things."""

from importlib import import_module
from pkgutil import iter_modules
from string import Formatter

import pytest

from kehu.core import words
from kehu.core.words import Phrase, Phrases

ROOMS: dict[str, Phrases] = {
    module.name: phrases
    for module in iter_modules(words.__path__)
    if (phrases := getattr(import_module(f"{words.__name__}.{module.name}"), "PHRASES", None)) is not None
}
CODES = [(room, code) for room, phrases in ROOMS.items() for code in phrases]


def holes(phrase: Phrase) -> set[str]:
    """The values a phrase tells: one language may repeat one in its advice, none may keep one from its reader."""
    return {name for text in phrase for _, name, _, _ in Formatter().parse(text) if name is not None} - {
        "instead"
    }


def test_no_code_is_said_in_two_places() -> None:
    codes = [code for _, code in CODES]
    assert sorted(code for code in set(codes) if codes.count(code) > 1) == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_code_has_both_languages(room: str) -> None:
    assert [code for code, said in ROOMS[room].items() if set(said) != {"zh", "en"}] == []


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_have_the_same_holes(room: str) -> None:
    uneven = {
        code: (said["zh"], said["en"])
        for code, said in ROOMS[room].items()
        if holes(said["zh"]) != holes(said["en"])
    }
    assert uneven == {}


@pytest.mark.parametrize("room", ROOMS)
def test_a_sentence_is_never_empty_and_advice_is_given_in_both_or_neither(room: str) -> None:
    def whole(zh: Phrase, en: Phrase) -> bool:
        return bool(zh.message and en.message) and bool(zh.help) == bool(en.help)

    assert [code for code, said in ROOMS[room].items() if not whole(said["zh"], said["en"])] == []
