"""Files through the API: read as far as they may be, refused in words, never half there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from kehu.core.app import App
from kehu.core.files.shelf import TABLE
from kehu.core.web.server import make_server

EXAMPLE = Path(__file__).parents[3] / "docs/examples/every-field"
PDF = b"%PDF-1.7\n"
UUID = "01a201d8-7b78-720b-b12f-000d7cbbb9db"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    for path in EXAMPLE.rglob("*.yaml"):
        to = tmp_path / "example" / path.relative_to(EXAMPLE)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(path.read_bytes())
    found = App(tmp_path / "example")
    yield found
    found.close()


@pytest.fixture
def client(app: App) -> Iterator[TestClient]:
    with TestClient(
        make_server(app), base_url="http://localhost", headers={"Accept-Language": "en"}
    ) as found:
        yield found


def upload(client: TestClient, name: str = "a.pdf", content: bytes = PDF, to: str = "") -> Any:
    address = f"/api/files?entity=sample&field={to}" if to else "/api/files"
    return client.post(address, files={"file": (name, content)})


def nothing_is_kept(app: App) -> bool:
    return not list(app.storage.all()) and not list(app.store.rows(TABLE))


def test_a_file_goes_up_into_a_record_and_down_in_parts(client: TestClient) -> None:
    made = upload(client, "报价.pdf", PDF, "manual")
    assert made.status_code == 201
    assert made.headers["location"] == made.json()["url"]
    id = made.json()["id"]
    record = client.post("/api/sample", json={"title": "a", "manual": id, "papers": []}).json()
    assert record["manual"] == {"id": id, "name": "报价.pdf", "size": 9, "type": "pdf"}
    again = client.patch(
        f"/api/sample/{record['id']}", json={"manual": record["manual"]}, headers={"If-Match": "*"}
    )
    assert again.json()["version"] == 1
    whole = client.get(f"/api/files/{id}")
    assert (whole.content, whole.headers["cache-control"]) == (PDF, "private, no-cache")
    part = client.get(f"/api/files/{id}", headers={"Range": "bytes=1-3"})
    assert (part.status_code, part.content) == (206, b"PDF")
    assert client.get(f"/api/files/{id}", headers={"If-None-Match": whole.headers["etag"]}).status_code == 304
    assert client.head(f"/api/files/{id}").status_code == 200
    assert client.get("/api/sample?manual.not_empty=").json()["items"][0]["id"] == record["id"]
    assert client.get("/api/sample?manual.empty=").json()["items"] == []
    assert client.get("/api/sample?sort=manual").status_code == 422
    told = client.get(f"/api/sample/{record['id']}/history").json()["items"]
    assert told[0]["changes"]["manual"]["after"]["name"] == "报价.pdf"


@pytest.mark.parametrize(
    ("name", "content", "to", "status", "code"),
    [
        ("a.pdf", PDF + b"x" * 21 * 1024 * 1024, "", 413, "body_too_large"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 5 * 1024 * 1024, "photo", 422, "file_picture_broken"),
        ("a.pdf", b"", "", 422, "file_empty"),
        ("a.pdf", b"MZ", "", 422, "file_not_what_it_says"),
        ("a.exe", b"MZ", "manual", 422, "file_type_not_taken"),
        ("a.pdf", PDF, "title", 404, "not_a_file_field"),
        ("a.pdf", PDF, "nothing", 404, "not_a_file_field"),
    ],
)
def test_what_is_refused_is_told_and_leaves_nothing(
    client: TestClient, app: App, name: str, content: bytes, to: str, status: int, code: str
) -> None:
    answer = upload(client, name, content, to)
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (status, code)
    assert nothing_is_kept(app)


def test_a_body_without_a_length_is_counted_while_it_comes(client: TestClient, app: App) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        while sent < 200:
            sent += 1
            yield b"x" * 1024 * 1024

    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = client.post("/api/files", content=endless(), headers=kind)
    assert answer.status_code == 413
    assert nothing_is_kept(app)


@pytest.mark.filterwarnings(
    "ignore:Exception ignored in.*SpooledTemporaryFile"
)  # half a part: Starlette lets it go
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"", "", 415),
        (b"nothing", "multipart/form-data; boundary=b", 400),
        (b"nothing", "multipart/form-data", 400),
        (
            b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\ntext\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
            400,
        ),
        (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf a',
            "multipart/form-data; boundary=b",
            400,
        ),
        (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
            400,
        ),
    ],
)
def test_what_is_no_upload_is_refused(
    client: TestClient, app: App, body: bytes, kind: str, status: int
) -> None:
    answer = client.post("/api/files", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert nothing_is_kept(app)


@pytest.mark.parametrize("id", [UUID, "x", "..%2f..%2fkehu.yaml", "a" * 300])
def test_a_file_that_is_not_there_is_missing(client: TestClient, id: str) -> None:
    assert client.get(f"/api/files/{id}").status_code == 404
    assert client.get(f"/files/{id}").status_code == 404


@pytest.mark.parametrize(
    "value", ["x", UUID, 1, True, {"id": UUID}, {"id": "../x"}, {"name": "a.pdf"}, ["x"], {}]
)
def test_a_value_that_names_no_file_is_refused(client: TestClient, value: Any) -> None:
    for field, given in (("manual", value), ("papers", value), ("photo", [value])):
        answer = client.post("/api/sample", json={"title": "a", field: given})
        assert answer.status_code == 422
        assert answer.json()["problems"][0]["field"] == field


def test_a_timeline_takes_and_gives_up_files(client: TestClient) -> None:
    record = client.post("/api/sample", json={"title": "a"}).json()["id"]
    file, url = upload(client).json()["id"], f"/api/sample/{record}/files"
    assert client.post(url, json={"file": UUID}).status_code == 404
    assert client.post(url, json={"file": 1}).status_code == 422
    assert client.post(url, json={"file": file, "more": 1}).status_code == 422
    assert client.post(url, json={"file": file}).status_code == 201
    assert client.post(url, json={"file": file}).status_code == 404  # it hangs there already
    assert [each["id"] for each in client.get(url).json()["items"]] == [file]
    assert client.delete(f"{url}/{UUID}").status_code == 404
    assert client.delete(f"{url}/{file}").status_code == 204
    assert client.delete(f"{url}/{file}").status_code == 404
    assert client.get(f"/api/files/{file}").status_code == 404
    assert client.get(f"/api/sample/{UUID}/files").status_code == 404


def test_bytes_that_are_gone_are_told_as_that(client: TestClient, app: App) -> None:
    file = upload(client).json()["id"]
    app.storage.delete(file)
    answer = client.get(f"/api/files/{file}")
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (503, "file_gone")
