"""A metric is a contract: what is counted, over whom, in which unit, and which way is better."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from .definition import Condition, Definition, Fault, FormulaText, Goal, Names, Whole
from .labels import Text
from .names import Name, name_of

__all__ = ["Calculation", "Chart", "Metric", "Period"]

Calculation = Literal["count", "sum", "average", "share", "ratio"]
CALCULATIONS: tuple[Calculation, ...] = ("count", "sum", "average", "share", "ratio")
Chart = Literal["number", "funnel", "bar", "line", "table"]
Period = Literal["day", "week", "month", "quarter", "year"]


def _counted(value: Any) -> bool | str | None:
    if value is None or isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("wrong_type", "text", {"expected": "text"})
    return name_of(value)


class Metric(Definition):
    """One number and how it comes about. Exactly one of count, sum, average, share and ratio is given.

    ``who``: the records it looks at; ``count``: true, or a field whose different values are counted;
    ``share``: the part of them that counts; ``ratio``: two metrics, one over the other; ``at_least``: below this
    many records it says that there is not enough data.
    """

    noun: ClassVar[str] = "metric"

    metric: Name
    label: Text
    means: Text | None = None
    of: Name | None = None
    who: Condition | None = None
    count: Annotated[bool | str | None, PlainValidator(_counted)] = None
    sum: FormulaText | None = None
    average: FormulaText | None = None
    share: Condition | None = None
    ratio: Names | None = None
    unit: Literal["percent", "money", "number", "days", "score"] = "number"
    better: Literal["higher", "lower"] = "higher"
    by: Names = ()
    every: Period = "month"
    target: Goal | None = None
    at_least: Whole = 1
    chart: Literal["number", "funnel", "bar", "line"] = "number"

    @property
    def calculation(self) -> Calculation:
        """Which of the five it is."""
        return next((name for name in CALCULATIONS if getattr(self, name)), "count")

    def faults(self) -> Iterator[Fault]:
        if self.ratio is not None and len(self.ratio) != 2:
            yield Fault(("ratio",), "ratio_of_two")
        given = [name for name in CALCULATIONS if getattr(self, name)]
        if not given:
            yield Fault(
                ("metric",), "metric_without_calculation", {"name": self.metric, "available": CALCULATIONS}
            )
        for name in given[1:]:
            yield Fault((name,), "one_of", {"first": given[0], "second": name}, on_key=True)
        if given and given[0] != "ratio" and self.of is None:
            yield Fault((), "missing_key", {"key": "of"})
