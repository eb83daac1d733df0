"""The settings of a whole policy: its name, and how limits are rounded and bounded."""

from __future__ import annotations

from decimal import Decimal

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.policy import Policy, Wording
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.looks import label
from desktop_app.ui.typed_number import TypedNumber

_WIDTH = 520


class PolicySettingsDialog(QDialog):
    """Asks for the settings; what cannot be is said as it is typed.

    Signals:
        chosen: the Policy with its new settings.
    """

    chosen = Signal(object)

    def __init__(self, policy: Policy, words: Words, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._policy, self._words = policy, words
        self.setWindowTitle(words.translate("Settings of the policy"))
        self.name_en, self.name_zh, self.note_en, self.note_zh = (QLineEdit() for _ in range(4))
        self.round_to, self.floor, self.protect = TypedNumber(), TypedNumber(), QCheckBox()
        self.fault, self._hint = label("fault", wrap=True), label("small", wrap=True)
        ok, cancel = QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel
        self.buttons = QDialogButtonBox(ok | cancel)
        self._arrange(currency)
        self._show()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        for field in (self.round_to, self.floor):
            field.edited.connect(self._check)
        self.resize(_WIDTH, self.sizeHint().height())

    def _arrange(self, currency: str) -> None:
        say = self._words.translate
        form = QFormLayout()
        step = f"{say('Limits are rounded down to')} ({self._words.symbol(currency) or currency})"
        floor = f"{say('No cut goes below')} ({self._words.symbol(currency) or currency})"
        rows: tuple[tuple[str, QWidget], ...] = (
            (f"{say('Name')} ({Language.ENGLISH.own_name})", self.name_en),
            (f"{say('Name')} ({Language.CHINESE.own_name})", self.name_zh),
            (f"{say('Note')} ({Language.ENGLISH.own_name})", self.note_en),
            (f"{say('Note')} ({Language.CHINESE.own_name})", self.note_zh),
            (step, self.round_to),
            (floor, self.floor),
        )
        for text, field in rows:
            form.addRow(text, field)
            field.setAccessibleName(text)
        self.protect.setText(say("A cut spares what is drawn"))
        form.addRow("", self.protect)
        self._hint.setText(
            say("They hold for every cut and raise of this scenario. With floor 0, sparing, a cut to 0 % is a freeze.")
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(say("Apply"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(say("Cancel"))
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self._hint)
        layout.addWidget(self.fault)
        layout.addWidget(self.buttons)

    def _show(self) -> None:
        policy = self._policy
        for field, text in (
            (self.name_en, policy.name.en),
            (self.name_zh, policy.name.zh),
            (self.note_en, policy.note.en),
            (self.note_zh, policy.note.zh),
        ):
            field.setText(text)
            field.setCursorPosition(0)
        self.round_to.show_value(policy.round_to)
        self.floor.show_value(policy.floor)
        for number in (self.round_to, self.floor):
            number.set_grid(Decimal(100), Decimal(0), Decimal(10) ** 9)
        self.protect.setChecked(policy.protect_balance)
        self.fault.hide()

    def settings(self) -> Policy | None:
        """The policy as it is written here; None where a number is missing or cannot be."""
        written = {
            "name": Wording(en=self.name_en.text().strip(), zh=self.name_zh.text().strip()),
            "note": Wording(en=self.note_en.text().strip(), zh=self.note_zh.text().strip()),
            "round_to": self.round_to.value,
            "floor": self.floor.value,
            "protect_balance": self.protect.isChecked(),
        }
        try:
            return Policy.model_validate({**self._policy.__dict__, **written})
        except ValidationError:
            return None

    def _check(self) -> None:
        good = self.settings() is not None
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(good)
        text = "Amounts have at most two decimals; limits are rounded to more than 0, and the floor is not below 0."
        self.fault.setText(self._words.translate(text))
        self.fault.setVisible(not good)
        for field, bad in ((self.round_to, not self.round_to.value), (self.floor, self.floor.value is None)):
            field.mark(wrong=bad)

    # Qt overrides

    def accept(self) -> None:
        """Hand the settings over, where they can be."""
        settings = self.settings()
        if settings is not None:
            self.chosen.emit(settings)
            super().accept()
