"""A file becomes a tree in which every value knows its place; what cannot be read is refused, never half read."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.core.problems import Place
from kehu.core.schema.loading import LARGEST, load
from kehu.core.schema.nodes import Node


def node(text: str | bytes, file: str = "a.yaml") -> Node:
    loaded = load(text, file)
    assert loaded.problems == ()
    assert loaded.node is not None
    return loaded.node


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("true", True), ("False", False), ("~", None), ("null", None),
        ("12", 12), ("-1.5", -1.5), ("1e3", 1000.0), ("0x1F", 31), ("0o17", 15), ("007", "007"), ("-07", "-07"), ("0.5", 0.5), ("0", 0), ("1_000", "1_000"),
        ("12:30", "12:30"), ("2026-03-01", "2026-03-01"), (".inf", ".inf"), (".nan", ".nan"), ("1" * 41, "1" * 41),
        ("'12'", "12"), ('"true"', "true"), ("=CURRENT_USER()", "=CURRENT_USER()"), ("20%", "20%"), ("-", [None]),
        ("1e999", "1e999"), ("+", "+"), (".", "."),
    ],
)  # fmt: skip
def test_bare_words_are_read_by_the_core_schema_of_yaml_1_2(written: str, value: Any) -> None:
    assert node(f"a: {written}" if written != "-" else "a:\n  -").plain() == {"a": value}


def test_every_value_and_key_knows_its_place() -> None:
    tree = node("客户:\n  名称: 甲公司\n  列表: [x, 'yz']\n", "entities/a.yaml")
    inside = tree.at(("客户", "名称"))
    assert inside.place == Place("entities/a.yaml", 2, 7, 3)
    assert inside.key_place == Place("entities/a.yaml", 2, 3, 2)
    assert tree.at(("客户", "列表", 1)).place == Place("entities/a.yaml", 3, 11, 4)


def test_json_and_yaml_of_the_same_text_are_the_same_tree() -> None:
    text = '{\n  "实体": ["甲", 1.5, {"b": null}],\n  "c": true}'
    one, other = node(text, "a.json"), node(text, "a.yaml")
    assert one.plain() == other.plain()
    for path in (("实体",), ("实体", 0), ("实体", 1), ("实体", 2, "b"), ("c",)):
        found, same = one.at(path), other.at(path)
        assert (found.place.line, found.place.column, found.place.width) == (
            same.place.line, same.place.column, same.place.width,
        )  # fmt: skip
        assert (found.key_place is None) == (same.key_place is None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(-1e9, 1e9) | st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=8
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc客_", max_size=3), inner, max_size=3),
    max_leaves=10,
)  # fmt: skip


@given(JSON, st.booleans(), st.sampled_from([None, 2]))
def test_any_json_is_read_as_the_standard_library_reads_it(
    value: Any, ascii_only: bool, indent: int | None
) -> None:
    text = json.dumps({"a": value}, ensure_ascii=ascii_only, indent=indent)
    assert node(text, "a.json").plain() == {"a": value}


@given(st.text(max_size=60) | st.binary(max_size=60), st.sampled_from(["a.yaml", "a.json"]))
def test_any_text_is_read_or_refused_with_a_place_in_it(text: str | bytes, file: str) -> None:
    loaded = load(text, file)
    assert (loaded.node is None) <= bool(loaded.problems)
    for problem in loaded.problems:
        assert problem.place is not None
        assert problem.place.file == file


@given(st.text("ab:：-[]{}\"'#&*!|>% \n\t,？?客1", max_size=40))
def test_any_scribble_of_signs_is_read_or_refused(text: str) -> None:
    loaded = load(text, "a.yaml")
    assert (loaded.node is None) <= bool(loaded.problems)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"a: \xff\xfe", "not_utf8"), ("a: 1\n".encode("utf-16"), "not_utf8"), ("a: 客".encode("gbk"), "not_utf8"),
        ("a: " + "[" * 10_000, "too_deep"), ("a: " + "{b: " * 10_000, "too_deep"),
        ("x" * (LARGEST + 1), "file_too_big"),
        ("a: &x [1]\nb: *x", "yaml_anchor"), ("&a b: 1", "yaml_anchor"), ("!x a: 1", "yaml_tag"), ("", "empty_file"),
        ("a: !!set {x}", "yaml_tag"), ("--- 1\n--- 2", "several_documents"),
        ("a: b\x00", "control_character"), ("a: 1\na: 2", "duplicate_key"), ("~", "empty_file"),
    ],
)  # fmt: skip
def test_what_could_run_away_or_mislead_is_refused(text: str | bytes, code: str) -> None:
    problems = load(text, "a.yaml").problems
    assert [problem.code for problem in problems] == [code]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    tree = node("\ufeffa: 1\r\nb: 客\r\n".encode())
    assert tree.plain() == {"a": 1, "b": "客"}
    assert tree.at(("b",)).place == Place("a.yaml", 2, 4, 1)


def test_full_width_colons_in_texts_are_plain_punctuation() -> None:
    text = "help: 备注：x\nnote: 'a：b'\nalso: [VIP：甲, b：c]\nlist:\n  - 备注：x\n  - note：x\nlong: |\n  name：x\n"
    assert node(text).plain()["also"] == ["VIP：甲", "b：c"]
    assert node("help:\n  说明：请填写\n").plain() == {"help": "说明：请填写"}


def test_a_duplicate_key_keeps_the_first_and_the_rest_is_still_read() -> None:
    loaded = load("a: 1\nb: 2\na: 3\n", "a.yaml")
    assert loaded.node is not None
    assert loaded.node.plain() == {"a": 1, "b": 2}
    assert loaded.problems[0].values == {"key": "a", "line": 1}


def test_the_layer_is_on_every_node() -> None:
    loaded = load("a: [1]", "customers:a.yaml", "plugin:customers")
    assert loaded.node is not None
    assert loaded.node.at(("a", 0)).layer == "plugin:customers"


def test_a_path_that_ends_early_leads_to_the_deepest_node_there_is() -> None:
    tree = node("fields: {name: {type: text}}\nuse: [create, {rule: r1, when: x}]\n")
    assert tree.at(("fields", "name", "max", 1)) is tree.at(("fields", "name"))
    assert tree.at(("nothing",)) is tree
    assert tree.at(("use", "create")).plain() == "create"
    assert tree.at(("use", "r1", "when")).plain() == "x"
    assert tree.at(("use", 7)) is tree.at(("use",))
