"""A pattern may not hold anybody up, whatever it says."""

import pytest

from kehu.core.schema.fields.field import ValueProblem
from kehu.core.schema.fields.texts import Text


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a?)+b", "(.*a){25}b", "([a-z]+)*X"])
def test_a_slow_pattern_is_refused_and_not_waited_for(pattern: str) -> None:
    field = Text.model_validate({"type": "text", "label": "Code", "pattern": pattern})
    with pytest.raises(ValueProblem) as caught:
        field.coerce("a" * 60 + "!")
    assert caught.value.code in ("wrong_pattern", "pattern_too_slow")


def test_an_ordinary_pattern_still_fits_the_whole_text() -> None:
    field = Text.model_validate({"type": "text", "label": "Code", "pattern": "[A-Z]+(-[A-Z0-9]+)*"})
    assert field.coerce("AB-12-X") == "AB-12-X"
    with pytest.raises(ValueProblem):
        field.coerce("AB-12-X ?")
