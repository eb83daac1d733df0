"""Who may draw less and who more, in money; and how many of the tightened may leave before it does not pay."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.analysis.readings import Readings, Slices
from desktop_app.analysis.slices import movement_sums
from desktop_app.domain.book import Book
from desktop_app.domain.movements import Movement, Movements
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.sides import SIDES

MOVEMENT_FIGURES: tuple[str, ...] = ("users", "accounts", "open_line", "ead", "el", "margin", "margin_on_balance")


def movement_readings(
    answer: Movements, baseline: Scenario, scenario: Scenario, book: Book
) -> dict[Movement, Readings]:
    """MOVEMENT_FIGURES of the tightened, the loosened, the same and the referred; each under either policy."""
    sums = {side: movement_sums(answer.cubes[side], tuple(Movement)) for side in SIDES}
    found = Slices(sums, baseline, scenario, book).readings(lambda figure: figure.id in MOVEMENT_FIGURES)
    return dict(zip(Movement, found, strict=True))


@dataclass(frozen=True)
class Attrition:
    """How much of the tightened accounts' margin may be lost to customers who leave (domain rules, section 4).

    Attributes: gained is the scenario's margin less the baseline's, at_risk the margin on the balances of the
    tightened accounts, both in currency units, None where there is no figure; breakeven is gained ÷ at_risk, None
    where the scenario does not pay (gained ≤ 0), or nothing is at risk. Above 1 all of them could leave.
    """

    gained: float | None
    at_risk: float | None

    @property
    def pays(self) -> bool | None:
        """Whether the scenario gains margin while nobody leaves; None where that is not known."""
        return None if self.gained is None else self.gained > 0

    @property
    def breakeven(self) -> float | None:
        """The share of the margin at risk that may be lost."""
        if self.gained is None or self.at_risk is None or self.gained <= 0 or self.at_risk <= 0:
            return None
        return self.gained / self.at_risk


def attrition(found: dict[Movement, Readings]) -> Attrition:
    """The breakeven of a scenario against its baseline, from `movement_readings`."""
    margins = [one["margin"] for one in found.values() if one["accounts"].value]
    deltas = [reading.delta for reading in margins]
    known = [delta for delta in deltas if delta is not None]
    return Attrition(sum(known) if known else None, found[Movement.TIGHTENED]["margin_on_balance"].value)
