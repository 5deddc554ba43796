"""The bundled definitions load, speak both languages, hang together, and say what the mission asks."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import kehu
from kehu.core.catalog.building import build
from kehu.core.catalog.catalog import Catalog
from kehu.core.problems import Problem, render
from kehu.core.schema.loading import load
from kehu.core.schema.nodes import Node
from kehu.core.schema.reading import read

HOME = Path(kehu.__file__).parent
PLUGINS = ("customers", "funnel", "orders", "aftersales")
FILES = sorted(
    path
    for folder in (HOME / "core" / "definitions", HOME / "plugins", HOME / "templates")
    for path in folder.rglob("*.yaml")
)
SPOKEN = {"label", "plural", "help", "message", "means", "description"}


def _name(path: Path) -> str:
    return path.relative_to(HOME).as_posix()


def _tree(path: Path) -> Node:
    loaded = load(path.read_bytes(), _name(path), "core")
    assert not loaded.problems
    assert loaded.node is not None
    return loaded.node


def _workspace(folder: Path, plugins: tuple[str, ...]) -> Path:
    names = ", ".join(plugins)
    (folder / "kehu.yaml").write_text(f"workspace: trial\nplugins: [{names}]\n", encoding="utf-8")
    return folder


def _told(problems: tuple[Problem, ...]) -> str:
    return "\n".join(render(problem, "en") for problem in problems)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    built = build(HOME / "templates" / "general")
    assert built.catalog is not None, _told(built.problems)
    return built.catalog


def _texts(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value that people read, by its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            # A field may be called `description` too: that is a map with a type.
            if key in SPOKEN and not (isinstance(item, dict) and "type" in item):
                yield (*path, key), item
            else:
                yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _texts(item, (*path, str(position)))


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_every_definition_reads_without_a_problem(path: Path) -> None:
    tree = _tree(path)
    if "extend" not in tree.plain():
        definition, problems = read(tree)
        assert definition is not None, _told(problems)


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_everything_that_people_read_is_in_both_languages(path: Path) -> None:
    for where, text in _texts(_tree(path).plain()):
        assert isinstance(text, dict), where
        assert set(text) == {"zh", "en"}, where
        assert all(str(each).strip() for each in text.values()), where


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_file_is_named_after_what_it_defines(path: Path) -> None:
    if path.name in ("kehu.yaml", "plugin.yaml"):
        return
    named = next(iter(_tree(path).plain().values()))
    assert path.stem == named


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_every_field_option_stage_and_section_has_a_label(path: Path) -> None:
    plain = _tree(path).plain()
    if "extend" in plain:
        return
    fields = plain["fields"] if "entity" in plain and "fields" in plain else {}
    parts = [*fields.items(), *plain.get("stages", {}).items()]
    for field in fields.values():
        parts += field.get("options", {}).items()
    parts += [(section.get("slot"), section) for section in plain.get("sections", [])]
    assert [name for name, part in parts if "label" not in part] == []


@pytest.mark.parametrize("count", range(1, len(PLUGINS) + 1))
def test_each_plugin_stands_on_the_ones_it_needs_and_no_others(count: int, tmp_path: Path) -> None:
    built = build(_workspace(tmp_path, PLUGINS[:count]))
    assert built.catalog is not None, _told(built.problems)
    assert _told(built.problems) == ""


def test_asking_for_after_sales_brings_the_plugins_it_needs(tmp_path: Path) -> None:
    built = build(_workspace(tmp_path, ("aftersales",)))
    assert built.catalog is not None, _told(built.problems)
    assert {"customer", "deal", "order", "ticket"} <= set(built.catalog.entities)


def test_the_template_has_no_problem() -> None:
    built = build(HOME / "templates" / "general")
    assert _told(built.problems) == ""


@pytest.mark.parametrize(
    ("metric", "unit", "better", "target"),
    [
        ("customer_conversion", "percent", "higher", "0.2"),
        ("average_spend", "money", "higher", "5000"),
        ("sales_cycle", "days", "lower", "30"),
        ("sales", "money", "higher", "1000000"),
        ("satisfaction", "percent", "higher", "0.9"),
        ("new_customers", "number", "higher", "50"),
        ("order_handling_time", "days", "lower", "2"),
    ],
)
def test_the_target_tables_stand_as_metrics(
    catalog: Catalog, metric: str, unit: str, better: str, target: str
) -> None:
    found = catalog.metrics[metric]
    assert (found.unit, found.better, found.target) == (unit, better, Decimal(target))


def test_the_three_traps_are_avoided(catalog: Catalog) -> None:
    assert catalog.metrics["customer_conversion"].of == "customer"
    assert catalog.metrics["average_spend"].ratio == ("sales", "buying_customers")
    assert (catalog.metrics["buying_customers"].of, catalog.metrics["buying_customers"].count) == (
        "order",
        "customer",
    )
    assert "first_contact_at" in (catalog.metrics["sales_cycle"].average or "")


# The columns of the benchmark's files, and what each means here.
IMPORTED = {
    "customer": {
        "name": "name", "industry": "industry", "tier": "class", "region": "region", "phone": "phone",
        "email": "email", "owner": "owner", "note": "note",
    },
    "deal": {
        "customer": "customer", "title": "title", "stage": "stage", "amount": "amount",
        "probability": "probability", "expected_close": "expected_close", "owner": "owner",
    },
    "order": {
        "customer": "customer", "number": "number", "amount": "amount", "status": "status",
        "ordered_at": "ordered_at",
    },
    "ticket": {
        "customer": "customer", "order": "order", "subject": "subject",
        "priority": "priority", "status": "status", "opened_at": "opened_at",
        "closed_at": "closed_at", "satisfaction": "satisfaction",
    },
}  # fmt: skip
SPELLINGS = {
    ("customer", "class"): ("strategic", "key", "standard", "trial"),
    ("customer", "region"): ("华东", "华南", "华北", "华中", "西南", "西北", "东北", "港澳台", "海外"),
    ("customer", "industry"): (
        "manufacturing", "technology", "finance", "healthcare", "education", "retail", "logistics", "energy",
    ),
    ("deal", "stage"): ("lead", "qualified", "proposal", "negotiation", "won", "lost"),
    ("order", "status"): ("draft", "confirmed", "shipped", "completed", "cancelled"),
    ("ticket", "priority"): ("low", "normal", "high", "urgent"),
    ("ticket", "status"): ("open", "pending", "resolved", "closed"),
}  # fmt: skip


@pytest.mark.parametrize("entity", IMPORTED)
def test_a_usual_table_can_be_imported_by_its_headings(catalog: Catalog, entity: str) -> None:
    fields = catalog.entities[entity].fields
    for heading, name in IMPORTED[entity].items():
        meant = [field for field, kind in fields.items() if heading == field or heading in kind.also]
        assert meant == [name]
    required = {name for name, field in fields.items() if field.required and field.default is None}
    assert required <= set(IMPORTED[entity].values())


@pytest.mark.parametrize(("entity", "field"), SPELLINGS)
def test_usual_spellings_of_options_are_understood(catalog: Catalog, entity: str, field: str) -> None:
    kind = catalog.entities[entity].fields[field]
    for text in SPELLINGS[entity, field]:
        assert kind.coerce(text) in kind.options  # type: ignore[attr-defined]
    assert catalog.entities["deal"].fields["probability"].coerce("52") == Decimal("0.52")


def test_two_customers_may_have_the_same_name(catalog: Catalog) -> None:
    assert catalog.entities["customer"].unique == ()


def test_gates_let_old_deals_in_but_a_won_deal_has_an_amount(catalog: Catalog) -> None:
    on_creation = {
        gate.gate: gate.require
        for flow in catalog.flows.values()
        for gate in flow.gates
        if gate.from_ is None
    }
    assert on_creation == {"amount_is_known": ("amount",)}
