"""`greyline simulate`: one policy over one book, beside a baseline, into a folder of CSV files."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TypeAlias

from desktop_app.analysis.headline import headline
from desktop_app.analysis.readings import readings
from desktop_app.cli.terminal import Terminal
from desktop_app.domain.problems import message
from desktop_app.domain.readings import Reading
from desktop_app.engine.schema import Fields
from desktop_app.figures.catalogue import FIGURES
from desktop_app.reports.export import ExportReport
from desktop_app.text.words import Words
from desktop_app.workspace.desk import no_policy
from desktop_app.workspace.exporting import write_simulation
from desktop_app.workspace.opening import project_of, read_mapping, read_policy
from desktop_app.workspace.simulation import Asked, Simulation
from desktop_app.workspace.simulation import simulate as run_simulation

# One command of the parser's; argparse has no public name for what holds them.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

# What the terminal shows; every figure is in summary.csv.
SHOWN = (
    "users_blocked",
    "users_referred",
    "users_reduced",
    "users_restricted",
    "restricted_rate",
    "open_line",
    "ead",
    "el",
    "el_avoided",
    "el_remaining",
    "el_rate",
    "margin",
)


def add_to(commands: Commands, words: Words) -> None:
    """Declare the command."""
    say = words.translate
    command = commands.add_parser(
        "simulate",
        help=say("replay a policy over a whole book"),
        description=say(
            "Replay a policy over every account of a book, beside a baseline, and write what it does as CSV files."
        ),
    )
    command.add_argument("book", metavar="BOOK", type=Path, help=say("a CSV or Parquet file, or a project (.greyline)"))
    command.add_argument("--policy", metavar="P", type=Path, required=True, help=say("the policy, a JSON file"))
    command.add_argument(
        "--baseline", metavar="B", type=Path, help=say("the policy to compare with; without it, no policy")
    )
    command.add_argument(
        "--mapping", metavar="M", type=Path, help=say("how the file's columns become a book's, a JSON file")
    )
    as_of_option(command, words)
    command.add_argument("--group-by", metavar="COLUMN", help=say("a column to group by in groups.csv"))
    command.add_argument(
        "--accounts", action="store_true", help=say("also write accounts.csv, a line for every account")
    )
    command.add_argument(
        "--out", metavar="DIR", type=Path, required=True, help=say("the folder to write, made where it is missing")
    )
    command.set_defaults(run=run)


def as_of_option(command: argparse.ArgumentParser, words: Words) -> None:
    """The option that names a snapshot."""
    text = words.translate("the snapshot to take, such as 2026-06-30; the latest without it")
    command.add_argument("--as-of", metavar="DATE", type=_date, help=text)


def run(chosen: argparse.Namespace, terminal: Terminal) -> int:
    """Do what the command line asked for."""
    baseline = read_policy(chosen.baseline) if chosen.baseline else no_policy()
    asked = Asked(read_policy(chosen.policy), baseline, chosen.as_of, chosen.group_by)
    mapping = read_mapping(chosen.mapping) if chosen.mapping else None
    watch = terminal.watch()
    try:
        with project_of(chosen.book, mapping, watch, as_of=chosen.as_of) as project:
            simulation = run_simulation(project, asked, "interactive", watch)
            report = write_simulation(project, simulation, chosen.out, watch, accounts=chosen.accounts)
    finally:
        watch.clear()
    show(simulation, terminal)
    say_where(report, terminal)
    return 0


def show(simulation: Simulation, terminal: Terminal) -> None:
    """The headline, the main figures beside the baseline's, and what could not be evaluated."""
    words, book, request = terminal.words, simulation.book, simulation.request
    figures = readings(simulation.evaluation, request.baseline, request.scenario, book)
    terminal.say(
        message(
            "{book}: {accounts} accounts, {users} users, as of {day}.",
            book=book.name,
            accounts=book.accounts,
            users=book.users,
            day=book.as_of,
        )
    )
    if words.wording(book.as_of_note):
        terminal.write(f"{words.wording(book.as_of_note)}\n")
    terminal.say(headline(figures, words.wording(request.scenario.name) or request.scenario.id, words, book.currency))
    headings = ["", *(words.say(name) for name in (message("Baseline"), message("Scenario"), message("Change")))]
    rows = [_row(figures[figure], words, book.currency) for figure in SHOWN if figure in figures]
    terminal.table([*headings, words.say(message("Kind"))], rows)
    fields = Fields.of(book)
    warnings = [*fields.warnings(request.baseline.policy), *fields.warnings(request.scenario.policy)]
    for sentence in dict.fromkeys(warnings):
        terminal.say(sentence)


def say_where(report: ExportReport, terminal: Terminal) -> None:
    """Which files were written."""
    names = ", ".join(file.name for file in report.files)
    terminal.say(message("Wrote {names} and manifest.json to {folder}.", names=names, folder=str(report.folder)))


def _row(reading: Reading, words: Words, currency: str) -> list[str]:
    def shown(value: float | None) -> str:
        return words.quantity(value, reading.unit, currency)

    change = words.change(reading.delta, reading.unit, currency)
    name = words.translate(FIGURES[reading.figure].name)
    return [name, shown(reading.baseline), shown(reading.value), change, words.translate(reading.kind.value)]


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date such as 2026-06-30") from error
