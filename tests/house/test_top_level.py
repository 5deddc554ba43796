"""The top level of the repository is fixed: what stands there is what people look for."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = {"core", "plugins", "templates", "tests", "docs", "bench", "src", "build_backend"}
NEEDED = (
    "core/schema",
    "plugins/customers",
    "plugins/funnel",
    "plugins/orders",
    "plugins/aftersales",
    "templates",
    "tests",
    "pyproject.toml",
    "README.md",
)


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [Path(name) for name in listed.split("\0") if name]


def test_only_the_agreed_folders_stand_at_the_top() -> None:
    assert {path.parts[0] for path in tracked() if len(path.parts) > 1} - FOLDERS <= {".ci"}


def test_what_the_owner_fixed_is_there() -> None:
    assert [name for name in NEEDED if not (ROOT / name).exists()] == []


def test_the_name_plate_links_the_rooms() -> None:
    for room in ("core", "plugins", "templates"):
        assert (ROOT / "src/kehu" / room).resolve() == ROOT / room


def test_no_third_party_front_end_file_is_committed() -> None:
    assert [path for path in tracked() if path.suffix in {".js", ".css"} and ".min." in path.name] == []
    assert [path for path in tracked() if "vendor" in path.parts or "node_modules" in path.parts] == []


def test_the_npm_lock_names_no_address() -> None:
    assert '"resolved"' not in (ROOT / "core/web/package-lock.json").read_text("utf-8")
