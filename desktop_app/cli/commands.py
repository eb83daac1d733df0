"""The commands of `greyline`: what there is, what each takes, and how errors leave."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from desktop_app.cli import demo_run, explain, figures, generate, import_book, inspect, policy, project, risk, simulate
from desktop_app.cli.parsing import Parser, speak
from desktop_app.cli.terminal import Terminal
from desktop_app.domain.problems import Cancelled, Problem, message
from desktop_app.text.language import Language
from desktop_app.text.version import program_version
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
        return _run(arguments, terminal)
    except Problem as problem:
        for sentence in (problem.message, *problem.details):
            terminal.note(sentence)
        return FAILED
    except (Cancelled, KeyboardInterrupt):
        terminal.note(message("Cancelled."))
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output, such as `head`, has seen enough.
        return _without_output()
    except OSError as error:
        if error.filename is not None:
            raise
        terminal.note(message("The output could not be written: {reason}.", reason=error.strerror or str(error)))
        return _without_output()


def _without_output() -> int:
    """Python must not try to write what is left when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED


def _run(arguments: Sequence[str], terminal: Terminal) -> int:
    try:
        chosen = _parser(terminal.words).parse_args(list(arguments))
        code = int(chosen.run(chosen, terminal))
    except SystemExit as leave:
        # argparse has printed its help or the fault and wants to end the process.
        code = leave.code if isinstance(leave.code, int) else FAILED
    # A pipe that nobody reads any more shows here rather than when the process ends.
    sys.stdout.flush()
    return code


def _parser(words: Words) -> argparse.ArgumentParser:
    speak(words)
    parser = Parser(
        prog="greyline",
        description=words.translate("The exact effect of a credit policy on a whole loan book."),
        epilog=words.translate(
            "Without a command, the window opens; a file alone is opened in it. Each command says more with --help."
        ),
    )
    parser.add_argument("--version", action="version", version=f"greyline {program_version()}")
    # The window takes it before a command is looked for; it stands here for the help.
    parser.add_argument(
        "--trace-frames",
        metavar="FILE",
        help=words.translate("with the window: write the time of each frame of a drag to a CSV file"),
    )
    commands = parser.add_subparsers(title=words.translate("commands"), metavar="COMMAND", required=True)
    inspect.add_to(commands, words)
    import_book.add_to(commands, words)
    simulate.add_to(commands, words)
    risk.add_to(commands, words)
    generate.add_to(commands, words)
    demo_run.add_to(commands, words)
    project.add_to(commands, words)
    policy.add_to(commands, words)
    figures.add_to(commands, words)
    explain.add_to(commands, words)
    return parser
