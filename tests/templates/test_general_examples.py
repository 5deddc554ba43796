"""The examples that stand in the template's comments work as they say when the ``#`` is taken away."""

import re
import shutil
from pathlib import Path

import kehu
from kehu.core.catalog.building import build
from kehu.core.problems import render

GENERAL = Path(kehu.__file__).parent / "templates" / "general"
EXAMPLE = re.compile(r"^( *)# (?=\w+:(?: \{|$)|  - \{)", re.MULTILINE)


def test_commented_examples_work(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    shutil.copytree(GENERAL, folder)
    for name in ("entities/customer.yaml", "flows/sales.yaml"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(EXAMPLE.sub(r"\1", text), encoding="utf-8")
    built = build(folder)
    assert built.catalog is not None, [render(problem, "en") for problem in built.problems]
    assert built.problems == ()

    fields = list(built.catalog.entities["customer"].fields)
    assert fields[fields.index("class") + 1] == "vip_since"
    assert "budget_month" in fields

    flow = built.catalog.flows["sales"]
    stages = list(flow.stages)
    assert stages[stages.index("proposal") + 1] == "trial"
    leads = {stage: move.to for move in flow.moves or () for stage in move.from_}
    assert "trial" in leads["proposal"]
    assert "won" in leads["trial"]
    assert "needs" in leads["contact"], "the lines of the plugin for other stages stay"
