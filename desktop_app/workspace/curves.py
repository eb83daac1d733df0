"""The curve of the lens along the line that is looked at, with what the goals say of every value of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop_app.analysis.feasible import Kept, just_met, kept_along, loosest
from desktop_app.analysis.goals import goal_words, sign
from desktop_app.analysis.index import Index
from desktop_app.domain.chart_values import CurveValue, GoalMark, LoosestValue
from desktop_app.domain.handles import ThresholdHandle, value_of
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.words import Words
from desktop_app.workspace.latest import Latest
from desktop_app.workspace.showing import Shown

# What the curve shows where no figure is the lens.
USUAL = "users_restricted"


@dataclass(frozen=True)
class Line:
    """The line that is looked at, with its index where it is there; figure is the lens, or USUAL."""

    handle: ThresholdHandle
    field: str
    index: Index | None
    figure: str
    currency: str


@dataclass
class Curves:
    """Adds the curve to what is shown; what the same index, goals and assumptions say is not worked out again."""

    _kept: Latest[Kept] = field(default_factory=Latest)
    _marks: Latest[tuple[GoalMark, ...]] = field(default_factory=Latest)
    _drawn: CurveValue | None = None

    def over(self, shown: Shown, line: Line, words: Words) -> Shown:
        """`shown` with the curve along `line`, the values where a goal is just met, the loosest that keeps all.

        Until the index is there it is the last curve along the same line.
        """
        scenario, index = shown.scenario, line.index
        present = value_of(scenario, line.handle)
        if index is None:
            old = self._drawn if self._drawn and self._drawn.handle == line.handle else None
            return replace(shown, curve=old and replace(old, position=float(present), fresh=False))
        parts = (index, scenario.goals, scenario.assumptions)
        kept = self._kept.of(parts, lambda: kept_along(*parts))
        self._drawn = _curve(shown, line, index, kept, words)
        return replace(
            shown,
            curve=self._drawn,
            marks=self._marks.of((kept, words, line.currency), lambda: _marks(kept, index, line.currency, words)),
            loosest=_loosest(kept, index, line.handle, present),
        )


def _curve(shown: Shown, line: Line, index: Index, kept: Kept, words: Words) -> CurveValue:
    scenario, figure = shown.scenario, FIGURES[line.figure]
    goal = next((goal for goal in scenario.goals if goal.figure == figure.id), None)
    said = f"{sign(goal)} {words.quantity(goal.value, figure.unit, line.currency)}" if goal else ""
    reading = shown.readings.get(figure.id)
    return CurveValue(
        handle=line.handle,
        field=line.field,
        label=words.translate(figure.name),
        measure=figure.unit,
        currency=line.currency,
        positions=index.positions.values,
        values=index.curve(figure, scenario.assumptions),
        position=float(value_of(scenario, line.handle)),
        baseline=reading.baseline if reading else None,
        bound=float(goal.value) if goal else None,
        bound_label=said,
        kept=kept.all,
    )


def _marks(kept: Kept, index: Index, currency: str, words: Words) -> tuple[GoalMark, ...]:
    """Where each goal is just met, rising."""
    marks = [
        GoalMark(index.positions.value(place), words.say(goal_words(goal, currency)))
        for goal, kept_by_it in kept.by_goal.items()
        for place in just_met(kept_by_it)
    ]
    return tuple(sorted(marks, key=lambda mark: mark.value))


def _loosest(kept: Kept, index: Index, handle: ThresholdHandle, present: Decimal) -> LoosestValue | None:
    found = loosest(index, kept, index.place(present))
    if found is None:
        return None
    value = None if found.place is None else index.positions.value(found.place)
    return LoosestValue(handle, value, found.turns, found.parted)
