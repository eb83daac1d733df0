"""The outcome matrix: rows under the baseline, columns under the scenario; what moved is tinted by where it moved."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.charts.chart import Chart
from desktop_app.charts.legend import paint_swatch
from desktop_app.charts.saving import Cell, ChartTable
from desktop_app.domain.chart_values import MatrixCell, MatrixValue
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.problems import message
from desktop_app.domain.readings import Unit
from desktop_app.text.labels import OUTCOME_LABELS
from desktop_app.text.words import Words

_ROW = 26
_SWATCH = 10
_PAD = 8
_LEAST_COLUMN, _MOST_COLUMN = 74, 128
# The palest and the strongest tint of a cell that somebody moved into.
_PALE, _STRONG = 26, 120
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Matrix(Chart):
    """Draws one MatrixValue; every cell can be picked by mouse or keyboard.

    Signals:
        picked: the baseline's Outcome and the scenario's.
    """

    picked = Signal(object, object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._value: MatrixValue | None = None
        self._active = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def set_value(self, value: MatrixValue | None) -> None:
        """Draw another matrix."""
        self._value = value
        last = max(self._size - 1, 0)
        self._active = (min(self._active[0], last), min(self._active[1], last))
        self._describe()
        self.setMinimumHeight(self.sizeHint().height())
        self.update()

    def restyle(self) -> None:
        """Names and colours anew."""
        self._describe()
        self.update()

    def title(self) -> str:
        """The value's own title."""
        return self._value.title if self._value else ""

    def table(self) -> ChartTable:
        """One row for each pair of outcomes."""
        say = self._words.say
        headings = (
            say(message("Under the baseline")),
            say(message("Under the scenario")),
            say(message("Scenario")),
            say(message("Baseline")),
        )
        cells = self._value.cells if self._value else ()
        rows: list[tuple[Cell, ...]] = [
            (say(OUTCOME_LABELS[one.before]), say(OUTCOME_LABELS[one.after]), one.value, one.baseline) for one in cells
        ]
        return ChartTable(self.title(), headings, tuple(rows))

    def cell_point(self, before: Outcome, after: Outcome) -> QPoint:
        """The middle of the cell of two outcomes."""
        outcomes = self._value.outcomes if self._value else ()
        return self._area(outcomes.index(before), outcomes.index(after)).center().toPoint()

    @property
    def _size(self) -> int:
        return len(self._value.outcomes) if self._value else 0

    def _describe(self) -> None:
        self.setAccessibleName(self.title())
        moved = [one for one in self._value.cells if one.before is not one.after and one.value] if self._value else []
        self.setAccessibleDescription("; ".join(self._spoken(one) for one in moved))

    def _spoken(self, cell: MatrixCell) -> str:
        before, after = (OUTCOME_LABELS[outcome] for outcome in (cell.before, cell.after))
        if self._value is not None and self._value.measure is Unit.MONEY:
            text = "{before} → {after}: {value}, under the baseline {baseline}"
            return self._words.say(
                message(
                    text,
                    before=before,
                    after=after,
                    value=self._written(cell.value, exact=True),
                    baseline=self._written(cell.baseline, exact=True),
                )
            )
        said = message("{before} → {after}: {value}", before=before, after=after, value=self._written(cell.value))
        return self._words.say(said)

    def _written(self, value: float | None, *, exact: bool = False) -> str:
        if self._value is None:
            return ""
        if exact and self._value.measure is Unit.MONEY:
            return self._words.money(value, self._value.currency)
        return self._words.quantity(value, self._value.measure, self._value.currency)

    def _name_width(self) -> float:
        names = [self._words.say(OUTCOME_LABELS[outcome]) for outcome in OUTCOMES]
        return max(map(self.fontMetrics().horizontalAdvance, names)) + _SWATCH + 2 * _PAD

    def _head(self) -> float:
        return 2 * _ROW

    def _column_width(self) -> float:
        room = (self.width() - self._name_width()) / max(self._size, 1)
        return min(max(room, _LEAST_COLUMN), _MOST_COLUMN)

    def _area(self, row: int, column: int) -> QRectF:
        width = self._column_width()
        return QRectF(self._name_width() + column * width, self._head() + row * _ROW, width, _ROW)

    def _cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        row = int((y - self._head()) // _ROW)
        column = int((x - self._name_width()) // self._column_width())
        return (row, column) if 0 <= row < self._size and 0 <= column < self._size else None

    def _pick(self) -> None:
        if self._value is not None and self._size:
            cell = self._value.cell(*self._active)
            self.picked.emit(cell.before, cell.after)

    def _paint_names(self, painter: QPainter, value: MatrixValue) -> None:
        painter.setPen(QColor(self.ink.faint))
        say = self._words.say
        across = QRectF(self._name_width(), 0, self.width() - self._name_width(), _ROW)
        painter.drawText(across, _LEFT, say(message("Under the scenario →")))
        painter.drawText(QRectF(0, _ROW, self._name_width(), _ROW), _LEFT, say(message("Under the baseline ↓")))
        for place, outcome in enumerate(value.outcomes):
            name = say(OUTCOME_LABELS[outcome])
            self._paint_name(painter, QRectF(0, self._head() + place * _ROW, self._name_width(), _ROW), outcome, name)
            area = self._area(0, place).translated(0, -_ROW)
            painter.setPen(QColor(self.ink.text))
            shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(area.width()) - _PAD)
            painter.drawText(area.adjusted(0, 0, -_PAD, 0), _RIGHT, shown)

    def _paint_name(self, painter: QPainter, area: QRectF, outcome: Outcome, name: str) -> None:
        square = QRectF(area.left(), area.center().y() - _SWATCH / 2, _SWATCH, _SWATCH)
        paint_swatch(painter, square, self.ink, outcome)
        painter.setPen(QColor(self.ink.text))
        painter.drawText(area.adjusted(_SWATCH + _PAD, 0, 0, 0), _LEFT, name)

    def _paint_cell(self, painter: QPainter, row: int, column: int, most: float) -> None:
        if self._value is None:
            return
        cell, area = self._value.cell(row, column), self._area(row, column).adjusted(1, 1, -1, -1)
        painter.fillRect(area, self._ground(cell, most))
        painter.setPen(QColor(self.ink.text if cell.value else self.ink.faint))
        painter.drawText(area.adjusted(0, 0, -_PAD, 0), _RIGHT, self._written(cell.value))

    def _ground(self, cell: MatrixCell, most: float) -> QColor:
        """The grid's colour where nothing moved; a tint of the outcome that was moved into, the stronger the more."""
        if cell.before is cell.after:
            return QColor(self.ink.grid)
        if not cell.value or most <= 0:
            return QColor(self.ink.ground)
        ground = self.ink.colour(cell.after)
        ground.setAlpha(round(_PALE + (_STRONG - _PALE) * min(abs(cell.value) / most, 1.0)))
        return ground

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for every cell."""
        width = self._name_width() + max(self._size, 1) * _LEAST_COLUMN
        return QSize(round(width), round(self._head() + max(self._size, 1) * _ROW + 2))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint: a cell that is cut off cannot be picked."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Names, cells, the active one outlined."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.ink.ground))
        if self._value is None:
            return
        self._paint_names(painter, self._value)
        moved = [abs(one.value or 0) for one in self._value.cells if one.before is not one.after]
        most = max(moved, default=0.0)
        for row in range(self._size):
            for column in range(self._size):
                self._paint_cell(painter, row, column, most)
        if self.hasFocus() and self._size:
            painter.setPen(QPen(QColor(self.ink.accent), 2))
            painter.drawRect(self._area(*self._active).adjusted(1, 1, -1, -1))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Pick the cell under the pointer."""
        found = self._cell_at(event.position().x(), event.position().y())
        if found is not None and event.button() is Qt.MouseButton.LeftButton:
            self._active = found
            self.update()
            self._pick()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows go from cell to cell, Enter picks."""
        key = Qt.Key(event.key())
        if key in _STEPS and self._size:
            row, column = (here + by for here, by in zip(self._active, _STEPS[key], strict=True))
            self._active = (min(max(row, 0), self._size - 1), min(max(column, 0), self._size - 1))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._pick()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Both outcomes and the exact numbers under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            found = self._cell_at(event.pos().x(), event.pos().y())
            text = self._spoken(self._value.cell(*found)) if found is not None and self._value else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)
