"""One pinned figure: value, change against the baseline, kind; a click makes it the lens of every chart."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout

from desktop_app.domain.problems import message
from desktop_app.ui.elided import ElidedLabel
from desktop_app.ui.figure_picker import FigurePicker
from desktop_app.ui.goal_editor import GoalEditor
from desktop_app.ui.icons import icon
from desktop_app.ui.looks import hold_size, set_property, write
from desktop_app.ui.reading_words import Pinned, change_words, explained, goal_mark, kind_words, whole_words

_SIGN = 12


class Tile(QFrame):
    """Shows the reading of one figure.

    Attributes:
        more: the button that opens the menu.

    Signals:
        looked: the id of the figure, which is to be the lens, or no longer.
        chosen: the id of the figure to show here from now on.
        aimed: the id of the figure, a Goal for it or None.
    """

    looked = Signal(str)
    chosen = Signal(str)
    aimed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "tile")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name, self._change = ElidedLabel(), ElidedLabel()
        self._value, self._kind, self._sign, self._goal = QLabel(), QLabel(), QLabel(), QLabel()
        self._whole = ElidedLabel()
        self.more = QToolButton()
        self.more.setProperty("role", "small")
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.setCursor(Qt.CursorShape.ArrowCursor)
        self.more.clicked.connect(self._open_menu)
        for label, role in (
            (self._name, "faint"),
            (self._value, "value"),
            (self._change, "change"),
            (self._kind, "badge"),
            (self._goal, "goal"),
            (self._whole, "small"),
        ):
            label.setProperty("role", role)
        self._arrange()
        self._pinned: Pinned | None = None
        self._locked = False
        self._seen: tuple[object, ...] = ()
        self._looks: tuple[object, ...] = ()

    @property
    def figure(self) -> str:
        """The id of the figure shown, "" before the first."""
        return self._pinned.figure.id if self._pinned else ""

    def _arrange(self) -> None:
        # The name has the whole width, the badge stands where there is room: beside the number.
        top, middle, bottom = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (top, middle, bottom):
            row.setSpacing(4)
        top.addWidget(self._sign)
        top.addWidget(self._name, 1)
        top.addWidget(self.more)
        middle.addWidget(self._value, 1)
        middle.addWidget(self._kind, 0, Qt.AlignmentFlag.AlignVCenter)
        bottom.addWidget(self._change, 1)
        bottom.addWidget(self._goal)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 4, 6)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(middle)
        layout.addLayout(bottom)
        layout.addWidget(self._whole)

    def show_pinned(self, pinned: Pinned, *, locked: bool = False) -> None:
        """Write a figure; nothing is done where it is as it was. The locked baseline keeps no goals."""
        self._locked = locked
        seen = (pinned, self.palette().cacheKey())
        if seen == self._seen:
            return
        self._seen, self._pinned = seen, pinned
        words = pinned.words
        change, direction = change_words(pinned)
        self._name.setText(words.translate(pinned.figure.name))
        write(self._value, pinned.written(pinned.reading.value if pinned.reading else None))
        write(self._kind, kind_words(pinned))
        self._change.setText(change)
        set_property(self._change, "direction", direction if pinned.fresh else "")
        for label in (self._value, self._change):
            set_property(label, "stale", "false" if pinned.fresh else "true")
        self._whole.setText(whole_words(pinned))
        self._whole.setVisible(pinned.whole is not None)
        goal, said = goal_mark(pinned)
        write(self._goal, goal)
        self._goal.setVisible(bool(goal))
        met = {None: "", True: "true", False: "false"}[pinned.standing.met if pinned.standing else None]
        set_property(self._goal, "met", met if pinned.fresh else "")
        goal_said = f"{said} {goal[2:]}".strip()
        spoken = (f"{self._name.text()}: {self._value.text()}", change, self._whole.text(), goal_said)
        self.setAccessibleName(". ".join(part for part in spoken if part))
        self._mark_lens(pinned)

    def hold(self, holding: bool) -> None:
        """Keep every number in its place while a line is dragged."""
        for part in (self._value, self._change, self._whole):
            if not part.isHidden():
                hold_size(part, holding)

    def menu(self) -> QMenu:
        """What can be done with the reading."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say = self._pinned.words.translate if self._pinned else str
        look = menu.addAction(say("Show in every chart"), lambda: self.looked.emit(self.figure))
        look.setCheckable(True)
        look.setChecked(bool(self._pinned and self._pinned.lens))
        menu.addAction(say("Pin another figure…"), self.pick)
        menu.addAction(say("Goal…"), self.aim).setEnabled(self._pinned is not None and not self._locked)
        menu.addAction(say("Copy"), lambda: QGuiApplication.clipboard().setText(self.accessibleName()))
        return menu

    def pick(self) -> FigurePicker | None:
        """Have another figure chosen to be pinned here."""
        if self._pinned is None:
            return None
        picker = FigurePicker(self._pinned.words, self.figure, None, self)
        picker.picked.connect(self.chosen)
        picker.open_under(self)
        return picker

    def aim(self) -> GoalEditor | None:
        """Have the goal for the figure set or dropped."""
        pinned = self._pinned
        if pinned is None:
            return None
        editor = GoalEditor(pinned, self)
        editor.set.connect(lambda chosen: self.aimed.emit(pinned.figure.id, chosen))
        editor.open_under(self)
        return editor

    def _open_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _mark_lens(self, pinned: Pinned) -> None:
        words = pinned.words
        looks = (words, pinned.figure.id, pinned.lens, self.palette().cacheKey())
        if looks == self._looks:
            return
        self._looks = looks
        set_property(self, "lens", "true" if pinned.lens else "false")
        self._sign.setVisible(pinned.lens)
        if pinned.lens:
            self._sign.setPixmap(icon("lens", self.palette()).pixmap(_SIGN))
        self.setAccessibleDescription(words.translate("Shown in every chart") if pinned.lens else "")
        more = words.say(message("More about {figure}", figure=self._name.text()))
        self.more.setIcon(icon("dots", self.palette()))
        self.more.setToolTip(more)
        self.more.setAccessibleName(more)

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        """What the figure is, written only when it is asked for."""
        if event.type() is QEvent.Type.ToolTip:
            self.setToolTip(explained(self._pinned) if self._pinned else "")
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click makes the figure the lens, another takes it away."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.looked.emit(self.figure)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Open the menu, by mouse or keyboard."""
        self._open_menu()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter or Space makes the figure the lens, Down opens the menu."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.looked.emit(self.figure)
        elif event.key() == Qt.Key.Key_Down:
            self._open_menu()
        else:
            super().keyPressEvent(event)
