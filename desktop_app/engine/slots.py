"""Slots: every way for an account to be decided, numbered in the order in which the first that applies decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from desktop_app.domain.actions import Block, Cut, Raise, Refer, WatchOnly
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.engine import expressions as sql
from desktop_app.engine.firing import Column, RuleColumns


@dataclass(frozen=True)
class Slot:
    """One way for an account to be decided; rule is its place in the policy, None where nothing gives a reason."""

    outcome: Outcome
    rule: int | None


def slot_tests(rules: Sequence[RuleColumns], column: Column) -> tuple[tuple[Slot, exp.Expr], ...]:
    """Every slot in which a rule gives the reason, with when it does if none before it applies."""
    tests = []
    for outcome in OUTCOMES:
        for columns in rules:
            test = _gives(outcome, columns, column)
            if test is not None:
                tests.append((Slot(outcome, columns.place), test))
    return tuple(tests)


def fires(columns: RuleColumns, column: Column) -> exp.Expr:
    """Whether the rule fires at all, with its own action or as a referral."""
    return sql.either(column(name) for name in (columns.own, columns.referral) if name)


def _gives(outcome: Outcome, columns: RuleColumns, column: Column) -> exp.Expr | None:
    """When the rule gives the reason for that outcome; None where it never does."""
    own = column(columns.own)
    match outcome, columns.rule.action:
        case (Outcome.REFERRED, Refer()):
            return fires(columns, column)
        case (Outcome.REFERRED, _) if columns.referral:
            return column(columns.referral)
        case (Outcome.BLOCKED, Block()) | (Outcome.WATCHED, WatchOnly()):
            return own
        case (Outcome.REDUCED, Cut()):
            return _gave_limit(columns, column, exp.LT)
        case (Outcome.RAISED, Raise()):
            return _gave_limit(columns, column, exp.GT)
        case _:
            return None


def _gave_limit(columns: RuleColumns, column: Column, compared: type[exp.Binary]) -> exp.Expr:
    """The rule fired, its target became the new limit, and that differs from the old one."""
    if columns.target is None:
        raise TypeError("a rule without a target")
    new = column("new_limit")
    gave = exp.EQ(this=column(columns.target), expression=new)
    moved = compared(this=new.copy(), expression=sql.column("credit_limit"))
    return sql.both([column(columns.own), gave, moved])
