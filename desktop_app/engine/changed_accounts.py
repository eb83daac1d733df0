"""One account with some of its fields changed, decided anew by the SQL that decides the whole book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import pyarrow as pa
from sqlglot import exp

from desktop_app.domain.columns import RATIO_CAP, UNITS_PER_ONE, ColumnType
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.policy import Policy
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection
from desktop_app.engine.decide import Decision
from desktop_app.engine.decided_rows import table_rows
from desktop_app.engine.derived import RATIOS, SUMS, derived_trees
from desktop_app.engine.prepare import Prepared

# A value as the prepared table holds it.
Stored: TypeAlias = int | bool | str | date | None
# Loaded fields with the values they get.
Changed: TypeAlias = Mapping[str, Stored]

_GIVEN, _PLACE = "changed_accounts", "~place"
_ARROW: dict[ColumnType, pa.DataType] = {
    ColumnType.TEXT: pa.string(),
    ColumnType.CATEGORY: pa.string(),
    ColumnType.DATE: pa.date32(),
    ColumnType.BOOLEAN: pa.bool_(),
}
_RATIO_UNIT = UNITS_PER_ONE[ColumnType.RATIO]


@dataclass(frozen=True)
class Verdict:
    """What becomes of a changed account; restricts has a bit for each rule that would restrict it by itself."""

    outcome: Outcome
    restricts: int


class ChangedAccounts:
    """One account of a prepared table under a policy, to be decided with other values in its fields.

    Attributes: row is what the account holds, by field, as stored.
    """

    def __init__(self, cursor: Connection, prepared: Prepared, policy: Policy, row: int) -> None:
        self._cursor, self._fields = cursor, prepared.fields
        self._decision = Decision(policy, prepared.fields)
        names = list(prepared.fields.columns)
        query = sql.select_from(table_rows(prepared, given=True), [sql.column(name) for name in names])
        (found,) = cursor.execute(sql.to_sql(query), [[row]]).fetchall()
        self.row: dict[str, Stored] = dict(zip(names, found, strict=True))
        self._loaded = [name for name, column in prepared.fields.columns.items() if not column.derived]
        self._text = self._query()

    def decided(self, changes: Sequence[Changed]) -> list[Verdict]:
        """The account with each of the changes, in their order."""
        if not changes:
            return []
        columns = {
            name: pa.array([change.get(name, self.row[name]) for change in changes], self._arrow(name))
            for name in self._loaded
        }
        self._cursor.register(_GIVEN, pa.table({**columns, _PLACE: pa.array(range(len(changes)), pa.int64())}))
        try:
            rows = self._cursor.execute(self._text).fetchall()
        finally:
            self._cursor.unregister(_GIVEN)
        return [Verdict(OUTCOMES[outcome], restricts) for outcome, restricts in rows]

    def made_of(self, field: str, value: Stored) -> Changed | None:
        """The loaded fields that give a field that value: itself, or a part of what it is derived from.

        None where no value of the parts does.
        """
        if not self._fields.columns[field].derived or not isinstance(value, int):
            return {field: value}
        if field in SUMS:
            return self._summed(field, SUMS[field], value)
        return self._with_ratio(*RATIOS[field], value)

    def _summed(self, field: str, part: str, value: int) -> Changed | None:
        """The account's own share of what its user has; it cannot fall below nothing."""
        own = _number(self.row[part]) + value - _number(self.row[field])
        return {part: own} if own >= 0 else None

    def _with_ratio(self, part: str, whole: str, value: int) -> Changed | None:
        """Another part of the same whole; another whole where the part is known and the whole is not."""
        a, b = self.row[part], self.row[whole]
        if isinstance(b, int) and b > 0:
            # The whole numbers that (2·10⁴·a + b) // (2·b) takes to the ratio; above the cap all are one.
            least = -(-b * (2 * value - 1) // (2 * _RATIO_UNIT))
            most = -(-b * (2 * value + 1) // (2 * _RATIO_UNIT)) - 1
            capped = value >= RATIO_CAP * _RATIO_UNIT
            near = least if capped or not isinstance(a, int) or a < least else min(a, most)
            return {part: max(near, 0)}
        if isinstance(a, int) and a > 0 and value > 0:
            return {whole: -(-a * _RATIO_UNIT // value)}
        return None

    def _arrow(self, name: str) -> pa.DataType:
        return _ARROW.get(self._fields.columns[name].type, pa.int64())

    def _query(self) -> str:
        """Derived fields are made again from the loaded ones; a user's sums move as the account's own share does."""
        trees = derived_trees(self._fields)
        for name in SUMS:
            if name in trees:
                others = _number(self.row[name]) - _number(self.row[SUMS[name]])
                trees[name] = sql.plus(sql.column(SUMS[name]), sql.whole(others))
        derived = [sql.named(tree, name) for name, tree in trees.items()]
        source = sql.select_from(exp.to_table(_GIVEN), [exp.Star(), *derived])
        outcome, restricts = (self._decision.column(name) for name in ("outcome", "restricts"))
        decided = sql.select_from(self._decision.select(source), [outcome, restricts])
        return sql.to_sql(decided.order_by(sql.column(_PLACE), copy=False))


def _number(stored: Stored) -> int:
    if not isinstance(stored, int):
        raise TypeError("an amount that is always there")
    return stored
