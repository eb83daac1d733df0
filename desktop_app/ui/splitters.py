"""Splitters that are remembered by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QWidget


def splitter(name: str, way: Qt.Orientation, parts: Mapping[QWidget, int], sizes: Sequence[int]) -> QSplitter:
    """A splitter of `parts`, each with its share of new room, first divided as `sizes`; none can be hidden."""
    made = QSplitter(way)
    made.setObjectName(name)
    for place, (part, stretch) in enumerate(parts.items()):
        made.addWidget(part)
        made.setStretchFactor(place, stretch)
    made.setSizes(list(sizes))
    made.setChildrenCollapsible(False)
    return made


def splits_of(window: QWidget) -> dict[str, str]:
    """How every named splitter of a window is divided, as text."""
    named = [one for one in window.findChildren(QSplitter) if one.objectName()]
    return {one.objectName(): bytes(one.saveState().toBase64().data()).decode("ascii") for one in named}


def restore_splits(window: QWidget, splits: Mapping[str, str]) -> None:
    """Divide the named splitters of a window as they were; unknown names are passed over."""
    for one in window.findChildren(QSplitter):
        state = splits.get(one.objectName())
        if state:
            one.restoreState(QByteArray.fromBase64(state.encode()))
            # A state kept by a version with other parts may hide one.
            one.setChildrenCollapsible(False)
