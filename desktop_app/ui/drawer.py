"""The drawer at the right: what the scenario supposes; shut until it is wanted, and remembered."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QTabWidget, QToolButton

from desktop_app.text.words import Words
from desktop_app.ui.controller import Controller
from desktop_app.ui.icons import icon
from desktop_app.ui.page import Scene
from desktop_app.ui.suppositions_panel import SuppositionsPanel

WIDTH = 300


class Drawer(QTabWidget):
    """Panels of the scenario, each in a tab.

    Signals:
        turned: bool, whether it is open now.
    """

    turned = Signal(bool)

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self.suppositions = SuppositionsPanel()
        self.close_button = QToolButton()
        self._scene: Scene | None = None
        self.addTab(self.suppositions, "")
        self.setCornerWidget(self.close_button)
        self.setMinimumWidth(WIDTH - 20)
        self.close_button.clicked.connect(self.hide)
        self.suppositions.set.connect(
            lambda handle, value: controller.do(lambda: controller.workspace.suppose(handle, value))
        )
        self.hide()

    def show_scene(self, scene: Scene) -> None:
        """Write what is seen; a shut drawer costs nothing."""
        self._scene = scene
        if self.isVisible():
            self.suppositions.show_scene(scene)

    def retext(self, words: Words) -> None:
        """Name the tabs."""
        self.setTabText(0, words.translate("Assumptions and stress"))
        self.tabBar().setAccessibleName(words.translate("Drawer"))
        self.close_button.setIcon(icon("close", self.palette()))
        shut = words.translate("Shut the drawer")
        self.close_button.setToolTip(shut)
        self.close_button.setAccessibleName(shut)

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """What came while it was shut is written now."""
        super().showEvent(event)
        if self._scene is not None:
            self.suppositions.show_scene(self._scene)
        self.turned.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Tell that it was shut, not that the window was put away."""
        super().hideEvent(event)
        if self.isHidden():
            self.turned.emit(False)
