"""Policies with one rule more, less or otherwise: pure steps of editing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count

from desktop_app.domain.conditions import AllOf, AnyOf, Comparison, Condition, Not, comparisons
from desktop_app.domain.policy import MAX_RULES, Policy, Rule, Wording
from desktop_app.domain.problems import PolicyInvalid, message

_LONGEST_ID = 64


def with_rule_put(policy: Policy, rule: Rule, place: int | None = None) -> Policy:
    """The policy with `rule` instead of the one of its id, else added at `place`, or last.

    Its comparisons get ids of their own where another rule has theirs. Raises PolicyInvalid where the policy is full.
    """
    rule = _distinct(rule, policy)
    if rule.id in {one.id for one in policy.rules}:
        return policy.with_rule(rule)
    if len(policy.rules) >= MAX_RULES:
        raise PolicyInvalid(message("A policy has at most {count} rules.", count=MAX_RULES))
    rules = list(policy.rules)
    rules.insert(len(rules) if place is None else place, rule)
    return policy.with_rules(tuple(rules))


def without_rule(policy: Policy, rule: str) -> Policy:
    """The policy without one rule; KeyError where it has none of that id."""
    gone = policy.rule(rule)
    return policy.with_rules(tuple(one for one in policy.rules if one is not gone))


def with_copy(policy: Policy, rule: str) -> Policy:
    """The policy with a copy of one rule after it; raises PolicyInvalid where the policy is full."""
    original = policy.rule(rule)
    place = policy.rules.index(original) + 1
    return with_rule_put(policy, copy_of(original, free_id(rule, rules_of(policy))), place)


def copy_of(rule: Rule, new_id: str) -> Rule:
    """The rule under another id, its name saying that it is a copy, its comparisons with ids of their own."""
    name = rule.name if rule.name.en or rule.name.zh else Wording(en=rule.id, zh=rule.id)
    copied = Wording(en=f"{name.en} (copy)" if name.en else "", zh=f"{name.zh}（副本）" if name.zh else "")
    changed = {"id": new_id, "name": copied, "condition": without_ids(rule.condition)}
    return Rule.model_validate(rule.model_copy(update=changed).__dict__)


def rules_of(policy: Policy) -> frozenset[str]:
    """The ids of all rules."""
    return frozenset(rule.id for rule in policy.rules)


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, or with the first number from 2 on that makes it another than those `taken`."""
    known = set(taken)
    numbered = (f"{wanted[: _LONGEST_ID - 4]}_{number}" for number in count(2))
    return wanted if wanted not in known else next(name for name in numbered if name not in known)


def without_ids(condition: Condition) -> Condition:
    """The condition with no comparison named, so that the rule it gets into names them anew."""
    return _mapped(condition, lambda comparison: comparison.model_copy(update={"id": ""}))


def _distinct(rule: Rule, policy: Policy) -> Rule:
    others = (one for one in policy.rules if one.id != rule.id)
    taken = {comparison.id for one in others for comparison in comparisons(one.condition)}
    if taken.isdisjoint(comparison.id for comparison in comparisons(rule.condition)):
        return rule
    free = (name for number in count(1) if (name := f"{rule.id}.{number}") not in taken)
    renamed = _mapped(rule.condition, lambda comparison: comparison.model_copy(update={"id": next(free)}))
    return rule.model_copy(update={"condition": renamed})


def _mapped(condition: Condition, change: Callable[[Comparison], Comparison]) -> Condition:
    match condition:
        case AllOf(all=parts):
            return AllOf(all=tuple(_mapped(part, change) for part in parts))
        case AnyOf(any=parts):
            return AnyOf(any=tuple(_mapped(part, change) for part in parts))
        case Not(negated=part):
            return Not(negated=_mapped(part, change))
        case _:
            return change(condition)
