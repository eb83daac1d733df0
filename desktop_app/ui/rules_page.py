"""The scenario rule by rule: what each one does, which rules meet, and who may draw less or more than before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QTabBar, QVBoxLayout

from desktop_app.analysis.movements import Attrition, attrition, movement_readings
from desktop_app.charts.saving import ChartTable
from desktop_app.domain.book import Book
from desktop_app.domain.changes import Changes
from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Unit
from desktop_app.domain.requests import Request
from desktop_app.text.words import Words
from desktop_app.ui.looks import label
from desktop_app.ui.page import AskingPage, PageHost, Scene
from desktop_app.ui.rule_tables import Rows, movement_rows, overlap_rows, rule_rows
from desktop_app.ui.table_menu import TableMenu
from desktop_app.ui.table_view import TableView
from desktop_app.workspace.latest import Latest
from desktop_app.workspace.ruling import RuleAnswers, RuleView, rule_answers, rule_questions

_TITLES: dict[RuleView, Message] = {
    RuleView.RULES: message("What each rule does"),
    RuleView.OVERLAP: message("Where rules meet"),
    RuleView.MOVES: message("Who may draw less"),
}
_OBSERVED = message(
    "Bad rates are of the users whom the rule would have hit on {day}; what a rule adds is the policy less the policy "
    "without it. Above its breakeven PD a line costs more than it earns."
)
_NOT_OBSERVED = message(
    "The book knows no outcomes, so there are no bad rates; what a rule adds is the policy less the policy without it."
)
_MEET = message(
    "Pairs of rules that hit the same users. Where nearly all users of one are the other's too, it may add little."
)
_COUNTING = message("Counting every account…")
_NO_RULES = message("The policy has no rules.")
_NOBODY = message("No two rules hit the same account.")


class RulesPage(AskingPage):
    """One table behind small tabs, with a sentence above it.

    Attributes: views, table, note, menu: its parts, for tests.
    """

    name = "rules"
    title = message("Rule by rule")
    ROOM = 290

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        self.views, self.table, self.note = QTabBar(), TableView(), label("faint", wrap=True)
        self.menu = TableMenu(self.table, self._as_table)
        self._scene: Scene | None = None
        self._written: Latest[None] = Latest()
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        for _ in RuleView:
            self.views.addTab("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self.views)
        layout.addWidget(self.note)
        layout.addWidget(self.table, 1)
        self.views.currentChanged.connect(lambda _: self._turn())
        self.menu.failed.connect(self.failed)

    @property
    def view(self) -> RuleView:
        """What is looked at."""
        return tuple(RuleView)[max(self.views.currentIndex(), 0)]

    def write(self, scene: Scene) -> None:
        """Show what is counted."""
        self._scene = scene
        self._write_view()

    def _turn(self) -> None:
        self.host.controller.do(lambda: Changes(frozenset()))
        self._write_view()

    def _write_view(self) -> None:
        scene = self._scene
        if scene is None:
            return
        found = rule_answers(scene.workspace)
        answers = (found.request, found.evaluation, found.effects, found.moves)
        parts = (*answers, str(self.view), scene.words, scene.workspace.book, scene.shown.filtered is None)
        self._written.of((*parts, str(self.palette().cacheKey())), lambda: self._write(scene, found))

    def _write(self, scene: Scene, found: RuleAnswers) -> None:
        words, book = scene.words, scene.workspace.book
        for place, one in enumerate(RuleView):
            self.views.setTabText(place, words.say(_TITLES[one]))
        self.views.setAccessibleName(words.translate("What is looked at of the rules"))
        self.table.setAccessibleName(words.say(_TITLES[self.view]))
        self.menu.set_words(words)
        told = [self._write_table(found, book, words)]
        if scene.shown.filtered is not None:
            told.append(message("The whole book, whatever is chosen above."))
        self.note.setText(" ".join(words.say(sentence) for sentence in told))

    def _write_table(self, found: RuleAnswers, book: Book, words: Words) -> Message:
        """Fill the table, and give what is said above it."""
        told, rows = _WRITERS[self.view](found, book, words)
        self.table.setVisible(bool(rows and rows[1]))
        if rows is not None:
            self.table.set_table(*rows)
            self.table.fit()
        return told

    def _as_table(self) -> ChartTable:
        return self.table.as_table(self.table.accessibleName())

    def asking(self) -> Sequence[Request]:
        """What the view needs."""
        return rule_questions(self.view, self.host.controller.workspace)


def _rules(found: RuleAnswers, book: Book, words: Words) -> tuple[Message, Rows | None]:
    if not found.request.scenario.policy.rules:
        return _NO_RULES, None
    told = _NOT_OBSERVED if book.evidence is None else message(_OBSERVED.text, day=book.evidence)
    return told, rule_rows(found, book, words)


def _overlap(found: RuleAnswers, _book: Book, words: Words) -> tuple[Message, Rows | None]:
    overlap = found.evaluation.overlaps.get("scenario") if found.evaluation else None
    if overlap is None:
        return _COUNTING, None
    rows = overlap_rows(overlap, found.request.scenario.policy, words)
    return _MEET if rows[1] else _NOBODY, rows


def _moves(found: RuleAnswers, book: Book, words: Words) -> tuple[Message, Rows | None]:
    if found.moves is None:
        return _COUNTING, None
    moved = movement_readings(found.moves, found.request.baseline, found.request.scenario, book)
    rows = movement_rows(moved, words, book.currency)
    return attrition_words(attrition(moved), words, book.currency), rows


_WRITERS = {RuleView.RULES: _rules, RuleView.OVERLAP: _overlap, RuleView.MOVES: _moves}


def attrition_words(found: Attrition, words: Words, currency: str) -> Message:
    """Whether the scenario pays against the baseline, and how many of the tightened may leave before it does not.

    Nobody is assumed to leave: the response of customers is for the analyst to judge against the breakeven.
    """
    if found.gained is None:
        return message("No account has a margin, so nothing is said of what customers who leave would cost.")
    gained = words.change(found.gained, Unit.MONEY, currency)
    if not found.pays:
        text = "Margin a year against the baseline: {gained}. It does not pay, even if nobody leaves."
        return message(text, gained=gained)
    if found.breakeven is None:
        text = "Margin a year against the baseline: {gained}, if nobody leaves. The tightened put no margin at risk."
        return message(text, gained=gained)
    at_risk = words.quantity(found.at_risk, Unit.MONEY, currency)
    if found.breakeven > 1:
        text = (
            "Margin a year against the baseline: {gained}, if nobody leaves. It pays even if all of the tightened "
            "leave, with {risk} of margin on their balances."
        )
        return message(text, gained=gained, risk=at_risk)
    text = (
        "Margin a year against the baseline: {gained}, if nobody leaves. It pays as long as those who leave take less "
        "than {share} of the margin on the balances of the tightened ({risk})."
    )
    return message(text, gained=gained, share=words.share(found.breakeven), risk=at_risk)
