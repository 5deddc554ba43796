"""What a bare word of YAML 1.2 stands for: nothing, a yes/no, a number, or the text that it is."""

import re

from .nodes import Scalar

__all__ = ["resolved"]

_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_BASED = re.compile(r"0o[0-7]{1,15}|0x[0-9a-fA-F]{1,12}")
_WORDS: dict[str, Scalar] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_MAY_BE_NUMBER = frozenset("0123456789+-.")


def resolved(text: str) -> Scalar:
    """The value of a bare word, by the core schema. ``yes``, ``2026-03-01`` and ``.nan`` are texts.

    Unlike there, ``0571`` is a text too: who writes a zero in front means an area code, not 571.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _MAY_BE_NUMBER or len(text) > 40:
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        number = float(text)
        return number if abs(number) < 1e300 else text
    if _BASED.fullmatch(text):
        return int(text[2:], 8 if text[1] == "o" else 16)
    return text
