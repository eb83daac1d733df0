"""`greyline simulate`: one policy over one book, beside a baseline, as CSV files, an Excel workbook, a report."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from desktop_app.analysis.headline import headline
from desktop_app.analysis.readings import readings
from desktop_app.cli.options import (
    add_as_of,
    add_book,
    add_mapping,
    add_out_folder,
    names_of,
    with_suffix,
)
from desktop_app.cli.parsing import Commands, examples
from desktop_app.cli.supposing import add_suppositions, supposed_lines, with_settings
from desktop_app.cli.terminal import Terminal
from desktop_app.domain.problems import message
from desktop_app.domain.readings import Reading
from desktop_app.engine.schema import Fields
from desktop_app.figures.catalogue import FIGURES
from desktop_app.figures.main import MAIN_FIGURES
from desktop_app.reports.export import TABLES, ExportReport, Settings, Targets, named
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace.desk import no_policy
from desktop_app.workspace.exporting import Wanted, write_simulation
from desktop_app.workspace.opening import PROJECT_SUFFIX, project_of, read_asked, read_mapping, read_policy
from desktop_app.workspace.simulation import Asked, Simulation
from desktop_app.workspace.simulation import simulate as run_simulation


def add_to(commands: Commands, words: Words) -> None:
    """Declare the command."""
    say = words.translate
    command = commands.add_parser(
        "simulate",
        help=say("replay a policy over a whole book"),
        description=say(
            "Replay a policy over every account of a book, beside a baseline, and write what it does: as CSV files"
            " with a manifest, as an Excel workbook, as a report that can be printed. The same inputs give the same"
            " bytes; an earlier export in the folder is replaced."
        ),
        epilog=examples(
            words,
            "greyline simulate tape.greyline --policy policy.json --baseline today.json --out out",
            "greyline simulate book.csv --mapping mapping.json --policy policy.json --group-by segment \\",
            "    --accounts --mask-ids --out out --xlsx out/impact.xlsx --html out/report.html",
            "greyline simulate tape.greyline --policy policy.json --assume ccf=0.5 --stress pd_odds=2 --out out",
        ),
    )
    add_book(command, words)
    add_policies(command, words)
    add_mapping(command, words)
    add_as_of(command, words)
    command.add_argument("--group-by", metavar="COLUMN", help=say("a column to break the figures down by"))
    add_suppositions(command, words)
    _add_targets(command, words)
    command.set_defaults(run=run, wrong=command.error)


def add_policies(command: argparse.ArgumentParser, words: Words) -> None:
    """The policy or scenario, and what it is compared with."""
    say = words.translate
    text = say("the policy, or a scenario with its assumptions and stress: a JSON file")
    command.add_argument("--policy", metavar="P", type=Path, required=True, help=text)
    command.add_argument(
        "--baseline", metavar="B", type=Path, help=say("the policy to compare with; without it, no policy")
    )


def _add_targets(command: argparse.ArgumentParser, words: Words) -> None:
    say = words.translate
    add_out_folder(command, words)
    xlsx, html = with_suffix(words, ".xlsx"), with_suffix(words, ".html")
    command.add_argument("--xlsx", metavar="FILE", type=xlsx, help=say("an Excel workbook, a sheet a table"))
    command.add_argument("--html", metavar="FILE", type=html, help=say("a report in one file, to read or to print"))
    language = say("the language of workbook and report; the terminal's without it")
    codes = [language.value for language in Language]
    command.add_argument("--language", choices=codes, help=language)
    tables = words.say(
        message("which tables, with commas between them; all without it: {names}", names=", ".join(TABLES))
    )
    command.add_argument("--tables", metavar="NAMES", type=names_of(words, TABLES), default=TABLES, help=tables)
    command.add_argument("--accounts", action="store_true", help=say("also a line for every account"))
    mask = say("write ids of accounts and users as codes that only this project can make")
    command.add_argument("--mask-ids", action="store_true", help=mask)
    raw = say("leave texts as they are, even those that a spreadsheet would run as formulas")
    command.add_argument("--raw-text", action="store_true", help=raw)


def run(chosen: argparse.Namespace, terminal: Terminal) -> int:
    """Do what the command line asked for."""
    if not (chosen.out or chosen.xlsx or chosen.html):
        chosen.wrong(terminal.words.translate("say where to write: --out, --xlsx or --html"))
    asked = asked_for(chosen)
    mapping = read_mapping(chosen.mapping) if chosen.mapping else None
    with (
        terminal.working() as watch,
        project_of(chosen.book, mapping, watch, as_of=chosen.as_of) as project,
    ):
        simulation = run_simulation(project, asked, "interactive", watch)
        report = write_simulation(project, simulation, _wanted(chosen, terminal.words), watch)
    show(simulation, terminal)
    if chosen.mask_ids and chosen.book.suffix != PROJECT_SUFFIX:
        text = (
            "The ids were masked with a key of this run alone; a project made with import always gives the same codes."
        )
        terminal.note(message(text))
    say_where(report, terminal)
    return 0


def asked_for(chosen: argparse.Namespace) -> Asked:
    """What is asked, with what single options suppose in the place of what a scenario file does."""
    baseline = read_policy(chosen.baseline) if chosen.baseline else no_policy()
    asked = Asked.of(read_asked(chosen.policy), baseline, chosen.as_of, chosen.group_by)
    return replace(
        asked,
        assumptions=with_settings(asked.assumptions, chosen.assume, "--assume"),
        stress=with_settings(asked.stress, chosen.stress, "--stress"),
    )


def _wanted(chosen: argparse.Namespace, words: Words) -> Wanted:
    return Wanted(
        targets=Targets(chosen.out, chosen.xlsx, chosen.html),
        words=Words(Language(chosen.language)) if chosen.language else words,
        settings=Settings(chosen.tables, neutralise=not chosen.raw_text, masked=chosen.mask_ids),
        accounts=chosen.accounts,
    )


def show(simulation: Simulation, terminal: Terminal) -> None:
    """The headline, the main figures beside the baseline's, and what could not be evaluated."""
    words, book, request = terminal.words, simulation.book, simulation.request
    figures = readings(simulation.evaluation, request.baseline, request.scenario, book)
    text = "{book}: {accounts} accounts, {users} users, as of {day}."
    terminal.say(message(text, book=book.name, accounts=book.accounts, users=book.users, day=book.as_of))
    if words.wording(book.as_of_note):
        terminal.write(f"{words.wording(book.as_of_note)}\n")
    for line in supposed_lines(request.scenario, words, book.currency):
        terminal.write(f"{line}\n")
    terminal.say(headline(figures, named(request.scenario, words), words, book.currency))
    headings = ["", *(words.say(name) for name in (message("Baseline"), message("Scenario"), message("Change")))]
    rows = [_row(figures[figure], words, book.currency) for figure in MAIN_FIGURES]
    terminal.table([*headings, words.say(message("Kind"))], rows)
    fields = Fields.of(book)
    warnings = [*fields.warnings(request.baseline.policy), *fields.warnings(request.scenario.policy)]
    for sentence in dict.fromkeys(warnings):
        terminal.say(sentence)


def say_where(report: ExportReport, terminal: Terminal) -> None:
    """Which files were written."""
    targets = report.targets
    alone = [path for path in (targets.workbook, targets.report) if path]
    if targets.folder:
        names = ", ".join(file.name for file in report.files if file.name not in {path.name for path in alone})
        terminal.say(message("Wrote {names} and manifest.json to {folder}.", names=names, folder=str(targets.folder)))
    for path in alone:
        terminal.say(message("Wrote {file}.", file=str(path)))


def _row(reading: Reading, words: Words, currency: str) -> list[str]:
    def shown(value: float | None) -> str:
        return words.quantity(value, reading.unit, currency)

    change = words.change(reading.delta, reading.unit, currency)
    name = words.translate(FIGURES[reading.figure].name)
    return [name, shown(reading.baseline), shown(reading.value), change, words.translate(reading.kind.value)]
