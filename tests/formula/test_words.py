from kehu.core.problems import say
from kehu.core.words.formula import PHRASES, TYPES


def test_every_code_speaks_both_languages_with_the_same_values() -> None:
    from string import Formatter

    for code, phrase in PHRASES.items():
        assert set(phrase) == {"zh", "en"}, code
        sides = [
            {name for text in phrase[language] for _, name, _, _ in Formatter().parse(text) if name}
            for language in ("zh", "en")
        ]
        assert all(phrase[language].message for language in ("zh", "en"))
        assert sides[0] <= sides[1] | {"path", "number"} or sides[1] <= sides[0], code


def test_every_type_has_a_name_in_both_languages() -> None:
    assert all(zh and en for zh, en in TYPES.values())


def test_braces_in_advice_are_shown_as_written() -> None:
    assert "{{" in say("formula_hole_not_closed", "en").message
