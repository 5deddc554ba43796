"""Every sentence stands in both languages, and once."""

from collections import Counter
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter

import pytest

from kehu.core import words
from kehu.core.problems import phrases


def test_no_code_is_said_in_two_rooms() -> None:
    codes: Counter[str] = Counter()
    for module in iter_modules(words.__path__):
        codes.update(getattr(import_module(f"{words.__name__}.{module.name}"), "PHRASES", {}).keys())
    assert [code for code, count in codes.items() if count > 1] == []


@pytest.mark.parametrize("code", sorted(phrases()))
def test_a_code_has_both_languages(code: str) -> None:
    said = phrases()[code]
    assert set(said) == {"zh", "en"}
    assert said["zh"].message
    assert said["en"].message
    if any(character.isalpha() for character in bare(said["en"].message)):
        assert any("\u4e00" <= character <= "\u9fff" for character in said["zh"].message)


def bare(template: str) -> str:
    return "".join(text for text, *_ in Formatter().parse(template))
