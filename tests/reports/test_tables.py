"""The rows of every file, and that they add up to the readings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from desktop_app.domain.cubes import Axis, Cube
from desktop_app.domain.observations import Outcomes, RuleOutcomes
from desktop_app.domain.outcomes import OUTCOMES as OUTCOME_LIST
from desktop_app.domain.rule_effects import RuleEffects
from desktop_app.figures.catalogue import FIGURES, MEASURES
from desktop_app.reports.export import Export, Further
from desktop_app.reports.tables import tables
from tests.analysis import answers
from tests.reports.exports import BASELINE, EVALUATION, SCENARIO, export


@pytest.fixture(scope="module")
def found():
    return {
        table.name: [dict(zip(table.headings, row, strict=True)) for row in table.rows] for table in tables(export())
    }


def test_the_summary_has_three_rows_a_figure_in_catalogue_order(found):
    rows = [(row["figure"], row["policy"]) for row in found["summary"]]
    assert rows == [(figure, policy) for figure in FIGURES for policy in ("baseline", "scenario", "delta")]


def test_a_summary_row_is_whole(found):
    assert list(found["summary"][6:9][1].values()) == [
        "users_blocked",
        "scenario",
        "15",
        "users",
        "observed",
        "2026-06-30",
        "",
        "",
    ]


def test_a_difference_keeps_its_sign(found):
    values = {row["policy"]: row["value"] for row in found["summary"] if row["figure"] == "balance"}
    assert values == {"baseline": "1300.50", "scenario": "1300.50", "delta": "0.00"}
    rates = {row["policy"]: row["value"] for row in found["summary"] if row["figure"] == "unrestricted_rate"}
    assert rates == {"baseline": "0.900000", "scenario": "0.800000", "delta": "-0.100000"}


def test_what_cannot_be_computed_is_empty(found):
    values = [row["value"] for row in found["summary"] if row["figure"] == "el"]
    assert values == ["", "", ""]


def test_coverage_stands_on_both_sides_and_not_on_the_difference(found):
    assert [row["coverage"] for row in found["summary"] if row["figure"] == "el"] == ["0.000000", "0.000000", ""]


def test_reasons_name_the_rule_with_its_code_and_cause(found):
    assert list(found["reasons"][3].values()) == [
        "scenario",
        "new_line",
        "新户",
        "NEW_LINE",
        "behaviour",
        "refer",
        "referred",
        "5",
        "5",
        "0.00",
        "0.00",
    ]


@pytest.mark.parametrize("who", ["users", "accounts"])
@pytest.mark.parametrize("side", ["baseline", "scenario"])
@pytest.mark.parametrize("file", ["reasons", "groups"])
def test_rows_add_up_to_the_book(found, who, side, file):
    whole = [row["value"] for row in found["summary"] if (row["figure"], row["policy"]) == (who, side)]
    assert [str(sum(int(row[who]) for row in found[file] if row["policy"] == side))] == whole


def test_groups_state_both_policies_and_thin_groups(found):
    rows = [(row["policy"], row["group"], row["users_blocked"], row["thin"]) for row in found["groups"]]
    assert rows == [
        ("baseline", "east", "10", "true"),
        ("baseline", "west", "0", "false"),
        ("baseline", "", "0", "true"),
        ("scenario", "east", "15", "true"),
        ("scenario", "west", "0", "false"),
        ("scenario", "", "0", "true"),
    ]


def test_without_a_grouping_there_are_no_group_rows():
    groups = next(table for table in tables(export(grouping=None)) if table.name == "groups")
    assert groups.rows == ()


def test_rules_stand_in_policy_order_with_their_counts(found):
    assert [(row["policy"], row["position"], row["rule"]) for row in found["rules"]] == [
        ("baseline", "1", "low_score"),
        ("scenario", "1", "low_score"),
        ("scenario", "2", "new_line"),
        ("scenario", "3", "idle"),
    ]
    assert list(found["rules"][1].values())[4:17] == [
        *("true", "true", "block", "credit_standing", "LOW_SCORE"),
        *("16", "18", "15", "17", "14", "15", "1", "2"),
    ]


def test_a_rule_that_is_off_has_no_counts(found):
    idle = found["rules"][3]
    assert (idle["enabled"], idle["any_hit_users"], idle["unknown_accounts"]) == ("false", "", "")


OUTCOMES = {
    "scenario": (
        RuleOutcomes("low_score", Outcomes(90, 10, 1), Outcomes(9, 1, 0), Outcomes(40, 10, 0), Outcomes(4, 1, 0)),
        RuleOutcomes("new_line", Outcomes(0, 0, 6), Outcomes(0, 0, 4), Outcomes(0, 0, 6), Outcomes(0, 0, 4)),
        RuleOutcomes("idle"),
    ),
    "baseline": (
        RuleOutcomes("low_score", Outcomes(9, 1, 0), Outcomes(9, 1, 0), Outcomes(9, 1, 0), Outcomes(9, 1, 0)),
    ),
}


def known(rule: str) -> list[str]:
    """What rules.csv says became of the users whom a rule of the scenario hits."""
    evaluation = replace(EVALUATION, outcomes=OUTCOMES)
    dated = replace(answers.book(), evidence=date(2025, 6, 30))
    given = Export.of(evaluation, BASELINE, SCENARIO, dated, grouping=None, version="1")
    rules = next(table for table in tables(given) if table.name == "rules")
    place, end = (rules.headings.index(name) for name in ("evidence_date", "el_delta"))
    return list(next(row for row in rules.rows if row[0] == "scenario" and row[2] == rule)[place:end])


def test_what_became_of_a_rules_hits_is_stated_with_its_date():
    interval = ["0.055229", "0.174366"]
    hits = ["2025-06-30", "100", "10", "0.100000", *interval, "", "9.000000", "false"]
    assert known("low_score") == [*hits, "10", "1", "0.100000", "50", "0.200000", ""]


def test_hits_without_a_known_outcome_have_no_rate():
    assert known("new_line")[:9] == ["2025-06-30", "0", "0", "", "", "", "", "", "true"]


def test_a_rule_that_is_off_has_no_outcomes():
    assert set(known("idle")) == {""}


def test_transitions_have_all_pairs_with_money_under_both_policies(found):
    rows = found["transitions"]
    assert len(rows) == 36
    assert [list(row.values()) for row in rows if row["users"] != "0"] == [
        ["unchanged", "blocked", "swap_out", "5", "5", "100.00", "200.00", "", "", "", ""]
    ]


def test_overlaps_name_each_pair_of_rules_once(found):
    assert [tuple(row.values()) for row in found["overlap"]] == [("scenario", "low_score", "new_line", "3", "4")]


def test_rules_state_what_they_add_and_where_lines_break_even():
    measures = {"balance_with_pd": 100, "loss_undrawn": 250_000, "undrawn_with_pd": 100}
    hits = {
        side: _hits(**{name: value * times for name, value in measures.items()})
        for side, times in (("baseline", 2), ("scenario", 1))
    }
    given = export(further=Further({"scenario": RuleEffects("k", hits, 1.0)}))
    rules = next(table for table in tables(given) if table.name == "rules")
    added = {row[2]: row[-3:] for row in rules.rows if row[0] == "scenario"}
    # 0.40 of 25 less than 50 is lost.
    assert added == {"low_score": ("-10.00", "0.00", ""), "new_line": ("", "", ""), "idle": ("", "", "")}


def _hits(**sums: int) -> Cube:
    made = {name: np.zeros((1, len(OUTCOME_LIST)), dtype=np.int64) for name in MEASURES}
    for name, value in sums.items():
        made[name][0, -1] = value
    return Cube((Axis("rule", ("low_score",)), Axis("outcome", tuple(OUTCOME_LIST))), made)


def test_movements_state_money_under_both_policies(found):
    rows = [tuple(row.values()) for row in found["movements"]]
    assert [row[0] for row in rows] == ["tightened", "loosened", "same", "referred"]
    assert rows[0] == ("tightened", "2", "3", "9.00", "4.00", "1.00", "1.00", "", "", "", "")


def test_recorded_actions_stand_beside_the_baseline_with_the_mismatches(found):
    assert [tuple(row.values()) for row in found["recorded"]] == [
        ("block", "blocked", "true", "9", "123.45"),
        ("none", "blocked", "false", "1", "1.00"),
        ("", "unchanged", "", "90", "0.00"),
    ]


def test_groups_stand_beside_the_largest_one(found):
    rows = [list(row.values())[-7:] for row in found["groups"] if row["policy"] == "scenario"]
    # East: all 15 blocked; west: 80 of 85 unrestricted, 5 of them by a rule that the east is never hit by.
    assert rows[0][:2] == ["west", "0.000000"]
    assert rows[0][-2:] == ["false", "low_score"]
    assert rows[1] == ["west", "1.000000", "1.000000", "", "", "false", ""]
    assert rows[2] == ["west", "", "", "", "", "false", ""]
