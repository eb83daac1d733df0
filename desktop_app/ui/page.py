"""A page under the desk: what each one is given, and when it writes what it was given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop_app.domain.changes import Changes
from desktop_app.domain.filters import FilterPart
from desktop_app.domain.problems import Message
from desktop_app.domain.requests import Request
from desktop_app.text.words import Words
from desktop_app.ui.controller import Controller
from desktop_app.ui.settings import SettingsFile
from desktop_app.workspace.showing import Shown
from desktop_app.workspace.workspace import Workspace


@dataclass(frozen=True)
class Scene:
    """What is on the desk at one moment, in one language.

    Attributes: shown is `workspace.shown()`, made once for all panels, dimmed where its figures are old; hurried
    says that a line is being dragged: there will be another scene within a frame.
    """

    workspace: Workspace
    shown: Shown
    words: Words
    hurried: bool = False


@dataclass(frozen=True)
class PageHost:
    """What the window offers its pages.

    Attributes: write_report asks for a folder and has the report of the import written there; settings are what the
    window remembers; peek shows five accounts of some parts of a filter near a point of the screen, narrow has the
    whole desk look only at them.
    """

    controller: Controller
    write_report: Callable[[], None]
    settings: SettingsFile
    peek: Callable[[QPoint, tuple[FilterPart, ...]], None]
    narrow: Callable[[tuple[FilterPart, ...]], None]


class Page(QWidget):
    """One tab under the desk. A subclass gives name, title and `write`, and is listed in `pages.PAGES`.

    It is made when its tab is first looked at. It writes a scene only while it is seen; while a line is dragged,
    at most once in `PAUSE_MS`.

    Attributes:
        name: what the settings remember it by.
        title: what its tab says.
        PAUSE_MS: how long it waits while a line is dragged, 0 for a page that keeps up with every frame.
        ROOM: the height in pixels in which it can be read, 0 for any.

    Signals:
        failed: a Problem to show.
    """

    name: ClassVar[str]
    title: ClassVar[Message]
    # A table of numbers cannot be read faster than this.
    PAUSE_MS: ClassVar[int] = 150
    ROOM: ClassVar[int] = 0

    failed = Signal(object)

    def __init__(self, host: PageHost) -> None:
        super().__init__()
        self.host = host
        self._wanted: Scene | None = None
        self._pause = QTimer(self, singleShot=True, interval=self.PAUSE_MS)
        self._pause.timeout.connect(self._write_wanted)

    def write(self, scene: Scene) -> None:
        """Show a scene; may be called again with one that changes nothing here."""
        raise NotImplementedError

    def keeps_up(self) -> bool:
        """Whether it writes every frame of a drag."""
        return not self.PAUSE_MS

    def show_scene(self, scene: Scene) -> None:
        """Take a scene in, to be written at once, after a pause, or when the page is next seen."""
        self._wanted = scene
        if not scene.hurried or self.keeps_up():
            self._pause.stop()
            self._write_wanted()
        elif not self._pause.isActive():
            self._pause.start()

    def _write_wanted(self) -> None:
        if self._wanted is not None and self.isVisible():
            scene, self._wanted = self._wanted, None
            self.write(scene)

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """What came meanwhile is written now: a hidden page costs nothing."""
        super().showEvent(event)
        self._write_wanted()


class AskingPage(Page):
    """A page with questions of its own, which are asked only while it is looked at."""

    def asking(self) -> Sequence[Request]:
        """What it would like to know at this moment, the most urgent first."""
        raise NotImplementedError

    def _look(self, *, is_open: bool) -> None:
        self.host.controller.workspace.beside.look(self.name, self.asking if is_open else None)
        self.host.controller.do(lambda: Changes(frozenset()))

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """A scan is made only for who looks at what it counts."""
        super().showEvent(event)
        self._look(is_open=True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nothing more is asked for the page."""
        super().hideEvent(event)
        self._look(is_open=False)
