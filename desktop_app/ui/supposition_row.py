"""One assumption or stress: its name, a field for it, its range, its default and the way back to that."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop_app.domain.handles import AssumptionHandle, StressHandle
from desktop_app.domain.problems import Message, message
from desktop_app.domain.scenario import Assumptions, Stress
from desktop_app.text.suppositions import (
    Supposition,
    SuppositionHandle,
    supposed_words,
    supposition_label,
    unit_words,
)
from desktop_app.text.words import Words
from desktop_app.ui.elided import ElidedLabel
from desktop_app.ui.icons import icon
from desktop_app.ui.looks import label, set_property
from desktop_app.ui.number_field import NumberField

_FIELD_WIDTH, _CHOICES_WIDTH = 104, 124
# What stands right behind a number; a longer unit has no room there and stands behind the range.
_SIGNS = ("%", "×", "倍")


def default_of(handle: SuppositionHandle) -> object:
    """What an assumption or the stress is where nobody has set it."""
    match handle:
        case AssumptionHandle(name=name):
            return Assumptions.model_fields[name].get_default()
        case StressHandle(name=name):
            return Stress.model_fields[name].get_default()
        case _:
            assert_never(handle)


class SuppositionRow(QWidget):
    """Shows one Supposition and what it is set to.

    Attributes: editor is the number field or the list of choices; limited, where it can be left open, the box that
    says whether it is not; reset sets the default.

    Signals:
        set: the new value, as the scenario keeps it.
    """

    set = Signal(object)

    def __init__(self, supposition: Supposition) -> None:
        super().__init__()
        self.supposition = supposition
        self._value: object = None
        self._name, self._facts = label("", wrap=True), ElidedLabel()
        self._facts.setProperty("role", "small")
        self.limited = QCheckBox() if supposition.optional else None
        self.editor = self._choices() if supposition.choices else self._number()
        self.reset = QToolButton()
        self.reset.clicked.connect(lambda: self.set.emit(default_of(supposition.handle)))
        self._arrange()

    def _number(self) -> NumberField:
        field = NumberField(self.supposition.decimals)
        field.typed.connect(self._type)
        if self.limited is not None:
            self.limited.clicked.connect(self._limit)
        return field

    def _choices(self) -> QComboBox:
        box = QComboBox()
        box.activated.connect(self._choose)
        return box

    def _choose(self, place: int) -> None:
        if place < len(self.supposition.choices):
            self.set.emit(self.supposition.choices[place][0])

    def _arrange(self) -> None:
        self.editor.setFixedWidth(_CHOICES_WIDTH if self.supposition.choices else _FIELD_WIDTH)
        self.reset.setProperty("role", "small")
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self._name, 1)
        if self.limited is not None:
            first.addWidget(self.limited)
        first.addWidget(self.editor)
        second.addWidget(self._facts, 1)
        second.addWidget(self.reset)
        # The button keeps its room where it is hidden: nothing moves when a value becomes the default.
        kept = self.reset.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(kept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 2)
        layout.setSpacing(0)
        layout.addLayout(first)
        layout.addLayout(second)

    def show_value(self, value: object, words: Words, currency: str, *, locked: bool) -> None:
        """Write what it is set to; on the locked baseline it can only be read."""
        self._value = value
        supposition = self.supposition
        name = words.say(supposition_label(supposition.handle))
        unit = words.say(unit_words(supposition, currency))
        self._name.setText(name)
        self._write_editor(value, unit, words)
        default = default_of(supposition.handle)
        is_default = value == default
        self._facts.setText(words.say(self._facts_words(is_default, default, currency, words)))
        set_property(self._facts, "changed", "false" if is_default else "true")
        tip = "\n".join((words.say(supposition.help), self._facts.text()))
        for part in (self, self._name, self.editor):
            part.setToolTip(tip)
        self.editor.setAccessibleName(f"{name}, {unit}" if unit else name)
        self.editor.setAccessibleDescription(self._facts.text())
        back = words.say(message("Back to the default: {value}", value=supposed_words(supposition, default, currency)))
        self.reset.setIcon(icon("undo", self.palette()))
        self.reset.setToolTip(back)
        self.reset.setAccessibleName(f"{name}: {back}")
        self.reset.setVisible(not is_default and not locked)
        self.editor.setEnabled(not locked and (value is not None or bool(supposition.choices)))
        if self.limited is not None:
            self.limited.setEnabled(not locked)
            self.limited.setAccessibleName(words.say(message("{name}: there is a limit", name=name)))

    def _facts_words(self, is_default: bool, default: object, currency: str, words: Words) -> Message:
        """Range, and whether the value is the default or which one would be."""
        supposition = self.supposition
        said = supposed_words(supposition, default, currency)
        standing = message("default") if is_default else message("changed, default {value}", value=said)
        if supposition.choices:
            return standing
        low, high = supposition.minimum, supposition.maximum
        bounds = message("{low} to {high} {unit}", low=low, high=high, unit=unit_words(supposition, currency))
        return message("{standing} · {range}", standing=standing, range=words.say(bounds).strip())

    def _write_editor(self, value: object, unit: str, words: Words) -> None:
        supposition, editor = self.supposition, self.editor
        if isinstance(editor, QComboBox):
            with QSignalBlocker(editor):
                editor.clear()
                editor.addItems([words.say(name) for _, name in supposition.choices])
                choices = [choice for choice, _ in supposition.choices]
                if value not in choices:
                    # Something that a scenario file says and nobody can choose.
                    editor.addItem(words.say(supposed_words(supposition, value, "")))
                    choices.append(value)
                editor.setCurrentIndex(choices.index(value))
            return
        number = supposition.minimum if value is None else Decimal(str(value)) * supposition.factor
        if self.limited is not None:
            self.limited.setChecked(value is not None)
        editor.setSuffix(f" {unit[0]}" if unit.startswith(_SIGNS) else "")
        editor.setSpecialValueText(words.translate("no limit") if value is None else "")
        editor.show_number(number, supposition.minimum, supposition.maximum, supposition.step)

    def _type(self, number: Decimal) -> None:
        value: object = number / self.supposition.factor
        if self.supposition.optional:
            value = int(number)
        if value != self._value:
            self.set.emit(value)

    def _limit(self, limited: bool) -> None:
        default = int(self.supposition.step)
        self.set.emit(default if limited else None)
