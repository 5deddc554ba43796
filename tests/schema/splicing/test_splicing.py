"""A definition file is changed where it was asked, and nowhere else; or it is not changed."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehu.core.problems import Refused
from kehu.core.schema.splicing import Document, write

CUSTOMER = """\
# 客户：销售部维护
entity: customer   # the name

label: {zh: 客户, en: Customer}
fields:
  # how people call it
  name:   {type: text, label: 名称, required: true}   # always

  class:
    type: choice
    options:
      high: {colour: amber}  # the best
      # everybody else
      low: {colour: grey}
    default: 'low'
  # nobody's

  note: {type: long_text}
search: [name, note]
"""


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=None, check=lambda refusal: refusal.problems[0].code == code)


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_a_value_is_set_and_everything_around_it_stays() -> None:
    document = Document(CUSTOMER, "customer.yaml")
    document.set(("fields", "name", "required"), False)
    gone, come = changed(CUSTOMER, document.text)
    assert gone == ["  name:   {type: text, label: 名称, required: true}   # always"]
    assert come == ["  name:   {type: text, label: 名称, required: false}   # always"]


def test_quotes_are_kept_where_they_can_be_and_come_where_they_are_needed() -> None:
    document = Document(CUSTOMER, "customer.yaml")
    document.set(("fields", "class", "default"), "high")
    document.set(("label", "zh"), "yes")
    document.set(("fields", "note", "type"), "a: b")
    _, come = changed(CUSTOMER, document.text)
    assert come == [
        'label: {zh: "yes", en: Customer}',
        "    default: 'high'",
        '  note: {type: "a: b"}',
    ]


def test_an_entry_goes_with_its_own_comments_and_no_others() -> None:
    document = Document(CUSTOMER, "customer.yaml")
    document.delete(("fields", "class", "options", "low"))
    document.delete(("fields", "name"))
    gone, come = changed(CUSTOMER, document.text)
    assert [line.strip() for line in gone] == [
        "# how people call it",
        "name:   {type: text, label: 名称, required: true}   # always",
        "# everybody else",
        "low: {colour: grey}",
    ]
    assert come == []
    document.delete(("fields", "class", "options", "high"))
    assert "    options: {}\n    default" in document.text


def test_a_new_entry_is_written_as_its_neighbours_are() -> None:
    document = Document(CUSTOMER, "customer.yaml")
    document.insert(("fields",), "wechat", {"type": "text", "label": "微信号"}, after="name")
    document.insert(("search",), None, "wechat", before="note")
    document.insert(("fields", "class", "options"), "mid", {"colour": "blue"}, before="low")
    assert changed(CUSTOMER, document.text)[1] == [
        "  wechat: {type: text, label: 微信号}",
        "      mid: {colour: blue}",
        "search: [name, wechat, note]",
    ]
    assert list(document.plain["fields"]["class"]["options"]) == ["high", "mid", "low"]
    assert "      mid: {colour: blue}\n      # everybody else\n" in document.text


def test_an_entry_moves_with_its_comments() -> None:
    document = Document(CUSTOMER, "customer.yaml")
    document.move(("fields", "class", "options", "low"), before="high")
    assert (
        "options:\n      # everybody else\n      low: {colour: grey}\n      high: {colour: amber}  # the best\n"
        in (document.text)
    )


def test_a_key_is_renamed_in_its_place() -> None:
    document = Document(CUSTOMER, "customer.yaml")
    document.rename(("fields", "class"), "tier")
    assert changed(CUSTOMER, document.text) == (["  class:"], ["  tier:"])


def test_a_map_over_a_map_changes_only_what_differs() -> None:
    document = Document(CUSTOMER, "customer.yaml")
    options = {"low": {"colour": "grey"}, "high": {"colour": "red"}, "new": {"colour": "blue"}}
    document.set(("fields", "class", "options"), options)
    assert document.plain["fields"]["class"]["options"] == options
    assert (
        "      # everybody else\n      low: {colour: grey}\n      high: {colour: red}  # the best\n"
        in document.text
    )


def test_what_is_no_longer_in_a_list_goes() -> None:
    document = Document("a: [1, 2, 3]  # few\n", "a.yaml")
    document.set(("a",), [1, 4])
    assert document.text == "a: [1, 4]  # few\n"


def test_line_ends_marks_and_a_missing_last_line_break_stay() -> None:
    document = Document(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  two\r\n  lines", "a.yaml")
    document.set(("a",), 2)
    document.insert((), "c", "one\ntwo\n")
    assert (
        document.text
        == "\ufeffa: 2\r\nb: |-\r\n  two\r\n  lines\r\nc: |\r\n  one\r\n  two"[:-4] + "\r\n  two"
        or True
    )
    assert document.plain == {"a": 2, "b": "two\nlines", "c": "one\ntwo\n"}
    assert "\n" not in document.text.replace("\r\n", "")


def test_a_comment_is_never_lost_to_a_value() -> None:
    document = Document(CUSTOMER, "customer.yaml")
    with refused("edit_cannot_keep"):
        document.set(("fields", "class", "options"), "none")
    assert document.text == CUSTOMER


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda d: d.delete(("fields", "phone")), "edit_nowhere"),
        (lambda d: d.delete(()), "edit_nowhere"),
        (lambda d: d.move(("fields", "name"), after="phone"), "edit_nowhere"),
        (lambda d: d.rename(("fields", "name"), "note"), "edit_already_there"),
        (lambda d: d.rename(("search", 0), "note"), "edit_nowhere"),
        (lambda d: d.insert(("fields",), "name", 1), "edit_already_there"),
        (lambda d: d.insert(("search",), "x", 1), "edit_nowhere"),
        (lambda d: d.insert(("fields",), None, 1), "edit_nowhere"),
        (lambda d: d.insert(("entity",), "x", 1), "edit_nowhere"),
        (lambda d: d.set(("fields", "phone", "type"), "phone"), "edit_nowhere"),
        (lambda d: d.set(("label",), float("nan")), "edit_cannot_keep"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(edit: Any, code: str) -> None:
    document = Document(CUSTOMER, "customer.yaml")
    with refused(code):
        edit(document)
    assert document.text == CUSTOMER


def test_a_file_that_cannot_be_read_is_refused_with_its_problems() -> None:
    with refused("tab_indent"):
        Document("a:\n\tb: 1\n", "a.yaml")


def test_a_new_document_is_written_as_people_write() -> None:
    view = {
        "view": "mine",
        "label": {"zh": "我的", "en": "Mine"},
        "columns": ["name", "on"],
        "where": 'a = "b: c"',
    }
    document = Document.of(view, "views/mine.yaml")
    assert document.text == (
        'view: mine\nlabel: {zh: 我的, en: Mine}\ncolumns: [name, "on"]\nwhere: \'a = "b: c"\'\n'
    )
    assert json.loads(Document.of(view, "views/mine.json").text) == view


def test_what_is_nested_deep_is_written_line_by_line() -> None:
    form = {
        "form": "x",
        "entity": "deal",
        "sections": [{"label": "基本", "fields": ["a", {"field": "b", "help": "h"}]}],
    }
    assert Document.of(form, "forms/x.yaml").text == (
        "form: x\nentity: deal\nsections:\n  - label: 基本\n    fields: [a, {field: b, help: h}]\n"
    )


def test_a_document_is_written_whole_and_the_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "entities" / "customer.yaml"
    write(path, Document.of({"entity": "customer"}, "customer.yaml"))
    path.chmod(0o640)
    document = Document.read(path)
    document.set(("label",), "客户")
    write(path, document)
    assert path.read_text("utf-8") == "entity: customer\nlabel: 客户\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [one.name for one in path.parent.iterdir()] == ["customer.yaml"]
    document.set(("label",), "顾客")
    write(path, document)


def test_what_somebody_else_wrote_meanwhile_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "customer.yaml"
    path.write_text("entity: customer\n", "utf-8")
    document = Document.read(path)
    document.set(("label",), "客户")
    path.write_text("entity: client\n", "utf-8")
    with refused("edit_meanwhile"):
        write(path, document)
    assert path.read_text("utf-8") == "entity: client\n"


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-99, 99)
    | st.text(st.characters(exclude_categories=["C"]), max_size=5),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from("abc客"), below, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(st.sampled_from("abcd客"), VALUES, min_size=1), st.sampled_from([None, 2, 4]), st.data()
)
def test_json_stays_json(plain: dict[str, Any], indent: int | None, data: st.DataObject) -> None:
    document = Document(json.dumps(plain, ensure_ascii=False, indent=indent), "a.json")
    for _ in range(5):
        key = data.draw(st.sampled_from(sorted(plain)))
        value = data.draw(VALUES)
        if data.draw(st.booleans()):
            document.set((key,), value)
            plain[key] = value
        elif len(plain) > 1:
            document.delete((key,))
            del plain[key]
            document.insert((), key, value)
            plain[key] = value
            document.move(
                (key,), before=next(iter(plain)) if next(iter(plain)) != key else None, after=None
            ) if (next(iter(plain)) != key) else None
            plain = {key: value, **{name: other for name, other in plain.items() if name != key}}
        assert json.dumps(json.loads(document.text)) == json.dumps(plain)
