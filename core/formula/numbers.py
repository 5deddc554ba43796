"""How long numbers and texts may grow while a formula is worked out."""

from decimal import Decimal

__all__ = ["LARGEST", "LONGEST_TEXT", "MOST_DIGITS", "bounded"]

MOST_DIGITS = 28
"""Digits that arithmetic keeps (Python's usual decimal context); halves are rounded to even beyond them."""

LARGEST = 60
"""A number has at most so many digits before the point; a larger one is empty, one below 1E-60 is zero."""

LONGEST_TEXT = 100_000
"""Characters that a function may put together; where it would be more, the result is empty."""

_ZERO = Decimal(0)


def bounded(number: Decimal) -> Decimal | None:
    """The number, if it is one that may be: so repeated multiplying cannot make numbers as long as books."""
    size = number.adjusted()
    if -LARGEST <= size < LARGEST:
        return number
    return None if size > 0 and number else _ZERO
