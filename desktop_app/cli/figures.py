"""`greyline figures`: the catalogue of figures, as a table or a CSV file."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from desktop_app.cli.parsing import Commands, examples
from desktop_app.cli.terminal import Terminal
from desktop_app.domain.problems import message
from desktop_app.figures.catalogue import FIGURES
from desktop_app.figures.types import Figure
from desktop_app.reports.whole_files import whole_file
from desktop_app.text.labels import KIND_LABELS, UNIT_LABELS
from desktop_app.text.words import Words

# The headings of the CSV file, the same in every language.
HEADINGS = ("id", "name", "unit", "kind", "formula", "source")


def add_to(commands: Commands, words: Words) -> None:
    """Declare the command."""
    text = words.translate("list every figure with its unit, its kind and its formula")
    epilog = examples(words, "greyline figures", "greyline figures --csv figures.csv")
    command = commands.add_parser("figures", help=text, description=text, epilog=epilog)
    to = words.translate("write the list to a CSV file instead")
    command.add_argument("--csv", metavar="FILE", type=Path, help=to)
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace, terminal: Terminal) -> int:
    """List the catalogue, in its own order."""
    rows = [_row(figure, terminal.words) for figure in FIGURES.values()]
    if chosen.csv is None:
        names = (message("Id"), message("Name"), message("Unit"), message("Kind"), message("Formula"))
        shown = len(names)
        terminal.columns([terminal.words.say(name) for name in names], [row[:shown] for row in rows])
    else:
        _write(chosen.csv, rows)
        terminal.say(message("Wrote {n} figures to {file}.", n=len(rows), file=str(chosen.csv)))
    return 0


def _row(figure: Figure, words: Words) -> list[str]:
    unit, kind = words.say(UNIT_LABELS[figure.unit]), words.say(KIND_LABELS[figure.kind])
    texts = [words.translate(text) for text in (figure.name, figure.formula, figure.source)]
    return [figure.id, texts[0], unit, kind, *texts[1:]]


def _write(path: Path, rows: list[list[str]]) -> None:
    # With the mark that spreadsheets know UTF-8 by.
    with whole_file(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
