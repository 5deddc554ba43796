"""Fields and sections stand where they ask to; what is taken out leaves no hole."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kehu.core.schema.form import FormField, in_order


def order(*items: str) -> list[str]:
    """``"a"`` stands as written, ``"b>a"`` after a, ``"b<a"`` before it."""
    fields = []
    for item in items:
        name, sign, other = item.partition(">") if ">" in item else item.partition("<")
        key = {">": "after", "<": "before"}.get(sign)
        fields.append(FormField.model_validate({"field": name, **({key: other} if key else {})}))
    return [field.field for _, field in in_order(fields)]


def test_a_field_stands_beside_the_one_it_names() -> None:
    assert order("a", "b", "c>a") == ["a", "c", "b"]
    assert order("a", "b", "c<b") == ["a", "c", "b"]
    assert order("c<a", "a") == ["c", "a"]


def test_several_beside_one_keep_their_order() -> None:
    assert order("a", "z", "b>a", "c>a") == ["a", "b", "c", "z"]
    assert order("a", "b<a", "c<a") == ["b", "c", "a"]


def test_one_may_wait_for_another_that_waits() -> None:
    assert order("c>b", "b>a", "a", "d") == ["a", "b", "c", "d"]


def test_who_names_what_is_not_there_stands_where_it_was_written() -> None:
    assert order("a", "b>gone", "c") == ["a", "b", "c"]


def test_those_that_only_name_each_other_are_not_lost() -> None:
    assert order("a", "b>c", "c>b") == ["a", "b", "c"]
    assert order("a>a", "b") == ["a", "b"]


NAMES = st.sampled_from("abcdef")
ITEMS = st.lists(st.tuples(NAMES, st.sampled_from([None, "after", "before"]), NAMES), max_size=8)


@given(ITEMS)
def test_nothing_is_lost_and_nothing_comes_twice(items: Any) -> None:
    fields = [
        FormField.model_validate({"field": name, **({key: other} if key else {})})
        for name, key, other in items
    ]
    assert sorted(index for index, _ in in_order(fields)) == list(range(len(fields)))
