"""Users with several accounts while two thresholds move: each of their states, and over which steps it lasts."""

from __future__ import annotations

from sqlglot import exp

from desktop_app.engine import expressions as sql
from desktop_app.engine.decide import Decision
from desktop_app.engine.plan import Plan, slot_of_worst, worst_account
from desktop_app.engine.schema import own

X, Y, NEXT_X, NEXT_Y = "~x", "~y", "~next_x", "~next_y"
_BEFORE = -1
_STATES = ("worst", "cut", "undrawn")


def user_surfaces(plan: Plan, x: exp.Expr, y: exp.Expr) -> exp.Select:
    """One row for each user with several accounts and each pair of their own steps, under the names of side "on-on".

    ~x and ~y are where the state begins (−1: before all steps), ~next_x and ~next_y where the next ones do, NULL for
    the last. Every pair is looked at by itself, so a user with k accounts has (k + 1)² rows.
    """
    final = plan.decisions["on-on"]
    accounts = sql.select_from(plan.shared_accounts(), _account(plan, x, y))
    columns = ", ".join(_chosen(plan, name) for name in _STATES)
    user = f'"{own("user")}"'
    of_user = [f'"{own(name)}"' for name in plan.prepared.user_columns]
    kept = ", ".join(f"max({name}) AS {name}" for name in of_user)
    text = f"""
        WITH accounts AS ({sql.to_sql(accounts)}),
        xs AS ({_steps(user, X, NEXT_X)}), ys AS ({_steps(user, Y, NEXT_Y)}),
        pairs AS (
            SELECT xs.{user}, xs."{X}" AS x, xs."{NEXT_X}" AS next_x, ys."{Y}" AS y, ys."{NEXT_Y}" AS next_y
            FROM xs JOIN ys USING ({user})
        ),
        decided AS (
            SELECT {user}, x, y, next_x, next_y, {", ".join(of_user)}, {columns}
            FROM pairs JOIN accounts USING ({user})
        )
        SELECT x AS "{X}", y AS "{Y}", next_x AS "{NEXT_X}", next_y AS "{NEXT_Y}",
            {kept}, min(worst) AS "{final.name("worst")}",
            bool_or(cut) AS "{final.name("cut")}", CAST(sum(undrawn) AS BIGINT) AS "{final.name("user_undrawn")}"
        FROM decided GROUP BY {user}, x, y, next_x, next_y
    """
    states = exp.Subquery(this=sql.parsed(text), alias=exp.TableAlias(this=exp.to_identifier("states")))
    found = exp.select(exp.Star()).from_(states)
    with_slot = sql.select_from(found, [exp.Star(), sql.named(slot_of_worst(final), final.name("slot"))])
    return sql.select_from(with_slot, [exp.Star(), sql.named(final.outcome_of_slot(), final.name("outcome"))])


def _account(plan: Plan, x: exp.Expr, y: exp.Expr) -> list[exp.Expr]:
    """What a state is made of, for one account: each of its four decisions, and its steps."""
    columns = [sql.column(own(name)) for name in ("user", *plan.prepared.user_columns)]
    columns += [sql.named(sql.cast(code, "integer"), name) for name, code in ((X, x), (Y, y))]
    for decision in plan.decisions.values():
        columns.append(sql.named(worst_account(decision), decision.name("worst")))
        columns += [decision.column(name) for name in ("cut", "undrawn")]
    return columns


def _steps(user: str, step: str, following: str) -> str:
    """Each user's own steps along one axis, and before them all, with the one that follows."""
    every = f'SELECT {user}, "{step}" FROM accounts UNION SELECT DISTINCT {user}, {_BEFORE} FROM accounts'
    return f"""
        SELECT {user}, "{step}", lead("{step}") OVER (PARTITION BY {user} ORDER BY "{step}") AS "{following}"
        FROM ({every}) AS every
    """


def _chosen(plan: Plan, name: str) -> str:
    """An account's column under the decision that holds at a pair of steps."""

    def of(decision: Decision) -> str:
        return sql.to_sql(decision.column(name))

    sides = {side: of(decision) for side, decision in plan.decisions.items()}
    return f"""
        CASE WHEN "{X}" <= x THEN CASE WHEN "{Y}" <= y THEN {sides["on-on"]} ELSE {sides["on-off"]} END
        ELSE CASE WHEN "{Y}" <= y THEN {sides["off-on"]} ELSE {sides["off-off"]} END END AS {name}
    """
