"""Two policies over one prepared table: the relations that scans read, and measures as trees over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from desktop_app.domain.book import Book
from desktop_app.domain.outcomes import USER_SEVERITY
from desktop_app.domain.policy import Policy
from desktop_app.domain.requests import SIDES, Side
from desktop_app.engine import expressions as sql
from desktop_app.engine.decide import MASKS, Decision
from desktop_app.engine.prepare import OWN_COLUMNS, Prepared, own
from desktop_app.engine.schema import Fields
from desktop_app.figures.types import Measure

# What a measure's text names and a decision provides, with the decision's name for it.
_DECIDED = {"outcome": "outcome", "new_limit": "new_limit", "undrawn": "undrawn", "any_cut": "cut"}


@dataclass(frozen=True)
class Plan:
    """The baseline's and the scenario's decisions over one prepared table."""

    prepared: Prepared
    policies: Mapping[Side, Policy]
    decisions: Mapping[Side, Decision]

    @classmethod
    def of(cls, prepared: Prepared, policies: Mapping[Side, Policy]) -> Plan:
        """Compile both policies; raises PolicyInvalid where one does not fit the book."""
        decisions = {side: Decision(policies[side], prepared.fields, side) for side in SIDES}
        return cls(prepared, policies, decisions)

    def accounts(self) -> exp.Select:
        """Every account with both decisions, in the book's row order."""
        table = exp.to_table(self.prepared.table, dialect="duckdb")
        return self.decisions["scenario"].select(self.decisions["baseline"].select(table))

    def shared_users(self, carried: Mapping[str, exp.Expr]) -> exp.Select:
        """One row for each user with several accounts, under the names that an account's row has.

        `carried` are columns taken from the user's first account, by the name they get.
        """
        first = sql.column(own("user_first"))
        columns = [
            exp.alias_(exp.Max(this=sql.choose([(first.copy(), tree)], sql.NULL.copy())), name, quoted=True)
            for name, tree in carried.items()
        ]
        columns.append(exp.alias_(exp.Max(this=sql.column(own("user_open"))), own("user_open"), quoted=True))
        for decision in self.decisions.values():
            columns += _user_columns(decision)
        several = exp.GT(this=sql.column(own("user_accounts")), expression=sql.whole(1))
        per_user = sql.select_from(self.accounts().where(several, copy=False), columns)
        per_user = per_user.group_by(sql.column("user_id"), copy=False)
        outcomes = [
            exp.alias_(decision.outcome_of_slot(), decision.name("outcome"), quoted=True)
            for decision in self.decisions.values()
        ]
        return sql.select_from(per_user, [exp.Star(), *outcomes])


def check_policy(book: Book, policy: Policy) -> None:
    """Raise PolicyInvalid where a policy does not fit the book: an unknown or forbidden column, a misfit value."""
    Decision(policy, Fields.of(book)).select(exp.to_table("accounts"))


def measure_tree(measure: Measure, decision: Decision) -> exp.Expr:
    """A measure's text over the columns of a decision."""

    def named(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Column):
            return node
        if node.name in _DECIDED:
            return decision.column(_DECIDED[node.name])
        return sql.column(own(node.name) if node.name in OWN_COLUMNS else node.name)

    return exp.paren(sql.parsed(measure.sql).transform(named, copy=False))


def _user_columns(decision: Decision) -> list[exp.Expr]:
    """The user's slot, that of the most severe account (ties: the smallest id), and whether any account is cut."""
    severity = decision.by_slot(lambda slot: USER_SEVERITY.index(slot.outcome))
    worst = exp.Min(
        this=exp.Anonymous(this="row", expressions=[severity, sql.column("account_id"), decision.column("slot")])
    )
    slot = exp.Anonymous(this="struct_extract", expressions=[worst, sql.whole(3)])
    cut = exp.LogicalOr(this=decision.column("cut"))
    columns = [exp.alias_(slot, decision.name("slot"), quoted=True), exp.alias_(cut, decision.name("cut"), quoted=True)]
    for name in MASKS:
        merged = exp.BitwiseOrAgg(this=decision.column(name))
        columns.append(exp.alias_(merged, decision.name(name), quoted=True))
    return columns
