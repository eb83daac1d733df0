"""How an account's values are written, and what its columns are called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from desktop_app.domain.accounts import (
    BASELINE_OUTCOME,
    BASELINE_REASON,
    DECIDED,
    NEW_LIMIT,
    OUTCOME,
    REASON,
    UNDRAWN,
    Shown,
)
from desktop_app.domain.book import Book
from desktop_app.domain.columns import NUMERIC, ColumnType
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import Message, message
from desktop_app.domain.sides import Side
from desktop_app.text.filter_words import RuleName
from desktop_app.text.formats import EM_DASH
from desktop_app.text.labels import OUTCOME_LABELS, column_label
from desktop_app.text.words import Words

DECIDED_LABELS: dict[str, Message] = {
    OUTCOME: message("Outcome"),
    REASON: message("Reason"),
    NEW_LIMIT: message("New limit"),
    UNDRAWN: message("Open line"),
    BASELINE_OUTCOME: message("Baseline outcome"),
    BASELINE_REASON: message("Baseline reason"),
}


def heading(column: str) -> Message:
    """What a column of the book, or of DECIDED, is called."""
    return DECIDED_LABELS.get(column) or column_label(column)


def is_amount(book: Book, column: str) -> bool:
    """Whether its values stand on the right."""
    return column in (NEW_LIMIT, UNDRAWN) or (column not in DECIDED and book.column(column).type in NUMERIC)


def written(value: Shown, column: str, book: Book, words: Words, rule_name: RuleName) -> str:
    """One value as text; an em dash where there is none."""
    match value:
        case None:
            return EM_DASH
        case Outcome():
            return words.say(OUTCOME_LABELS[value])
        case bool():
            return words.translate("yes") if value else words.translate("no")
        case date():
            return words.date(value)
        case Decimal():
            money = column in DECIDED or book.column(column).type is ColumnType.MONEY
            return words.decimal(value, 2) if money else words.number(value)
        case str() if column in (REASON, BASELINE_REASON):
            return rule_name("baseline" if column == BASELINE_REASON else "scenario", value)
        case _:
            return value


def rule_names(baseline: Policy, scenario: Policy, words: Words) -> RuleName:
    """What each side's rules are called; the id where one has no name, or is gone."""
    sides: dict[Side, Policy] = {"baseline": baseline, "scenario": scenario}
    named = {
        (side, rule.id): words.wording(rule.name) or rule.id for side, policy in sides.items() for rule in policy.rules
    }
    found: Callable[[Side, str], str] = lambda side, rule: named.get((side, rule), rule)  # noqa: E731
    return found
