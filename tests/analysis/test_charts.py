"""Chart values: bars by reason and cause, the histogram with its lines."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_app.analysis.charts import Lens, adds_up, cause_bars, histogram, reason_bars
from desktop_app.analysis.readings import readings
from desktop_app.domain.handles import ThresholdHandle
from desktop_app.domain.indexing import Bins
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.readings import Unit
from desktop_app.domain.requests import HistogramCounts
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from tests.analysis.answers import book, by_reason, evaluation, rule, scenario

ENGLISH = Words(Language.ENGLISH)
BEFORE = scenario(rule("low_score", name={"en": "Low score", "zh": "分低"}))
AFTER = scenario(
    rule("low_score", name={"en": "Low score", "zh": "分低"}),
    rule("new_line", "pd", 1, action={"kind": "watch"}, cause="behaviour"),
)
ANSWER = evaluation(
    by_reason(
        ("blocked", "low_score", "east", {"users": 15}),
        ("referred", "low_score", "west", {"users": 4}),
        ("watched", "new_line", "west", {"users": 50}),
        ("unchanged", "", "west", {"users": 900}),
    ),
    by_reason(("blocked", "low_score", "east", {"users": 10}), ("unchanged", "", "west", {"users": 959})),
)


def test_reasons_are_bars_longest_first_with_the_baseline_behind():
    bars = reason_bars(ANSWER, BEFORE, AFTER, ENGLISH).bars
    assert [(bar.key, bar.value, bar.baseline) for bar in bars] == [("new_line", 50, 0), ("low_score", 19, 10)]


def test_a_bar_has_the_colour_of_most_of_its_users():
    bars = {bar.key: bar.outcome for bar in reason_bars(ANSWER, BEFORE, AFTER, ENGLISH).bars}
    assert bars == {"low_score": Outcome.BLOCKED, "new_line": Outcome.WATCHED}


def test_a_reason_that_only_the_baseline_has_keeps_its_ghost():
    swapped = evaluation(ANSWER.by_reason["baseline"], ANSWER.by_reason["scenario"])
    bars = {bar.key: (bar.value, bar.baseline) for bar in reason_bars(swapped, AFTER, BEFORE, ENGLISH).bars}
    assert bars["new_line"] == (0, 50)


def test_a_rule_that_touches_nobody_has_no_bar():
    idle = scenario(rule("low_score"), rule("idle"))
    assert "idle" not in {bar.key for bar in reason_bars(ANSWER, BEFORE, idle, ENGLISH).bars}


@pytest.mark.parametrize(("language", "label"), [(Language.ENGLISH, "Low score"), (Language.CHINESE, "分低")])
def test_labels_are_in_the_analysts_language(language, label):
    bars = reason_bars(ANSWER, BEFORE, AFTER, Words(language)).bars
    assert [bar.label for bar in bars if bar.key == "low_score"] == [label]


def test_causes_count_the_restricted_only():
    bars = cause_bars(ANSWER, BEFORE, AFTER, ENGLISH).bars
    assert [(bar.key, bar.label, bar.value, bar.baseline) for bar in bars] == [
        ("credit_standing", "Credit standing", 19, 10)
    ]


def lens(figure: str) -> Lens:
    return Lens(FIGURES[figure], book())


def test_through_a_lens_the_reasons_show_its_figure():
    bars = reason_bars(ANSWER, BEFORE, AFTER, ENGLISH, lens("users_blocked"))
    assert bars.title == "Blocked users by reason"
    assert [(bar.key, bar.value, bar.baseline) for bar in bars.bars] == [("low_score", 15, 10)]


def test_through_a_lens_the_bars_add_up_to_the_reading():
    money = evaluation(
        by_reason(("blocked", "low_score", "east", {"users": 1, "balance": 700, "accounts": 1})),
        by_reason(("unchanged", "", "east", {"users": 1, "balance": 700, "accounts": 1})),
    )
    bars = reason_bars(money, BEFORE, AFTER, ENGLISH, lens("balance"))
    whole = readings(money, BEFORE, AFTER, book())["balance"]
    assert sum(bar.value for bar in bars.bars) == whole.value
    assert bars.measure is Unit.MONEY


def test_through_a_lens_the_causes_are_still_those_of_the_restricted():
    bars = cause_bars(ANSWER, BEFORE, AFTER, ENGLISH, lens("users")).bars
    assert [(bar.key, bar.value) for bar in bars] == [("credit_standing", 19)]


def test_shares_do_not_add_up():
    assert not adds_up(FIGURES["restricted_rate"])
    assert adds_up(FIGURES["el_avoided"])


COUNTS = HistogramCounts(
    key="k",
    field="score",
    edges=(350.0, 550.0, 750.0, 950.0),
    counts={outcome: np.array([1, 2, 3]) for outcome in OUTCOMES},
    baseline={outcome: np.array([1, 10, 100]) for outcome in OUTCOMES},
    missing=4,
    bins=Bins(350_000_000, 200_000_000, 3, open=False),
)
GROUPED = rule("low_score", condition={"by": {"column": "region", "values": {"west": 580, "east": 640}}})


def test_every_threshold_on_the_field_is_a_line():
    lines = histogram(COUNTS, scenario(GROUPED, rule("by_pd", "pd", 0.5)), book()).lines
    assert [(line.label, line.position) for line in lines] == [("", 600), ("east", 640), ("west", 580)]
    assert lines[1].handle == ThresholdHandle("low_score", "low_score.1", "east")


def test_a_rule_that_is_switched_off_has_no_line():
    assert histogram(COUNTS, scenario(rule("low_score", enabled=False)), book()).lines == ()


def test_lines_can_be_those_of_one_rule():
    both = scenario(rule("low_score"), rule("lower", value=500))
    assert [line.position for line in histogram(COUNTS, both, book(), "lower").lines] == [500]


def test_the_baseline_is_what_it_restricts():
    assert histogram(COUNTS, AFTER, book()).baseline.tolist() == [3, 30, 300]


def test_counts_edges_and_missing_pass_through():
    value = histogram(COUNTS, AFTER, book())
    assert (value.edges.tolist(), value.missing, value.counts[Outcome.RAISED].tolist()) == (
        [350, 550, 750, 950],
        4,
        [1, 2, 3],
    )


def test_the_grid_is_the_columns():
    value = histogram(COUNTS, AFTER, book())
    assert (value.step, value.minimum, value.maximum) == (1, 350, 951)
