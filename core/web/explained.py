"""Explanations as JSON."""

from datetime import timedelta
from typing import Any

from ..formula import Explanation
from ..words import Language

__all__ = ["explained_json"]


def explained_json(tree: Explanation, language: Language) -> dict[str, Any]:
    """One thing that was looked at, and what it was made from: ``kind``, ``label``, ``text`` (as the formula spells
    it), ``value``, ``said`` (the value as people read it), ``holds`` (of conditions), ``because``.
    """
    value = tree.value
    return {
        "kind": tree.kind,
        "label": tree.label.in_(language),
        "text": tree.text,
        "value": tree.said(language) if isinstance(value, timedelta) else value,
        "said": tree.said(language),
        "holds": tree.verdict,
        "because": [explained_json(child, language) for child in tree.children],
    }
