"""What is said to somebody who does not know the commands, or mistypes one."""

import subprocess
import sys
from pathlib import Path

import pytest

from .typed import Kehu

LAZY = ("pydantic", "starlette", "uvicorn", "sqlalchemy", "rich", "jinja2", "yaml", "tinydb", "asyncio")


def test_help_loads_nothing_heavy(here: Path) -> None:
    code = "import sys; from kehu.core.cli.running import run; run(['--help']); print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    loaded = set(said.stdout.splitlines()[-1].split())
    assert loaded.isdisjoint(LAZY)


@pytest.mark.parametrize(("language", "words"), [("zh", "用模板新建"), ("en", "from a template")])
def test_help_is_in_the_language_asked_for(kehu: Kehu, language: str, words: str) -> None:
    said = kehu("--lang", language, "--help")
    assert said.code == 0
    assert words in said.out


@pytest.mark.parametrize(
    "command",
    ["demo", "new", "run", "check", "import", "export", "why", "schema", "doctor", "version", "plugin"],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_explains_itself(kehu: Kehu, command: str, language: str) -> None:
    said = kehu(command, "--help", "--lang", language)
    assert said.code == 0
    assert "cli_" not in said.out
    assert ("用法" if language == "zh" else "Usage") in said.out


def test_a_mistyped_command_is_told_the_nearest(kehu: Kehu) -> None:
    said = kehu("exprt")
    assert said.code == 1
    assert "kehu export" in said.err


def test_a_mistyped_option_is_told_the_nearest(kehu: Kehu) -> None:
    said = kehu("run", "--prot", "1")
    assert said.code == 2
    assert "--port" in said.err


def test_what_is_missing_is_named(kehu: Kehu) -> None:
    said = kehu("import")
    assert said.code == 2
    assert "FILE" in said.err


def test_a_value_that_will_not_do_is_refused(kehu: Kehu) -> None:
    said = kehu("run", "--port", "many", "--lang", "en")
    assert said.code == 2
    assert "--port" in said.err


def test_the_environment_decides_the_language_where_nobody_else_does(
    kehu: Kehu, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "There is no command" in kehu("nix").err
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert "没有 nix 这个命令" in kehu("nix").err


def test_the_version_is_told(kehu: Kehu) -> None:
    assert kehu("version").out.startswith("kehu 0.")


def test_an_unexpected_error_is_one_sentence_and_a_file(kehu: Kehu, monkeypatch: pytest.MonkeyPatch) -> None:
    from kehu.core.cli import version

    def broken() -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(version.this, "callback", broken)
    said = kehu("version")
    assert said.code == 1
    assert "Traceback" not in said.err
    log = Path(next(word for word in said.err.split("；")[0].split() if word.endswith(".log")))
    assert "a mistake of ours" in log.read_text("utf-8")
    log.unlink()
    with pytest.raises(RuntimeError):
        kehu("version", "--debug")


def test_a_pipe_that_closes_is_no_error(acme: Path) -> None:
    command = f"{sys.executable} -c 'from kehu.core.cli import main; main()' schema customer | head -n 1"
    said = subprocess.run(command, shell=True, capture_output=True, encoding="utf-8", check=True)
    assert said.stdout == "{\n"
    assert said.stderr == ""
