"""Where a file passes 400 lines or a function 50, it took on a second job. There is no list of exceptions."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CORE = ROOT / "core"
READ_BY_PEOPLE = {".py", ".html", ".js", ".css"}


def ours() -> Iterator[Path]:
    for path in sorted(CORE.rglob("*")):
        if path.suffix in READ_BY_PEOPLE and not {"vendor", "node_modules"} & set(path.parts):
            yield path


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_longer_than_400_lines() -> None:
    sizes = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in ours()}
    assert {name: lines for name, lines in sizes.items() if lines > 400} == {}


def test_no_function_is_longer_than_50_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {name} has {lines} lines"
        for path in ours()
        if path.suffix == ".py"
        for name, lines in functions(path)
        if lines > 50
    ]
    assert long == []
