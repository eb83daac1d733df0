"""Readings of one figure as bars: of groups, of bands, of whatever stands beside one another."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.domain.chart_values import Bar, BarsValue
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.readings import Reading, Unit
from desktop_app.text.labels import UNIT_LABELS
from desktop_app.text.words import Words


def reading_bars(
    title: str, named: Iterable[tuple[str, str, Reading]], unit: Unit, words: Words, currency: str
) -> BarsValue:
    """One bar for each key, name and reading in `unit`, in their order; those without a value are left out."""
    bars = tuple(
        Bar(key, name, Outcome.UNCHANGED, reading.value, reading.baseline or 0.0)
        for key, name, reading in named
        if reading.value is not None
    )
    symbol = words.symbol(currency) if unit is Unit.MONEY and currency else words.say(UNIT_LABELS[unit])
    return BarsValue(title, symbol, bars, unit, currency, by_outcome=False)


def ratio(value: float | None, reference: float | None) -> float | None:
    """How many times the reference a value is; None where either is unknown or the reference is 0."""
    return None if value is None or not reference else value / reference
