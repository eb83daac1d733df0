"""The sentence that says what the scenario does, with a button that copies it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop_app.domain.problems import Message, message
from desktop_app.domain.scenario import Stress
from desktop_app.text.assumption_words import stress_lines
from desktop_app.text.words import Words
from desktop_app.ui.icons import icon
from desktop_app.ui.looks import hold_size, hold_unless_cut, label, set_property, write
from desktop_app.workspace.showing import Shown

_NO_STRESS = Stress()


class Headline(QWidget):
    """Shows the headline of the active tab, with the stress that it is told under.

    Attributes: sentence, stress, copy_button: its parts, for tests.

    Signals:
        questioned: the stress was clicked: it is to be shown.
    """

    questioned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._looks: tuple[object, ...] = ()
        self._holding = False
        self._stressed: tuple[object, ...] = ()
        self.sentence = label("headline", wrap=True)
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.stress = QToolButton()
        self.stress.setProperty("role", "chip")
        self.stress.clicked.connect(self.questioned)
        self.stress.hide()
        self.copy_button = QToolButton()
        self.copy_button.clicked.connect(self._copy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 0, 0, 0)
        layout.addWidget(self.stress, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.sentence, 1)
        layout.addWidget(self.copy_button)

    def show_headline(self, shown: Shown, words: Words) -> None:
        """Write the sentence; on the locked tab say what the tab is."""
        if shown.headline is not None:
            whole = message("Of the whole book: {sentence}", sentence=shown.headline)
            text = words.say(whole if shown.filtered else shown.headline)
        elif shown.locked:
            text = words.translate("This is the baseline: it is locked, and every scenario is compared with it.")
        else:
            text = words.translate("Counting every account…")
        write(self.sentence, text)
        self._show_stress(shown, words)
        if self._holding:
            hold_unless_cut(self.sentence)
        self.sentence.setAccessibleName(text)
        set_property(self.sentence, "stale", "false" if shown.fresh else "true")
        looks = (words, self.palette().cacheKey())
        if looks == self._looks:
            return
        self._looks = looks
        self.copy_button.setIcon(icon("copy", self.palette()))
        self.copy_button.setToolTip(words.translate("Copy the sentence"))
        self.copy_button.setAccessibleName(words.translate("Copy the sentence"))

    def hold(self, holding: bool) -> None:
        """Keep the sentence in its place while a line is dragged."""
        self._holding = holding
        hold_size(self.sentence, holding)

    def _show_stress(self, shown: Shown, words: Words) -> None:
        stress = shown.scenario.stress
        self.stress.setVisible(stress != _NO_STRESS)
        looks = (stress, words)
        if looks == self._stressed:
            return
        self._stressed = looks
        shocks = [f"{words.say(name)} {value}" for name, value in stress_lines(stress, words, "")]
        self.stress.setText(words.say(_under(shocks)))
        said = words.translate("The book is stressed before the policy sees it; click to change it")
        self.stress.setToolTip("\n".join((said, *shocks)))
        self.stress.setAccessibleName(self.stress.text())

    def _copy(self) -> None:
        # What is pasted elsewhere must not pass for the book as it is.
        parts = [part.text() for part in (self.stress, self.sentence) if not part.isHidden()]
        QGuiApplication.clipboard().setText(" – ".join(parts))


def _under(shocks: list[str]) -> Message:
    if len(shocks) == 1:
        return message("Under stress: {shock}", shock=shocks[0])
    return message("Under stress: {count} shocks", count=len(shocks))
