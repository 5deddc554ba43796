"""From text to syntax: a Pratt parser with the manners of a spreadsheet."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, NoReturn

from ..problems import Problem
from .lexing import Token, tokens
from .mistakes import FormulaError, Span, mistake
from .numbers import LARGEST, MOST_DIGITS
from .syntax import Among, Call, Infix, Logic, Name, Negative, Not, Part, Period, Syntax, Unfilled, Value
from .types import DURATION, EMPTY, NUMBER, PERCENT, TEXT, YES_NO

__all__ = ["MAX_DEPTH", "MAX_NODES", "parse"]

MAX_DEPTH = 40
MAX_NODES = 500

_CONSTANTS = {
    "true": (True, YES_NO), "false": (False, YES_NO), "真": (True, YES_NO), "假": (False, YES_NO),
    "是": (True, YES_NO), "否": (False, YES_NO), "empty": (None, EMPTY), "空": (None, EMPTY),
}  # fmt: skip
_PERIODS = {"period", "本期"}
_EMPTIES = {"empty", "空"}
_MULTIPLES = {"万": 10**4, "万元": 10**4, "亿": 10**8, "亿元": 10**8, "元": 1}
_UNITS = {
    **dict.fromkeys(("day", "days", "天", "日"), timedelta(days=1)),
    **dict.fromkeys(("week", "weeks", "周", "星期"), timedelta(weeks=1)),
    **dict.fromkeys(("hour", "hours", "小时"), timedelta(hours=1)),
    **dict.fromkeys(("minute", "minutes", "分钟"), timedelta(minutes=1)),
}

_UNEVEN = {"month", "months", "个月", "月", "year", "years", "年"}

# How tightly an operator holds what stands on its left.
_OR, _AND, _NOT, _COMPARE, _JOIN, _ADD, _MULTIPLY, _SIGN = range(1, 9)
_STRENGTH = {
    "or": _OR, "and": _AND, "is": _COMPARE, "in": _COMPARE, "not": _COMPARE, "is empty": _COMPARE,
    "is not empty": _COMPARE, "=": _COMPARE, "<>": _COMPARE, "<": _COMPARE, "<=": _COMPARE, ">": _COMPARE,
    ">=": _COMPARE, "&": _JOIN, "+": _ADD, "-": _ADD, "*": _MULTIPLY, "/": _MULTIPLY,
}  # fmt: skip


def parse(text: str) -> Syntax:
    """The syntax of a formula. Raises :class:`FormulaError` with the first thing that cannot be read."""
    return _Parser(tokens(text)).whole()


class _Parser:
    __slots__ = ("at", "depth", "height", "nodes", "tokens")

    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.at = 0
        self.depth = 0
        self.nodes = 0
        self.height = 0
        """How high the part read last towers over its leaves; together with ``depth`` it bounds all recursion."""

    def whole(self) -> Syntax:
        if self.tokens[0].kind == "end":
            self.refuse("formula_without_text", self.tokens[0].span)
        found = self.expression(0)
        token = self.tokens[self.at]
        if token.kind != "end":
            self.refuse_rest(token)
        return found

    # What stands at the cursor.

    def operator(self) -> str | None:
        return self.tokens[self.at].operator

    def sign(self, text: str) -> bool:
        token = self.tokens[self.at]
        if token.kind == "sign" and token.text == text:
            self.at += 1
            return True
        return False

    def word(self, among: set[str]) -> bool:
        token = self.tokens[self.at]
        if token.kind == "word" and token.text.lower() in among:
            self.at += 1
            return True
        return False

    def want(self, text: str) -> Token:
        token = self.tokens[self.at]
        if not self.sign(text):
            if token.kind == "end":
                self.refuse("formula_ends_early", self.end(), wanted=text)
            self.refuse("formula_unexpected", token.span, found=token.text, wanted=text)
        return token

    def end(self) -> Span:
        last = self.tokens[self.at - 1] if self.at else self.tokens[0]
        return Span(last.end, last.end + 1)

    # Expressions.

    def expression(self, strength: int) -> Syntax:
        """What can be read here and holds together more tightly than ``strength``."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.refuse("formula_too_deep", self.tokens[self.at].span, limit=MAX_DEPTH)
        self.height = 0
        left = self.count(self.first())
        height = self.height
        while (operator := self.operator()) is not None and (holds := _STRENGTH[operator]) > strength:
            if operator == "not" and not self.not_in():
                break
            self.height = 0
            left = self.count(self.infix(left, operator, holds))
            height = max(height, self.height) + 1
            if height > MAX_DEPTH:
                self.refuse("formula_too_deep", self.tokens[self.at - 1].span, limit=MAX_DEPTH)
        self.depth -= 1
        self.height = height
        return left

    def count(self, node: Syntax) -> Syntax:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.refuse("formula_too_big", node.span, limit=MAX_NODES)
        return node

    def not_in(self) -> bool:
        following = self.tokens[self.at + 1]
        return following.operator == "in"

    def infix(self, left: Syntax, operator: str, holds: int) -> Syntax:
        token = self.tokens[self.at]
        self.at += 1
        if holds == _COMPARE:
            found = self.comparison(left, operator, token)
            self.refuse_chain(found)
            return found
        if operator in ("and", "or", "&"):
            return self.chain(left, operator, token, holds)
        right = self.expression(holds)
        return Infix(operator, left, right, token.span, Span(left.span.start, right.span.end))

    def chain(self, left: Syntax, operator: str, token: Token, holds: int) -> Syntax:
        terms = [left, self.expression(holds)]
        highest = self.height
        while self.operator() == operator:
            self.at += 1
            terms.append(self.expression(holds))
            highest = max(highest, self.height)
        self.height = highest
        span = Span(left.span.start, terms[-1].span.end)
        if operator == "&":
            return Call("CONCAT", tuple(terms), token.span, span)
        return Logic(operator, tuple(terms), span)

    def comparison(self, left: Syntax, operator: str, token: Token) -> Syntax:
        start = left.span.start
        if operator == "is":
            negated = self.word({"not"})
            if not self.word(_EMPTIES):
                self.refuse("formula_is_what", Span(token.start, self.tokens[self.at].end))
            return self.unfilled(left, negated)
        if operator in ("is empty", "is not empty"):
            return self.unfilled(left, operator == "is not empty")
        if operator == "not":
            self.at += 1
            inside = self.among(left)
            return Not(inside, inside.span)
        if operator == "in":
            return self.among(left)
        right = self.expression(_COMPARE)
        return Infix(operator, left, right, token.span, Span(start, right.span.end))

    def unfilled(self, left: Syntax, negated: bool) -> Syntax:
        span = Span(left.span.start, self.tokens[self.at - 1].end)
        return Not(Unfilled(left, span), span) if negated else Unfilled(left, span)

    def among(self, left: Syntax) -> Syntax:
        if self.word(_PERIODS):
            return Period(left, Span(left.span.start, self.tokens[self.at - 1].end))
        choices = self.listed() if self.sign("(") else (self.expression(_COMPARE),)
        return Among(left, choices, Span(left.span.start, self.tokens[self.at - 1].end))

    def listed(self) -> tuple[Syntax, ...]:
        """What stands between an opening bracket (already read) and its closing one."""
        found: list[Syntax] = []
        highest = 0
        if self.sign(")"):
            return ()
        while True:
            found.append(self.expression(0))
            highest = max(highest, self.height)
            if self.sign(","):
                continue
            self.want(")")
            self.height = highest
            return tuple(found)

    # What an expression can start with.

    def first(self) -> Syntax:
        token = self.tokens[self.at]
        self.at += 1
        match token.kind:
            case "word":
                return self.worded(token)
            case "number":
                return self.number(token)
            case "text":
                return Value(token.text or None, TEXT, token.span)
            case "label":
                return self.name(Part(token.text, token.span))
            case "sign" if token.text == "(":
                inside = self.expression(0)
                self.want(")")
                return inside
            case "sign" if token.text in "+-":
                operand = self.expression(_SIGN)
                return (
                    Negative(operand, Span(token.start, operand.span.end)) if token.text == "-" else operand
                )
        self.at -= 1
        if token.kind == "end":
            self.refuse("formula_ends_early_value", self.end())
        return self.refuse("formula_unexpected_value", token.span, found=token.text)

    def worded(self, token: Token) -> Syntax:
        lower = token.text.lower()
        opens = self.tokens[self.at].text == "(" and self.tokens[self.at].kind == "sign"
        touching = opens and self.tokens[self.at].start == token.end
        if lower in ("not", "非") and not touching:
            operand = self.expression(_NOT)
            return Not(operand, Span(token.start, operand.span.end))
        if opens:
            self.at += 1
            arguments = self.listed()
            return Call(token.text, arguments, token.span, Span(token.start, self.tokens[self.at - 1].end))
        if token.operator is not None:
            self.refuse("formula_unexpected_value", token.span, found=token.text)
        following = self.tokens[self.at]
        if lower in _CONSTANTS and following.text != "." and not self.joins(following):
            value, type_ = _CONSTANTS[lower]
            return Value(value, type_, token.span)
        return self.name(Part(token.text, token.span))

    def joins(self, token: Token) -> bool:
        """Whether the next token continues a name: labels may have several words."""
        return token.kind == "word" and token.operator is None

    def name(self, part: Part) -> Name:
        parts = [self.words(part)]
        while self.sign("."):
            token = self.tokens[self.at]
            if token.kind not in ("word", "label"):
                self.refuse("formula_name_after_dot", token.span if token.kind != "end" else self.end())
            self.at += 1
            parts.append(self.words(Part(token.text, token.span)))
        return Name(tuple(parts), Span(parts[0].span.start, parts[-1].span.end))

    def words(self, part: Part) -> Part:
        while self.joins(token := self.tokens[self.at]):
            self.at += 1
            part = Part(f"{part.text} {token.text}", Span(part.span.start, token.end))
        return part

    def number(self, token: Token) -> Value:
        value = Decimal(token.text)
        if len(value.as_tuple().digits) > MOST_DIGITS or token.end - token.start > MOST_DIGITS + LARGEST:
            self.refuse("formula_number_too_long", token.span, limit=MOST_DIGITS)
        following = self.tokens[self.at]
        if following.kind == "sign" and following.text == "%":
            self.at += 1
            return Value(value / 100, PERCENT, Span(token.start, following.end))
        if following.kind != "word" or following.operator is not None:
            return Value(value, NUMBER, token.span)
        self.at += 1
        span, unit = Span(token.start, following.end), following.text.lower()
        if unit in _MULTIPLES:
            return Value(value * _MULTIPLES[unit], NUMBER, span)
        if unit in _UNEVEN:
            self.refuse("formula_months", span, number=token.text)
        if unit not in _UNITS:
            self.refuse("formula_unknown_unit", following.span, number=token.text, unit=following.text)
        try:
            return Value(
                _UNITS[unit] * float(value) if value % 1 else _UNITS[unit] * int(value), DURATION, span
            )
        except OverflowError:
            self.refuse("formula_duration_too_long", span)

    # Refusals.

    def refuse(self, code: str, span: Span, **values: Any) -> NoReturn:
        raise FormulaError([mistake(code, span, **values)])

    def refuse_chain(self, left: Syntax) -> None:
        operator = self.operator()
        if operator is not None and _STRENGTH[operator] == _COMPARE and (operator != "not" or self.not_in()):
            self.refuse("formula_chained", Span(left.span.start, self.tokens[self.at].end))

    def refuse_rest(self, token: Token) -> NoReturn:
        problem: Problem
        if token.text == ")" and token.kind == "sign":
            problem = mistake("formula_closing_without_opening", token.span)
        elif token.kind == "sign":
            problem = mistake("formula_unexpected_sign", token.span, found=token.text)
        else:
            problem = mistake("formula_missing_operator", token.span, found=token.text)
        raise FormulaError([problem])
