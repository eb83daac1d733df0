"""What changed since the baseline: one card an edit, with its own effect and the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from desktop_app.domain.problems import Message, message
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.formats import EM_DASH
from desktop_app.text.words import Words
from desktop_app.ui.elided import ElidedLabel
from desktop_app.ui.icons import icon
from desktop_app.ui.looks import label, set_property
from desktop_app.ui.page import Scene
from desktop_app.ui.reading_words import Pinned, moved_words
from desktop_app.workspace.ladder import LadderView, Rung

# What every rung says; the lens is added.
USUAL_EFFECTS = ("users_blocked", "users_restricted", "el")
Effect = Callable[[str], float | None]


class ChangesPanel(QScrollArea):
    """Shows a LadderView.

    Attributes: cards of the rungs; total is the card of all together.

    Signals:
        reverted: the Rung that is to be taken back.
        all_reverted: every one is.
    """

    reverted = Signal(object)
    all_reverted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[RungCard] = []
        self.total = RungCard()
        self.total.reverted.connect(lambda _: self.all_reverted.emit())
        self._note = label("small", wrap=True)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(10, 8, 8, 8)
        self._column.setSpacing(6)
        self._column.addWidget(self._note)
        self._column.addWidget(self.total)
        self._column.addStretch(1)
        self.setWidget(inside)

    def show_ladder(self, ladder: LadderView, scene: Scene) -> None:
        """Write every rung; cards are made and dropped as there are more or fewer of them."""
        words, locked = scene.words, scene.shown.locked
        self._note.setText(words.say(_note(ladder, locked)))
        while len(self.cards) < len(ladder.rungs):
            card = RungCard()
            card.reverted.connect(self.reverted)
            self._column.insertWidget(1 + len(self.cards), card)
            self.cards.append(card)
        while len(self.cards) > len(ladder.rungs):
            card = self.cards.pop()
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        for card, rung in zip(self.cards, ladder.rungs, strict=True):
            card.show_rung(rung, scene)
        self.total.setVisible(len(ladder.rungs) > 1)
        self.total.show_total(ladder, scene)


class RungCard(QFrame):
    """One edit: what it is of, what it does to the policy, what it does to the figures.

    Attributes: revert is its button.

    Signals:
        reverted: the Rung shown.
    """

    reverted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._rung: Rung | None = None
        self._title, self._changes = label("strong", wrap=True), label("", wrap=True)
        self._effects: list[tuple[ElidedLabel, QLabel]] = []
        self.revert = QToolButton()
        self.revert.setProperty("role", "small")
        self.revert.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.revert.clicked.connect(lambda: self.reverted.emit(self._rung))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(0, 1)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self.revert, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(3)
        layout.addLayout(top)
        layout.addWidget(self._changes)
        layout.addLayout(self._grid)

    def show_rung(self, rung: Rung, scene: Scene) -> None:
        """Write an edit; the figures follow once they are counted."""
        self._rung, words = rung, scene.words
        self._title.setText(words.say(rung.title))
        self._changes.setText("\n".join(words.say(change) for change in rung.changes))
        self._write_effects(rung.effect, rung.before is not None and rung.after is not None, scene)
        self.revert.setIcon(icon("undo", self.palette()))
        self.revert.setText(words.translate("Revert"))
        self.revert.setToolTip(words.translate("Take this back as it is in the baseline; a step that can be undone"))
        self.revert.setAccessibleName(words.say(message("Revert: {edit}", edit=self._title.text())))
        self._name()

    def show_total(self, ladder: LadderView, scene: Scene) -> None:
        """Write what all edits do together."""
        self._title.setText(scene.words.translate("All together"))
        self._changes.hide()
        self.revert.setIcon(icon("undo", self.palette()))
        self.revert.setText(scene.words.translate("Revert everything"))
        self.revert.setToolTip(scene.words.translate("Make the scenario as the baseline is; a step that can be undone"))
        self.revert.setAccessibleName(self.revert.text())
        self._write_effects(ladder.total, ladder.counted, scene)
        self._name()

    def _write_effects(self, effect: Effect, counted: bool, scene: Scene) -> None:
        lens = scene.workspace.view.lens
        figures = (*USUAL_EFFECTS, *([lens] if lens and lens not in USUAL_EFFECTS else ()))
        for row in range(len(self._effects), len(figures)):
            self._effects.append((ElidedLabel(), label("change")))
            for column, part in enumerate(self._effects[row]):
                self._grid.addWidget(part, row, column)
        for (name, value), figure in zip(self._effects, [*figures, ""], strict=False):
            for part in (name, value):
                part.setVisible(bool(figure))
            if figure:
                _write_effect(name, value, figure, effect(figure) if counted else None, scene)
                if not counted:
                    value.setText(scene.words.translate("counting…"))

    def _name(self) -> None:
        effects = (f"{name.text()} {value.text()}" for name, value in self._effects if not name.isHidden())
        texts = (self._title.text(), self._changes.text(), *effects)
        self.setAccessibleName(". ".join(text for text in texts if text))


def _write_effect(name: ElidedLabel, value: QLabel, figure: str, delta: float | None, scene: Scene) -> None:
    words: Words = scene.words
    pinned = Pinned(FIGURES[figure], None, words, scene.workspace.book.currency, True)
    written, direction = moved_words(pinned, delta)
    name.setText(words.translate(FIGURES[figure].name))
    name.setProperty("role", "faint")
    value.setText(EM_DASH if delta is None else written or words.translate("no change"))
    value.setAlignment(Qt.AlignmentFlag.AlignRight)
    set_property(value, "direction", direction)


def _note(ladder: LadderView, locked: bool) -> Message:
    if locked:
        return message("This is the baseline itself.")
    if not ladder.rungs:
        return message("Nothing differs from the baseline.")
    return message(
        "From the baseline down, each edit with what it adds to those above it. What is supposed comes first; the"
        " edits of the policy below add up to the sentence at the top."
    )
