"""Garbage collected on the main thread only.

Python may collect in whichever thread happens to allocate; a cycle that holds a widget would then be freed by a
worker, and Qt does not survive that.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500


class MainThreadCollector(QObject):
    """Takes over from the automatic collector while it lives; make it on the main thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start()

    def stop(self) -> None:
        """Give the work back to the automatic collector."""
        self._timer.stop()
        take_back()
        if self._was_enabled:
            gc.enable()


def set_aside() -> None:
    """Leave what is there now out of later collections: to look through a window takes a tenth of a second."""
    gc.freeze()


def set_aside_anew() -> None:
    """Look once more through what was set aside, if anything was: part of it has been replaced."""
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
        gc.freeze()


def take_back() -> None:
    """Have everything looked through again: the window is gone."""
    gc.unfreeze()


def collect_what_is_due() -> int:
    """Collect the oldest generation whose threshold is reached, as the automatic collector would; -1 for none."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    due = [
        generation for generation in (2, 1, 0) if thresholds[generation] and counts[generation] > thresholds[generation]
    ]
    if not due:
        return -1
    gc.collect(due[0])
    return due[0]
