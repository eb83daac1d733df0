"""Filters as SQL over decided accounts, and over users with several accounts (`domain.filters`)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from desktop_app.domain.book import Column
from desktop_app.domain.conditions import Operator
from desktop_app.domain.filters import (
    Filter,
    FilterPart,
    HasId,
    HasOutcome,
    HasReason,
    InGroup,
    InRange,
    IsMissing,
)
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.engine import expressions as sql
from desktop_app.engine.conditions import compare, is_in_group
from desktop_app.engine.masking import masked
from desktop_app.engine.plan import Plan
from desktop_app.engine.schema import Fields

# What is true of a user's first account is carried under this name.
FIRST_HOLDS = "~filter"


def account_holds(chosen: Filter, plan: Plan) -> exp.Expr:
    """Whether the filter holds for a decided account; may be NULL where it does not."""
    return sql.both(_part(part, plan) for part in chosen)


def first_account_holds(chosen: Filter, plan: Plan) -> exp.Expr:
    """Whether those parts hold that are read from a user's first account: for `Plan.shared_users`."""
    return sql.known_or(sql.both(_part(part, plan) for part in chosen if not _is_decided(part)), sql.FALSE.copy())


def user_holds(chosen: Filter, plan: Plan) -> exp.Expr:
    """Whether the filter holds for a row of `Plan.shared_users` that carries FIRST_HOLDS."""
    return sql.both([sql.column(FIRST_HOLDS), *(_part(part, plan) for part in chosen if _is_decided(part))])


def field_holds(chosen: Filter, fields: Fields) -> exp.Expr:
    """Whether a filter that no policy decides holds for a prepared account; may be NULL where it does not."""
    return sql.both(_field_part(part, fields) for part in chosen if not _is_decided(part))


def _is_decided(part: FilterPart) -> bool:
    return isinstance(part, HasOutcome | HasReason)


def _part(part: FilterPart, plan: Plan) -> exp.Expr:
    match part:
        case HasOutcome(side=side, outcomes=outcomes):
            return _one_of(plan.decisions[side].column("outcome"), (OUTCOMES.index(outcome) for outcome in outcomes))
        case HasReason(side=side, rules=rules):
            decision = plan.decisions[side]
            places = {place for place, rule in enumerate(plan.policies[side].rules) if rule.id in rules}
            slots = (number for number, slot in enumerate(decision.slots) if slot.rule in places)
            return _one_of(decision.column("slot"), slots)
        case _:
            return _field_part(part, plan.prepared.fields)


def _field_part(part: FilterPart, fields: Fields) -> exp.Expr:
    match part:
        case InRange(field=name, low=low, high=high):
            column = _column(fields, name)
            bounds = ((Operator.AT_LEAST, low), (Operator.LESS, high))
            tests = [compare(column, operator, bound, name) for operator, bound in bounds if bound is not None]
            return sql.both([sql.not_null(sql.column(name)), *tests])
        case IsMissing(field=name):
            return sql.is_null(sql.column(_column(fields, name).name))
        case InGroup(column=name, labels=labels):
            column = _column(fields, name)
            return sql.either(
                sql.is_null(sql.column(name)) if label is None else is_in_group(column, label) for label in labels
            )
        case HasId():
            return sql.either(_id_holds(name, part) for name in ("account_id", "user_id"))
        case _:
            raise TypeError("a part of a filter that a policy decides")


def _id_holds(name: str, part: HasId) -> exp.Expr:
    shown = sql.column(name) if part.mask is None else masked(sql.column(name), part.mask)
    if part.whole:
        return exp.EQ(this=shown, expression=sql.text(part.text))
    return exp.StartsWith(this=shown, expression=sql.text(part.text))


def _one_of(key: exp.Expr, numbers: Iterable[int]) -> exp.Expr:
    return sql.either(exp.EQ(this=key.copy(), expression=sql.whole(number)) for number in numbers)


def _column(fields: Fields, name: str) -> Column:
    if name not in fields.columns:
        raise BookUnusable(message('The book has no column "{column}" to filter by.', column=name))
    return fields.columns[name]
