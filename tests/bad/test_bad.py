"""Broken definition files and the exact words that they earn, in Chinese and English.

Each file here has its words beside it: ``name.zh.txt`` and ``name.en.txt``. After a change of words, write them anew
with ``KEHU_WRITE_WORDS=1 pytest tests/bad`` and read the difference.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kehu.core.problems import Problem, render
from kehu.core.schema.loading import load
from kehu.core.schema.reading import read
from kehu.core.words import Language

HERE = Path(__file__).parent
FILES = sorted(path.name for path in HERE.iterdir() if path.suffix in (".yaml", ".json"))
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def problems_of(path: Path) -> tuple[Problem, ...]:
    loaded = load(path.read_bytes(), path.name)
    if loaded.node is None:
        return loaded.problems
    return (*loaded.problems, *read(loaded.node)[1])


def source(name: str) -> str | None:
    try:
        return (HERE / name).read_text("utf-8")
    except UnicodeDecodeError:
        return None


def words(path: Path, language: Language, text: Callable[[str], str | None]) -> str:
    return "\n\n".join(render(problem, language, text) for problem in problems_of(path)) + "\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_earns_exactly_these_words(name: str, language: Language) -> None:
    said = words(HERE / name, language, source)
    golden = HERE / f"{name.rpartition('.')[0]}.{language}.txt"
    if os.environ.get("KEHU_WRITE_WORDS"):
        golden.write_text(said, "utf-8")
    assert said == golden.read_text("utf-8")


@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_has_a_problem(name: str) -> None:
    assert problems_of(HERE / name)
