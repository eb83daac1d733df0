"""recorded_action: the outcomes of a replay, with a few seeded mismatches."""

import numpy as np
import pyarrow.parquet as pq
import pytest
from pytest import approx

from desktop_app.demo.recorded import record_actions
from desktop_app.demo.writing import generate
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.problems import Cancelled
from desktop_app.domain.watch import CancelWatch

ROWS = 60_000


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A book without recorded_action."""
    path = tmp_path_factory.mktemp("plain") / "plain.parquet"
    generate(ROWS, 7, path, CancelWatch())
    return path


def by_turns(path):
    """The six outcomes by turns."""
    return np.arange(pq.read_metadata(path).num_rows) % len(OUTCOMES)


def recorded(plain, folder, seed=7, replay=by_turns):
    path = folder / f"recorded-{seed}.parquet"
    record_actions(plain, path, replay, seed, CancelWatch())
    return path


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
def test_an_outcome_is_recorded_as_its_action(plain, tmp_path, outcome, action) -> None:
    def replay(path):
        return np.full(ROWS, OUTCOMES.index(outcome))

    actions = pq.read_table(recorded(plain, tmp_path, replay=replay)).column("recorded_action").to_pandas()
    assert (actions == action).mean() == approx(0.996, abs=0.001)
    assert actions.nunique() == 4


def test_other_columns_stay_as_they_were(plain, tmp_path) -> None:
    table = pq.read_table(recorded(plain, tmp_path))
    assert table.drop_columns(["recorded_action"]) == pq.read_table(plain)


def test_the_same_seed_records_the_same_bytes(plain, tmp_path) -> None:
    first = recorded(plain, tmp_path).read_bytes()
    assert recorded(plain, tmp_path).read_bytes() == first


def test_another_seed_moves_other_rows(plain, tmp_path) -> None:
    assert recorded(plain, tmp_path, seed=7).read_bytes() != recorded(plain, tmp_path, seed=8).read_bytes()


def test_outcomes_of_another_book_are_refused(plain, tmp_path) -> None:
    with pytest.raises(ValueError, match="1 outcomes for 60000 rows"):
        recorded(plain, tmp_path, replay=lambda path: np.zeros(1, np.int64))
    assert not list(tmp_path.iterdir())


def test_cancelled_work_leaves_nothing(plain, tmp_path) -> None:
    watch = CancelWatch()
    watch.cancel()
    with pytest.raises(Cancelled):
        record_actions(plain, tmp_path / "recorded", by_turns, 7, watch)
    assert not list(tmp_path.iterdir())
