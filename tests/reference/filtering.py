"""Filters in plain Python: for whom each part holds, among accounts and among users."""

from __future__ import annotations

from typing import Any

from desktop_app.domain.filters import Filter, FilterPart, HasId, HasOutcome, HasReason, InGroup, InRange, IsMissing
from tests.reference.conditions import in_analyst_unit, label
from tests.reference.evaluate import Account, Result, User


def accounts_left(chosen: Filter, results: dict[str, Result], types: dict[str, str]) -> list[str]:
    """The ids of the accounts for which the filter holds, in row order."""
    both = {side: result.accounts for side, result in results.items()}
    rows = range(len(both["scenario"]))
    return [
        both["scenario"][row].row["account_id"]
        for row in rows
        if all(_holds(part, {side: accounts[row] for side, accounts in both.items()}, types) for part in chosen)
    ]


def users_left(chosen: Filter, results: dict[str, Result], types: dict[str, str]) -> set[str]:
    """The ids of the users for whom it holds: under their own outcome and reason, with their first account's fields."""
    users = {side: result.users for side, result in results.items()}
    return {
        name
        for name in users["scenario"]
        if all(_holds(part, {side: found[name] for side, found in users.items()}, types) for part in chosen)
    }


def _holds(part: FilterPart, sides: dict[str, Account] | dict[str, User], types: dict[str, str]) -> bool:
    match part:
        case HasOutcome(side=side, outcomes=outcomes):
            return _decided(sides[side])[0] in outcomes
        case HasReason(side=side, rules=rules):
            return _decided(sides[side])[1] in rules
        case _:
            one = sides["scenario"]
            return _field_holds(part, one.first.row if isinstance(one, User) else one.row, types)


def _decided(one: Account | User) -> tuple[str, str]:
    return (one.outcome, one.reason) if isinstance(one, User) else (one.decision.outcome, one.decision.reason)


def _field_holds(part: FilterPart, row: dict[str, Any], types: dict[str, str]) -> bool:
    match part:
        case InRange(field=name, low=low, high=high):
            if row[name] is None:
                return False
            value = in_analyst_unit(row[name], types[name])
            return (low is None or value >= low) and (high is None or value < high)
        case IsMissing(field=name):
            return row[name] is None
        case InGroup(column=name, labels=labels):
            return label(row[name]) in labels
        case HasId(text=text, whole=whole):
            ids = (row["account_id"], row["user_id"])
            return text in ids if whole else any(one.startswith(text) for one in ids)
        case _:
            raise AssertionError(part)
