"""One value of a comparison: a number, a label, a list of labels, a day or a text, as field and operator ask for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLabel, QLineEdit, QWidget

from desktop_app.analysis.steps import steps_of
from desktop_app.domain.book import Column
from desktop_app.domain.columns import NUMERIC, ColumnType
from desktop_app.domain.conditions import Operator, Scalar, Value
from desktop_app.ui.import_fields import Choice, show_text
from desktop_app.ui.looks import set_property
from desktop_app.ui.rule_editor.label_picker import LabelPicker
from desktop_app.ui.rule_editor.offer import Offer
from desktop_app.ui.typed_number import TypedNumber, parsed, written
from desktop_app.workspace.leaf_values import labels_of

_FORMAT = "yyyy-MM-dd"


class ValueEditor(QWidget):
    """Shows a value with the widget that fits.

    Attributes: field is that widget, None where the operator takes no value.

    Signals:
        edited: the Value, None where what stands there is none.
    """

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.field: QWidget | None = None
        self._reads_numbers = False
        self._unit = QLabel()
        self._unit.setProperty("role", "small")
        self._room = QHBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._room.setSpacing(4)
        self._room.addWidget(self._unit)

    def show_value(self, column: Column | None, operator: Operator, value: Value | None, offer: Offer) -> None:
        """Show a value of a column; None is a column that the book lacks."""
        # In a column of texts 00123 is a text.
        self._reads_numbers = column is None or column.type in NUMERIC
        wanted = field_kind(column, operator)
        if wanted is not type(self.field):
            self._replace(wanted)
        self._unit.setText(offer.unit(column))
        self._unit.setVisible(wanted is TypedNumber and bool(self._unit.text()))
        match self.field:
            case TypedNumber():
                self._show_number(self.field, column, value)
            case LabelPicker() if column is not None:
                self.field.show_labels(column, value if isinstance(value, tuple) else (), offer)
            case Choice() if column is not None:
                labels = [(offer.label(column, label), label) for label in labels_of(column)]
                self.field.show_choices(labels, value)
            case DayField():
                self.field.show_day(value)
            case QLineEdit():
                show_text(self.field, text_of(value))
            case _:
                pass

    def name(self, text: str) -> None:
        """What a screen reader calls it."""
        if self.field is not None:
            self.field.setAccessibleName(text)
            self.setFocusProxy(self.field)

    def mark(self, *, wrong: bool) -> None:
        """Tint it where something stops the rule."""
        if isinstance(self.field, TypedNumber):
            self.field.mark(wrong=wrong)
        elif isinstance(self.field, QLineEdit):
            set_property(self.field, "wrong", "true" if wrong else "false")

    def _show_number(self, field: TypedNumber, column: Column | None, value: Value | None) -> None:
        if isinstance(value, str):
            field.show_text(value)
            return
        number = value if isinstance(value, Decimal) and not isinstance(value, bool) else None
        if column is not None:
            grid = steps_of(column)
            field.set_grid(grid.step, grid.minimum, grid.maximum)
        field.show_value(number)

    def _replace(self, wanted: type[QWidget] | None) -> None:
        old, self.field = self.field, None if wanted is None else wanted()
        if old is not None:
            self._room.removeWidget(old)
            old.hide()
            old.deleteLater()
        if self.field is None:
            return
        self._room.insertWidget(0, self.field, 1)
        self.field.show()
        match self.field:
            case TypedNumber() | LabelPicker() | DayField():
                self.field.edited.connect(self.edited)
            case Choice():
                self.field.chosen.connect(self.edited)
            case QLineEdit():
                self.field.textEdited.connect(lambda text: self.edited.emit(self._typed(text)))
            case _:
                pass

    def _typed(self, text: str) -> Value | None:
        if isinstance(self.field, ListLine):
            return list_of(text, numbers=self._reads_numbers)
        plain = text.strip()
        return scalar_of(plain) if plain and self._reads_numbers else plain or None


class TextLine(QLineEdit):
    """A text as it stands."""


class ListLine(QLineEdit):
    """Several texts or numbers, parted by commas."""


class DayField(QDateEdit):
    """A day, from a calendar or typed.

    Signals:
        edited: the day in ISO form.
    """

    edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setCalendarPopup(True)
        self.setDisplayFormat(_FORMAT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.userDateChanged.connect(lambda day: self.edited.emit(day.toString(_FORMAT)))

    def show_day(self, value: Value | None) -> None:
        """Show a day; what is none is shown as today, and stays a fault until another is chosen."""
        try:
            day = date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            day = None
        with QSignalBlocker(self):
            if day is not None:
                self.setDate(QDate(day.year, day.month, day.day))

    # Qt overrides

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to the page."""
        event.ignore()


def field_kind(column: Column | None, operator: Operator) -> type[QWidget] | None:
    """The widget for a value of a column; None where the operator takes none."""
    if operator is Operator.MISSING:
        return None
    if operator is Operator.IN:
        return LabelPicker if column is not None and labels_of(column) else ListLine
    if column is None:
        return TextLine
    if column.type in NUMERIC:
        return TypedNumber
    if column.type is ColumnType.DATE:
        return DayField
    return Choice if labels_of(column) else TextLine


def text_of(value: Value | None) -> str:
    """A value as it is typed."""
    if isinstance(value, tuple):
        return ", ".join(map(text_of, value))
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return written(value).replace(",", "")
        case _:
            return value


def list_of(text: str, *, numbers: bool) -> tuple[Scalar, ...] | None:
    """The texts, or numbers where they are some, that are parted by commas, Chinese ones too; None for none."""
    parts = [part.strip() for part in text.replace("，", ",").replace("、", ",").replace(";", ",").split(",")]
    found = tuple(scalar_of(part) if numbers else part for part in parts if part)
    return found or None


def scalar_of(text: str) -> Scalar:
    """A number where the text is one, else the text."""
    number = parsed(text)
    return text if number is None else number
