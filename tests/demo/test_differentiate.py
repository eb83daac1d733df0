"""The demo's differentiated policy: thresholds by group, a matrix, referrals, a raise, a template that is off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from desktop_app.analysis.policy_check import policy_doubts
from desktop_app.api import OpenBook, load_policy, open_book, simulate
from desktop_app.domain.actions import Cut, Matrix, Raise, Refer
from desktop_app.domain.conditions import comparisons
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.policy import Cause

SAMPLE = Path(__file__).parents[2] / "sample_data" / "demo"
FILE = SAMPLE / "differentiate.json"
POLICY = load_policy(FILE)
TEMPLATE = POLICY.rule("line_per_person")


@pytest.fixture(scope="module")
def book() -> Iterator[OpenBook]:
    with open_book(SAMPLE / "book.parquet", SAMPLE / "mapping.json") as found:
        yield found


@pytest.fixture(scope="module")
def accounts(book: OpenBook) -> pd.DataFrame:
    return simulate(book, POLICY).accounts


def test_it_is_written_canonically() -> None:
    assert POLICY.to_json() == FILE.read_text(encoding="utf-8")


def test_it_shows_what_a_policy_can_do() -> None:
    actions = [rule.action for rule in POLICY.rules]
    assert any(isinstance(action, Cut) and isinstance(action.target, Matrix) for action in actions)
    assert any(isinstance(action, Raise) for action in actions)
    assert any(isinstance(action, Refer) for action in actions)
    assert sum(one.by is not None for rule in POLICY.rules for one in comparisons(rule.condition)) >= 4


def test_nothing_in_it_is_doubtful(book: OpenBook) -> None:
    assert policy_doubts(POLICY, book.project.book) == ()


def test_the_legal_template_is_off_and_names_its_source() -> None:
    assert not TEMPLATE.enabled
    assert TEMPLATE.reason.cause is Cause.REGULATION
    assert all(part in TEMPLATE.note for part in ("CBIRC Order 9 of 2020", "12 July 2020", "Confirm with counsel"))


def test_the_legal_template_can_be_switched_on(book: OpenBook) -> None:
    switched = POLICY.with_rule(TEMPLATE.model_copy(update={"enabled": True}))
    assert TEMPLATE.reason.code in set(simulate(book, switched).accounts.reason)


def test_every_rule_that_is_on_gives_a_reason_often(accounts: pd.DataFrame) -> None:
    given = accounts.reason.value_counts()
    codes = {rule.reason.code for rule in POLICY.enabled_rules}
    assert codes == set(given.index) - {""}
    assert given[sorted(codes)].min() > 50


def test_every_outcome_occurs(accounts: pd.DataFrame) -> None:
    assert set(accounts.outcome) == {outcome.value for outcome in Outcome}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sentences_show_no_number(language: str) -> None:
    for rule in POLICY.rules:
        sentence = getattr(rule.reason.sentence, language)
        assert sentence
        assert not re.search(r"[\d%％]", sentence)
