"""`greyline policy`: what differs between two policies, in words."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.cli.simulate import Commands
from desktop_app.cli.terminal import Terminal
from desktop_app.domain.problems import message
from desktop_app.text.policy_diff import policy_differences
from desktop_app.text.words import Words
from desktop_app.workspace.opening import read_policy


def add_to(commands: Commands, words: Words) -> None:
    """Declare the command and its own commands."""
    say = words.translate
    policy = commands.add_parser("policy", help=say("compare policies"))
    own = policy.add_subparsers(metavar="ACTION", required=True)
    _add_diff(own, words)


def _add_diff(own: Commands, words: Words) -> None:
    text = words.translate("say what differs between two policies, rule by rule")
    command = own.add_parser("diff", help=text, description=text)
    command.add_argument("before", metavar="A", type=Path, help=words.translate("the earlier policy, a JSON file"))
    command.add_argument("after", metavar="B", type=Path, help=words.translate("the later policy, a JSON file"))
    command.set_defaults(run=_diff)


def _diff(chosen: argparse.Namespace, terminal: Terminal) -> int:
    found = policy_differences(read_policy(chosen.before), read_policy(chosen.after), terminal.words)
    for difference in found:
        terminal.say(difference.title)
        for change in difference.changes:
            terminal.write(f"  {terminal.words.say(change)}\n")
    if not found:
        terminal.say(message("The two policies decide the same, in the same words."))
    return 0
