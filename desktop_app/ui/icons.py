"""Icons drawn in the colour of the text around them, sharp at every scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from desktop_app.text.resources import bundled

ICON_SIZE = 16
_INK = "#000000"


def icon(name: str, palette: QPalette) -> QIcon:
    """The icon of `resources/icons/<name>.svg` in the palette's text colour; greyed where disabled."""
    found = QIcon()
    groups = {QIcon.Mode.Normal: QPalette.ColorGroup.Active, QIcon.Mode.Disabled: QPalette.ColorGroup.Disabled}
    for mode, group in groups.items():
        colour = palette.color(group, QPalette.ColorRole.WindowText)
        for scale in (1, 2, 3):
            found.addPixmap(_drawn(name, colour, scale), mode)
    return found


@cache
def _source(name: str) -> str:
    return bundled("resources", "icons", f"{name}.svg").read_text(encoding="utf-8")


def _drawn(name: str, colour: QColor, scale: int) -> QPixmap:
    key = f"greyline:{name}:{colour.name()}:{scale}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = _rendered(name, colour, scale)
        QPixmapCache.insert(key, pixmap)
    return pixmap


def _rendered(name: str, colour: QColor, scale: int) -> QPixmap:
    side = ICON_SIZE * scale
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing = _source(name).replace(_INK, colour.name())
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
