"""Tells when a goal is crossed: in the status line, and to a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop_app.analysis.goals import Standing, goal_words
from desktop_app.domain.problems import Message, message
from desktop_app.domain.scenario import Goal
from desktop_app.figures.catalogue import FIGURES
from desktop_app.ui.page import Scene


class GoalWatch(QObject):
    """Compares how each goal stands with how it stood.

    Signals:
        crossed: a sentence, in the present language.
    """

    crossed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stood: dict[tuple[str, Goal], bool | None] = {}

    def show_scene(self, scene: Scene) -> None:
        """Take a scene in; figures that belong to an earlier state cross nothing."""
        if not scene.shown.fresh:
            return
        tab, before = scene.shown.scenario.id, self._stood
        stands = {(tab, one.goal): one.met for one in scene.shown.goals}
        others = {key: met for key, met in before.items() if key[0] != tab}
        self._stood = others | stands
        for one in scene.shown.goals:
            stood = before.get((tab, one.goal))
            if stood is not None and one.met is not None and stood is not one.met:
                self.crossed.emit(scene.words.say(_sentence(one, scene)))


def _sentence(standing: Standing, scene: Scene) -> Message:
    goal, currency = standing.goal, scene.workspace.book.currency
    value = scene.words.quantity(standing.value, FIGURES[goal.figure].unit, currency)
    said = goal_words(goal, currency)
    if standing.met:
        return message("Goal met: {goal}, now {value}", goal=said, value=value)
    return message("Goal missed: {goal}, now {value}", goal=said, value=value)
