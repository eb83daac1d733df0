"""Handles: the address of one number that can be dragged, and how to read and set it in a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias, assert_never

from desktop_app.domain.actions import Cut, FixedAmount, IncomeMultiple, PercentOfLimit, Raise, Target
from desktop_app.domain.by_identity import ByIdentity
from desktop_app.domain.conditions import ORDERED, ByGroup, Comparison, comparisons, replace_comparison
from desktop_app.domain.policy import Policy, Rule
from desktop_app.domain.scenario import Assumptions, Scenario, Stress


@dataclass(frozen=True)
class ThresholdHandle:
    """The value of one comparison; group None is the default, else the value of that group."""

    rule: str
    comparison: str
    group: str | None = None


@dataclass(frozen=True)
class SizeHandle:
    """The size of a cut or raise: its percentage, amount or multiple."""

    rule: str


@dataclass(frozen=True)
class AssumptionHandle:
    """One number among the assumptions, by its name."""

    name: str


@dataclass(frozen=True)
class StressHandle:
    """One number of the stress, by its name."""

    name: str


Handle: TypeAlias = ThresholdHandle | SizeHandle | AssumptionHandle | StressHandle


def find_comparison(rule: Rule, comparison_id: str) -> Comparison:
    """The comparison of that id in the rule; KeyError where there is none."""
    for comparison in _COMPARISONS.of(rule):
        if comparison.id == comparison_id:
            return comparison
    raise KeyError(comparison_id)


def value_of(scenario: Scenario, handle: Handle) -> Decimal:
    """The number at `handle`, in the unit the analyst writes; KeyError where the scenario has no such number."""
    match handle:
        case ThresholdHandle(rule=rule, comparison=comparison, group=group):
            return _threshold(find_comparison(scenario.policy.rule(rule), comparison), group)
        case SizeHandle(rule=rule):
            return _size(scenario.policy.rule(rule))
        case AssumptionHandle(name=name):
            return _decimal(getattr(scenario.assumptions, name, None), name)
        case StressHandle(name=name):
            return _decimal(getattr(scenario.stress, name, None), name)
        case _:
            assert_never(handle)


def with_value(scenario: Scenario, handle: Handle, value: Decimal) -> Scenario:
    """`scenario` with the number at `handle` set to `value`; KeyError as in `value_of`."""
    match handle:
        case ThresholdHandle(rule=rule_id, comparison=comparison_id, group=group):
            rule = scenario.policy.rule(rule_id)
            new = _with_threshold(find_comparison(rule, comparison_id), group, value)
            changed = rule.model_copy(update={"condition": replace_comparison(rule.condition, new)})
            return scenario.with_policy(scenario.policy.with_rule(changed))
        case SizeHandle(rule=rule_id):
            return scenario.with_policy(scenario.policy.with_rule(_with_size(scenario.policy.rule(rule_id), value)))
        case AssumptionHandle() | StressHandle():
            return supposing(scenario, handle, value)
        case _:
            assert_never(handle)


def supposed(scenario: Scenario, handle: AssumptionHandle | StressHandle) -> object:
    """What an assumption or the stress is set to: a number, a choice, yes or no, None; KeyError for another name."""
    part = scenario.assumptions if isinstance(handle, AssumptionHandle) else scenario.stress
    return part.__dict__[handle.name]


def supposing(scenario: Scenario, handle: AssumptionHandle | StressHandle, value: object) -> Scenario:
    """`scenario` with an assumption or the stress set to `value`; ValueError for one that it cannot have."""
    match handle:
        case AssumptionHandle(name=name):
            assumptions = Assumptions.model_validate({**scenario.assumptions.__dict__, name: value})
            return scenario.model_copy(update={"assumptions": assumptions})
        case StressHandle(name=name):
            stress = Stress.model_validate({**scenario.stress.__dict__, name: value})
            return scenario.model_copy(update={"stress": stress})
        case _:
            assert_never(handle)


def threshold_handles(policy: Policy) -> tuple[ThresholdHandle, ...]:
    """Every draggable threshold of the policy, in rule order, the default before the groups."""
    return _OF_POLICY.of(policy)


def _handles_of_rule(rule: Rule) -> tuple[ThresholdHandle, ...]:
    found: list[ThresholdHandle] = []
    for comparison in _COMPARISONS.of(rule):
        if comparison.operator in ORDERED and isinstance(comparison.value, Decimal):
            groups = sorted(comparison.by.values) if comparison.by else []
            found.extend(ThresholdHandle(rule.id, comparison.id, group) for group in [None, *groups])
    return tuple(found)


# In each frame of a drag these are asked for hundreds of times, of one rule that is new and of others that are not.
_COMPARISONS: ByIdentity[Rule, tuple[Comparison, ...]] = ByIdentity(lambda rule: tuple(comparisons(rule.condition)))
_OF_RULE = ByIdentity(_handles_of_rule)
_OF_POLICY: ByIdentity[Policy, tuple[ThresholdHandle, ...]] = ByIdentity(
    lambda policy: tuple(handle for rule in policy.rules for handle in _OF_RULE.of(rule))
)


def _threshold(comparison: Comparison, group: str | None) -> Decimal:
    value = comparison.value if group is None else comparison.by.values[group] if comparison.by else None
    return _decimal(value, comparison.id)


def _with_threshold(comparison: Comparison, group: str | None, value: Decimal) -> Comparison:
    _threshold(comparison, group)
    if group is None or comparison.by is None:
        return comparison.model_copy(update={"value": value})
    values = {**comparison.by.values, group: value}
    return comparison.model_copy(update={"by": ByGroup(column=comparison.by.column, values=values)})


def _size(rule: Rule) -> Decimal:
    match rule.action:
        case Cut(target=target) | Raise(target=target):
            return _target_size(target, rule.id)
        case _:
            raise KeyError(rule.id)


def _target_size(target: Target, name: str) -> Decimal:
    match target:
        case PercentOfLimit(percent=size) | FixedAmount(amount=size) | IncomeMultiple(multiple=size):
            return size
        case _:
            raise KeyError(name)


def _with_size(rule: Rule, value: Decimal) -> Rule:
    match rule.action:
        case Cut(target=target) | Raise(target=target):
            sized = _sized(target, value, rule.id)
            return rule.model_copy(update={"action": rule.action.model_copy(update={"target": sized})})
        case _:
            raise KeyError(rule.id)


def _sized(target: Target, value: Decimal, name: str) -> Target:
    match target:
        case PercentOfLimit():
            return PercentOfLimit(percent=value)
        case FixedAmount():
            return FixedAmount(amount=value)
        case IncomeMultiple():
            return IncomeMultiple(multiple=value)
        case _:
            raise KeyError(name)


def _decimal(value: object, name: str) -> Decimal:
    if not isinstance(value, Decimal):
        raise KeyError(name)
    return value
