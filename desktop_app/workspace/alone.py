"""The baseline seen alone: the desk with the baseline's own sums in the scenario's place, without a scan."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.requests import SIDES
from desktop_app.workspace.showing import Answered, Shows


def baseline_alone(shows: Shows) -> Shows:
    """What `shows` has in outline, to be drawn in full.

    Its assumptions and stress stay those of the scenario, under which the baseline was counted.
    """
    counts = replace(shows.counts, counts=shows.counts.baseline) if shows.counts else None
    answered = of_baseline(shows.answered) if shows.answered else None
    scenario = answered.request.scenario if answered else shows.baseline
    return replace(shows, scenario=scenario, locked=True, answered=answered, counts=counts, grabbed=None)


def of_baseline(answered: Answered) -> Answered:
    """An answer with the baseline on both sides."""
    request, evaluation = answered.request, answered.evaluation
    alone = replace(
        evaluation,
        by_reason=dict.fromkeys(SIDES, evaluation.by_reason["baseline"]),
        by_group=dict.fromkeys(SIDES, evaluation.by_group["baseline"]),
        rules=dict.fromkeys(SIDES, evaluation.rules["baseline"]),
    )
    return Answered(replace(request, scenario=request.baseline), alone)
