"""The one evaluator: a typed, side-effect-free formula language for every rule, filter, metric and text.

>>> formula = compile_formula('class = "high" and amount > 10000', scope)      # doctest: +SKIP
>>> formula.evaluate({"class": "high", "amount": Decimal(20000)}, env)         # doctest: +SKIP
True
"""

from .budget import MOST_LEVELS, MOST_STEPS, Weight
from .conditions import OPERATORS, both, condition, either
from .env import Env, Row
from .explaining import Explanation, Inside
from .formula import Formula, compile_formula
from .functions import Function, FunctionTable, Parameter, bundled
from .mistakes import FormulaError
from .portable import kind_of, plain_value, portable
from .shapes import EntityShape, FieldShape, Scope, Worked, system_fields
from .spelling import is_nothing
from .storing import left_to_python, sql_exact, to_sql
from .texts import TextTemplate, compile_text
from .types import Type, TypeName

__all__ = [
    "MOST_LEVELS",
    "MOST_STEPS",
    "OPERATORS",
    "EntityShape",
    "Env",
    "Explanation",
    "FieldShape",
    "Formula",
    "FormulaError",
    "Function",
    "FunctionTable",
    "Inside",
    "Parameter",
    "Row",
    "Scope",
    "TextTemplate",
    "Type",
    "TypeName",
    "Weight",
    "Worked",
    "both",
    "bundled",
    "compile_formula",
    "compile_text",
    "condition",
    "either",
    "is_nothing",
    "kind_of",
    "left_to_python",
    "plain_value",
    "portable",
    "sql_exact",
    "system_fields",
    "to_sql",
]
