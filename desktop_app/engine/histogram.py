"""How users spread over one field, by outcome under both policies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from desktop_app.domain.columns import NUMERIC, UNITS_PER_ONE
from desktop_app.domain.conditions import ORDERED, comparisons
from desktop_app.domain.indexing import Bins
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.domain.requests import HistogramCounts, HistogramRequest, Side
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, first_row, interruptible
from desktop_app.engine.filtered_plan import plan_for
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.schema import own

_BIN = "~bin"
# A long tail is gathered into the last bin: this share of the accounts at most, unless a threshold stands there.
_TAIL = 0.005
_FINE = 4096


def histogram(cursor: Connection, prepared: Prepared, request: HistogramRequest, watch: Watch) -> HistogramCounts:
    """Users a bin by outcome, under the scenario and the baseline; a user stands where their first account does."""
    column = prepared.fields.columns.get(request.field)
    if column is None or column.type not in NUMERIC:
        raise BookUnusable(message('"{column}" is no number in this book.', column=request.field))
    policies: dict[Side, Policy] = {"baseline": request.baseline.policy, "scenario": request.scenario.policy}
    plan = plan_for(prepared, policies, request.chosen)
    unit = UNITS_PER_ONE[column.type]
    with interruptible(cursor, watch):
        highest = max((_highest_threshold(policy, request.field) for policy in plan.policies.values()), default=0.0)
        span = _span(cursor, prepared, request, int(highest * unit))
        counted = _count(cursor, plan, request.field, span)
    counts, baseline = _no_users(span.count), _no_users(span.count)
    missing = 0
    for place, scenario_slot, baseline_slot, users in counted:
        if place is None:
            missing += users
            continue
        counts[plan.decisions["scenario"].slots[scenario_slot].outcome][place] += users
        baseline[plan.decisions["baseline"].slots[baseline_slot].outcome][place] += users
    edges = tuple((span.low + number * span.width) / unit for number in range(span.count + 1))
    return HistogramCounts(request.key, request.field, edges, counts, baseline, missing, span)


def _highest_threshold(policy: Policy, field: str) -> float:
    values = [0.0]
    for rule in policy.rules:
        for part in comparisons(rule.condition):
            if part.field == field and part.operator in ORDERED:
                given = [part.value, *(part.by.values.values() if part.by else ())]
                values += [float(value) for value in given if not isinstance(value, str | tuple | bool | None)]
    return max(values)


def _span(cursor: Connection, prepared: Prepared, request: HistogramRequest, threshold: int) -> Bins:
    field = sql.to_sql(sql.column(request.field))
    found = first_row(cursor, f"SELECT min({field}), max({field}) FROM {prepared.table}")
    if found[0] is None:
        return Bins(0, 1, 1, open=False)
    low, high = int(found[0]), int(found[1])
    tail, spacing = _spread(cursor, prepared.table, field, low, high)
    clipped = max(tail, min(threshold, high))
    width = 0
    bins = request.bins + 1
    while bins > request.bins:
        width = _nice(max(width + 1, -(-(clipped - low + 1) // request.bins)))
        # Bins no finer than the values, or most of them would be empty.
        width = -(-width // spacing) * spacing
        # Edges stand on multiples of the width, where people expect them.
        start = low // width * width
        bins = (clipped - start) // width + 1
    return Bins(start, width, bins, open=start + bins * width <= high)


def _spread(cursor: Connection, table: str, field: str, low: int, high: int) -> tuple[int, int]:
    """The value above which only the tail lies, and what all values are multiples of (1 where that is not seen)."""
    step = max(1, -(-(high - low + 1) // _FINE))
    query = f"SELECT ({field} - {low}) // {step} AS place, count(*) FROM {table} WHERE {field} IS NOT NULL GROUP BY 1"
    rows = np.array(sorted(cursor.execute(query).fetchall()), dtype=np.int64)
    reached = np.cumsum(rows[:, 1]) / rows[:, 1].sum()
    place: NDArray[np.int64] = rows[int(np.searchsorted(reached, 1 - _TAIL)), 0]
    spacing = int(np.gcd.reduce(rows[:, 0] + low)) if step == 1 else 1
    return min(high, low + (int(place) + 1) * step - 1), max(spacing, 1)


def _nice(width: int) -> int:
    """The next of 1, 2, 5, 10, 20, 50, …"""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if factor * power >= width:
                return factor * power
        power *= 10


def _count(cursor: Connection, plan: Plan, field: str, span: Bins) -> list[tuple[int | None, int, int, int]]:
    """Rows of bin (None: missing), scenario slot, baseline slot, users."""
    offset = exp.Sub(this=sql.column(field), expression=sql.whole(span.low))
    place = sql.over(sql.bracketed(offset), sql.whole(span.width))
    last = sql.whole(span.count - 1)
    beyond = exp.GT(this=place, expression=last)
    bin_tree = sql.bracketed(sql.choose([(beyond, last.copy())], place.copy()))
    lone = exp.EQ(this=sql.column(own("user_accounts")), expression=sql.whole(1))
    binned = sql.named(bin_tree, _BIN)
    counted = _grouped(plan, sql.select_from(plan.accounts().where(lone, copy=False), [exp.Star(), binned]))
    rows = cursor.execute(plan.text(counted)).fetchall()
    if plan.prepared.shared:
        rows += cursor.execute(plan.text(_grouped(plan, plan.shared_users({_BIN: bin_tree.copy()})))).fetchall()
    return rows


def _grouped(plan: Plan, source: exp.Select) -> exp.Select:
    slots = [plan.decisions[side].column("slot") for side in ("scenario", "baseline")]
    columns = [sql.column(_BIN), *slots, exp.Count(this=exp.Star())]
    return sql.select_from(source, columns).group_by(*(sql.whole(number) for number in (1, 2, 3)), copy=False)


def _no_users(bins: int) -> dict[Outcome, NDArray[np.int64]]:
    return {outcome: np.zeros(bins, dtype=np.int64) for outcome in OUTCOMES}
