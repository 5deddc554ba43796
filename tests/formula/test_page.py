"""The page's script gives the value that the server gives, to the last digit."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kehu.core.formula import Formula, FormulaError, bundled, compile_formula, kind_of, plain_value, portable

from .test_library import ENV as EXAMPLE_ENV
from .test_library import ROW as EXAMPLE
from .test_library import SCOPE as EXAMPLES
from .typed import FORMULAS, ODD_TEXTS
from .world import ENV, ROW, SCOPE
from .writing import CONDITIONS, ROWS

STATIC = Path(__file__).parents[2] / "core/web/static"
Script = Callable[[Formula, dict[str, Any]], Any]


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Script]:
    """The script in one long-lived process of Node; left out where Node is not installed."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    folder = tmp_path_factory.mktemp("script")
    (folder / "package.json").write_text('{"type": "module"}')
    for name in ("formula.js", "functions.js", "decimal.js", "days.js"):
        shutil.copy(STATIC / name, folder)
    command = [node, str(Path(__file__).with_name("page.mjs")), str(folder / "formula.js")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def ask(formula: Formula, row: dict[str, Any]) -> Any:
            assert process.stdin is not None
            assert process.stdout is not None
            fields = formula.scope.entity.fields
            asked = {
                "tree": portable(formula), "kind": kind_of(formula.tree.type),
                "row": {name: plain_value(value) for name, value in row.items()},
                "kinds": {name: kind_of(fields[name].result) for name in row if name in fields},
                "env": {"today": plain_value(ENV.today), "user": ENV.user},
            }  # fmt: skip
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            assert "error" not in answer, answer["error"]
            return answer["value"]

        yield ask
        process.stdin.close()


def agree(script: Script, formula: Formula, row: dict[str, Any], env: Any = ENV) -> None:
    here = formula.evaluate(row, env)
    here = here or None if isinstance(here, str) else here
    there = script(formula, row)
    there = there or None if isinstance(there, str) else there
    if formula.type == "yes_no":
        assert bool(there) is bool(here), formula.text
    elif isinstance(here, Decimal):
        assert there is not None, (formula.text, here)
        assert Decimal(there) == here, formula.text
    else:
        assert there == plain_value(here), formula.text


ODD_ROWS = st.builds(
    lambda row, name, tags: {**row, "name": name, "tags": tags},
    ROWS, st.none() | ODD_TEXTS.filter(bool), st.none() | st.lists(ODD_TEXTS.filter(bool), max_size=3),
)  # fmt: skip


def _tried(script: Script, text: str, row: dict[str, Any]) -> None:
    try:
        formula = compile_formula(text, SCOPE)
    except FormulaError:
        assume(False)
    assume(portable(formula) is not None)
    for each in (row, {}):
        agree(script, formula, each)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=FORMULAS, row=ODD_ROWS)
def test_the_page_works_out_what_the_server_works_out(script: Script, text: str, row: dict[str, Any]) -> None:
    _tried(script, text, row)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=CONDITIONS, row=ODD_ROWS)
def test_conditions_hold_in_the_page_where_they_hold_on_the_server(
    script: Script, text: str, row: dict[str, Any]
) -> None:
    _tried(script, text, row)


@pytest.mark.long
@settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=FORMULAS, row=ODD_ROWS)
def test_the_page_works_out_what_the_server_works_out_thousands_of_times(
    script: Script, text: str, row: dict[str, Any]
) -> None:
    _tried(script, text, row)


@pytest.mark.parametrize(
    "function", [each for each in bundled().functions.values() if each.in_page], ids=lambda each: each.name
)
def test_every_function_of_the_page_gives_its_example(script: Script, function: Any) -> None:
    formula = compile_formula(function.example.partition(" → ")[0], EXAMPLES)
    if portable(formula) is None:
        assert "orders" in formula.text or "NOW" in formula.text, "what it says of itself holds"
        return
    agree(script, formula, EXAMPLE, EXAMPLE_ENV)


@pytest.mark.parametrize(
    "text",
    [
        "COUNT(orders) > 1", 'owner.name = "x"', "NOW() > seen", "seen > TODAY()", "UPPER(name)", "TRIM(name)",
        "due in period", "limit > 1", "new_order.amount", "LAST(activities.at)", "TEXT(1 days)", "WORKDAYS(due, since)",
    ],
)  # fmt: skip
def test_what_only_the_server_knows_is_left_to_it(text: str) -> None:
    assert portable(compile_formula(text, SCOPE)) is None


@pytest.mark.parametrize(
    "text",
    [
        'LEN("👍🏽")', 'RIGHT("a👍", 1)', "ROUND(2.5) & ROUND(-2.5) & ROUND(0.5)", "0.1 + 0.2 = 0.3", "1 / 3 * 3",
        "2 / 3", "0 * -1", "ROUND(-0.4) & FIXED(-0.001)", "vip = false", "active = false", "name < empty = false",
        'CONTAINS("É", "é")', "DATE(10000, 1, 1)", "MONTH_END(DATE(2024, 2, 1))", "IN_HOURS(due - since)",
        "9999999999999999999999999999 + 0.5", "9999999999999999999999999998 + 0.5", "MOD(-7, 3)", "seen is empty",
    ],
)  # fmt: skip
def test_the_known_traps(script: Script, text: str) -> None:
    try:
        formula = compile_formula(text, SCOPE)
    except FormulaError:
        assert "name <" in text
        return
    agree(script, formula, ROW)
