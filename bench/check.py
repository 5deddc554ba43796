"""Check 1,000 definition files, and say how long it took.

    python bench/check.py [FILES]

It makes a workspace of entities with links, rollups and formulas, and of forms, views, flows and metrics on them, in a
temporary folder, and runs the check cold in a new process and warm in this one, as a server does after an edit.
Target: 1,000 files in 5 s.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kehu.core.catalog.building import build
from kehu.core.catalog.sources import FileReader

EACH = 5
"""Files for one entity: itself, its form, its view, its flow, a metric."""


def files(entities: int) -> dict[str, str]:
    """The files of the workspace, by path."""
    made = {"kehu.yaml": "workspace: bench\nplugins: []\n"}
    for i in range(entities):
        other = f"thing{(i + 1) % entities}"
        made[f"entities/thing{i}.yaml"] = (
            f"entity: thing{i}\nlabel: {{zh: 东西 {i}, en: Thing {i}}}\nfields:\n"
            "  name: {type: text, label: {zh: 名称, en: Name}, required: true}\n"
            "  amount: {type: money, label: {zh: 金额, en: Amount}}\n"
            "  share: {type: percent, label: {zh: 份额, en: Share}}\n"
            "  since: {type: date, label: {zh: 自从, en: Since}}\n"
            "  kind: {type: choice, label: {zh: 种类, en: Kind}, options: [good, better, best]}\n"
            f"  next: {{type: link, to: {other}, label: {{zh: 下一个, en: Next}}}}\n"
            f"  stage: {{type: stage, flow: flow{i}, label: {{zh: 阶段, en: Stage}}}}\n"
            f"  before: {{type: children, of: thing{(i - 1) % entities}.next}}\n"
            f"  total: {{type: rollup, sum: thing{(i - 1) % entities}.amount}}\n"
            "  part: {type: formula, formula: 'IF(amount > 1000, ROUND(amount * share, 2), amount)'}\n"
            'rules:\n  - {rule: has_amount, when: kind = "best", require: [amount]}\n'
        )
        made[f"forms/thing{i}.yaml"] = (
            f"form: thing{i}\nentity: thing{i}\nsections:\n  - fields: [name, amount, share, kind]\n"
            '  - {show: kind = "best", fields: [since, next]}\n'
        )
        made[f"views/thing{i}.yaml"] = (
            f"view: thing{i}\nentity: thing{i}\ncolumns: [name, amount, stage, total]\nsort: [-amount]\n"
            'where: amount > 0 and kind <> "good"\n'
        )
        made[f"flows/flow{i}.yaml"] = (
            f"flow: flow{i}\nentity: thing{i}\nfield: stage\nstages: {{a: {{}}, b: {{}}, c: {{outcome: won}}}}\n"
            "gates:\n  - {gate: worth, to: c, require: [amount], check: amount > 100}\n"
        )
        made[f"metrics/metric{i}.yaml"] = (
            f"metric: metric{i}\nlabel: M {i}\nof: thing{i}\nsum: amount\nunit: money\nby: [kind]\n"
        )
    return made


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory(prefix="kehu-bench-") as made:
        folder = Path(made)
        for name, text in files(count // EACH).items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        start = time.perf_counter()
        done = subprocess.run(
            [Path(sys.executable).parent / "kehu", "check", folder],
            capture_output=True,
            text=True,
            check=False,
        )
        cold = time.perf_counter() - start
        print(done.stdout.strip())
        reader = FileReader()
        build(folder, reader)
        (folder / "views" / "thing0.yaml").touch()
        start = time.perf_counter()
        built = build(folder, reader)
        warm = time.perf_counter() - start
        problems = len(built.problems)
        print(
            f"{count} files, {problems} problems: kehu check {cold:.2f} s; again in a running process {warm:.2f} s"
        )


if __name__ == "__main__":
    main()
