"""The parts of a report that break figures down: by reason, by group, by what the baseline did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from desktop_app.analysis.readings import Readings
from desktop_app.analysis.transitions import CELLS, swap_readings
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.policy import Rule
from desktop_app.domain.problems import message
from desktop_app.domain.readings import Reading
from desktop_app.figures.catalogue import FIGURES
from desktop_app.reports.export import Export
from desktop_app.reports.page_blocks import Block, Cell, Grid, Paragraph, Section, number
from desktop_app.reports.page_figures import direction
from desktop_app.reports.table_words import MISSING_GROUP, SIDE_LABELS, SWAP_LABELS, heading_words
from desktop_app.text.labels import OUTCOME_LABELS, column_label
from desktop_app.text.words import Words

# More than these stand in groups.csv alone: a committee does not read a thousand rows.
_MOST_GROUPS: Final = 40
_GROUP_FIGURES: Final = ("blocked_rate", "restricted_rate", "ead", "el_rate", "el_avoided")
_BOTH_SIDES: Final = frozenset({"blocked_rate", "restricted_rate", "el_rate"})


def reasons(export: Export, words: Words) -> Section:
    """Who is touched, by the rule that gives the reason and by outcome."""
    rows = list(_reason_rows(export, words))
    sides = (message("Users, baseline"), message("Users, scenario"), SIDE_LABELS["delta"])
    users = [words.say(side) for side in sides]
    money = [heading_words(name, words) for name in ("accounts", "ead", "el")]
    headings = [Cell(words.translate("Rule")), Cell(heading_words("outcome", words))]
    headings += [Cell(text, "number") for text in (*users, *money)]
    note = words.say(message("Accounts, EAD and expected loss are under the scenario."))
    nobody = Paragraph(words.say(message("Neither policy touches anyone.")))
    shown: Block = Grid(headings, rows, note) if rows else nobody
    return Section("reasons", words.translate("Users by reason and outcome"), [shown])


def groups(export: Export, words: Words) -> Section | None:
    """The main rates of each group; None where the export has no grouping."""
    if export.grouping is None:
        return None
    shown = sorted(export.groups.items(), key=lambda item: -(item[1]["users"].value or 0))
    shown = [(group, found) for group, found in shown if found["accounts"].value]
    rows = [_group_row(group, found, words) for group, found in shown[:_MOST_GROUPS]]
    column = words.say(column_label(export.grouping))
    text = (
        "The change against the baseline stands beside each rate. Groups under 30 users are marked: too few to judge."
    )
    note = words.say(message(text))
    if len(shown) > _MOST_GROUPS:
        rest = message("The other {count} are in groups.csv.", count=len(shown) - _MOST_GROUPS)
        note = f"{note} {words.say(rest)}"
    title = words.say(message("By {column}", column=column))
    return Section("groups", title, [Grid(_group_headings(column, words), rows, note)])


def transitions(export: Export, words: Words) -> Section:
    """The outcome under the baseline against that under the scenario, in users, and the swapped."""
    blocks: list[Block] = [_matrix(export, words), _swaps(export, words)]
    return Section("transitions", words.translate("From the baseline's outcome to the scenario's"), blocks)


def _reason_rows(export: Export, words: Words) -> Iterator[Sequence[Cell]]:
    known = {rule.id: rule for rule in (*export.baseline.policy.rules, *export.scenario.policy.rules)}
    for (rule, outcome), found in export.reasons.items():
        if rule and (found["users"].value or found["users"].baseline):
            named = _named(known[rule], words)
            yield [Cell(named), Cell(words.say(OUTCOME_LABELS[outcome])), *_reason_numbers(found, words)]


def _named(rule: Rule, words: Words) -> str:
    return words.wording(rule.name) or rule.id


def _reason_numbers(found: Readings, words: Words) -> list[Cell]:
    users = found["users"]
    counted = [words.integer(users.baseline), words.integer(users.value), words.integer(users.delta, signed=True)]
    rest = [words.quantity(found[name].value, found[name].unit) for name in ("accounts", "ead", "el")]
    return [number(counted[0]), number(counted[1], "strong"), *(number(text) for text in (counted[2], *rest))]


def _group_headings(column: str, words: Words) -> list[Cell]:
    headings = [Cell(column), Cell(heading_words("users", words), "number")]
    for name in _GROUP_FIGURES:
        headings.append(Cell(words.translate(FIGURES[name].name), "number"))
        if name in _BOTH_SIDES:
            headings.append(Cell(words.say(SIDE_LABELS["delta"]), "number"))
    return headings


def _group_row(group: str | None, found: Readings, words: Words) -> list[Cell]:
    label = words.say(MISSING_GROUP) if group is None else group
    if found["users"].thin:
        label = words.say(message("{group} (few)", group=label))
    row = [Cell(label), number(words.integer(found["users"].value))]
    for name in _GROUP_FIGURES:
        row += _rate(found[name], words)
    return row


def _rate(reading: Reading, words: Words) -> list[Cell]:
    value = number(words.quantity(reading.value, reading.unit))
    if reading.figure not in _BOTH_SIDES:
        return [value]
    change = words.change(reading.delta, reading.unit)
    return [value, number(change, direction(FIGURES[reading.figure], reading.delta))]


def _matrix(export: Export, words: Words) -> Grid:
    """Users, the baseline's outcome down, the scenario's across, with their sums."""
    users = {cell: export.transitions[cell]["users"].value or 0.0 for cell in CELLS}
    across = [words.say(OUTCOME_LABELS[outcome]) for outcome in OUTCOMES]
    total = words.translate("Total")
    headings = [Cell(words.translate("Baseline ↓ Scenario →")), *(Cell(text, "number") for text in (*across, total))]
    rows = []
    for before in OUTCOMES:
        cells = [_matrix_cell(before, after, users[before, after], words) for after in OUTCOMES]
        whole = sum(users[before, after] for after in OUTCOMES)
        rows.append([Cell(words.say(OUTCOME_LABELS[before]), "strong"), *cells, number(words.integer(whole), "total")])
    sums = [sum(users[before, after] for before in OUTCOMES) for after in OUTCOMES]
    last = [number(words.integer(value), "total") for value in (*sums, sum(sums))]
    return Grid(headings, [*rows, [Cell(total, "strong total"), *last]], title=words.translate("Users"))


def _matrix_cell(before: Outcome, after: Outcome, users: float, words: Words) -> Cell:
    if not users:
        return number(words.integer(0), "faint")
    place = OUTCOMES.index(before) - OUTCOMES.index(after)
    return number(words.integer(users), "same" if place == 0 else "")


def _swaps(export: Export, words: Words) -> Grid:
    found = swap_readings(export.evaluation, export.baseline, export.scenario, export.book)
    headings = [Cell(heading_words("swap", words))]
    names = ("users", "accounts", "ead", "ead_baseline", "el", "el_baseline", "margin", "margin_baseline")
    headings += [Cell(heading_words(name, words), "number") for name in names]
    rows = []
    for swap, cells in found.items():
        texts = [words.integer(cells[name].value) for name in ("users", "accounts")]
        for name in ("ead", "el", "margin"):
            reading = cells[name]
            values = (reading.value, reading.baseline)
            texts += [words.quantity(value, reading.unit) for value in values]
        rows.append([Cell(words.say(SWAP_LABELS[swap])), *(number(text) for text in texts)])
    return Grid(headings, rows, title=words.translate("Blocked before and after"))
