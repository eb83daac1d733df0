"""The column recorded_action: what the live system did, almost always what the baseline policy says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from desktop_app.demo.draws import Draws
from desktop_app.demo.slots import Codes
from desktop_app.demo.writing import book_writer
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.problems import message
from desktop_app.domain.watch import Watch

# The outcome of each row of a Parquet book, in file order, as a position in OUTCOMES.
Replay: TypeAlias = Callable[[Path], NDArray[np.integer]]

ACTIONS = ("none", "refer", "cut", "block")
MISMATCHES = 0.004

_ACTION_OF = {Outcome.BLOCKED: "block", Outcome.REFERRED: "refer", Outcome.REDUCED: "cut"}
_CODES = np.array([ACTIONS.index(_ACTION_OF.get(outcome, "none")) for outcome in OUTCOMES], np.int8)
# Streams of a row group, apart from those that made the rows.
_STREAM = 1 << 41


def record_actions(book: Path, out: Path, replay: Replay, seed: int, watch: Watch) -> None:
    """Write `book` with recorded_action to `out`: what `replay` decides, another action in 0.4 % of the rows.

    The bytes depend on the book, the outcomes and the seed alone. Raises ExportFailed where `out` cannot be written
    and Cancelled where the watch says so; `out` is then as it was before.
    """
    watch.check()
    outcomes = replay(book)
    with pq.ParquetFile(book) as source, book_writer(out) as write:
        if len(outcomes) != source.metadata.num_rows:
            raise ValueError(f"{len(outcomes)} outcomes for {source.metadata.num_rows} rows")
        done = 0
        for group in range(source.num_row_groups):
            watch.check()
            rows = source.read_row_group(group)
            actions = _actions(outcomes[done : done + rows.num_rows], Draws(seed, _STREAM + group, rows.num_rows))
            labels = pa.DictionaryArray.from_arrays(pa.array(actions), pa.array(ACTIONS))
            write(rows.append_column("recorded_action", labels))
            done += rows.num_rows
            watch.report(message("Recording the actions of the demo book"), done, len(outcomes))


def _actions(outcomes: NDArray[np.integer], draws: Draws) -> Codes:
    """Codes into ACTIONS, some of them moved to another action."""
    actions: Codes = _CODES[outcomes]
    other = (actions + 1 + np.floor(draws.uniform() * (len(ACTIONS) - 1)).astype(np.int8)) % len(ACTIONS)
    return np.where(draws.chance(MISMATCHES), other, actions)
