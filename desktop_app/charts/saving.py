"""What leaves a chart: a picture, true vectors, its data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QBuffer, QPoint, QRect
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from desktop_app.reports.fields import Form, Plain, csv_line
from desktop_app.reports.whole_files import write_whole

Cell: TypeAlias = str | int | float | None

# Pictures are made for slides and printed pages, whatever the screen.
PICTURE_SCALE = 2.0


@dataclass(frozen=True)
class ChartTable:
    """The data of one chart: headings and rows; None is an empty cell."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def picture_of(widget: QWidget, scale: float = PICTURE_SCALE) -> QPixmap:
    """The widget as it stands, `scale` pixels for each of its own."""
    pixmap = QPixmap(widget.size() * scale)
    pixmap.setDevicePixelRatio(scale)
    widget.render(pixmap, QPoint())
    return pixmap


def save_png(widget: QWidget, path: Path) -> None:
    """Write the widget's picture; ExportFailed where it cannot be written."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture_of(widget).save(buffer, "PNG")
    write_whole(path, bytes(buffer.data().data()))


def save_svg(widget: QWidget, path: Path, title: str) -> None:
    """Write the widget as vectors; ExportFailed where it cannot be written."""
    write_whole(path, svg_of(widget, title))


def svg_of(widget: QWidget, title: str) -> bytes:
    """The widget as it stands, as an SVG file's bytes."""
    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(QRect(QPoint(), widget.size()))
    generator.setTitle(title)
    painter = QPainter(generator)
    widget.render(painter, QPoint())
    painter.end()
    # Where the font is not known, letters without serifs are still the right ones.
    return re.sub(rb'font-family="([^"]*)"', rb'font-family="\1, sans-serif"', bytes(buffer.data().data()))


def save_csv(table: ChartTable, path: Path) -> None:
    """Write the data as CSV (UTF-8 with BOM, so that spreadsheets read Chinese); ExportFailed as above."""
    write_whole(path, csv_text(table).encode("utf-8-sig"))


def csv_text(table: ChartTable) -> str:
    """RFC 4180: commas, quotes where needed, CRLF; text that a spreadsheet would run is made plain."""
    return "".join(csv_line(map(_field, row), guard=True) for row in (table.headings, *table.rows))


def _field(cell: Cell) -> str:
    if cell is None:
        return ""
    form = Form.RATIO if isinstance(cell, float) else Form.COUNT
    return cell if isinstance(cell, str) else Plain(str(cell), form)
