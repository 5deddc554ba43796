"""The real YAML language server, as VS Code runs it, helps with a workspace that ``kehu new`` made."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kehu.core.catalog.sources import sources_in
from kehu.core.cli.editors import prepare
from kehu.core.cli.running import run

from .language_server import LanguageServer

VERSION = "1.25.0"
MACHINE = """\
# yaml-language-server: $schema=../.kehu/schemas/entity.json
entity: machine
label: {zh: 设备, en: Machine}
fields:
  name: {type: text, required: true}
  size:
    type: number
    decimals: 1
"""


@pytest.fixture(scope="session")
def command(request: pytest.FixtureRequest) -> list[str]:
    """How the server is started; npm fetches it once into pytest's cache."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("npm is not here, and brings the YAML language server")
    folder: Path = request.config.cache.mkdir(f"yaml-language-server-{VERSION}")
    server = folder / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    if not server.is_file():
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
        aside = folder / f"aside-{os.getpid()}"  # two workers of xdist may fetch it at once
        fetched = subprocess.run(
            [npm, "install", *options, "--prefix", str(aside), f"yaml-language-server@{VERSION}"],
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        if fetched.returncode != 0:
            pytest.skip(f"npm could not fetch the YAML language server: {fetched.stderr[-200:]}")
        with suppress(OSError):
            (aside / "node_modules").rename(folder / "node_modules")
        shutil.rmtree(aside, ignore_errors=True)
    return [node, str(server), "--stdio"]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editing") / "acme"
    assert run(["new", "acme", "--folder", str(folder), "--lang", "zh"]) == 0
    return folder


@pytest.fixture
def server(command: list[str], workspace: Path) -> Iterator[Callable[[], LanguageServer]]:
    started: list[LanguageServer] = []

    def start() -> LanguageServer:
        started.append(LanguageServer(command, workspace))
        return started[-1]

    yield start
    for one in started:
        one.__exit__()


def test_it_offers_field_types_and_names_what_is_wrong(server: Callable[[], LanguageServer]) -> None:
    editor = server()
    assert editor.open("entities/machine.yaml", MACHINE) == []
    offered = editor.completion("entities/machine.yaml", 6, len("    type: "))
    assert {"text", "money", "rollup", "table"} <= set(offered)
    assert {"min", "max"} <= set(editor.completion("entities/machine.yaml", 7, 4))
    wrong_key = editor.open("entities/a.yaml", MACHINE.replace("decimals", "decimal"))
    assert [one["range"]["start"]["line"] for one in wrong_key] == [7]
    wrong_type = editor.open("entities/b.yaml", MACHINE.replace("type: number", "type: numbr"))
    assert 6 in [one["range"]["start"]["line"] for one in wrong_type]
    form = "# yaml-language-server: $schema=../.kehu/schemas/form.json\nform: f\nentity: deal\nuse: [creat]\n"
    assert [one["range"]["start"]["line"] for one in editor.open("forms/f.yaml", form)] == [3]


def test_it_offers_the_names_of_the_workspace(server: Callable[[], LanguageServer]) -> None:
    editor = server()
    view = (
        "# yaml-language-server: $schema=../.kehu/schemas/view.json\nview: v\nentity: deal\ncolumns:\n  - \n"
    )
    editor.open("views/v.yaml", view)
    assert {"customer", "deal", "order"} <= set(editor.completion("views/v.yaml", 2, len("entity: ")))
    assert {"customer", "stage", "amount"} <= set(editor.completion("views/v.yaml", 4, 4))


def test_what_it_says_is_in_the_workspaces_language(
    server: Callable[[], LanguageServer], workspace: Path
) -> None:
    editor = server()
    editor.open("entities/machine.yaml", MACHINE)
    assert "小数位数" in editor.hover("entities/machine.yaml", 7, 6)
    prepare(workspace, "en", lines=False)
    english = server()
    english.open("entities/machine.yaml", MACHINE)
    assert "Digits after the point" in english.hover("entities/machine.yaml", 7, 6)
    prepare(workspace, "zh", lines=False)


def test_it_has_nothing_to_say_about_what_the_template_brings(
    server: Callable[[], LanguageServer], workspace: Path
) -> None:
    editor = server()
    files = [source.path for source in sources_in(workspace, "workspace")] + [workspace / "kehu.yaml"]
    said = {
        path.name: editor.open(str(path.relative_to(workspace)), path.read_text("utf-8")) for path in files
    }
    assert {name: found for name, found in said.items() if found} == {}
