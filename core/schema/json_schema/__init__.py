"""Entities as JSON Schema (2020-12), and back."""

from .reading import node_from_json_schema, with_plain_schema
from .writing import DIALECT, entity_to_json_schema

__all__ = ["DIALECT", "entity_to_json_schema", "node_from_json_schema", "with_plain_schema"]
