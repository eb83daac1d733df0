"""What is seen until the desk is there: what is being opened, how far it is, and a way out."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.problems import Message, Problem, message
from desktop_app.text.words import Words
from desktop_app.ui.looks import label

_WIDTH = 520
_STEPS = 1000
# A time that is counted from the first moment makes a short wait look long.
_PATIENCE_S = 2


class OpeningPage(QWidget):
    """Shows the opening of a book.

    Signals:
        cancelled: it is no longer wanted; retried: try once more.
    """

    cancelled = Signal()
    retried = Signal()

    def __init__(self, title: Message, words: Words) -> None:
        super().__init__()
        self._words, self._began = words, monotonic()
        self._title = title
        self.title, self.stage, self.time = label("value"), label("", wrap=True), label("faint")
        self.title.setText(words.say(title))
        self.title.setWordWrap(True)
        self.stage.setMinimumHeight(2 * self.fontMetrics().height() + 4)
        self.stage.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.stage.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(10)
        self.bar.setAccessibleName(words.translate("Progress"))
        self.cancel, self.retry = QPushButton(words.translate("Cancel")), QPushButton(words.translate("Try again"))
        self.cancel.clicked.connect(self.cancelled)
        self.retry.clicked.connect(self.retried)
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tell_time)
        self._arrange()
        self.begin()

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.time, 1)
        buttons.addWidget(self.retry)
        buttons.addWidget(self.cancel)
        inside = QWidget()
        inside.setFixedWidth(_WIDTH)
        column = QVBoxLayout(inside)
        column.setSpacing(12)
        for part in (self.title, self.bar, self.stage):
            column.addWidget(part)
        column.addLayout(buttons)
        around = QVBoxLayout(self)
        around.addStretch(2)
        around.addWidget(inside, 0, Qt.AlignmentFlag.AlignHCenter)
        around.addStretch(3)

    def begin(self) -> None:
        """The work starts, for the first time or again."""
        self._began = monotonic()
        self.title.setText(self._words.say(self._title))
        self.stage.setText("")
        self.time.setText("")
        self.bar.setRange(0, 0)
        self.bar.setVisible(True)
        self.cancel.setVisible(True)
        self.cancel.setFocus()
        self.retry.setVisible(False)
        self._clock.start()

    def show_progress(self, stage: Message, done: int, total: int | None) -> None:
        """How far the work is; total None while its end is not known."""
        self.stage.setText(self._words.say(stage))
        self.bar.setRange(0, _STEPS if total else 0)
        if total:
            self.bar.setValue(min(done * _STEPS // total, _STEPS))

    def show_problem(self, problem: Problem) -> None:
        """Say in one sentence why nothing was opened, and offer to try again."""
        self._stop(self._words.say(message("The book could not be opened")), self._words.say(problem.message))
        self.stage.setToolTip("\n".join(self._words.say(line) for line in problem.details))

    def show_cancelled(self) -> None:
        """Say that nothing was opened because it was not wanted."""
        self._stop(self._words.say(message("Opening was cancelled")), "")

    def _stop(self, title: str, sentence: str) -> None:
        self._clock.stop()
        self.title.setText(title)
        self.stage.setText(sentence)
        self.time.setText("")
        self.bar.setVisible(False)
        self.cancel.setVisible(False)
        self.retry.setVisible(True)
        self.retry.setFocus()

    def _tell_time(self) -> None:
        seconds = int(monotonic() - self._began)
        if seconds >= _PATIENCE_S:
            self.time.setText(self._words.say(message("{count} s", count=seconds)))
