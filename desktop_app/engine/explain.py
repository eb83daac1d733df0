"""One account under a policy, rule by rule and comparison by comparison, from the SQL that decides the whole book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlglot import exp

from desktop_app.domain.actions import Action, Cut, Raise, Refer
from desktop_app.domain.columns import UNITS_PER_ONE, ColumnType
from desktop_app.domain.conditions import Comparison, Value, comparisons
from desktop_app.domain.nearest import Seen
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.policy import Policy, Rule
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.engine import expressions as sql
from desktop_app.engine.conditions import ConditionCompiler
from desktop_app.engine.connection import Connection, first_row
from desktop_app.engine.decide import Decision
from desktop_app.engine.decided_rows import ROW, table_rows
from desktop_app.engine.firing import RuleColumns
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.schema import Fields

# More reasons than these only confuse (the number of 12 CFR 1002.9, commentary).
MOST_REASONS = 4
# The kinds of actions, the most severe first.
_SEVERITY = ("block", "refer", "cut", "watch", "raise")


@dataclass(frozen=True)
class ComparisonTrace:
    """One comparison on one account.

    Attributes: seen is what stands in the field; value is the one that applies to the account's group; group is
    that group, None where the default applies; holds is None where it is unknown.
    """

    comparison: Comparison
    seen: Seen
    value: Value | None
    group: str | None
    holds: bool | None


@dataclass(frozen=True)
class RuleTrace:
    """One rule on one account.

    Attributes: lacking are the columns that the book lacks (then nothing else is known, as for a rule that is
    switched off); act is what it fires with, a referral where something is missing, None where it does not fire;
    holds is its condition; unknown is whether condition or target could not be decided; target is the limit that a
    cut or raise asks for, in currency units, None where there is none.
    """

    rule: Rule
    lacking: tuple[str, ...] = ()
    act: Action | None = None
    holds: bool | None = None
    unknown: bool = False
    target: Decimal | None = None
    comparisons: tuple[ComparisonTrace, ...] = ()


@dataclass(frozen=True)
class AccountTrace:
    """One account under a policy; money in currency units; reason is the rule that gives it, None for unchanged.

    Attributes: row is where it stands in the prepared table; reasons are up to four rules that acted, the one that
    gives the reason first, then by severity and policy order, each reason code once.
    """

    row: int
    account: str
    user: str
    outcome: Outcome
    reason: Rule | None
    credit_limit: Decimal
    balance: Decimal
    new_limit: Decimal
    undrawn: Decimal
    rules: tuple[RuleTrace, ...]

    @property
    def reasons(self) -> tuple[Rule, ...]:
        """The rules to be named to the user, or to a reviewer."""
        acted = [(one.act.kind, one.rule) for one in self.rules if one.act and self._moves(one)]
        acted.sort(key=lambda one: (one[1] is not self.reason, _SEVERITY.index(one[0])))
        found: dict[str, Rule] = {}
        for _, rule in acted:
            found.setdefault(rule.reason.code, rule)
        return tuple(found.values())[:MOST_REASONS]

    def _moves(self, rule: RuleTrace) -> bool:
        """Whether the rule would do something by itself, or gives the reason: a raise beside others does nothing."""
        match rule.act:
            case Cut():
                return rule.target is not None and rule.target < self.credit_limit
            case Raise():
                return rule.rule is self.reason
            case _:
                return True


def explain_account(cursor: Connection, prepared: Prepared, policy: Policy, account: str) -> AccountTrace:
    """The trace of one account of the prepared snapshot; BookUnusable where it has none of that id."""
    found = first_row(cursor, f"SELECT rowid FROM {prepared.table} WHERE account_id = ?", [account])
    if not found:
        raise BookUnusable(message('The book has no account "{account}" at this date.', account=account))
    return explain_row(cursor, prepared, policy, found[0])


def explain_row(cursor: Connection, prepared: Prepared, policy: Policy, row: int) -> AccountTrace:
    """The trace of the account in a row of the prepared table; KeyError where it has no such row."""
    decision = Decision(policy, prepared.fields)
    found = cursor.execute(sql.to_sql(_query(decision, prepared)), [[row]])
    names = [column[0] for column in found.description or []]
    rows = found.fetchall()
    if not rows:
        raise KeyError(row)
    return _trace(decision, prepared.fields, policy, dict(zip(names, rows[0], strict=True)))


def _query(decision: Decision, prepared: Prepared) -> exp.Select:
    compiler = ConditionCompiler(prepared.fields)
    columns: list[exp.Expr] = [exp.Star()]
    for rule in decision.rules:
        for comparison in comparisons(rule.rule.condition):
            trees = compiler.tree(comparison), compiler.group_place(comparison)
            names = _names(decision, comparison)
            columns += [sql.named(tree, name) for tree, name in zip(trees, names, strict=True)]
    return sql.select_from(decision.select(table_rows(prepared, given=True)), columns)


def _names(decision: Decision, comparison: Comparison) -> tuple[str, str]:
    """The columns of a comparison: whether it holds, and the place of the group."""
    return decision.name(f"holds.{comparison.id}"), decision.name(f"group.{comparison.id}")


def _trace(decision: Decision, fields: Fields, policy: Policy, row: Mapping[str, Any]) -> AccountTrace:
    slot = decision.slots[row[decision.name("slot")]]
    evaluated = {columns.place: columns for columns in decision.rules}
    rules = (
        _rule_trace(decision, fields, evaluated[place], row)
        if place in evaluated
        else RuleTrace(rule, fields.missing(rule) if rule.enabled else ())
        for place, rule in enumerate(policy.rules)
    )
    return AccountTrace(
        row=row[ROW],
        account=row["account_id"],
        user=row["user_id"],
        outcome=OUTCOMES[row[decision.name("outcome")]],
        reason=None if slot.rule is None else policy.rules[slot.rule],
        credit_limit=_money(row["credit_limit"]),
        balance=_money(row["balance"]),
        new_limit=_money(row[decision.name("new_limit")]),
        undrawn=_money(row[decision.name("undrawn")]),
        rules=tuple(rules),
    )


def _rule_trace(decision: Decision, fields: Fields, columns: RuleColumns, row: Mapping[str, Any]) -> RuleTrace:
    own = row[decision.name(columns.own)]
    referred = columns.referral is not None and row[decision.name(columns.referral)]
    target = row[decision.name(columns.target)] if columns.target else None
    return RuleTrace(
        rule=columns.rule,
        act=columns.rule.action if own else Refer() if referred else None,
        holds=row[decision.name(f"if{columns.place}")],
        unknown=bool(row[decision.name(columns.unknown)]),
        target=None if target is None else _money(target),
        comparisons=tuple(_comparison_traces(decision, fields, columns.rule, row)),
    )


def _comparison_traces(
    decision: Decision, fields: Fields, rule: Rule, row: Mapping[str, Any]
) -> Iterator[ComparisonTrace]:
    for comparison in comparisons(rule.condition):
        holds, place = (row[name] for name in _names(decision, comparison))
        value, group = comparison.value, None
        if comparison.by is not None and place is not None:
            group, value = list(comparison.by.values.items())[place]
        seen = as_written(row[comparison.field], fields.columns[comparison.field].type)
        yield ComparisonTrace(comparison, seen, value, group, holds)


def as_written(stored: int | Seen, kind: ColumnType) -> Seen:
    """A prepared value in the unit that the analyst writes."""
    if isinstance(stored, bool) or not isinstance(stored, int):
        return stored
    return Decimal(stored) / UNITS_PER_ONE[kind]


def _money(stored: int) -> Decimal:
    return Decimal(stored) / UNITS_PER_ONE[ColumnType.MONEY]
