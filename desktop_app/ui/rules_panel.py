"""The policy's rules in order, to be looked at, switched, moved and tuned."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from desktop_app.text.words import Words
from desktop_app.ui.icons import icon
from desktop_app.ui.looks import label
from desktop_app.ui.rule_card import RuleCard
from desktop_app.ui.rule_menu import RuleCommand
from desktop_app.workspace.showing import RuleView, Shown


class RulesPanel(QWidget):
    """A card for each rule.

    Signals:
        chosen: rule id, ThresholdHandle or None.
        switched: rule id, bool.
        reordered: rule id, new position.
        commanded: rule id, RuleCommand.
        moved, set: Handle, Decimal.
        returned: a drag was given up.
        pointed: the Handle whose slider the pointer or the focus is on, None once it is on none.
    """

    chosen = Signal(str, object)
    switched = Signal(str, bool)
    reordered = Signal(str, int)
    commanded = Signal(str, object)
    moved = Signal(object, object)
    set = Signal(object, object)
    returned = Signal()
    pointed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[RuleCard] = []
        self._looks: tuple[object, ...] = ()
        self._title, self._empty = label("strong"), label("faint", wrap=True)
        # Their menus are made by who knows templates and policies.
        self.add_button, self.policy_button = QToolButton(), QToolButton()
        for button in (self.add_button, self.policy_button):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._mark = QFrame(self)
        self._mark.setFrameShape(QFrame.Shape.HLine)
        self._mark.hide()
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(6)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self._title, 1)
        top.addWidget(self.add_button)
        top.addWidget(self.policy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._empty)
        layout.addWidget(self._scroll, 1)

    def show_rules(self, shown: Shown, words: Words, active: str | None) -> None:
        """Write every rule; cards are made anew only where rules or their numbers are others."""
        self._write_texts(words)
        self._empty.setVisible(not shown.rules)
        focused = next((card.rule for card in self.cards if card.hasFocus()), None)
        if len(self.cards) != len(shown.rules) or not all(map(RuleCard.fits, self.cards, shown.rules)):
            self._make_cards(shown.rules)
        # An index does not know the hits: during a drag they are those of the answer before.
        fresh = shown.fresh and shown.whole
        for card, view in zip(self.cards, shown.rules, strict=True):
            card.show_view(view, words, active=view.rule.id == active, locked=shown.locked, fresh=fresh)
            if card.rule == focused and not card.hasFocus():
                card.setFocus()

    def hold(self, holding: bool) -> None:
        """Keep every condition in its place while a number is dragged."""
        for card in self.cards:
            card.hold(holding)

    def _write_texts(self, words: Words) -> None:
        say = words.translate
        looks = (words, self.palette().cacheKey())
        if looks == self._looks:
            return
        self._looks = looks
        self._title.setText(say("Rules, in order"))
        self.setAccessibleName(self._title.text())
        self._empty.setText(say("No rules yet: nobody is restricted. Add one with the button above."))
        for button, name, text, tip in (
            (self.add_button, "add", say("Rule"), say("Add a rule: an empty one or a template")),
            (self.policy_button, "dots", "", say("The policy: settings, files, words, SQL")),
        ):
            button.setIcon(icon(name, self.palette()))
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(tip)

    def focus_on(self, rule: str) -> None:
        """Give a rule's card the focus, and bring it into sight."""
        for card in self.cards:
            if card.rule == rule:
                card.setFocus(Qt.FocusReason.OtherFocusReason)
                self._scroll.ensureWidgetVisible(card)

    def _make_cards(self, views: tuple[RuleView, ...]) -> None:
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._card(view) for view in views]
        for place, card in enumerate(self.cards):
            self._column.insertWidget(place, card)
            # The layout would show it only in the next round of events, and until then it takes no focus.
            card.show()

    def _card(self, view: RuleView) -> RuleCard:
        card, rule = RuleCard(view), view.rule.id
        card.chosen.connect(lambda handle: self.chosen.emit(rule, handle))
        card.switched.connect(lambda on: self.switched.emit(rule, on))
        card.commanded.connect(lambda command: self._command(rule, command))
        card.gripped.connect(self._show_mark)
        card.dropped.connect(lambda y: self._drop(rule, y))
        card.moved.connect(self.moved)
        card.set.connect(self.set)
        card.returned.connect(self.returned)
        card.pointed.connect(self.pointed)
        return card

    def _command(self, rule: str, command: RuleCommand) -> None:
        steps = {RuleCommand.UP: -1, RuleCommand.DOWN: 1}
        if command in steps:
            self._shift(rule, steps[command])
        else:
            self.commanded.emit(rule, command)

    def _shift(self, rule: str, by: int) -> None:
        place = [card.rule for card in self.cards].index(rule) + by
        if 0 <= place < len(self.cards):
            self.reordered.emit(rule, place)

    def _place_at(self, y: int) -> int:
        """How many cards have their middle above a vertical screen position."""
        inside = self._inside.mapFromGlobal(QPoint(0, y)).y()
        return sum(card.geometry().center().y() < inside for card in self.cards)

    def _show_mark(self, y: int) -> None:
        place = self._place_at(y)
        edge = self.cards[place].y() - 4 if place < len(self.cards) else self.cards[-1].geometry().bottom() + 3
        top = self._inside.mapTo(self, QPoint(0, edge)).y()
        self._mark.setGeometry(0, top, self.width() - 8, 2)
        self._mark.show()
        self._mark.raise_()

    def _drop(self, rule: str, y: int) -> None:
        if not self._mark.isVisible():
            return
        self._mark.hide()
        old = [card.rule for card in self.cards].index(rule)
        place = self._place_at(y)
        new = place - 1 if place > old else place
        if new != old:
            self.reordered.emit(rule, new)
