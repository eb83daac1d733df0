"""The open book with its desk: what views ask, what the database answers; Qt-free, on one thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from desktop_app.analysis.index import Index
from desktop_app.domain.changes import Changes, Part
from desktop_app.domain.filters import EVERYTHING
from desktop_app.domain.fingerprints import sums_fingerprint
from desktop_app.domain.handles import Handle, SizeHandle, ThresholdHandle, threshold_handles, value_of
from desktop_app.domain.indexing import IndexRequest, IndexSums, SurfaceSums
from desktop_app.domain.problems import Message
from desktop_app.domain.requests import (
    Answer,
    EvaluateRequest,
    Evaluation,
    HistogramCounts,
    Request,
)
from desktop_app.domain.variants import Variants, VariantsRequest
from desktop_app.domain.watch import Watch
from desktop_app.engine.answers import answer
from desktop_app.engine.project import Project
from desktop_app.reports.export import ExportReport
from desktop_app.text.words import Words
from desktop_app.workspace.alone import baseline_alone
from desktop_app.workspace.answer_cache import AnswerCache
from desktop_app.workspace.beside import Beside
from desktop_app.workspace.browsing import AccountBrowser
from desktop_app.workspace.comparing import Comparing, sheet_of
from desktop_app.workspace.curves import USUAL, Curves, Line
from desktop_app.workspace.desk import Desk
from desktop_app.workspace.exporting import LANE, Wanted, write_simulation
from desktop_app.workspace.filter_trail import FilterTrail
from desktop_app.workspace.filtering import Filtering
from desktop_app.workspace.foreseeing import Foreseeing
from desktop_app.workspace.import_report import write_import_report
from desktop_app.workspace.indexing import Ahead, IndexCache, IndexedHandle, counts_at, evaluation_at, index_question
from desktop_app.workspace.ladder import Ends, Ladder, LadderView
from desktop_app.workspace.latest import Latest
from desktop_app.workspace.looking import Looking
from desktop_app.workspace.risking import Risking
from desktop_app.workspace.showing import Answered, Grabbed, Showing, Shown, Shows
from desktop_app.workspace.simulation import run
from desktop_app.workspace.trading import Trading


class Workspace(Looking):
    """One open project with its desk.

    Every method is for the main thread and returns at once; `job` makes what the lanes run. A mutation returns
    what it changed; views refresh from that.

    Attributes: browser makes the jobs that look through accounts; ladder what changed since the baseline, comparing
    the scenarios side by side, trading two thresholds against each other, risking what becomes of the scenario's risk,
    beside what open pages ask; answers are those that were given lately; filters those that were looked through, the
    one in force among them.
    """

    def __init__(self, project: Project, first: Desk, words: Words) -> None:
        super().__init__(project, first, words)
        self.browser = AccountBrowser(project)
        self.ladder, self.comparing, self.trading, self.risking = Ladder(), Comparing(), Trading(), Risking()
        self.answers, self.beside = AnswerCache(), Beside()
        self.filters = FilterTrail()
        self._filtering = Filtering(self.filters)
        self._last: Answered | None = None
        self._counts: HistogramCounts | None = None
        self._indices = IndexCache()
        self._foreseeing = Foreseeing()
        self._held: IndexedHandle | None = None
        self._grabbed: Grabbed | None = None
        # What is asked and looked at is asked for many times in each frame of a drag.
        self._showing, self._alone = Showing(), Showing()
        self._hand: Latest[IndexedHandle | None] = Latest()
        self._curves, self._ahead = Curves(), Ahead()
        self._index_question: Latest[IndexRequest | None] = Latest()
        self._line_question: Latest[IndexRequest | None] = Latest()

    def hold(self, handle: Handle | None) -> Changes:
        """Have an index ready for `handle`, which may soon be dragged; None for the line that is looked at."""
        self._held = handle if isinstance(handle, ThresholdHandle | SizeHandle) else None
        return Changes(frozenset())

    def preview(self, handle: Handle, value: Decimal) -> Changes:
        """Show the scenario with one number elsewhere; nothing is kept."""
        self.hold(handle)
        if self._preview is None:
            about_it = self._last is not None and self._last.request.scenario == self.desk.scenario
            self._grabbed = Grabbed(handle, self._last) if self._last and about_it else None
        return super().preview(handle, value)

    def index_question(self) -> IndexRequest | None:
        """The index that the desk wants: of the line in the hand, else of the one that is looked at."""
        asked, handle = self.question(), self._in_hand()
        if handle is None:
            return None
        ahead = self._ahead.question(asked, handle, self.histogram_question())
        if ahead is None:
            counts = self._scanned_counts()
        else:
            counts = self._ahead.counts(ahead, self.answers.find(ahead.key, HistogramCounts))
        return self._index_question.of(
            (asked, handle, counts, self.book), lambda: index_question(asked, handle, self.book, counts)
        )

    def index(self) -> Index | None:
        """The index of the line in the hand, else of the one that is looked at, where it is there."""
        asked = self.index_question()
        return self._indices.find(asked.key) if asked else None

    def wanted(self) -> tuple[Request, ...]:
        """The questions that the desk needs answered, the most urgent first.

        While a line is dragged that an index can follow, nothing but that index is wanted.
        """
        asked: list[Request] = []
        question, histogram, index = self.question(), self.histogram_question(), self.index_question()
        on_index = index is not None and index.positions.place(value_of(question.scenario, index.handle)) is not None
        dragged = self._preview is not None and on_index and self._last is not None
        if not dragged and self.answers.find(question.key, Evaluation) is None:
            asked.append(question)
        if not dragged and histogram is not None and self.answers.find(histogram.key, HistogramCounts) is None:
            asked.append(histogram)
        asked += self._filtering.wanted(self._filtering.ask(question, histogram), self.answers)
        if index is not None and not asked and self._indices.find(index.key) is None:
            ahead = self._ahead.question(question, index.handle, histogram)
            needs_bins = ahead is not None and index.bins is None
            asked.append(ahead if ahead is not None and needs_bins else index)
        if not asked and self._preview is None:
            asked += self.comparing.wanted(sheet_of(self))[:1] or self.trading.wanted(self)
            asked += [] if asked else self.risking.wanted(self)[:1]
            asked = asked or self.beside.wanted(self.answers)[:1]
        if not asked and self._preview is None and self.ladder.open:
            asked.extend(self.ladder.wanted(self._ends())[:1])
        if not asked and self._preview is None:
            next_edits = self._variants_question()
            if next_edits is not None and not self._foreseeing.is_answered(next_edits):
                asked.append(next_edits)
        return tuple(asked)

    def _variants_question(self) -> VariantsRequest | None:
        """What may be edited next; nothing on the locked baseline."""
        if self.desk.locked:
            return None
        return self._foreseeing.question(self.question(), self.view.active_rule, self._scanned_counts())

    def unfold(self, is_open: bool) -> Changes:
        """Have what changed since the baseline counted edit by edit, or no longer."""
        self.ladder.open = is_open
        return Changes(frozenset({Part.ANSWER}))

    def changed(self) -> LadderView:
        """What changed since the baseline, as far as it is counted; a drag changes nothing yet."""
        return self.ladder.view(self._ends(), self.words)

    def _ends(self) -> Ends:
        desk = self.desk
        return Ends(desk.baseline, desk.scenario, self.book, self._last, self.answers)

    def job(self, request: Request) -> Callable[[Watch], Answer]:
        """What the interactive lane runs to answer `request`; it shares no state with this object."""
        project, book = self.project, self.book

        def ask(watch: Watch) -> Answer:
            return project.surviving(
                "interactive",
                lambda cursor: answer(cursor, project.prepared(cursor, book, request.scenario, watch), request, watch),
            )

        return ask

    def export_job(self, wanted: Wanted, grouping: str | None) -> Callable[[Watch], ExportReport]:
        """What the background lane runs to write the active tab's files, broken down by a column of the book.

        They are about the whole book, whatever is chosen on the desk.
        """
        project, book = self.project, self.book
        question = replace(self.question(), grouping=grouping, chosen=EVERYTHING)

        def write(watch: Watch) -> ExportReport:
            return project.surviving(
                LANE, lambda _: write_simulation(project, run(project, book, question, LANE, watch), wanted, watch)
            )

        return write

    def report_job(self, out: Path) -> Callable[[Watch], Sequence[Path]]:
        """What the background lane runs to write the import's report into the folder `out`."""
        project, words = self.project, self.words
        return lambda watch: project.surviving(LANE, lambda _: write_import_report(project, out, words.say, watch))

    def backup_job(self) -> Callable[[Watch], object]:
        """What the background lane runs once the project is open: a dated backup, where anything changed."""
        return self.project.back_up

    def take_notices(self) -> Sequence[Message]:
        """What happened to the project's file that the user should know, each once."""
        return self.project.take_notices()

    def accept(self, answered: Answer) -> Changes:
        """Take an answer in; no changes where the desk no longer asks for it."""
        if isinstance(answered, IndexSums):
            self._indices.keep(answered)
        elif isinstance(answered, SurfaceSums):
            self.trading.keep(answered)
        elif isinstance(answered, Variants):
            self._foreseeing.keep(self._variants_question(), answered)
        else:
            self.answers.keep(answered)
        question = self.question()
        if isinstance(answered, Evaluation) and answered.key == question.key:
            self._last = Answered(question, answered)
        histogram = self.histogram_question()
        asked = (
            question,
            histogram,
            self.index_question(),
            self.trading.question(self),
            *self._filtering.ask(question, histogram),
        )
        wanted = {request.key for request in asked if request is not None}
        looked = self.ladder.open or self.comparing.open or self.risking.open
        if self.beside.awaits(answered) or (looked and isinstance(answered, Evaluation)):
            wanted.add(answered.key)
        return Changes(frozenset({Part.ANSWER})) if answered.key in wanted else Changes(frozenset())

    def shown(self, *, alone: bool = False) -> Shown:
        """Everything on the desk; figures of the latest answer where the present one is still to come.

        alone shows the baseline in the scenario's place, beside the scenario's rules.
        """
        question = self.question()
        evaluation = self.answers.find(question.key, Evaluation) or self._known_ahead(question)
        if evaluation is not None:
            self._last = Answered(question, evaluation)
        counts = self._latest_counts()
        counted, dragged = self._is_fresh(counts), self._preview is not None
        shows = Shows(
            book=self.book,
            scenario=self.scenario,
            baseline=self.desk.baseline,
            locked=self.desk.locked,
            view=self.view,
            answered=self._last,
            # A drag asks for no histogram: where its index has none, the figures do not wait for it.
            fresh=evaluation is not None and (counted or dragged),
            counts=counts,
            counted=counted,
            grabbed=self._grabbed if dragged else None,
        )
        shown, line = self._showing.show(shows, self.words), self._line()
        if line is not None:
            shown = self._curves.over(shown, line, self.words)
        if alone:
            only = self._alone.show(baseline_alone(shows), self.words)
            return replace(only, rules=shown.rules, curve=shown.curve)
        asked = self._filtering.ask(question, self.histogram_question())
        return self._filtering.over(shown, shows, asked, self.answers, self.words)

    def _line(self) -> Line | None:
        """The line whose curve is drawn: the one that is looked at, whatever is in the hand."""
        asked, handle, histogram = self.question(), self.view.handle, self.histogram_question()
        if handle is None or histogram is None:
            return None
        along, counts = self.index_question(), self._scanned_counts()
        if along is None or along.handle != handle:
            parts = (asked, handle, self.book, counts)
            along = self._line_question.of(parts, lambda: index_question(*parts))
        index = self._indices.find(along.key) if along else None
        return Line(handle, histogram.field, index, self.view.lens or USUAL, self.book.currency)

    def close(self) -> None:
        """Write what is left of the journal and close the project."""
        try:
            self._journal.close()
        finally:
            self.project.close()

    def _in_hand(self) -> IndexedHandle | None:
        """The number that an index is for."""
        policy, wished = self.scenario.policy, (self._held, self.view.handle)

        def find() -> IndexedHandle | None:
            handles = {*threshold_handles(policy), *(SizeHandle(rule.id) for rule in policy.rules)}
            return next((handle for handle in wished if handle in handles), None)

        return self._hand.of((policy, *wished), find)

    def _known_ahead(self, question: EvaluateRequest) -> Evaluation | None:
        """The answer without a scan: by an index that covers it, or foreseen; the baseline must be as it was."""
        before = self._last
        if before is None or not _same_baseline(before.request, question):
            return None
        asked, index = self.index_question(), self.index()
        foreseen = self._foreseeing.evaluation(question, before.evaluation)
        if foreseen is not None or asked is None or index is None:
            return foreseen
        return evaluation_at(index, question, asked.handle, before.evaluation)

    def _scanned_counts(self) -> HistogramCounts | None:
        """The histogram asked for as a scan counted it, or until then the last one of the same field."""
        asked = self.histogram_question()
        found = self.answers.find(asked.key, HistogramCounts) if asked else None
        if found is not None or asked is None or (self._counts and self._counts.field != asked.field):
            self._counts = found
        return self._counts

    def _latest_counts(self) -> HistogramCounts | None:
        """The histogram asked for, by a scan or an index, or until then the last one of the same field."""
        asked, scanned = self.histogram_question(), self._scanned_counts()
        if asked is None or scanned is None or self.answers.find(asked.key, HistogramCounts) is not None:
            return scanned
        foreseen = self._foreseeing.counts(self.question(), scanned)
        if foreseen is not None:
            return foreseen
        index, along = self.index(), self.index_question()
        if index is None or along is None or along.field != scanned.field:
            return scanned
        return counts_at(index, self.question(), along.handle, scanned) or scanned

    def _is_fresh(self, counts: HistogramCounts | None) -> bool:
        """Whether the histogram is about the present scenario."""
        asked = self.histogram_question()
        if asked is None or self.answers.find(asked.key, HistogramCounts) is not None:
            return True
        return counts is not None and counts is not self._counts


def _same_baseline(one: EvaluateRequest, other: EvaluateRequest) -> bool:
    """Whether two questions have the same sums on the baseline's side."""
    alike = (one.data_hash, one.as_of, one.grouping) == (other.data_hash, other.as_of, other.grouping)
    return alike and sums_fingerprint(one.baseline) == sums_fingerprint(other.baseline)
