"""How many users and accounts a policy touches, and in what share of all users (domain rules, section 3)."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, NamedTuple, TypeAlias

from desktop_app.domain.outcomes import AFFECTED, OUTCOMES, RESTRICTED, Outcome
from desktop_app.domain.readings import Kind, Unit
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.types import Compute, Figure, Floats, OutcomeSums, quotient

_Good: TypeAlias = Literal["more", "less", "neither"]

_USERS_SOURCE = "Counted in the book; a user takes the most severe outcome among their accounts."
_ACCOUNTS_SOURCE = "Counted in the book; each account has exactly one outcome."

_NAMES: dict[Outcome, tuple[str, str, _Good]] = {
    Outcome.BLOCKED: ("Blocked users", "Blocked accounts", "less"),
    Outcome.REFERRED: ("Referred users", "Referred accounts", "less"),
    Outcome.REDUCED: ("Limit-reduced users", "Limit-reduced accounts", "less"),
    Outcome.RAISED: ("Limit-raised users", "Limit-raised accounts", "neither"),
    Outcome.WATCHED: ("Watched users", "Watched accounts", "neither"),
    Outcome.UNCHANGED: ("Unchanged users", "Unchanged accounts", "neither"),
}

_MEANINGS: dict[Outcome, str] = {
    Outcome.BLOCKED: "Blocked means that nothing more can be drawn; the balance stays.",
    Outcome.REFERRED: "Referred means that a person must review the line before it can be drawn on.",
    Outcome.REDUCED: "Limit-reduced means that the limit falls and nothing more severe happens.",
    Outcome.RAISED: "Limit-raised means that the limit rises; only where no rule of another kind fires.",
    Outcome.WATCHED: "Watched means that a watch rule fired and nothing changed for the user.",
    Outcome.UNCHANGED: "Unchanged means that no rule did anything that matters.",
}


def _over(measure: str, *outcomes: Outcome) -> Compute:
    def compute(sums: OutcomeSums, _assumptions: Assumptions) -> Floats:
        return sums.over(measure, *outcomes)

    return compute


def _share(*outcomes: Outcome) -> Compute:
    def compute(sums: OutcomeSums, _assumptions: Assumptions) -> Floats:
        return quotient(sums.over("users", *outcomes), sums.over("users"))

    return compute


def _ordered(outcomes: frozenset[Outcome]) -> tuple[Outcome, ...]:
    return tuple(outcome for outcome in OUTCOMES if outcome in outcomes)


class _Words(NamedTuple):
    id: str
    name: str
    formula: str
    help: str


def _users(words: _Words, good: _Good, outcomes: tuple[Outcome, ...]) -> Figure:
    compute = _over("users", *outcomes)
    return _count(words, good, Unit.USERS, compute, _USERS_SOURCE)


def _accounts(words: _Words, good: _Good, outcomes: tuple[Outcome, ...]) -> Figure:
    compute = _over("accounts", *outcomes)
    return _count(words, good, Unit.ACCOUNTS, compute, _ACCOUNTS_SOURCE)


def _rate(words: _Words, good: _Good, outcomes: tuple[Outcome, ...]) -> Figure:
    counted = _count(words, good, Unit.USERS, _share(*outcomes), _USERS_SOURCE)
    return replace(counted, unit=Unit.SHARE, denominator="users")


def _count(words: _Words, good: _Good, unit: Unit, compute: Compute, source: str) -> Figure:
    return Figure(
        words.id, words.name, unit, Kind.OBSERVED, good, (unit.value,), compute, words.formula, source, words.help
    )


_RESTRICTED = _ordered(RESTRICTED)
_AFFECTED = _ordered(AFFECTED)

_ALL = (
    Figure(
        "users",
        "Users",
        Unit.USERS,
        Kind.OBSERVED,
        "neither",
        ("users",),
        _over("users"),
        "number of users at the as-of date",
        "Counted in the book.",
        "All users of the book at the as-of date, each once, however many accounts they have.",
        by_policy=False,
    ),
    Figure(
        "accounts",
        "Accounts",
        Unit.ACCOUNTS,
        Kind.OBSERVED,
        "neither",
        ("accounts",),
        _over("accounts"),
        "number of accounts at the as-of date",
        "Counted in the book.",
        "All accounts of the book at the as-of date.",
        by_policy=False,
    ),
)

_BY_OUTCOME = tuple(
    figure
    for outcome, (users, accounts, good) in _NAMES.items()
    for figure in (
        _users(
            _Words(f"users_{outcome}", users, "number of users with this outcome", _MEANINGS[outcome]),
            good,
            (outcome,),
        ),
        _accounts(
            _Words(f"accounts_{outcome}", accounts, "number of accounts with this outcome", _MEANINGS[outcome]),
            good,
            (outcome,),
        ),
    )
)

_RESTRICTED_FORMULA = "blocked + referred + reduced"
_RESTRICTED_HELP = "Restricted users or accounts are blocked, referred or limit-reduced: they can draw less, or later."
_AFFECTED_HELP = "Affected users or accounts are those for whom anything changes, raised and watched ones included."

_TOGETHER = (
    _users(_Words("users_restricted", "Restricted users", _RESTRICTED_FORMULA, _RESTRICTED_HELP), "less", _RESTRICTED),
    _accounts(
        _Words("accounts_restricted", "Restricted accounts", _RESTRICTED_FORMULA, _RESTRICTED_HELP),
        "less",
        _RESTRICTED,
    ),
    _users(_Words("users_affected", "Affected users", "users − unchanged", _AFFECTED_HELP), "neither", _AFFECTED),
    _accounts(
        _Words("accounts_affected", "Affected accounts", "accounts − unchanged", _AFFECTED_HELP), "neither", _AFFECTED
    ),
)

_CUT_HELP = (
    "Everyone whose limit falls without a block: the limit-reduced, and also those referred to review whose limit is "
    "cut at the same time. A user counts once when any of their accounts does."
)

_CUTS = (
    Figure(
        "users_limit_reduced",
        "Limit-reduced users, all",
        Unit.USERS,
        Kind.OBSERVED,
        "less",
        ("users_cut",),
        _over("users_cut"),
        "number of users with a reduced account, or a referred account whose limit is cut",
        _USERS_SOURCE,
        _CUT_HELP,
        columns=("credit_limit",),
    ),
    Figure(
        "accounts_limit_reduced",
        "Limit-reduced accounts, all",
        Unit.ACCOUNTS,
        Kind.OBSERVED,
        "less",
        ("accounts_cut",),
        _over("accounts_cut"),
        "reduced accounts + referred accounts whose limit is cut",
        _ACCOUNTS_SOURCE,
        _CUT_HELP,
        columns=("credit_limit",),
    ),
    Figure(
        "users_blocked_open",
        "Blocked users that had an open line",
        Unit.USERS,
        Kind.OBSERVED,
        "less",
        ("users_open",),
        _over("users_open", Outcome.BLOCKED),
        "number of blocked users with Σ max(credit limit − balance, 0) > 0",
        _USERS_SOURCE,
        "Blocked users who could have drawn something with no policy: those who will notice the block. A blocked user "
        "whose line was used up loses nothing today.",
        columns=("credit_limit", "balance"),
    ),
)

_RATES = (
    _rate(
        _Words("blocked_rate", "Blocked rate", "blocked users ÷ users", "The share of all users that are blocked."),
        "less",
        (Outcome.BLOCKED,),
    ),
    _rate(
        _Words(
            "referred_rate",
            "Referred rate",
            "referred users ÷ users",
            "The share of all users that go to manual review.",
        ),
        "less",
        (Outcome.REFERRED,),
    ),
    _rate(
        _Words(
            "reduced_rate",
            "Limit-reduced rate",
            "limit-reduced users ÷ users",
            "The share of all users whose limit falls and who are neither blocked nor referred.",
        ),
        "less",
        (Outcome.REDUCED,),
    ),
    _rate(
        _Words(
            "restricted_rate",
            "Restricted rate",
            "restricted users ÷ users",
            "The share of all users that are blocked, referred or limit-reduced.",
        ),
        "less",
        _RESTRICTED,
    ),
    _rate(
        _Words(
            "unrestricted_rate",
            "Unrestricted rate",
            "(users − restricted users) ÷ users",
            "The share of all users that are neither blocked, nor referred, nor limit-reduced.",
        ),
        "more",
        _ordered(frozenset(OUTCOMES) - RESTRICTED),
    ),
    _rate(
        _Words(
            "affected_rate",
            "Affected rate",
            "affected users ÷ users",
            "The share of all users for whom anything changes.",
        ),
        "neither",
        _AFFECTED,
    ),
)

FIGURES: tuple[Figure, ...] = (*_ALL, *_BY_OUTCOME, *_TOGETHER, *_CUTS, *_RATES)
