"""Rows 4: the full evaluation beside each peer's, after both have said the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import count

from desktop_app.domain.actions import Block
from desktop_app.domain.conditions import Comparison
from desktop_app.domain.policy import Policy
from tests.benchmarks.peers import PEERS, peer_named
from tests.benchmarks.peers.answers import answer_of, differences
from tests.benchmarks.question import Question
from tests.benchmarks.results import Result, ratio
from tests.benchmarks.timing import in_turn

_TIMED = {"polars": "4a", "numba": "4c"}
_SMALLEST_STEP = Decimal(1).scaleb(-6)
# Above this pycreditools' frame would not fit beside the rest: the accounts are then its first million.
_MOST_OF_PYCREDITOOLS = 1_000_000


def measure(question: Question, rounds: int) -> Iterator[Result]:
    """Against polars and the compiled loop with all figures, against pycreditools with the reasons alone."""
    accounts = question.accounts.table.num_rows
    ours = fresh_evaluations(question, question.tightened)
    for name, row in _TIMED.items():
        try:
            peer = peer_named(name, question)
        except ImportError:
            yield Result(row, accounts, None, note=f"{PEERS[name].library} is not installed")
            continue
        try:
            wrong = differences(answer_of(question.evaluate(question.tightened)), peer.evaluate(question.tightened))
            if wrong:
                raise AssertionError(f"{peer.name} differs in {', '.join(wrong)}")
            works = {"ours": ours, "theirs": lambda peer=peer: peer.evaluate(question.tightened)}
            timings = in_turn(works, rounds)
        finally:
            peer.close()
        yield ratio(row, accounts, timings["ours"], timings["theirs"], ours=timings["ours"], peer=peer.name)
    yield from _beside_pycreditools(question, rounds)


def fresh_evaluations(question: Question, policy: Policy) -> Callable[[], object]:
    """A work that evaluates the policy as if it were new each time.

    One threshold on whole scores moves by a millionth, so that no answer is known and every answer is the same.
    """
    rule = next(rule for rule in policy.rules if rule.id == "low_score")
    comparison = rule.condition
    assert isinstance(comparison, Comparison)
    assert isinstance(comparison.value, Decimal)
    step = count(1)

    def work() -> object:
        moved = comparison.model_copy(update={"value": comparison.value - next(step) * _SMALLEST_STEP})
        return question.evaluate(policy.with_rule(rule.model_copy(update={"condition": moved})))

    return work


def _beside_pycreditools(question: Question, rounds: int) -> Iterator[Result]:
    accounts = question.accounts
    rows = accounts.table.num_rows
    try:
        from tests.benchmarks.peers.with_pycreditools import PyCreditTools, reasons_of  # noqa: PLC0415
    except ImportError:
        yield Result("4b", rows, None, note="pycreditools is not installed")
        return
    blocks = [rule.model_copy(update={"action": Block()}) for rule in question.tightened.rules]
    policy = question.tightened.with_rules(tuple(blocks))
    theirs = PyCreditTools(accounts, _MOST_OF_PYCREDITOOLS)
    if rows <= _MOST_OF_PYCREDITOOLS and theirs.reasons(policy) != reasons_of(question.evaluate(policy), policy):
        raise AssertionError("pycreditools stops other accounts")
    works = {"ours": fresh_evaluations(question, policy), "theirs": lambda: theirs.reasons(policy)}
    timings = in_turn(works, rounds)
    share = theirs.rows / rows
    same = timings["theirs"].median / share, timings["theirs"].processor / share
    value, processor = same[0] / timings["ours"].median, same[1] / timings["ours"].processor
    note = "" if share == 1 else f"pycreditools over {theirs.rows:,} accounts; compared per account"
    yield Result("4b", rows, value, timings["ours"], timings["theirs"], "pycreditools", note, processor)
