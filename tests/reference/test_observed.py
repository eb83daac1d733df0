"""Goods, bads, and whom the policy stops, worked by hand."""

from __future__ import annotations

from typing import Any

from tests.reference.observed import became, falls, hit_by, hit_by_nothing_else, is_bad, is_good, untreated
from tests.reference.quantities import Row
from tests.reference.samples import account, cut, low_score, raised, rule, run

GOOD, BAD, UNKNOWN = ({"default_12m": value} for value in (False, True, None))


def only_user(*rows: Row) -> Any:
    (user,) = run(list(rows)).users.values()
    return user


def both(first: dict[str, Any], second: dict[str, Any]) -> Any:
    return only_user(account("a", "u", **first), account("b", "u", **second))


def test_one_bad_account_makes_a_bad_user() -> None:
    assert is_bad(both(GOOD, BAD))
    assert is_bad(both(UNKNOWN, BAD))
    assert not is_bad(both(GOOD, UNKNOWN))


def test_all_accounts_of_a_good_user_are_known_and_good() -> None:
    assert is_good(both(GOOD, GOOD))
    assert not is_good(both(GOOD, UNKNOWN))
    assert not is_good(both(GOOD, BAD))


def test_an_account_in_default_turns_neither_good_nor_bad() -> None:
    late = {"days_past_due": 91}
    assert not is_bad(only_user(account(**BAD, **late)))
    assert not is_good(both(GOOD, {**GOOD, **late}))
    assert is_bad(both(BAD, {**GOOD, **late}))


def test_an_open_line_falls_over_all_accounts_together() -> None:
    rows = [low_score(key="a", user="u"), account("b", "u", score=700)]
    more = rule("up", raised(amount=30_000), {"field": "score", "operator": ">", "value": 600})
    (cut_alone,) = run(rows, rule("c", cut(percent=50))).users.values()
    (both_ways,) = run(rows, rule("c", cut(percent=50)), more).users.values()
    assert falls(cut_alone)
    assert not falls(both_ways)


def test_a_line_used_up_cannot_fall() -> None:
    (user,) = run([low_score(balance=1_000_000)], rule("b", "block")).users.values()
    assert user.outcome == "blocked"
    assert not falls(user)


def test_rules_hit_users_who_became_something() -> None:
    rows = [low_score(key="a", **GOOD), low_score(key="b", **BAD, kyc_complete=False), low_score(key="c", **UNKNOWN)]
    found = run(
        rows, rule("r", "block"), rule("k", "refer", {"field": "kyc_complete", "operator": "=", "value": False})
    )
    hits, sole = became(hit_by(found, "r")), became(hit_by_nothing_else(found, "r"))
    assert (hits.goods, hits.bads, hits.unknown) == (1, 1, 1)
    assert (sole.goods, sole.bads, sole.unknown) == (1, 0, 1)


def test_whom_the_live_system_stopped_is_treated() -> None:
    rows = [account(name, recorded_action=action) for name, action in [("a", None), ("b", "none"), ("c", "cut")]]
    assert [user.first.row["account_id"] for user in untreated(list(run(rows).users.values()))] == ["a", "b"]
