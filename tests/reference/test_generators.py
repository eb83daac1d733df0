"""Random books and policies: valid, repeatable, and of every kind that the rules know."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings

from desktop_app.domain.policy import Policy
from tests.reference import observed
from tests.reference.books import AS_OF, EARLIER, SmallBook, books, seeded_book
from tests.reference.counting import counts
from tests.reference.evaluate import SEVERITY, Result, evaluate
from tests.reference.evidence import evidence_date
from tests.reference.fitting import fitted_curve
from tests.reference.policies import policies, seeded_policy

SEEDS = range(40)


def parsed(policy: dict[str, Any]) -> dict[str, Any]:
    """The policy as the product writes it."""
    written: dict[str, Any] = json.loads(Policy.model_validate(policy).to_json())
    return written


def replayed(book: SmallBook, policy: dict[str, Any]) -> Result:
    return evaluate(book.at(AS_OF), book.columns, parsed(policy))


def results() -> list[Result]:
    return [replayed(seeded_book(seed, 60), seeded_policy(seed)) for seed in SEEDS]


@settings(max_examples=60, deadline=None)
@given(policies())
def test_every_random_policy_is_a_valid_document(policy: dict[str, Any]) -> None:
    assert len(parsed(policy).get("rules", [])) == len(policy["rules"])


@settings(max_examples=30, deadline=None)
@given(books(12), policies(most_rules=4))
def test_counts_keep_their_identities(book: SmallBook, policy: dict[str, Any]) -> None:
    result = replayed(book, policy)
    affected = sum(user.outcome != "unchanged" for user in result.users.values())
    found = [counts(result, rule) for rule in result.rules]
    assert sum(rule.first_reason_users for rule in found) == affected
    assert all(rule.any_hit_users >= max(rule.first_reason_users, rule.sole_hit_users) for rule in found)


def test_seed_makes_the_same_book_and_policy_again() -> None:
    assert (seeded_book(7), seeded_policy(7)) == (seeded_book(7), seeded_policy(7))


def test_accounts_are_unique_within_a_snapshot() -> None:
    for seed in SEEDS:
        ids = [row["account_id"] for row in seeded_book(seed).at(AS_OF)]
        assert len(ids) == len(set(ids))


def test_missing_values_spare_only_the_required_columns() -> None:
    rows = [row for seed in SEEDS for row in seeded_book(seed).rows]
    gaps = {name for row in rows for name, value in row.items() if value is None}
    present = {name for row in rows for name in row}
    assert present - gaps == {"account_id", "user_id", "snapshot_date", "credit_limit", "balance"}


def test_every_outcome_occurs() -> None:
    found = {account.decision.outcome for result in results() for account in result.accounts}
    assert found == set(SEVERITY)


def test_rules_fire_stay_silent_and_are_unknown_or_unavailable() -> None:
    found = results()
    traces = [trace for result in found for account in result.accounts for trace in account.decision.traces.values()]
    assert {trace.word for trace in traces} == {"fired", "unknown", "not fired"}
    assert any(result.unavailable for result in found)


def test_some_outcomes_are_known_and_some_curves_fitted() -> None:
    books = [seeded_book(seed) for seed in SEEDS]
    days = [evidence_date(book.rows) for book in books]
    assert {None, AS_OF, EARLIER} == set(days)
    assert any(fitted_curve(book.rows) for book in books)


def test_policies_hurt_goods_and_stop_bads() -> None:
    found = [replayed(seeded_book(seed), seeded_policy(seed)) for seed in range(100, 110)]
    users = [user for result in found for user in result.users.values() if observed.falls(user)]
    assert any(map(observed.is_good, users))
    assert any(map(observed.is_bad, users))


def test_some_users_have_accounts_with_different_outcomes() -> None:
    users = [user for result in results() for user in result.users.values()]
    assert any(len({account.decision.outcome for account in user.accounts}) > 1 for user in users)
