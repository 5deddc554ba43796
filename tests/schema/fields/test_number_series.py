"""A series gives each number once, restarts with the date parts it uses, and knows its own numbers again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kehu.core.schema.fields.computed import NumberSeries

DAY = date(2026, 3, 9)


def series(text: str) -> NumberSeries:
    return NumberSeries.model_validate({"type": "number_series", "label": "No.", "format": text})


def test_a_number_is_written_with_its_date_parts_and_zeros() -> None:
    assert series("SO-{yyyy}{mm}-{0000}").number(7, DAY) == "SO-202603-0007"
    assert series("{yy}.{dd}/{00}").number(123, DAY) == "26.09/123"


def test_a_series_restarts_with_the_date_parts_it_uses() -> None:
    one = series("SO-{yyyy}{mm}-{0000}")
    assert one.series_key("order.number", DAY) == "order.number:2026:03"
    assert one.series_key("order.number", date(2026, 3, 31)) == "order.number:2026:03"
    assert one.series_key("order.number", date(2026, 4, 1)) != one.series_key("order.number", DAY)
    assert series("C{0000}").series_key("customer.number", DAY) == "customer.number"


@given(
    st.integers(1, 10**9),
    st.dates(),
    st.sampled_from(["SO-{yyyy}{mm}-{0000}", "{0}", "a.b({yy}{dd}){00}x", "{mm}{000}"]),
)
def test_every_number_is_known_again(number: int, day: date, text: str) -> None:
    one = series(text)
    assert one.parse_number(one.number(number, day), day) == number


def test_what_is_not_of_the_series_is_no_number_of_it() -> None:
    one = series("SO-{yyyy}-{0000}")
    for text in ("SO-2025-0001", "XX-2026-0001", "SO-2026-001", "SO-2026-0001 ", "", "SO-2026-０００１"):
        assert one.parse_number(text, DAY) is None


@pytest.mark.parametrize(
    "text", ["SO", "{0000}{00}", "{year}-{0000}", "{yyyy", "{0000}}", "{}", "", "x" * 60 + "{0}"]
)
def test_a_format_without_one_counter_or_with_unknown_parts_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        series(text)
