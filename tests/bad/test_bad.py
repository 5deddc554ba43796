"""Broken definitions and the exact words that they earn, in Chinese and English.

A file here is one definition; a file in ``whole`` is a folder of them, each under a line ``# entities/deal.yaml``.
Beside each lie its words, ``name.zh.txt`` and ``name.en.txt``. After a change of words, write them anew with
``KEHU_WRITE_WORDS=1 pytest tests/bad`` and read the difference.
"""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kehu.core.catalog.building import build
from kehu.core.problems import Problem, render
from kehu.core.schema.loading import load
from kehu.core.schema.reading import read
from kehu.core.words import Language

HERE = Path(__file__).parent
FILES = sorted(path.name for path in HERE.iterdir() if path.suffix in (".yaml", ".json"))
WHOLE = sorted(path.name for path in (HERE / "whole").iterdir() if path.name.count(".") == 1)
LANGUAGES: tuple[Language, ...] = ("zh", "en")
KEHU = "workspace: bad\nplugins: []\n"


def problems_of(path: Path) -> tuple[Problem, ...]:
    loaded = load(path.read_bytes(), path.name)
    if loaded.node is None:
        return loaded.problems
    return (*loaded.problems, *read(loaded.node)[1])


def files_of(path: Path) -> dict[str, str]:
    """The files of a folder that one file stands for."""
    pieces = re.split(r"(?m)^# ([\w./-]+\.(?:yaml|json))\n", path.read_text("utf-8"))
    return {"kehu.yaml": KEHU, **dict(zip(pieces[1::2], pieces[2::2], strict=True))}


def laid_out(files: Mapping[str, str | bytes], folder: Path) -> Path:
    for name, text in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder


def source(name: str) -> str | None:
    try:
        return (HERE / name).read_text("utf-8")
    except UnicodeDecodeError:
        return None


def words(problems: tuple[Problem, ...], language: Language, text: Callable[[str], str | None]) -> str:
    return "\n\n".join(render(problem, language, text) for problem in problems) + "\n"


def compare(said: str, golden: Path) -> None:
    if os.environ.get("KEHU_WRITE_WORDS"):
        golden.write_text(said, "utf-8")
    assert said == golden.read_text("utf-8")


@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_earns_exactly_these_words(name: str) -> None:
    problems = problems_of(HERE / name)
    assert problems
    for language in LANGUAGES:
        compare(words(problems, language, source), HERE / f"{golden_name(name)}.{language}.txt")


def golden_name(name: str) -> str:
    """Without the suffix; a JSON file keeps it where a YAML file has the same name."""
    stem, _, suffix = name.rpartition(".")
    return name if suffix == "json" and f"{stem}.yaml" in FILES else stem


@pytest.mark.parametrize("name", WHOLE)
def test_a_broken_folder_earns_exactly_these_words(name: str, tmp_path: Path) -> None:
    files = files_of(HERE / "whole" / name)
    problems = build(laid_out(files, tmp_path)).problems
    assert problems
    assert all(problem.place is not None for problem in problems)
    for language in LANGUAGES:
        golden = HERE / "whole" / f"{name.removesuffix('.txt')}.{language}.txt"
        compare(words(problems, language, files.get), golden)


def test_there_are_enough_of_them() -> None:
    assert len(FILES) + len(WHOLE) >= 120
