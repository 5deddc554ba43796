"""What the pages say is true: their definitions load, their commands exist, their links lead somewhere."""

import ast
import importlib.util
import inspect
import re
import shlex
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest

import kehu
from kehu.core.catalog.building import build
from kehu.core.cli.commands import COMMANDS, root
from kehu.core.cli.terminal import Terminal
from kehu.core.hooks import Hooks
from kehu.core.problems import render
from kehu.core.schema.definition import Part
from kehu.core.schema.reading import KINDS
from kehu.core.schema.registry import FieldTypes

ROOT = Path(__file__).parents[2]
PAGES = [
    page.relative_to(ROOT).as_posix()
    for page in (
        ROOT / "README.md",
        ROOT / "README.zh.md",
        ROOT / "CONTRIBUTING.md",
        *sorted((ROOT / "docs").rglob("*.md")),
    )
]
PLUGINS = "[customers, funnel, orders, aftersales]"
MANIFEST = f"workspace: trial\nlanguage: en\nplugins: {PLUGINS}\n"


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs/reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.path.remove(str(ROOT / "docs"))
    return module


@pytest.mark.parametrize("page", PAGES)
def test_every_definition_loads_or_is_wrong_as_told(page: str, blocks_of: Any, tmp_path: Path) -> None:
    files = {"kehu.yaml": MANIFEST}
    defining = [
        block for block in blocks_of(page) if block.kind == "yaml" or (block.kind == "python" and block.file)
    ]
    if any(order.startswith("insert") for block in defining for order in block.orders):
        return  # its files grow step by step; test_tours does these steps, and checks
    for number, block in enumerate(defining):
        assert block.file, f"say in its first line which file this is:\n{block.text}"
        wrong = [order.removeprefix("wrong: ") for order in block.orders if order.startswith("wrong: ")]
        if wrong:
            codes = [
                problem.code
                for problem in problems_of(tmp_path / f"wrong{number}", {**files, block.file: block.text})
            ]
            assert codes == wrong
        else:
            files[block.file] = block.text
    found = problems_of(tmp_path / "right", files)
    assert [render(problem, "en") for problem in found if problem.level == "error"] == []


def problems_of(folder: Path, files: dict[str, str]) -> list[Any]:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return list(build(folder).problems)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_key_of_every_kind_of_definition_is_shown(kind: str, language: str, blocks_of: Any) -> None:
    shown = "\n".join(
        block.text
        for block in blocks_of(f"docs/{language}/definitions.md")
        if re.search(rf"^{kind}:", block.text, re.M)
    )
    assert {key for key in keys(KINDS[kind]) if not re.search(rf"(?<!\w){key}:", shown)} == NOT_YET.get(
        kind, set()
    )


NOT_YET = {
    "entity": set(),
    "automation": {"run", "with"},  # shown in the guide for plugins, where actions come from
}


def keys(model: type[Any]) -> set[str]:
    """The keys of a definition and of the parts inside it."""
    found = set()
    for name, info in model.model_fields.items():
        found.add(info.alias or name)
        for part in parts_in(info.annotation):
            found |= keys(part)
    return found


def parts_in(annotation: Any) -> list[type[Any]]:
    if isinstance(annotation, type) and issubclass(annotation, Part) and annotation.__name__ != "Field":
        return [annotation]
    return [part for inner in getattr(annotation, "__args__", ()) for part in parts_in(inner)]


def test_the_reference_is_current(reference: ModuleType) -> None:
    behind = [
        page.name
        for page in sorted((ROOT / "docs").glob("*/*.md"))
        if page.read_text("utf-8") != reference.current(page)
    ]
    assert behind == [], "run: python docs/reference.py"


def test_every_field_type_is_described(reference: ModuleType) -> None:
    assert set(reference.FIELD_TYPES) == set(FieldTypes.bundled())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_hook_is_documented_with_its_signature(language: str) -> None:
    text = (ROOT / f"docs/{language}/hooks.md").read_text("utf-8")
    documented = {
        name: [p.partition(":")[0].strip() for p in given.split(",") if p]
        for name, given in re.findall(r"^def (kehu_\w+)\((.*?)\)", text, re.M)
    }
    specified = {
        name: [p for p in inspect.signature(hook).parameters if p != "self"]
        for name, hook in vars(Hooks).items()
        if name.startswith("kehu_")
    }
    assert documented == specified


@pytest.mark.parametrize("page", PAGES)
def test_every_command_exists_with_its_options(page: str, blocks_of: Any) -> None:
    group = root(Terminal("en"))
    context = click.Context(group, obj=Terminal("en"))
    for block in blocks_of(page):
        for line in (
            re.findall(r"(?:^\$ |&& )(?:\S*/)?(kehu .*)$", block.text, re.M)
            if block.kind == "console"
            else ()
        ):
            _, name, *rest = shlex.split(line.split(" && ")[0])
            command = group.get_command(context, name)
            assert command is not None, line
            if isinstance(command, click.Group):
                command = command.commands[rest.pop(0)]
            known = {option for param in command.params for option in (*param.opts, *param.secondary_opts)}
            given = {word.partition("=")[0] for word in rest if word.startswith("--")}
            assert given <= known | {"--lang", "--debug", "--help"}, line
    assert COMMANDS


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", (ROOT / page).read_text("utf-8")):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        file = ((ROOT / page).parent / path).resolve() if path else ROOT / page
        assert file.exists(), target
        if anchor:
            text = file.read_text("utf-8")
            headings = {slug(line) for line in re.findall(r"^#+ (.*)$", text, re.M)}
            assert anchor in headings | set(re.findall(r'<a id="(\w+)">', text)), target


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def test_both_languages_have_the_same_pages() -> None:
    assert {p.name for p in (ROOT / "docs/en").iterdir()} == {p.name for p in (ROOT / "docs/zh").iterdir()}


@pytest.mark.parametrize("page", [page for page in PAGES if page.endswith("plugins.md")])
def test_what_a_page_imports_is_on_the_face(page: str, blocks_of: Any) -> None:
    for block in blocks_of(page):
        for node in (
            ast.walk(ast.parse(block.text)) if block.kind == "python" and "from kehu" in block.text else ()
        ):
            if isinstance(node, ast.ImportFrom) and node.module == "kehu":
                assert {alias.name for alias in node.names} <= set(kehu.__all__)


def test_every_picture_is_small_enough() -> None:
    pictures = {picture.name: picture.stat().st_size for picture in (ROOT / "docs/images").iterdir()}
    assert {name: size for name, size in pictures.items() if size > 300_000} == {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_guide_s_action_awards_points(language: str, blocks_of: Any, kehu_app: Any) -> None:
    blocks = [
        block
        for block in blocks_of(f"docs/{language}/plugins.md")
        if block.kind in ("yaml", "python") and block.file
    ]
    app = kehu_app({block.file: block.text for block in blocks})
    records, context = app.now.records, app.context("api")
    customer = records.create(context, "customer", {"name": "Acme", "phone": "010-5555 0101"}).row["id"]
    shipped = {"customer": customer, "amount": 1200, "status": "shipped"}
    order = records.create(context.through("import"), "order", shipped).row
    records.update(context, "order", order["id"], {"status": "delivered"})
    assert records.get(context, "customer", customer)["points"] == 12
