"""The tables of the page Rule by rule: what each rule does, which rules meet, and who may draw less or more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

from desktop_app.analysis.movements import MOVEMENT_FIGURES
from desktop_app.analysis.readings import Readings, whole_slices
from desktop_app.analysis.rule_observations import Observed, RuleObserved, rules_observed
from desktop_app.analysis.rule_worths import RuleWorth, rule_worths
from desktop_app.domain.book import Book
from desktop_app.domain.movements import Movement
from desktop_app.domain.policy import Policy, Rule
from desktop_app.domain.problems import message
from desktop_app.domain.readings import Unit
from desktop_app.domain.requests import RuleCounts
from desktop_app.domain.rule_effects import Overlap
from desktop_app.figures.catalogue import FIGURES
from desktop_app.reports.table_words import MOVEMENT_LABELS, heading_words
from desktop_app.text.formats import EM_DASH
from desktop_app.text.labels import ACTION_LABELS
from desktop_app.text.words import Words
from desktop_app.ui.table_model import Cell
from desktop_app.workspace.ruling import RuleAnswers

Rows: TypeAlias = tuple[list[Cell], list[tuple[Cell, ...]]]

_NOTHING = float("-inf")
_UNKNOWN, _PENDING = Cell(EM_DASH, _NOTHING), Cell("…", _NOTHING)
_COUNTS = ("any_hit_users", "first_reason_users", "sole_hit_users", "marginal_users", "unknown_users")
_BOOK_RATES = frozenset({"bad_rate", "bad_rate_untreated"})


def rule_rows(found: RuleAnswers, book: Book, words: Words) -> Rows:
    """Headings and rows: one a rule of the scenario, in the policy's order."""
    policy, evaluation = found.request.scenario.policy, found.evaluation
    headings = [Cell("#"), *(Cell(heading_words(name, words)) for name in ("name", "action", *_COUNTS))]
    headings += [Cell(heading_words(name, words)) for name in ("bad_rate", "lift", "goods_per_bad", "sole_bad_rate")]
    headings += [Cell(heading_words(name, words)) for name in ("el_delta", "margin_delta", "breakeven_pd")]
    if evaluation is None:
        return headings, [_row(place, rule, [_PENDING] * 12, words) for place, rule in enumerate(policy.rules, 1)]
    counted = {counts.rule: counts for counts in evaluation.rules["scenario"]}
    slices = whole_slices(evaluation, found.request.baseline, found.request.scenario, book)
    rates = slices.readings(lambda figure: figure.id in _BOOK_RATES)[0]
    turned_out = rules_observed(evaluation, "scenario", rates)
    worths = rule_worths(found.effects, found.request.scenario.assumptions) if found.effects else None
    rows = []
    for place, rule in enumerate(policy.rules, 1):
        cells = [*_counts(counted[rule.id], words), *_observed(turned_out[rule.id], words)]
        worth = [_PENDING] * 3 if worths is None else _worth(worths.get(rule.id), book.currency, words)
        rows.append(_row(place, rule, [*cells, *worth], words))
    return headings, rows


def overlap_rows(overlap: Overlap, policy: Policy, words: Words) -> Rows:
    """Headings and rows: each pair of rules that both hit anyone, the largest overlap first."""
    headings = [Cell(words.translate("Rule")), Cell(words.translate("Other rule"))]
    headings += [Cell(words.translate(text)) for text in ("Users", "Accounts")]
    headings += [Cell(words.translate("Share of the first rule's users")), Cell(words.translate("… of the other's"))]
    rows = []
    for one, other in combinations(range(len(overlap.rules)), 2):
        users, accounts = int(overlap.users[one, other]), int(overlap.accounts[one, other])
        if not accounts:
            continue
        names = (_name(policy.rule(overlap.rules[place]), words) for place in (one, other))
        parts = (users / int(overlap.users[place, place]) if users else 0.0 for place in (one, other))
        counts = (Cell(words.integer(number), float(number)) for number in (users, accounts))
        rows.append((*(Cell(name, name) for name in names), *counts, *(Cell(words.share(p), p) for p in parts)))
    return headings, sorted(rows, key=lambda row: -float(row[2].key))


def movement_rows(found: Mapping[Movement, Readings], words: Words, currency: str) -> Rows:
    """Headings and rows: the tightened, the loosened, the same and the referred, with the change of their money."""
    headings = [Cell(heading_words("movement", words))]
    headings += [
        Cell(words.translate(FIGURES[one].name), tip=words.translate(FIGURES[one].help)) for one in MOVEMENT_FIGURES
    ]
    rows = []
    for movement, readings in found.items():
        name = words.say(MOVEMENT_LABELS[movement.value])
        rows.append((Cell(name, name), *(_moved(readings, figure, words, currency) for figure in MOVEMENT_FIGURES)))
    return headings, rows


def _row(place: int, rule: Rule, cells: Sequence[Cell], words: Words) -> tuple[Cell, ...]:
    action = words.say(ACTION_LABELS[rule.action.kind])
    name = _name(rule, words)
    return (Cell(words.integer(place), float(place)), Cell(name, name), Cell(action, action), *cells)


def _name(rule: Rule, words: Words) -> str:
    return words.wording(rule.name) or rule.id


def _counts(counts: RuleCounts, words: Words) -> list[Cell]:
    numbers = (getattr(counts, name) for name in _COUNTS)
    return [_UNKNOWN if number is None else Cell(words.integer(number), float(number)) for number in numbers]


def _observed(rule: RuleObserved, words: Words) -> list[Cell]:
    hits = rule.hits
    few = words.translate("Few cases: under 30 users, or under 5 good or bad ones.")
    return [
        _share(hits.bad_rate, words, _rate_tip(hits, words)),
        _ratio(hits.lift, words, few if hits.thin else ""),
        _ratio(hits.goods_per_bad, words, few if hits.thin else ""),
        _share(rule.sole_hits.bad_rate, words, _rate_tip(rule.sole_hits, words)),
    ]


def _rate_tip(found: Observed, words: Words) -> str:
    """How sure a bad rate is."""
    if found.bad_rate is None:
        return ""
    interval = message("{low} – {high}", low=words.share(found.low), high=words.share(found.high))
    text = "{bads} of {known} users with a known outcome; 95 % interval {interval}."
    said = [message(text, bads=words.integer(found.bads), known=words.integer(found.known), interval=interval)]
    if found.thin:
        said.append(message("Few cases: under 30 users, or under 5 good or bad ones."))
    return " ".join(words.say(sentence) for sentence in said)


def _worth(worth: RuleWorth | None, currency: str, words: Words) -> list[Cell]:
    if worth is None:
        return [_UNKNOWN] * 3
    money = [
        _UNKNOWN if value is None else Cell(words.change(value, Unit.MONEY, currency), value)
        for value in (worth.el, worth.margin)
    ]
    return [*money, _share(worth.breakeven_pd, words)]


def _share(value: float | None, words: Words, tip: str = "") -> Cell:
    return _UNKNOWN if value is None else Cell(words.share(value), value, tip)


def _ratio(value: float | None, words: Words, tip: str = "") -> Cell:
    return _UNKNOWN if value is None else Cell(words.decimal(value, 2), value, tip)


def _moved(readings: Readings, figure: str, words: Words, currency: str) -> Cell:
    reading = readings[figure]
    if reading.value is None:
        return _UNKNOWN
    value = words.quantity(reading.value, reading.unit, currency)
    if not reading.delta:
        return Cell(value, reading.value)
    return Cell(f"{value}  ({words.change(reading.delta, reading.unit, currency)})", reading.value)
