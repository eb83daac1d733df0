"""Colours and patterns of charts: one set on light ground, one on dark, both safe for colour-blind eyes."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPalette

from desktop_app.domain.outcomes import Outcome

# Every outcome also has a pattern, so that no chart speaks by colour alone.
PATTERNS = MappingProxyType(
    {
        Outcome.BLOCKED: Qt.BrushStyle.NoBrush,
        Outcome.REFERRED: Qt.BrushStyle.BDiagPattern,
        Outcome.REDUCED: Qt.BrushStyle.HorPattern,
        Outcome.RAISED: Qt.BrushStyle.FDiagPattern,
        Outcome.WATCHED: Qt.BrushStyle.Dense6Pattern,
        Outcome.UNCHANGED: Qt.BrushStyle.NoBrush,
    }
)


@dataclass(frozen=True)
class Ink:
    """What a chart is drawn with.

    Attributes: ghost outlines the baseline; plain fills what is about no outcome; accent is what the analyst holds;
    outcomes has one colour each.
    """

    ground: str
    text: str
    faint: str
    grid: str
    ghost: str
    plain: str
    accent: str
    outcomes: MappingProxyType[Outcome, str]

    def colour(self, outcome: Outcome) -> QColor:
        """The fill of an outcome."""
        return QColor(self.outcomes[outcome])

    def hatch(self, outcome: Outcome) -> QBrush:
        """The pattern laid over the fill, in the ground's colour; an empty brush for a plain outcome."""
        stroke = QColor(self.ground)
        stroke.setAlpha(170)
        return QBrush(stroke, PATTERNS[outcome])


LIGHT = Ink(
    ground="#ffffff",
    text="#1d2730",
    faint="#5f6b77",
    grid="#e2e7ec",
    ghost="#2a343e",
    plain="#7f9db8",
    accent="#0a5fc2",
    outcomes=MappingProxyType(
        {
            Outcome.BLOCKED: "#c4430d",
            Outcome.REFERRED: "#d39a06",
            Outcome.REDUCED: "#8a5ab3",
            Outcome.RAISED: "#00856a",
            Outcome.WATCHED: "#2d7cbd",
            Outcome.UNCHANGED: "#c3cbd3",
        }
    ),
)

DARK = Ink(
    ground="#1d2229",
    text="#e6ebf0",
    faint="#9aa6b2",
    grid="#343c46",
    ghost="#dfe6ed",
    plain="#5d7c99",
    accent="#6cb2ff",
    outcomes=MappingProxyType(
        {
            Outcome.BLOCKED: "#ee7440",
            Outcome.REFERRED: "#e9b93f",
            Outcome.REDUCED: "#bb92e0",
            Outcome.RAISED: "#36bd9c",
            Outcome.WATCHED: "#63aeea",
            Outcome.UNCHANGED: "#56616d",
        }
    ),
)


def ink_for(palette: QPalette) -> Ink:
    """The ink that shows on the window colour of `palette`."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT
