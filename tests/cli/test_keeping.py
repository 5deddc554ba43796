"""Backup, restore, moving, erasing and the doctor, typed as people type them."""

import json
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from .typed import Kehu, Server


def test_a_backup_of_a_running_server_comes_back(
    kehu: Kehu, acme: Path, serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve("run", "--no-browser")
    address = server.address()
    body = json.dumps({"name": "备份公司"}).encode()
    with urlopen(Request(f"{address}api/customer", body, {"content-type": "application/json"})) as answer:
        made = json.load(answer)
    said = kehu("backup", "../acme.kehu")
    assert said.code == 0, said.err
    assert "已备份到" in said.out
    refused = kehu("restore", "../acme.kehu", "--yes")
    assert refused.code == 1
    assert "先停止它" in refused.err
    server.stop()
    assert kehu("restore", "../acme.kehu", "--into", "../copy", "--yes").code == 0
    said = kehu("restore", "../acme.kehu", "--yes")
    assert said.code == 0, said.err
    assert "acme.before-" in said.out
    monkeypatch.chdir(acme.parent / "copy")
    said = kehu("store", "move", "sqlite")
    assert said.code == 0, said.err
    assert "store: sqlite" in Path("kehu.yaml").read_text("utf-8")
    said = kehu("erase", f"customer/{made['id']}", "--dry-run")
    assert (said.code, "备份公司" in said.out, "没有改动" in said.out) == (0, True, True)
    assert kehu("erase", made["id"], "--yes").code == 0
    assert "备份公司" not in kehu("export", "customer").out
    said = kehu("doctor")
    assert "首尾相接" in said.out, said.out


def test_what_is_no_backup_is_refused(kehu: Kehu, acme: Path) -> None:
    Path("x.kehu").write_text("no")
    for file, words in (("x.kehu", "不是 Kehu 的备份"), ("y.kehu", "没有 y.kehu")):
        said = kehu("restore", file)
        assert said.code == 1
        assert words in said.err
    assert kehu("erase", "nobody").code == 1
    assert kehu("store", "move", "tinydb").code == 1
