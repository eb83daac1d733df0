"""Filters in SQL against plain Python: the same accounts, the same users."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.filters import Filter, FilterPart, HasId, HasOutcome, HasReason, InGroup, InRange, IsMissing
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.problems import BookUnusable
from desktop_app.domain.sides import SIDES
from desktop_app.engine import expressions as sql
from desktop_app.engine.filters import FIRST_HOLDS, account_holds, first_account_holds, user_holds
from desktop_app.engine.masking import code_of
from desktop_app.engine.plan import Plan
from tests.engine.random_questions import Case, cases
from tests.reference.books import POOLS
from tests.reference.conditions import in_analyst_unit, label
from tests.reference.filtering import accounts_left, users_left
from tests.reference.preparing import prepared_types

NUMBERS = ("credit_limit", "balance", "score", "pd", "days_past_due", "utilisation", "user_limit")
GROUPS = ("segment", "region", "kyc_complete", "tier")


def random_part(draw: random.Random, case: Case, types: dict[str, str]) -> FilterPart:
    numbers = [name for name in NUMBERS if name in types]
    groups = [name for name in GROUPS if name in types]
    kind = draw.choice(("range", "missing", "group", "outcome", "reason", "id"))
    side = draw.choice(SIDES)
    if kind == "range":
        name = draw.choice(numbers)
        low, high = (draw.choice([None, *(in_analyst_unit(one, types[name]) for one in POOLS[name])]) for _ in (1, 2))
        return InRange(name, *(None if bound is None else Decimal(float(bound)) for bound in (low, high)))
    if kind == "missing":
        return IsMissing(draw.choice(numbers + groups))
    if kind == "group" and groups:
        name = draw.choice(groups)
        labels = [None, *map(label, POOLS[name]), *(["nowhere"] if name != "kyc_complete" else [])]
        return InGroup(name, tuple(draw.sample(labels, draw.randint(1, 3))))
    if kind == "outcome":
        return HasOutcome(side, tuple(draw.sample(OUTCOMES, draw.randint(1, 3))))
    if kind == "reason":
        rules = [rule.id for rule in case.policies[side].rules]
        return HasReason(side, ("no such rule", *draw.sample(rules, min(2, len(rules)))))
    ids = [row["account_id"] for row in case.loaded.small.rows] or ["a"]
    text = draw.choice(ids)
    return HasId(text, whole=True) if draw.random() < 0.5 else HasId(text[: draw.randint(1, 2)])


def random_filter(draw: random.Random, case: Case, types: dict[str, str]) -> Filter:
    return Filter().also(*(random_part(draw, case, types) for _ in range(draw.choice((0, 1, 1, 2, 3)))))


def accounts_found(case: Case, chosen: Filter) -> list[str]:
    plan = Plan.of(case.loaded.prepared, case.policies)
    query = plan.accounts().where(account_holds(chosen, plan), copy=False)
    rows = case.loaded.cursor.execute(plan.text(sql.select_from(query, [sql.column("account_id")]))).fetchall()
    return [row[0] for row in rows]


def users_found(case: Case, chosen: Filter) -> set[str]:
    plan = Plan.of(case.loaded.prepared, case.policies)
    lone = plan.accounts().where(account_holds(chosen, plan), copy=False).where('"~user_accounts" = 1', copy=False)
    found = case.loaded.cursor.execute(plan.text(sql.select_from(lone, [sql.column("user_id")]))).fetchall()
    if case.loaded.prepared.shared is not None:
        carried = {FIRST_HOLDS: first_account_holds(chosen, plan), "who": sql.column("user_id")}
        users = plan.shared_users(carried).where(user_holds(chosen, plan), copy=False)
        found += case.loaded.cursor.execute(plan.text(sql.select_from(users, [sql.column("who")]))).fetchall()
    assert len({row[0] for row in found}) == len(found)
    return {row[0] for row in found}


@pytest.mark.parametrize("seed", range(700, 710))
def test_the_same_accounts_and_users_are_left(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    for case in cases(range(seed, seed + 1), tmp_path, pairs=1, most_rows=60):
        types = prepared_types(case.loaded.small.columns)
        for _ in range(4):
            chosen = random_filter(draw, case, types)
            assert accounts_found(case, chosen) == accounts_left(chosen, case.expected, types), chosen
            assert users_found(case, chosen) == users_left(chosen, case.expected, types), chosen


def test_an_account_is_found_by_the_code_that_stands_for_its_id(tmp_path: Path) -> None:
    key = b"key of a project"
    for case in cases(range(702, 703), tmp_path, pairs=1, most_rows=40):
        wanted = case.loaded.small.rows[3]["account_id"]
        code = code_of(wanted, key)
        for part in (HasId(code, whole=True, mask=key), HasId(code[:12], mask=key)):
            assert wanted in accounts_found(case, Filter((part,)))


def test_a_column_that_the_book_lacks_is_named(tmp_path: Path) -> None:
    for case in cases(range(700, 701), tmp_path, pairs=1, most_rows=5):
        with pytest.raises(BookUnusable, match="nothing_like_it"):
            accounts_found(case, Filter((IsMissing("nothing_like_it"),)))
