"""The schemas for editors say what the models say: our own files are right, mistakes are found, every key is told of."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import jsonschema
import pytest
from pydantic import BaseModel

from kehu.core.catalog.building import build
from kehu.core.catalog.editors.files import set_lines, without_line, write_schemas
from kehu.core.catalog.editors.schemas import editor_schemas, field_types
from kehu.core.catalog.sources import sources_in
from kehu.core.catalog.templates import find_templates
from kehu.core.hooks import hookimpl, plugin_manager
from kehu.core.schema.fields.field import Field
from kehu.core.schema.loading import load
from kehu.core.schema.reading import KINDS
from kehu.core.schema.registry import FieldTypes
from kehu.core.words.editors import KEYS
from kehu.core.words.editors import KINDS as ABOUT

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    built = build(find_templates()["general"])
    return editor_schemas(field_types(built.hooks), "zh", built.catalog)


def definitions() -> Iterator[tuple[str, Path]]:
    """Every definition that comes with Kehu: kind, file."""
    for home in (ROOT / "core" / "definitions", *(ROOT / "plugins").iterdir(), *find_templates().values()):
        yield from ((source.kind, source.path) for source in sources_in(home, ""))
        yield from (("plugin", path) for path in home.glob("plugin.yaml"))
        yield from (("workspace", path) for path in home.glob("kehu.yaml"))


def problems(schema: Any, text: str) -> list[str]:
    loaded = load(text, "x.yaml")
    assert loaded.node is not None
    found = jsonschema.Draft7Validator(schema).iter_errors(loaded.node.plain())
    return [str(list(error.absolute_path)) for error in found]


@pytest.mark.parametrize(("kind", "path"), list(definitions()), ids=lambda one: getattr(one, "stem", one))
def test_what_comes_with_kehu_is_right(kind: str, path: Path, schemas: dict[str, Any]) -> None:
    assert problems(schemas[kind], path.read_text("utf-8")) == []


def test_the_schemas_are_schemas(schemas: dict[str, Any]) -> None:
    assert set(schemas) == set(KINDS)
    for schema in schemas.values():
        jsonschema.Draft7Validator.check_schema(schema)
        assert len(json.dumps(schema)) < 300_000


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("entity", "entity: a\nfields: {n: {type: txt}}"),
        ("entity", "entity: a\nfields: {n: {type: text, decimals: 2}}"),
        ("entity", "entity: a\nfields: {n: {required: true}}"),
        ("entity", "entity: A b\nfields: {n: {type: text}}"),
        ("entity", "extend: customer\nfields: {n: {requird: true}}"),
        ("form", "form: f\nentity: a\nuse: [creat]"),
        ("view", "view: v\nentity: a\nkind: table"),
        ("flow", "flow: f\nentity: a\nfield: s\nstages: {x: {outcome: win}}"),
        ("metric", "metric: m\nlabel: M\nunit: euros"),
        ("dashboard", "dashboard: d\nlabel: D\nitems: [{metric: m, width: 7}]"),
        ("role", "role: r\ncan: {customer: {read: mine}}"),
        ("role", "role: r\ncan: {customer: {read: all, mask: {phone: [x]}}}"),
        ("role", "role: r\ncan: {customer: {read: all, mask: [A b]}}"),
        ("workspace", "workspace: w\nlanguage: fr"),
        ("plugin", "plugin: p"),
    ],
)  # fmt: skip
def test_a_mistake_is_found(kind: str, text: str, schemas: dict[str, Any]) -> None:
    assert problems(schemas[kind], text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("entity", "extend: customer\nfields: {fax: remove, phone: {required: true}, wechat: {type: text, after: phone}}"),
        ("entity", "extend: nothing_yet\nrules: remove"),
        ("form", "form: f\nentity: not_yet\nsections: [{fields: [a, {field: b, require: a > 1}]}]"),
        ("automation", "automation: a\non: deal created\ndo: [{notify: owner, message: {zh: 好, en: Good}}]"),
    ],
)  # fmt: skip
def test_what_is_right_but_not_known_yet_is_no_mistake(kind: str, text: str, schemas: dict[str, Any]) -> None:
    assert problems(schemas[kind], text) == []


def test_a_plugins_field_type_is_among_them() -> None:
    class Weight(FieldTypes.bundled()["number"]):  # type: ignore[misc]
        """How heavy it is."""

        type_name = "weight"

        grams: bool = False

    schema = editor_schemas(FieldTypes.bundled().extended([Weight]), "en")["entity"]
    assert problems(schema, "entity: a\nfields: {w: {type: weight, grams: true, min: 1}}") == []
    kinds = schema["definitions"]["Field"]["properties"]["type"]
    assert dict(zip(kinds["enum"], kinds["enumDescriptions"], strict=True))["weight"] == "How heavy it is."


def test_a_plugin_that_fails_takes_no_field_type_away() -> None:
    class Broken:
        @hookimpl
        def kehu_field_types(self) -> list[Any]:
            raise RuntimeError("broken")

    hooks = plugin_manager()
    hooks.register(Broken())
    assert set(field_types(hooks)) == set(FieldTypes.bundled())


def models() -> dict[str, type[BaseModel]]:
    """Every class of which a definition is made, by name."""
    from kehu.core.catalog.editors.models import Models

    found: dict[str, type[BaseModel]] = {}

    class Listing(Models):
        def _part(self, model: type[BaseModel], over: bool) -> Any:
            found[model.__name__] = model
            return super()._part(model, over)

    listing = Listing(FieldTypes.bundled(), "en", lambda *_: {})
    for model in KINDS.values():
        listing.reference(model)
    return found


@pytest.mark.parametrize("reach", ["own", "team and below", "true", "false", "=budget > 3"])
@pytest.mark.parametrize("mask", ["phone", "[phone]", "{phone: budget > 3}"])
def test_every_way_to_give_a_right_is_right(reach: str, mask: str, schemas: dict[str, Any]) -> None:
    assert problems(schemas["role"], f"role: r\ncan: {{customer: {{read: {reach}, mask: {mask}}}}}") == []


@pytest.mark.parametrize("model", models().values(), ids=lambda model: model.__name__)
def test_every_key_is_told_of(model: type[BaseModel]) -> None:
    classes = [kind.__name__ for kind in model.__mro__]
    keys = [info.alias or name for name, info in model.model_fields.items()]
    assert get_type_hints(model)
    untold = [key for key in keys if key not in KEYS and not any(f"{name}.{key}" in KEYS for name in classes)]
    assert untold == []
    assert set(ABOUT) == set(KINDS)
    assert issubclass(Field, BaseModel)


def test_writing_again_changes_nothing_and_takes_away_what_is_stale(
    tmp_path: Path, schemas: dict[str, Any]
) -> None:
    settings = tmp_path / ".vscode" / "settings.json"
    settings.parent.mkdir()
    mine = {
        "editor.tabSize": 2,
        "yaml.schemas": {"mine.json": "x.yaml"},
        "json.schemas": [{"url": "mine.json"}],
    }
    settings.write_text(json.dumps(mine, indent=4))
    assert len(write_schemas(tmp_path, schemas).files) == len(KINDS) + 1
    merged = json.loads(settings.read_text("utf-8"))
    assert merged["editor.tabSize"] == 2
    assert merged["yaml.schemas"]["mine.json"] == "x.yaml"
    assert merged["json.schemas"][0] == {"url": "mine.json"}
    assert merged["yaml.schemas"][".kehu/schemas/entity.json"][0] == "entities/**/*.yaml"
    (tmp_path / ".kehu" / "schemas" / "gone.json").write_text("{}")
    assert [path.name for path in write_schemas(tmp_path, schemas).files] == ["gone.json"]
    assert write_schemas(tmp_path, schemas).files == ()


def test_settings_with_comments_are_left_as_they_are(tmp_path: Path, schemas: dict[str, Any]) -> None:
    settings = tmp_path / ".vscode" / "settings.json"
    settings.parent.mkdir()
    settings.write_text("{\n  // mine\n}\n")
    assert write_schemas(tmp_path, schemas).settings_left
    assert settings.read_text() == "{\n  // mine\n}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"entity: a\n", b"# yaml-language-server: $schema=../.kehu/schemas/entity.json\nentity: a\n"),
        (b"# c\r\nentity: a\r\n", b"# yaml-language-server: $schema=../.kehu/schemas/entity.json\r\n# c\r\nentity: a\r\n"),
        (b"\xef\xbb\xbfentity: a\n", b"\xef\xbb\xbf# yaml-language-server: $schema=../.kehu/schemas/entity.json\nentity: a\n"),
        (
            b"# yaml-language-server: $schema=.kehu/schemas/entity.json\nentity: a\n",
            b"# yaml-language-server: $schema=../.kehu/schemas/entity.json\nentity: a\n",
        ),
        (b"# yaml-language-server: $schema=mine.json\nentity: a", b"# yaml-language-server: $schema=mine.json\nentity: a"),
    ],
)  # fmt: skip
def test_the_line_is_put_on_top_and_nothing_else_touched(tmp_path: Path, before: bytes, after: bytes) -> None:
    path = tmp_path / "entities" / "a.yaml"
    path.parent.mkdir()
    path.write_bytes(before)
    set_lines(tmp_path)
    assert path.read_bytes() == after
    assert set_lines(tmp_path) == []
    assert without_line(tmp_path) == []
