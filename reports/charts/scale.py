"""Values to heights of a plot, from zero, the greatest at the top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from reports.charts.marks import domain, end
from reports.document import Mark


@dataclass(frozen=True)
class Scale:
    """An unseen axis from `low` to `high` along a plot so many points high."""

    low: float
    high: float
    height: float

    @classmethod
    def of(cls, marks: Iterable[Mark], height: float) -> Scale:
        """The scale that holds zero and all of these marks."""
        values = [value for mark in marks for value in (mark.value, end(mark))]
        return cls(*domain(values), height)

    def y(self, value: Decimal | float) -> float:
        """Points below the top of the plot."""
        return self.height * (self.high - float(value)) / (self.high - self.low)

    def label(self, mark: Mark) -> float:
        """Where a mark's label has its middle: at its value, or within its range."""
        return (self.y(mark.value) + self.y(end(mark))) / 2
