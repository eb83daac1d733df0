"""Rows 6: a rule that is switched or moved, read from what one scan foresaw, beside re-queries of the same policies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import cycle

import numpy as np

from desktop_app.domain.cubes import Cube
from desktop_app.domain.policy import Policy
from desktop_app.domain.requests import EvaluateRequest
from desktop_app.domain.variants import Variants
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.answers import answer
from desktop_app.figures.catalogue import FIGURES
from desktop_app.figures.types import OutcomeSums
from desktop_app.workspace.desk import BASELINE, moved_rule, scenario_of, switched_rule
from desktop_app.workspace.foreseeing import Foreseeing
from tests.benchmarks.question import GROUPING, Question
from tests.benchmarks.results import Result, ratio
from tests.benchmarks.rows.what_if import beside_peers, needed
from tests.benchmarks.timing import repeated

_EDITS_A_ROUND = 200


def measure(question: Question, rounds: int) -> Iterator[Result]:
    """Every rule switched in turn, and every rule moved down by one; the scan that foresees them all is not timed."""
    accounts, policy = question.accounts.table.num_rows, question.tightened
    edits = {
        "6a": [switched_rule(policy, rule.id, not rule.enabled) for rule in policy.rules],
        "6b": [moved_rule(policy, rule.id, place + 1) for place, rule in enumerate(policy.rules[:-1])],
    }
    edited = _edited(question)
    for policies in edits.values():
        _check(question, edited, policies)
    for row, policies in edits.items():
        ours = {row: repeated(_in_turn(edited, policies), _EDITS_A_ROUND)}
        timings = beside_peers(question, lambda peer, each=policies: _in_turn(peer.evaluate, each), ours, rounds)
        if row not in timings:
            yield needed(row, accounts)
            continue
        one = timings.pop(row).divided(_EDITS_A_ROUND)
        best = min(timings, key=lambda name: timings[name].median)
        yield ratio(row, accounts, one, timings[best], ours=one, peer=best)


def _edited(question: Question) -> Callable[[Policy], tuple[Cube, Cube, list[object]]]:
    """From an edited policy to what the desk shows of it: sums by reason and group, and every figure."""
    before = question.evaluate(question.tightened, whole=True)
    foreseeing = Foreseeing()
    request = foreseeing.question(_asked(question, question.tightened), None, None)
    assert request is not None
    found = answer(question.cursor, question.whole, request, CancelWatch())
    assert isinstance(found, Variants)
    foreseeing.keep(request, found)

    def work(policy: Policy) -> tuple[Cube, Cube, list[object]]:
        asked = _asked(question, policy)
        evaluation = foreseeing.evaluation(asked, before)
        assert evaluation is not None
        by_reason, by_group = evaluation.by_reason["scenario"], evaluation.by_group["scenario"]
        sums = OutcomeSums(by_reason.onto("outcome").sums)
        return by_reason, by_group, [figure.compute(sums, asked.scenario.assumptions) for figure in FIGURES.values()]

    return work


def _asked(question: Question, policy: Policy) -> EvaluateRequest:
    book = question.project.book
    sides = scenario_of(question.baseline, BASELINE), scenario_of(policy, "scenario-1")
    return EvaluateRequest(book.data_hash, book.as_of, *sides, GROUPING)


def _check(
    question: Question, edited: Callable[[Policy], tuple[Cube, Cube, list[object]]], to: Sequence[Policy]
) -> None:
    """What was foreseen is what a scan of each edited policy finds; AssertionError where not."""
    for policy in to:
        by_reason, by_group, _ = edited(policy)
        scanned = question.evaluate(policy, whole=True).by_reason["scenario"]
        for found, axes in ((by_reason, ("outcome", "reason")), (by_group, ("outcome", "group"))):
            expected = scanned.onto(*axes)
            assert [axis.labels for axis in found.axes] == [axis.labels for axis in expected.axes]
            wrong = [name for name, sums in expected.sums.items() if not np.array_equal(found.sums[name], sums)]
            if wrong:
                raise AssertionError(f"foreseen otherwise: {', '.join(wrong)}")


def _in_turn(work: Callable[[Policy], object], policies: Sequence[Policy]) -> Callable[[], object]:
    following = cycle(policies)
    return lambda: work(next(following))
