"""What is known of the users whom a rule hits at the evidence date, where it is known what became of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcomes:
    """Users by what became of them."""

    goods: int
    bads: int
    unknown: int

    @property
    def known(self) -> int:
        """Users whose outcome is known."""
        return self.goods + self.bads


@dataclass(frozen=True)
class RuleOutcomes:
    """What became of the users that one rule hits, and of those that no other rule hits.

    Attributes: the untreated are those of them on whom the live system did not act. None everywhere where the rule is
    unavailable or switched off.
    """

    rule: str
    hits: Outcomes | None = None
    sole_hits: Outcomes | None = None
    hits_untreated: Outcomes | None = None
    sole_hits_untreated: Outcomes | None = None
