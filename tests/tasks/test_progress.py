"""Reports are passed on at most ten times a second."""

from desktop_app.domain.problems import Message, message
from desktop_app.tasks.progress import ProgressWatch

STAGE = message("Reading")


class Recorder:
    def __init__(self) -> None:
        self.now = 0.0
        self.seen: list[int] = []
        self.watch = ProgressWatch(self.note, lambda: self.now)

    def note(self, stage: Message, done: int, total: int | None) -> None:
        self.seen.append(done)


def test_first_report_goes_out_at_once() -> None:
    recorder = Recorder()
    recorder.watch.report(STAGE, 1, None)
    assert recorder.seen == [1]


def test_a_thousand_reports_in_a_second_become_ten() -> None:
    recorder = Recorder()
    for tick in range(1000):
        recorder.now = tick / 1000
        recorder.watch.report(STAGE, tick, 1000)
    assert len(recorder.seen) == 10


def test_nothing_is_reported_after_cancel() -> None:
    recorder = Recorder()
    recorder.watch.cancel()
    recorder.watch.report(STAGE, 1, None)
    assert recorder.seen == []
