"""The program as it starts, on the sample, until its desk is painted and has every figure; says when."""

from __future__ import annotations

from platformdirs import user_data_path
from PySide6.QtCore import QTimer

from desktop_app.app import install_last_resort, start_log
from desktop_app.tasks.collecting import MainThreadCollector
from desktop_app.ui.program import Program, application
from desktop_app.ui.settings import SettingsFile
from tests.benchmarks.painting import FirstPaint, say, since_start

_EVERY_MS = 1


class Waiting:
    """Looks for the desk, then for its first paint, then for its figures."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.paint: FirstPaint | None = None
        self.settled = 0.0
        self._timer = QTimer(interval=_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        desk = self._program.desk
        if desk is None:
            return
        if self.paint is None:
            self.paint = FirstPaint(desk.window.centralWidget(), lambda: None)
        elif self.paint.wall and desk.window.controller.settled:
            self.settled = since_start()
            application().quit()


if __name__ == "__main__":
    start_log()
    install_last_resort()
    app = application()
    program = Program(app, user_data_path("greyline", appauthor=False), None, SettingsFile())
    collector = MainThreadCollector(app)
    waiting = Waiting(program)
    program.start()
    app.exec()
    program.end()
    collector.stop()
    assert waiting.paint is not None
    say(painted=waiting.paint.wall, cpu=waiting.paint.cpu, settled=waiting.settled)
