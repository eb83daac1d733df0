"""The tables of the page Risk and stress: one row a case, one column a figure."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.analysis.risk import FIGURES_OF_VIEW, RiskView
from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Reading
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.assumption_words import stress_lines
from desktop_app.text.formats import EM_DASH
from desktop_app.text.words import Words
from desktop_app.ui.table_model import Cell
from desktop_app.workspace.risking import RiskRow

_FIRST: dict[RiskView, Message] = {
    RiskView.STRESS: message("Stress"),
    RiskView.LOSS: message("Years with less"),
    RiskView.SCORE: message("Score"),
    RiskView.ARREARS: message("Days past due"),
    RiskView.STAGE: message("Stage"),
    RiskView.CATEGORY: message("Category"),
    RiskView.CONCENTRATION: message("Grouping"),
}
_UNKNOWN = Cell(EM_DASH, float("-inf"))
_PENDING = Cell("…", float("-inf"))
# HHI of well spread books differs in the third decimal.
_INDEX_DIGITS = 4


def risk_rows(
    view: RiskView, rows: Sequence[RiskRow], words: Words, currency: str
) -> tuple[list[Cell], list[tuple[Cell, ...]]]:
    """Headings and rows; what is not counted yet is an ellipsis."""
    if view is RiskView.CONCENTRATION:
        return _spread_headings(words), [_spread_row(row, words) for row in rows]
    figures = FIGURES_OF_VIEW[view]
    headings = [Cell(words.say(_FIRST[view]))]
    headings += [Cell(words.translate(FIGURES[one].name), tip=words.translate(FIGURES[one].help)) for one in figures]
    return headings, [_row(row, place, figures, words, currency) for place, row in enumerate(rows)]


def _row(row: RiskRow, place: int, figures: Sequence[str], words: Words, currency: str) -> tuple[Cell, ...]:
    name = words.say(row.case.name)
    # Sorted by the first column the rows stand as they came: a band of 1,000 comes after one of 200.
    first = Cell(name, f"{place:03d}", _told(row, words, currency) or name)
    if row.readings is None:
        return (first, *(_PENDING for _ in figures))
    return (first, *(_cell(row.readings[figure], words, currency) for figure in figures))


def _cell(reading: Reading, words: Words, currency: str) -> Cell:
    if reading.value is None:
        return _UNKNOWN
    baseline = words.quantity(reading.baseline, reading.unit, currency)
    tip = words.say(message("Baseline: {value}", value=baseline))
    return Cell(words.quantity(reading.value, reading.unit, currency), reading.value, tip)


def _told(row: RiskRow, words: Words, currency: str) -> str:
    """What a stress changes."""
    lines = stress_lines(row.case.scenario.stress, words, currency)
    return "\n".join(f"{words.say(name)}: {value}" for name, value in lines)


def _spread_headings(words: Words) -> list[Cell]:
    say = words.say
    index = message("The sum of the squared shares of EAD over the groups; the missing ones are a group")
    return [
        Cell(say(_FIRST[RiskView.CONCENTRATION])),
        Cell(say(message("Number of groups"))),
        Cell(say(message("Largest group"))),
        Cell(say(message("Its share of EAD"))),
        Cell(say(message("HHI")), tip=say(index)),
        Cell(say(message("HHI, baseline")), tip=say(index)),
    ]


def _spread_row(row: RiskRow, words: Words) -> tuple[Cell, ...]:
    name, spread = words.say(row.case.name), row.spread
    if spread is None:
        rest = _PENDING if row.readings is None else _UNKNOWN
        return (Cell(name, name), rest, Cell(rest.text, ""), rest, rest, rest)
    largest = words.translate("(missing)") if spread.largest is None else spread.largest
    before = spread.index.baseline
    return (
        Cell(name, name),
        Cell(words.integer(spread.groups), float(spread.groups)),
        Cell(largest, largest),
        Cell(words.share(spread.share.value), spread.share.value or 0.0),
        Cell(words.decimal(spread.index.value, _INDEX_DIGITS), spread.index.value or 0.0),
        _UNKNOWN if before is None else Cell(words.decimal(before, _INDEX_DIGITS), before),
    )
