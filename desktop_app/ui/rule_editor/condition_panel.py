"""The condition as a tree of rows that can be built, nested and moved without typing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui.rule_editor.branch_box import BranchBox
from desktop_app.ui.rule_editor.leaf_row import LeafRow, NodeCommand
from desktop_app.ui.rule_editor.offer import Offer
from desktop_app.workspace.condition_draft import (
    Branch,
    Join,
    Leaf,
    Node,
    Path,
    leaves,
    node_at,
    with_dissolved,
    with_inserted,
    with_moved,
    with_node,
    with_wrapped,
    without,
)

_Shape: TypeAlias = "tuple[_Shape, ...] | None"
_NEGATION = {Join.ALL: Join.NOT_ALL, Join.NOT_ALL: Join.ALL, Join.ANY: Join.NONE, Join.NONE: Join.ANY}


class ConditionPanel(QScrollArea):
    """Shows the condition of a draft.

    Attributes: root is the box of the whole; rows and boxes are found by their paths.

    Signals:
        edited: Branch, and what steps at this place are merged by.
        looked: the path of the comparison that took the focus.
    """

    edited = Signal(object, str)
    looked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[Path, LeafRow] = {}
        self.boxes: dict[Path, BranchBox] = {}
        self._condition, self._free_id = Branch(), ""
        self._offer: Offer | None = None
        self._shape: _Shape | str = ""
        self._goal: Path | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # As shortcuts, since a list would open with these keys.
        for keys, command in (("Alt+Up", NodeCommand.UP), ("Alt+Down", NodeCommand.DOWN)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._move, command))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    @property
    def root(self) -> BranchBox:
        """The box of the whole condition."""
        return self.boxes[()]

    def show_condition(self, condition: Branch, free_id: str, offer: Offer, looked_at: Path | None) -> None:
        """Show a condition; rows are made anew only where its shape is another."""
        self._condition, self._free_id, self._offer = condition, free_id, offer
        shape, goal, part = _shape(condition), self._goal, self._focused_part()
        self._goal = None
        if shape != self._shape:
            goal = goal or self._path_of(self.window().focusWidget())
            self._shape = shape
            self._make(condition, offer)
        self.root.show_branch(condition, (), offer, looked_at)
        if goal is not None:
            self._focus_again(goal, part)

    def _focused_part(self) -> str:
        focused = self.window().focusWidget()
        row = self.rows.get(self._path_of(focused) or ())
        return row.part_with_focus(focused) if row else "field"

    def focus_on(self, path: Path, part: str = "field") -> None:
        """Bring a comparison or group into sight and begin there."""
        row, box = self.rows.get(path), self.boxes.get(path)
        if row is not None:
            row.focus_part(part)
            self.ensureWidgetVisible(row)
        elif box is not None:
            box.join.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(box)

    def _make(self, condition: Branch, offer: Offer) -> None:
        self.rows, self.boxes = {}, {}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.addWidget(self._widget(condition, (), offer))
        column.addStretch(1)
        old = self.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self.setWidget(inside)
        inside.show()

    def _widget(self, node: Node, path: Path, offer: Offer) -> LeafRow | BranchBox:
        if isinstance(node, Leaf):
            row = LeafRow(offer)
            row.edited.connect(lambda leaf, merge: self._take(with_node(self._condition, path, leaf), merge, path))
            row.commanded.connect(lambda command: self._run(path, command))
            self.rows[path] = row
            return row
        box = BranchBox(node, path, lambda part, where: self._widget(part, where, offer))
        box.joined.connect(lambda join: self._join(path, join))
        box.grown.connect(lambda group: self._grow(path, as_group=group))
        box.commanded.connect(lambda command: self._run(path, command))
        self.boxes[path] = box
        return box

    def _take(self, condition: Branch, merge: str, path: Path, goal: Path | None = None) -> None:
        self._goal = goal
        self.edited.emit(condition, f"{path} {merge}" if merge else "")

    def _join(self, path: Path, join: Join) -> None:
        found = node_at(self._condition, path)
        if isinstance(found, Branch):
            self._take(with_node(self._condition, path, replace(found, join=join)), "", path)

    def _grow(self, path: Path, *, as_group: bool) -> None:
        found = node_at(self._condition, path)
        if isinstance(found, Branch):
            new: Node = Leaf(self._free_id)
            where = (*path, len(found.parts))
            if as_group:
                new = Branch(Join.ANY if found.join in (Join.ALL, Join.NOT_ALL) else Join.ALL, (new,))
            goal = (*where, 0) if as_group else where
            self._take(with_inserted(self._condition, where, new), "", path, goal)

    def _run(self, path: Path, command: NodeCommand) -> None:
        condition = self._condition
        match command:
            case NodeCommand.ADD:
                after = (*path[:-1], path[-1] + 1)
                self._take(with_inserted(condition, after, Leaf(self._free_id)), "", path, after)
            case NodeCommand.WRAP:
                self._take(with_wrapped(condition, path, Join.ALL), "", path, (*path, 0))
            case NodeCommand.NEGATE:
                self._negate(path)
            case NodeCommand.DISSOLVE:
                self._take(with_dissolved(condition, path), "", path, path)
            case NodeCommand.REMOVE:
                self._take(without(condition, path), "", path, self._neighbour(path))
            case NodeCommand.UP | NodeCommand.DOWN:
                moved, where = with_moved(condition, path, -1 if command is NodeCommand.UP else 1)
                self._take(moved, "", path, where)

    def _negate(self, path: Path) -> None:
        found = node_at(self._condition, path)
        if isinstance(found, Branch):
            self._join(path, _NEGATION[found.join])
        else:
            self._take(with_wrapped(self._condition, path, Join.NONE), "", path, (*path, 0))

    def _neighbour(self, path: Path) -> Path:
        """Where the focus goes when a part is removed: the comparison before it, else the first that is left."""
        before = [where for where, _ in leaves(self._condition) if where < path]
        return before[-1] if before else ()

    def _path_of(self, widget: QWidget | None) -> Path | None:
        while widget is not None:
            for path, found in (*self.rows.items(), *self.boxes.items()):
                if found is widget:
                    return path
            widget = widget.parentWidget()
        return None

    def _focus_again(self, path: Path, part: str) -> None:
        while path and path not in self.rows and path not in self.boxes:
            path = path[:-1]
        self.focus_on(path, part)

    def _follow_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        path, inside = self._path_of(now), self.widget()
        if path in self.rows and now is not None and inside is not None:
            self.ensureVisible(0, now.mapTo(inside, QPoint(0, now.height())).y(), 0, 20)
            self.looked.emit(path)

    def _move(self, command: NodeCommand) -> None:
        path = self._path_of(self.window().focusWidget())
        if path:
            self._run(path, command)


def _shape(node: Node) -> _Shape:
    return None if isinstance(node, Leaf) else tuple(map(_shape, node.parts))
