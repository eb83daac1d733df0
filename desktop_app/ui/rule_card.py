"""One rule of the policy as a card: switch, condition in words, sliders, hits."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout

from desktop_app.domain.handles import Handle, ThresholdHandle, find_comparison
from desktop_app.domain.policy import Cause, Rule
from desktop_app.domain.problems import Message, message
from desktop_app.text.formats import EM_DASH
from desktop_app.text.labels import CAUSE_LABELS, column_label
from desktop_app.text.language import Language
from desktop_app.text.policy_words import action_words, condition_words
from desktop_app.text.words import Words
from desktop_app.ui.elided import ElidedLabel
from desktop_app.ui.icons import icon
from desktop_app.ui.looks import hold_size, hold_unless_cut, label, set_property, write
from desktop_app.ui.rule_menu import RuleCommand, command_of, rule_menu
from desktop_app.ui.value_slider import ValueSlider
from desktop_app.workspace.showing import RuleHandle, RuleView

_POINTING = (QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut)


class RuleCard(QFrame):
    """Shows one RuleView.

    Signals:
        chosen: the rule was clicked or took the focus: it is looked at; carries its ThresholdHandle or None.
        switched: bool, the rule is to be on.
        moved, set: Handle, Decimal; a preview, a new value.
        returned: a drag was given up.
        pointed: the Handle whose slider the pointer or the focus is on, None once it is on none.
        commanded: RuleCommand, something is to be done with the rule.
        gripped: int, the vertical screen position while the grip is dragged; dropped: the same, at its end.
    """

    chosen = Signal(object)
    switched = Signal(bool)
    moved = Signal(object, object)
    set = Signal(object, object)
    returned = Signal()
    pointed = Signal(object)
    commanded = Signal(object)
    gripped = Signal(int)
    dropped = Signal(int)

    def __init__(self, view: RuleView) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view = view
        self._state: tuple[object, ...] = ()
        self._looks: tuple[object, ...] = ()
        self._words: Words | None = None
        self._holding = False
        self._grip = QLabel()
        self._grip.setCursor(Qt.CursorShape.OpenHandCursor)
        self._grip.installEventFilter(self)
        self.switch = QCheckBox()
        self.switch.clicked.connect(self._switch)
        self.edit = QToolButton()
        self.edit.setAutoRaise(True)
        self.edit.clicked.connect(lambda: self.commanded.emit(RuleCommand.EDIT))
        self._name, self._action = ElidedLabel(), ElidedLabel()
        self._name.setProperty("role", "strong")
        self._action.setProperty("role", "small")
        self._condition, self._hits = label("", wrap=True), label("small", wrap=True)
        self._hits.installEventFilter(self)
        self.sliders = tuple(self._slider(handle) for handle in view.handles)
        self._arrange()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._grip)
        top.addWidget(self.switch)
        top.addWidget(self._name, 1)
        top.addWidget(self.edit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(3)
        layout.addLayout(top)
        layout.addWidget(self._condition)
        layout.addWidget(self._action)
        for slider in self.sliders:
            layout.addWidget(slider)
        layout.addWidget(self._hits)

    def _slider(self, handle: RuleHandle) -> ValueSlider:
        slider = ValueSlider(handle)
        for touched in (slider.moved, slider.set, slider.returned):
            touched.connect(self._forget)
        slider.moved.connect(lambda value: self.moved.emit(handle.handle, value))
        slider.set.connect(lambda value: self.set.emit(handle.handle, value))
        slider.returned.connect(self.returned)
        for part in (slider.slider, slider.field):
            part.installEventFilter(self)
        return slider

    def _switch(self, on: bool) -> None:
        self._forget()
        self.switched.emit(on)

    def _forget(self, *_: object) -> None:
        # What the hand moved must be written again, even where the rule stays as it was.
        self._state = ()

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self._view.rule.id

    def fits(self, view: RuleView) -> bool:
        """Whether the card has a slider for each number of `view`, so that it can show it."""
        mine, others = ([handle.handle for handle in one.handles] for one in (self._view, view))
        return self.rule == view.rule.id and mine == others

    def show_view(self, view: RuleView, words: Words, *, active: bool, locked: bool, fresh: bool) -> None:
        """Write the rule as it is now; nothing is done where it is as it was."""
        state = (view.rule, view.position, view.handles, words, self.palette().cacheKey(), active, locked, fresh)
        counts, self._view = self._view.counts, view
        if state == self._state:
            if view.counts != counts:
                self._write_hits(words)
            return
        self._state = state
        usable = view.available and not locked
        self.switch.setChecked(view.rule.enabled)
        self.switch.setEnabled(not locked)
        self._grip.setEnabled(not locked)
        for slider, handle in zip(self.sliders, view.handles, strict=True):
            slider.show_handle(handle)
            slider.set_locked(not usable)
        self._write(words)
        for part in (self._name, self._condition):
            part.setEnabled(view.available and view.rule.enabled)
        set_property(self._hits, "stale", "false" if fresh else "true")
        set_property(self, "active", "true" if active else "false")

    def hold(self, holding: bool) -> None:
        """Keep the condition in its place while one of its numbers is dragged."""
        self._holding = holding
        hold_size(self._condition, holding)

    def _write(self, words: Words) -> None:
        rule = self._view.rule
        name = words.wording(rule.name) or rule.id
        self._name.setText(f"{self._view.position + 1}. {name}")
        write(self._condition, words.say(condition_words(rule.condition)))
        if self._holding:
            hold_unless_cut(self._condition)
        cause = words.say(CAUSE_LABELS[Cause(rule.reason.cause)])
        self._action.setText(f"{words.say(action_words(rule.action))} · {cause}")
        self._write_hits(words)
        looks = (words, self.palette().cacheKey(), name)
        if looks != self._looks:
            self._looks = looks
            self._write_parts(words, name)
        self.setAccessibleName(f"{name}. {self._condition.text()}. {self._action.text()}. {self._hits.text()}")
        for slider, handle in zip(self.sliders, self._view.handles, strict=True):
            caption = words.say(handle_words(rule, handle))
            # The group alone tells the numbers of one rule apart; its column stands in the condition above.
            group = handle.handle.group if isinstance(handle.handle, ThresholdHandle) else None
            slider.set_texts(group or caption, f"{name}: {caption}")

    def _write_parts(self, words: Words, name: str) -> None:
        """Icons and tooltips, which only a language, a theme or a name changes."""
        self._grip.setPixmap(icon("grip", self.palette()).pixmap(14))
        self._grip.setToolTip(words.translate("Drag to reorder, or press Alt with Up or Down"))
        self.edit.setIcon(icon("edit", self.palette()))
        self.edit.setToolTip(words.translate("Edit the rule (Enter or double click)"))
        self.edit.setAccessibleName(words.say(message("Edit {rule}", rule=name)))
        self.switch.setToolTip(words.translate("Switch the rule on or off"))
        self.switch.setAccessibleName(words.say(message("Rule {name} is on", name=name)))

    def _write_hits(self, words: Words) -> None:
        self._words = words
        write(self._hits, words.say(self._counted(words)))

    def menu(self) -> QMenu:
        """What can be done with the rule."""
        return rule_menu(self, self._words or Words(Language.ENGLISH), self._run)

    def _run(self, command: RuleCommand) -> None:
        if command is not RuleCommand.SWITCH:
            self.commanded.emit(command)
        elif self.switch.isEnabled():
            self.switch.click()

    def _counted(self, words: Words) -> Message:
        view, counts = self._view, self._view.counts
        if not view.available:
            missing = ", ".join(words.say(column_label(name)) for name in view.missing)
            return message("Not available: the book has no column {columns}", columns=missing)
        if not view.rule.enabled:
            return message("Switched off")
        if counts is None or counts.any_hit_users is None:
            return message("Hits: {none}", none=EM_DASH)
        return message(
            "Hits {any} users; first reason for {first}",
            any=words.integer(counts.any_hit_users),
            first=words.integer(counts.first_reason_users),
        )

    def _hits_explained(self, words: Words) -> str:
        counts = self._view.counts
        if counts is None:
            return ""
        rows = (
            (message("Accounts hit"), counts.any_hit_accounts),
            (message("Users hit by no other rule"), counts.sole_hit_users),
            (message("Restricted only because of this rule"), counts.marginal_users),
            (message("Cannot be decided, users"), counts.unknown_users),
        )
        return "\n".join(f"{words.say(name)}: {words.integer(count)}" for name, count in rows)

    def _threshold(self, part: QObject | None = None) -> ThresholdHandle | None:
        """The threshold that `part` belongs to, else the first of the rule."""
        found = [slider.handle.handle for slider in self.sliders if part in (slider.slider, slider.field)]
        found += [handle.handle for handle in self._view.handles]
        return next((handle for handle in found if isinstance(handle, ThresholdHandle)), None)

    def _pointed(self) -> Handle | None:
        """The number that may soon be dragged: under the pointer, else where the focus is."""
        usable = [slider for slider in self.sliders if slider.slider.isEnabled()]
        under = [one.handle.handle for one in usable if one.slider.underMouse() or one.field.underMouse()]
        focused = [one.handle.handle for one in usable if one.slider.hasFocus() or one.field.hasFocus()]
        return next(iter((*under, *focused)), None)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The grip is dragged; a slider that takes the focus makes its rule the active one."""
        if watched is self._grip and isinstance(event, QMouseEvent):
            return self._grip_event(event)
        if watched is self._hits and event.type() is QEvent.Type.ToolTip and self._words:
            self._hits.setToolTip(self._hits_explained(self._words))
        if event.type() is QEvent.Type.FocusIn:
            self.chosen.emit(self._threshold(watched))
        if event.type() in _POINTING:
            self.pointed.emit(self._pointed())
        return super().eventFilter(watched, event)

    def _grip_event(self, event: QMouseEvent) -> bool:
        y = round(event.globalPosition().y())
        if event.type() is QEvent.Type.MouseMove and event.buttons() & Qt.MouseButton.LeftButton:
            self.gripped.emit(y)
        elif event.type() is QEvent.Type.MouseButtonRelease:
            self.dropped.emit(y)
        return event.type() is QEvent.Type.MouseButtonPress

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click anywhere on the card chooses the rule."""
        super().mousePressEvent(event)
        self.chosen.emit(self._threshold())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Reached by Tab, the rule is looked at as well."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.chosen.emit(self._threshold())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A double click edits the rule."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.commanded.emit(RuleCommand.EDIT)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """What can be done with the rule, where the mouse or the keyboard asked for it."""
        self.menu().popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The keys of the rule's commands, while no field inside has the focus."""
        command = command_of(event) if self.hasFocus() else None
        if command is None:
            super().keyPressEvent(event)
        else:
            self._run(command)


def handle_words(rule: Rule, handle: RuleHandle) -> Message:
    """What a number of a rule is called: its group or its field, or the size of the action."""
    match handle.handle:
        case ThresholdHandle(group=None):
            return column_label(handle.column)
        case ThresholdHandle(comparison=comparison, group=str(group)):
            by = find_comparison(rule, comparison).by
            return message("{column} {group}", column=column_label(by.column if by else ""), group=group)
        case _:
            return message("New limit")
