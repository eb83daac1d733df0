"""The rows of every CSV file but the accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TypeAlias

from desktop_app.analysis.monitoring import Monitored, monitored, reference_group
from desktop_app.analysis.readings import Readings
from desktop_app.analysis.rule_observations import RuleObserved, rules_observed
from desktop_app.analysis.rule_worths import RuleWorth, rule_worths
from desktop_app.analysis.transitions import swap_of
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.policy import Rule, Wording
from desktop_app.domain.readings import Reading
from desktop_app.domain.requests import SIDES, RuleCounts, Side
from desktop_app.domain.scenario import Scenario
from desktop_app.figures.exposure import MINOR_PER_UNIT
from desktop_app.reports import headings
from desktop_app.reports.export import TABLES, Export
from desktop_app.reports.fields import Plain, count, day, flag, money, quantity, ratio, share

Row: TypeAlias = tuple[str, ...]
Say: TypeAlias = Callable[[Wording], str]

# Columns of the groups file that are figures under their own ids, and those of the rules file that count.
_GROUP_FIGURES = headings.GROUPS[3 : headings.GROUPS.index("thin")]
_RULE_COUNTS = headings.RULES[9:17]
_MOVED = ("open_line", "ead", "el", "margin")


@dataclass(frozen=True)
class Table:
    """One table of an export: its name, headings and rows; a file of it is called by its name."""

    name: str
    headings: headings.Headings
    rows: tuple[Row, ...]


def tables(export: Export, say: Say | None = None) -> tuple[Table, ...]:
    """The tables that are wanted, in the order of the folder's manifest; `say` writes a rule's name.

    Without it names are English where the policy says them in English: files for programs are the same in every
    language.
    """
    name = say or _english_first
    made: dict[str, tuple[headings.Headings, Iterable[Row]]] = {
        "summary": (headings.SUMMARY, _summary(export)),
        "reasons": (headings.REASONS, _reasons(export, name)),
        "groups": (headings.GROUPS, _groups(export)),
        "rules": (headings.RULES, _rules(export, name)),
        "transitions": (headings.TRANSITIONS, _transitions(export)),
        "overlap": (headings.OVERLAP, _overlap(export)),
        "movements": (headings.MOVEMENTS, _movements(export)),
        "recorded": (headings.RECORDED, _recorded(export)),
    }
    wanted = [table for table in TABLES if table in export.settings.tables]
    return tuple(Table(table, made[table][0], tuple(made[table][1])) for table in wanted)


def _english_first(name: Wording) -> str:
    return name.en or name.zh


def _summary(export: Export) -> Iterator[Row]:
    for reading in export.readings.values():
        rows = (
            ("baseline", reading.baseline, reading.baseline_coverage),
            ("scenario", reading.value, reading.coverage),
            ("delta", reading.delta, None),
        )
        for policy, value, coverage in rows:
            yield (
                reading.figure,
                policy,
                quantity(value, reading.unit),
                reading.unit.value,
                reading.kind.value,
                day(reading.day),
                reading.denominator,
                share(coverage),
            )


def _reasons(export: Export, say: Say) -> Iterator[Row]:
    for side in SIDES:
        for rule in (*_scenario(export, side).policy.rules, None):
            for outcome in OUTCOMES:
                found = export.reasons[rule.id if rule else "", outcome]
                if _of(side, found["users"]) or _of(side, found["accounts"]):
                    yield (side, *_rule_words(rule, say), outcome.value, *_cell(side, found))


def _rule_words(rule: Rule | None, say: Say) -> Row:
    if rule is None:
        return ("", "", "", "", "")
    return (rule.id, say(rule.name), rule.reason.code, rule.reason.cause.value, rule.action.kind)


def _cell(side: Side, found: Readings) -> Row:
    return tuple(_value(side, found[figure]) for figure in ("users", "accounts", "ead", "el"))


def _groups(export: Export) -> Iterator[Row]:
    if not export.groups:
        return
    for side in SIDES:
        reference = reference_group(export.evaluation, side)
        beside = {one.group: _beside(one) for one in monitored(export.evaluation, side)}
        for group, found in export.groups.items():
            values = (_value(side, found[figure]) for figure in _GROUP_FIGURES)
            thin = flag(found["users"].thin)
            yield (side, export.grouping or "", group or "", *values, thin, reference or "", *beside[group])


def _beside(one: Monitored) -> Row:
    """A group beside the reference group."""
    rates = (part for each in (one.unrestricted, one.blocked) for part in (ratio(each.ratio), ratio(each.p)))
    return (*rates, flag(one.flagged), one.gap or "")


def _rules(export: Export, say: Say) -> Iterator[Row]:
    for side in SIDES:
        counted = {counts.rule: counts for counts in export.evaluation.rules[side]}
        turned_out = rules_observed(export.evaluation, side, export.readings)
        effects, supposed = export.effects.get(side), _scenario(export, side).assumptions
        worths = rule_worths(effects, supposed) if effects else {}
        for position, rule in enumerate(_scenario(export, side).policy.rules, start=1):
            known = _observed(turned_out[rule.id], export.book.evidence)
            worth = _worth(worths.get(rule.id))
            yield (side, *_rule(position, rule, counted[rule.id], say), *known, *worth)


def _rule(position: int, rule: Rule, counts: RuleCounts, say: Say) -> Row:
    numbers = (count(getattr(counts, heading)) for heading in _RULE_COUNTS)
    words = (rule.action.kind, rule.reason.cause.value, rule.reason.code)
    return (
        count(position),
        rule.id,
        say(rule.name),
        flag(rule.enabled),
        flag(counts.available),
        *words,
        *numbers,
    )


def _observed(rule: RuleObserved, evidence: date | None) -> Row:
    """What became of a rule's hits; empty where nothing is known."""
    hits, sole, untreated = rule.hits, rule.sole_hits, rule.untreated
    return (
        day(evidence if hits.known is not None else None),
        count(hits.known),
        count(hits.bads),
        share(hits.bad_rate),
        share(hits.low),
        share(hits.high),
        ratio(hits.lift),
        ratio(hits.goods_per_bad),
        flag(hits.thin),
        count(sole.known),
        count(sole.bads),
        share(sole.bad_rate),
        count(untreated.known),
        share(untreated.bad_rate),
        ratio(untreated.lift),
    )


def _worth(worth: RuleWorth | None) -> Row:
    """What a rule adds; empty where it was not evaluated."""
    if worth is None:
        return ("", "", "")
    return (money(worth.el), money(worth.margin), share(worth.breakeven_pd))


def _overlap(export: Export) -> Iterator[Row]:
    for side in SIDES:
        found = export.evaluation.overlaps.get(side)
        if found is None:
            continue
        for one, other in combinations(range(len(found.rules)), 2):
            users, accounts = (count(int(sums[one, other])) for sums in (found.users, found.accounts))
            yield (side, found.rules[one], found.rules[other], users, accounts)


def _transitions(export: Export) -> Iterator[Row]:
    for cell, found in export.transitions.items():
        before, after = cell
        counts = (count(found["users"].value), count(found["accounts"].value))
        yield (before.value, after.value, swap_of(cell).value, *counts, *_both(found, "ead", "el", "margin"))


def _movements(export: Export) -> Iterator[Row]:
    for movement, found in export.movements.items():
        yield (
            movement.value,
            *(count(found[figure].value) for figure in ("users", "accounts")),
            *_both(found, *_MOVED),
        )


def _both(found: Readings, *figures: str) -> Iterator[Plain]:
    """Money of the same accounts under either policy."""
    for figure in figures:
        yield from (money(found[figure].baseline), money(found[figure].value))


def _recorded(export: Export) -> Iterator[Row]:
    for cell in export.recorded.cells if export.recorded else ():
        agrees = "" if cell.agrees is None else flag(cell.agrees)
        amounts = (count(cell.accounts), money(cell.balance / MINOR_PER_UNIT))
        yield (cell.recorded or "", cell.outcome.value, agrees, *amounts)


def _scenario(export: Export, side: Side) -> Scenario:
    return export.baseline if side == "baseline" else export.scenario


def _of(side: Side, reading: Reading) -> float | None:
    return reading.baseline if side == "baseline" else reading.value


def _value(side: Side, reading: Reading) -> Plain:
    return quantity(_of(side, reading), reading.unit)
