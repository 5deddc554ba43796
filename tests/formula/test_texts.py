import pytest

from kehu.core.formula import FormulaError, compile_text

from .world import ENV, ROW, SCOPE


def test_holes_are_filled_and_the_rest_stays() -> None:
    text = compile_text("{{ name }}：{{ class }}，{{ amount }}，{{ discount }}{{ city }}。{ok}", SCOPE)
    assert text.fill(ROW, ENV, "zh") == "Acme 客户：高价值客户，20,000.50，20%。{ok}"
    assert text.fill(ROW, ENV, "en", lambda value, type_, language: f"<{type_}>") == (
        "<text>：High value，<money>，<percent>。{ok}"
    )
    assert text.uses == {("name",), ("class",), ("amount",), ("discount",), ("city",)}


def test_a_hole_may_hold_braces_in_quotes() -> None:
    assert compile_text('{{ "}}" & name }}', SCOPE).fill({"name": "x"}, ENV) == "}}x"


def test_mistakes_count_columns_in_the_whole_text() -> None:
    with pytest.raises(FormulaError) as caught:
        compile_text("Hello {{ nam }}, {{ amoun }} {{ open", SCOPE)
    found = [(each.code, each.values["column"], each.values["width"]) for each in caught.value.problems]
    assert found == [
        ("formula_unknown_name_near", 10, 3), ("formula_unknown_name_near", 21, 5), ("formula_hole_not_closed", 30, 2),
    ]  # fmt: skip
