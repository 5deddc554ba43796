"""``kehu schema``: an entity as JSON Schema; with ``--write``, the schemas of all definitions for editors."""

import json

import click

from ..catalog.building import build
from ..problems import Problem, Refused, closest
from ..schema.json_schema import entity_to_json_schema
from .spoken import command, option
from .terminal import Terminal, refused

__all__ = ["this"]


@command("schema", "schema")
@click.argument("entity", required=False)
@option("--write", "writing", is_flag=True, help="option_schema_write")
@option("--lines", is_flag=True, help="option_schema_lines")
@option("--folder", metavar="FOLDER", help="option_folder", expose_value=False)
@click.pass_obj
def this(terminal: Terminal, entity: str | None, writing: bool, lines: bool) -> None:
    """Print the schema, or write those for editors."""
    if writing or lines:
        if not terminal.is_workspace:
            raise Refused([Problem("no_workspace", {"folder": terminal.folder.name})])
        from .editors import write

        write(terminal, lines)
    if entity is not None:
        _print(terminal, entity)
    elif not (writing or lines):
        raise refused("schema_of_what")


def _print(terminal: Terminal, entity: str) -> None:
    built = build(terminal.folder)
    if built.catalog is None:
        raise Refused(built.problems)
    entities = built.catalog.entities
    if entity not in entities:
        values = {"name": entity, "available": list(entities)}
        raise Refused([Problem("no_such_entity", values, instead=closest(entity, entities))], "missing")
    click.echo(json.dumps(entity_to_json_schema(entities[entity]), ensure_ascii=False, indent=2))
