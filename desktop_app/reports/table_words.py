"""The tables of an export for people: what headings and the words in their cells are called in a language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.policy import Cause
from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Kind, Unit
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.formats import EM_DASH, NO_CURRENCY
from desktop_app.text.labels import (
    ACTION_LABELS,
    CAUSE_LABELS,
    KIND_LABELS,
    OUTCOME_LABELS,
    UNIT_LABELS,
    column_label,
)
from desktop_app.text.words import Words

TABLE_LABELS: Final[Mapping[str, Message]] = {
    "summary": message("Figures"),
    "reasons": message("Reasons"),
    "groups": message("Groups"),
    "rules": message("Rules"),
    "transitions": message("Transitions"),
    "overlap": message("Overlap of rules"),
    "movements": message("Tightened and loosened"),
    "recorded": message("Recorded actions"),
    "accounts": message("Accounts"),
}

SIDE_LABELS: Final[Mapping[str, Message]] = {
    "baseline": message("Baseline"),
    "scenario": message("Scenario"),
    "delta": message("Change"),
}

SWAP_LABELS: Final[Mapping[str, Message]] = {
    "swap_out": message("Newly blocked (swap-out)"),
    "swap_in": message("No longer blocked (swap-in)"),
    "blocked_by_both": message("Blocked by both"),
    "blocked_by_neither": message("Blocked by neither"),
}

MOVEMENT_LABELS: Final[Mapping[str, Message]] = {
    "tightened": message("May draw less (tightened)"),
    "loosened": message("May draw more (loosened)"),
    "same": message("May draw the same"),
    "referred": message("Referred by either policy"),
}

# Headings that are neither a figure's id nor a column's name.
_HEADINGS: Final[Mapping[str, Message]] = {
    "figure": message("Figure"),
    "policy": message("Policy"),
    "value": message("Value"),
    "unit": message("Unit"),
    "kind": message("Kind"),
    "date": message("Date"),
    "denominator": message("Share of"),
    "coverage": message("Coverage"),
    "rule": message("Rule (id)"),
    "name": message("Rule"),
    "reason_code": message("Reason code"),
    "reason": message("Reason code"),
    "cause": message("Cause"),
    "action": message("Action"),
    "outcome": message("Outcome"),
    "baseline_outcome": message("Outcome under the baseline"),
    "swap": message("Swap"),
    "movement": message("Movement"),
    "agrees": message("As recorded"),
    "open_line_baseline": message("Open line under the baseline"),
    "margin_baseline": message("Margin under the baseline"),
    "grouping": message("Grouping"),
    "group": message("Group"),
    "thin": message("Few cases"),
    "reference": message("Reference group"),
    "unrestricted_ratio": message("Unrestricted, × reference"),
    "unrestricted_p": message("Unrestricted, p"),
    "blocked_ratio": message("Blocked, × reference"),
    "blocked_p": message("Blocked, p"),
    "flagged": message("Flagged"),
    "gap_rule": message("Rule that makes the gap (id)"),
    "position": message("Place"),
    "enabled": message("Switched on"),
    "available": message("Available"),
    "any_hit_users": message("Users hit"),
    "any_hit_accounts": message("Accounts hit"),
    "first_reason_users": message("Users, first reason"),
    "first_reason_accounts": message("Accounts, first reason"),
    "sole_hit_users": message("Users hit by it alone"),
    "marginal_users": message("Users restricted only with it"),
    "unknown_users": message("Users undecided"),
    "unknown_accounts": message("Accounts undecided"),
    "evidence_date": message("Evidence date"),
    "known_users": message("Users with a known outcome"),
    "bad_users": message("Bad users"),
    "bad_rate_low": message("Bad rate, low"),
    "bad_rate_high": message("Bad rate, high"),
    "lift": message("Lift"),
    "few": message("Few cases"),
    "sole_known_users": message("Known users hit by it alone"),
    "sole_bad_users": message("Bad users hit by it alone"),
    "sole_bad_rate": message("Bad rate of those hit by it alone"),
    "known_users_untreated": message("Known users, untreated"),
    "lift_untreated": message("Lift, untreated"),
    "el_delta": message("Expected loss it adds"),
    "margin_delta": message("Margin it adds"),
    "other_rule": message("Other rule (id)"),
    "ead_baseline": message("EAD under the baseline"),
    "el_baseline": message("Expected loss under the baseline"),
    "new_limit": message("New limit"),
    "undrawn": message("Undrawn"),
    "in_default": message("In default"),
}

_CODES: Final[Mapping[str, Mapping[str, Message]]] = {
    "policy": SIDE_LABELS,
    "unit": {unit.value: UNIT_LABELS[unit] for unit in Unit},
    "kind": {kind.value: KIND_LABELS[kind] for kind in Kind},
    "outcome": {outcome.value: OUTCOME_LABELS[outcome] for outcome in Outcome},
    "baseline_outcome": {outcome.value: OUTCOME_LABELS[outcome] for outcome in Outcome},
    "cause": {cause.value: CAUSE_LABELS[cause] for cause in Cause},
    "action": ACTION_LABELS,
    "recorded_action": ACTION_LABELS,
    "swap": SWAP_LABELS,
    "movement": MOVEMENT_LABELS,
}
_FIGURE_HEADINGS: Final = frozenset({"figure", "denominator"})
MISSING_GROUP: Final = message("(missing)")


def currency_words(currency: str) -> str:
    """A currency's code; a dash where the book does not say which it is."""
    return EM_DASH if currency == NO_CURRENCY else currency


def heading_words(heading: str, words: Words) -> str:
    """A heading of a table in a language; one that nobody has named stays as it is."""
    if heading in _HEADINGS:
        return words.say(_HEADINGS[heading])
    if heading in FIGURES:
        return words.translate(FIGURES[heading].name)
    return words.say(column_label(heading))


def cell_words(heading: str, text: str, words: Words) -> str:
    """A coded word of a table in a language; any other text as it stands."""
    if heading in _FIGURE_HEADINGS:
        return words.translate(FIGURES[text].name) if text in FIGURES else text
    if heading == "group" and not text:
        return words.say(MISSING_GROUP)
    if heading == "grouping" and text:
        return words.say(column_label(text))
    label = _CODES.get(heading, {}).get(text)
    return words.say(label) if label else text
