"""How measures are summed fast and exactly: what is stored once, and what a moved limit adds.

Where an account's limit stays as it was, every measure has one of two values that no policy can change: one while the
line is open, one when it is blocked. Both are stored in the prepared table, so that the scan over the whole book only
groups and adds; the few accounts whose limit moves are visited again for the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlglot import exp
from sqlglot.optimizer.simplify import simplify

from desktop_app.engine import expressions as sql
from desktop_app.engine.decide import Decision
from desktop_app.engine.folding import folded, is_number
from desktop_app.engine.schema import OWN_COLUMNS, own
from desktop_app.figures.types import Measure

# What a measure's text names and a decision provides, with the decision's name for it.
_DECIDED = {
    "outcome": "outcome",
    "new_limit": "new_limit",
    "undrawn": "undrawn",
    "any_cut": "cut",
    "user_undrawn": "user_undrawn",
}
_OF_LIMIT = frozenset({"new_limit", "undrawn", "any_cut", "user_undrawn"})
_OPEN = 'greatest("credit_limit" - "balance", 0)'


@dataclass(frozen=True)
class Parts:
    """A measure where the limit stays: its values while open and when blocked, as texts over the prepared columns.

    Attributes: both are None where the measure needs the decision even then; follows_limit is whether it is another
    where the limit moves.
    """

    measure: Measure
    open: str | None
    blocked: str | None
    follows_limit: bool

    @property
    def is_separable(self) -> bool:
        """Whether the whole-book scan can do without the decision's results."""
        return self.open is not None


def parts_of(measures: Iterable[Measure]) -> tuple[Parts, ...]:
    """The parts of each measure; one that is per user has them for users with a single account, 0 for others."""
    return tuple(_parts(measure) for measure in measures)


def stored_columns(parts: Iterable[Parts]) -> dict[str, str]:
    """The columns to store, by the text of what they hold; a text that is a plain column needs none."""
    texts = dict.fromkeys(text for part in parts for text in (part.open, part.blocked) if text is not None)
    computed = [text for text in texts if not _is_free(text)]
    return {text: own(f"sum{number}") for number, text in enumerate(computed)}


def stored_tree(text: str, stored: Mapping[str, str]) -> exp.Expr:
    """What to add up for a text of `Parts`."""
    return sql.column(stored[text]) if text in stored else sql.parsed(text)


def measure_tree(measure: Measure, decision: Decision) -> exp.Expr:
    """A measure's text over the columns of a decision."""
    return sql.bracketed(_named(sql.parsed(measure.sql), decision))


def untouched_tree(parts: Parts, decision: Decision, stored: Mapping[str, str]) -> exp.Expr:
    """What the whole-book scan has counted for an account, whatever became of its limit."""
    if parts.open is None or parts.blocked is None:
        raise TypeError("a measure that is not separable")
    cases = [(decision.is_blocked(), stored_tree(parts.blocked, stored))]
    return sql.bracketed(sql.choose(cases, stored_tree(parts.open, stored)))


def lone_user(tree: exp.Expr) -> exp.Expr:
    """The value for a user's only account, 0 for the accounts of users with several."""
    lone = exp.EQ(this=sql.column(own("user_accounts")), expression=sql.whole(1))
    return sql.bracketed(sql.choose([(lone, tree)], sql.whole(0)))


def _named(tree: exp.Expr, decision: Decision) -> exp.Expr:
    def name(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Column):
            return node
        if node.name in _DECIDED:
            return decision.column(_DECIDED[node.name])
        return sql.column(own(node.name) if node.name in OWN_COLUMNS else node.name)

    return tree.transform(name, copy=False)


@lru_cache(maxsize=256)
def _parts(measure: Measure) -> Parts:
    is_open, blocked = (_where_limit_stays(measure, undrawn) for undrawn in (_OPEN, "0"))
    follows = any(column.name in _OF_LIMIT for column in sql.parsed(measure.sql).find_all(exp.Column))
    return Parts(measure, is_open, blocked, follows)


def _where_limit_stays(measure: Measure, undrawn: str) -> str | None:
    """The measure's text with the limit as it was; None where it still asks for the outcome."""
    known = {
        "new_limit": sql.column("credit_limit"),
        "undrawn": sql.parsed(undrawn),
        "user_undrawn": sql.column(own("user_open")) if undrawn == _OPEN else sql.parsed(undrawn),
        "any_cut": sql.FALSE,
    }

    def fill(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Column):
            return node
        if node.name in known:
            return known[node.name].copy()
        if node.name == "outcome":
            return node
        return sql.column(own(node.name) if node.name in OWN_COLUMNS else node.name)

    tree = folded(simplify(sql.parsed(measure.sql).transform(fill, copy=False), dialect="duckdb"))
    if any(column.name == "outcome" for column in tree.find_all(exp.Column)):
        return None
    if measure.per == "user" and not is_number(tree, 0):
        tree = lone_user(tree)
    return sql.to_sql(tree.unnest())


def _is_free(text: str) -> bool:
    """Whether reading it costs no more than a stored column would."""
    return isinstance(sql.parsed(text).unnest(), exp.Column | exp.Literal)
