"""Why one account is decided as it is: outcome, reasons, every rule with what it saw, and what is nearest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape

from PySide6.QtWidgets import QTextBrowser

from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.problems import Message, message
from desktop_app.engine.explain import AccountTrace, RuleTrace
from desktop_app.text.labels import OUTCOME_LABELS
from desktop_app.text.language import Language
from desktop_app.text.nearest_words import distance_words, nearest_sentences
from desktop_app.text.policy_words import rule_title
from desktop_app.text.trace_words import fired_words, rule_state, seen_words, verdict_words
from desktop_app.text.words import Words
from desktop_app.workspace.browsing import Explained

# What an id is shown as.
Name = Callable[[str], str]


class TraceView(QTextBrowser):
    """Shows one Explained as a page to read, to select from and to copy."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)

    def show_explained(self, explained: Explained | None, words: Words, name: Name) -> None:
        """Write another account; None for none."""
        self.setAccessibleName(words.translate("Why this account is decided so"))
        self.setPlaceholderText(words.translate("Choose an account to see why it is decided so."))
        self.setHtml("" if explained is None else trace_html(explained, words, name))


def trace_html(explained: Explained, words: Words, name: Name) -> str:
    """The page of one account."""
    trace = explained.scenario
    title = message("Account {account}, user {user}", account=name(trace.account), user=name(trace.user))
    parts = [
        f"<h4>{_said(title, words)}</h4>",
        _paragraphs(_outcome(trace, explained.baseline.outcome), words),
        _section(message("Reasons, for the user"), _reasons(trace, words), words),
        _section(message("For the analyst alone"), _nearest(explained, words), words),
        f"<h4>{words.translate('Every rule')}</h4>",
        *(_rule(number, rule, words) for number, rule in enumerate(trace.rules, 1)),
    ]
    return "".join(parts)


def _outcome(trace: AccountTrace, before: Outcome) -> Iterator[Message]:
    after = OUTCOME_LABELS[trace.outcome]
    if before is trace.outcome:
        yield message("Outcome: {outcome}, as under the baseline", outcome=after)
    else:
        yield message("Outcome: {outcome}; under the baseline: {before}", outcome=after, before=OUTCOME_LABELS[before])
    text = "Limit {limit}, drawn {balance}; under the policy the limit is {new}, open {undrawn}."
    yield message(text, limit=trace.credit_limit, balance=trace.balance, new=trace.new_limit, undrawn=trace.undrawn)


def _reasons(trace: AccountTrace, words: Words) -> Iterator[Message]:
    for rule in trace.reasons:
        reason = rule.reason
        yield message("{code}: {rule}", code=reason.code, rule=rule_title(rule, words))
        for language, sentence in ((Language.ENGLISH, reason.sentence.en), (Language.CHINESE, reason.sentence.zh)):
            if sentence:
                yield message("{language}: {sentence}", language=language.own_name, sentence=sentence)


def _nearest(explained: Explained, words: Words) -> Iterator[Message]:
    yield from nearest_sentences(explained.nearest)
    for distance in explained.nearest.distances:
        yield distance_words(distance, words)


def _rule(number: int, trace: RuleTrace, words: Words) -> str:
    title = rule_title(trace.rule, words)
    did = rule_state(trace.rule, trace.lacking) or fired_words(
        trace.act, trace.rule.action, trace.target, unknown=trace.unknown
    )
    said = _said(message("{number}. {rule}: {did}", number=number, rule=title, did=did), words)
    head = f"<b>{said}</b>" if trace.act is not None else said
    lines = (
        message(
            "{comparison} – {verdict}",
            comparison=seen_words(one.comparison, one.seen, one.value, one.group),
            verdict=verdict_words(one.holds),
        )
        for one in trace.comparisons
    )
    seen = "".join(f"<p style='margin: 0 0 0 14px'>{_said(line, words)}</p>" for line in lines)
    return f"<p style='margin: 6px 0 0 0'>{head}</p>{seen}"


def _section(title: Message, lines: Iterable[Message], words: Words) -> str:
    written = _paragraphs(lines, words)
    return f"<h4>{_said(title, words)}</h4>{written}" if written else ""


def _paragraphs(lines: Iterable[Message], words: Words) -> str:
    return "".join(f"<p style='margin: 2px 0'>{_said(line, words)}</p>" for line in lines)


def _said(sentence: Message, words: Words) -> str:
    return escape(words.say(sentence))
