"""Plans as SQLAlchemy expressions: true exactly where the formula is true, false or NULL elsewhere.

Constants are bound, and a comparison stays ``column sign :value`` unless a *not* stands over it, so indexes serve it.
Decimals are scaled integers in the database: constants are scaled, and columns of different scale are compared without
multiplying, which could overflow.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, and_, false, func, literal, not_, or_, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Integer, String

from .comparing import local_day
from .env import Env
from .planning import (
    Against,
    Among,
    Apart,
    Beside,
    During,
    Every,
    Filled,
    Fixed,
    InYear,
    Long,
    Marked,
    Matching,
    Plan,
    Some,
)  # fmt: skip
from .running import midnight, run
from .shapes import FieldShape
from .spelling import lower_ascii
from .tree import Tree
from .types import NUMERIC

__all__ = ["Columns", "to_expression"]

Columns: TypeAlias = Mapping[str, tuple[ColumnElement[Any], str, int]]
"""field name → (column, kind as in :class:`~kehu.core.store.protocol.Column`, digits after the point)."""

_LARGEST = 2**63 - 1
LAST_YEAR = 9999
_DAY = timedelta(days=1)


class lower_letters(FunctionElement[str]):  # noqa: N801  (named as it reads in an expression)
    """A to Z in lower case, all else as it is: what :func:`lower_ascii` does."""

    inherit_cache = True
    type = String()


class place_of(FunctionElement[int]):  # noqa: N801  (SQLAlchemy takes the name of a function from it)
    """Where the second text starts in the first, from 1; 0 when it is not in it."""

    inherit_cache = True
    type = Integer()


@compiles(lower_letters)
def _translate(element: Any, compiler: Any, **options: Any) -> str:
    text = compiler.process(element.clauses, **options)
    return f"translate({text}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"


@compiles(lower_letters, "sqlite")
def _lower(element: Any, compiler: Any, **options: Any) -> str:
    return f"lower({compiler.process(element.clauses, **options)})"  # SQLite knows the letters A to Z alone


@compiles(place_of)
def _strpos(element: Any, compiler: Any, **options: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **options)})"


@compiles(place_of, "sqlite")
def _instr(element: Any, compiler: Any, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses, **options)})"


def to_expression(plan: Plan, columns: Columns, env: Env) -> ColumnElement[bool]:
    """The expression of a plan over these columns, with the constants as they are in this environment."""
    return _Writer(columns, env).of(plan)


class _Writer:
    __slots__ = ("columns", "env")

    def __init__(self, columns: Columns, env: Env) -> None:
        self.columns = columns
        self.env = env

    def of(self, plan: Plan) -> ColumnElement[bool]:
        return _WRITERS[type(plan)](self, plan)

    def value(self, tree: Tree) -> Any:
        """A constant's value, ``None`` for empty."""
        found = run(tree)({}, self.env)
        return None if found == "" else found

    def column(self, field: FieldShape) -> ColumnElement[Any]:
        return self.columns[field.name][0]

    def bound(self, field: FieldShape, value: Any) -> ColumnElement[Any]:
        return literal(value, type_=self.column(field).type)

    # One method for each kind of plan.

    def every(self, plan: Every) -> ColumnElement[bool]:
        return and_(true(), *map(self.of, plan.plans))

    def some(self, plan: Some) -> ColumnElement[bool]:
        return or_(false(), *map(self.of, plan.plans))

    def fixed(self, plan: Fixed) -> ColumnElement[bool]:
        return true() if bool(self.value(plan.tree)) is plan.holds else false()

    def filled(self, plan: Filled) -> ColumnElement[bool]:
        column = self.column(plan.field)
        if plan.field.type != "text":
            return column.is_not(None) if plan.holds else column.is_(None)
        nothing = self.bound(plan.field, "")
        return column != nothing if plan.holds else or_(column.is_(None), column == nothing)

    def marked(self, plan: Marked) -> ColumnElement[bool]:
        yes = self.bound(plan.field, True)
        column = self.column(plan.field)
        return column == yes if plan.holds else column.is_distinct_from(yes)

    def against(self, plan: Against) -> ColumnElement[bool]:
        return self.compared(plan.field, plan.sign, self.value(plan.constant), plan.holds)

    def among(self, plan: Among) -> ColumnElement[bool]:
        values = [value for each in plan.constants if (value := self.value(each)) is not None]
        found = or_(false(), *(self.compared(plan.field, "=", value, True) for value in values))
        if not self.is_plain(plan.field, values):
            return found if plan.holds else self.opposite(plan.field, found)
        column, ready = self.column(plan.field), [self.stored(plan.field, value) for value in values]
        known = [self.bound(plan.field, value) for value in ready if value is not None]
        if not known:
            return false() if plan.holds else true()
        return column.in_(known) if plan.holds else or_(column.is_(None), column.not_in(known))

    def during(self, plan: During) -> ColumnElement[bool]:
        period = self.env.period
        if period is None:
            return false() if plan.holds else true()
        edges = [(sign, edge) for sign, edge in zip((">=", "<"), period, strict=True) if edge is not None]
        tests = [self.compared(plan.field, sign, edge, plan.holds) for sign, edge in edges]
        if plan.holds:
            return and_(self.column(plan.field).is_not(None), *tests) if not tests else and_(*tests)
        return or_(self.column(plan.field).is_(None), *tests)

    def matching(self, plan: Matching) -> ColumnElement[bool]:
        part = self.value(plan.part)
        if run(plan.part)({}, self.env) == "":
            part = ""
        if part is None or not _writable(part):
            return false() if plan.holds else true()
        column, wanted = lower_letters(self.column(plan.field)), self.bound(plan.field, lower_ascii(part))
        if plan.start:
            found: ColumnElement[bool] = func.substr(column, 1, len(part)) == wanted
        else:
            found = place_of(column, wanted) > 0
        return found if plan.holds else self.opposite(plan.field, found)

    def beside(self, plan: Beside) -> ColumnElement[bool]:
        left, right = self.column(plan.field), self.column(plan.other)
        if plan.sign in ("=", "<>"):
            return self.same(plan, left, right, (plan.sign == "=") is plan.holds)
        found = self.ordered(plan, left, right)
        return found if plan.holds else or_(left.is_(None), right.is_(None), not_(found))

    def same(
        self, plan: Beside, left: ColumnElement[Any], right: ColumnElement[Any], same: bool
    ) -> ColumnElement[bool]:
        if "text" in (plan.field.type, plan.other.type):
            left, right = func.coalesce(left, ""), func.coalesce(right, "")
        if plan.field.type in NUMERIC:
            steps = self.steps(plan)
            if steps > 0:
                left, right, steps = right, left, -steps
            if steps < 0:  # the right one has more digits: equal when it has nothing beyond those of the left
                whole, rest = _split(right, 10**-steps)
                if same:
                    return and_(left.is_not_distinct_from(whole), func.coalesce(rest, 0) == 0)
                return or_(left.is_distinct_from(whole), func.coalesce(rest, 0) != 0)
        return left.is_not_distinct_from(right) if same else left.is_distinct_from(right)

    def ordered(
        self, plan: Beside, left: ColumnElement[Any], right: ColumnElement[Any]
    ) -> ColumnElement[bool]:
        sign, steps = plan.sign, self.steps(plan) if plan.field.type in NUMERIC else 0
        if steps > 0:
            left, right, steps, sign = right, left, -steps, _TURNED[sign]
        if steps == 0:
            return _SIGNS[sign](left, right)
        whole, rest = _split(right, 10**-steps)
        strict = "<" if sign in ("<", "<=") else ">"
        beyond = _SIGNS[_TURNED[sign]](rest, 0)  # left < whole + rest/… where left = whole, when rest > 0
        return or_(_SIGNS[strict](left, whole), and_(left == whole, beyond))

    def steps(self, plan: Beside) -> int:
        """How many digits after the point the left column has more than the right."""
        return self.columns[plan.field.name][2] - self.columns[plan.other.name][2]

    def apart(self, plan: Apart) -> ColumnElement[bool]:
        never, base, size = (false() if plan.holds else true()), self.value(plan.base), self.value(plan.size)
        if base is None or size is None:
            return never
        if not plan.days and not (plan.field.type == "date" and not isinstance(base, datetime)):
            return self.moments_apart(plan, base, size)
        days = Fraction(size) if plan.days else Fraction(size // timedelta(microseconds=1), 86_400_000_000)
        sign, whole = _whole(plan.sign, -days if plan.negative else days)
        try:
            edge = local_day(base, self.env) + _DAY * whole
        except OverflowError:
            holds = (sign in ("<", "<=")) is (whole > 0)
            filled = Filled(plan.field, holds is plan.holds)
            return self.filled(filled) if holds or not plan.holds else never
        return self.compared(plan.field, sign, edge, plan.holds)

    def moments_apart(self, plan: Apart, base: date | datetime, size: timedelta) -> ColumnElement[bool]:
        """Where a time of day matters: the column's moment against the edge."""
        start = base if isinstance(base, datetime) else midnight(base, self.env)
        edge = start - size if plan.negative else start + size
        if plan.field.type == "datetime":
            return self.compared(plan.field, plan.sign, edge.astimezone(UTC), plan.holds)
        day = local_day(edge, self.env)
        inside = edge > midnight(day, self.env)  # a day starts before an edge inside of it
        sign = {"<": "<=", ">=": ">"}.get(plan.sign, plan.sign) if inside else plan.sign
        return self.compared(plan.field, sign, day, plan.holds)

    def in_year(self, plan: InYear) -> ColumnElement[bool]:
        year = self.value(plan.year)
        if year is None:
            return self.never_known(plan)
        if plan.sign in ("=", "<>"):
            same = (plan.sign == "=") is plan.holds
            if year % 1 or not 1 <= year <= LAST_YEAR:
                return false() if same else true()
            inside = and_(
                self.compared(plan.field, ">=", date(int(year), 1, 1), True),
                self.compared(plan.field, "<=", date(int(year), 12, 31), True),
            )
            return inside if same else self.opposite(plan.field, inside)
        sign, whole = _whole(plan.sign, Fraction(year))
        below = sign in ("<", "<=")
        if not 1 <= whole <= LAST_YEAR:
            holds = below is (whole > 0)
            return (
                self.filled(Filled(plan.field, plan.holds)) if holds else (false() if plan.holds else true())
            )
        edge = date(whole, 1, 1) if sign in ("<", ">=") else date(whole, 12, 31)
        return self.compared(plan.field, sign, edge, plan.holds)

    def long(self, plan: Long) -> ColumnElement[bool]:
        size = self.value(plan.size)
        if size is None:
            return self.never_known(plan)
        length = func.length(self.column(plan.field))
        if plan.sign in ("=", "<>"):
            same = (plan.sign == "=") is plan.holds
            if size % 1 or not 0 <= size <= _LARGEST:
                return false() if same else true()
            return length == int(size) if same else self.opposite(plan.field, length == int(size))
        sign, whole = _whole(plan.sign, Fraction(size))
        found = _SIGNS[sign](length, max(-1, min(whole, _LARGEST)))
        return found if plan.holds else self.opposite(plan.field, found)

    def never_known(self, plan: InYear | Long) -> ColumnElement[bool]:
        """Against nothing: equal where the column is empty, too; in no order."""
        if plan.sign in ("=", "<>"):
            return (
                self.column(plan.field).is_(None)
                if (plan.sign == "=") is plan.holds
                else self.column(plan.field).is_not(None)
            )
        return false() if plan.holds else true()

    # A column against a value.

    def compared(self, field: FieldShape, sign: str, value: Any, holds: bool) -> ColumnElement[bool]:
        """``column sign value`` or its opposite, two-valued wherever a NULL could be taken for the wrong answer."""
        if value is None:
            if sign in ("=", "<>"):
                return self.filled(Filled(field, (sign == "<>") is holds))
            return false() if holds else true()
        if sign in ("=", "<>"):
            return self.equal(field, value, (sign == "=") is holds)
        found = self.in_order(field, sign, value)
        return found if holds else self.opposite(field, found)

    def opposite(self, field: FieldShape, found: ColumnElement[bool]) -> ColumnElement[bool]:
        return or_(self.column(field).is_(None), not_(found))

    def equal(self, field: FieldShape, value: Any, same: bool) -> ColumnElement[bool]:
        if field.type == "datetime" and not isinstance(value, datetime):
            start, end = self.day(value)
            column = self.column(field)
            inside = and_(column >= self.bound(field, start), column < self.bound(field, end))
            return inside if same else self.opposite(field, inside)
        stored = self.stored(field, value)
        if stored is None:
            return false() if same else true()
        column, wanted = self.column(field), self.bound(field, stored)
        return column == wanted if same else column.is_distinct_from(wanted)

    def in_order(self, field: FieldShape, sign: str, value: Any) -> ColumnElement[bool]:
        column = self.column(field)
        if field.type in NUMERIC:
            sign, whole = _whole(sign, Fraction(value) * 10 ** self.columns[field.name][2])
            if abs(whole) > _LARGEST:
                return column.is_not(None) if (sign in ("<", "<=")) is (whole > 0) else false()
            value = whole
        elif field.type == "datetime" and not isinstance(value, datetime):
            start, end = self.day(value)
            value, sign = (end if sign in ("<=", ">") else start), ("<" if sign in ("<", "<=") else ">=")
        elif field.type == "date":
            value = local_day(value, self.env)
        return _SIGNS[sign](column, self.bound(field, value))

    def day(self, day: date) -> tuple[datetime, datetime]:
        """The moments at which a day starts and ends where the workspace is."""
        return midnight(day, self.env), midnight(_next(day), self.env)

    def stored(self, field: FieldShape, value: Any) -> Any:
        """A value as the column keeps it; ``None`` for one that no row can have."""
        if field.type in NUMERIC:
            scaled = Fraction(value) * 10 ** self.columns[field.name][2]
            return int(scaled) if scaled.denominator == 1 and abs(scaled) <= _LARGEST else None
        if field.type == "date":
            return local_day(value, self.env)
        return value if not isinstance(value, str) or _writable(value) else None

    def is_plain(self, field: FieldShape, values: list[Any]) -> bool:
        return field.type != "datetime" or all(isinstance(value, datetime) for value in values)


def _split(column: ColumnElement[Any], size: int) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Quotient and rest; both SQLite and PostgreSQL cut towards zero, and the rest has the column's sign."""
    return column.op("/")(size), column.op("%")(size)


def _whole(sign: str, number: Fraction) -> tuple[str, int]:
    """The same question about whole numbers: ``x < 2.5`` is ``x <= 2``."""
    below = number.numerator // number.denominator
    if number.denominator == 1:
        return sign, below
    return ("<=", below) if sign in ("<", "<=") else (">", below)


def _writable(text: str) -> bool:
    """Whether a database can hold the text: no NUL, no half characters."""
    try:
        return "\0" not in text and bool(text.encode() or True)
    except UnicodeEncodeError:
        return False


def _next(day: date) -> date:
    return day + _DAY if day < date.max else day


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SIGNS: Mapping[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    "<": lambda one, two: one < two, "<=": lambda one, two: one <= two,
    ">": lambda one, two: one > two, ">=": lambda one, two: one >= two,
}  # fmt: skip
_WRITERS: Mapping[type, Callable[[_Writer, Any], ColumnElement[bool]]] = {
    Every: _Writer.every, Some: _Writer.some, Fixed: _Writer.fixed, Against: _Writer.against, Beside: _Writer.beside,
    Apart: _Writer.apart, Filled: _Writer.filled, Among: _Writer.among, During: _Writer.during,
    Matching: _Writer.matching, Marked: _Writer.marked, InYear: _Writer.in_year, Long: _Writer.long,
}  # fmt: skip
