"""Users with several accounts while a threshold moves: each of their states, and from which step to which it lasts.

A user's outcome is not a sum over accounts. At any step some of the user's accounts are on and the others off, so the
user takes the most severe of the decisions "on" of those that are and "off" of those that are not yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import exp

from desktop_app.engine import expressions as sql
from desktop_app.engine.decide import Decision
from desktop_app.engine.plan import Plan, slot_of_worst, worst_account
from desktop_app.engine.schema import own

CODE, NEXT = "~code", "~next"
# Before any step; every account is off.
BEFORE = -1


def user_states(plan: Plan, code: exp.Expr, carried: Mapping[str, exp.Expr]) -> exp.Select:
    """One row for each state of each user with several accounts, under the names of side "on".

    `code` is the step from which an account is on. ~code is the step where the state begins, ~next the one where the
    next begins, NULL for the last; `carried` are columns of the user's first account, by the name they get.
    """
    on, off, of_user = plan.decisions["on"], plan.decisions["off"], plan.prepared.user_columns
    accounts = sql.select_from(plan.shared_accounts(), _account(on, off, code, carried, of_user))
    begin = sql.select_from(accounts.copy().where(sql.column(own("user_first"))), _nobody_on(on, off, carried, of_user))
    every = exp.union(accounts, begin, distinct=False, dialect="duckdb").subquery("accounts")
    states = exp.select(*_state(on, off, carried, of_user)).from_(every)
    with_slot = sql.select_from(states, [exp.Star(), sql.named(slot_of_worst(on), on.name("slot"))])
    outcome = sql.named(on.outcome_of_slot(), on.name("outcome"))
    return sql.select_from(with_slot, [exp.Star(), outcome])


def _account(
    on: Decision, off: Decision, code: exp.Expr, carried: Mapping[str, exp.Expr], of_user: Sequence[str]
) -> list[exp.Expr]:
    """What a state is made of, for one account."""
    columns = [sql.column(own(name)) for name in ("user", "user_first", *of_user)]
    columns += [sql.named(tree, name) for name, tree in carried.items()]
    columns.append(sql.named(sql.cast(code, "integer"), CODE))
    for decision in (on, off):
        columns.append(sql.named(worst_account(decision), decision.name("worst")))
        columns += [decision.column(name) for name in ("cut", "undrawn")]
    return columns


def _nobody_on(on: Decision, off: Decision, carried: Mapping[str, exp.Expr], of_user: Sequence[str]) -> list[exp.Expr]:
    """A row before the first step, which only lets the state there be seen."""
    columns = [sql.column(own(name)) for name in ("user", "user_first", *of_user)]
    columns += [sql.column(name) for name in carried]
    columns.append(sql.named(sql.cast(sql.whole(BEFORE), "integer"), CODE))
    for decision in (on, off):
        columns += [sql.named(sql.NULL.copy(), decision.name(name)) for name in ("worst", "cut", "undrawn")]
    return columns


def _state(on: Decision, off: Decision, carried: Mapping[str, exp.Expr], of_user: Sequence[str]) -> list[exp.Expr]:
    """The user at the step of each of their accounts, and before them all."""
    begun, waiting = (
        "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
        "RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING",
    )
    parts = {
        name: [
            _over(function, column, frame) for column, frame in ((on.column(name), begun), (off.column(name), waiting))
        ]
        for name, function in (("worst", "min"), ("cut", "bool_or"), ("undrawn", "sum"))
    }
    undrawn = sql.cast(sql.plus(*(sql.known_or(part, sql.whole(0)) for part in parts["undrawn"])), "bigint")
    cut = sql.either(sql.known_or(part, sql.FALSE.copy()) for part in parts["cut"])
    first = sql.column(own("user_first"))
    labels = [
        (name, _over("max", sql.choose([(first.copy(), sql.column(name))], sql.NULL.copy()), "")) for name in carried
    ]
    columns = [
        *labels,
        (CODE, sql.column(CODE)),
        (NEXT, sql.parsed(f'lead("{CODE}") OVER (PARTITION BY "{own("user")}" ORDER BY "{CODE}")')),
        *((own(name), sql.column(own(name))) for name in of_user),
        # A user has several accounts, so one of the two is known everywhere.
        (on.name("worst"), sql.least(*parts["worst"])),
        (on.name("cut"), cut),
        (on.name("user_undrawn"), undrawn),
    ]
    return [sql.named(tree, name) for name, tree in columns]


def _over(function: str, part: exp.Expr, frame: str) -> exp.Expr:
    """A window over the user's accounts in the order of their steps; no frame: over all of them."""
    order = f'ORDER BY "{CODE}" {frame}' if frame else ""
    return sql.parsed(f'{function}({sql.to_sql(part)}) OVER (PARTITION BY "{own("user")}" {order})')
