"""recorded_action: the outcomes of a replay, with a few seeded mismatches."""

import numpy as np
import pyarrow as pa
import pytest
from pytest import approx

from desktop_app.demo.recorded import with_actions
from desktop_app.domain.outcomes import OUTCOMES, Outcome

ROWS = 60_000
BLOCK = pa.table({"account_id": np.arange(ROWS)})
BY_TURNS = np.arange(ROWS) % len(OUTCOMES)


def actions_of(outcomes, seed=7, number=0):
    return with_actions(BLOCK, outcomes, seed, number).column("recorded_action").to_pandas()


@pytest.mark.parametrize(
    ("outcome", "action"),
    [
        (Outcome.BLOCKED, "block"),
        (Outcome.REFERRED, "refer"),
        (Outcome.REDUCED, "cut"),
        (Outcome.RAISED, "none"),
        (Outcome.WATCHED, "none"),
        (Outcome.UNCHANGED, "none"),
    ],
)
def test_an_outcome_is_recorded_as_its_action(outcome, action) -> None:
    actions = actions_of(np.full(ROWS, OUTCOMES.index(outcome)))
    assert (actions == action).mean() == approx(0.996, abs=0.001)
    assert actions.nunique() == 4


def test_other_columns_stay_as_they_were() -> None:
    assert with_actions(BLOCK, BY_TURNS, 7, 0).drop_columns(["recorded_action"]) == BLOCK


def test_the_same_seed_records_the_same_actions() -> None:
    assert actions_of(BY_TURNS).equals(actions_of(BY_TURNS))


@pytest.mark.parametrize("other", [{"seed": 8}, {"number": 1}])
def test_another_seed_or_block_moves_other_rows(other) -> None:
    assert not actions_of(BY_TURNS).equals(actions_of(BY_TURNS, **other))


def test_outcomes_of_another_block_are_refused() -> None:
    with pytest.raises(ValueError, match="1 outcomes for 60000 rows"):
        with_actions(BLOCK, np.zeros(1, np.int64), 7, 0)
