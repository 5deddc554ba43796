"""Try JSON Schemas from anywhere as entities: which load, and why the others are refused.

    python bench/try_schemas.py FOLDER_OR_FILE…

Every ``*.json`` that has an object's ``properties`` is tried: read, written out again and read back. A schema that
loads but comes back as another one is a mistake of ours, and ends this with exit code 1.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kehu.core.problems import Problem, message
from kehu.core.schema.entity import Entity
from kehu.core.schema.json_schema import entity_to_json_schema, node_from_json_schema
from kehu.core.schema.loading import load
from kehu.core.schema.reading import read


def main() -> int:
    """Try them all, a line each."""
    counts = {"loads": 0, "refused": 0, "comes back as another": 0}
    for path in files(sys.argv[1:]):
        began = time.perf_counter()
        entity, problems = entity_of(path.read_bytes(), path.name)
        if entity is None:
            verdict, told = "refused", f"{problems[0].place}: {message(problems[0], 'en')}"
        else:
            again, _ = entity_of(json.dumps(entity_to_json_schema(entity)).encode(), path.name)
            verdict = "loads" if again == entity else "comes back as another"
            told = f"{len(entity.fields)} fields" + (", and a schema" if entity.schema_ else "")
        counts[verdict] += 1
        print(f"{verdict:8} {path.name} ({time.perf_counter() - began:.2f} s): {told}")
    print(", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
    return int(counts["comes back as another"] > 0)


def files(named: list[str]) -> Iterator[Path]:
    """The files that may be object schemas."""
    for name in named:
        path = Path(name)
        for one in sorted(path.rglob("*.json")) if path.is_dir() else [path]:
            if b'"properties"' in one.read_bytes():
                yield one


def entity_of(data: bytes, name: str) -> tuple[Entity | None, list[Problem]]:
    """The entity that a schema makes, or why it makes none."""
    loaded = load(data, name)
    if loaded.node is None:
        return None, list(loaded.problems)
    node, found = node_from_json_schema(loaded.node)
    problems = [problem for problem in found if problem.level == "error"]
    if node is None:
        return None, problems
    entity, more = read(node)
    return (entity if isinstance(entity, Entity) else None), [*problems, *more]


if __name__ == "__main__":
    sys.exit(main())
