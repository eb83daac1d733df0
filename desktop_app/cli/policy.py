"""`greyline policy`: what is wrong or doubtful in a policy, what differs between two, and one as SQL."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.analysis.policy_check import policy_doubts
from desktop_app.cli.options import add_book_option
from desktop_app.cli.parsing import Commands, examples
from desktop_app.cli.terminal import Terminal
from desktop_app.domain.book import Book
from desktop_app.domain.problems import message
from desktop_app.engine.dialects import Dialect, check_columns, lenders_fields, policy_text
from desktop_app.engine.fitting import check_fit, standard_fields
from desktop_app.engine.schema import Fields
from desktop_app.text.policy_diff import policy_differences
from desktop_app.text.words import Words
from desktop_app.workspace.opening import project_of, read_mapping, read_policy


def add_to(commands: Commands, words: Words) -> None:
    """Declare the command and its own commands."""
    say = words.translate
    text = say("check and compare policies, write them as SQL")
    policy = commands.add_parser("policy", help=text, description=text)
    own = policy.add_subparsers(metavar="ACTION", required=True)
    _add_check(own, words)
    _add_sql(own, words)
    _add_diff(own, words)


def _add_check(own: Commands, words: Words) -> None:
    say = words.translate
    text = say("look for faults, rules that cannot fire or decide nothing, and values that no account has")
    epilog = examples(words, "greyline policy check policy.json --book tape.greyline")
    command = own.add_parser("check", help=text, description=text, epilog=epilog)
    command.add_argument("policy", metavar="POLICY", type=Path, help=say("the policy, a JSON file"))
    add_book_option(command, words)
    command.set_defaults(run=_check)


def described_book(file: Path | None, mapping: Path | None, terminal: Terminal) -> Book | None:
    """What is known about the book at `file`; None where none is named."""
    if file is None:
        return None
    how = read_mapping(mapping) if mapping else None
    with terminal.working() as watch, project_of(file, how, watch) as project:
        return project.book


def _check(chosen: argparse.Namespace, terminal: Terminal) -> int:
    policy = read_policy(chosen.policy)
    book = described_book(chosen.book, chosen.mapping, terminal)
    check_fit(policy, book)
    lacking = () if book is None else Fields.of(book).warnings(policy)
    doubts = [*lacking, *policy_doubts(policy, book)]
    for doubt in doubts:
        terminal.say(doubt)
    if not doubts:
        terminal.say(message("{file}: no fault and no doubt found.", file=chosen.policy.name))
    return 0


def _add_diff(own: Commands, words: Words) -> None:
    text = words.translate("say what differs between two policies, rule by rule")
    epilog = examples(words, "greyline policy diff today.json tomorrow.json")
    command = own.add_parser("diff", help=text, description=text, epilog=epilog)
    command.add_argument("before", metavar="A", type=Path, help=words.translate("the earlier policy, a JSON file"))
    command.add_argument("after", metavar="B", type=Path, help=words.translate("the later policy, a JSON file"))
    command.set_defaults(run=_diff)


def _add_sql(own: Commands, words: Words) -> None:
    say = words.translate
    text = say("write a policy as SQL for a database: outcome, reason and new limit of every account")
    epilog = examples(words, "greyline policy sql policy.json --dialect postgres > policy.sql")
    command = own.add_parser("sql", help=text, description=text, epilog=epilog)
    command.add_argument("policy", metavar="POLICY", type=Path, help=say("the policy, a JSON file"))
    command.add_argument(
        "--dialect", required=True, choices=[dialect.value for dialect in Dialect], help=say("which database's SQL")
    )
    add_book_option(command, words)
    command.set_defaults(run=_sql)


def _sql(chosen: argparse.Namespace, terminal: Terminal) -> int:
    policy = read_policy(chosen.policy)
    if chosen.book is None:
        fields = standard_fields()
        check_columns(policy, fields)
    else:
        how = read_mapping(chosen.mapping) if chosen.mapping else None
        with terminal.working() as watch, project_of(chosen.book, how, watch) as project:
            fields = lenders_fields(project.book, project.mapping)
    for warning in fields.warnings(policy):
        terminal.note(warning)
    terminal.write(policy_text(policy, fields, Dialect(chosen.dialect)))
    return 0


def _diff(chosen: argparse.Namespace, terminal: Terminal) -> int:
    found = policy_differences(read_policy(chosen.before), read_policy(chosen.after), terminal.words)
    for difference in found:
        terminal.say(difference.title)
        for change in difference.changes:
            terminal.write(f"  {terminal.words.say(change)}\n")
    if not found:
        terminal.say(message("The two policies decide the same, in the same words."))
    return 0
