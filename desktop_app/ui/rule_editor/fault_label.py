"""What is wrong or doubtful at one field, under it, with the near miss to take by a click or a key."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from desktop_app.text.words import Words
from desktop_app.ui.looks import label, set_property
from desktop_app.workspace.draft_faults import Fault


class FaultLabel(QLabel):
    """Hidden where nothing is wrong.

    Signals:
        taken: Fault, its near miss is meant.
    """

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "fault")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self._faults: tuple[Fault, ...] = ()
        self.linkActivated.connect(lambda place: self.taken.emit(self._faults[int(place)]))
        self.hide()

    def show_faults(self, faults: tuple[Fault, ...], words: Words) -> None:
        """Say them, a line each."""
        self._faults = faults
        lines = []
        for place, fault in enumerate(faults):
            text = escape(words.say(fault.sentence))
            if fault.meant:
                use = escape(words.translate("Take it"))
                text += f' <a href="{place}">{use}: {escape(fault.meant)}</a>'
            lines.append(text)
        set_property(self, "role", "fault" if any(fault.stops for fault in faults) else "doubt")
        text = "<br>".join(lines)
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(" ".join(words.say(fault.sentence) for fault in faults))
        links = any(fault.meant for fault in faults)
        keys = Qt.TextInteractionFlag.LinksAccessibleByKeyboard | Qt.TextInteractionFlag.LinksAccessibleByMouse
        self.setTextInteractionFlags(keys if links else Qt.TextInteractionFlag.NoTextInteraction)
        self.setVisible(bool(faults))


def hint() -> QLabel:
    """A small text that explains."""
    return label("small", wrap=True)
