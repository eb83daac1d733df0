"""The tables of the page that compares: figures by scenario, differences by rule, and who was swapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.analysis.readings import CELL_FIGURES, Readings
from desktop_app.analysis.transitions import Swap
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import message
from desktop_app.domain.readings import Reading
from desktop_app.domain.scenario import Scenario
from desktop_app.figures.catalogue import FIGURES
from desktop_app.reports.table_words import SWAP_LABELS
from desktop_app.text.formats import EM_DASH
from desktop_app.text.policy_diff import RuleDifference, policy_differences
from desktop_app.text.policy_words import rule_title
from desktop_app.text.words import Words
from desktop_app.ui.table_model import Cell
from desktop_app.workspace.comparing import Compared

_NOTHING = float("-inf")


def named(scenario: Scenario, words: Words) -> str:
    """What a scenario is called."""
    return words.wording(scenario.name) or scenario.id


def figure_rows(
    figures: Sequence[str], columns: Sequence[Compared], words: Words, currency: str
) -> tuple[list[Cell], list[tuple[Cell, ...]]]:
    """Headings and rows: a figure under the baseline and under each scenario, with the change."""
    headings = [Cell(words.translate("Figure")), Cell(words.translate("Baseline"))]
    headings += [Cell(named(one.scenario, words)) for one in columns]
    rows = []
    for figure in figures:
        name = Cell(words.translate(FIGURES[figure].name), figure, words.translate(FIGURES[figure].help))
        readings = [one.readings[figure] if one.readings else None for one in columns]
        cells = (_scenario_cell(reading, words, currency) for reading in readings)
        rows.append((name, _baseline_cell(readings, words, currency), *cells))
    return headings, rows


def _baseline_cell(readings: Sequence[Reading | None], words: Words, currency: str) -> Cell:
    """The baseline's figure; none where the scenarios suppose different things, and so compare it under different."""
    known = [reading for reading in readings if reading is not None]
    if not known or known[0].baseline is None:
        return Cell(EM_DASH, _NOTHING)
    if any(reading.baseline != known[0].baseline for reading in known):
        tip = words.translate("Differs: each scenario is compared under its own assumptions and stress.")
        return Cell(EM_DASH, _NOTHING, tip)
    return Cell(words.quantity(known[0].baseline, known[0].unit, currency), known[0].baseline)


def _scenario_cell(reading: Reading | None, words: Words, currency: str) -> Cell:
    if reading is None:
        return Cell("…", _NOTHING, words.translate("Being counted"))
    if reading.value is None:
        return Cell(EM_DASH, _NOTHING)
    value = words.quantity(reading.value, reading.unit, currency)
    tip = words.say(message("Baseline: {value}", value=words.quantity(reading.baseline, reading.unit, currency)))
    if not reading.delta:
        return Cell(value, reading.value, tip)
    change = words.change(reading.delta, reading.unit, currency)
    return Cell(f"{value}  ({change})", reading.value, tip)


def difference_rows(
    baseline: Policy, scenarios: Sequence[Scenario], words: Words
) -> tuple[list[Cell], list[tuple[Cell, ...]]]:
    """Headings and rows: what each scenario changes in each rule; rules that none changes are left out."""
    headings = [Cell(words.translate("Rule")), *(Cell(named(one, words)) for one in scenarios)]
    changed = [
        {
            one.rule: _said(one, baseline, scenario.policy, words)
            for one in policy_differences(baseline, scenario.policy, words, names=False)
        }
        for scenario in scenarios
    ]
    titles = _titles(baseline, scenarios, words)
    rows = []
    for rule in (name for name in titles if any(name in one for one in changed)):
        cells = (Cell(one.get(rule, words.translate("as the baseline")), one.get(rule, "")) for one in changed)
        rows.append((Cell(titles[rule], titles[rule]), *cells))
    return headings, rows


def _said(difference: RuleDifference, before: Policy, after: Policy, words: Words) -> str:
    """The changes of one rule, a line each; whether it came or went."""
    lines = [words.say(change) for change in difference.changes]
    if not difference.rule or (_has(before, difference.rule) and _has(after, difference.rule)):
        return "\n".join(lines)
    lead = words.translate("added") if _has(after, difference.rule) else words.translate("removed")
    return "\n".join([lead, *lines])


def _has(policy: Policy, rule: str) -> bool:
    return any(one.id == rule for one in policy.rules)


def _titles(baseline: Policy, scenarios: Sequence[Scenario], words: Words) -> dict[str, str]:
    """Every rule of any policy in the baseline's order, the new ones after; "" is the policy as a whole."""
    titles = {"": words.translate("The policy as a whole")}
    for policy in (baseline, *(one.policy for one in scenarios)):
        for rule in policy.rules:
            titles.setdefault(rule.id, words.say(rule_title(rule, words)))
    return titles


def swap_rows(found: Mapping[Swap, Readings], words: Words, currency: str) -> tuple[list[Cell], list[tuple[Cell, ...]]]:
    """Headings and rows: who was swapped, under the scenario, with the change against the baseline."""
    headings = [Cell(""), *(Cell(words.translate(FIGURES[figure].name)) for figure in CELL_FIGURES)]
    rows = []
    for swap, readings in found.items():
        name = words.say(SWAP_LABELS[swap])
        cells = (_scenario_cell(readings[figure], words, currency) for figure in CELL_FIGURES)
        rows.append((Cell(name, name), *cells))
    return headings, rows
