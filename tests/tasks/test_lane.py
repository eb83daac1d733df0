"""A lane keeps one thread, answers with the newest job under a key, and leaves nothing behind."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.problems import Problem, message
from desktop_app.domain.watch import Watch
from desktop_app.tasks.lane import Lane


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    lane = Lane("test-lane")
    yield lane
    lane.stop()


class Gate:
    """A job that waits until the test opens it, or until it is cancelled."""

    def __init__(self, result: object) -> None:
        self.entered = threading.Event()
        self.opened = threading.Event()
        self.result = result

    def __call__(self, watch: Watch) -> object:
        watch.on_cancel(self.opened.set)
        self.entered.set()
        assert self.opened.wait(10)
        watch.check()
        return self.result


def test_result_arrives_on_the_main_thread(qtbot: QtBot, lane: Lane) -> None:
    threads: list[threading.Thread] = []
    lane.finished.connect(lambda key, result: threads.append(threading.current_thread()))
    with qtbot.wait_signal(lane.finished) as caught:
        lane.submit("sum", lambda watch: 42)
    assert caught.args == ["sum", 42]
    assert threads == [threading.main_thread()]


def test_job_runs_off_the_main_thread(qtbot: QtBot, lane: Lane) -> None:
    with qtbot.wait_signal(lane.finished) as caught:
        lane.submit("where", lambda watch: threading.current_thread().name)
    assert str(caught.args[1]).startswith("test-lane")


def test_problem_comes_back_as_a_signal(qtbot: QtBot, lane: Lane) -> None:
    def job(watch: Watch) -> object:
        raise Problem(message("The disk is full."))

    with qtbot.wait_signal(lane.failed) as caught:
        lane.submit("write", job)
    assert str(caught.args[1].message) == "The disk is full."


def test_newer_job_cancels_the_running_one(qtbot: QtBot, lane: Lane) -> None:
    old = Gate("old")
    lane.submit("scan", old)
    assert old.entered.wait(10)
    with qtbot.wait_signal(lane.finished) as caught:
        lane.submit("scan", lambda watch: "new")
    assert caught.args == ["scan", "new"]
    assert old.opened.is_set()


def test_answer_that_was_already_on_its_way_is_dropped(qtbot: QtBot, lane: Lane) -> None:
    answers: list[object] = []
    lane.finished.connect(lambda key, result: answers.append(result))
    done = threading.Event()
    lane.submit("scan", lambda watch: (done.set(), "old")[1])
    assert done.wait(10)
    with qtbot.wait_signal(lane.idle):
        lane.submit("scan", lambda watch: "new")
    assert answers == ["new"]


def test_jobs_under_different_keys_are_both_answered(qtbot: QtBot, lane: Lane) -> None:
    answers: dict[str, object] = {}
    lane.finished.connect(answers.__setitem__)
    with qtbot.wait_signal(lane.idle):
        lane.submit("figures", lambda watch: 1)
        lane.submit("histogram", lambda watch: 2)
    assert answers == {"figures": 1, "histogram": 2}


def test_fifty_rapid_submits_leave_one_answer_and_no_thread(qtbot: QtBot) -> None:
    before = set(threading.enumerate())
    lane = Lane("rapid")
    answers: list[object] = []
    lane.finished.connect(lambda key, result: answers.append(result))
    with qtbot.wait_signal(lane.idle):
        for number in range(50):
            lane.submit("scan", lambda watch, number=number: number)
    lane.stop()
    assert answers == [49]
    assert set(threading.enumerate()) <= before


def test_cancelled_job_gives_no_answer(qtbot: QtBot, lane: Lane) -> None:
    gate = Gate("unwanted")
    lane.submit("export", gate)
    assert gate.entered.wait(10)
    with qtbot.assert_not_emitted(lane.finished), qtbot.wait_signal(lane.idle):
        lane.cancel("export")
    assert not lane.busy


def test_stop_ends_a_running_job_and_its_thread(qtbot: QtBot) -> None:
    lane = Lane("stopping")
    gate = Gate(None)
    lane.submit("export", gate)
    assert gate.entered.wait(10)
    lane.stop()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("stopping")]


def test_started_is_said_once_for_several_jobs(qtbot: QtBot, lane: Lane) -> None:
    starts: list[bool] = []
    lane.started.connect(lambda: starts.append(True))
    with qtbot.wait_signal(lane.idle):
        lane.submit("a", lambda watch: 1)
        lane.submit("b", lambda watch: 2)
    assert len(starts) == 1


def test_bug_in_a_job_reaches_the_main_thread(qtbot: QtBot, lane: Lane) -> None:
    def job(watch: Watch) -> object:
        raise ZeroDivisionError

    with qtbot.capture_exceptions() as errors, qtbot.wait_signal(lane.idle):
        lane.submit("broken", job)
    assert [error[0] for error in errors] == [ZeroDivisionError]


def test_progress_comes_with_its_key(qtbot: QtBot, lane: Lane) -> None:
    stage = message("Reading")

    def job(watch: Watch) -> object:
        watch.report(stage, 3, 10)
        return None

    with qtbot.wait_signal(lane.progressed) as caught:
        lane.submit("import", job)
    assert caught.args == ["import", stage, 3, 10]
