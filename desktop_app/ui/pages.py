"""The pages under the desk, in the order of their tabs; a new page is one more entry of PAGES."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QToolButton, QVBoxLayout, QWidget

from desktop_app.text.words import Words
from desktop_app.ui.accounts_page import AccountsPage
from desktop_app.ui.compare_page import ComparePage
from desktop_app.ui.data_page import DataPage
from desktop_app.ui.groups_page import GroupsPage
from desktop_app.ui.icons import icon
from desktop_app.ui.page import Page, PageHost, Scene
from desktop_app.ui.risk_page import RiskPage
from desktop_app.ui.rules_page import RulesPage
from desktop_app.ui.trade_off_page import TradeOffPage

_P = TypeVar("_P", bound=Page)

PAGES: tuple[type[Page], ...] = (
    TradeOffPage,
    GroupsPage,
    RulesPage,
    RiskPage,
    AccountsPage,
    ComparePage,
    DataPage,
)


class PageArea(QTabWidget):
    """One tab for each kind of page; a page is made when it is first looked at.

    Attributes: whole is the button that gives the page the desk's room as well.

    Signals:
        turned: the name of the page that came to the front.
        widened: whether the page wants the desk's room.
        failed: a Problem of a page.
    """

    turned = Signal(str)
    widened = Signal(bool)
    failed = Signal(object)

    def __init__(self, host: PageHost, kinds: Sequence[type[Page]] = PAGES) -> None:
        super().__init__()
        self._host, self._kinds = host, tuple(kinds)
        self._made: dict[type[Page], Page] = {}
        self._scene: Scene | None = None
        self._leaves = [self._leaf() for _ in self._kinds]
        self.whole = QToolButton()
        self.whole.setCheckable(True)
        self.whole.setAutoRaise(True)
        self.whole.setShortcut(QKeySequence(Qt.Key.Key_F11))
        self.whole.setIcon(icon("whole", self.palette()))
        self.whole.toggled.connect(self.widened)
        self.setCornerWidget(self.whole)
        for place in range(len(self._kinds)):
            QShortcut(QKeySequence(f"Alt+{place + 1}"), self, lambda place=place: self._go_to(place))
        self.setDocumentMode(True)
        self.currentChanged.connect(self._turn)

    def page(self, kind: type[_P]) -> _P:
        """The page of that kind, made where there is none yet."""
        found = self._made.get(kind)
        if not isinstance(found, kind):
            found = kind(self._host)
            found.failed.connect(self.failed)
            self._made[kind] = found
            self._leaves[self._kinds.index(kind)].addWidget(found)
            # The layout would show it only in the next round of events.
            found.show()
            if self._scene is not None:
                found.show_scene(self._scene)
        return found

    @property
    def room(self) -> int:
        """The height in which the page in front can be read, the tabs included."""
        return self._kinds[self.currentIndex()].ROOM

    def turn_to(self, kind: type[_P]) -> _P:
        """Bring a page to the front."""
        self.setCurrentIndex(self._kinds.index(kind))
        return self.page(kind)

    def turn_to_name(self, name: str) -> None:
        """Bring the page of that name to the front; the first one where this version knows no such page."""
        names = [kind.name for kind in self._kinds]
        self.turn_to(self._kinds[names.index(name) if name in names else 0])

    def show_scene(self, scene: Scene) -> None:
        """Give every page that there is the scene."""
        self._scene = scene
        there = tuple(self._made.values())
        # One that is made now takes the scene as it is made.
        self.page(self._kinds[self.currentIndex()])
        for page in there:
            page.show_scene(scene)

    def retext(self, words: Words) -> None:
        """Name the tabs."""
        for place, kind in enumerate(self._kinds):
            self.setTabText(place, words.say(kind.title))
            self.setTabToolTip(place, f"Alt+{place + 1}")
        self.tabBar().setAccessibleName(words.translate("Pages under the desk"))
        whole = words.translate("Give the page the room of the charts above")
        self.whole.setAccessibleName(whole)
        self.whole.setToolTip(f"{whole} (F11)")

    def _leaf(self) -> QVBoxLayout:
        leaf = QWidget()
        room = QVBoxLayout(leaf)
        room.setContentsMargins(0, 0, 0, 0)
        self.addTab(leaf, "")
        return room

    def _go_to(self, place: int) -> None:
        """Bring a page to the front by its key, and the keyboard with it."""
        self.setCurrentIndex(place)
        self.tabBar().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _turn(self, place: int) -> None:
        self.page(self._kinds[place])
        self.turned.emit(self._kinds[place].name)

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """The icon follows the palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.whole.setIcon(icon("whole", self.palette()))
