"""Files on pages: sent with a form, shown, kept, removed, hung on a timeline; without a script."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from kehu.core.app import App
from kehu.core.web.server import make_server

EXAMPLE = Path(__file__).parents[3] / "docs/examples/every-field"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def me(tmp_path: Path, person: Any) -> Iterator[Any]:
    """Somebody who sits at the example of all field types."""
    folder = tmp_path / "every-field"
    for path in EXAMPLE.rglob("*.yaml"):
        to = folder / path.relative_to(EXAMPLE)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(path.read_bytes())
    app = App(folder)
    with TestClient(make_server(app), base_url="http://localhost", follow_redirects=False) as client:
        client.cookies.set("kehu_language", "en")
        yield person(app, client)
    app.close()


def send(me: Any, form: Any, files: list[tuple[str, str, bytes]], **values: Any) -> Any:
    """Send a form with files as a browser does: an input for files that nobody used sends an empty one."""
    parts: list[Any] = [(name, (file, io.BytesIO(content))) for name, file, content in files]
    return me.client.post(form.action, data={**form.values, **values}, files=parts or [("photo", ("", b""))])


def sample(me: Any, title: str) -> Any:
    return next(row for row in me.rows("sample") if row["title"] == title)


def test_files_are_sent_with_the_form_shown_kept_and_removed(me: Any) -> None:
    form = me.open("/sample/new")
    assert 'enctype="multipart/form-data"' in me.client.get("/sample/new").text
    files = [
        ("manual", "说明书.pdf", PDF), ("photo", "front.png", PNG), ("papers", "a.txt", b"one"), ("papers", "b.zip", b"PK\x03\x04"),
    ]  # fmt: skip
    answer = send(me, form, files, title="a")
    assert answer.status_code == 303, me.errors(answer)
    row = sample(me, "a")
    assert row["manual"] == {"id": row["manual"]["id"], "name": "说明书.pdf", "size": len(PDF), "type": "pdf"}
    assert [file["name"] for file in row["papers"]] == ["a.txt", "b.zip"]

    page = me.client.get(f"/sample/{row['id']}").text
    assert f'<img class="picture" src="/files/{row["photo"]["id"]}?inline=1"' in page
    assert "说明书.pdf</a>" in page
    assert "b.zip</a>" in page
    assert "说明书.pdf" in me.client.get("/sample").text

    again = me.open(f"/sample/{row['id']}/edit")
    assert send(me, again, []).status_code == 303
    assert sample(me, "a")["version"] == row["version"]  # nothing was chosen, nothing unticked
    assert (
        send(me, again, [("manual", "new.pdf", PDF + b"2")], papers=["", row["papers"][1]["id"]]).status_code
        == 303
    )
    now = sample(me, "a")
    assert (now["manual"]["name"], [file["name"] for file in now["papers"]]) == ("new.pdf", ["b.zip"])
    told = me.client.get(f"/sample/{row['id']}").text
    assert "<s>a.txt、b.zip</s>" in told or "<s>a.txt, b.zip</s>" in told
    assert me.client.get(f"/files/{row['manual']['id']}").content == PDF  # the history still names it


def test_what_is_wrong_stands_at_the_field_and_the_other_files_are_not_lost(me: Any) -> None:
    form = me.open("/sample/new")
    answer = send(
        me, form, [("manual", "a.pdf", b"no"), ("papers", "kept.txt", b"one")], title="a", pieces="many"
    )
    assert answer.status_code == 422
    assert "not what its ending says" in me.errors(answer)["manual"]
    assert "kept.txt</a>" in answer.text
    again = me.form(answer) if hasattr(me, "form") else type(form)(answer.text)
    assert send(me, again, [], title="a", pieces="3").status_code == 303
    assert [file["name"] for file in sample(me, "a")["papers"]] == ["kept.txt"]


def test_the_same_form_sent_twice_makes_one_record_and_one_file(me: Any) -> None:
    form = me.open("/sample/new")
    for _ in range(2):
        assert send(me, form, [("manual", "a.pdf", PDF)], title="twice").status_code == 303
    assert [row["title"] for row in me.rows("sample")] == ["twice"]
    stored = [path for path in (me.app.folder / "data/files").rglob("*") if path.is_file()]
    assert len(stored) == 1


def test_a_script_sends_a_file_at_once_and_is_told_in_words_why_not(me: Any) -> None:
    token = {"X-Kehu-Token": me.open("/sample/new").values["token"]}
    url = "/files?entity=sample&field=manual"
    made = me.client.post(url, files={"file": ("a.pdf", PDF)}, headers=token)
    assert made.status_code == 201
    assert made.json()["name"] == "a.pdf"
    wrong = me.client.post(url, files={"file": ("a.exe", b"MZ")}, headers=token)
    assert (wrong.status_code, "not of a type" in wrong.json()["message"]) == (422, True)
    assert me.client.post(url, files={"file": ("a.pdf", PDF)}).status_code == 403


def test_files_hang_on_the_timeline_and_are_taken_off_it(me: Any) -> None:
    row = me.make("sample", title="a")
    url = f"/sample/{row['id']}"
    token = me.open("/sample/new").values["token"]
    sent = [("file", ("报价.pdf", io.BytesIO(PDF))), ("file", ("site.png", io.BytesIO(PNG)))]
    assert me.client.post(f"{url}/files", data={"token": token}, files=sent).status_code == 303
    page = me.client.get(url).text
    assert page.count("attached a file") == 2
    assert "报价.pdf</a>" in page
    listed = me.client.get(f"/api{url}/files").json()["items"]
    assert [file["name"] for file in listed] == ["site.png", "报价.pdf"]
    away = f"{url}/files/{listed[0]['id']}/remove"
    assert "Nobody can download it" in me.client.get(away).text
    assert me.client.post(away, data={"token": token}).status_code == 303
    assert "site.png" not in me.client.get(url).text.replace("was taken off", "")
    assert me.client.get(f"/files/{listed[0]['id']}").status_code == 404
    assert me.client.post(f"{url}/files", data={"token": token}).status_code == 303  # nothing was chosen
    assert [event.kind for event in me.app.store.events("kehu_file", listed[0]["id"])] == [
        "deleted",
        "created",
    ]


@pytest.mark.parametrize(
    ("name", "content", "media", "shown"),
    [
        ("a.png", PNG, "image/png", "inline"),
        ("a.pdf", PDF, "application/pdf", "attachment"),
        ("a.svg", b"<svg onload='alert(1)'/>", "application/octet-stream", "attachment"),
        ("a.html", b"<script>alert(1)</script>", "application/octet-stream", "attachment"),
        ("a.txt", b"text", "text/plain; charset=utf-8", "attachment"),
    ],
)
def test_a_file_is_a_download_that_nothing_runs(
    me: Any, name: str, content: bytes, media: str, shown: str
) -> None:
    id = me.client.post("/api/files", files={"file": (name, content)}).json()["id"]
    plain, inline = me.client.get(f"/files/{id}"), me.client.get(f"/files/{id}?inline=1")
    assert plain.headers["content-disposition"].startswith("attachment")
    assert inline.headers["content-disposition"].startswith(shown)
    for answer in (plain, inline):
        assert answer.content == content
        assert answer.headers["content-type"] == media
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert (
            answer.headers["content-security-policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
        )
