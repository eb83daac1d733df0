"""How a widget tells the style sheet what it is, and how a window comes to the front."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

# Qt's own bound, QWIDGETSIZE_MAX.
_UNBOUNDED = (1 << 24) - 1


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet reads, and have the widget drawn by it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def write(part: QLabel, text: str) -> None:
    """Write a text where it is another one: to write the same lays the whole window out again."""
    if part.text() != text:
        part.setText(text)


def hold_size(part: QWidget, holding: bool) -> None:
    """Keep a widget as large as it is, whatever is written in it: then nothing around it is laid out again."""
    if holding:
        part.setFixedSize(part.size())
    else:
        part.setMinimumSize(0, 0)
        part.setMaximumSize(_UNBOUNDED, _UNBOUNDED)


def hold_unless_cut(part: QLabel) -> None:
    """Let a label that is held grow where its text needs another line: nothing is cut for the sake of a frame."""
    if part.heightForWidth(part.width()) > part.height():
        hold_size(part, holding=False)


def label(role: str, *, wrap: bool = False) -> QLabel:
    """A label of one role of the style sheet."""
    made = QLabel()
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def bring_to_front(window: QWidget) -> None:
    """Show a window above the others and let it have the keyboard."""
    window.show()
    # Without a screen no window is above another, and Qt complains of the attempt.
    if QGuiApplication.platformName() != "offscreen":
        window.raise_()
    window.activateWindow()


def scrolled(chart: QWidget) -> QScrollArea:
    """A chart that may be higher than its room; only the chart takes the keyboard."""
    # The style sheet makes the area's own child clear: a chart there would take its ground for dark.
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(chart)
    column.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area
