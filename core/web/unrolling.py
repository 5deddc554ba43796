"""Unroll the row template of a table for the columns of one view: the same bytes, several times quicker.

A loop over columns asks for every cell what kind it is. The columns of a view do not change while a catalog lives,
so the question is asked once, here, and what remains is markup with holes.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from jinja2 import BaseLoader, Environment, Template

__all__ = ["FIGURES", "Heading", "unroll"]

FIGURES = frozenset({"number", "integer", "money", "percent"})
"""Kinds that stand right-aligned in tabular figures."""

TEXT_LIKE = FIGURES | {"text", "long_text", "date", "datetime", "email", "phone", "url", "rating", "shown"}
"""Kinds whose cell is a plain text; the others have a ``text`` of their own."""


class Heading(Protocol):
    """What unrolling asks of a column."""

    @property
    def kind(self) -> str:
        """The cell's kind (``pages/README.md``)."""

    @property
    def label(self) -> str:
        """What stands above the column, in the reader's language."""


def unroll(environment: Environment, columns: Sequence[Heading], words: Mapping[str, str]) -> Template:
    """A compiled template of the rows of a table; render it with ``rows`` (see ``pages/README.md``, "Cells").

    ``words`` gives ``yes`` and ``no`` in the reader's language. Labels are written into the template as text: they
    are escaped here, both as HTML and so that a brace in a label is no Jinja.
    """
    ready = [{"kind": column.kind, "label": _literal(column.label)} for column in columns]
    values: dict[str, Any] = {
        "columns": ready,
        "figures": FIGURES,
        "dates": frozenset({"date", "datetime"}),
        "many": frozenset({"choices", "tags", "links", "users"}),
        "text_like": TEXT_LIKE,
        "yes": _literal(words["yes"]),
        "no": _literal(words["no"]),
    }
    return environment.from_string(_square(environment).get_template("rows.html").render(values))


def _square(environment: Environment) -> Environment:
    """The same templates read with square brackets, so that the curly ones pass through untouched."""
    loader = environment.loader
    assert isinstance(loader, BaseLoader)
    return Environment(  # noqa: S701  (it writes template source; the holes it leaves are escaped by the other one)
        loader=loader,
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        trim_blocks=True,
    )


_ENTITIES = str.maketrans({character: f"&#{ord(character)};" for character in "&<>\"'{}%#\\"})


def _literal(text: str) -> str:
    return text.translate(_ENTITIES)
