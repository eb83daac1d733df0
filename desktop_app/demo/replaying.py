"""The demo book with what a live system would have done: the baseline policy, replayed through the engine."""

from __future__ import annotations

from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

from desktop_app.demo.writing import generate
from desktop_app.domain.policy import Policy
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Limits
from desktop_app.engine.replay import Replay
from desktop_app.text.resources import bundled

# Of each replay; it holds one batch of blocks.
_MEMORY = "500MB"


def baseline() -> Policy:
    """The policy that the live system of the demo book followed."""
    path = bundled("sample_data", "demo", "baseline.json")
    return Policy.from_json(path.read_text(encoding="utf-8"), path.name)


def generate_recorded(rows: int, seed: int, out: Path, watch: Watch, threads: int = 2) -> None:
    """Write a book of `rows` accounts over three snapshots, recorded_action included, to the Parquet file `out`.

    The bytes depend on rows, seed and the baseline alone. Raises ExportFailed and Cancelled as `generate` does.
    """
    policy = baseline()
    with ExitStack() as stack:
        # One thread each: the blocks are what runs side by side.
        replays = [stack.enter_context(closing(Replay(policy, Limits(1, _MEMORY)))) for _ in range(threads)]
        generate(rows, seed, out, watch, threads, replays=[partial(r.outcomes, watch=watch) for r in replays])
