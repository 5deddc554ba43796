"""Text with headings, lists and links: Markdown, shown as HTML that holds nothing dangerous."""

import re
from datetime import UTC, tzinfo
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from ...words import Language
from .texts import LongText

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

__all__ = ["RichText", "as_html"]

_MARKS = re.compile(r"(?m)^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+|\d+[.)]\s+)|[*_`~]{1,3}|!?\[([^\]]*)\]\([^)]*\)")


class RichText(LongText):
    """Text with headings, lists, emphasis and links, written as Markdown; its keys are those of a text."""

    type_name: ClassVar[str] = "rich_text"
    widget: ClassVar[str] = "rich_text"

    def display(self, value: str | None, language: Language, zone: tzinfo = UTC) -> str:
        return "" if value is None else _MARKS.sub(lambda found: found[1] or "", value).strip()


def as_html(text: str) -> str:
    """The HTML of a Markdown text: tags that were typed are shown as text, and no link runs a script."""
    html: str = _markdown().render(text)
    return html


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    # Pictures would be fetched from elsewhere, and tell that side who reads; a text that loads nothing is safe.
    return (
        MarkdownIt("commonmark", {"html": False, "breaks": True})
        .enable(["table", "strikethrough"])
        .disable("image")
    )
