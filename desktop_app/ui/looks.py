"""How a widget tells the style sheet what it is."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet reads, and have the widget drawn by it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def label(role: str, *, wrap: bool = False) -> QLabel:
    """A label of one role of the style sheet."""
    made = QLabel()
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made
