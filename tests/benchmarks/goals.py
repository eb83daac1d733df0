"""The goals: what is measured, in which unit, and when it is met."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """One goal.

    Attributes: what says what is measured; unit is "×" for ratios, else ms, MB or s; exactly one of least and most
    is the bound.
    """

    what: str
    unit: str
    least: float | None = None
    most: float | None = None

    @property
    def text(self) -> str:
        """The bound as one reads it."""
        bound, sign = (self.least, "≥") if self.least is not None else (self.most, "≤")
        return f"{sign} {bound:,g}{'' if self.unit == '×' else ' ' + self.unit}"

    def is_met(self, value: float) -> bool:
        """Whether a value keeps the bound."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def shown(self, value: float) -> str:
        """A value with three digits and its unit."""
        digits = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
        return digits if self.unit == "×" else f"{digits} {self.unit}"


GOALS = {
    "1": Goal("best re-query ÷ one slider tick, all figures", "×", least=1000),
    "2": Goal("slider tick ÷ slider tick at 100,000 accounts", "×", most=1.2),
    "3": Goal("building the index ÷ one re-query by polars", "×", most=1.2),
    "4a": Goal("full evaluation ÷ one by polars", "×", most=0.8),
    "4b": Goal("pycreditools, reasons alone ÷ full evaluation", "×", least=50),
    "4c": Goal("full evaluation ÷ one compiled loop", "×", most=2.5),
    "5": Goal("2,500 best re-queries ÷ a heatmap of 50 × 50", "×", least=1000),
    "6a": Goal("switching a rule ÷ best re-query", "×", most=0.01),
    "6b": Goal("moving a rule ÷ best re-query", "×", most=0.01),
    "7": Goal("one frame of a drag, five charts painted, 95th percentile of processor time", "ms", most=16.7),
    "8a": Goal("longest stall of the window while importing", "ms", most=50),
    "8b": Goal("longest stall of the window while scanning", "ms", most=50),
    "8c": Goal("from cancel until the import has stopped", "ms", most=100),
    "8d": Goal("from cancel until the scan has stopped", "ms", most=100),
    "9": Goal("import of a CSV, checks included ÷ DuckDB's bare read of it", "×", most=1.5),
    "10a": Goal("project file ÷ CSV", "×", most=0.35),
    "10b": Goal("most memory while importing", "MB", most=3000),
    "10c": Goal("most memory while evaluating", "MB", most=3000),
    "11": Goal("start to the sample's desk ÷ start to an empty plot", "×", most=1.6),
    "12": Goal("DuckDB's COPY of every account ÷ accounts.csv", "×", least=0.5),
    "13": Goal("other odds of default prepared, at 1,000,000 accounts", "ms", most=300),
}
