"""Rows 1, 2, 3 and 5: a tick of a slider, the index it reads, and a heatmap of two thresholds, beside re-queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import cycle
from typing import cast

import numpy as np

from desktop_app.analysis.index import Index
from desktop_app.domain.handles import ThresholdHandle, with_value
from desktop_app.domain.indexing import IndexRequest, IndexSums, Positions, SurfaceRequest
from desktop_app.domain.policy import Policy
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.answers import answer
from desktop_app.engine.prepare import Prepared
from desktop_app.figures.catalogue import FIGURES
from desktop_app.figures.types import OutcomeSums
from desktop_app.workspace.desk import scenario_of
from tests.benchmarks.measured import MEASURES
from tests.benchmarks.peers import PEERS, peer_named
from tests.benchmarks.peers.answers import Answer
from tests.benchmarks.peers.peer import Peer
from tests.benchmarks.question import GROUPING, Question
from tests.benchmarks.results import Result, ratio
from tests.benchmarks.timing import Timing, Work, in_turn, repeated

SCORE = ThresholdHandle("low_score", "low_score.1")
BURDEN = ThresholdHandle("over_indebted", "over_indebted.1")
# Scores as the desk puts them under a line, and 50 × 50 of both for the heatmap.
_ALONG = Positions(Decimal(350), Decimal(1), 601)
_SIDE = 50
_SCORES = Positions(Decimal(500), Decimal(2), _SIDE)
_BURDENS = Positions(Decimal("0.4"), Decimal("0.01"), _SIDE)
_CHECKED = (Decimal(520), Decimal(546), Decimal(600))
_TICKS_A_ROUND = 200
_REQUERIED = ("pandas", "polars", "duckdb")
# The one that all of ours is timed beside.
_BESIDE = "polars"


@dataclass
class Ticks:
    """The ticks of all sizes, kept for row 2: by accounts, one tick's timing."""

    at: dict[int, Timing] = field(default_factory=dict)


def measure(question: Question, rounds: int, ticks: Ticks) -> Iterator[Result]:
    """Each peer asks again at a new threshold; Greyline reads its index there, or scans once for the whole heatmap."""
    accounts = question.accounts.table.num_rows
    scenario = scenario_of(question.tightened, "scenario-1")
    build = _index_work(question, question.prepared, scenario)
    index = index_of(question, scenario)
    tick = repeated(_tick_work(index, scenario), _TICKS_A_ROUND)
    heatmap = _surface_work(question, scenario)
    ours = {"build": build, "tick": tick, "heatmap": heatmap}
    timings = beside_peers(
        question,
        lambda peer: _requery_work(peer, scenario),
        ours,
        rounds,
        check=lambda peer: compare(index, peer, question.tightened),
    )
    if _BESIDE not in timings:
        yield from (needed(row, accounts) for row in ("1", "2", "3", "5"))
        return
    best = min((name for name in _REQUERIED if name in timings), key=lambda name: timings[name].median)
    ticks.at[accounts] = timings["tick"].divided(_TICKS_A_ROUND)
    yield ratio("1", accounts, timings[best], ticks.at[accounts], ours=ticks.at[accounts], peer=best)
    yield _beside_the_smallest(accounts, ticks)
    yield ratio("3", accounts, timings["build"], timings[_BESIDE], ours=timings["build"], peer=_BESIDE)
    requeries = timings[best].multiplied(_SIDE**2)
    yield ratio("5", accounts, requeries, timings["heatmap"], ours=timings["heatmap"], peer=f"2,500 × {best}")


def beside_peers(
    question: Question,
    requery: Callable[[Peer], Work],
    ours: Mapping[str, Work],
    rounds: int,
    check: Callable[[Peer], None] = lambda _: None,
) -> dict[str, Timing]:
    """Every peer's re-queries, by its name, and Greyline's works in turn with those of one; without it none of them."""
    timings: dict[str, Timing] = {}
    for name in _REQUERIED:
        try:
            peer = peer_named(name, question)
        except ImportError:
            continue
        with closing(peer):
            check(peer)
            timings |= in_turn({name: requery(peer), **(ours if name == _BESIDE else {})}, rounds)
    return timings


def needed(row: str, accounts: int) -> Result:
    """What is to be said where the peer is not installed."""
    return Result(row, accounts, None, note=f"needs {PEERS[_BESIDE].library}")


def _beside_the_smallest(accounts: int, ticks: Ticks) -> Result:
    smallest = min(ticks.at)
    if smallest == accounts:
        return Result("2", accounts, None, note="the smallest book is what others are compared with")
    now, then = ticks.at[accounts], ticks.at[smallest]
    return ratio("2", accounts, now, then, ours=now, peer=f"the same at {smallest:,} accounts")


def index_of(question: Question, scenario: Scenario) -> Index:
    """The index along the scores, outcomes included."""
    return Index(cast(IndexSums, _index_work(question, question.whole, scenario)()))


def _index_work(question: Question, prepared: Prepared, scenario: Scenario) -> Callable[[], object]:
    book = question.project.book
    request = IndexRequest(book.data_hash, book.as_of, scenario, SCORE, _ALONG, GROUPING)
    return lambda: answer(question.cursor, prepared, request, CancelWatch())


def _tick_work(index: Index, scenario: Scenario) -> Callable[[], object]:
    """From a position to every figure of the catalogue, and the sums of every reason and group."""
    places = cycle(range(100, 300))

    def work() -> object:
        place = next(places)
        by_reason, by_group = index.by_reason(place), index.by_group(place)
        sums = OutcomeSums(by_reason.onto("outcome").sums)
        return by_reason, by_group, [figure.compute(sums, scenario.assumptions) for figure in FIGURES.values()]

    return work


def _requery_work(peer: Peer, scenario: Scenario) -> Callable[[], object]:
    values = cycle(range(500, 600))
    return lambda: peer.evaluate(_at(scenario, Decimal(next(values))))


def _surface_work(question: Question, scenario: Scenario) -> Callable[[], object]:
    """Every measure at every pair of positions."""
    book = question.project.book
    axes = ((SCORE, _SCORES), (BURDEN, _BURDENS))
    request = SurfaceRequest(book.data_hash, book.as_of, scenario, *axes, tuple(MEASURES))
    return lambda: answer(question.cursor, question.prepared, request, CancelWatch())


def _at(scenario: Scenario, value: Decimal) -> Policy:
    return with_value(scenario, SCORE, value).policy


def compare(index: Index, peer: Peer, policy: Policy) -> None:
    """The index says what the peer finds at some positions, digit for digit; AssertionError where not."""
    for value in _CHECKED:
        place = index.place(value)
        assert place is not None
        theirs = peer.evaluate(_at(scenario_of(policy, "scenario-1"), value))
        wrong = [name for name in MEASURES if not _same(index, place, theirs, name)]
        if wrong:
            raise AssertionError(f"{peer.name} differs at {value} in {', '.join(wrong)}")


def _same(index: Index, place: int, theirs: Answer, name: str) -> bool:
    by_reason, by_group = index.sums.by_reason[name][place], index.sums.by_group[name][place]
    expected = theirs.reasons[name]
    return np.array_equal(by_reason, expected.sum(axis=2)) and np.array_equal(by_group, expected.sum(axis=1))
