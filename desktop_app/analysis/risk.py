"""Looking at a scenario's risk: named stresses, quantiles of the loss, bands of arrears and score, concentration."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import TypeAlias

import numpy as np

from desktop_app.analysis.readings import group_slices
from desktop_app.analysis.steps import coarse_step, steps_of
from desktop_app.domain.book import Book, Column
from desktop_app.domain.filters import EVERYTHING, Filter, InRange, IsMissing
from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Reading, Unit
from desktop_app.domain.requests import Evaluation
from desktop_app.domain.scenario import Scenario, Stress
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.labels import column_label


class RiskView(StrEnum):
    """What the risk is looked at by."""

    STRESS = "stress"
    LOSS = "loss"
    SCORE = "score"
    ARREARS = "arrears"
    STAGE = "stage"
    CATEGORY = "category"
    CONCENTRATION = "concentration"


@dataclass(frozen=True)
class RiskCase:
    """One row of a view: the same question with one thing put otherwise.

    Attributes: scenario is asked about in place of the desk's, through the filter `chosen`; grouping is None for none.
    """

    key: str
    name: Message
    scenario: Scenario
    chosen: Filter = EVERYTHING
    grouping: str | None = None


# The sizes are illustrations of mild to severe years, not forecasts; each takes the place of the scenario's own stress.
STRESSES: tuple[tuple[str, Message, Stress], ...] = (
    ("none", message("No stress"), Stress()),
    ("incomes", message("Lower incomes"), Stress(income_fall=Decimal("0.2"))),
    ("scores", message("Lower scores"), Stress(score_fall=Decimal(30))),
    ("drawing", message("Open lines drawn"), Stress(balance_growth=Decimal("0.3"))),
    ("odds", message("Odds of default doubled"), Stress(pd_odds=Decimal(2))),
    (
        "downturn",
        message("Downturn"),
        Stress(balance_growth=Decimal("0.1"), income_fall=Decimal("0.1"), pd_odds=Decimal(2), lgd_rise=Decimal("0.05")),
    ),
    (
        "severe",
        message("Severe downturn"),
        Stress(
            balance_growth=Decimal("0.2"),
            income_fall=Decimal("0.2"),
            score_fall=Decimal(20),
            pd_odds=Decimal(3),
            lgd_rise=Decimal("0.1"),
        ),
    ),
)

QUANTILES = tuple(map(Decimal, ("0.5", "0.75", "0.9", "0.95", "0.99", "0.995", "0.999", "0.9999")))

# From and to below, in days past due.
_ARREARS = ((0, 1), (1, 31), (31, 61), (61, 91), (91, None))
_STAGES = ((None, 31), (31, 91), (91, None))
_CATEGORIES = ((None, 1), (1, 91), (91, 271), (271, 361), (361, None))
_STAGE_NAMES = (
    message("Stage 1: up to 30 days past due"),
    message("Stage 2: 31 to 90 days"),
    message("Stage 3: more than 90 days"),
)
# By arrears alone, as the rules on risk classification of financial assets (2023) bound each from below.
_CATEGORY_NAMES = (
    message("Normal: nothing past due"),
    message("Special mention: 1 to 90 days"),
    message("Substandard: 91 to 270 days"),
    message("Doubtful: 271 to 360 days"),
    message("Loss: more than 360 days"),
)
_MISSING = message("(missing)")
_MOST_BANDS = 8
_Bounds: TypeAlias = tuple[int | Decimal | None, int | Decimal | None]

FIGURES_OF_VIEW: dict[RiskView, tuple[str, ...]] = {
    RiskView.STRESS: ("users_restricted", "el_no_policy", "el", "el_avoided", "bad_year_loss"),
    RiskView.LOSS: ("bad_year_loss", "bad_year_loss_beyond_el", "el"),
    RiskView.SCORE: ("accounts", "ead", "el", "el_rate", "el_avoided"),
    RiskView.ARREARS: ("accounts", "balance", "ead", "el", "el_rate"),
    RiskView.STAGE: ("accounts", "balance", "ead", "el", "el_rate"),
    RiskView.CATEGORY: ("accounts", "balance", "ead", "el", "el_rate"),
    RiskView.CONCENTRATION: (),
}
# What the bars show.
BARS_OF_VIEW: dict[RiskView, str] = {
    RiskView.STRESS: "el",
    RiskView.LOSS: "bad_year_loss",
    RiskView.SCORE: "el",
    RiskView.ARREARS: "el",
    RiskView.STAGE: "el",
    RiskView.CATEGORY: "balance",
}


def cases(view: RiskView, scenario: Scenario, book: Book) -> tuple[RiskCase, ...]:
    """The rows of a view, in their order; none where the book lacks what it needs."""
    match view:
        case RiskView.STRESS:
            own = RiskCase("own", message("As the scenario sets it"), scenario)
            named = tuple(_stressed(scenario, *one) for one in STRESSES)
            return named if scenario.stress == Stress() else (own, *named)
        case RiskView.LOSS:
            return tuple(_at_quantile(scenario, quantile) for quantile in QUANTILES)
        case RiskView.SCORE:
            return _bands(scenario, book, "score", _score_bands(book))
        case RiskView.ARREARS:
            return _bands(scenario, book, "days_past_due", _ARREARS)
        case RiskView.STAGE:
            return _named(scenario, book, _STAGES, _STAGE_NAMES)
        case RiskView.CATEGORY:
            return _named(scenario, book, _CATEGORIES, _CATEGORY_NAMES)
        case RiskView.CONCENTRATION:
            told_apart = (column for column in book.groupings() if column.domain and column.distinct != 1)
            columns = [column for column in told_apart if column.name != "recorded_action"]
            return tuple(
                RiskCase(column.name, column_label(column.name), scenario, grouping=column.name) for column in columns
            )


@dataclass(frozen=True)
class Concentration:
    """How exposure is spread over the groups of one column: readings of the index and of the largest group's share.

    Attributes: groups is how many have any exposure; largest is the label of the largest, None for the missing ones.
    """

    groups: int
    largest: str | None
    share: Reading
    index: Reading


def concentration(evaluation: Evaluation, baseline: Scenario, scenario: Scenario, book: Book) -> Concentration | None:
    """HHI = Σ share², in 0–1, of EAD over the groups (missing is a group); None for a book without exposure."""
    labels, slices = group_slices(evaluation, baseline, scenario, book)
    readings = slices.figure(FIGURES["ead"])
    after, before = (
        np.array([value or 0.0 for value in values], dtype=np.float64)
        for values in ([one.value for one in readings], [one.baseline for one in readings])
    )
    if not after.sum():
        return None
    shares = after / after.sum()
    earlier = before / before.sum() if before.sum() else np.full(before.shape, np.nan)
    largest = int(shares.argmax())
    parts = (float(shares[largest]), float(earlier[largest])), (float((shares**2).sum()), float((earlier**2).sum()))
    share, index = (
        Reading(name, unit, readings[0].kind, book.as_of, now, None if np.isnan(then) else then, denominator="ead")
        for name, unit, (now, then) in zip(("largest_share", "hhi"), (Unit.SHARE, Unit.RATIO), parts, strict=True)
    )
    return Concentration(int((after > 0).sum()), labels[largest], share, index)


def _stressed(scenario: Scenario, key: str, name: Message, stress: Stress) -> RiskCase:
    return RiskCase(key, name, scenario.model_copy(update={"stress": stress}))


def _at_quantile(scenario: Scenario, quantile: Decimal) -> RiskCase:
    assumptions = scenario.assumptions.model_copy(update={"loss_quantile": quantile})
    name = message("{percent} %", percent=(quantile * 100).normalize())
    return RiskCase(str(quantile), name, scenario.model_copy(update={"assumptions": assumptions}))


def _bands(scenario: Scenario, book: Book, field: str, bounds: tuple[_Bounds, ...]) -> tuple[RiskCase, ...]:
    column = _column(book, field)
    if column is None:
        return ()
    whole = field == "days_past_due"
    found = []
    for low, high in bounds:
        part = InRange(field, *(None if bound is None else Decimal(bound) for bound in (low, high)))
        found.append(RiskCase(f"{low}-{high}", _range(low, high, whole=whole), scenario, Filter((part,))))
    if column.missing:
        found.append(RiskCase("missing", _MISSING, scenario, Filter((IsMissing(field),))))
    return tuple(found)


def _range(low: int | Decimal | None, high: int | Decimal | None, *, whole: bool) -> Message:
    """A band in words; whole names the last whole number in place of the bound."""
    if low is None and high is not None:
        return message("below {high}", high=high)
    if low is not None and high is None:
        return message("{low} or more", low=low)
    assert low is not None
    assert high is not None
    last = high - 1 if whole else high
    return Message("{low}", (("low", low),)) if last == low else message("{low} – {high}", low=low, high=last)


def _named(
    scenario: Scenario, book: Book, bounds: tuple[_Bounds, ...], names: tuple[Message, ...]
) -> tuple[RiskCase, ...]:
    """Bands of days past due that have names of their own."""
    found = _bands(scenario, book, "days_past_due", bounds)
    return tuple(
        RiskCase(case.key, name, case.scenario, case.chosen)
        for case, name in zip(found, (*names, _MISSING), strict=False)
    )


def _score_bands(book: Book) -> tuple[tuple[Decimal | None, Decimal | None], ...]:
    """At most ten bands of a round width; the first and the last are open, so that every score is in one."""
    column = _column(book, "score")
    if column is None:
        return ()
    grid = steps_of(column)
    width = coarse_step(grid.minimum, grid.maximum, grid.step, _MOST_BANDS)
    first = (grid.minimum / width).to_integral_value(ROUND_FLOOR) * width
    edges = [first]
    while edges[-1] + width < grid.maximum:
        edges.append(edges[-1] + width)
    inner = edges[1:]
    return tuple(zip([None, *inner], [*inner, None], strict=True)) if inner else ((first, None),)


def _column(book: Book, name: str) -> Column | None:
    return next((column for column in book.columns if column.name == name and column.minimum is not None), None)
