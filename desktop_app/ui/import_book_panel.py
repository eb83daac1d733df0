"""What the file itself does not say of the book: currency, as-of date, what a default is; where the project goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QFrame, QLabel, QLineEdit, QPushButton, QWidget

from desktop_app.domain.mapping import OutcomeMeaning
from desktop_app.text.words import Words
from desktop_app.ui.elided import ElidedLabel
from desktop_app.ui.import_fields import Choice, Count, show_text
from desktop_app.workspace.import_choices import ChoiceKind
from desktop_app.workspace.import_draft import ImportDraft, outcome_of

_CURRENCIES = ("CNY", "HKD", "TWD", "USD", "EUR", "GBP", "JPY", "KRW", "SGD", "INR", "IDR", "MXN", "BRL")
_MONTHS = 12
_DAYS = 90


class BookPanel(QFrame):
    """Fields about the whole book.

    Signals:
        changed: fields of the ImportDraft as a dict.
        target_wanted: another place for the project is to be chosen.
    """

    changed = Signal(object)
    target_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.currency, self.as_of, self.invented = Choice(), QLineEdit(), QCheckBox()
        self.definition, self.months, self.days = QLineEdit(), Count(1, 60), Count(1, 720)
        self.keep, self.target, self.target_button = QCheckBox(), ElidedLabel(), QPushButton()
        self._outcome: OutcomeMeaning | None = None
        self._labels: dict[str, QLabel] = {}
        self._form = QFormLayout(self)
        self._form.setContentsMargins(10, 8, 10, 8)
        self._form.setVerticalSpacing(5)
        fields: dict[str, QWidget] = {
            "currency": self.currency,
            "as_of": self.as_of,
            "definition": self.definition,
            "months": self.months,
            "days": self.days,
            "target": self.target,
        }
        for name, one in fields.items():
            self._labels[name] = QLabel()
            self._labels[name].setBuddy(one)
            self._form.addRow(self._labels[name], one)
            if name == "as_of":
                self._form.addRow(self.invented)
        self._form.addRow(self.target_button)
        self._form.insertRow(0, self.keep)
        self._connect()

    def _connect(self) -> None:
        self.currency.chosen.connect(lambda currency: self.changed.emit({"currency": currency}))
        self.as_of.editingFinished.connect(lambda: self._take(as_of=self.as_of.text().strip()))
        self.invented.clicked.connect(lambda on: self.changed.emit({"invented": on}))
        self.keep.clicked.connect(lambda on: self.changed.emit({"keep": on}))
        self.definition.editingFinished.connect(self._take_outcome)
        for count in (self.months, self.days):
            count.chosen.connect(lambda _: self._take_outcome())
        self.target_button.clicked.connect(self.target_wanted)

    def show_draft(self, draft: ImportDraft, target: Path | None, words: Words) -> None:
        """Show the book's own facts."""
        self._retext(words)
        currencies = [(words.translate("none stated"), ""), *((one, one) for one in _CURRENCIES)]
        self.currency.show_choices(currencies, draft.currency)
        without_dates = draft.choice("snapshot_date").kind is ChoiceKind.NONE
        self._form.setRowVisible(self.as_of, without_dates)
        self._form.setRowVisible(self.invented, without_dates)
        show_text(self.as_of, draft.as_of)
        for box, on in ((self.invented, draft.invented), (self.keep, draft.keep)):
            with QSignalBlocker(box):
                box.setChecked(on)
        with_outcome = draft.choice("default_12m").kind is not ChoiceKind.NONE
        for one in (self.definition, self.months, self.days):
            self._form.setRowVisible(one, with_outcome)
        self._show_outcome(draft.outcome, words)
        self.target.setText(str(target or ""))

    def focus_on(self, place: str) -> None:
        """Begin at a field."""
        (self.as_of if place == "as_of" else self.currency).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_outcome(self, outcome: OutcomeMeaning | None, words: Words) -> None:
        self._outcome = outcome
        show_text(self.definition, words.wording(outcome.definition) if outcome else "")
        self.months.show_count(outcome.months if outcome else None, words.translate("not stated"))
        self.days.show_count(outcome.days_past_due if outcome else None, words.translate("not by days"))

    def _take_outcome(self) -> None:
        if not (self.definition.isModified() or self.definition.text() or self.months.value() > self.months.minimum()):
            self._take(outcome=None)
            return
        months = self.months.value() if self.months.value() > self.months.minimum() else _MONTHS
        days = self.days.value() if self.days.value() > self.days.minimum() else None
        meaning = outcome_of(self.definition.text().strip() or self.definition.placeholderText(), months, days)
        if self._outcome is None or self._outcome.model_dump() != meaning.model_dump():
            self._take(outcome=meaning)

    def _take(self, **values: Any) -> None:  # noqa: ANN401
        for field in (self.as_of, self.definition):
            field.setModified(False)
        self.changed.emit(values)

    def _retext(self, words: Words) -> None:
        say = words.translate
        texts = {
            "currency": say("Currency"),
            "as_of": say("As-of date"),
            "definition": say("A default is"),
            "months": say("Within months"),
            "days": say("Days past due from"),
            "target": say("Project"),
        }
        fields = (self.currency, self.as_of, self.definition, self.months, self.days, self.target)
        for (name, text), field in zip(texts.items(), fields, strict=True):
            self._labels[name].setText(text)
            field.setAccessibleName(text)
        self.as_of.setPlaceholderText("2026-01-31")
        self.definition.setPlaceholderText(say("90 days past due or worse"))
        self.invented.setText(say("The true date is not known"))
        self.keep.setText(say("Keep all other columns of the file"))
        self.target_button.setText(say("Another place…"))
