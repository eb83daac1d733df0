"""Random questions to the engine, each with what the reference says of both its policies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app.domain.policy import Policy
from desktop_app.domain.requests import SIDES, Side
from desktop_app.domain.scenario import Assumptions, Stress
from tests.engine.loaded_books import Loaded, engine, load
from tests.reference.books import AS_OF, SmallBook, seeded_book
from tests.reference.evaluate import Result, evaluate
from tests.reference.evidence import evidence_date
from tests.reference.fitting import curve_of
from tests.reference.policies import seeded_policy

DERIVED = ("utilisation", "dti", "user_limit", "user_balance")
# What can be supposed of losses otherwise than usual.
SUPPOSED = (
    Assumptions(),
    Assumptions(lgd="0.4", capital_floors=False, asset_correlation="0.2", loss_quantile="0.99"),
)
# Shocks to the book; none, small ones, and odds that pass 64 bits on the way.
STRESSES = (
    Stress(),
    Stress(balance_growth="0.15", income_fall="0.2", score_fall=30, pd_odds="1.5", lgd_rise="0.05"),
    Stress(balance_growth="2.000001", income_fall="0.999", score_fall="0.5", pd_odds="123.456789", lgd_rise="0.9"),
    Stress(pd_odds="0.01", group_odds={"column": "segment", "factors": {"prime": "0.5", "thin_file": 3}}),
)
GROUPINGS = (None, "segment", "region", "tier", "kyc_complete")


@dataclass(frozen=True)
class Case:
    """One question: a random book under two random policies, with the reference's results.

    Attributes: observed are those of the evidence date, empty where the book has none.
    """

    loaded: Loaded
    grouping: str | None
    policies: dict[Side, Policy]
    expected: dict[Side, Result]
    observed: dict[Side, Result]


def cases(
    seeds: range, scratch: Path, *, pairs: int = 2, threads: int = 1, most_rows: int = 300, stressed: bool = True
) -> Iterator[Case]:
    """`pairs` questions about each of the books of those seeds, most of which are stressed unless they must not be."""
    with engine(scratch, threads) as cursor:
        for seed in seeds:
            supposed = SUPPOSED[seed % len(SUPPOSED)]
            small = seeded_book(seed, most_rows)
            loaded = load(cursor, small, supposed, _stress_of(small, seed) if stressed else None)
            for number in range(pairs):
                yield case_of(loaded, 1000 * seed + 2 * number)


def _stress_of(small: SmallBook, seed: int) -> Stress:
    stress = STRESSES[seed // 2 % len(STRESSES)]
    known = stress.group_odds is None or stress.group_odds.column in small.columns
    return stress if known else stress.model_copy(update={"group_odds": None})


def case_of(loaded: Loaded, seed: int) -> Case:
    fields = [*loaded.small.columns, *DERIVED]
    policies = {side: Policy.model_validate(seeded_policy(seed + place, fields)) for place, side in enumerate(SIDES)}
    grouping = GROUPINGS[seed // 2 % len(GROUPINGS)]
    return _case(loaded, grouping if grouping in loaded.small.columns else None, policies)


def case_with(case: Case, policies: dict[Side, Policy]) -> Case:
    """The same question about other policies."""
    return _case(case.loaded, case.grouping, policies)


def _case(loaded: Loaded, grouping: str | None, policies: dict[Side, Policy]) -> Case:
    day = evidence_date(loaded.small.rows)
    return Case(
        loaded,
        grouping,
        policies,
        {side: expected(loaded, policy, AS_OF, loaded.stress) for side, policy in policies.items()},
        {side: expected(loaded, policy, day, Stress()) for side, policy in policies.items()} if day else {},
    )


def expected(loaded: Loaded, policy: Policy, day: date, stress: Stress) -> Result:
    """What the reference says of a policy at a date; the evidence date is never stressed."""
    small, supposed = loaded.small, loaded.assumptions.model_dump()
    document, curve = json.loads(policy.to_json()), curve_of(loaded.small.rows)
    return evaluate(small.at(day), small.columns, document, supposed, curve=curve, stress=stress.model_dump())
