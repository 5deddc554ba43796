"""The bundled functions, one row each: names, arguments, result, an example. The reference is made of it."""

from .choosing import CHOOSING
from .days import DAYS
from .maths import MATHS
from .several import SEVERAL
from .texts import TEXTS

__all__ = ["FUNCTIONS"]

FUNCTIONS = (*CHOOSING, *SEVERAL, *MATHS, *TEXTS, *DAYS)
"""In the order in which the reference tells of them."""
