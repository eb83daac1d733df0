"""The status line: book, as-of date, size, how exact and how fast; progress with cancel on its right."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton

from desktop_app.domain.problems import Message, message
from desktop_app.text.words import Words
from desktop_app.ui.looks import hold_size
from desktop_app.workspace.showing import Status

# Work that is done sooner shows no progress: a flash would only disturb.
PATIENCE_MS = 300
_STEPS = 1000
_SEEN_MS = 6_000


class StatusLine(QStatusBar):
    """Shows a Status and the progress of long work.

    Signals:
        cancelled: the work in progress is no longer wanted.
    """

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 8, 0)
        self.facts, self._stage = QLabel(), QLabel()
        self.bar = QProgressBar()
        self.bar.setFixedWidth(140)
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(10)
        self.cancel_button = QToolButton()
        self.cancel_button.clicked.connect(self.cancelled)
        self.addWidget(self.facts, 1)
        for part in (self._stage, self.bar, self.cancel_button):
            self.addPermanentWidget(part)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._show_work(True))
        self._show_work(False)

    def show_status(self, status: Status, words: Words) -> None:
        """Write the facts."""
        parts = [
            status.book,
            words.say(message("as of {day}", day=status.as_of)),
            words.say(message("{accounts} accounts, {users} users", accounts=status.accounts, users=status.users)),
        ]
        if status.milliseconds is not None:
            exact = message(
                "exact · {time} ms", time=words.decimal(status.milliseconds, 0 if status.milliseconds >= 10 else 1)
            )
            parts.append(words.say(exact if status.fresh else message("counting…")))
        self.facts.setText("  ·  ".join(parts))
        note = words.wording(status.as_of_note)
        self.facts.setToolTip("\n".join(line for line in (words.say(status.method), note) if line))
        self.cancel_button.setText(words.translate("Cancel"))
        self.cancel_button.setToolTip(words.translate("Cancel the work in progress"))
        self.bar.setAccessibleName(words.translate("Progress"))

    def hold(self, holding: bool) -> None:
        """Keep the facts in their place while a line is dragged."""
        hold_size(self.facts, holding)

    def announce(self, sentence: str) -> None:
        """Say something that has just happened, in place of the facts, and to a screen reader."""
        self.showMessage(sentence, _SEEN_MS)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def begin(self) -> None:
        """Work has begun: show it if it lasts."""
        if not self._patience.isActive() and not self.bar.isVisible():
            self._stage.clear()
            self.bar.setRange(0, 0)
            self._patience.start()

    def progress(self, stage: Message, done: int, total: int | None, words: Words) -> None:
        """How far the work is."""
        self._stage.setText(words.say(stage))
        self.bar.setRange(0, _STEPS if total else 0)
        if total:
            self.bar.setValue(min(done * _STEPS // total, _STEPS))

    def end(self) -> None:
        """Nothing is being worked on."""
        self._patience.stop()
        self._show_work(False)

    def _show_work(self, shown: bool) -> None:
        for part in (self._stage, self.bar, self.cancel_button):
            part.setVisible(shown)
