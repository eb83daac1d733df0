"""Users: the most severe outcome of their accounts, the reason, the group; and the counts of rules."""

from __future__ import annotations

from tests.reference.counting import counts
from tests.reference.samples import account, cut, low_score, raised, rule, run
from tests.reference.summing import USER_MEASURES, user_sums, user_transitions

LARGE = {"field": "balance", "operator": ">", "value": 100}
SMALL = {"field": "balance", "operator": "<=", "value": 100}


def test_user_takes_the_most_severe_outcome_with_its_reason() -> None:
    rows = [account("a", "u", balance=20_000), low_score(key="b", user="u")]
    found = run(rows, rule("w", "watch", LARGE), rule("b", "block"))
    assert (found.users["u"].outcome, found.users["u"].reason) == ("blocked", "b")


def test_watched_is_more_severe_than_raised_for_a_user() -> None:
    rows = [account("a", "u", balance=20_000), account("b", "u")]
    found = run(rows, rule("u", raised(percent=120), SMALL), rule("w", "watch", LARGE))
    assert found.users["u"].outcome == "watched"


def test_tie_goes_to_the_smallest_account_id_in_bytes() -> None:
    rows = [account("é", "u"), account("z", "u", balance=20_000), account("Z", "u", balance=20_000)]
    found = run(rows, rule("small", "block", SMALL), rule("large", "block", LARGE))
    assert found.users["u"].reason == "large"
    assert found.users["u"].first.row["account_id"] == "Z"


def test_group_of_a_user_is_that_of_the_smallest_account_whatever_the_policy() -> None:
    rows = [low_score(key="b", user="u", segment="prime"), account("a", "u", segment="student")]
    assert user_sums(run(rows, rule("r", "block")), USER_MEASURES["users"], "segment") == {
        ("blocked", "r", "student"): 1
    }


def test_any_hit_counts_users_once_and_accounts_all() -> None:
    rows = [low_score(key="a", user="u"), low_score(key="b", user="u")]
    found = counts(run(rows, rule("r", "block")), "r")
    assert (found.any_hit_users, found.any_hit_accounts, found.first_reason_users) == (1, 2, 1)


def test_sole_hit_needs_every_other_rule_silent_on_all_accounts() -> None:
    rows = [low_score(key="a", user="u"), account("b", "u", balance=20_000), low_score(key="c", user="v")]
    found = run(rows, rule("r", "block"), rule("w", "watch", LARGE))
    assert [counts(found, name).sole_hit_users for name in ("r", "w")] == [1, 0]


def test_marginal_is_what_the_policy_loses_without_the_rule() -> None:
    rows = [low_score(key="a"), low_score(key="b", balance=20_000)]
    found = run(rows, rule("r", "block"), rule("c", cut(percent=50), LARGE))
    assert [counts(found, name).marginal_users for name in ("r", "c")] == [1, 0]


def test_unknown_is_counted_whether_the_rule_fires_or_not() -> None:
    rows = [account("a", "u"), account("b", "u"), low_score(key="c", user="v")]
    for on_missing in ("skip", "fire", "refer"):
        found = counts(run(rows, rule("r", "block", on_missing=on_missing)), "r")
        assert (found.unknown_users, found.unknown_accounts) == (1, 2)


def test_first_reasons_add_up_to_the_affected() -> None:
    rows = [low_score(key="a"), account("b", balance=20_000), account("c")]
    found = run(rows, rule("r", "refer"), rule("w", "watch", LARGE))
    assert sum(counts(found, name).first_reason_users for name in found.rules) == 2


def test_transitions_pair_the_outcomes_of_each_user() -> None:
    rows = [low_score(key="a"), account("b")]
    before, after = run(rows, rule("r", "refer")), run(rows, rule("r", "block"))
    assert user_transitions(before, after, USER_MEASURES["users"]) == {
        ("referred", "blocked"): 1,
        ("unchanged", "unchanged"): 1,
    }


def test_limit_reduced_counts_the_referred_whose_limit_is_cut() -> None:
    rows = [low_score(key="a"), low_score(key="b", balance=20_000)]
    found = run(rows, rule("c", cut(percent=50)), rule("r", "refer", LARGE))
    assert sum(user_sums(found, USER_MEASURES["users_cut"]).values()) == 2


def test_blocked_users_are_counted_apart_where_a_line_was_open() -> None:
    rows = [low_score(key="a"), low_score(key="b", balance=1_000_000)]
    found = user_sums(run(rows, rule("r", "block")), USER_MEASURES["users_open"])
    assert found["blocked", "r", None] == 1
