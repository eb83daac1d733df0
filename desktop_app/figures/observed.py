"""What the policy would have met at the evidence date, where outcomes are known: goods and bads (domain rules, §4).

Everything here is counted in users and never stressed. A user is bad if any performing account defaulted within the
twelve months; good if all accounts are known and good and none was in default; else unknown.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from desktop_app.domain.outcomes import OUTCOMES, RESTRICTED, Outcome
from desktop_app.domain.readings import Kind, Unit
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.types import Cases, Compute, Figure, Floats, OutcomeSums, quotient

# Those whose open line can have fallen; the referred are counted beside.
STOPPED = (Outcome.BLOCKED, Outcome.REDUCED)
RESTRICTING = tuple(outcome for outcome in OUTCOMES if outcome in RESTRICTED)
LETTING = tuple(outcome for outcome in OUTCOMES if outcome not in RESTRICTED)

Of: TypeAlias = Literal["", "_untreated"]


def _goods(sums: OutcomeSums, of: Of, *outcomes: Outcome) -> Floats:
    return sums.over(f"goods{of}", *outcomes)


def _bads(sums: OutcomeSums, of: Of, *outcomes: Outcome) -> Floats:
    return sums.over(f"bads{of}", *outcomes)


def known(sums: OutcomeSums, of: Of, *outcomes: Outcome) -> Floats:
    """Users who are good or bad."""
    return _goods(sums, of, *outcomes) + _bads(sums, of, *outcomes)


def count(measure: str, *outcomes: Outcome) -> Compute:
    """A measure over some outcomes."""

    def compute(sums: OutcomeSums, _assumptions: Assumptions) -> Floats:
        return sums.over(measure, *outcomes)

    return compute


def _all_known(sums: OutcomeSums, _assumptions: Assumptions) -> Floats:
    return known(sums, "")


def _unknown(sums: OutcomeSums, _assumptions: Assumptions) -> Floats:
    return sums.over("observed_users") - known(sums, "")


def bad_cases(of: Of, *outcomes: Outcome) -> Cases:
    """Bad users among those whose outcome is known."""

    def cases(sums: OutcomeSums) -> tuple[Floats, Floats]:
        return _bads(sums, of, *outcomes), known(sums, of, *outcomes)

    return cases


def stopped_cases(of: Of) -> Cases:
    """Goods hurt among all whom the policy stopped and whose outcome is known."""

    def cases(sums: OutcomeSums) -> tuple[Floats, Floats]:
        hurt = sums.over(f"goods_hurt{of}", *STOPPED)
        return hurt, hurt + sums.over(f"bads_stopped{of}", *STOPPED)

    return cases


def _hurt_of_goods(sums: OutcomeSums) -> tuple[Floats, Floats]:
    return sums.over("goods_hurt", *STOPPED), _goods(sums, "")


def _stopped_of_bads(sums: OutcomeSums) -> tuple[Floats, Floats]:
    return sums.over("bads_stopped", *STOPPED), _bads(sums, "")


def share(cases: Cases) -> Compute:
    """Cases of their whole."""

    def compute(sums: OutcomeSums, _assumptions: Assumptions) -> Floats:
        return quotient(*cases(sums))

    return compute


def lift(of: Of, *outcomes: Outcome) -> Compute:
    """The bad rate of some over the bad rate of all."""

    def compute(sums: OutcomeSums, _assumptions: Assumptions) -> Floats:
        part, whole = (quotient(*bad_cases(of, *chosen)(sums)) for chosen in (outcomes, ()))
        return quotient(part, np.nan_to_num(whole))

    return compute


def goods_per_bad(of: Of) -> Compute:
    """Goods hurt for each bad one stopped."""

    def compute(sums: OutcomeSums, _assumptions: Assumptions) -> Floats:
        hurt, both = stopped_cases(of)(sums)
        return quotient(hurt, both - hurt)

    return compute


_Good: TypeAlias = Literal["more", "less", "neither"]
_COLUMNS = ("default_12m", "days_past_due", "pd")
_LINES = (*_COLUMNS, "credit_limit", "balance")
_SOURCE = "Counted at the evidence date: the policy is replayed on the latest snapshot whose outcomes are known."


class Words(NamedTuple):
    """What a figure is called, and what is said of it."""

    id: str
    name: str
    formula: str
    help: str


def observed(
    words: Words,
    good: _Good,
    measures: tuple[str, ...],
    compute: Compute,
    *,
    cases: Cases | None = None,
    denominator: str = "",
    unit: Unit | None = None,
    by_policy: bool = True,
    source: str = _SOURCE,
    columns: tuple[str, ...] = (),
) -> Figure:
    """A figure of the evidence date: users, or with cases a share."""
    usual = Unit.USERS if cases is None else Unit.SHARE
    return Figure(
        words.id,
        words.name,
        unit or usual,
        Kind.OBSERVED,
        good,
        measures,
        compute,
        words.formula,
        source,
        words.help,
        denominator=denominator,
        columns=(*(_LINES if by_policy else _COLUMNS), *columns),
        by_policy=by_policy,
        day="evidence",
        cases=cases,
    )


_KNOWN = ("goods", "bads")
_STOPS = ("goods_hurt", "bads_stopped")
_KNOWN_HELP = (
    "A user is bad if any account that was performing at the evidence date defaulted in the months after it; good if "
    "all accounts are known and good and none was in default; else unknown."
)
LIFT_HELP = (
    "How much worse than the whole book those are whom the policy picks: 3 means three times its bad rate; at 1 the "
    "policy picks no better than chance."
)
PER_BAD_HELP = (
    "How many good users can draw less for each bad user who can. There is no figure where no bad user is stopped."
)

_COUNTS = (
    observed(
        Words(
            "observed_users",
            "Users at the evidence date",
            "number of users at the evidence date",
            "All users of the latest snapshot whose outcomes are known: what every observed figure is counted among.",
        ),
        "neither",
        ("observed_users",),
        count("observed_users"),
        by_policy=False,
    ),
    observed(
        Words("observed_known", "Users with a known outcome", "good users + bad users", _KNOWN_HELP),
        "neither",
        _KNOWN,
        _all_known,
        by_policy=False,
    ),
    observed(
        Words("observed_goods", "Good users", "number of good users", _KNOWN_HELP),
        "neither",
        ("goods",),
        count("goods"),
        by_policy=False,
    ),
    observed(
        Words("observed_bads", "Bad users", "number of bad users", _KNOWN_HELP),
        "neither",
        ("bads",),
        count("bads"),
        by_policy=False,
    ),
    observed(
        Words(
            "observed_unknown",
            "Users with an unknown outcome",
            "users at the evidence date − good users − bad users",
            "Users who are neither good nor bad: an outcome is missing, or an account was in default already.",
        ),
        "neither",
        ("observed_users", *_KNOWN),
        _unknown,
        by_policy=False,
    ),
    observed(
        Words(
            "goods_hurt",
            "Good users hurt",
            "good users, blocked or reduced, with Σ undrawn < Σ max(credit limit − balance, 0)",
            "Good users who are blocked or limit-reduced and whose open line falls against no policy: those who would "
            "have repaid and can draw less. Good users sent to review are counted beside.",
        ),
        "less",
        ("goods_hurt",),
        count("goods_hurt", *STOPPED),
    ),
    observed(
        Words(
            "bads_stopped",
            "Bad users stopped",
            "bad users, blocked or reduced, with Σ undrawn < Σ max(credit limit − balance, 0)",
            "Bad users who are blocked or limit-reduced and whose open line falls against no policy.",
        ),
        "more",
        ("bads_stopped",),
        count("bads_stopped", *STOPPED),
    ),
    observed(
        Words(
            "goods_referred",
            "Good users referred",
            "good users that are referred",
            "Good users who must wait for a review; they are not among the good users hurt.",
        ),
        "less",
        ("goods",),
        count("goods", Outcome.REFERRED),
    ),
    observed(
        Words(
            "bads_referred",
            "Bad users referred",
            "bad users that are referred",
            "Bad users who come before a reviewer; they are not among the bad users stopped.",
        ),
        "more",
        ("bads",),
        count("bads", Outcome.REFERRED),
    ),
)

_RATES = (
    observed(
        Words(
            "bad_rate",
            "Bad rate",
            "bad users ÷ users with a known outcome",
            "The share of users with a known outcome who turned bad, whatever the policy does.",
        ),
        "less",
        _KNOWN,
        share(bad_cases("")),
        cases=bad_cases(""),
        denominator="observed_known",
        by_policy=False,
    ),
    observed(
        Words(
            "bad_rate_blocked",
            "Bad rate of the blocked",
            "bad blocked users ÷ blocked users with a known outcome",
            "The share that turned bad among those whom the policy blocks: the higher, the better it picks.",
        ),
        "more",
        _KNOWN,
        share(bad_cases("", Outcome.BLOCKED)),
        cases=bad_cases("", Outcome.BLOCKED),
        denominator="observed_known_blocked",
    ),
    observed(
        Words(
            "bad_rate_restricted",
            "Bad rate of the restricted",
            "bad restricted users ÷ restricted users with a known outcome",
            "The share that turned bad among those whom the policy blocks, refers or reduces.",
        ),
        "more",
        _KNOWN,
        share(bad_cases("", *RESTRICTING)),
        cases=bad_cases("", *RESTRICTING),
        denominator="observed_known_restricted",
    ),
    observed(
        Words(
            "bad_rate_unrestricted",
            "Bad rate of the unrestricted",
            "bad unrestricted users ÷ unrestricted users with a known outcome",
            "The share that turned bad among those whom the policy lets draw: what it misses.",
        ),
        "less",
        _KNOWN,
        share(bad_cases("", *LETTING)),
        cases=bad_cases("", *LETTING),
        denominator="observed_known_unrestricted",
    ),
    observed(
        Words("lift_blocked", "Lift of the blocked", "bad rate of the blocked ÷ bad rate", LIFT_HELP),
        "more",
        _KNOWN,
        lift("", Outcome.BLOCKED),
        cases=bad_cases("", Outcome.BLOCKED),
        denominator="bad_rate",
        unit=Unit.RATIO,
    ),
    observed(
        Words("lift_restricted", "Lift of the restricted", "bad rate of the restricted ÷ bad rate", LIFT_HELP),
        "more",
        _KNOWN,
        lift("", *RESTRICTING),
        cases=bad_cases("", *RESTRICTING),
        denominator="bad_rate",
        unit=Unit.RATIO,
    ),
    observed(
        Words(
            "goods_per_bad", "Good users hurt per bad one stopped", "good users hurt ÷ bad users stopped", PER_BAD_HELP
        ),
        "less",
        _STOPS,
        goods_per_bad(""),
        cases=stopped_cases(""),
        denominator="bads_stopped",
        unit=Unit.RATIO,
    ),
    observed(
        Words(
            "goods_hurt_rate",
            "Share of good users hurt",
            "good users hurt ÷ good users",
            "The part of all good users who can draw less under the policy.",
        ),
        "less",
        ("goods", "goods_hurt"),
        share(_hurt_of_goods),
        cases=_hurt_of_goods,
        denominator="observed_goods",
    ),
    observed(
        Words(
            "bads_stopped_rate",
            "Share of bad users stopped",
            "bad users stopped ÷ bad users",
            "The part of all bad users who can draw less under the policy.",
        ),
        "more",
        ("bads", "bads_stopped"),
        share(_stopped_of_bads),
        cases=_stopped_of_bads,
        denominator="observed_bads",
    ),
)

FIGURES: tuple[Figure, ...] = (*_COUNTS, *_RATES)
