"""How measures are summed fast and exactly: few amounts by class of account, and what they become where a limit moves.

A measure is an amount of some accounts: of the performing ones, of those with a PD. Which accounts those are is told
by a few flags that no policy changes; together they are one small column, the class. A scan sums each amount once by
class and outcome, and a measure is picked from these sums. What an amount is where the limit stays stands in the
prepared table; it is computed anew only for the few accounts whose limit moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from sqlglot import exp
from sqlglot.optimizer.simplify import simplify

from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.engine import expressions as sql
from desktop_app.engine.decide import Decision
from desktop_app.engine.folding import folded, is_number
from desktop_app.engine.schema import OWN_COLUMNS, own
from desktop_app.figures.types import Measure

# What tells classes of accounts apart. A flag of a single measure is rather part of its amount: classes multiply.
CLASS_FLAGS = ("in_default", "has_pd", "earns", "priced", "user_good", "user_bad", "user_treated")
CLASS = own("class")

# What a measure's text names and a decision provides, with the decision's name for it.
_DECIDED = {
    "outcome": "outcome",
    "new_limit": "new_limit",
    "undrawn": "undrawn",
    "any_cut": "cut",
    "user_undrawn": "user_undrawn",
}
# What is left of these in an amount, and what that is where the limit stays.
_STAYED = {
    "new_limit": '"credit_limit"',
    "undrawn": 'greatest("credit_limit" - "balance", 0)',
    "user_undrawn": f'"{own("user_open")}"',
}
_CUTTABLE = (Outcome.REFERRED, Outcome.REDUCED)


@dataclass(frozen=True)
class Parts:
    """A measure as amounts.

    Attributes: flags are those of CLASS_FLAGS that it asks for; amounts has the text of the amount that it is under
    each outcome for each combination of these flags, the first flag being the lowest bit; "0" for none. A measure that
    is per user has them for users with a single account, and 0 for others.
    """

    measure: Measure
    flags: tuple[str, ...]
    amounts: Mapping[tuple[Outcome, int], str]


def parts_of(measures: Iterable[Measure]) -> tuple[Parts, ...]:
    """The parts of each measure."""
    return tuple(_parts(measure) for measure in measures)


def amounts_of(parts: Iterable[Parts]) -> tuple[str, ...]:
    """The amounts that measures are made of, each once, plain numbers left out."""
    texts = dict.fromkeys(text for part in parts for text in part.amounts.values())
    return tuple(text for text in texts if not text.isdecimal())


def flags_of(parts: Iterable[Parts]) -> tuple[str, ...]:
    """The flags that any of the measures asks for, in the order of CLASS_FLAGS."""
    asked = {flag for part in parts for flag in part.flags}
    return tuple(flag for flag in CLASS_FLAGS if flag in asked)


def class_tree(flags: Iterable[str]) -> exp.Expr:
    """The class of an account: a bit for each of those flags that holds, at its place in CLASS_FLAGS."""
    bits = [
        sql.bracketed(sql.choose([(sql.column(own(flag)), sql.whole(class_bit(flag)))], sql.whole(0))) for flag in flags
    ]
    return sql.cast(sql.plus(sql.whole(0), *bits), "utinyint")


def class_bit(flag: str) -> int:
    """The bit of a flag in the class."""
    return 1 << CLASS_FLAGS.index(flag)


def stored_columns(parts: Iterable[Parts]) -> dict[str, str]:
    """The columns to store: the class, and the amounts where the limit stays, by the text of what they hold.

    A text that is a plain column needs none.
    """
    parts = tuple(parts)
    texts = dict.fromkeys(stayed(text) for text in amounts_of(parts))
    computed = [text for text in texts if not _is_free(text)]
    return {sql.to_sql(class_tree(flags_of(parts))): CLASS} | {
        text: own(f"sum{number}") for number, text in enumerate(computed)
    }


@lru_cache(maxsize=256)
def stayed(amount: str) -> str:
    """An amount's text where the limit stays."""
    given = {name: sql.parsed(text) for name, text in _STAYED.items()}
    return _text(folded(sql.parsed(amount).transform(_filler(given), copy=False)))


def stored_tree(text: str, stored: Mapping[str, str]) -> exp.Expr:
    """What to read for a text that `stayed` gave."""
    return sql.column(stored[text]) if text in stored else sql.parsed(text)


def amount_tree(amount: str, decision: Decision) -> exp.Expr:
    """An amount over the new limit of a decision, as if no account were blocked."""
    limit = decision.column("new_limit")
    undrawn = sql.greatest(sql.minus(limit, sql.column("balance")), sql.whole(0))
    given: dict[str, exp.Expr] = {"new_limit": limit, "undrawn": undrawn, "user_undrawn": undrawn}
    return sql.bracketed(sql.parsed(amount).transform(_filler(given), copy=False))


def measure_tree(measure: Measure, decision: Decision) -> exp.Expr:
    """A measure's text over the columns of a decision."""
    given = {name: decision.column(column) for name, column in _DECIDED.items()}
    return sql.bracketed(_own_named(sql.parsed(measure.sql).transform(_filler(given), copy=False)))


def lone_user(tree: exp.Expr) -> exp.Expr:
    """The value for a user's only account, 0 for the accounts of users with several."""
    lone = exp.EQ(this=sql.column(own("user_accounts")), expression=sql.whole(1))
    return sql.bracketed(sql.choose([(lone, tree)], sql.whole(0)))


@lru_cache(maxsize=256)
def _parts(measure: Measure) -> Parts:
    names = {column.name for column in sql.parsed(measure.sql).find_all(exp.Column)}
    flags = tuple(flag for flag in CLASS_FLAGS if flag in names)
    alike = not names & {"outcome", "any_cut"}
    amounts: dict[tuple[Outcome, int], str] = {}
    for outcome, answers in product(OUTCOMES, product((False, True), repeat=len(flags))):
        combination = sum(answer << place for place, answer in enumerate(answers))
        same = Outcome.UNCHANGED if alike and outcome is not Outcome.BLOCKED else outcome
        text = _amount(measure, same, tuple(zip(flags, answers, strict=True)))
        amounts[outcome, combination] = text
    return Parts(measure, flags, amounts)


@lru_cache(maxsize=2048)
def _amount(measure: Measure, outcome: Outcome, flags: tuple[tuple[str, bool], ...]) -> str:
    """The text of the amount that the measure is under an outcome for a class of accounts."""
    lower = sql.parsed('"new_limit" < "credit_limit"')
    given: dict[str, exp.Expr] = {flag: exp.Boolean(this=answer) for flag, answer in flags}
    given["outcome"] = sql.whole(OUTCOMES.index(outcome))
    given["any_cut"] = sql.bracketed(lower) if outcome in _CUTTABLE else sql.FALSE
    if outcome is Outcome.BLOCKED:
        given |= {"undrawn": sql.whole(0), "user_undrawn": sql.whole(0)}
    tree = _own_named(sql.parsed(measure.sql).transform(_filler(given), copy=False))
    tree = folded(simplify(tree, dialect="duckdb"))
    if measure.per == "user" and not is_number(tree, 0):
        tree = lone_user(tree)
    return _text(tree)


def _own_named(tree: exp.Expr) -> exp.Expr:
    """The tree with the engine's own columns under their own names, and every name in quotes."""

    def name(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Column):
            return node
        return sql.column(own(node.name) if node.name in OWN_COLUMNS else node.name)

    return tree.transform(name, copy=False)


def _filler(given: Mapping[str, exp.Expr]) -> Callable[[exp.Expr], exp.Expr]:
    def fill(node: exp.Expr) -> exp.Expr:
        known = given.get(node.name) if isinstance(node, exp.Column) else None
        return node if known is None else known.copy()

    return fill


def _text(tree: exp.Expr) -> str:
    return sql.to_sql(tree.unnest())


def _is_free(text: str) -> bool:
    """Whether reading it costs no more than a stored column would."""
    return isinstance(sql.parsed(text).unnest(), exp.Column | exp.Literal)
