"""Whatever a form sends, the answer is a page, a redirect or a refusal; never a fault of ours."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.responses import Response

from kehu.core.web.site.frame import flash
from kehu.core.web.site.settings import local_address

FIELDS = [
    "title", "company", "owner", "stage", "amount", "share", "weighted", "discount", "reason", "hidden", "address",
    "met_at", "due", "active", "colours", "tags", "note", "sealed", "needs", "code", "lost_reason", "id", "version",
    "to", "next", "once", "offered.share", "offered.address", "offered.colours", "nothing", "", "created_at",
]  # fmt: skip
ODD = [
    "", " ", "true", "false", "0", "-1", "1", "9" * 60, "1e999", "NaN", "Infinity", "1万", "50%", "¥", "\x00", "\ud800",
    "é", "2026-02-31", "0001-01-01T00:00", "9999-12-31T23:59", "2026-03-01T25:99", "red", "red,blue", "won", "offer",
    "lost", "open", "nowhere", "//evil", "/x", "<b>", "a" * 300, "A\r\nB", "Acme", "'; --", "=1+1", "{{ 1 }}",
]  # fmt: skip
TEXT = st.one_of(st.sampled_from(ODD), st.text(max_size=20))
BODY = st.lists(st.tuples(st.sampled_from(FIELDS), TEXT), max_size=12)
MANY = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def encoded(pairs: list[tuple[str, str]]) -> str:
    return "&".join(f"{quote(key)}={quote(value.encode('utf-8', 'surrogatepass'))}" for key, value in pairs)


@pytest.fixture
def at(me: Any) -> Iterator[tuple[Any, str, list[str]]]:
    company = me.make("company", name="Acme", city="Hangzhou", phone="0571-88886666")["id"]
    deal = me.make("deal", title="Desks", company=company)["id"]
    ODD.append(company)
    urls = [
        "/deal/new", "/deal/live", f"/deal/live?id={deal}", f"/deal/{deal}/edit", f"/deal/{deal}/edit?to=lost",
        f"/deal/{deal}/edit?to=offer", "/company/new", "/deal/import",
    ]  # fmt: skip
    yield me, me.open("/company/new").values["token"], urls
    ODD.pop()


@MANY
@given(st.data())
def test_forms_answer_any_body(at: Any, data: st.DataObject) -> None:
    me, token, urls = at
    url = data.draw(st.sampled_from(urls))
    body = encoded([("token", token), *data.draw(BODY)])
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = me.client.post(url, content=body, headers=headers)
    assert answer.status_code < 500 or answer.status_code == 503, (url, body)


@MANY
@given(st.data())
def test_forms_open_with_any_query(at: Any, data: st.DataObject) -> None:
    me, _, urls = at
    url = data.draw(
        st.sampled_from([url for url in urls if "live" not in url] + ["/deal/pick", "/company/pick"])
    )
    pairs = data.draw(st.lists(st.tuples(st.sampled_from([*FIELDS, "q"]), TEXT), max_size=6))
    answer = me.client.get(f"{url}{'&' if '?' in url else '?'}{encoded(pairs)}")
    assert answer.status_code < 500, (url, pairs)


@MANY
@given(
    content=st.binary(max_size=200),
    name=st.sampled_from(["a.csv", "a.json", "a.jsonl", "a", "..", "é\"'.csv"]),
)
def test_an_import_takes_any_file(at: Any, content: bytes, name: str) -> None:
    me, token, _ = at
    answer = me.client.post("/company/import", data={"token": token}, files={"file": (name, content)})
    assert answer.status_code in (303, 422)
    if answer.status_code == 303:
        assert me.client.get(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", ""]
)
def test_other_kinds_of_body_are_refused(at: Any, kind: str) -> None:
    me, _, urls = at
    for url in urls:
        answer = me.client.post(url, content=b"\x00\xff{", headers={"content-type": kind})
        assert 400 <= answer.status_code < 500


def test_a_file_where_a_text_belongs_is_no_text(at: Any, tmp_path: Path) -> None:
    me, token, _ = at
    answer = me.client.post("/company/new", data={"token": token}, files={"name": ("a.txt", b"Acme")})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "charset", ["unicode_escape", "raw_unicode_escape", "punycode", "undefined", "utf-7", "no"]
)
@pytest.mark.parametrize("part", ['name="name"', 'name="\\ud800"', 'name="file"; filename="\\ud800.csv"'])
def test_a_form_in_an_odd_charset_is_refused_or_read(me: Any, charset: str, part: str) -> None:
    token = me.open("/company/new").values["token"]
    headers = {"content-type": f"multipart/form-data; boundary=x; charset={charset}", "x-kehu-token": token}
    body = f"--x\r\nContent-Disposition: form-data; {part}\r\n\r\n\\ud800\r\n--x--\r\n"
    for url in ("/company/new", "/company/live", "/company/import", "/settings"):
        assert me.client.post(url, content=body.encode(), headers=headers).status_code < 500, url


@pytest.mark.parametrize(
    "message", ["[" * 3000, '[{"level":"good","text":"\\ud800"}]', "null", "1", '{"a":1}', "[[]]", "\xff"]
)
def test_a_broken_message_from_the_last_action_is_left_out(me: Any, message: str) -> None:
    packed = base64.urlsafe_b64encode(message.encode("latin-1")).decode()
    assert me.client.get("/", headers={"cookie": f"kehu_flash={packed}"}).status_code == 200


def test_the_longest_message_fits_a_cookie() -> None:
    answer = Response()
    flash(
        answer,
        "bad",
        "阶段" * 400,
        {"label": "去补填", "url": f"/deal/x/edit?next={'%2F' * 300}", "icon": "edit"},
    )
    assert len(answer.headers["set-cookie"]) < 4096


@pytest.mark.parametrize(
    "text", ["//evil", "/\\evil", "/\t/evil", "/\n/evil", "\t//evil", "https://evil", "", "evil"]
)
def test_only_an_address_of_this_site_is_gone_on_to(text: str) -> None:
    assert local_address(text, "/deal") == "/deal"
