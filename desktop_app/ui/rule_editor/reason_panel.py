"""Why the rule acts: its name, cause and code, and what the user reads in each language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.policy import Cause, Wording
from desktop_app.text.labels import CAUSE_LABELS
from desktop_app.text.language import Language
from desktop_app.ui.import_fields import Choice
from desktop_app.ui.looks import label, set_property
from desktop_app.ui.rule_editor.fault_label import FaultLabel
from desktop_app.ui.rule_editor.offer import Offer
from desktop_app.workspace.draft_faults import Place
from desktop_app.workspace.rule_draft import RuleDraft

_LINES = 3
_LINED = ("name_en", "name_zh", "id", "code")
_LONG = ("sentence_en", "sentence_zh", "note")
_WITH_FAULTS = ("id", "code", "sentence_en", "sentence_zh")


class ReasonPanel(QScrollArea):
    """Shows the reason of a draft.

    Attributes: lines and texts are the fields by the names of what they hold; cause chooses the cause.

    Signals:
        edited: RuleDraft, and what steps at this place are merged by.
    """

    edited = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._draft = RuleDraft("")
        self.cause = Choice()
        self.lines = {name: QLineEdit() for name in _LINED}
        self.texts = {name: Text() for name in _LONG}
        self.faults = {name: FaultLabel() for name in _WITH_FAULTS}
        self._titles = {name: QLabel() for name in (*_LINED, "cause", *_LONG)}
        self._hint = label("small", wrap=True)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        form = QFormLayout()
        for name in ("name_en", "name_zh", "cause", "code", "sentence_en", "sentence_zh", "note", "id"):
            form.addRow(self._titles[name], self._field(name))
            if name in self.faults:
                form.addRow("", self.faults[name])
            if name == "sentence_zh":
                form.addRow("", self._hint)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.addLayout(form)
        column.addStretch(1)
        self.setWidget(inside)
        self._connect()

    def _field(self, name: str) -> QWidget:
        if name == "cause":
            return self.cause
        return self.lines[name] if name in self.lines else self.texts[name]

    def _connect(self) -> None:
        changes: dict[str, Callable[[str], RuleDraft]] = {
            "name_en": lambda text: replace(self._draft, name=Wording(en=text, zh=self._draft.name.zh)),
            "name_zh": lambda text: replace(self._draft, name=Wording(en=self._draft.name.en, zh=text)),
            "id": lambda text: replace(self._draft, id=text).called(text),
            "code": lambda text: replace(self._draft, code=text),
            "sentence_en": lambda text: replace(self._draft, sentence=Wording(en=text, zh=self._draft.sentence.zh)),
            "sentence_zh": lambda text: replace(self._draft, sentence=Wording(en=self._draft.sentence.en, zh=text)),
            "note": lambda text: replace(self._draft, note=text),
        }
        for name, line in self.lines.items():
            line.textEdited.connect(lambda text, name=name: self.edited.emit(changes[name](text), name))
        for name, field in self.texts.items():
            field.edited.connect(lambda text, name=name: self.edited.emit(changes[name](text), name))
        self.cause.chosen.connect(lambda cause: self.edited.emit(replace(self._draft, cause=cause), ""))

    def show_reason(self, draft: RuleDraft, offer: Offer, *, new: bool) -> None:
        """Show the reason; the id of a rule that is in the policy stays."""
        self._draft = draft
        words = offer.words
        self._write_titles(offer)
        shown = {
            "name_en": draft.name.en,
            "name_zh": draft.name.zh,
            "id": draft.id,
            "code": draft.code,
            "sentence_en": draft.sentence.en,
            "sentence_zh": draft.sentence.zh,
            "note": draft.note,
        }
        for name, line in self.lines.items():
            if line.text() != shown[name]:
                line.setText(shown[name])
        for name, field in self.texts.items():
            field.show_text(shown[name])
        self.lines["id"].setReadOnly(not new)
        self.lines["id"].setToolTip("" if new else words.translate("Files and reasons know the rule by it; it stays."))
        self.cause.show_choices([(words.say(CAUSE_LABELS[cause]), cause) for cause in Cause], draft.cause)
        for name, fault in self.faults.items():
            found = offer.at(Place(name))
            fault.show_faults(found, words)
            set_property(self._field(name), "wrong", "true" if any(one.stops for one in found) else "false")
        text = "The sentence is for the user: kind, plain, with what they can do. It shows no threshold and no count."
        self._hint.setText(words.translate(text))

    def focus_on(self, place: Place) -> None:
        """Begin at the place of a fault, or at the name."""
        found = self._field(place.part) if place.part in (*_LINED, *_LONG, "cause") else self.lines["name_en"]
        found.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(found)

    def _write_titles(self, offer: Offer) -> None:
        say = offer.words.translate
        english, chinese = Language.ENGLISH.own_name, Language.CHINESE.own_name
        texts = {
            "name_en": f"{say('Name')} ({english})",
            "name_zh": f"{say('Name')} ({chinese})",
            "cause": say("Cause"),
            "code": say("Code of the reason"),
            "sentence_en": f"{say('The user reads')} ({english})",
            "sentence_zh": f"{say('The user reads')} ({chinese})",
            "note": say("Note, for you alone"),
            "id": say("Id"),
        }
        for name, text in texts.items():
            self._titles[name].setText(text)
            self._field(name).setAccessibleName(text)


class Text(QPlainTextEdit):
    """A few lines of text.

    Signals:
        edited: the text, with every key.
    """

    edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 12)
        self.textChanged.connect(lambda: self.edited.emit(self.toPlainText()))

    def show_text(self, text: str) -> None:
        """Show a text; what stands there already is left alone."""
        if text != self.toPlainText():
            with QSignalBlocker(self):
                self.setPlainText(text)
