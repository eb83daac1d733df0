"""`greyline demo-run`: the main job on the sample book, for a machine without a display."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.cli.options import add_out_folder
from desktop_app.cli.parsing import Commands, examples
from desktop_app.cli.simulate import say_where, show
from desktop_app.cli.terminal import Terminal
from desktop_app.domain.problems import message
from desktop_app.reports.export import Targets
from desktop_app.text.words import Words
from desktop_app.workspace.exporting import Wanted, write_simulation
from desktop_app.workspace.opening import DEMO, project_of, read_mapping, read_policy
from desktop_app.workspace.simulation import Asked, simulate


def add_to(commands: Commands, words: Words) -> None:
    """Declare the command."""
    text = words.translate("run the sample: print its impact and write its files")
    epilog = examples(words, "greyline demo-run --out out")
    command = commands.add_parser("demo-run", help=text, description=text, epilog=epilog)
    add_out_folder(command, words, Path("out"))
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace, terminal: Terminal) -> int:
    """Simulate the sample's tightened policy beside its baseline."""
    sample = DEMO
    asked = Asked(
        read_policy(sample.file(sample.tightened)), read_policy(sample.file("baseline.json")), None, sample.grouping
    )
    mapping = read_mapping(sample.file("mapping.json"))
    wanted = Wanted(Targets(chosen.out, chosen.out / "impact.xlsx", chosen.out / "report.html"), terminal.words)
    with terminal.working() as watch, project_of(sample.file(sample.book), mapping, watch) as project:
        simulation = simulate(project, asked, "interactive", watch)
        report = write_simulation(project, simulation, wanted, watch)
    terminal.say(message("The sample book under its tightened policy, beside its baseline:"))
    show(simulation, terminal)
    say_where(report, terminal)
    return 0
