"""A group of conditions: what is asked of its parts, and the parts in order, groups among them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout

from desktop_app.domain.problems import Message, message
from desktop_app.ui.icons import icon
from desktop_app.ui.import_fields import Choice
from desktop_app.ui.rule_editor.fault_label import FaultLabel
from desktop_app.ui.rule_editor.leaf_row import LeafRow, NodeCommand, show_menu
from desktop_app.ui.rule_editor.offer import Offer
from desktop_app.workspace.condition_draft import Branch, Join, Leaf, Node, Path
from desktop_app.workspace.draft_faults import Place

JOIN_LABELS: dict[Join, Message] = {
    Join.ALL: message("All of these hold"),
    Join.ANY: message("At least one of these holds"),
    Join.NOT_ALL: message("Not all of these hold"),
    Join.NONE: message("None of these holds"),
}
_OF_ROOT = (NodeCommand.NEGATE, NodeCommand.WRAP)
_OF_BRANCH = (
    NodeCommand.NEGATE,
    NodeCommand.WRAP,
    NodeCommand.DISSOLVE,
    NodeCommand.UP,
    NodeCommand.DOWN,
    NodeCommand.REMOVE,
)


class BranchBox(QFrame):
    """Shows one Branch with everything in it.

    Attributes: join, add, add_group and more are its parts; parts are the rows and boxes of what is in it.

    Signals:
        joined: Join.
        grown: whether by a group.
        commanded: NodeCommand.
    """

    joined = Signal(object)
    grown = Signal(bool)
    commanded = Signal(object)

    def __init__(self, branch: Branch, path: Path, make: Callable[[Node, Path], LeafRow | BranchBox]) -> None:
        super().__init__()
        self.setProperty("role", "branch" if path else "root")
        self.join, self.add, self.add_group = Choice(), QToolButton(), QToolButton()
        self.more, self.fault = QToolButton(), FaultLabel()
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.parts = [make(part, (*path, place)) for place, part in enumerate(branch.parts)]
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.join)
        top.addStretch(1)
        for button in (self.add, self.add_group, self.more):
            top.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8 if path else 0, 4 if path else 0, 2, 4 if path else 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.fault)
        for part in self.parts:
            layout.addWidget(part)
        self.join.chosen.connect(self.joined)
        self.add.clicked.connect(lambda: self.grown.emit(False))
        self.add_group.clicked.connect(lambda: self.grown.emit(True))

    def show_branch(self, branch: Branch, path: Path, offer: Offer, looked_at: Path | None) -> None:
        """Show the group; it must have the shape that the box was made for."""
        say = offer.words.translate
        self.join.show_choices([(offer.words.say(text), join) for join, text in JOIN_LABELS.items()], branch.join)
        self.join.setAccessibleName(say("What is asked of the group"))
        self.join.setMinimumContentsLength(18)
        for button, text, tip in (
            (self.add, say("Condition"), say("Add a condition to this group")),
            (self.add_group, say("Subgroup"), say("Add a group to this group")),
        ):
            button.setText(text)
            button.setIcon(icon("add", self.palette()))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
        self.more.setIcon(icon("dots", self.palette()))
        self.more.setToolTip(say("What can be done with this group"))
        self.more.setAccessibleName(say("What can be done with this group"))
        show_menu(self.more, _OF_BRANCH if path else _OF_ROOT, offer, self.commanded.emit)
        self.fault.show_faults(offer.at(Place("group", path)), offer.words)
        for place, (widget, part) in enumerate(zip(self.parts, branch.parts, strict=True)):
            here = (*path, place)
            if isinstance(widget, LeafRow) and isinstance(part, Leaf):
                widget.show_leaf(part, here, offer, looked_at=here == looked_at)
            elif isinstance(widget, BranchBox) and isinstance(part, Branch):
                widget.show_branch(part, here, offer, looked_at)
