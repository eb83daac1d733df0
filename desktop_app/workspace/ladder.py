"""What changed since the baseline: a ladder of single edits, each with what it adds to those before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from desktop_app.analysis.readings import whole_slices
from desktop_app.domain.book import Book
from desktop_app.domain.edits import Edit, FieldEdit, edits_between, taken
from desktop_app.domain.fingerprints import sums_fingerprint
from desktop_app.domain.handles import AssumptionHandle, StressHandle, ThresholdHandle, supposed
from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Reading
from desktop_app.domain.requests import Evaluation, RungRequest
from desktop_app.domain.scenario import Scenario
from desktop_app.text.policy_diff import policy_differences
from desktop_app.text.suppositions import SUPPOSITIONS, supposed_words, supposition_label
from desktop_app.text.words import Words
from desktop_app.workspace.alone import of_baseline
from desktop_app.workspace.answer_cache import AnswerCache
from desktop_app.workspace.latest import Latest
from desktop_app.workspace.lazy_readings import Figures, LazyReadings
from desktop_app.workspace.showing import Answered

Readings: TypeAlias = Mapping[str, Reading]
_States: TypeAlias = tuple[Scenario, ...]


@dataclass(frozen=True)
class Rung:
    """One edit, in words, with the figures before and after it; None until they are counted."""

    edit: Edit
    title: Message
    changes: tuple[Message, ...]
    before: Readings | None
    after: Readings | None

    def effect(self, figure: str) -> float | None:
        """How far the edit moves a figure; None where that is not known."""
        return _moved(self.before, self.after, figure)


@dataclass(frozen=True)
class LadderView:
    """All rungs, the first edit first."""

    rungs: tuple[Rung, ...] = ()

    @property
    def counted(self) -> bool:
        """Whether every rung has its figures."""
        return all(rung.before is not None and rung.after is not None for rung in self.rungs)

    def total(self, figure: str) -> float | None:
        """How far all edits together move a figure."""
        return _moved(self.rungs[0].before, self.rungs[-1].after, figure) if self.rungs else None


@dataclass(frozen=True)
class _Steps:
    """The edits with the states that they lead through, one more than there are edits."""

    edits: tuple[Edit, ...]
    states: _States


@dataclass(frozen=True)
class Ends:
    """Between what the ladder stands, and where sums may be found without asking.

    Attributes: last is the desk's own answer, whose two sides are the ladder's last states or near them.
    """

    baseline: Scenario
    scenario: Scenario
    book: Book
    last: Answered | None
    cache: AnswerCache

    def request(self, state: Scenario) -> RungRequest:
        """What asks for the sums of one state."""
        return RungRequest(self.book.data_hash, self.book.as_of, state, state)


class Ladder:
    """Makes the ladder of one desk; whatever was counted before is not counted again.

    Attributes: open says that it is looked at: only then is anything asked for it.
    """

    def __init__(self) -> None:
        self.open = False
        self._steps: Latest[_Steps] = Latest()
        self._words: Latest[tuple[tuple[Message, tuple[Message, ...]], ...]] = Latest()
        self._baseline: Latest[Evaluation] = Latest()
        # By state, each with the sums that its readings are made of.
        self._readings: dict[int, tuple[Evaluation, Readings]] = {}

    def wanted(self, ends: Ends) -> tuple[RungRequest, ...]:
        """What is still to be counted, one request a state."""
        missing = [ends.request(state) for state in self._between(ends).states if self._sums(state, ends) is None]
        return tuple({request.key: request for request in missing}.values())

    def view(self, ends: Ends, words: Words) -> LadderView:
        """The ladder from the baseline to the scenario, as far as it is counted."""
        steps, book = self._between(ends), ends.book
        said = self._words.of((steps, words, book), lambda: _all_words(steps, words, book.currency))
        figures = [self._figures(state, ends) for state in steps.states]
        rungs = zip(steps.edits, said, pairwise(figures), strict=True)
        return LadderView(tuple(Rung(edit, *texts, *sides) for edit, texts, sides in rungs))

    def _between(self, ends: Ends) -> _Steps:
        return self._steps.of((ends.baseline, ends.scenario), lambda: self._walk(ends))

    def _walk(self, ends: Ends) -> _Steps:
        self._readings.clear()
        return _walk(ends.baseline, ends.scenario)

    def _figures(self, state: Scenario, ends: Ends) -> Readings | None:
        sums = self._sums(state, ends)
        if sums is None:
            return None
        known = self._readings.get(id(state))
        if known is None or known[0] is not sums:
            known = (sums, LazyReadings(Figures(whole_slices(sums, state, state, ends.book)), 0))
            self._readings[id(state)] = known
        return known[1]

    def _sums(self, state: Scenario, ends: Ends) -> Evaluation | None:
        """The state's sums, on the scenario's side: one side of the desk's own answer, or what was asked."""
        last, book = ends.last, ends.book
        if last is not None and (last.request.data_hash, last.request.as_of) == (book.data_hash, book.as_of):
            sums = sums_fingerprint(state)
            if sums == sums_fingerprint(last.request.scenario):
                return last.evaluation
            if sums == sums_fingerprint(last.request.baseline):
                return self._baseline.of((last,), lambda: of_baseline(last).evaluation)
        return ends.cache.find(ends.request(state).key, Evaluation)


def _walk(baseline: Scenario, scenario: Scenario) -> _Steps:
    edits = edits_between(baseline, scenario)
    states = [baseline]
    for edit in edits:
        states.append(taken(edit, states[-1], scenario))
    return _Steps(edits, tuple(states))


def _all_words(steps: _Steps, words: Words, currency: str) -> tuple[tuple[Message, tuple[Message, ...]], ...]:
    pairs = zip(steps.edits, pairwise(steps.states), strict=True)
    return tuple(_words_of(edit, *states, words, currency) for edit, states in pairs)


def _words_of(
    edit: Edit, before: Scenario, after: Scenario, words: Words, currency: str
) -> tuple[Message, tuple[Message, ...]]:
    """What an edit is of, and what it does."""
    if isinstance(edit, AssumptionHandle | StressHandle):
        old, new = (supposed_words(SUPPOSITIONS[edit], supposed(one, edit), currency) for one in (before, after))
        change = message("{what}: {before} → {after}", what=supposition_label(edit), before=old, after=new)
        return message("Assumptions") if isinstance(edit, AssumptionHandle) else message("Stress"), (change,)
    found = policy_differences(before.policy, after.policy, words)
    if isinstance(edit, FieldEdit | ThresholdHandle):
        # That it was changed, the card says by itself.
        title = Message("{name}", (("name", words.wording(after.policy.rule(edit.rule).name) or edit.rule),))
        return title, tuple(change for one in found for change in one.changes)
    if len(found) == 1:
        return found[0].title, found[0].changes
    changes = (message("{rule}: {change}", rule=one.title, change=change) for one in found for change in one.changes)
    return message("The order of the rules"), tuple(changes)


def _moved(before: Readings | None, after: Readings | None, figure: str) -> float | None:
    then = before[figure].value if before is not None else None
    now = after[figure].value if after is not None else None
    return None if then is None or now is None else now - then
