"""The sample that comes with the product: its book, its two policies, its mapping."""

import re
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from pytest import approx

from desktop_app.demo.recorded import ACTIONS
from desktop_app.demo.replaying import generate_recorded
from desktop_app.domain.columns import FORBIDDEN_IN_CONDITIONS, STANDARD
from desktop_app.domain.mapping import Mapping
from desktop_app.domain.outcomes import OUTCOMES, RESTRICTED, Outcome
from desktop_app.domain.policy import Cause, Policy
from desktop_app.domain.watch import CancelWatch
from tests.demo.replay import combined, fired_rules, frame_of, outcomes_of, shares_of_actions

SAMPLE = Path(__file__).parents[2] / "sample_data" / "demo"
SEED = 2026
POLICIES = ("baseline", "tighten")


def policy_of(name):
    return Policy.from_json((SAMPLE / f"{name}.json").read_text(encoding="utf-8"), f"{name}.json")


@pytest.fixture(scope="module")
def table():
    return pq.read_table(SAMPLE / "book.parquet")


@pytest.fixture(scope="module")
def frame(table):
    return frame_of(table)


def test_the_book_is_small_enough_to_come_along() -> None:
    assert (SAMPLE / "book.parquet").stat().st_size < 5_000_000


def test_the_book_has_80000_accounts_at_three_dates(frame) -> None:
    assert frame.groupby("snapshot_date").size().tolist() == [80_000] * 3


def test_the_book_is_what_the_generator_writes(table, tmp_path) -> None:
    path = tmp_path / "book.parquet"
    generate_recorded(240_000, SEED, path, CancelWatch())
    made = pq.read_table(path)
    assert made.column_names == table.column_names
    differ = [_differing(made.column(name), table.column(name)) for name in made.column_names]
    # Another processor may round the last bit of a logarithm otherwise; a handful of values may then differ.
    assert max(differ) <= 24
    assert any(differ) or path.read_bytes() == (SAMPLE / "book.parquet").read_bytes()


def test_recorded_actions_are_those_of_the_baseline_but_for_a_few(frame) -> None:
    code = {Outcome.BLOCKED: "block", Outcome.REFERRED: "refer", Outcome.REDUCED: "cut"}
    actions = np.array([code.get(outcome, "none") for outcome in OUTCOMES])
    replayed = actions[outcomes_of(policy_of("baseline"), frame)]
    assert (replayed != frame.recorded_action).mean() == approx(0.004, abs=0.0005)


def test_the_baseline_acts_as_often_as_it_should(frame) -> None:
    share = frame.recorded_action.value_counts(normalize=True)
    assert [share[action] for action in ("none", "cut", "block", "refer")] == [
        approx(0.91, abs=0.005),
        approx(0.035, abs=0.003),
        approx(0.04, abs=0.003),
        approx(0.015, abs=0.0015),
    ]
    assert set(share.index) == set(ACTIONS)


def test_the_tightened_policy_restricts_visibly_more(frame) -> None:
    restricted = [1 - shares_of_actions(outcomes_of(policy_of(name), frame))["none"] for name in POLICIES]
    assert 1.5 < restricted[1] / restricted[0] < 2.0


def test_every_rule_gives_some_outcome(frame) -> None:
    policy = policy_of("baseline")
    fired = fired_rules(policy, frame)
    before = combined(policy, fired, frame)
    for rule in policy.rules:
        without = fired | {rule.id: np.zeros(len(frame), bool)}
        assert (combined(policy, without, frame) != before).sum() > 100, rule.id


def test_the_baseline_has_all_kinds_of_actions_and_causes() -> None:
    rules = policy_of("baseline").rules
    assert {rule.action.kind for rule in rules} == {"block", "refer", "cut", "watch"}
    assert {rule.reason.cause for rule in rules} == set(Cause) - {Cause.POLICY}


def test_the_tightened_policy_descends_from_the_baseline() -> None:
    assert policy_of("tighten").parent == policy_of("baseline").id


def test_the_tightened_policy_has_the_rules_of_the_baseline() -> None:
    assert [rule.id for rule in policy_of("tighten").rules] == [rule.id for rule in policy_of("baseline").rules]


def test_the_tightened_policy_restricts_whom_the_baseline_restricts(frame) -> None:
    codes = [OUTCOMES.index(outcome) for outcome in RESTRICTED]
    before, after = (np.isin(outcomes_of(policy_of(name), frame), codes) for name in POLICIES)
    assert not (before & ~after).any()


@pytest.mark.parametrize("name", POLICIES)
def test_the_policy_is_written_canonically(name) -> None:
    assert policy_of(name).to_json() == (SAMPLE / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", POLICIES)
def test_rules_read_columns_of_the_book(name, table) -> None:
    read = frozenset().union(*(rule.fields for rule in policy_of(name).rules))
    derived = {column for column, standard in STANDARD.items() if standard.derived}
    assert read <= set(table.column_names) | derived
    assert not read & FORBIDDEN_IN_CONDITIONS


@pytest.mark.parametrize("name", POLICIES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_sentences_show_no_number(name, language) -> None:
    for rule in policy_of(name).rules:
        sentence = getattr(rule.reason.sentence, language)
        assert sentence
        assert not re.search(r"[0-9０-９一二三四五六七八九十百千万]{2,}|\d|[%％]", sentence), sentence


def test_the_mapping_takes_every_column_as_it_is(table) -> None:
    mapping = Mapping.from_json((SAMPLE / "mapping.json").read_text(encoding="utf-8"), "mapping.json")
    assert {name: column.value for name, column in mapping.columns.items()} == {n: n for n in table.column_names}


def test_the_mapping_states_a_standard_outcome() -> None:
    mapping = Mapping.from_json((SAMPLE / "mapping.json").read_text(encoding="utf-8"), "mapping.json")
    assert (mapping.outcome.months, mapping.outcome.days_past_due) == (12, 90)


def test_the_dictionary_describes_every_column(table) -> None:
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(table.column_names)
    assert "plausible from general knowledge, not fitted to any lender's data" in text


def _differing(one, other):
    unequal = pc.sum(pc.not_equal(one, other)).as_py() or 0
    return unequal + pc.sum(pc.not_equal(one.is_null(), other.is_null())).as_py()
