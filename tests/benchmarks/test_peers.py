"""The peers answer what Greyline answers, digit for digit; how fast they are is not tested."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from importlib import import_module

import pytest

from desktop_app.demo.replaying import generate_recorded
from desktop_app.domain.actions import Block, Cut, FixedAmount
from desktop_app.domain.policy import Policy
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.workspace.desk import scenario_of
from desktop_app.workspace.opening import DEMO, import_project, read_mapping, read_policy
from tests.benchmarks.peers import PEERS, peer_named
from tests.benchmarks.peers.answers import answer_of, differences
from tests.benchmarks.question import Question
from tests.benchmarks.rows import what_if

ROWS = 20_000


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("peers")
    generate_recorded(ROWS, 7, folder / "book.parquet", CancelWatch())
    mapping = read_mapping(DEMO.file("mapping.json"))
    project = import_project(folder / "book.parquet", mapping, folder / "book.greyline", CancelWatch())
    yield project
    project.close()


@pytest.fixture(scope="module")
def question(project: Project) -> Question:
    return Question.of(project)


def scenarios() -> dict[str, Policy]:
    """The tightened policy, and what an analyst does to it."""
    tightened = read_policy(DEMO.file("tighten.json"))
    first, *others = tightened.rules
    cut = next(rule for rule in tightened.rules if isinstance(rule.action, Cut))
    amount = cut.model_copy(update={"action": Cut(target=FixedAmount(amount=Decimal(7_777)))})
    return {
        "tightened": tightened,
        "one rule off": tightened.with_rule(first.model_copy(update={"enabled": False})),
        "another order": tightened.with_rules((*reversed(others), first)),
        "another cut": tightened.with_rule(amount).model_copy(update={"protect_balance": True}),
        "only blocks": tightened.with_rules(
            tuple(rule.model_copy(update={"action": Block()}) for rule in tightened.rules)
        ),
    }


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_answers_as_greyline_does(question: Question, name: str) -> None:
    pytest.importorskip(PEERS[name].library)
    peer = peer_named(name, question)
    try:
        # Each policy is another compiled loop, which takes seconds.
        asked = list(scenarios().items())[-2 if name == "numba" else 0 :]
        for what, policy in asked:
            assert not differences(answer_of(question.evaluate(policy)), peer.evaluate(policy)), what
    finally:
        peer.close()


@pytest.mark.parametrize("name", ["pandas", "polars", "duckdb"])
def test_a_peer_asked_again_finds_what_the_index_holds(question: Question, name: str) -> None:
    pytest.importorskip(PEERS[name].library)
    with closing(peer_named(name, question)) as peer:
        tightened = scenarios()["tightened"]
        index = what_if.index_of(question, scenario_of(tightened, "scenario-1"))
        what_if.compare(index, peer, tightened)
        with pytest.raises(AssertionError, match="differs at"):
            what_if.compare(index, peer, scenarios()["one rule off"])


def test_pycreditools_finds_the_same_reasons(question: Question) -> None:
    pytest.importorskip("pycreditools")
    module = import_module("tests.benchmarks.peers.with_pycreditools")
    policy = scenarios()["only blocks"]
    evaluation = question.evaluate(policy)
    assert module.PyCreditTools(question.accounts).reasons(policy) == module.reasons_of(evaluation, policy)


def test_a_difference_is_told(question: Question) -> None:
    tightened = scenarios()["tightened"]
    answers = [answer_of(question.evaluate(policy)) for policy in (tightened, scenarios()["one rule off"])]
    assert not differences(answers[0], answers[0])
    assert differences(*answers)
