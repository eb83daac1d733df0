"""One comparison of the condition: field, operator, value, and below it the values of single groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop_app.domain.conditions import Operator
from desktop_app.domain.problems import Message, message
from desktop_app.text.labels import OPERATOR_LABELS
from desktop_app.ui.icons import icon
from desktop_app.ui.import_fields import Choice
from desktop_app.ui.looks import set_property
from desktop_app.ui.rule_editor.fault_label import FaultLabel
from desktop_app.ui.rule_editor.field_chooser import FieldChooser
from desktop_app.ui.rule_editor.group_rows import GroupRows
from desktop_app.ui.rule_editor.offer import Offer
from desktop_app.ui.rule_editor.value_editor import ValueEditor
from desktop_app.workspace.condition_draft import GroupValues, Leaf, Path
from desktop_app.workspace.draft_faults import Fault, Place
from desktop_app.workspace.leaf_values import offered_columns, on_field, operated, operators_for

_FIELD_WIDTH, _OPERATOR_WIDTH = 190, 96


class NodeCommand(StrEnum):
    """What can be done with a part of the condition."""

    ADD = "add"
    WRAP = "wrap"
    NEGATE = "negate"
    DISSOLVE = "dissolve"
    UP = "up"
    DOWN = "down"
    REMOVE = "remove"


NODE_LABELS: dict[NodeCommand, Message] = {
    NodeCommand.ADD: message("Another condition after it"),
    NodeCommand.WRAP: message("Put into a group"),
    NodeCommand.NEGATE: message("Negate"),
    NodeCommand.DISSOLVE: message("Dissolve the group"),
    NodeCommand.UP: message("Move up"),
    NodeCommand.DOWN: message("Move down"),
    NodeCommand.REMOVE: message("Remove"),
}
OF_LEAF = tuple(command for command in NodeCommand if command is not NodeCommand.DISSOLVE)


class LeafRow(QFrame):
    """Shows one Leaf.

    Attributes: field, operator, value, groups and more are its parts.

    Signals:
        edited: Leaf, and what steps at this place are merged by ("" for a step of its own).
        commanded: NodeCommand.
    """

    edited = Signal(object, str)
    commanded = Signal(object)

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self.setProperty("role", "leaf")
        self._leaf, self._offer = Leaf(), offer
        self._state: tuple[object, ...] = ()
        self.field, self.operator, self.value = FieldChooser(), Choice(), ValueEditor()
        self.by, self.more, self.fault, self.groups = QToolButton(), QToolButton(), FaultLabel(), GroupRows()
        self.by.setCheckable(True)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.field.setFixedWidth(_FIELD_WIDTH)
        self.operator.setFixedWidth(_OPERATOR_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(5)
        for part in (self.field, self.operator, self.value, self.by, self.more):
            row.addWidget(part, 1 if part is self.value else 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 4, 4)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self.fault)
        layout.addWidget(self.groups)
        self._connect()

    def _connect(self) -> None:
        self.field.chosen.connect(self._take_field)
        self.operator.chosen.connect(self._take_operator)
        self.value.edited.connect(lambda value: self.edited.emit(replace(self._leaf, value=value), "value"))
        self.by.clicked.connect(self._group)
        self.groups.edited.connect(self._take_groups)
        self.fault.taken.connect(self._take_near_miss)
        self.groups.taken.connect(self._take_near_miss)

    def show_leaf(self, leaf: Leaf, path: Path, offer: Offer, *, looked_at: bool) -> None:
        """Show a comparison; its histogram is beside it where it is looked at."""
        self._offer = offer
        faults = offer.about(path)
        state = (leaf, path, offer.words, offer.columns, offer.counts, faults, looked_at, self.palette().cacheKey())
        if all(map(_alike, state, self._state)) and self._state:
            return
        self._state, self._leaf = state, leaf
        say, column = offer.words.translate, offer.columns.get(leaf.field)
        self.field.show_field(leaf.field, offered_columns(offer.columns), offer)
        operators = operators_for(column)
        known = operators if leaf.operator in operators else (*operators, leaf.operator)
        self.operator.show_choices([(offer.words.say(OPERATOR_LABELS[one]), one) for one in known], leaf.operator)
        self.value.show_value(column, leaf.operator, leaf.value, offer)
        can_group = leaf.operator is not Operator.MISSING and bool(offer.book.groupings())
        self.by.setVisible(can_group)
        self.by.setChecked(leaf.by is not None)
        self.groups.setVisible(leaf.by is not None and can_group)
        self.groups.show_groups(leaf, path, offer)
        faults = offer.at(Place("field", path), Place("operator", path), Place("value", path))
        self.fault.show_faults(faults, offer.words)
        stopped = {fault.place.part for fault in faults if fault.stops}
        set_property(self.field.line, "wrong", "true" if "field" in stopped else "false")
        set_property(self, "wrong", "true" if stopped else "false")
        self.value.mark(wrong="value" in stopped)
        set_property(self, "active", "true" if looked_at else "false")
        self._name(offer.called(leaf.field) if leaf.field else say("Condition"), offer)

    def part_with_focus(self, focused: QWidget | None) -> str:
        """Which part has the focus; the field where none has."""
        parts = {"operator": self.operator, "value": self.value, "by": self.by, "more": self.more}
        holds = (name for name, part in parts.items() if part is focused or (focused and part.isAncestorOf(focused)))
        return next(holds, "field")

    def focus_part(self, name: str) -> None:
        """Begin at a part; at the field where it takes no focus."""
        parts: dict[str, QWidget] = {"operator": self.operator, "by": self.by, "more": self.more}
        if self.value.field is not None:
            parts["value"] = self.value.field
        parts.get(name, self.field).setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self, name: str, offer: Offer) -> None:
        say = offer.words.translate
        self.field.setAccessibleName(say("Field"))
        self.operator.setAccessibleName(f"{name}: {say('comparison')}")
        self.value.name(f"{name}: {say('value')}")
        self.by.setIcon(icon("groups", self.palette()))
        self.by.setToolTip(say("Other values for some groups"))
        self.by.setAccessibleName(f"{name}: {say('Other values for some groups')}")
        self.more.setIcon(icon("dots", self.palette()))
        self.more.setToolTip(say("What can be done with this condition"))
        self.more.setAccessibleName(f"{name}: {say('What can be done with this condition')}")
        show_menu(self.more, OF_LEAF, offer, self.commanded.emit)

    def _take_field(self, name: str) -> None:
        column = self._offer.columns.get(name)
        changed = on_field(self._leaf, column) if column else replace(self._leaf, field=name)
        if changed != self._leaf:
            self.edited.emit(changed, "" if column else "field")

    def _take_operator(self, operator: Operator) -> None:
        self.edited.emit(operated(self._leaf, operator, self._offer.columns.get(self._leaf.field)), "")

    def _group(self, on: bool) -> None:
        columns = [column for column in self._offer.book.groupings() if column.name in self._offer.columns]
        # The first column that tells accounts apart, and is not the one compared.
        useful = [column for column in columns if column.distinct != 1 and column.name != self._leaf.field]
        first = (useful or columns)[0].name if columns else ""
        self.edited.emit(replace(self._leaf, by=GroupValues(first) if on else None), "")

    def _take_groups(self, by: GroupValues, group: str) -> None:
        self.edited.emit(replace(self._leaf, by=by), f"value {group}" if group else "")

    def _take_near_miss(self, fault: Fault) -> None:
        leaf, meant = self._leaf, fault.meant
        if fault.place.part == "field":
            self._take_field(meant)
            return
        asked = dict(fault.sentence.values)
        if fault.place.group and leaf.by is not None and fault.place.group == asked.get("label"):
            values = tuple((meant if one == fault.place.group else one, value) for one, value in leaf.by.values)
            self.edited.emit(replace(leaf, by=replace(leaf.by, values=values)), "")
        elif isinstance(leaf.value, tuple):
            listed = tuple(meant if one == asked.get("label") else one for one in leaf.value)
            self.edited.emit(replace(leaf, value=tuple(dict.fromkeys(listed))), "")
        else:
            self.edited.emit(replace(leaf, value=meant), "")


def _alike(one: object, other: object) -> bool:
    # What is offered is replaced whole, and comparing it would cost more than looking at it.
    return one is other or (isinstance(one, Leaf | tuple | bool | int) and one == other)


def show_menu(
    button: QToolButton, commands: tuple[NodeCommand, ...], offer: Offer, run: Callable[[NodeCommand], object]
) -> None:
    """Give a button the menu of a part of the condition, made once and named anew in another language."""
    menu = button.menu()
    if menu is None:
        menu = QMenu(button)
        for command in commands:
            menu.addAction("").triggered.connect(lambda _=False, chosen=command: run(chosen))
        button.setMenu(menu)
    for action, command in zip(menu.actions(), commands, strict=True):
        action.setText(offer.words.say(NODE_LABELS[command]))
