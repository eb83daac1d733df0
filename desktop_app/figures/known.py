"""How many users of some kind have a known outcome: what the bad rates of these are shares of (domain rules, §2)."""

from __future__ import annotations

from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.observed import LETTING, RESTRICTING, Of, Words, known, observed
from desktop_app.figures.types import Compute, Figure, Floats, OutcomeSums
from desktop_app.figures.untreated import UNTREATED_SOURCE

_KNOWN = ("goods", "bads")
_UNTREATED = ("goods_untreated", "bads_untreated")
_ACTED = ("recorded_action",)
_HELP = "What a bad rate of these users is a share of: those of them who are good or bad."


def _count(of: Of, *outcomes: Outcome) -> Compute:
    def compute(sums: OutcomeSums, _assumptions: Assumptions) -> Floats:
        return known(sums, of, *outcomes)

    return compute


FIGURES: tuple[Figure, ...] = (
    observed(
        Words(
            "observed_known_blocked",
            "Blocked users with a known outcome",
            "good blocked users + bad blocked users",
            _HELP,
        ),
        "neither",
        _KNOWN,
        _count("", Outcome.BLOCKED),
    ),
    observed(
        Words(
            "observed_known_restricted",
            "Restricted users with a known outcome",
            "good restricted users + bad restricted users",
            _HELP,
        ),
        "neither",
        _KNOWN,
        _count("", *RESTRICTING),
    ),
    observed(
        Words(
            "observed_known_unrestricted",
            "Unrestricted users with a known outcome",
            "good unrestricted users + bad unrestricted users",
            _HELP,
        ),
        "neither",
        _KNOWN,
        _count("", *LETTING),
    ),
    observed(
        Words(
            "observed_known_untreated",
            "Untreated users with a known outcome",
            "good untreated users + bad untreated users",
            _HELP,
        ),
        "neither",
        _UNTREATED,
        _count("_untreated"),
        by_policy=False,
        source=UNTREATED_SOURCE,
        columns=_ACTED,
    ),
    observed(
        Words(
            "observed_known_blocked_untreated",
            "Untreated blocked users with a known outcome",
            "good untreated blocked users + bad untreated blocked users",
            _HELP,
        ),
        "neither",
        _UNTREATED,
        _count("_untreated", Outcome.BLOCKED),
        source=UNTREATED_SOURCE,
        columns=_ACTED,
    ),
)
