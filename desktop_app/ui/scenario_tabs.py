"""The tabs of the desk: the locked baseline first, then the scenarios, then a button for another one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QTabBar, QToolButton, QWidget

from desktop_app.domain.problems import message
from desktop_app.text.words import Words
from desktop_app.ui.icons import icon
from desktop_app.workspace.desk import BASELINE, Desk

# A longer name is shortened, and whole in the tooltip.
_LONGEST = 230


class ScenarioTabs(QWidget):
    """One tab for each scenario of the desk.

    Attributes: commands open another scenario, close the one in front, and go to the next and the one before.

    Signals:
        activated: id of a tab.
        closed: id of a scenario.
        renamed: id of a scenario, its new name.
        added: another scenario is wanted.
        promoted: the active scenario is to be the baseline.
    """

    activated = Signal(str)
    closed = Signal(str)
    renamed = Signal(str, str)
    added = Signal()
    promoted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.bar = _Bar()
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.add_button = QToolButton()
        self.commands = [self._command(keys, do) for keys, do in self._keys()]
        self.editor: QLineEdit | None = None
        self._ids: tuple[str, ...] = ()
        self._words: Words | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.bar)
        layout.addWidget(self.add_button)
        layout.addStretch(1)
        self.bar.currentChanged.connect(self._activate)
        self.bar.tabBarDoubleClicked.connect(self.rename)
        self.bar.rename_wanted.connect(self.rename)
        self.bar.customContextMenuRequested.connect(self._open_menu)
        self.add_button.clicked.connect(self.added)

    def _keys(self) -> tuple[tuple[tuple[str, ...], Callable[[], object]], ...]:
        """The keys of the commands, and what each does."""
        return (
            (("Ctrl+T", "Ctrl+N"), self.added.emit),
            (("Ctrl+W",), self._close_present),
            (("Ctrl+Tab", "Ctrl+PgDown"), partial(self._step, 1)),
            (("Ctrl+Shift+Tab", "Ctrl+PgUp"), partial(self._step, -1)),
        )

    def _command(self, keys: tuple[str, ...], do: Callable[[], object]) -> QAction:
        command = QAction(self)
        command.setShortcuts([QKeySequence(key) for key in keys])
        command.triggered.connect(lambda _=False: do())
        self.addAction(command)
        return command

    def show_desk(self, desk: Desk, words: Words) -> None:
        """Write the tabs of a desk."""
        self._words = words
        self._ids = (BASELINE, *(scenario.id for scenario in desk.scenarios))
        names = [words.translate("Baseline"), *(words.wording(one.name) or one.id for one in desk.scenarios)]
        with QSignalBlocker(self.bar):
            while self.bar.count() > len(names):
                self.bar.removeTab(self.bar.count() - 1)
            for place, name in enumerate(names):
                if place == self.bar.count():
                    self.bar.addTab(name)
                self.bar.setTabText(place, name)
                self.bar.setTabToolTip(place, name)
                if place:
                    self.bar.setTabButton(
                        place, QTabBar.ButtonPosition.RightSide, self._close_button(place, name, words)
                    )
            self.bar.setTabIcon(0, icon("lock", self.palette()))
            self.bar.setTabToolTip(0, words.translate("Baseline: locked; scenarios are compared with it"))
            self.bar.setCurrentIndex(self._ids.index(desk.active))
        self._write_commands(words)
        self.bar.setAccessibleName(words.translate("Scenarios"))
        self.add_button.setIcon(icon("add", self.palette()))
        keys = self.commands[0].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.add_button.setToolTip(f"{words.translate('New scenario: a copy of the baseline')} ({keys})")
        self.add_button.setAccessibleName(words.translate("New scenario"))

    def _write_commands(self, words: Words) -> None:
        say = words.translate
        texts = (say("New scenario"), say("Close this scenario"), say("Next scenario"), say("Scenario before"))
        for command, text in zip(self.commands, texts, strict=True):
            command.setText(text)
        self.commands[1].setEnabled(self.bar.currentIndex() > 0)

    def rename(self, place: int) -> None:
        """Open a field over a scenario's tab; Enter gives the new name, Escape keeps the old."""
        if place < 1 or self.editor is not None:
            return
        editor = QLineEdit(self.bar.tabText(place), self.bar)
        editor.setAccessibleName(self._words.translate("Name of the scenario") if self._words else "")
        editor.setGeometry(self.bar.tabRect(place))
        editor.selectAll()
        editor.returnPressed.connect(lambda: self._take_name(place))
        editor.editingFinished.connect(self._close_editor)
        self.editor = editor
        editor.show()
        editor.setFocus()

    def menu(self, place: int) -> QMenu:
        """What can be done with a scenario's tab."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say = self._words.translate if self._words else str
        menu.addAction(say("Rename…"), lambda: self.rename(place))
        if place == self.bar.currentIndex():
            menu.addAction(say("Make baseline"), self.promoted.emit)
        menu.addAction(say("Close"), lambda: self.closed.emit(self._ids[place]))
        return menu

    def _open_menu(self, where: QPoint) -> None:
        place = self.bar.tabAt(where)
        if place > 0:
            self.menu(place).popup(self.bar.mapToGlobal(where))

    def _close_present(self) -> None:
        place = self.bar.currentIndex()
        if place > 0:
            self.closed.emit(self._ids[place])

    def _step(self, by: int) -> None:
        """Go to another tab, from the last to the first."""
        self.bar.setCurrentIndex((self.bar.currentIndex() + by) % self.bar.count())

    def _activate(self, place: int) -> None:
        if 0 <= place < len(self._ids):
            self.activated.emit(self._ids[place])

    def _take_name(self, place: int) -> None:
        name = self.editor.text().strip() if self.editor else ""
        if name and name != self.bar.tabText(place):
            self.renamed.emit(self._ids[place], name)

    def _close_editor(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            editor.deleteLater()

    def _close_button(self, place: int, name: str, words: Words) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("close", self.palette()))
        button.setIconSize(button.iconSize() * 0.7)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(words.say(message("Close {scenario}", scenario=name)))
        tab = self._ids[place]
        button.clicked.connect(lambda: self.closed.emit(tab))
        return button


class _Bar(QTabBar):
    """F2 renames, Delete closes nothing by accident; names stay readable, and what has no room is scrolled to."""

    rename_wanted = Signal(int)

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802
        return super().tabSizeHint(index).boundedTo(QSize(_LONGEST, _LONGEST))

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802
        return self.tabSizeHint(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_F2:
            self.rename_wanted.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
