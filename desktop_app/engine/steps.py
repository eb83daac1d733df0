"""Step codes: from which position of a threshold on a comparison is true, in whole numbers.

A comparison that a position decides is off at every position before an account's code and on from it. Where it is
on for large values (`>`, `>=`) the positions are taken from the last to the first.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from desktop_app.domain.book import Column
from desktop_app.domain.conditions import Operator
from desktop_app.domain.handles import ThresholdHandle, find_comparison
from desktop_app.domain.indexing import Positions
from desktop_app.domain.policy import Policy
from desktop_app.engine import expressions as sql
from desktop_app.engine.conditions import ConditionCompiler
from desktop_app.engine.schema import Fields, in_stored_units

# Whether a position that equals the value is counted among those that the value has reached.
_AT_OR_BELOW = {Operator.LESS: True, Operator.AT_MOST: False, Operator.AT_LEAST: True, Operator.MORE: False}
_DESCENDING = frozenset({Operator.AT_LEAST, Operator.MORE})


def step_code(column: Column, operator: Operator, positions: Positions, takes_part: exp.Expr) -> exp.Expr:
    """The code of each account, 0 to positions.count (never on), as USMALLINT.

    Attributes: takes_part is whether the account's answer depends on the threshold; where not, the code is the last.
    Raises ValueError for positions between stored units.
    """
    first, step = (in_stored_units(number, column.type) for number in (positions.first, positions.step))
    if first % 1 or step % 1:
        raise ValueError(positions)
    start, width, count = int(first), int(step), positions.count
    # How many positions stand at or below the value, or below it; beyond the first and the last it is none and all.
    lowest = sql.whole(start - width + (0 if _AT_OR_BELOW[operator] else 1))
    above = sql.minus(sql.greatest(sql.cast(sql.column(column.name), "bigint"), lowest), lowest.copy())
    reached = sql.least(sql.over(above, sql.whole(width)), sql.whole(count))
    code = sql.minus(sql.whole(count), reached) if operator in _DESCENDING else reached
    return sql.cast(sql.bracketed(sql.choose([(takes_part, code)], sql.whole(count))), "usmallint")


@dataclass(frozen=True)
class Stepping:
    """A threshold as scans along it need it: the code of every account, and which way the positions run."""

    code: exp.Expr
    descending: bool

    @classmethod
    def of(cls, fields: Fields, policy: Policy, handle: ThresholdHandle, positions: Positions) -> Stepping:
        """KeyError where the policy has no such threshold."""
        comparison = find_comparison(policy.rule(handle.rule), handle.comparison)
        takes_part = ConditionCompiler(fields).takes_part(comparison, handle.group)
        column = fields.columns[comparison.field]
        code = step_code(column, comparison.operator, positions, takes_part)
        return cls(code, comparison.operator in _DESCENDING)
