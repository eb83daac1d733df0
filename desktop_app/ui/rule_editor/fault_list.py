"""Everything that is to be settled or looked at, each a press away from its field."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desktop_app.text.labels import column_label
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.icons import icon
from desktop_app.workspace.condition_draft import Leaf, node_at
from desktop_app.workspace.draft_faults import Fault
from desktop_app.workspace.rule_draft import RuleDraft


class FaultList(QListWidget):
    """One line a fault, those that stop the rule first.

    Signals:
        wanted: Place of the fault that was chosen.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._faults: tuple[Fault, ...] = ()
        self._said: list[str] = []
        self.itemActivated.connect(self._go)
        self.itemClicked.connect(self._go)

    def show_faults(self, faults: tuple[Fault, ...], draft: RuleDraft, words: Words) -> None:
        """List them."""
        self._faults = tuple(sorted(faults, key=lambda fault: not fault.stops))
        said = [f"{_place(fault, draft, words)}: {words.say(fault.sentence)}" for fault in self._faults]
        self.setAccessibleName(words.translate("To settle"))
        self.setVisible(bool(said))
        if said == self._said:
            return
        self._said = said
        self.clear()
        for fault, text in zip(self._faults, said, strict=True):
            item = QListWidgetItem(icon("warning" if fault.stops else "info", self.palette()), text)
            item.setToolTip(text)
            self.addItem(item)

    def _go(self, item: QListWidgetItem) -> None:
        self.wanted.emit(self._faults[self.row(item)].place)


def _place(fault: Fault, draft: RuleDraft, words: Words) -> str:
    """Where a fault stands, in words."""
    say, place = words.translate, fault.place
    names = {
        "rule": say("The rule"),
        "id": say("Id"),
        "code": say("Code of the reason"),
        "sentence_en": f"{say('The user reads')} ({Language.ENGLISH.own_name})",
        "sentence_zh": f"{say('The user reads')} ({Language.CHINESE.own_name})",
        "size": say("Size"),
        "rows": say("Rows by"),
        "columns": say("Columns by"),
        "cells": say("Cells of the matrix"),
        "group": say("Group"),
    }
    if place.part in names:
        return names[place.part]
    node = node_at(draft.condition, place.path)
    field = words.say(column_label(node.field)) if isinstance(node, Leaf) and node.field else say("Condition")
    return f"{field} {place.group}".strip()
