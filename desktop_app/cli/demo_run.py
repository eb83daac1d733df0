"""`greyline demo-run`: the main job on the sample book, for a machine without a display."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.cli.simulate import Commands, say_where, show
from desktop_app.cli.terminal import Terminal
from desktop_app.domain.problems import message
from desktop_app.text.words import Words
from desktop_app.workspace.exporting import write_simulation
from desktop_app.workspace.opening import DEMO, project_of, read_mapping, read_policy
from desktop_app.workspace.simulation import Asked, simulate


def add_to(commands: Commands, words: Words) -> None:
    """Declare the command."""
    text = words.translate("run the sample: print its impact and write its files")
    command = commands.add_parser("demo-run", help=text, description=text)
    out = words.translate("the folder to write, made where it is missing")
    command.add_argument("--out", metavar="DIR", type=Path, default=Path("out"), help=out)
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace, terminal: Terminal) -> int:
    """Simulate the sample's tightened policy beside its baseline."""
    sample = DEMO
    asked = Asked(
        read_policy(sample.file(sample.tightened)), read_policy(sample.file("baseline.json")), None, sample.grouping
    )
    watch = terminal.watch()
    try:
        with project_of(sample.file(sample.book), read_mapping(sample.file("mapping.json")), watch) as project:
            simulation = simulate(project, asked, "interactive", watch)
            report = write_simulation(project, simulation, chosen.out, watch)
    finally:
        watch.clear()
    terminal.say(message("The sample book under its tightened policy, beside its baseline:"))
    show(simulation, terminal)
    say_where(report, terminal)
    return 0
