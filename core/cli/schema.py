"""``kehu schema``: an entity as JSON Schema."""

import json

import click

from ..catalog.building import build
from ..problems import Problem, Refused, closest
from ..schema.json_schema import entity_to_json_schema
from .spoken import command, option
from .terminal import Terminal

__all__ = ["this"]


@command("schema", "schema")
@click.argument("entity")
@option("--folder", metavar="FOLDER", help="option_folder", expose_value=False)
@click.pass_obj
def this(terminal: Terminal, entity: str) -> None:
    """Print the schema."""
    built = build(terminal.folder)
    if built.catalog is None:
        raise Refused(built.problems)
    entities = built.catalog.entities
    if entity not in entities:
        values = {"name": entity, "available": list(entities)}
        raise Refused([Problem("no_such_entity", values, instead=closest(entity, entities))], "missing")
    click.echo(json.dumps(entity_to_json_schema(entities[entity]), ensure_ascii=False, indent=2))
