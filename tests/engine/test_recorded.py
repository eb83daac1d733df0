"""What the live system recorded beside what a policy does, against the plain-Python reference."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from desktop_app.domain.problems import BookUnusable
from desktop_app.domain.recorded import RecordedCheck, RecordedRequest
from desktop_app.domain.scenario import Scenario, Stress
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.answers import answer
from tests.engine.random_questions import Case, cases
from tests.reference.books import AS_OF
from tests.small_projects import policy

DOES = {"blocked": "block", "referred": "refer", "reduced": "cut"}


def checked(case: Case) -> RecordedCheck:
    request = RecordedRequest.of("random", AS_OF, Scenario(id="b", policy=case.policies["baseline"]))
    found = answer(case.loaded.cursor, case.loaded.prepared, request, CancelWatch())
    assert isinstance(found, RecordedCheck)
    return found


def test_accounts_by_recorded_action_and_outcome_agree(tmp_path: Path) -> None:
    seen = 0
    for case in cases(range(560, 568), tmp_path, pairs=1, stressed=False):
        if "recorded_action" not in case.loaded.small.columns:
            with pytest.raises(BookUnusable, match="recorded_action"):
                checked(case)
            continue
        found, accounts = checked(case), case.expected["baseline"].accounts
        expected: Counter[tuple[str | None, str]] = Counter()
        for account in accounts:
            expected[account.row["recorded_action"], account.decision.outcome] += 1
        assert {(cell.recorded, str(cell.outcome)): cell.accounts for cell in found.cells} == dict(expected)
        assert sum(cell.balance for cell in found.cells) == sum(account.row["balance"] for account in accounts)
        known = [account for account in accounts if account.row["recorded_action"] in ("none", "refer", "cut", "block")]
        unlike = [one for one in known if DOES.get(one.decision.outcome, "none") != one.row["recorded_action"]]
        assert (found.known, found.mismatches) == (len(known), len(unlike))
        seen += bool(unlike)
    assert seen


def test_what_was_recorded_is_never_compared_under_stress() -> None:
    stressed = Scenario(id="b", policy=policy(), stress=Stress(pd_odds=2))
    with pytest.raises(TypeError):
        RecordedRequest("random", AS_OF, stressed)
    assert RecordedRequest.of("random", AS_OF, stressed).scenario.stress == Stress()
