"""Where a small window opens: under what asked for it, inside the screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def place_under(window: QWidget, widget: QWidget) -> None:
    """Move a window that is not shown yet under a widget."""
    corner = widget.mapToGlobal(widget.rect().bottomLeft() + QPoint(0, 2))
    screen = widget.screen() or QGuiApplication.primaryScreen()
    room, size = screen.availableGeometry(), window.size().expandedTo(window.sizeHint())
    left = max(min(corner.x(), room.right() - size.width()), room.left())
    top = max(min(corner.y(), room.bottom() - size.height()), room.top())
    window.move(left, top)
