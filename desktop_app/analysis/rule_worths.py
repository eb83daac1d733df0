"""What each rule adds to its policy in money, and what a line must not cost (domain rules, sections 3 and 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.slices import rule_sums
from desktop_app.domain.rule_effects import RuleEffects
from desktop_app.domain.scenario import Assumptions
from desktop_app.domain.sides import SIDES
from desktop_app.figures.catalogue import FIGURES


@dataclass(frozen=True)
class RuleWorth:
    """One rule within its policy; None where there is no figure.

    Attributes: el and margin are the policy's less those of the policy without the rule, in currency units, a
    negative el being loss that the rule avoids; breakeven_pd is that of the open lines of the accounts that it hits,
    before the policy.
    """

    el: float | None
    margin: float | None
    breakeven_pd: float | None


def rule_worths(effects: RuleEffects, assumptions: Assumptions) -> dict[str, RuleWorth]:
    """Every rule that can be evaluated, by its id, in policy order."""
    sums = {side: rule_sums(effects.hits[side]) for side in SIDES}
    el, margin = (
        FIGURES[name].of(sums["scenario"], assumptions) - FIGURES[name].of(sums["baseline"], assumptions)
        for name in ("el", "margin")
    )
    breakeven = FIGURES["breakeven_pd"].of(sums["scenario"], assumptions)
    rules = effects.hits["scenario"].axis("rule").labels
    worths = (RuleWorth(*numbers) for numbers in zip(_known(el), _known(margin), _known(breakeven), strict=True))
    return dict(zip((rule or "" for rule in rules), worths, strict=True))


def _known(values: NDArray[np.float64]) -> list[float | None]:
    return [value if np.isfinite(value) else None for value in values.tolist()]
