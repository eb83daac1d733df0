"""The observed figures again among users on whom the live system did not act (domain rules, section 2).

Its action changed what was observed: who was blocked drew no more, and defaulted less or otherwise.
"""

from __future__ import annotations

from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.readings import Unit
from desktop_app.figures.observed import (
    LIFT_HELP,
    PER_BAD_HELP,
    STOPPED,
    Words,
    bad_cases,
    count,
    goods_per_bad,
    known,
    lift,
    observed,
    share,
    stopped_cases,
)
from desktop_app.figures.types import Figure, Floats, OutcomeSums

_KNOWN = ("goods", "bads")
_UNTREATED = ("goods_untreated", "bads_untreated")
_STOPS = ("goods_hurt_untreated", "bads_stopped_untreated")
_ACTED = ("recorded_action",)
UNTREATED_SOURCE = (
    "Counted at the evidence date among users on none of whose accounts the live system acted: its action changed what "
    "was observed of the others."
)


def _treated_of_known(sums: OutcomeSums) -> tuple[Floats, Floats]:
    return known(sums, "") - known(sums, "_untreated"), known(sums, "")


FIGURES: tuple[Figure, ...] = (
    observed(
        Words(
            "treated_share",
            "Treated share",
            "treated users with a known outcome ÷ users with a known outcome",
            "On how many of those whose outcome is known the live system had acted, by referring, cutting or "
            "blocking: the more, the more the untreated figures matter.",
        ),
        "neither",
        (*_KNOWN, *_UNTREATED),
        share(_treated_of_known),
        cases=_treated_of_known,
        denominator="observed_known",
        by_policy=False,
        columns=_ACTED,
    ),
    observed(
        Words(
            "bad_rate_untreated",
            "Bad rate, untreated",
            "bad untreated users ÷ untreated users with a known outcome",
            "The bad rate of those on whom the live system did not act.",
        ),
        "less",
        _UNTREATED,
        share(bad_cases("_untreated")),
        cases=bad_cases("_untreated"),
        denominator="observed_known_untreated",
        by_policy=False,
        source=UNTREATED_SOURCE,
        columns=_ACTED,
    ),
    observed(
        Words(
            "bad_rate_blocked_untreated",
            "Bad rate of the blocked, untreated",
            "bad untreated blocked users ÷ untreated blocked users with a known outcome",
            "The bad rate of the blocked among those on whom the live system did not act.",
        ),
        "more",
        _UNTREATED,
        share(bad_cases("_untreated", Outcome.BLOCKED)),
        cases=bad_cases("_untreated", Outcome.BLOCKED),
        denominator="observed_known_blocked_untreated",
        source=UNTREATED_SOURCE,
        columns=_ACTED,
    ),
    observed(
        Words(
            "lift_blocked_untreated",
            "Lift of the blocked, untreated",
            "bad rate of the blocked, untreated ÷ bad rate, untreated",
            LIFT_HELP,
        ),
        "more",
        _UNTREATED,
        lift("_untreated", Outcome.BLOCKED),
        cases=bad_cases("_untreated", Outcome.BLOCKED),
        denominator="bad_rate_untreated",
        unit=Unit.RATIO,
        source=UNTREATED_SOURCE,
        columns=_ACTED,
    ),
    observed(
        Words(
            "goods_hurt_untreated",
            "Good users hurt, untreated",
            "good untreated users hurt",
            "The good users hurt among those on whom the live system did not act.",
        ),
        "less",
        ("goods_hurt_untreated",),
        count("goods_hurt_untreated", *STOPPED),
        source=UNTREATED_SOURCE,
        columns=_ACTED,
    ),
    observed(
        Words(
            "bads_stopped_untreated",
            "Bad users stopped, untreated",
            "bad untreated users stopped",
            "The bad users stopped among those on whom the live system did not act.",
        ),
        "more",
        ("bads_stopped_untreated",),
        count("bads_stopped_untreated", *STOPPED),
        source=UNTREATED_SOURCE,
        columns=_ACTED,
    ),
    observed(
        Words(
            "goods_per_bad_untreated",
            "Good users hurt per bad one stopped, untreated",
            "good untreated users hurt ÷ bad untreated users stopped",
            PER_BAD_HELP,
        ),
        "less",
        _STOPS,
        goods_per_bad("_untreated"),
        cases=stopped_cases("_untreated"),
        denominator="bads_stopped_untreated",
        unit=Unit.RATIO,
        source=UNTREATED_SOURCE,
        columns=_ACTED,
    ),
)
