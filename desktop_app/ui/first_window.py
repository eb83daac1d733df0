"""The window before there is a desk: it is painted at once, and the book is opened behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.problems import Message
from desktop_app.domain.watch import Watch
from desktop_app.tasks.lane import Lane
from desktop_app.text.words import Words
from desktop_app.ui.opening_page import OpeningPage

_OPEN = "open"
SIZE = (1280, 800)


class FirstWindow(QWidget):
    """Runs one job in a lane of its own, shown as an OpeningPage, as often as the analyst tries.

    Signals:
        opened: what the job returned.
    """

    opened = Signal(object)

    def __init__(self, title: Message, job: Callable[[Watch], object], words: Words, geometry: str = "") -> None:
        super().__init__()
        self._job, self._begun = job, False
        self.page = OpeningPage(title, words)
        self.lane = Lane("opening", self)
        self.setWindowTitle("Greyline")
        layout = QVBoxLayout(self)
        layout.addWidget(self.page)
        self.page.cancelled.connect(self._cancel)
        self.page.retried.connect(self.begin)
        self.lane.progressed.connect(lambda _, stage, done, total: self.page.show_progress(stage, done, total))
        self.lane.failed.connect(lambda _, problem: self.page.show_problem(problem))
        self.lane.finished.connect(lambda _, result: self.opened.emit(result))
        self.resize(*SIZE)
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def begin(self) -> None:
        """Open, or try again."""
        self.page.begin()
        self.lane.submit(_OPEN, self._job)

    def _cancel(self) -> None:
        self.lane.cancel_all()
        self.page.show_cancelled()

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Once the window is seen, the work begins: loading the libraries for it would hold the painting up."""
        super().paintEvent(event)
        if not self._begun:
            self._begun = True
            QTimer.singleShot(0, self, self.begin)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Closing gives the work up."""
        self.lane.stop()
        super().closeEvent(event)
