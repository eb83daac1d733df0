"""A policy's rules in any algebra: what fires, the new limit, the outcome with its reason.

Only what needs no three-valued logic: rules that skip what is missing, without `not`, that block, refer, cut to a
percentage or an amount, or watch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import reduce
from typing import Generic

from desktop_app.domain.actions import Block, Cut, FixedAmount, PercentOfLimit, Refer, WatchOnly
from desktop_app.domain.columns import UNITS_PER_ONE, ColumnType
from desktop_app.domain.conditions import AllOf, AnyOf, Comparison, Condition, Not, Operator, Value
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.policy import OnMissing, Policy, Rule
from tests.benchmarks.peers.algebra import Algebra, T

_MINOR = 100
_PPM = 1_000_000
_ROUNDING = {"<": ROUND_CEILING, ">=": ROUND_CEILING, "<=": ROUND_FLOOR, ">": ROUND_FLOOR}


@dataclass(frozen=True)
class FieldType:
    """How a column of the accounts is kept: its unit, and a category's labels in the order of their codes."""

    type: ColumnType
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decided(Generic[T]):
    """What a policy does to each account.

    Attributes: slot is outcome × (rules + 1) + place of the reason's rule + 1; signature has a bit a rule that
    fires, and after these a bit a cut that bites.
    """

    slot: T
    signature: T
    new_limit: T | None


def slot_of(outcome: Outcome, place: int, rules: int) -> int:
    """The number of an outcome with its reason; place −1 where there is none."""
    return OUTCOMES.index(outcome) * (rules + 1) + place + 1


def decided(policy: Policy, fields: Mapping[str, FieldType], algebra: Algebra[T]) -> Decided[T]:
    """The policy over every account."""
    rules = [(place, rule) for place, rule in enumerate(policy.rules) if rule.enabled]
    if any(rule.on_missing is not OnMissing.SKIP for _, rule in rules):
        raise NotImplementedError("the peers skip what is missing")
    fires = {place: algebra.kept(f"if{place}", holds(rule.condition, fields, algebra)) for place, rule in rules}
    limit = algebra.column("credit_limit")
    targets = {
        place: algebra.kept(f"to{place}", algebra.choose([(fires[place], _target(policy, rule, algebra))], limit))
        for place, rule in rules
        if isinstance(rule.action, Cut)
    }
    new_limit = algebra.kept("new_limit", reduce(algebra.smaller, targets.values())) if targets else None
    cases = list(_cases(policy, rules, fires, targets, new_limit, algebra))
    slot = algebra.choose(cases, algebra.whole(slot_of(Outcome.UNCHANGED, -1, len(policy.rules))))
    bites = [
        (len(policy.rules) + number, algebra.binary("<", target, limit))
        for number, target in enumerate(targets.values())
    ]
    signature = algebra.bits([*fires.items(), *bites])
    return Decided(algebra.kept("slot", slot), algebra.kept("signature", signature), new_limit)


def cut_places(policy: Policy) -> list[int]:
    """The places of the rules that cut, in the order of their bits."""
    return [place for place, rule in enumerate(policy.rules) if rule.enabled and isinstance(rule.action, Cut)]


def _cases(
    policy: Policy,
    rules: Sequence[tuple[int, Rule]],
    fires: Mapping[int, T],
    targets: Mapping[int, T],
    new_limit: T | None,
    algebra: Algebra[T],
) -> list[tuple[T, T]]:
    """When each outcome with each reason applies, in the order in which the first decides."""
    limit = algebra.column("credit_limit")
    kinds = {Block: Outcome.BLOCKED, Refer: Outcome.REFERRED, Cut: Outcome.REDUCED, WatchOnly: Outcome.WATCHED}
    found: list[tuple[int, T, T]] = []
    for place, rule in rules:
        outcome = kinds[type(rule.action)]
        test = fires[place]
        if place in targets and new_limit is not None:
            gave = algebra.binary("=", targets[place], new_limit)
            test = algebra.both([algebra.binary("<", targets[place], limit), gave])
        slot = slot_of(outcome, place, len(policy.rules))
        found.append((slot, test, algebra.whole(slot)))
    return [(test, value) for _, test, value in sorted(found, key=lambda case: case[0])]


def _target(policy: Policy, rule: Rule, algebra: Algebra[T]) -> T:
    """What a cut lowers the limit to, after rounding down, floor, protection and the limit itself."""
    limit = algebra.column("credit_limit")
    match rule.action:
        case Cut(target=PercentOfLimit(percent=percent)):
            share = algebra.binary("*", limit, algebra.whole(int(percent * _PPM / 100)))
            raw = algebra.binary("//", share, algebra.whole(_PPM))
        case Cut(target=FixedAmount(amount=amount)):
            raw = algebra.whole(int(amount * _MINOR))
        case _:
            raise NotImplementedError(f"the peers know no such target: {rule.action}")
    step = algebra.whole(int(policy.round_to * _MINOR))
    value = algebra.binary("*", algebra.binary("//", raw, step), step)
    value = algebra.larger(value, algebra.whole(int(policy.floor * _MINOR)))
    if policy.protect_balance:
        value = algebra.larger(value, algebra.column("balance"))
    return algebra.smaller(value, limit)


def holds(condition: Condition, fields: Mapping[str, FieldType], algebra: Algebra[T]) -> T:
    """Where the condition is true; what is missing makes no comparison true."""
    match condition:
        case Comparison():
            return _compared(condition, fields, algebra)
        case AllOf(all=parts):
            return algebra.both([holds(part, fields, algebra) for part in parts])
        case AnyOf(any=parts):
            return algebra.either([holds(part, fields, algebra) for part in parts])
        case Not():
            raise NotImplementedError("the peers know no not")


def _compared(comparison: Comparison, fields: Mapping[str, FieldType], algebra: Algebra[T]) -> T:
    field = fields[comparison.field]
    operator = comparison.operator.value
    if comparison.operator in (Operator.IN, Operator.MISSING) or isinstance(comparison.value, tuple):
        raise NotImplementedError("the peers compare with one value")
    threshold = algebra.whole(_stored(comparison.value, operator, field))
    if comparison.by is not None:
        group = fields[comparison.by.column]
        column = algebra.column(comparison.by.column)
        cases = [
            (
                algebra.binary("=", column, algebra.whole(group.labels.index(label))),
                algebra.whole(_stored(value, operator, field)),
            )
            for label, value in comparison.by.values.items()
        ]
        threshold = algebra.choose(cases, threshold)
    return algebra.binary(operator, algebra.column(comparison.field), threshold)


def _stored(value: Value | None, operator: str, field: FieldType) -> int:
    """A value as the column keeps it."""
    match value:
        case bool():
            return int(value)
        case Decimal():
            exact = value * UNITS_PER_ONE[field.type]
            return int(exact.to_integral_value(_ROUNDING.get(operator, ROUND_FLOOR)))
        case str():
            return field.labels.index(value)
    raise NotImplementedError(f"the peers compare with one value: {value}")
