"""``kehu check``: for people and programs, with mends on request, and with an eye on the records."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from kehu.core.app import App

from .typed import REPOSITORY, Kehu

BROKEN = """\
# ours
extend: customer
fields:
  wechat: {typ: text, label: "微信,号"}   # new
  phone: {required: yes}
"""
SARIF = {
    "type": "object",
    "required": ["version", "runs", "$schema"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "properties": {
                                                "shortDescription": {"type": "object", "required": ["text"]}
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": {"type": "object", "required": ["text"]},
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "properties": {
                                            "physicalLocation": {
                                                "type": "object",
                                                "required": ["artifactLocation"],
                                                "properties": {
                                                    "artifactLocation": {
                                                        "type": "object",
                                                        "properties": {
                                                            "uri": {"type": "string", "pattern": "^[^ :]+$"}
                                                        },
                                                    },
                                                    "region": {
                                                        "type": "object",
                                                        "properties": {
                                                            "startLine": {"type": "integer", "minimum": 1},
                                                            "startColumn": {"type": "integer", "minimum": 1},
                                                            "endColumn": {"type": "integer", "minimum": 1},
                                                        },
                                                    },
                                                },
                                            }
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
"""The part of the SARIF 2.1.0 schema (OASIS, sarif-schema-2.1.0.json) that a log of ours can touch."""


@pytest.fixture
def broken(acme: Path) -> Path:
    path = acme / "entities" / "ours.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(BROKEN, "utf-8")
    return path


def test_sarif_is_as_its_schema_says(kehu: Kehu, broken: Path) -> None:
    said = kehu("check", "--format", "sarif")
    assert said.code == 1
    log = json.loads(said.out)
    Draft7Validator(SARIF).validate(log)
    results = log["runs"][0]["results"]
    assert [(one["ruleId"], one["level"]) for one in results] == [
        ("unknown_key", "error"),
        ("expected_true_or_false", "error"),
    ]
    location = results[0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "entities/ours.yaml"
    assert location["region"] == {"startLine": 4, "startColumn": 12, "endColumn": 15}
    rules = [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]
    assert [rules[one["ruleIndex"]] for one in results] == [one["ruleId"] for one in results]


def test_github_is_told_line_by_line_and_nothing_breaks_a_command(kehu: Kehu, broken: Path) -> None:
    broken.rename(broken.with_name("100%,ours.yaml"))
    lines = kehu("check", "--format", "github").out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(
        "::error title=kehu unknown_key,file=entities/100%25%2Cours.yaml,line=4,col=12,endColumn=15::"
    )
    assert "typ" in lines[0].rpartition("::")[2]


def test_nothing_wrong_is_said_in_every_shape(kehu: Kehu, acme: Path) -> None:
    assert json.loads(kehu("check", "--format", "json").out) == []
    assert json.loads(kehu("check", "--format", "sarif").out)["runs"][0]["results"] == []
    assert kehu("check", "--format", "github").out.strip() == ""


def test_fix_mends_what_is_certain_and_shows_it(kehu: Kehu, broken: Path) -> None:
    said = kehu("check", "--fix")
    assert said.code == 0
    assert '-  wechat: {typ: text, label: "微信,号"}   # new' in said.out
    assert '+  wechat: {type: text, label: "微信,号"}   # new' in said.out
    assert "改掉 2 处问题" in said.out
    assert broken.read_text("utf-8") == BROKEN.replace("typ:", "type:").replace("yes", "true")


def test_fix_leaves_alone_what_only_a_person_knows(kehu: Kehu, broken: Path) -> None:
    text = "extend: customer\nfields:\n  wechat: {label: 微信, label: 微信号}\n"
    broken.write_text(text, "utf-8")
    said = kehu("check", "--fix")
    assert said.code == 1
    assert "没有能确定怎么改的问题" in said.out
    assert broken.read_text("utf-8") == text


def test_fix_mends_a_file_that_cannot_be_read_yet(kehu: Kehu, broken: Path) -> None:
    broken.write_bytes("extend: customer\nfields:\n\twechat：{type: 文本，label: 微信}\n".encode("gbk"))
    said = kehu("check", "--fix")
    assert (said.code, broken.read_text("utf-8")) == (
        0,
        "extend: customer\nfields:\n  wechat: {type: text, label: 微信}\n",
    )


def test_fix_says_what_it_did_aside_when_a_program_reads(kehu: Kehu, broken: Path) -> None:
    said = kehu("check", "--fix", "--format", "json")
    assert json.loads(said.out) == []
    assert "+  phone: {required: true}" in said.err


@pytest.fixture(params=["tinydb", "sqlite"])
def held(acme: Path, request: pytest.FixtureRequest) -> tuple[Path, str]:
    """A workspace whose records hold a value of a field and an option."""
    entity = (
        "entity: visit\nfields:\n  name: {type: text}\n  kind: {type: choice, options: [first, second]}\n"
    )
    (acme / "entities").mkdir(exist_ok=True)
    (acme / "entities" / "visit.yaml").write_text(entity, "utf-8")
    kehu_yaml = acme / "kehu.yaml"
    kehu_yaml.write_text(
        kehu_yaml.read_text("utf-8").replace("store: tinydb", "") + f"\nstore: {request.param}\n"
    )
    app = App(acme)
    with app.now.records.unit(app.context("seed")) as unit:
        unit.create("visit", {"name": "Ada", "kind": "second"})
    app.close()
    return acme, entity


def fingerprint(folder: Path) -> dict[str, Any]:
    return {
        path.name: (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_records_that_stand_in_the_way_are_told_and_not_touched(kehu: Kehu, held: tuple[Path, str]) -> None:
    folder, entity = held
    before = fingerprint(folder / "data")
    assert kehu("check").code == 0
    path = folder / "entities" / "visit.yaml"
    path.write_text(entity.replace("name: {type: text}", "name: {type: number}"), "utf-8")
    said = kehu("check")
    assert said.code == 1
    assert "column_changed_kind" in said.out
    assert "entities/visit.yaml:3" in said.out
    path.write_text(entity.replace("[first, second]", "[first]"), "utf-8")
    assert "option_in_use" in kehu("check").out
    assert kehu("check", "--no-data").code == 0
    assert fingerprint(folder / "data") == before


def test_a_running_server_s_records_are_left_alone(kehu: Kehu, held: tuple[Path, str]) -> None:
    folder, _ = held
    app = App(folder)
    try:
        said = kehu("check")
        assert said.code == 0
        assert ("data_in_use" in said.out) == ((folder / "data" / "journal").exists())
    finally:
        app.close()


@pytest.mark.parametrize("name", ["every-field"])
def test_the_examples_of_the_documentation_have_no_mistakes(kehu: Kehu, name: str) -> None:
    assert kehu("check", str(REPOSITORY / "docs" / "examples" / name)).code == 0


@pytest.mark.parametrize(
    "name", sorted(path.name for path in (REPOSITORY / "templates").iterdir() if path.is_dir())
)
def test_every_template_has_no_mistakes_and_no_warnings(kehu: Kehu, name: str) -> None:
    if (REPOSITORY / "templates" / name / "kehu.yaml").is_file():
        assert json.loads(kehu("check", "--format", "json", str(REPOSITORY / "templates" / name)).out) == []


@pytest.mark.parametrize(
    "name", sorted(path.parent.name for path in (REPOSITORY / "plugins").glob("*/plugin.yaml"))
)
def test_every_bundled_plugin_has_no_mistakes_and_no_warnings(kehu: Kehu, name: str) -> None:
    assert json.loads(kehu("check", "--format", "json", str(REPOSITORY / "plugins" / name)).out) == []
