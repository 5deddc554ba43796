"""What every storage promises: whole or not at all, by keys of our own; a folder and S3 alike."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kehu.core.files.local import LocalStorage
from kehu.core.files.opening import open_storage
from kehu.core.files.storage import Storage, copy_to
from kehu.core.problems import Refused
from kehu.core.store.ids import new_id


def test_what_was_put_is_read_listed_copied_and_deleted(storage: Storage, tmp_path: Path) -> None:
    key, large, empty = new_id(), new_id(), new_id()
    chunks = [os.urandom(300_000) for _ in range(30)]
    storage.put(key, [b"one", b"two"])
    storage.put(large, chunks)
    assert b"".join(storage.read(key)) == b"onetwo"
    assert b"".join(storage.read(large)) == b"".join(chunks)
    assert {blob.key: blob.size for blob in storage.all()} == {key: 6, large: 9_000_000}
    assert all(abs(datetime.now(UTC) - blob.at) < timedelta(minutes=5) for blob in storage.all())
    assert copy_to(storage, tmp_path / "copy") == 2
    assert copy_to(storage, tmp_path / "copy") == 2
    assert b"".join(LocalStorage(tmp_path / "copy").read(large)) == b"".join(chunks)
    storage.delete(key)
    storage.delete(key)
    assert [blob.key for blob in storage.all()] == [large]
    for missing in (key, empty):
        with pytest.raises(FileNotFoundError):
            storage.read(missing)


def test_what_breaks_off_leaves_nothing(storage: Storage, tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"x" * 1_000_000
        raise RuntimeError

    with pytest.raises(RuntimeError):
        storage.put(new_id(), broken())
    assert list(storage.all()) == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "/etc/passwd", "a", "", "01a201d8-7b78-720b-b12f-000d7cbbb9db/x"]
)
def test_only_ids_are_keys(storage: Storage, key: str) -> None:
    with pytest.raises(FileNotFoundError):
        storage.put(key, [b"x"])
    with pytest.raises(FileNotFoundError):
        storage.read(key)


def test_a_writer_that_was_killed_leaves_nothing_visible_and_is_tidied_up(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from kehu.core.files.local import LocalStorage\n"
        "def forever():\n"
        "    while True:\n"
        "        print('x', flush=True)\n"
        "        yield b'x' * 65536\n"
        f"LocalStorage(pathlib.Path(sys.argv[1])).put({new_id()!r}, forever())\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        for _ in range(5):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
    storage = LocalStorage(tmp_path)
    assert list(storage.all()) == []
    assert storage.tidy(datetime.now(UTC)) == 0
    assert storage.tidy(datetime.now(UTC) + timedelta(days=2)) == 1
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file where the folder should be")
    with pytest.raises(Refused) as refused:
        LocalStorage(tmp_path / "files").put(new_id(), [b"x"])
    assert (refused.value.status, refused.value.problems[0].code) == ("unavailable", "disk_unwritable")


def test_a_bucket_that_is_not_there_says_so_in_one_line(bucket: str, tmp_path: Path) -> None:
    nowhere = open_storage(bucket.replace("//crm/", "//none/"), tmp_path)
    with pytest.raises(Refused) as refused:
        nowhere.put(new_id(), [b"x"])
    problem = refused.value.problems[0]
    assert (refused.value.status, problem.code) == ("unavailable", "files_unreachable")
    assert "\n" not in problem.values["reason"]
    assert "secret" not in problem.values["reason"]
