"""`greyline explain`: why a policy does to one account what it does."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from desktop_app.cli.options import add_as_of, add_book, add_mapping, add_policy
from desktop_app.cli.parsing import Commands, examples
from desktop_app.cli.terminal import Terminal
from desktop_app.domain.nearest import Nearest
from desktop_app.domain.problems import Message, message
from desktop_app.engine.explain import AccountTrace, RuleTrace
from desktop_app.text.labels import OUTCOME_LABELS
from desktop_app.text.language import Language
from desktop_app.text.nearest_words import distance_words, nearest_sentences
from desktop_app.text.policy_words import rule_title
from desktop_app.text.trace_words import fired_words, rule_state, seen_words, verdict_words
from desktop_app.text.words import Words
from desktop_app.workspace.explaining import explain
from desktop_app.workspace.opening import project_of, read_mapping, read_policy


def add_to(commands: Commands, words: Words) -> None:
    """Declare the command."""
    say = words.translate
    text = say("say why a policy does what it does to one account, rule by rule")
    command = commands.add_parser(
        "explain",
        help=text,
        description=say(
            "Say why a policy does what it does to one account: the outcome, the reason with the sentence for the"
            " user, and what every rule saw."
        ),
        epilog=examples(words, "greyline explain tape.greyline 00123 --policy policy.json"),
    )
    add_book(command, words)
    command.add_argument("account", metavar="ACCOUNT_ID", help=say("the account's id, as the book has it"))
    add_policy(command, words)
    add_mapping(command, words)
    add_as_of(command, words)
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace, terminal: Terminal) -> int:
    """Explain the account."""
    policy = read_policy(chosen.policy)
    mapping = read_mapping(chosen.mapping) if chosen.mapping else None
    with terminal.working() as watch, project_of(chosen.book, mapping, watch, as_of=chosen.as_of) as project:
        trace, nearest = explain(project, policy, chosen.account, chosen.as_of, watch)
    for sentence in _outcome(trace, terminal.words):
        terminal.say(sentence)
    for number, rule in enumerate(trace.rules, 1):
        terminal.write("\n")
        title = rule_title(rule.rule, terminal.words)
        terminal.say(message("{number}. {rule}: {did}", number=number, rule=title, did=_did(rule)))
        for line in _comparisons(rule):
            terminal.write(f"   {terminal.words.say(line)}\n")
    _say_nearest(nearest, terminal)
    return 0


def _say_nearest(nearest: Nearest, terminal: Terminal) -> None:
    """What would have to be different; it names thresholds, and so is for the analyst alone."""
    if not nearest.distances:
        return
    terminal.write("\n")
    terminal.say(message("For the analyst alone, what would have to be different:"))
    lines = [*(distance_words(one, terminal.words) for one in nearest.distances), *nearest_sentences(nearest)]
    for line in lines:
        terminal.write(f"   {terminal.words.say(line)}\n")


def _outcome(trace: AccountTrace, words: Words) -> Iterator[Message]:
    yield message("Account {account}, user {user}", account=trace.account, user=trace.user)
    yield message("Outcome: {outcome}", outcome=OUTCOME_LABELS[trace.outcome])
    text = "Limit {limit}, drawn {balance}; under the policy the limit is {new}, open {undrawn}."
    amounts = {"limit": trace.credit_limit, "balance": trace.balance, "new": trace.new_limit, "undrawn": trace.undrawn}
    yield message(text, **amounts)
    if trace.reason is None:
        return
    for rule in trace.reasons:
        reason = rule.reason
        yield message("Reason: {code}, from rule {rule}", code=reason.code, rule=rule_title(rule, words))
        for language, sentence in ((Language.ENGLISH, reason.sentence.en), (Language.CHINESE, reason.sentence.zh)):
            if sentence:
                yield message("To the user, {language}: {sentence}", language=language.own_name, sentence=sentence)


def _did(trace: RuleTrace) -> Message:
    fired = fired_words(trace.act, trace.rule.action, trace.target, unknown=trace.unknown)
    return rule_state(trace.rule, trace.lacking) or fired


def _comparisons(trace: RuleTrace) -> Iterator[Message]:
    for one in trace.comparisons:
        said = seen_words(one.comparison, one.seen, one.value, one.group)
        yield message("{comparison} – {verdict}", comparison=said, verdict=verdict_words(one.holds))
