"""Every suggestion that is certain is applied, and the definitions are checked again: what was wrong is right."""

import re
from pathlib import Path

import pytest

from kehu.core.catalog.building import build
from kehu.core.cli.fixing import mend_folder
from kehu.core.problems import Problem
from kehu.core.schema.loading import load
from kehu.core.schema.reading import kind_of, read

HERE = Path(__file__).parent
FILES = sorted(path.name for path in HERE.iterdir() if path.suffix in (".yaml", ".json"))
WHOLE = sorted(path.name for path in (HERE / "whole").iterdir() if path.name.count(".") == 1)
NEVER = frozenset(
    {"bad_name", "reserved_name", "duplicate_key", "name_twice", "missing_key", "unclosed_bracket"}
)
"""Where only a person knows what was meant."""


def problems_of(path: Path) -> tuple[Problem, ...]:
    loaded = load(path.read_bytes(), path.name)
    return loaded.problems if loaded.node is None else (*loaded.problems, *read(loaded.node)[1])


def files_of(path: Path) -> dict[str, str]:
    pieces = re.split(r"(?m)^# ([\w./-]+\.(?:yaml|json))\n", path.read_text("utf-8"))
    return {
        "kehu.yaml": "workspace: bad\nplugins: []\n",
        **dict(zip(pieces[1::2], pieces[2::2], strict=True)),
    }


def gone(problem: Problem, after: tuple[Problem, ...]) -> bool:
    """Whether nobody says this of the same spot any more (a mend before it in the line may have moved it)."""
    same = [other for other in after if other.code == problem.code and other.values == problem.values]
    return not any(other.place and problem.place and other.place.line == problem.place.line for other in same)


@pytest.mark.parametrize("name", FILES)
def test_a_mended_file_no_longer_says_what_was_mended_and_nothing_new(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes((HERE / name).read_bytes())
    before = problems_of(path)
    readable = load(path.read_bytes(), name).node is not None
    mended = mend_folder(tmp_path, lambda: problems_of(path))
    after = problems_of(path)
    done = [problem for one in mended for problem in one.problems]
    assert all(gone(problem, after) for problem in done)
    assert not {problem.code for problem in done} & NEVER
    if not done:
        assert path.read_bytes() == (HERE / name).read_bytes()
        assert after == before
    elif readable and kind_of(load((HERE / name).read_bytes(), name).node) is not None:  # type: ignore[arg-type]
        assert len(after) <= len(before)
        assert {one.code for one in after} <= {one.code for one in before} | {"unknown_field"}


@pytest.mark.parametrize("name", WHOLE)
def test_a_mended_folder_has_fewer_problems(name: str, tmp_path: Path) -> None:
    for file, text in files_of(HERE / "whole" / name).items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, "utf-8")
    before = build(tmp_path).problems
    mended = mend_folder(tmp_path, lambda: build(tmp_path).problems)
    after = build(tmp_path).problems
    done = [problem for one in mended for problem in one.problems]
    assert all(gone(problem, after) for problem in done)
    assert not {problem.code for problem in done} & NEVER
    assert bool(done) == (after != before)
