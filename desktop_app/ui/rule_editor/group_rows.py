"""The values of single groups under a comparison: which column groups, and a row a group."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop_app.domain.book import Column
from desktop_app.domain.problems import message
from desktop_app.ui.icons import icon
from desktop_app.ui.import_fields import Choice
from desktop_app.ui.looks import label
from desktop_app.ui.rule_editor.fault_label import FaultLabel
from desktop_app.ui.rule_editor.offer import Offer
from desktop_app.ui.rule_editor.value_editor import ValueEditor
from desktop_app.workspace.condition_draft import GroupValues, Leaf, Path
from desktop_app.workspace.draft_faults import Fault, Place
from desktop_app.workspace.leaf_values import first_value, group_labels

_GROUP_WIDTH = 190
_BESIDE = Qt.ToolButtonStyle.ToolButtonTextBesideIcon


class GroupRows(QWidget):
    """Shows the GroupValues of a comparison.

    Attributes: column chooses the grouping; rows are those of the groups; add gives another group a value.

    Signals:
        edited: GroupValues, and the group whose value it was, "" for none.
        taken: Fault, its near miss is meant.
    """

    edited = Signal(object, str)
    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._by = GroupValues("")
        self._leaf = Leaf()
        self._column: Column | None = None
        self._free: list[str] = []
        self._title, self._others = QLabel(), label("small")
        self.column, self.add, self.fault = Choice(), QToolButton(), FaultLabel()
        self.rows: dict[str, GroupRow] = {}
        self.column.chosen.connect(lambda column: self.edited.emit(GroupValues(str(column)), ""))
        self.add.clicked.connect(self._add)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._title)
        top.addWidget(self.column)
        top.addWidget(self._others, 1)
        self._column_of_rows = QVBoxLayout()
        self._column_of_rows.setSpacing(3)
        bottom = QHBoxLayout()
        bottom.addWidget(self.add)
        bottom.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(top)
        layout.addWidget(self.fault)
        layout.addLayout(self._column_of_rows)
        layout.addLayout(bottom)

    def show_groups(self, leaf: Leaf, path: Path, offer: Offer) -> None:
        """Show the groups of a comparison that has some."""
        if leaf.by is None:
            return
        self._leaf, self._by = leaf, leaf.by
        self._column = offer.columns.get(leaf.field)
        say = offer.words.translate
        groupings = [(offer.called(column.name), column.name) for column in offer.book.groupings()]
        groupings = [pair for pair in groupings if pair[1] in offer.columns]
        self.column.show_choices([*groupings, *([("—", "")] if not leaf.by.column else [])], leaf.by.column)
        self.column.setAccessibleName(say("Column of groups"))
        self._title.setText(say("but by"))
        self._others.setText(say("all others: the value above"))
        self.fault.show_faults(offer.at(Place("by", path)), offer.words)
        labels = group_labels(offer.book, leaf.by.column)
        self._free = [one for one in labels if one not in dict(leaf.by.values)]
        self._show_rows(leaf, path, offer)
        self.add.setText(say("Value for another group"))
        self.add.setIcon(icon("add", self.palette()))
        self.add.setToolButtonStyle(_BESIDE)
        self.add.setEnabled(bool(self._free))

    def _show_rows(self, leaf: Leaf, path: Path, offer: Offer) -> None:
        by = self._by
        groups = [group for group, _ in by.values]
        if list(self.rows) != groups:
            self._make(groups)
        grouping = offer.columns.get(by.column)
        for group, value in by.values:
            choices = [(offer.label(grouping, one), one) for one in (group, *self._free)]
            row = self.rows[group]
            row.group.show_choices(choices, group)
            row.value.show_value(self._column, leaf.operator, value, offer)
            row.describe(f"{offer.called(by.column)} {group}", offer, offer.at(Place("value", path, group)))

    def _make(self, groups: list[str]) -> None:
        for row in self.rows.values():
            self._column_of_rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {group: self._row(group) for group in groups}
        for row in self.rows.values():
            self._column_of_rows.addWidget(row)
            row.show()

    def _row(self, group: str) -> GroupRow:
        row = GroupRow()
        row.value.edited.connect(lambda value: self.edited.emit(self._by.with_value(group, value), group))
        row.group.chosen.connect(lambda other: self._rename(group, str(other)))
        row.remove.clicked.connect(lambda: self.edited.emit(self._by.without(group), ""))
        row.fault.taken.connect(self.taken)
        return row

    def _rename(self, group: str, other: str) -> None:
        values = tuple((other if one == group else one, value) for one, value in self._by.values)
        self.edited.emit(GroupValues(self._by.column, values), "")

    def _add(self) -> None:
        """The first group without a value begins with the comparison's own."""
        value = self._leaf.value
        if value is None and self._column is not None:
            value = first_value(self._column, self._leaf.operator)
        self.edited.emit(self._by.with_value(self._free[0], value), "")


class GroupRow(QWidget):
    """One group with its value.

    Attributes: group, value, remove and fault are its parts.
    """

    def __init__(self) -> None:
        super().__init__()
        self.group, self.value, self.remove, self.fault = Choice(), ValueEditor(), QToolButton(), FaultLabel()
        self.group.setFixedWidth(_GROUP_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(6)
        for part in (self.group, self.value, self.remove):
            row.addWidget(part, 1 if part is self.value else 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addLayout(row)
        layout.addWidget(self.fault)

    def describe(self, name: str, offer: Offer, faults: tuple[Fault, ...]) -> None:
        """Name the parts, and say what is wrong."""
        words = offer.words
        self.group.setAccessibleName(words.translate("Group"))
        self.value.name(name)
        self.value.mark(wrong=any(fault.stops for fault in faults))
        gone = words.say(message("No own value for {group}", group=name))
        self.remove.setIcon(icon("close", self.palette()))
        self.remove.setToolTip(gone)
        self.remove.setAccessibleName(gone)
        self.fault.show_faults(faults, words)
