"""Other ways to the same figures, each as someone who knows its library would write it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.benchmarks.peers.peer import Peer
    from tests.benchmarks.question import Question


@dataclass(frozen=True)
class Named:
    """Where a peer stands: loaded only when asked for, since its library may not be installed."""

    library: str
    module: str
    kind: str


PEERS = {
    "pandas": Named("pandas", "with_pandas", "Pandas"),
    "polars": Named("polars", "with_polars", "Polars"),
    "duckdb": Named("duckdb", "with_duckdb", "DuckDb"),
    "numba": Named("numba", "with_numba", "Numba"),
}


def peer_named(name: str, question: Question) -> Peer:
    """The peer with its columns made; ImportError where its library is not installed."""
    found = PEERS[name]
    kind = getattr(import_module(f"tests.benchmarks.peers.{found.module}"), found.kind)
    peer: Peer = kind(question.accounts, question.decided_before)
    return peer
