"""The parts of a report about the policy: what changed against the baseline, every rule in words, how often it acts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from desktop_app.analysis.rule_observations import RuleObserved, rules_observed
from desktop_app.domain.actions import Bands, Cut, Matrix, Raise
from desktop_app.domain.policy import OnMissing, Policy, Rule
from desktop_app.domain.problems import Message, message
from desktop_app.domain.requests import RuleCounts
from desktop_app.reports.export import Export
from desktop_app.reports.page_blocks import (
    Block,
    Cell,
    Change,
    ChangeList,
    Facts,
    Grid,
    Paragraph,
    RuleCard,
    RuleCards,
    Section,
    number,
    numbers,
)
from desktop_app.reports.table_words import heading_words
from desktop_app.text.formats import EM_DASH
from desktop_app.text.labels import ACTION_LABELS, CAUSE_LABELS, ON_MISSING_LABELS, column_label
from desktop_app.text.policy_diff import policy_differences
from desktop_app.text.policy_words import action_words, condition_words, rule_title
from desktop_app.text.words import Words

# The counts of a rule that the report shows, by their heading in rules.csv.
_COUNTS = ("any_hit_users", "first_reason_users", "sole_hit_users", "marginal_users", "unknown_users")


def changes(export: Export, words: Words) -> Section:
    """What the scenario's policy changes in the baseline's."""
    found = policy_differences(export.baseline.policy, export.scenario.policy, words, names=False)
    listed = [Change(words.say(one.title), [words.say(line) for line in one.changes]) for one in found]
    same = Paragraph(words.say(message("Both policies have the same rules.")))
    return Section(
        "changes", words.translate("What changes against the baseline"), [ChangeList(listed)] if found else [same]
    )


def policy(export: Export, words: Words) -> Section:
    """The scenario's policy in words, in the order in which it decides."""
    chosen = export.scenario.policy
    available = {counts.rule: counts.available for counts in export.evaluation.rules["scenario"]}
    cards = [_card(place, rule, available[rule.id], words) for place, rule in enumerate(chosen.rules, 1)]
    blocks: list[Block] = []
    if words.wording(chosen.note):
        blocks.append(Paragraph(words.wording(chosen.note)))
    order = message("An account is decided by the most severe rule that fires; the first in order gives the reason.")
    blocks += [Paragraph(words.say(order), "note"), Facts(list(_settings(chosen, export.book.currency, words)))]
    return Section("policy", words.translate("The policy in words"), [*blocks, RuleCards(cards)])


def rules(export: Export, words: Words) -> Section:
    """How often each rule of the scenario acts, with the baseline's first reasons beside."""
    before = {counts.rule: counts for counts in export.evaluation.rules["baseline"]}
    named = {rule.id: rule for rule in export.scenario.policy.rules}
    rows = [
        _count_row(place, named[counts.rule], counts, before.get(counts.rule), words)
        for place, counts in enumerate(export.evaluation.rules["scenario"], 1)
    ]
    first = [Cell(""), Cell(words.translate("Rule")), Cell(words.translate("Action"))]
    counted = [Cell(heading_words(name, words), "number") for name in _COUNTS]
    baseline = Cell(words.translate("First reason, baseline"), "number")
    note = message(
        "Users hit: the rule fires. First reason: it gives the user's reason. Alone: no other rule fires on any of the "
        "user's accounts. Only with it: restricted by the policy, but not by the policy without this rule. Undecided: "
        "a value is missing that its condition or target needs."
    )
    grid = Grid([*first, *counted[:2], baseline, *counted[2:]], rows, words.say(note))
    title = words.translate("How often each rule acts")
    return Section("rules", title, [grid, *([_observed(export, words)] if export.evaluation.outcomes else ())])


def _observed(export: Export, words: Words) -> Grid:
    """What became of the users whom each rule hits, at the evidence date."""
    found = rules_observed(export.evaluation, "scenario", export.readings)
    headings = [Cell(""), Cell(words.translate("Rule"))]
    headings += [Cell(heading_words(name, words), "number") for name in ("known_users", "bad_users", "bad_rate")]
    headings.append(Cell(words.translate("95 % interval"), "number"))
    headings += [Cell(heading_words("lift", words), "number"), Cell(words.translate("Goods per bad"), "number")]
    rates = (message("Bad rate, hit by it alone"), message("Bad rate, untreated"))
    headings += [Cell(words.say(rate), "number") for rate in rates]
    rows = [
        [Cell(words.integer(place), "faint"), Cell(_title(rule, found[rule.id], words)), *_rates(found[rule.id], words)]
        for place, rule in enumerate(export.scenario.policy.rules, 1)
    ]
    text = (
        "Users whom the rule would have hit on {day}, and whose outcome is known. Lift is over the bad rate of the "
        "whole book; untreated are those on whom the live system did not act. Few, or pale: under 30 users, or under 5 "
        "good or bad ones."
    )
    note = message(text, day=export.book.evidence or EM_DASH)
    return Grid(headings, rows, words.say(note), words.translate("What became of those whom each rule hits"))


def _title(rule: Rule, found: RuleObserved, words: Words) -> str:
    named = words.wording(rule.name) or rule.id
    return words.say(message("{group} (few)", group=named)) if found.hits.thin else named


def _rates(found: RuleObserved, words: Words) -> list[Cell]:
    hits = found.hits
    interval = EM_DASH
    if hits.bad_rate is not None:
        interval = words.say(message("{low} – {high}", low=words.share(hits.low), high=words.share(hits.high)))
    texts = [words.integer(hits.known), words.integer(hits.bads), words.share(hits.bad_rate), interval]
    texts += [words.decimal(value, 2) for value in (hits.lift, hits.goods_per_bad)]
    others = (found.sole_hits, found.untreated)
    return [*numbers(texts), *(number(words.share(one.bad_rate), "faint" if one.thin else "") for one in others)]


def _settings(chosen: Policy, currency: str, words: Words) -> Iterator[tuple[str, str]]:
    yield words.translate("Limits are rounded down to"), words.money(chosen.round_to, currency)
    yield words.translate("No cut goes below"), words.money(chosen.floor, currency)
    spared = message("yes") if chosen.protect_balance else message("no")
    yield words.translate("A cut spares what is drawn"), words.say(spared)


def _card(place: int, rule: Rule, available: bool, words: Words) -> RuleCard:
    off = "" if rule.enabled else words.translate("switched off")
    lacking = words.translate("Not evaluated: the book lacks a column that it needs.")
    return RuleCard(
        number=place,
        title=words.say(rule_title(rule, words)),
        action=words.say(action_words(rule.action)),
        enabled=rule.enabled,
        badge=off or words.say(CAUSE_LABELS[rule.reason.cause]),
        lines=[(words.say(name), text) for name, text in _lines(rule, words)],
        matrix=_matrix(rule, words),
        warning="" if available or not rule.enabled else lacking,
    )


def _lines(rule: Rule, words: Words) -> Iterator[tuple[Message, str]]:
    yield message("If"), words.say(condition_words(rule.condition))
    if rule.on_missing is not OnMissing.SKIP:
        yield message("Where something is missing"), words.say(ON_MISSING_LABELS[rule.on_missing])
    cause = message("{code}, {cause}", code=rule.reason.code, cause=CAUSE_LABELS[rule.reason.cause])
    yield message("Reason"), words.say(cause)
    if words.wording(rule.reason.sentence):
        yield message("To the user"), words.wording(rule.reason.sentence)
    if rule.note:
        yield message("Note"), rule.note


def _matrix(rule: Rule, words: Words) -> Grid | None:
    match rule.action:
        case Cut(target=Matrix() as matrix) | Raise(target=Matrix() as matrix):
            return _matrix_grid(matrix, words)
        case _:
            return None


def _matrix_grid(matrix: Matrix, words: Words) -> Grid:
    """The matrix as it is read: bands of the first field down, of the second across."""
    across = _bands(matrix.columns, words) if matrix.columns else [""]
    fields = [words.say(column_label(banded.field)) for banded in (matrix.rows, matrix.columns) if banded]
    rows = [
        [Cell(band, "strong"), *(number(_cell(value, matrix, words)) for value in cells)]
        for band, cells in zip(_bands(matrix.rows, words), matrix.cells, strict=True)
    ]
    return Grid([Cell(" × ".join(fields)), *(Cell(band, "number") for band in across)], rows)


def _bands(bands: Bands, words: Words) -> list[str]:
    return [words.say(message("{low} to below {high}", low=low, high=high)) for low, high in pairwise(bands.edges)]


def _cell(value: Decimal | None, matrix: Matrix, words: Words) -> str:
    if value is None:
        return EM_DASH
    return words.say(message("{percent} %", percent=value)) if matrix.cells_are == "percent" else words.number(value)


def _count_row(place: int, rule: Rule, counts: RuleCounts, before: RuleCounts | None, words: Words) -> Sequence[Cell]:
    found = numbers(words.integer(getattr(counts, name)) for name in _COUNTS)
    earlier = number(words.integer(before.first_reason_users if before else None))
    named = words.wording(rule.name) or rule.id
    title = named if rule.enabled else words.say(message("{rule}; switched off", rule=named))
    action = words.say(ACTION_LABELS[rule.action.kind])
    return [Cell(words.integer(place), "faint"), Cell(title), Cell(action), *found[:2], earlier, *found[2:]]
