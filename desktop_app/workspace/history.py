"""Undo and redo: frozen desks with the labels of the steps between them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.problems import Message
from desktop_app.workspace.desk import Desk


@dataclass(frozen=True)
class Step:
    """One edit: the desk after it, and what to call it; steps with the same `merge` key may become one."""

    desk: Desk
    label: Message
    merge: str = ""


class History:
    """A line of steps with a cursor.

    Attributes: cursor counts the steps that are in force; those after it were undone.
    """

    def __init__(self, first: Desk, steps: tuple[Step, ...] = (), cursor: int | None = None) -> None:
        self._first = first
        self._steps = list(steps)
        self.cursor = len(steps) if cursor is None else max(0, min(cursor, len(steps)))

    @property
    def desk(self) -> Desk:
        """The desk in force."""
        return self._steps[self.cursor - 1].desk if self.cursor else self._first

    @property
    def undo_label(self) -> Message | None:
        """What undo would take back."""
        return self._steps[self.cursor - 1].label if self.cursor else None

    @property
    def redo_label(self) -> Message | None:
        """What redo would bring again."""
        return self._steps[self.cursor].label if self.cursor < len(self._steps) else None

    def add(self, step: Step) -> int:
        """Take a step, dropping those that were undone; the step's number, counted from 1.

        A step with the merge key of the one before takes its place.
        """
        del self._steps[self.cursor :]
        if step.merge and self.cursor and self._steps[-1].merge == step.merge:
            self._steps.pop()
        self._steps.append(step)
        self.cursor = len(self._steps)
        return self.cursor

    def undo(self) -> bool:
        """Go one step back; False where there is none."""
        if not self.cursor:
            return False
        self.cursor -= 1
        return True

    def redo(self) -> bool:
        """Go one step forward again; False where there is none."""
        if self.cursor == len(self._steps):
            return False
        self.cursor += 1
        return True

    def seal(self) -> None:
        """Keep the last step from merging with the next: the analyst let go."""
        if self.cursor:
            last = self._steps[self.cursor - 1]
            self._steps[self.cursor - 1] = Step(last.desk, last.label)

    def before(self, step: int) -> Desk:
        """The desk before the step of that number."""
        return self._steps[step - 2].desk if step > 1 else self._first

    def step(self, number: int) -> Step:
        """The step of that number, counted from 1."""
        return self._steps[number - 1]
