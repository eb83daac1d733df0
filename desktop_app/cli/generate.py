"""`greyline generate`: a synthetic book of any size, the same bytes for the same seed."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.cli.options import whole_number
from desktop_app.cli.parsing import Commands, examples
from desktop_app.cli.terminal import Terminal
from desktop_app.demo.replaying import generate_recorded
from desktop_app.domain.problems import message
from desktop_app.text.words import Words

_SEED = 2026


def add_to(commands: Commands, words: Words) -> None:
    """Declare the command."""
    say = words.translate
    command = commands.add_parser(
        "generate",
        help=say("write a synthetic book of any size"),
        description=say(
            "Write a synthetic book as a Parquet file: plausible from general knowledge, fitted to no lender's data."
            " The same rows and seed give the same bytes."
        ),
        epilog=examples(words, "greyline generate --rows 1000000 --seed 7 --out book.parquet"),
    )
    rows = say("how many rows to write; a third of them at each of three dates")
    command.add_argument("--rows", metavar="N", type=whole_number(words), required=True, help=rows)
    command.add_argument("--seed", metavar="S", type=int, default=_SEED, help=say("the seed; 2026 without it"))
    command.add_argument("--out", metavar="FILE", type=Path, required=True, help=say("the Parquet file to write"))
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace, terminal: Terminal) -> int:
    """Write the book."""
    with terminal.working() as watch:
        generate_recorded(chosen.rows, chosen.seed, chosen.out, watch)
    terminal.say(
        message(
            "Wrote {rows} rows to {file}, {size} MB.", rows=chosen.rows, file=str(chosen.out), size=_size(chosen.out)
        )
    )
    return 0


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f}"
