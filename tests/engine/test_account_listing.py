"""Lists and pages of accounts against plain Python: which accounts, in which order, with which values."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desktop_app.domain.accounts import (
    BASELINE_OUTCOME,
    DECIDED,
    NEW_LIMIT,
    OUTCOME,
    REASON,
    UNDRAWN,
    AccountRow,
    Listing,
    ListingRequest,
    Order,
    PageRequest,
    Question,
)
from desktop_app.domain.filters import EVERYTHING, Filter, HasId, HasOutcome
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.problems import BookUnusable, Cancelled
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine import account_listing
from desktop_app.engine.account_listing import Permutation, Permutations, list_accounts
from desktop_app.engine.account_pages import account_page
from tests.engine.random_questions import Case, cases
from tests.engine.test_filters import random_filter
from tests.reference.books import AS_OF
from tests.reference.conditions import in_analyst_unit
from tests.reference.evaluate import Account
from tests.reference.filtering import accounts_left
from tests.reference.preparing import prepared_types


def about(case: Case) -> Question:
    sides = (Scenario(id=side, policy=case.policies[side]) for side in ("baseline", "scenario"))
    return Question("random", AS_OF, *sides)


def listed(
    case: Case, chosen: Filter = EVERYTHING, order: Order | None = None, kept: Permutations | None = None
) -> Listing:
    request = ListingRequest(about(case), chosen, order)
    return list_accounts(case.loaded.cursor, case.loaded.prepared, request, kept or Permutations(), CancelWatch())


def page(case: Case, rows: list[int], columns: tuple[str, ...] = ()) -> tuple[AccountRow, ...]:
    request = PageRequest(about(case), tuple(rows), columns)
    return account_page(case.loaded.cursor, case.loaded.prepared, request, CancelWatch())


def names(case: Case, listing: Listing) -> list[str]:
    return [one.account for one in page(case, listing.span(0, listing.total))]


def decided(case: Case, row: int, column: str) -> Any:
    """One of DECIDED of the account in that row, by the reference; a reason as its rule's place."""
    account: Account = case.expected["baseline" if "baseline" in column else "scenario"].accounts[row]
    decision = account.decision
    if column == NEW_LIMIT:
        return decision.new_limit
    if column == UNDRAWN:
        return decision.undrawn
    if "outcome" in column:
        return OUTCOMES.index(Outcome(decision.outcome))
    rules = [rule.id for rule in case.policies["baseline" if "baseline" in column else "scenario"].rules]
    return rules.index(decision.reason) if decision.reason else None


def value(case: Case, row: int, column: str) -> Any:
    if column in DECIDED:
        return decided(case, row, column)
    found = case.expected["scenario"].accounts[row].row[column]
    return found.encode() if isinstance(found, str) else found


def expected_order(case: Case, rows: list[int], order: Order) -> list[str]:
    known = [row for row in rows if value(case, row, order.column) is not None]
    rest = [row for row in rows if row not in known]
    known.sort(key=lambda row: value(case, row, order.column))
    if order.descending:
        known, rest = known[::-1], rest[::-1]
    return [case.loaded.small.at(AS_OF)[row]["account_id"] for row in known + rest]


@pytest.mark.parametrize("seed", range(800, 808))
def test_accounts_are_filtered_and_sorted(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(seed)
    for case in cases(range(seed, seed + 1), tmp_path, pairs=1, most_rows=60):
        types = prepared_types(case.loaded.small.columns)
        ids = [row["account_id"] for row in case.loaded.small.at(AS_OF)]
        kept = Permutations()
        for _ in range(6):
            chosen = random_filter(draw, case, types)
            order = Order(draw.choice([*types, *DECIDED]), draw.random() < 0.5)
            # Parts of a book are sorted by themselves, or read from the permutation of the whole.
            monkeypatch.setattr(account_listing, "_SMALL_PART", draw.choice((0, 10**9)))
            left = [ids.index(one) for one in accounts_left(chosen, case.expected, types)]
            assert names(case, listed(case, chosen)) == [ids[row] for row in left]
            assert names(case, listed(case, chosen, order, kept)) == expected_order(case, left, order), order


@pytest.mark.parametrize("seed", range(820, 823))
def test_a_page_shows_what_stands_in_the_book_and_what_is_decided(seed: int, tmp_path: Path) -> None:
    for case in cases(range(seed, seed + 1), tmp_path, pairs=1, most_rows=20):
        types = prepared_types(case.loaded.small.columns)
        columns = (*types, *DECIDED)
        total = len(case.loaded.small.at(AS_OF))
        for place, found in enumerate(page(case, list(range(total)), columns)):
            values = dict(zip(columns, found.values, strict=True))
            account = case.expected["scenario"].accounts[place]
            assert (found.account, found.user) == (account.row["account_id"], account.row["user_id"])
            for name, kind in types.items():
                assert (
                    values[name] == in_analyst_unit(account.row[name], kind) if account.row[name] is not None else True
                )
                assert (values[name] is None) == (account.row[name] is None)
            assert values[OUTCOME] == account.decision.outcome
            assert values[BASELINE_OUTCOME] == case.expected["baseline"].accounts[place].decision.outcome
            assert (values[REASON] or "") == account.decision.reason
            assert (values[NEW_LIMIT], values[UNDRAWN]) == (
                Decimal(account.decision.new_limit) / 100,
                Decimal(account.decision.undrawn) / 100,
            )


def test_the_book_as_it_stands_needs_no_list(tmp_path: Path) -> None:
    for case in cases(range(702, 703), tmp_path, pairs=1, most_rows=40):
        found = listed(case)
        assert found.rows is None
        assert found.total == len(case.loaded.small.at(AS_OF))
        assert found.span(2, 5) == [found.first + 2, found.first + 3, found.first + 4]
        assert found.span(found.total - 1, found.total + 9) == [found.first + found.total - 1]


def test_a_page_comes_in_the_order_asked_for(tmp_path: Path) -> None:
    for case in cases(range(702, 703), tmp_path, pairs=1, most_rows=40):
        assert [one.row for one in page(case, [7, 0, 3])] == [7, 0, 3]


def test_a_column_is_sorted_once(tmp_path: Path) -> None:
    for case in cases(range(702, 703), tmp_path, pairs=1, most_rows=40):
        kept = Permutations()
        rising, falling = (listed(case, order=Order("balance", way), kept=kept) for way in (False, True))
        key = (case.loaded.prepared.key, "balance")
        assert kept.find(key) is not None
        assert rising.rows is kept.find(key).rows
        assert sorted(falling.rows.tolist()) == sorted(rising.rows.tolist())


def test_the_permutation_longest_unused_goes_first() -> None:
    kept = Permutations(budget=100)
    for name in ("a", "b", "c"):
        kept.keep(("book", name), Permutation(np.zeros(10, np.int32), 10))
        kept.find(("book", "a"))
    assert [name for name in ("a", "b", "c") if kept.find(("book", name))] == ["a", "c"]


def test_a_policy_that_nobody_asks_about_leaves_the_list_as_it_is(tmp_path: Path) -> None:
    for case in cases(range(700, 701), tmp_path, pairs=1, most_rows=5):
        here = about(case)
        other = Question(here.data_hash, here.as_of, here.baseline, here.baseline)
        by_balance, by_outcome = Order("balance"), Order(OUTCOME)
        blocked = Filter((HasOutcome("scenario", (Outcome.BLOCKED,)),))
        plain = Filter((HasId("a"),))
        assert ListingRequest(here, plain, by_balance).key == ListingRequest(other, plain, by_balance).key
        assert ListingRequest(here, blocked).key != ListingRequest(other, blocked).key
        assert ListingRequest(here, plain, by_outcome).key != ListingRequest(other, plain, by_outcome).key


def test_a_column_that_the_book_lacks_cannot_be_sorted_by(tmp_path: Path) -> None:
    for case in cases(range(700, 701), tmp_path, pairs=1, most_rows=5):
        with pytest.raises(BookUnusable, match="nowhere"):
            listed(case, order=Order("nowhere"))


def test_what_nobody_waits_for_is_not_sorted(tmp_path: Path) -> None:
    for case in cases(range(700, 701), tmp_path, pairs=1, most_rows=5):
        watch = CancelWatch()
        watch.cancel()
        request = ListingRequest(about(case), order=Order("balance"))
        with pytest.raises(Cancelled):
            list_accounts(case.loaded.cursor, case.loaded.prepared, request, Permutations(), watch)
