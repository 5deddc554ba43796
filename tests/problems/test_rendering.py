"""A problem shows its level, code, sentence, place, line, caret and advice, in both languages."""

from textwrap import dedent

import pytest

from kehu.core.problems import Label, Place, Problem, Refused, advice, closest, message, render

SOURCE = "entity: customer\nlabel：客户\n\tx: 1\n"


def source(file: str) -> str | None:
    return SOURCE if file == "a.yaml" else None


def shown(text: str) -> str:
    return dedent(text).strip("\n")


def test_a_problem_in_english() -> None:
    problem = Problem(
        "unknown_key",
        {"key": "entty", "available": ("entity", "label")},
        Place("a.yaml", 1, 1, 6),
        instead="entity",
    )
    assert render(problem, "en", source) == shown("""
        error[unknown_key]: There is no key “entty” here
          --> a.yaml:1:1
           |
         1 | entity: customer
           | ^^^^^^
          = help: Did you mean “entity”?
    """)


def test_a_problem_in_chinese() -> None:
    problem = Problem(
        "unknown_key", {"key": "entty", "available": ("entity", "label")}, Place("a.yaml", 1, 1, 6)
    )
    assert render(problem, "zh", source) == shown("""
        错误[unknown_key]: 这里没有“entty”这一项
          --> a.yaml:1:1
           |
         1 | entity: customer
           | ^^^^^^
          = 建议: 可以写：entity、label
    """)


@pytest.mark.parametrize(
    ("label", "en"),
    [("Customer", "New customer"), ("SKU", "New SKU"), ("customer", "New customer"), ("", "New ")],
)
def test_a_label_inside_a_sentence_begins_small_unless_it_is_an_abbreviation(label: str, en: str) -> None:
    problem = Problem("page_create_one", {"label": Label("客户", label)})
    assert message(problem, "en") == en
    assert message(problem, "zh") == "新建客户"


@pytest.mark.parametrize(("count", "en"), [(1, "1 mistake in"), (2, "2 mistakes in")])
def test_a_number_stands_with_its_noun(count: int, en: str) -> None:
    assert message(Problem("page_banner", {"count": count}), "en").startswith(en)


def test_the_caret_stands_under_wide_characters_and_is_as_wide_as_they_are() -> None:
    problem = Problem("full_width_colon", {"key": "label"}, Place("a.yaml", 2, 7, 2))
    assert render(problem, "zh", source).splitlines()[2:5] == ["   |", " 2 | label：客户", "   |        ^^^^"]


def test_a_tab_takes_one_cell() -> None:
    lines = render(Problem("tab_indent", {}, Place("a.yaml", 3, 1)), "en", source).splitlines()
    assert lines[3:5] == [" 3 |  x: 1", "   | ^"]


def test_the_margin_grows_with_the_line_number() -> None:
    text = "\n" * 99 + "x: 1"
    lines = render(Problem("tab_indent", {}, Place("b.yaml", 100, 1)), "en", lambda _: text).splitlines()
    assert lines[2:5] == ["     |", " 100 | x: 1", "     | ^"]


def test_a_place_without_a_source_or_a_line_shows_no_excerpt() -> None:
    for place in (Place("gone.yaml", 3, 1), Place("a.yaml"), Place("a.yaml", 99, 1)):
        lines = render(Problem("empty_file", {}, place), "en", source).splitlines()
        assert lines == [
            "error[empty_file]: This file is empty", f"  --> {place}", "  = help: Write something in it, or delete it",
        ]  # fmt: skip
    assert str(Place("a.yaml")) == "a.yaml"
    assert str(Place("a.yaml", 3, 2)) == "a.yaml:3:2"


def test_a_warning_says_that_it_is_one() -> None:
    problem = Problem("empty_file", level="warning")
    assert render(problem, "zh").startswith("注意[empty_file]")
    assert render(problem, "en").startswith("warning[empty_file]")


def test_labels_and_lists_are_put_into_the_language() -> None:
    values = {"name": "x", "entity": Label("客户", "Customer"), "available": (Label("电话", "Phone"), "b")}
    problem = Problem("unknown_field", values)
    assert message(problem, "zh") == "“客户”没有字段“x”"
    assert advice(problem, "zh") == "它的字段有：电话、b"
    assert message(problem, "en") == "Customer has no field “x”"
    assert advice(problem, "en") == "Its fields are: Phone, b"


def test_what_was_refused_says_every_reason() -> None:
    refused = Refused([Problem("empty_file"), Problem("no_options")], status="conflict")
    assert str(refused) == "This file is empty; There are no options to choose from"
    assert refused.status == "conflict"


@pytest.mark.parametrize(
    ("name", "found"), [("requird", "required"), ("LABEL", "label"), ("zzz", None), ("客户名", "客户名称")]
)
def test_the_closest_name_is_one_that_could_be_meant(name: str, found: str | None) -> None:
    assert closest(name, ("required", "label", "客户名称")) == found


def test_a_number_knows_how_its_noun_goes() -> None:
    values = {"label": "Class", "option": "High", "name": "high"}
    one = message(Problem("option_in_use", {**values, "count": 1}), "en")
    two = message(Problem("option_in_use", {**values, "count": 2}), "en")
    assert "1 record still holds it" in one
    assert "2 records still hold it" in two


def test_a_long_list_is_cut_and_an_empty_one_says_so() -> None:
    many = advice(Problem("unknown_flow", {"name": "x", "available": [f"flow{i}" for i in range(30)]}), "en")
    assert many.endswith("flow19, … (30 in all)")
    assert advice(Problem("unknown_flow", {"name": "x", "available": []}), "zh").endswith("（还没有）")


@pytest.mark.parametrize(
    ("written", "available", "meant"),
    [
        ("biaoqian", ["label", "type"], "label"),
        ("标签", ["label", "type"], "label"),
        ("leixing", ["label", "type"], "type"),
        ("lable", ["label", "type"], "label"),
        ("string", ["text", "number"], "text"),
        ("kanban", ["list", "board"], "board"),
        ("Type", ["type"], "type"),
        ("zzz", ["label"], None),
    ],
)
def test_the_word_that_was_meant_is_found(written: str, available: list[str], meant: str | None) -> None:
    assert closest(written, available) == meant
