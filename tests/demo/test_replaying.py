"""The demo book's recorded actions: what an opened project says of the same policy, whatever the threads."""

from contextlib import closing

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from desktop_app.demo import writing
from desktop_app.demo.replaying import baseline, generate_recorded
from desktop_app.demo.writing import generate
from desktop_app.domain.mapping import MappedColumn, Mapping
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.problems import Cancelled
from desktop_app.domain.requests import EvaluateRequest
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.account_rows import account_batches
from desktop_app.engine.connection import Limits
from desktop_app.engine.project import Project
from desktop_app.engine.replay import Replay
from desktop_app.workspace.desk import scenario_of
from desktop_app.workspace.importing import import_inline

ROWS = 30_000


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A book without recorded_action."""
    path = tmp_path_factory.mktemp("plain") / "plain.parquet"
    generate(ROWS, 7, path, CancelWatch())
    return path


def test_the_replay_is_that_of_an_imported_project(plain, tmp_path) -> None:
    rows = pq.read_table(plain)
    with closing(Replay(baseline(), Limits(1))) as replay:
        found = replay.outcomes(rows, CancelWatch())
    for day, outcomes in project_outcomes(plain, tmp_path).items():
        at_day = pc.equal(rows.column("snapshot_date"), day).to_numpy(zero_copy_only=False)
        assert [OUTCOMES[code].value for code in found[at_day]] == outcomes


@pytest.mark.parametrize(("threads", "batch"), [(1, 4), (3, 4), (2, 1), (2, 3)])
def test_threads_and_batches_change_no_byte(tmp_path, monkeypatch, threads, batch) -> None:
    monkeypatch.setattr(writing, "BLOCK", 1_024)
    usual, other = tmp_path / "usual", tmp_path / "other"
    generate_recorded(7 * 3_072, 7, usual, CancelWatch())
    monkeypatch.setattr(writing, "BATCH", batch)
    generate_recorded(7 * 3_072, 7, other, CancelWatch(), threads)
    assert other.read_bytes() == usual.read_bytes()


def test_other_columns_stay_as_they_were(plain, tmp_path) -> None:
    generate_recorded(ROWS, 7, tmp_path / "book", CancelWatch())
    assert pq.read_table(tmp_path / "book").drop_columns(["recorded_action"]) == pq.read_table(plain)


def test_a_cancelled_replay_leaves_nothing(tmp_path) -> None:
    watch = CancelWatch()
    watch.cancel()
    with pytest.raises(Cancelled):
        generate_recorded(ROWS, 7, tmp_path / "book", watch)
    assert not list(tmp_path.iterdir())


def test_a_policy_without_sums_over_users_is_replayed_too(plain) -> None:
    policy = baseline()
    rules = tuple(rule for rule in policy.rules if "user_limit" not in rule.fields)
    with closing(Replay(policy.with_rules(rules), Limits(1))) as replay:
        found = replay.outcomes(pq.read_table(plain), CancelWatch())
    assert len(np.unique(found)) > 3


def project_outcomes(book, folder):
    """The baseline's outcomes at each snapshot of the book, imported into a project."""
    columns = {name: MappedColumn(value=name) for name in pq.read_schema(book).names}
    mapping = Mapping(currency="CNY", columns=columns)
    staging = folder / "staging.duckdb"
    found, report = import_inline(book, mapping, staging, CancelWatch())
    project = Project.create(folder / "book.greyline", staging, (found, report, mapping), CancelWatch())
    try:
        return {snapshot.day: outcomes_at(project, snapshot.day) for snapshot in project.book.snapshots}
    finally:
        project.close()


def outcomes_at(project, day):
    book, scenario, cursor = project.at(day), scenario_of(baseline(), "replayed"), project.cursor("interactive")
    prepared = project.prepared(cursor, book, scenario, CancelWatch())
    request = EvaluateRequest(book.data_hash, book.as_of, scenario, scenario)
    batches = account_batches(cursor, prepared, request, CancelWatch())
    return [outcome for batch in batches for outcome in batch["outcome"].to_pylist()]
