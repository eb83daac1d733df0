"""What is doubtful in a policy: rules that cannot fire or decide nothing, values no account has, odd matrices.

What is said of decisions is proved: a rule that is said never to fire fires on no account (`domain.verdicts`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise

from desktop_app.analysis.sentence_check import sentence_doubts
from desktop_app.domain.actions import (
    Action,
    Bands,
    Block,
    Cut,
    FixedAmount,
    IncomeMultiple,
    Matrix,
    PercentOfLimit,
    Raise,
    Refer,
    Target,
    WatchOnly,
)
from desktop_app.domain.book import Book, Column
from desktop_app.domain.columns import NUMERIC, STANDARD, ColumnType
from desktop_app.domain.conditions import ORDERED, Comparison, Value, comparisons
from desktop_app.domain.policy import OnMissing, Policy, Rule
from desktop_app.domain.problems import Message, message
from desktop_app.domain.spelling import near_miss
from desktop_app.domain.verdicts import ALL, Possibilities, firing
from desktop_app.text.labels import column_label
from desktop_app.text.policy_words import comparison_words

_SEVERITY: tuple[type[Block | Refer | Cut | WatchOnly | Raise], ...] = (Block, Refer, Cut, WatchOnly, Raise)


def policy_doubts(policy: Policy, book: Book | None = None) -> tuple[Message, ...]:
    """One sentence a doubt, about the rules that are switched on, in policy order; with a book, about its values too.

    Rules that need a column which the book lacks are left out: the engine's warnings name them.
    """
    rules = [rule for rule in policy.enabled_rules if book is None or rule.fields <= book.names]
    anywhere = Possibilities.anywhere(policy, book)
    within = None if book is None else Possibilities.within(policy, book)
    found: list[Message] = [] if book else [doubt for rule in rules for doubt in _strange_columns(rule)]
    for rule in rules:
        found.extend(_firing(rule, anywhere, within))
        if book is not None and within is not None:
            found.extend(_out_of_range(rule, book, within))
            found.extend(_unknown_labels(rule, book))
        found.extend(_matrix(rule, book))
        found.extend(sentence_doubts(rule))
    dead = {rule.id for rule in rules if not _can_fire(rule, anywhere)}
    found.extend(_shadowed([rule for rule in rules if rule.id not in dead], anywhere))
    return tuple(found)


def doubts_of_rule(policy: Policy, rule_id: str, book: Book) -> tuple[Message, ...]:
    """What is doubtful about how one rule of a policy acts in a book, as if it were switched on.

    Its single values, labels and sentences are left out: who writes a rule is told of those where they stand.
    """
    rule = policy.rule(rule_id)
    if not rule.fields <= book.names:
        return ()
    anywhere, within = Possibilities.anywhere(policy, book), Possibilities.within(policy, book)
    found = [*_firing(rule, anywhere, within), *_matrix(rule, book)]
    if not _can_fire(rule, anywhere):
        return tuple(found)
    place = policy.rules.index(rule)
    for number, other in enumerate(policy.rules):
        if other is rule or not other.enabled or not other.fields <= book.names or not _can_fire(other, anywhere):
            continue
        earlier, later = (other, rule) if number < place else (rule, other)
        if shadows(earlier, later, anywhere):
            found.append(_shadow(earlier, later))
    return tuple(found)


def cannot_fire(policy: Policy, book: Book | None = None) -> frozenset[str]:
    """The ids of the rules, switched on or off, that fire on no account of any book with these columns."""
    anywhere = Possibilities.anywhere(policy, book)
    return frozenset(rule.id for rule in policy.rules if not _can_fire(rule, anywhere))


def shadows(earlier: Rule, later: Rule, anywhere: Possibilities) -> bool:
    """Whether wherever `later` fires `earlier` fires too, and so acts that `later` decides no outcome."""
    if _can_lack_target(earlier.action) and earlier.on_missing is OnMissing.SKIP:
        return False
    if not all(_outdoes(one, other) for one in _acts(earlier) for other in _acts(later)):
        return False
    alone = (later.condition, firing(later)), (earlier.condition, ALL - firing(earlier))
    return not anywhere.can_be(*alone)


def _strange_columns(rule: Rule) -> Iterator[Message]:
    for name in sorted(rule.fields - STANDARD.keys()):
        meant = near_miss(name, list(STANDARD))
        if meant is None:
            text = 'Rule "{rule}" reads "{column}", which is no standard column; a book must bring it.'
            yield message(text, rule=rule.id, column=name)
        else:
            text = 'Rule "{rule}" reads "{column}", which is no standard column; did you mean "{meant}"?'
            yield message(text, rule=rule.id, column=name, meant=meant)


def _can_fire(rule: Rule, possibilities: Possibilities) -> bool:
    return possibilities.can_be((rule.condition, firing(rule)))


def _firing(rule: Rule, anywhere: Possibilities, within: Possibilities | None) -> Iterator[Message]:
    if not _can_fire(rule, anywhere):
        yield message('Rule "{rule}" can never fire: no account meets its whole condition.', rule=rule.id)
    elif within is not None and not _can_fire(rule, within):
        yield message('Rule "{rule}" cannot fire on any account of this book.', rule=rule.id)


def _out_of_range(rule: Rule, book: Book, within: Possibilities) -> Iterator[Message]:
    for comparison in comparisons(rule.condition):
        column = book.column(comparison.field)
        if comparison.operator not in ORDERED or column.minimum is None or column.maximum is None:
            continue
        for value in _values(comparison):
            decided = within.decided(comparison, value)
            if decided is not None:
                yield _said_range(rule, comparison.model_copy(update={"value": value, "by": None}), column, decided)


def _said_range(rule: Rule, comparison: Comparison, column: Column, decided: bool) -> Message:
    if decided:
        text = 'Rule "{rule}": {comparison}: every account of this book, from {low} to {high}.'
    else:
        text = 'Rule "{rule}": {comparison}: no account of this book, from {low} to {high}.'
    said = comparison_words(comparison)
    return message(text, rule=rule.id, comparison=said, low=column.minimum or 0, high=column.maximum or 0)


def _values(comparison: Comparison) -> list[Value]:
    values = [comparison.value, *(comparison.by.values.values() if comparison.by else ())]
    return list(dict.fromkeys(value for value in values if value is not None))


def _unknown_labels(rule: Rule, book: Book) -> Iterator[Message]:
    """Categories that the book does not have, in comparisons and as groups."""
    for comparison in comparisons(rule.condition):
        named = [(comparison.field, value) for value in _values(comparison)]
        if comparison.by is not None:
            named += [(comparison.by.column, label) for label in comparison.by.values]
        for name, value in named:
            column = book.column(name)
            for label in value if isinstance(value, tuple) else (value,):
                if column.type is ColumnType.CATEGORY and column.domain and label not in column.domain:
                    yield _unknown_label(rule, column, str(label))


def _unknown_label(rule: Rule, column: Column, label: str) -> Message:
    meant = near_miss(label, column.domain)
    if meant is None:
        text = 'Rule "{rule}": no account of this book has the {column} "{label}".'
        return message(text, rule=rule.id, column=column_label(column.name), label=label)
    text = 'Rule "{rule}": no account of this book has the {column} "{label}"; did you mean "{meant}"?'
    return message(text, rule=rule.id, column=column_label(column.name), label=label, meant=meant)


def _matrix(rule: Rule, book: Book | None) -> Iterator[Message]:
    match rule.action:
        case Cut(target=Matrix() as matrix) | Raise(target=Matrix() as matrix):
            pass
        case _:
            return
    holes = sum(cell is None for row in matrix.cells for cell in row)
    if holes:
        text = 'Rule "{rule}": {holes} cells of its matrix are empty; accounts there have no target.'
        yield message(text, rule=rule.id, holes=holes)
    for bands, lines in _lines(matrix):
        if any(_rises_and_falls(line) for line in lines):
            text = 'Rule "{rule}": along {field} the cells of its matrix both rise and fall.'
            yield message(text, rule=rule.id, field=column_label(bands.field))
        if book is not None:
            yield from _uncovered(rule, bands, book.column(bands.field))


def _lines(matrix: Matrix) -> Iterator[tuple[Bands, list[tuple[Decimal | None, ...]]]]:
    """The cells along each banded field, one line a band of the other."""
    yield matrix.rows, list(zip(*matrix.cells, strict=True))
    if matrix.columns is not None:
        yield matrix.columns, list(matrix.cells)


def _rises_and_falls(line: tuple[Decimal | None, ...]) -> bool:
    steps = [high - low for low, high in pairwise(cell for cell in line if cell is not None)]
    return any(step > 0 for step in steps) and any(step < 0 for step in steps)


def _uncovered(rule: Rule, bands: Bands, column: Column) -> Iterator[Message]:
    low, high = column.minimum, column.maximum
    if column.type not in NUMERIC or not isinstance(low, Decimal) or not isinstance(high, Decimal):
        return
    if low < bands.edges[0] or high >= bands.edges[-1]:
        text = 'Rule "{rule}": its matrix covers {field} from {first} to below {last}; this book has {low} to {high}.'
        names = {"first": bands.edges[0], "last": bands.edges[-1], "low": low, "high": high}
        yield message(text, rule=rule.id, field=column_label(column.name), **names)


def _shadowed(rules: list[Rule], anywhere: Possibilities) -> Iterator[Message]:
    told: set[str] = set()
    for earlier, later in combinations(rules, 2):
        if later.id not in told and shadows(earlier, later, anywhere):
            told.add(later.id)
            yield _shadow(earlier, later)


def _shadow(earlier: Rule, later: Rule) -> Message:
    text = (
        'Rule "{later}" decides no outcome: wherever it fires, rule "{earlier}" before it fires too '
        "and is at least as severe."
    )
    return message(text, later=later.id, earlier=earlier.id)


def _acts(rule: Rule) -> tuple[Action, ...]:
    """What a rule may do where it fires: its own action, or a referral for something missing."""
    refers = rule.on_missing is OnMissing.REFER or (rule.on_missing is OnMissing.FIRE and _can_lack_target(rule.action))
    return (rule.action, Refer()) if refers else (rule.action,)


def _can_lack_target(action: Action) -> bool:
    return isinstance(action, Cut | Raise) and isinstance(action.target, IncomeMultiple | Matrix)


def _outdoes(earlier: Action, later: Action) -> bool:
    """Whether with `earlier` there, `later` changes neither outcome nor reason."""
    match earlier, later:
        case (Cut(target=own), Cut(target=other)) | (Raise(target=own), Raise(target=other)):
            return _asks_less(own, other)
        case (Cut(), WatchOnly()):
            # A cut that is no lower than the limit leaves the account to be watched.
            return False
        case _:
            places = [next(n for n, kind in enumerate(_SEVERITY) if isinstance(act, kind)) for act in (earlier, later)]
            return places[0] <= places[1]


def _asks_less(own: Target, other: Target) -> bool:
    match own, other:
        case (PercentOfLimit(percent=size), PercentOfLimit(percent=size_of_other)):
            return size <= size_of_other
        case (FixedAmount(amount=size), FixedAmount(amount=size_of_other)):
            return size <= size_of_other
        case _:
            return False
