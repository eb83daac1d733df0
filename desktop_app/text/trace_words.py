"""One account's trace in words: what each rule saw and did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from desktop_app.domain.actions import Action, Cut, Raise
from desktop_app.domain.conditions import Comparison, Operator, Scalar, Value
from desktop_app.domain.policy import Rule
from desktop_app.domain.problems import Message, message
from desktop_app.text.labels import ACTION_LABELS, column_label
from desktop_app.text.policy_words import comparison_words, value_words


def seen_words(
    comparison: Comparison, seen: Decimal | bool | str | date | None, value: Value | None, group: str | None
) -> Message:
    """The comparison with the value that applies, and what the account has."""
    applied = comparison_words(comparison.model_copy(update={"value": value, "by": None}))
    if comparison.by is not None and group is not None:
        of_group = message("{column} {group}", column=column_label(comparison.by.column), group=group)
        applied = message("{condition} ({others})", condition=applied, others=of_group)
    if comparison.operator is Operator.MISSING and seen is None:
        return applied
    if seen is None:
        return message("{condition}: the account has none", condition=applied)
    shown: Scalar | date = seen
    has = message("{day}", day=shown) if isinstance(shown, date) else value_words(shown)
    return message("{condition}: the account has {seen}", condition=applied, seen=has)


def verdict_words(holds: bool | None) -> Message:
    """Whether a comparison holds."""
    if holds is None:
        return message("unknown")
    return message("holds") if holds else message("does not hold")


def rule_state(rule: Rule, lacking: Sequence[str]) -> Message | None:
    """Why a rule was not evaluated; None where it was."""
    if not rule.enabled:
        return message("switched off")
    if lacking:
        return message("not evaluated, the book has no {columns}", columns=", ".join(lacking))
    return None


def fired_words(act: Action | None, own: Action, target: Decimal | None, *, unknown: bool) -> Message:
    """What a rule did; `act` differs from its `own` action where something was missing."""
    if act is None:
        return message("unknown, so it did not fire") if unknown else message("did not fire")
    if act.kind != own.kind:
        return message("fired as a referral, since something is missing")
    said = ACTION_LABELS[act.kind]
    if isinstance(act, Cut | Raise) and target is not None:
        said = message("{action} to {amount}", action=said, amount=target)
    return (
        message("fired though something is missing: {action}", action=said)
        if unknown
        else message("fired: {action}", action=said)
    )
