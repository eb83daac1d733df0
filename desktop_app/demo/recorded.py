"""The column recorded_action: what the live system did, almost always what the baseline policy says."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from desktop_app.demo.draws import Draws
from desktop_app.demo.slots import Codes
from desktop_app.domain.outcomes import OUTCOMES, Outcome

ACTIONS = ("none", "refer", "cut", "block")
MISMATCHES = 0.004

_ACTION_OF = {Outcome.BLOCKED: "block", Outcome.REFERRED: "refer", Outcome.REDUCED: "cut"}
_CODES = np.array([ACTIONS.index(_ACTION_OF.get(outcome, "none")) for outcome in OUTCOMES], np.int8)
# Streams of a block, apart from those that made its rows.
_STREAM = 1 << 41


def with_actions(block: pa.Table, outcomes: NDArray[np.integer], seed: int, number: int) -> pa.Table:
    """A block with recorded_action: what `outcomes` (places in OUTCOMES) say, another action in 0.4 % of the rows.

    The actions depend on the outcomes, the seed and the block's number alone.
    """
    if len(outcomes) != block.num_rows:
        raise ValueError(f"{len(outcomes)} outcomes for {block.num_rows} rows")
    actions = _actions(outcomes, Draws(seed, _STREAM + number, block.num_rows))
    return block.append_column("recorded_action", pa.DictionaryArray.from_arrays(pa.array(actions), pa.array(ACTIONS)))


def _actions(outcomes: NDArray[np.integer], draws: Draws) -> Codes:
    """Codes into ACTIONS, some of them moved to another action."""
    actions: Codes = _CODES[outcomes]
    other = (actions + 1 + np.floor(draws.uniform() * (len(ACTIONS) - 1)).astype(np.int8)) % len(ACTIONS)
    return np.where(draws.chance(MISMATCHES), other, actions)
