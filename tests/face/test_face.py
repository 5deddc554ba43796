"""What ``from kehu import …`` gives, and what it costs."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import kehu

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", kehu.__all__)
def test_every_name_of_the_face_is_there(name: str) -> None:
    assert getattr(kehu, name) is not None
    assert name in dir(kehu)


def test_a_name_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        _ = kehu.Nothing


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert kehu.__version__ == project["version"]


def test_importing_kehu_imports_nothing_heavy() -> None:
    code = "import sys, kehu; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert not {"pydantic", "starlette", "sqlalchemy", "click", "yaml"} & set(done.stdout.split())
