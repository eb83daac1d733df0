"""What the controller asks, and when it leaves off."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.handles import ThresholdHandle
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.domain.requests import Answer, Request
from desktop_app.domain.watch import Watch
from desktop_app.ui.controller import Controller
from desktop_app.workspace.workspace import Workspace

SCORE = ThresholdHandle("low-score", "low-score.1")


@pytest.fixture
def controller(qtbot: QtBot, workspace: Workspace) -> Iterator[Controller]:
    controller = Controller(workspace)
    yield controller
    controller.stop()


@pytest.fixture
def asked(workspace: Workspace) -> list[Request]:
    """Every request that a job was made of."""
    requests: list[Request] = []
    make = workspace.job

    def job(request: Request) -> Callable[[Watch], Answer]:
        requests.append(request)
        return make(request)

    workspace.job = job
    return requests


def test_answered_questions_are_not_asked(controller: Controller, asked: list[Request]) -> None:
    controller.ask()
    assert asked == []
    assert controller.settled


def test_question_on_its_way_is_not_asked_again(controller: Controller, asked: list[Request]) -> None:
    controller.do(lambda: controller.workspace.set_value(SCORE, Decimal(700)))
    controller.ask()
    assert len(asked) == 2


def test_changed_question_is_asked_anew(controller: Controller, asked: list[Request]) -> None:
    controller.do(lambda: controller.workspace.set_value(SCORE, Decimal(700)))
    controller.do(lambda: controller.workspace.set_value(SCORE, Decimal(710)))
    assert len(asked) == 4


def test_question_that_nobody_wants_any_more_is_cancelled(controller: Controller, asked: list[Request]) -> None:
    controller.do(lambda: controller.workspace.set_value(SCORE, Decimal(700)))
    controller.do(controller.workspace.undo)
    assert not controller.interactive.busy


def test_answers_settle_the_desk(qtbot: QtBot, controller: Controller) -> None:
    controller.do(lambda: controller.workspace.set_value(SCORE, Decimal(700)))
    with qtbot.wait_signal(controller.interactive.idle, timeout=20_000):
        assert not controller.settled
    assert controller.settled


def test_question_that_failed_is_not_asked_again(qtbot: QtBot, controller: Controller, workspace: Workspace) -> None:
    def fail(watch: Watch) -> Answer:
        raise BookUnusable(message("The book is gone."))

    workspace.job = lambda request: fail
    with qtbot.wait_signal(controller.interactive.idle), qtbot.wait_signals([controller.failed] * 2):
        controller.do(lambda: workspace.set_value(SCORE, Decimal(700)))
    with qtbot.assert_not_emitted(controller.failed):
        controller.ask()
    assert not controller.interactive.busy


def test_cancelled_question_is_not_asked_again(controller: Controller, asked: list[Request]) -> None:
    controller.do(lambda: controller.workspace.set_value(SCORE, Decimal(700)))
    controller.cancel()
    controller.ask()
    assert not controller.interactive.busy
    assert len(asked) == 2


def test_problem_of_a_mutation_is_told(qtbot: QtBot, controller: Controller, workspace: Workspace) -> None:
    workspace.activate("baseline")
    with qtbot.wait_signal(controller.failed) as caught:
        assert not controller.do(lambda: workspace.set_value(SCORE, Decimal(700)))
    assert "locked" in str(caught.args[0])
