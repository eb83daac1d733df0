"""`greyline risk`: a scenario under stresses, by band and by grouping, and how much stress a figure bears."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from desktop_app.analysis.goals import goal_words
from desktop_app.analysis.reverse_stress import Reached
from desktop_app.analysis.risk import FIGURES_OF_VIEW, RiskView
from desktop_app.cli.options import add_as_of, add_book, add_mapping
from desktop_app.cli.parsing import Commands, examples
from desktop_app.cli.simulate import add_policies, asked_for
from desktop_app.cli.supposing import add_suppositions
from desktop_app.cli.terminal import Terminal
from desktop_app.domain.documents import validated
from desktop_app.domain.problems import BookUnusable, DocumentInvalid, message
from desktop_app.domain.readings import Reading
from desktop_app.domain.scenario import Goal
from desktop_app.domain.sides import SIDES
from desktop_app.figures.catalogue import FIGURES, find_figure
from desktop_app.reports.fields import csv_line, day, quantity, share
from desktop_app.reports.whole_files import whole_file
from desktop_app.text.words import Words
from desktop_app.workspace.opening import project_of, read_mapping
from desktop_app.workspace.risk_runs import odds_reached, risk_rows
from desktop_app.workspace.risking import RiskRow

# The headings of the CSV file, the same in every language: one row a case, figure and policy.
HEADINGS: Final = ("view", "case", "name", "figure", "policy", "value", "unit", "kind", "date", "coverage")
_BOUND: Final = re.compile(r"\s*([a-z_]+)\s*(<=|>=)\s*([0-9.]+)\s*(%?)\s*")
_INDEX_DIGITS: Final = 4


def add_to(commands: Commands, words: Words) -> None:
    """Declare the command."""
    say = words.translate
    command = commands.add_parser(
        "risk",
        help=say("look at a scenario's risk: stresses, loss curve, bands, concentration, reverse stress"),
        description=say(
            "Count a scenario again under named stresses, at the quantiles of the loss, by band of score or arrears or"
            " by every grouping, as the page Risk and stress does; or find by how much the odds of default must rise"
            " until a figure reaches a bound."
        ),
        epilog=examples(
            words,
            "greyline risk tape.greyline --policy policy.json --view stress --csv stress.csv",
            'greyline risk tape.greyline --policy policy.json --until "el_rate>=5%"',
        ),
    )
    add_book(command, words)
    add_policies(command, words)
    add_mapping(command, words)
    add_as_of(command, words)
    add_suppositions(command, words)
    views = [view.value for view in RiskView]
    asked = command.add_mutually_exclusive_group()
    by = words.say(message("what the risk is looked at by; one of: {names}", names=", ".join(views)))
    asked.add_argument("--view", metavar="VIEW", choices=views, default=RiskView.STRESS.value, help=by)
    bound = say("the bound that a figure of the scenario is to reach, such as el_rate>=0.05")
    asked.add_argument("--until", metavar="BOUND", help=bound)
    command.add_argument("--csv", metavar="FILE", type=Path, help=say("write the rows to a CSV file as well"))
    command.set_defaults(run=run, group_by=None)


def run(chosen: argparse.Namespace, terminal: Terminal) -> int:
    """Do what the command line asked for."""
    asked, words = asked_for(chosen), terminal.words
    bound = _bound(chosen.until) if chosen.until else None
    view = RiskView(chosen.view)
    mapping = read_mapping(chosen.mapping) if chosen.mapping else None
    with terminal.working() as watch, project_of(chosen.book, mapping, watch, as_of=chosen.as_of) as project:
        currency = project.book.currency
        if bound is not None:
            found = odds_reached(project, asked, bound, "interactive", watch)
        else:
            rows = list(risk_rows(project, asked, view, "interactive", watch))
    if bound is not None:
        _show_reached(found, bound, currency, terminal)
        lines = list(_tried(found, bound))
    else:
        _show_rows(view, rows, currency, terminal)
        lines = [line for row in rows for line in _lines(view, row, words)]
    if chosen.csv is not None:
        _write(chosen.csv, lines)
        terminal.say(message("Wrote {file}.", file=str(chosen.csv)))
    return 0


def _bound(text: str) -> Goal:
    """A bound as it is typed; raises DocumentInvalid where it is none, UnknownFigure for a figure that is none."""
    found = _BOUND.fullmatch(text)
    if found is None:
        raise DocumentInvalid(message('--until: "{given}" is no bound such as el_rate>=0.05.', given=text))
    figure, operator, value, percent = found.groups()
    find_figure(figure)
    goal = validated(Goal, {"figure": figure, "operator": operator, "value": value}, "--until")
    return goal.model_copy(update={"value": goal.value / 100}) if percent else goal


def _show_rows(view: RiskView, rows: Sequence[RiskRow], currency: str, terminal: Terminal) -> None:
    if not rows:
        raise BookUnusable(message("The book lacks what this view needs."))
    words = terminal.words
    if view is RiskView.CONCENTRATION:
        names = (message("Largest group"), message("Its share of EAD"), message("HHI"), message("HHI, baseline"))
        terminal.columns(["", *map(words.say, names)], [_spread(row, words) for row in rows])
        return
    figures = FIGURES_OF_VIEW[view]
    headings = ["", *(words.translate(FIGURES[figure].name) for figure in figures)]
    shown = [
        [words.say(row.case.name), *(_shown(row.readings[figure], words, currency) for figure in figures)]
        for row in rows
        if row.readings is not None
    ]
    terminal.table(headings, shown)


def _shown(reading: Reading, words: Words, currency: str) -> str:
    return words.quantity(reading.value, reading.unit, currency)


def _spread(row: RiskRow, words: Words) -> list[str]:
    name, spread = words.say(row.case.name), row.spread
    if spread is None:
        return [name, *(words.decimal(None, 0) for _ in range(4))]
    largest = words.translate("(missing)") if spread.largest is None else spread.largest
    indices = (words.decimal(value, _INDEX_DIGITS) for value in (spread.index.value, spread.index.baseline))
    return [name, largest, words.share(spread.share.value), *indices]


def _show_reached(found: Reached, bound: Goal, currency: str, terminal: Terminal) -> None:
    goal = goal_words(bound, currency)
    if found.odds is None:
        terminal.say(message("{goal} is reached at no odds of default up to a hundredfold.", goal=goal))
        return
    value = terminal.words.quantity(found.value, FIGURES[bound.figure].unit, currency)
    text = "{goal} is reached where the odds of default are {odds} times what they are: {value}."
    terminal.say(message(text, goal=goal, odds=found.odds, value=value))
    if not found.steady:
        text = "The figure both rises and falls with the odds: smaller ones may reach the bound as well."
        terminal.say(message(text))


def _lines(view: RiskView, row: RiskRow, words: Words) -> Iterator[Sequence[str]]:
    first = (view.value, row.case.key, words.say(row.case.name))
    figures = row.readings or {}
    readings = [row.spread.share, row.spread.index] if row.spread else [figures[one] for one in FIGURES_OF_VIEW[view]]
    for reading in readings:
        for side in SIDES:
            now = side == "scenario"
            value, covered = (reading.value, reading.coverage) if now else (reading.baseline, reading.baseline_coverage)
            texts = (quantity(value, reading.unit), reading.unit.value, reading.kind.value)
            yield (*first, reading.figure, side, *texts, day(reading.day), share(covered))


def _tried(found: Reached, bound: Goal) -> Iterator[Sequence[str]]:
    unit = FIGURES[bound.figure].unit
    for odds, value in found.tried:
        name = f"{odds.normalize():f}"
        yield ("odds", name, name, bound.figure, "scenario", quantity(value, unit), unit.value, "", "", "")


def _write(path: Path, lines: Sequence[Sequence[str]]) -> None:
    # With the mark that spreadsheets know UTF-8 by.
    with whole_file(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        file.writelines(csv_line(line, guard=True) for line in (HEADINGS, *lines))
