"""What is built holds everything that runs: sdist from the tree, wheel from the sdist."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILD = """
import sys
sys.path.insert(0, "build_backend")
import kehu_build
print(getattr(kehu_build, sys.argv[1])(sys.argv[2]))
"""
DATA = {".yaml", ".yml", ".json", ".csv", ".md", ".html", ".css", ".js", ".svg", ".txt"}


def tree(folder: Path) -> Path:
    """The files that git knows, and the fetched front-end files where this checkout has them."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        source, copy = ROOT / name, folder / name
        if not source.exists():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, copy, follow_symlinks=False)
    vendor = ROOT / "core/web/static/vendor"
    if vendor.is_dir():
        shutil.copytree(vendor, folder / vendor.relative_to(ROOT))
    return folder


def build(what: str, source: Path, out: Path, path: str | None = None) -> Path:
    out.mkdir(exist_ok=True)
    environment = None if path is None else {"PATH": path}
    done = subprocess.run(
        [sys.executable, "-c", BUILD, what, str(out)],
        cwd=source, env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return out / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel that was built from the sdist, on a machine without npm."""
    work = tmp_path_factory.mktemp("packages")
    packed = build("build_sdist", tree(work / "tree"), work / "dist")
    with tarfile.open(packed) as archive:
        archive.extractall(work / "unpacked", filter="data")
    (source,) = (work / "unpacked").iterdir()
    built = build("build_wheel", source, work / "dist", path="")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_the_wheel_carries_the_front_end_files_and_their_licences(wheel: set[str]) -> None:
    vendor = "kehu/core/web/static/vendor/"
    for name in ("htmx.min.js", "sortable.min.js", "echarts.min.js", "icons.svg"):
        assert vendor + name in wheel
    for name in ("htmx", "sortable", "echarts", "icons"):
        assert f"{vendor}{name}-LICENSE.txt" in wheel


@pytest.mark.parametrize("room", ["core", "plugins", "templates"])
def test_every_data_file_of_a_room_is_in_the_wheel(wheel: set[str], room: str) -> None:
    kept = {
        f"kehu/{path.relative_to(ROOT)}"
        for path in (ROOT / room).rglob("*")
        if path.is_file()
        and path.suffix in DATA | {".py"}
        and not {"__pycache__", "vendor"} & set(path.parts)
    }
    assert kept - wheel == set()


def test_the_wheel_is_typed_and_carries_nothing_else(wheel: set[str]) -> None:
    assert "kehu/py.typed" in wheel
    assert {name.split("/")[0] for name in wheel} <= {"kehu", "kehu-0.1.0.dist-info"}
    assert not [name for name in wheel if "node_modules" in name or "__pycache__" in name]


def test_without_npm_the_build_says_so_in_one_line_and_goes_on(tmp_path: Path) -> None:
    source = tree(tmp_path / "tree")
    shutil.rmtree(source / "core/web/static/vendor", ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "build_backend/front_end.py"],
        cwd=source, env={"PATH": ""}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert (
        done.stderr == "kehu: front-end files not fetched (npm is not installed); pages work without them\n"
    )
    assert not (source / "core/web/static/vendor").exists()
