"""When a rule fires, with what, and how large its limit is, as SQL over its condition and raw target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sqlglot import exp

from desktop_app.domain.actions import Cut, Raise
from desktop_app.domain.policy import OnMissing, Policy, Rule
from desktop_app.engine import expressions as sql
from desktop_app.engine.targets import can_be_unknown

_MINOR_PER_UNIT = 100

# One of a decision's columns, by its short name.
Column: TypeAlias = Callable[[str], exp.Expr]


@dataclass(frozen=True)
class RuleColumns:
    """The columns of one rule; those that can never be true are None."""

    place: int
    rule: Rule
    own: str
    referral: str | None
    unknown: str
    target: str | None
    target_can_be_unknown: bool


def columns_of(place: int, rule: Rule) -> RuleColumns:
    """What the columns of the rule at that place of its policy are called."""
    sized = isinstance(rule.action, Cut | Raise)
    unknown_target = isinstance(rule.action, Cut | Raise) and can_be_unknown(rule.action.target)
    referral = rule.on_missing is OnMissing.REFER or (rule.on_missing is OnMissing.FIRE and unknown_target)
    return RuleColumns(
        place,
        rule,
        f"own{place}",
        f"ref{place}" if referral else None,
        f"unk{place}",
        f"t{place}" if sized else None,
        unknown_target,
    )


def firing(columns: RuleColumns, column: Column) -> tuple[exp.Expr, exp.Expr, exp.Expr]:
    """Own action, referral, unknown.

    Own may be NULL where the rule does not fire: everything that reads it takes NULL for false, as WHEN does, and
    a COALESCE on every rule would cost more than the conditions.
    """
    condition = column(f"if{columns.place}")
    on_missing = columns.rule.on_missing
    holds = sql.known_or(condition, sql.TRUE.copy()) if on_missing is OnMissing.FIRE else condition
    unsure = sql.is_null(condition.copy())
    referral = [unsure] if on_missing is OnMissing.REFER else []
    if not columns.target_can_be_unknown:
        return holds, sql.either(referral), unsure.copy()
    no_target = sql.is_null(column(f"raw{columns.place}"))
    own = sql.both([holds, exp.Not(this=no_target)])
    if on_missing is not OnMissing.SKIP:
        referral.append(sql.both([holds.copy(), no_target.copy()]))
    undecided = sql.both([sql.known_or(condition.copy(), sql.TRUE.copy()), no_target.copy()])
    return own, sql.either(referral), sql.either([unsure.copy(), undecided])


def rounded(columns: RuleColumns, policy: Policy, column: Column) -> exp.Expr:
    """The target after rounding down, floor, protection and the limit; NULL where the raw one is.

    It is so too where nobody asked for the target, which spares the arithmetic there.
    """
    step = sql.whole(int(policy.round_to * _MINOR_PER_UNIT))
    raw = column(f"raw{columns.place}")
    rounded = sql.times(sql.over(raw, step), step.copy())
    limit = sql.column("credit_limit")
    if isinstance(columns.rule.action, Raise):
        value = sql.greatest(rounded, limit)
    else:
        bounds = [sql.whole(int(policy.floor * _MINOR_PER_UNIT))]
        if policy.protect_balance:
            bounds.append(sql.column("balance"))
        value = sql.least(sql.greatest(rounded, *bounds), limit)
    # GREATEST and LEAST skip NULLs in some dialects and spread them in others.
    return sql.bracketed(sql.choose([(sql.is_null(raw.copy()), sql.NULL.copy())], value))
