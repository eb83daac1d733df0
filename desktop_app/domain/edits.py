"""What stands between two scenarios, cut into single edits: each can be made, or taken back, by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from desktop_app.domain.by_identity import ByIdentity
from desktop_app.domain.conditions import ByGroup, Comparison, Condition, comparisons, replace_comparison
from desktop_app.domain.handles import (
    AssumptionHandle,
    StressHandle,
    ThresholdHandle,
    find_comparison,
    supposed,
    supposing,
)
from desktop_app.domain.policy import Policy, Rule
from desktop_app.domain.scenario import Assumptions, Scenario, Stress

Setting: TypeAlias = Literal["round_to", "floor", "protect_balance"]
RuleField: TypeAlias = Literal["enabled", "condition", "action", "on_missing", "words"]
_SETTINGS: tuple[Setting, ...] = ("round_to", "floor", "protect_balance")
_WORDS = ("name", "reason", "note")


@dataclass(frozen=True)
class SettingEdit:
    """A setting of the policy as a whole."""

    name: Setting


@dataclass(frozen=True)
class RuleEdit:
    """A whole rule that came or went."""

    rule: str


@dataclass(frozen=True)
class FieldEdit:
    """A part of a rule; words are its name, reason and note."""

    rule: str
    name: RuleField


@dataclass(frozen=True)
class OrderEdit:
    """The order of the rules that both have."""


# An address of what was edited; the values are those of the two scenarios.
Edit: TypeAlias = AssumptionHandle | StressHandle | SettingEdit | RuleEdit | FieldEdit | ThresholdHandle | OrderEdit


def edits_between(before: Scenario, after: Scenario) -> tuple[Edit, ...]:
    """The edits that make `after` of `before`, one `taken` after the other.

    What is supposed comes first: then the edits of the policy add up to the difference under the assumptions of
    `after`. Names, goals and notes of scenario and policy are no edits.
    """
    found: list[Edit] = [*_supposed(before, after), *_of_policy(before.policy, after.policy)]
    return (*found, OrderEdit()) if _reordered(found, before, after) else tuple(found)


def taken(edit: Edit, into: Scenario, source: Scenario) -> Scenario:
    """`into` with what `edit` addresses as it is in `source`: the edit made, or with the two changed about undone."""
    match edit:
        case AssumptionHandle() | StressHandle():
            return supposing(into, edit, supposed(source, edit))
        case SettingEdit(name=name):
            changed = into.policy.model_copy(update={name: getattr(source.policy, name)})
            return into.with_policy(changed)
        case RuleEdit(rule=rule):
            return into.with_policy(into.policy.with_rules(_with_rule_of(into.policy, source.policy, rule)))
        case FieldEdit(rule=rule, name=name):
            return into.with_policy(
                into.policy.with_rule(_field(into.policy.rule(rule), source.policy.rule(rule), name))
            )
        case ThresholdHandle(rule=rule):
            changed_rule = _threshold(into.policy.rule(rule), source.policy.rule(rule), edit)
            return into.with_policy(into.policy.with_rule(changed_rule))
        case OrderEdit():
            return into.with_policy(into.policy.with_rules(_in_order(into.policy, source.policy)))
        case _:
            assert_never(edit)


def all_taken(into: Scenario, source: Scenario) -> Scenario:
    """`into` with everything that an edit can address as it is in `source`."""
    supposed_there = {"assumptions": source.assumptions, "stress": source.stress}
    return into.with_policy(source.policy).model_copy(update=supposed_there)


def _reordered(found: Sequence[Edit], before: Scenario, after: Scenario) -> bool:
    """Whether rules stand in another order once all other edits are made."""
    made = before
    for edit in found:
        if isinstance(edit, RuleEdit):
            made = taken(edit, made, after)
    return [rule.id for rule in made.policy.rules] != [rule.id for rule in after.policy.rules]


def _supposed(before: Scenario, after: Scenario) -> Iterator[Edit]:
    if before.assumptions is after.assumptions and before.stress is after.stress:
        return
    handles: list[AssumptionHandle | StressHandle] = [AssumptionHandle(name) for name in Assumptions.model_fields]
    handles += [StressHandle(name) for name in Stress.model_fields]
    yield from (handle for handle in handles if supposed(before, handle) != supposed(after, handle))


def _of_policy(before: Policy, after: Policy) -> Iterator[Edit]:
    yield from (SettingEdit(name) for name in _SETTINGS if getattr(before, name) != getattr(after, name))
    # Removed rules first: a policy never holds more of them, or one comparison's id twice, than either end.
    kept = {rule.id for rule in after.rules}
    yield from (RuleEdit(rule.id) for rule in before.rules if rule.id not in kept)
    known = {rule.id: rule for rule in before.rules}
    for rule in after.rules:
        if rule.id in known:
            yield from _PAIRS.of(known[rule.id], rule)
        else:
            yield RuleEdit(rule.id)


def _of_rule(before: Rule, after: Rule) -> Iterator[Edit]:
    if before.enabled != after.enabled:
        yield FieldEdit(after.id, "enabled")
    yield from _of_condition(after.id, before.condition, after.condition)
    if before.action != after.action:
        yield FieldEdit(after.id, "action")
    elif before.on_missing != after.on_missing:
        yield FieldEdit(after.id, "on_missing")
    if any(getattr(before, name) != getattr(after, name) for name in _WORDS):
        yield FieldEdit(after.id, "words")


# A drag makes one new rule a frame: all other pairs are those of the frame before.
_PAIRS = ByIdentity(lambda before, after: tuple(_of_rule(before, after)))


def _of_condition(rule: str, before: Condition, after: Condition) -> Iterator[Edit]:
    """One edit a threshold where only numbers differ, else one for the whole condition."""
    if before == after:
        return
    pairs = list(zip(comparisons(before), comparisons(after), strict=False))
    if not all(_comparable(old, new) for old, new in pairs) or _with_values(before, after) != after:
        yield FieldEdit(rule, "condition")
        return
    for old, new in pairs:
        if old.value != new.value:
            yield ThresholdHandle(rule, new.id)
        groups = [*_values(old), *(group for group in _values(new) if group not in _values(old))]
        changed = (group for group in groups if _values(old).get(group) != _values(new).get(group))
        yield from (ThresholdHandle(rule, new.id, group) for group in changed)


def _comparable(old: Comparison, new: Comparison) -> bool:
    """Whether two comparisons differ in their values at most; groups must be those of one column."""
    columns = {comparison.by.column for comparison in (old, new) if comparison.by}
    return (old.id, old.field, old.operator) == (new.id, new.field, new.operator) and len(columns) <= 1


def _with_values(before: Condition, after: Condition) -> Condition:
    """`before` with the comparisons of `after` in the place of its own."""
    for comparison in comparisons(after):
        before = replace_comparison(before, comparison)
    return before


def _values(comparison: Comparison) -> dict[str, object]:
    return dict(comparison.by.values) if comparison.by else {}


def _field(into: Rule, source: Rule, name: RuleField) -> Rule:
    # A watch or raise allows only one on_missing: the two go together.
    names = {"words": _WORDS, "action": ("action", "on_missing")}.get(name, (name,))
    return into.model_copy(update={one: getattr(source, one) for one in names})


def _threshold(into: Rule, source: Rule, handle: ThresholdHandle) -> Rule:
    old, new = (find_comparison(rule, handle.comparison) for rule in (into, source))
    if handle.group is None:
        changed = old.model_copy(update={"value": new.value})
    else:
        changed = old.model_copy(update={"by": _by(old.by, new.by, handle.group)})
    return into.model_copy(update={"condition": replace_comparison(into.condition, changed)})


def _by(into: ByGroup | None, source: ByGroup | None, group: str) -> ByGroup | None:
    """The groups' values of `into` with that of one group as `source` has it; None where none is left."""
    values = dict(into.values) if into else {}
    values.pop(group, None)
    if source is not None and group in source.values:
        values[group] = source.values[group]
    column = source.column if source else into.column if into else ""
    return ByGroup(column=column, values=values) if values else None


def _with_rule_of(into: Policy, source: Policy, rule: str) -> tuple[Rule, ...]:
    """The rules of `into` with one of `source` after those that it follows there, or without one it lacks."""
    rest = [one for one in into.rules if one.id != rule]
    ids = [one.id for one in source.rules]
    if rule not in ids:
        return tuple(rest)
    before = set(ids[: ids.index(rule)])
    place = max((place for place, one in enumerate(rest, 1) if one.id in before), default=0)
    return (*rest[:place], source.rule(rule), *rest[place:])


def _in_order(into: Policy, source: Policy) -> tuple[Rule, ...]:
    """The rules of `into`, those that `source` has in its order, the others where they are."""
    ids: Sequence[str] = [one.id for one in source.rules]
    ordered = iter(sorted((one for one in into.rules if one.id in ids), key=lambda one: ids.index(one.id)))
    return tuple(next(ordered) if one.id in ids else one for one in into.rules)
