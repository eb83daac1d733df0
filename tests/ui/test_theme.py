"""Colours: complete, and legible in both themes."""

import re

import pytest
from PySide6.QtGui import QColor, QPalette

from desktop_app.charts import ink
from desktop_app.domain.outcomes import Outcome
from desktop_app.text.resources import bundled
from desktop_app.ui.icons import icon
from desktop_app.ui.theme import DARK, LIGHT, Colours, palette_of, style_sheet

THEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def luminance(name: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    channels = [QColor(name).redF(), QColor(name).greenF(), QColor(name).blueF()]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@THEMES
def test_every_name_of_the_style_sheet_is_filled(colours: Colours) -> None:
    assert "@" not in style_sheet(colours)


@THEMES
@pytest.mark.parametrize("name", ["text", "faint", "better", "worse", "accent"])
def test_text_is_legible(colours: Colours, name: str) -> None:
    assert contrast(getattr(colours, name), colours.surface) >= 4.5


@pytest.mark.parametrize("chart", [ink.LIGHT, ink.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("outcome", sorted(set(Outcome) - {Outcome.UNCHANGED}))
def test_outcomes_stand_out_from_the_ground(chart: ink.Ink, outcome: Outcome) -> None:
    assert contrast(chart.outcomes[outcome], chart.ground) >= 2.4


def test_outcomes_that_are_acted_on_differ_by_pattern() -> None:
    acted = [ink.PATTERNS[outcome] for outcome in Outcome if outcome is not Outcome.UNCHANGED]
    assert len(set(acted)) == len(acted)


def test_charts_are_dark_on_a_dark_window() -> None:
    assert ink.ink_for(palette_of(DARK)) is ink.DARK


def test_every_icon_is_drawn(qapp: object) -> None:
    names = [path.stem for path in bundled("resources", "icons").glob("*.svg")]
    pictures = [icon(name, palette_of(LIGHT)).pixmap(16).toImage() for name in names]
    assert all(any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)) for image in pictures)


def test_icons_follow_the_text_colour(qapp: object) -> None:
    palette = QPalette(palette_of(LIGHT))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#ff0000"))
    image = icon("add", palette).pixmap(16).toImage()
    assert image.pixelColor(8, 8).name() == "#ff0000"


def test_icons_have_one_ink() -> None:
    for path in bundled("resources", "icons").glob("*.svg"):
        assert set(re.findall(r"#[0-9a-fA-F]{3,6}", path.read_text(encoding="utf-8"))) == {"#000000"}
