"""The commands of `greyline`: what there is, what each takes, and how errors leave."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from desktop_app.cli import demo_run, explain, figures, generate, import_book, inspect, policy, project, simulate
from desktop_app.cli.terminal import Terminal
from desktop_app.domain.problems import Cancelled, Problem
from desktop_app.text.language import Language
from desktop_app.text.words import Words

FAILED = 1
INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Run one command; 0 where it did its work, 1 with one clear line on an error, 2 on a wrong call."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal or pipe of few letters shows a question mark for a minus sign, and no error.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    terminal = Terminal(Words(Language.of_terminal()))
    try:
        chosen = _parser(terminal.words).parse_args(list(arguments))
    except SystemExit as leave:
        # argparse has printed its help or the fault and wants to end the process.
        return leave.code if isinstance(leave.code, int) else FAILED
    try:
        return int(chosen.run(chosen, terminal))
    except Problem as problem:
        for sentence in (problem.message, *problem.details):
            sys.stderr.write(f"{terminal.words.say(sentence)}\n")
        return FAILED
    except (Cancelled, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output, such as `head`, has seen enough; Python must not flush what is left.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _parser(words: Words) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="greyline",
        description=words.translate("The exact effect of a credit policy on a whole loan book."),
        epilog=words.translate("Without a command, the window opens."),
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    inspect.add_to(commands, words)
    import_book.add_to(commands, words)
    simulate.add_to(commands, words)
    generate.add_to(commands, words)
    demo_run.add_to(commands, words)
    project.add_to(commands, words)
    policy.add_to(commands, words)
    figures.add_to(commands, words)
    explain.add_to(commands, words)
    return parser
