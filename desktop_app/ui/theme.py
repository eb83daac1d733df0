"""Light and dark: palettes, the style sheet filled with their colours, and which of them the system asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.text.resources import bundled


class Theme(StrEnum):
    """What the analyst chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Colours:
    """The colours of one theme; the style sheet names them with @."""

    window: str
    surface: str
    raised: str
    text: str
    faint: str
    stale: str
    line: str
    accent: str
    on_accent: str
    better: str
    worse: str
    warning: str
    warning_ground: str


LIGHT = Colours(
    window="#eef1f4",
    surface="#ffffff",
    raised="#f6f8fa",
    text="#1d2730",
    faint="#5b6773",
    stale="#a3adb7",
    line="#d3dae1",
    accent="#0a5fc2",
    on_accent="#ffffff",
    better="#00715a",
    worse="#b03a08",
    warning="#b07d00",
    warning_ground="#fff6dc",
)

DARK = Colours(
    window="#14181d",
    surface="#1d2229",
    raised="#262d36",
    text="#e6ebf0",
    faint="#9aa6b2",
    stale="#66717d",
    line="#363f4a",
    accent="#6cb2ff",
    on_accent="#0d1117",
    better="#45c9a8",
    worse="#f28a5c",
    warning="#e0b040",
    warning_ground="#3a3118",
)


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the whole program the theme; SYSTEM follows the desktop."""
    hints = QGuiApplication.styleHints()
    if theme is Theme.SYSTEM:
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(Qt.ColorScheme.Dark if theme is Theme.DARK else Qt.ColorScheme.Light)
    colours = DARK if is_dark(theme) else LIGHT
    app.setStyle("Fusion")
    app.setPalette(palette_of(colours))
    app.setStyleSheet(style_sheet(colours))


def is_dark(theme: Theme) -> bool:
    """Whether the theme is dark on this desktop now."""
    if theme is Theme.SYSTEM:
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return theme is Theme.DARK


def palette_of(colours: Colours) -> QPalette:
    """The colours as Qt's own widgets ask for them."""
    role = QPalette.ColorRole
    palette = QPalette(QColor(colours.raised), QColor(colours.window))
    named = {
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.raised,
        role.Text: colours.text,
        role.ButtonText: colours.text,
        role.PlaceholderText: colours.faint,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Link: colours.accent,
        role.Mid: colours.line,
    }
    for which, colour in named.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.stale))
    return palette


def paper() -> QPalette:
    """The colours of a printed page: the light theme on white."""
    palette = palette_of(LIGHT)
    palette.setColor(QPalette.ColorRole.Window, QColor(LIGHT.surface))
    return palette


def style_sheet(colours: Colours) -> str:
    """The style sheet with every @name filled; KeyError for a name that is no colour."""
    text = bundled("resources", "style", "greyline.qss").read_text(encoding="utf-8")
    body = text.partition("*/")[2]
    return re.sub(r"@(\w+)", lambda found: str(colours.__dict__[found[1]]), body)
