"""Cut the text of a formula into tokens. Full-width signs count as their plain ones; positions stay true."""

import re
from typing import Literal, NamedTuple

from ..problems import Problem
from .mistakes import FormulaError, Span, mistake

__all__ = ["KEYWORDS", "MAX_LENGTH", "Token", "tokens"]

MAX_LENGTH = 2_000

Kind = Literal["number", "text", "word", "label", "sign", "end"]


class Token(NamedTuple):
    """``text`` is what the token says: the inside of quotes or brackets, the plain form of a sign."""

    kind: Kind
    text: str
    start: int
    end: int
    operator: str | None = None
    """What it does to what stands before it: ``and``, ``<=``, ``is`` …, in one spelling."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


# One character for one character, so that columns in the plain text are columns in the written text.
_PLAIN = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_PLAIN.update({0x3000: 0x20, 0x3001: 0x2C, 0x2212: 0x2D, 0x2013: 0x2D, 0xD7: 0x2A, 0xF7: 0x2F})
del _PLAIN[0xFF02], _PLAIN[0xFF07]
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "<>", "!=": "<>", "==": "=", "<>": "<>"}

_INFIX = frozenset({"=", "<>", "<", "<=", ">", ">=", "&", "+", "-", "*", "/"})
KEYWORDS = {
    "and": "and", "且": "and", "并且": "and", "or": "or", "或": "or", "或者": "or", "not": "not", "非": "not",
    "is": "is", "in": "in", "属于": "in", "为空": "is empty", "不为空": "is not empty",
}  # fmt: skip

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<word>[^\W\d]\w*)
    | (?P<sign><=|>=|<>|!=|==|[=<>+\-*/&(),.%≤≥≠])
    | (?P<number>[0-9]+(?:\.[0-9]+)?)
    | (?P<text>"(?:[^"]|"")*"|'(?:[^']|'')*'|「[^」]*」|『[^』]*』|[“”][^“”]*[“”]|[‘’][^‘’]*[‘’])
    | (?P<label>\[[^\]]*\]|【[^】]*】)
    )""",
    re.VERBOSE,
)
_OPENING = {
    "[": "]", "【": "】", "「": "」", "『": "』", '"': '"', "'": "'", "“": "”", "‘": "’", "”": "”", "’": "’",
}  # fmt: skip


def tokens(text: str) -> list[Token]:
    """The tokens of a formula, closed by one of kind ``end``. Raises :class:`FormulaError`."""
    if len(text) > MAX_LENGTH:
        raise FormulaError([mistake("formula_too_long", Span(0, 1), length=len(text), limit=MAX_LENGTH)])
    plain = text.translate(_PLAIN)
    found: list[Token] = []
    position, end = 0, len(plain.rstrip())
    while position < end:
        match = _TOKEN.match(plain, position)
        if match is None:
            raise FormulaError([_not_a_token(plain, text, position)])
        kind: Kind = match.lastgroup  # type: ignore[assignment]  # the groups are named after the kinds
        start, position = match.span(kind)
        if kind == "word":
            word = text[start:position]
            found.append(Token(kind, word, start, position, KEYWORDS.get(word.lower())))
        elif kind == "sign":
            sign = _SIGNS.get(said := match[kind], said)
            found.append(Token(kind, sign, start, position, sign if sign in _INFIX else None))
        else:
            found.append(Token(kind, _said(kind, match[kind], text, start, position), start, position))
    found.append(Token("end", "", len(text), len(text)))
    return found


def _said(kind: Kind, plain: str, text: str, start: int, end: int) -> str:
    if kind == "text":
        inside = text[start + 1 : end - 1]
        return inside.replace(plain[0] * 2, plain[0]) if plain[0] in "\"'" else inside
    return text[start + 1 : end - 1].strip() if kind == "label" else plain


def _not_a_token(plain: str, text: str, position: int) -> Problem:
    start = position + len(plain[position:]) - len(plain[position:].lstrip())
    closing = _OPENING.get(plain[start])
    if closing is not None:
        return mistake("formula_not_closed", Span(start, len(text)), opening=plain[start], closing=closing)
    return mistake("formula_unknown_character", Span(start, start + 1), character=text[start])
