"""Who may draw less and who more, against the plain-Python reference; and what that says of customers who leave."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from desktop_app.analysis.movements import attrition, movement_readings
from desktop_app.domain.movements import Movement, Movements, MovementsRequest
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.sides import SIDES, Side
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.answers import answer
from tests.engine.random_questions import Case, cases
from tests.reference import earning, summing
from tests.reference.books import AS_OF
from tests.reference.evaluate import Account


def moved(case: Case) -> Movements:
    scenarios = (Scenario(id=side, policy=case.policies[side]) for side in SIDES)
    request = MovementsRequest("random", AS_OF, *scenarios)
    found = answer(case.loaded.cursor, case.loaded.prepared, request, CancelWatch())
    assert isinstance(found, Movements)
    assert found.key == request.key
    return found


def movement(outcomes: tuple[str, str], undrawn: tuple[int, int]) -> Movement:
    if "referred" in outcomes:
        return Movement.REFERRED
    before, after = undrawn
    return Movement.TIGHTENED if after < before else Movement.LOOSENED if after > before else Movement.SAME


def test_sums_by_movement_agree(tmp_path: Path) -> None:
    for case in cases(range(540, 548), tmp_path, pairs=1):
        found = moved(case)
        for side in SIDES:
            for name in found.cubes[side].sums:
                assert cells(found, side, name) == expected(case, side, name), (side, name)


def cells(found: Movements, side: Side, name: str) -> dict[tuple[str, str], int]:
    sums = found.cubes[side].sums[name]
    places = [(one, of) for one in range(len(Movement)) for of in range(len(OUTCOMES))]
    return {(tuple(Movement)[one], OUTCOMES[of]): int(sums[one, of]) for one, of in places if sums[one, of]}


def expected(case: Case, side: Side, name: str) -> dict[tuple[str, str], int]:
    before, after = (case.expected[each] for each in SIDES)
    counted: Counter[tuple[str, str]] = Counter()
    if name in summing.MEASURES:
        for pair in zip(before.accounts, after.accounts, strict=True):
            one = pair[SIDES.index(side)]
            counted[of_accounts(*pair), one.decision.outcome] += summing.MEASURES[name](one)
    else:
        for key in before.users:
            users = (before.users[key], after.users[key])
            undrawn = tuple(sum(account.decision.undrawn for account in user.accounts) for user in users)
            where = movement((users[0].outcome, users[1].outcome), (undrawn[0], undrawn[1]))
            one = users[SIDES.index(side)]
            counted[where, one.outcome] += summing.USER_MEASURES[name](one)
    return {key: value for key, value in counted.items() if value}


def of_accounts(before: Account, after: Account) -> Movement:
    first, second = before.decision, after.decision
    return movement((first.outcome, second.outcome), (first.undrawn, second.undrawn))


def test_margin_gained_is_of_all_and_margin_at_risk_of_the_tightened(tmp_path: Path) -> None:
    seen = 0
    for case in cases(range(550, 558), tmp_path, pairs=1):
        supposed = case.loaded.assumptions
        sides = [Scenario(id=side, policy=case.policies[side], assumptions=supposed) for side in SIDES]
        found = attrition(movement_readings(moved(case), *sides, case.loaded.book))
        before, after = (case.expected[side] for side in SIDES)
        margins = (earning.margin(before), earning.margin(after))
        if margins[0] is None or margins[1] is None or found.gained is None:
            continue
        gained = float(margins[1] - margins[0])
        assert found.gained == pytest.approx(gained, rel=1e-9, abs=1e-6)
        assert found.pays == (found.gained > 0)
        pairs = zip(before.accounts, after.accounts, strict=True)
        tightened = [two for one, two in pairs if of_accounts(one, two) is Movement.TIGHTENED and two.earns]
        at_risk = float(sum(earning.on_balance(after.shares, account) for account in tightened))
        if found.at_risk is not None:
            seen += 1
            assert found.at_risk == pytest.approx(at_risk, rel=1e-9, abs=1e-6)
    assert seen
