"""How often the rule acts as it is written, beside how often it acts now; old counts are dimmed until new ones come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from desktop_app.domain.problems import Message, message
from desktop_app.domain.requests import RuleCounts
from desktop_app.text.formats import EM_DASH
from desktop_app.text.words import Words
from desktop_app.ui.looks import label, set_property


@dataclass(frozen=True)
class HitsShown:
    """What is known of a rule's hits.

    Attributes: now counts the rule as it is written, before as the scenario has it; fresh says that `now` is about
    the present draft; why says in their place that nothing is counted; off that the rule is switched off.
    """

    now: RuleCounts | None = None
    before: RuleCounts | None = None
    fresh: bool = True
    why: Message | None = None
    off: bool = False


_ROWS: tuple[tuple[Message, Callable[[RuleCounts], int | None]], ...] = (
    (message("Users hit"), lambda counts: counts.any_hit_users),
    (message("Accounts hit"), lambda counts: counts.any_hit_accounts),
    (message("Gives the reason, users"), lambda counts: counts.first_reason_users),
    (message("Users hit by no other rule"), lambda counts: counts.sole_hit_users),
    (message("Restricted only because of this rule"), lambda counts: counts.marginal_users),
    (message("Cannot be decided, users"), lambda counts: counts.unknown_users),
)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# The first two are the rule by itself, the others within the policy.
_ALONE = 2


class HitsPanel(QFrame):
    """Shows HitsShown."""

    def __init__(self) -> None:
        super().__init__()
        self._title, self._why = label("strong"), label("small", wrap=True)
        self._names = [label("small") for _ in _ROWS]
        self.values, self.changes = [label("strong") for _ in _ROWS], [label("small") for _ in _ROWS]
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(0, 1)
        for row, parts in enumerate(zip(self._names, self.values, self.changes, strict=True)):
            for column, part in enumerate(parts):
                grid.addWidget(part, row + (row >= _ALONE), column)
                if column:
                    part.setAlignment(_RIGHT)
        grid.setRowMinimumHeight(_ALONE, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._title)
        layout.addLayout(grid)
        layout.addWidget(self._why)

    def show_hits(self, shown: HitsShown, words: Words) -> None:
        """Write the counts."""
        title = message("Hits, if it were switched on") if shown.off else message("Hits as it is written")
        self._title.setText(words.say(title))
        for place, (name, count) in enumerate(_ROWS):
            now = count(shown.now) if shown.now and shown.why is None else None
            before = count(shown.before) if shown.before else None
            said = words.say(name)
            self._names[place].setText(said)
            self.values[place].setText(EM_DASH if now is None else words.integer(now))
            difference = "" if now is None or before is None else words.integer(now - before, signed=True)
            self.changes[place].setText(_change(difference, now, before))
            for part in (self.values[place], self.changes[place]):
                set_property(part, "stale", "false" if shown.fresh else "true")
            self.values[place].setAccessibleName(f"{said}: {self.values[place].text()} {difference}".strip())
        changed = any(part.text() for part in self.changes)
        why = shown.why or (message("beside: the change against the rule in the scenario") if changed else None)
        self._why.setText(words.say(why) if why else "")
        self._why.setVisible(why is not None)


def _change(difference: str, now: int | None, before: int | None) -> str:
    return "" if now == before else difference
