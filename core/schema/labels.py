"""Texts that people read, as definitions write them: one text, or one for each language."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator
from pydantic_core import PydanticCustomError

from ..problems import Label

__all__ = ["Text", "humanised", "label_of", "plain_label"]


def label_of(value: Any) -> Label:
    """A label from what a definition gives: ``"文本"`` or ``{zh: …, en: …}``; one language given serves for
    both.
    """
    if isinstance(value, Label):
        return value
    if isinstance(value, str):
        if not value.strip():
            raise PydanticCustomError("empty_value", "empty")
        return Label(value, value)
    if not isinstance(value, Mapping):
        raise PydanticCustomError("wrong_type", "text", {"expected": "label"})
    for key, text in value.items():
        if key not in ("zh", "en"):
            raise PydanticCustomError("unknown_key", "key", {"at": (key,), "available": ("zh", "en")})
        if not isinstance(text, str):
            raise PydanticCustomError("wrong_type", "text", {"at": (key,), "expected": "text"})
    given = [text for text in value.values() if text.strip()]
    if not given:
        raise PydanticCustomError("empty_value", "empty")
    return Label(value.get("zh") or given[0], value.get("en") or given[0])


def plain_label(label: Label) -> Any:
    """A label as a definition writes it: one text where both languages are the same."""
    return label.zh if label.zh == label.en else {"zh": label.zh, "en": label.en}


def humanised(name: str) -> Label:
    """The label that a name gets when its definition gives none: ``visit_every`` → ``Visit every``."""
    text = name.replace("_", " ").replace(".", " ")
    text = text[:1].upper() + text[1:]
    return Label(text, text)


Text = Annotated[Label, PlainValidator(label_of), PlainSerializer(plain_label)]
"""A key whose value people read: gives a :class:`~kehu.core.problems.Label`."""
