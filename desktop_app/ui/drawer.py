"""The drawer at the right: what changed since the baseline, what is supposed; shut until it is wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QTabWidget, QToolButton, QWidget

from desktop_app.text.words import Words
from desktop_app.ui.changes_panel import ChangesPanel
from desktop_app.ui.controller import Controller
from desktop_app.ui.icons import icon
from desktop_app.ui.page import Scene
from desktop_app.ui.suppositions_panel import SuppositionsPanel
from desktop_app.workspace.ladder import Rung

WIDTH = 300
SHUT = ""


class Drawer(QTabWidget):
    """Panels of the scenario, each in a tab.

    Attributes: changes, suppositions: the panels.

    Signals:
        turned: the name of the panel that is open now, SHUT for none.
    """

    turned = Signal(str)

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self._controller = controller
        self.changes, self.suppositions = ChangesPanel(), SuppositionsPanel()
        self._names = ("changes", "suppositions")
        self.close_button = QToolButton()
        self._scene: Scene | None = None
        self._told = SHUT
        self._before: QWidget | None = None
        for panel in (self.changes, self.suppositions):
            self.addTab(panel, "")
        self.setCornerWidget(self.close_button)
        self.setMinimumWidth(WIDTH - 20)
        self.close_button.clicked.connect(self.shut)
        self.currentChanged.connect(lambda _: self._turn())
        self.suppositions.set.connect(
            lambda handle, value: controller.do(lambda: controller.workspace.suppose(handle, value))
        )
        self.changes.reverted.connect(self._revert)
        self.changes.all_reverted.connect(lambda: controller.do(controller.workspace.revert_all))
        self.hide()

    def open(self, name: str) -> None:
        """Open the panel of that name; SHUT, or a name that this version does not know, shuts the drawer."""
        if name not in self._names:
            self.shut()
            return
        if self.isHidden():
            self._remember()
        self.setCurrentIndex(self._names.index(name))
        self.show()

    def shut(self) -> None:
        """Hide it, and give the keyboard back to where it was: Qt would have the next part of the window chosen."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            if self._before is not None and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                focused.clearFocus()
        self.hide()

    def show_scene(self, scene: Scene) -> None:
        """Write what is seen; a shut drawer costs nothing."""
        self._scene = scene
        if not self.isVisible():
            return
        if self.currentWidget() is self.suppositions:
            self.suppositions.show_scene(scene)
        elif not scene.hurried:
            self.changes.show_ladder(scene.workspace.changed(), scene)

    def retext(self, words: Words) -> None:
        """Name the tabs."""
        self.setTabText(0, words.translate("What changed"))
        self.setTabText(1, words.translate("Assumptions, stress"))
        self.tabBar().setAccessibleName(words.translate("Drawer"))
        self.close_button.setIcon(icon("close", self.palette()))
        shut = words.translate("Shut the drawer")
        self.close_button.setToolTip(shut)
        self.close_button.setAccessibleName(shut)

    def _remember(self) -> None:
        self._before = QApplication.focusWidget()
        if self._before is not None:
            self._before.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._before = None

    def _turn(self) -> None:
        """Tell which panel is seen, have its questions asked, and write it."""
        name = self._names[self.currentIndex()] if not self.isHidden() else SHUT
        if name == self._told:
            return
        self._told = name
        workspace = self._controller.workspace
        if workspace.ladder.open != (name == "changes"):
            self._controller.do(lambda: workspace.unfold(name == "changes"))
        if self._scene is not None:
            self.show_scene(self._scene)
        self.turned.emit(name)

    def _revert(self, rung: Rung) -> None:
        self._controller.do(lambda: self._controller.workspace.revert(rung.edit, rung.title))

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """What came while it was shut is written now."""
        super().showEvent(event)
        self._turn()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Tell that it was shut, not that the window was put away."""
        super().hideEvent(event)
        self._turn()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape shuts it."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)
