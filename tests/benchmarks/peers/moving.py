"""What a moved limit adds to each measure, in any algebra."""

from __future__ import annotations

from desktop_app.domain.outcomes import OUTCOMES, Outcome
from tests.benchmarks.peers.accounts import COUNT, Accounts
from tests.benchmarks.peers.algebra import Algebra, T
from tests.benchmarks.peers.texts import computed

_BLOCKED = OUTCOMES.index(Outcome.BLOCKED)
_CUTTABLE = [OUTCOMES.index(outcome) for outcome in (Outcome.REFERRED, Outcome.REDUCED)]


def changes(accounts: Accounts, algebra: Algebra[T], new_limit: T, outcome: T) -> dict[str, T]:
    """By measure: its value with the new limit less its value if the limit had stayed; for rows whose limit moved."""
    zero = algebra.whole(0)
    blocked = algebra.binary("=", outcome, algebra.whole(_BLOCKED))
    left = algebra.binary("-", algebra.larger(new_limit, algebra.column("balance")), algebra.column("balance"))
    cuttable = algebra.either([algebra.binary("=", outcome, algebra.whole(code)) for code in _CUTTABLE])
    lower = algebra.binary("<", new_limit, algebra.column("credit_limit"))
    decided = {
        "new_limit": new_limit,
        "outcome": outcome,
        "undrawn": algebra.kept("undrawn", algebra.choose([(blocked, zero)], left)),
        "any_cut": algebra.both([cuttable, lower]),
    }

    def column(name: str) -> T:
        return decided[name] if name in decided else algebra.column(name)

    found = {}
    for measure in accounts.moving:
        value = computed(measure.sql, algebra, column)
        if measure.per == "user":
            value = algebra.binary("*", value, algebra.column("lone"))
        found[measure.id] = algebra.binary("-", value, _stayed(accounts, measure.id, algebra, outcome))
    return found


def _stayed(accounts: Accounts, measure: str, algebra: Algebra[T], outcome: T) -> T:
    def of(name: str | None) -> T:
        if name is None or name == COUNT:
            return algebra.whole(0 if name is None else 1)
        return algebra.column(name)

    *others, last = accounts.value_of[measure]
    cases = [
        (algebra.binary("=", outcome, algebra.whole(code)), of(name))
        for code, name in enumerate(others)
        if name != last
    ]
    return algebra.choose(cases, of(last)) if cases else of(last)
