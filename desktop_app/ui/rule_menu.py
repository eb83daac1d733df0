"""What can be done with a rule: the commands of its card, in a menu and by key."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.domain.problems import Message, message
from desktop_app.text.words import Words
from desktop_app.ui.icons import icon


class RuleCommand(StrEnum):
    """One command."""

    EDIT = "edit"
    RENAME = "rename"
    COPY = "copy"
    UP = "up"
    DOWN = "down"
    SWITCH = "switch"
    DELETE = "delete"


LABELS: dict[RuleCommand, Message] = {
    RuleCommand.EDIT: message("Edit the rule…"),
    RuleCommand.RENAME: message("Rename…"),
    RuleCommand.COPY: message("Duplicate"),
    RuleCommand.UP: message("Move up"),
    RuleCommand.DOWN: message("Move down"),
    RuleCommand.SWITCH: message("Switch on or off"),
    RuleCommand.DELETE: message("Delete"),
}

# The keys of a card that has the focus.
KEYS: dict[RuleCommand, QKeySequence] = {
    RuleCommand.EDIT: QKeySequence(Qt.Key.Key_Return),
    RuleCommand.RENAME: QKeySequence(Qt.Key.Key_F2),
    RuleCommand.COPY: QKeySequence(QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_D)),
    RuleCommand.UP: QKeySequence(QKeyCombination(Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Up)),
    RuleCommand.DOWN: QKeySequence(QKeyCombination(Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Down)),
    RuleCommand.SWITCH: QKeySequence(Qt.Key.Key_Space),
    RuleCommand.DELETE: QKeySequence(Qt.Key.Key_Delete),
}
_ICONS = {RuleCommand.EDIT: "edit", RuleCommand.COPY: "copy", RuleCommand.DELETE: "close"}
_APART = {RuleCommand.UP, RuleCommand.DELETE}


def command_of(event: QKeyEvent) -> RuleCommand | None:
    """The command of a key."""
    # The arrows carry the keypad's modifier on some keyboards.
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
    pressed = QKeySequence(QKeyCombination(modifiers, key))
    return next((command for command, keys in KEYS.items() if keys == pressed), None)


def rule_menu(parent: QWidget, words: Words, run: Callable[[RuleCommand], object]) -> QMenu:
    """The menu of a rule; it deletes itself when it is closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for command, text in LABELS.items():
        if command in _APART:
            menu.addSeparator()
        action = menu.addAction(words.say(text))
        action.setShortcut(KEYS[command])
        # The card itself takes the key: two that take it would each refuse it.
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        if command in _ICONS:
            action.setIcon(icon(_ICONS[command], parent.palette()))
        action.triggered.connect(lambda _=False, chosen=command: run(chosen))
    return menu
