"""Two thresholds weighed against each other: what is chosen to be weighed, which surface that asks for, its charts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from desktop_app.analysis.trade_off import Weighed, frontier, heatmap, measures_of, surface_positions
from desktop_app.domain.changes import Changes, Part
from desktop_app.domain.chart_values import FrontierValue, HeatmapValue
from desktop_app.domain.handles import ThresholdHandle, find_comparison, threshold_handles
from desktop_app.domain.indexing import SurfaceRequest, SurfaceSums
from desktop_app.domain.readings import Reading
from desktop_app.domain.scenario import Scenario
from desktop_app.engine.schema import Fields
from desktop_app.figures.catalogue import FIGURES, find_figure
from desktop_app.text.words import Words
from desktop_app.workspace.latest import Latest
from desktop_app.workspace.opened import Opened

# What all surfaces together may take.
_MOST_BYTES = 32 * 1024 * 1024
# What is weighed until something else is chosen: the second where the book has no known outcomes.
_FIGURE = "users_restricted"
_COSTS = ("goods_hurt", "users_restricted")
_GAINS = "el_avoided"


class _Weighed(Opened, Protocol):
    """What is weighed."""

    @property
    def scenario(self) -> Scenario: ...

    words: Words


@dataclass(frozen=True)
class Choice:
    """What the analyst chose to weigh; None where the desk chooses.

    Attributes: x and y are the thresholds; figure is the heatmap's, costs and gains the frontier's; near tries the
    thresholds near where they stand, not over the whole range.
    """

    x: ThresholdHandle | None = None
    y: ThresholdHandle | None = None
    figure: str | None = None
    costs: str | None = None
    gains: str | None = None
    near: bool = False


@dataclass(frozen=True)
class Traded:
    """The trade-off as it is looked at.

    Attributes: handles can be chosen; pair is None where there are not two of them; heatmap and frontier are None until
    something is counted; fresh is False while they are about an earlier state.
    """

    handles: tuple[ThresholdHandle, ...]
    pair: tuple[ThresholdHandle, ThresholdHandle] | None
    figure: str
    costs: str
    gains: str
    near: bool
    heatmap: HeatmapValue | None = None
    frontier: FrontierValue | None = None
    fresh: bool = True


class Trading:
    """Asks for the surface of two thresholds while they are looked at, and makes its charts.

    Attributes: open says that they are looked at.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self.open = False
        self._most = most_bytes
        self._choice = Choice()
        self._known: OrderedDict[str, SurfaceSums] = OrderedDict()
        self._last: tuple[SurfaceSums, SurfaceRequest] | None = None
        self._question: Latest[SurfaceRequest | None] = Latest()
        self._heatmap: Latest[HeatmapValue] = Latest()
        self._frontier: Latest[FrontierValue] = Latest()

    def choose(self, handles: tuple[ThresholdHandle, ThresholdHandle]) -> Changes:
        """Weigh these two against each other."""
        self._choice = replace(self._choice, x=handles[0], y=handles[1])
        return Changes(frozenset({Part.ANSWER}))

    def show(self, figure: str | None) -> Changes:
        """Have the heatmap show a figure, None for that of all charts; UnknownFigure as in `measure`."""
        self._choice = replace(self._choice, figure=find_figure(figure).id if figure else None)
        return Changes(frozenset({Part.ANSWER}))

    def measure(self, costs: str, gains: str) -> Changes:
        """Have the frontier show two other figures; UnknownFigure for one that the catalogue lacks."""
        self._choice = replace(self._choice, costs=find_figure(costs).id, gains=find_figure(gains).id)
        return Changes(frozenset({Part.ANSWER}))

    def look_near(self, near: bool) -> Changes:
        """Try the thresholds near where they stand, or over the whole range."""
        self._choice = replace(self._choice, near=near)
        return Changes(frozenset({Part.ANSWER}))

    def keep(self, sums: SurfaceSums) -> None:
        """Take a surface in; the newest stays whatever its size, the one longest unused goes first."""
        self._known[sums.key] = sums
        self._known.move_to_end(sums.key)
        while len(self._known) > 1 and sum(map(_size, self._known.values())) > self._most:
            self._known.popitem(last=False)

    def wanted(self, opened: _Weighed) -> list[SurfaceRequest]:
        """What is still to be counted."""
        asked = self.question(opened)
        return [asked] if asked is not None and asked.key not in self._known else []

    def question(self, opened: _Weighed) -> SurfaceRequest | None:
        """The surface that is looked at; None where none is, or the policy has no two thresholds."""
        if not self.open:
            return None
        parts = (opened.book, opened.scenario, opened.view, self._choice)
        return self._question.of(parts, lambda: self._ask(opened))

    def view(self, opened: _Weighed, readings: Mapping[str, Reading]) -> Traded:
        """What is looked at now; `readings` are the desk's own, empty while they are about an earlier state."""
        asked, handles = self.question(opened), available(opened)
        traded = self._blank(opened, handles)
        if asked is None:
            return traded
        found = self._known.get(asked.key)
        if found is not None:
            self._known.move_to_end(asked.key)
            self._last = (found, asked)
        if self._last is None or not _same_pair(self._last[1], asked):
            return replace(traded, fresh=False)
        sums = self._last[0]
        return self._drawn(traded, opened, sums, readings, found is not None)

    def _drawn(
        self, traded: Traded, opened: _Weighed, sums: SurfaceSums, readings: Mapping[str, Reading], fresh: bool
    ) -> Traded:
        if traded.pair is None:
            return traded
        weighed = Weighed(sums, traded.pair, opened.scenario, opened.desk.baseline, opened.book, opened.words)
        parts = (sums, opened.scenario, opened.desk.baseline, opened.book, opened.words)
        return replace(
            traded,
            heatmap=self._heatmap.of((*parts, traded.figure), lambda: heatmap(weighed, traded.figure)),
            frontier=self._frontier.of(
                (*parts, traded.costs, traded.gains, readings),
                lambda: frontier(weighed, traded.costs, traded.gains, readings),
            ),
            fresh=fresh,
        )

    def _blank(self, opened: _Weighed, handles: tuple[ThresholdHandle, ...]) -> Traded:
        usual = _COSTS[0] if opened.book.evidence is not None else _COSTS[1]
        chosen = self._choice
        figure, costs = chosen.figure or opened.view.lens or _FIGURE, chosen.costs or usual
        return Traded(handles, self._pair(opened, handles), figure, costs, chosen.gains or _GAINS, chosen.near)

    def _pair(
        self, opened: _Weighed, handles: tuple[ThresholdHandle, ...]
    ) -> tuple[ThresholdHandle, ThresholdHandle] | None:
        """The chosen two; in their place the line that is looked at, and the next that compares something else."""
        if len(handles) < 2:
            return None
        x, y = self._choice.x, self._choice.y
        if x in handles and y in handles and x is not None and y is not None:
            return x, y
        first = opened.view.handle if opened.view.handle in handles else handles[0]
        assert first is not None
        place = handles.index(first)
        others = (*handles[place + 1 :], *handles[:place])
        apart = (one for one in others if (one.rule, one.comparison) != (first.rule, first.comparison))
        return first, next(apart, others[0])

    def _ask(self, opened: _Weighed) -> SurfaceRequest | None:
        book, scenario = opened.book, opened.scenario
        asked = self._blank(opened, available(opened))
        if asked.pair is None:
            return None
        x, y = ((one, surface_positions(book, scenario, one, near=asked.near)) for one in asked.pair)
        goals = {goal.figure for goal in scenario.goals if goal.figure in FIGURES}
        measures = measures_of({asked.figure, asked.costs, asked.gains, *goals}, book)
        return SurfaceRequest(book.data_hash, book.as_of, scenario, x, y, measures)


def available(opened: _Weighed) -> tuple[ThresholdHandle, ...]:
    """The thresholds of rules that are switched on and whose columns hold values."""
    policy, fields = opened.scenario.policy, Fields.of(opened.book)
    usable = {rule.id: rule for rule in policy.enabled_rules if not fields.missing(rule)}
    return tuple(
        handle
        for handle in threshold_handles(policy)
        if handle.rule in usable
        and fields.columns[find_comparison(usable[handle.rule], handle.comparison).field].minimum is not None
    )


def _same_pair(one: SurfaceRequest, other: SurfaceRequest) -> bool:
    """Whether what was counted for one can stand, dimmed, until the other is counted."""
    return (one.x, one.y, one.measures) == (other.x, other.y, other.measures)


def _size(sums: SurfaceSums) -> int:
    return sum(array.nbytes for array in sums.sums.values())
