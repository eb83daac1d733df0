"""What every peer is given: the accounts as narrow columns, prepared once, and the baseline already decided.

No peer is asked to prepare anything inside the timed part: what depends on the book and the baseline alone (the value
of each measure under each outcome while the limit stays, the baseline's outcome) stands in columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.policy import Policy
from desktop_app.engine.connection import Connection
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.schema import OWN_COLUMNS, own
from desktop_app.figures.types import Measure
from tests.benchmarks.measured import MEASURES
from tests.benchmarks.peers.rules import FieldType
from tests.benchmarks.peers.texts import names_in

# What a measure's text names that a policy decides.
DECIDED = frozenset({"outcome", "new_limit", "undrawn", "any_cut"})
_MOVED = DECIDED - {"outcome"}
# The value that is 1 for every account: how many there are.
COUNT = "count"
_BEFORE = "greatest(credit_limit - balance, 0)"


@dataclass(frozen=True)
class Accounts:
    """The accounts of a book as columns.

    Attributes: table has fields in stored units (categories and booleans as small codes), "group", "lone" (1 for a
    user's only account) and what measures of a moved limit read; values are the columns to sum, by name; value_of
    tells for each measure which of them it is under each outcome while the limit stays, COUNT where it
    is always 1 and None where it is always 0;
    moving are the measures that a moved limit changes; shared has the rows of users with several accounts again,
    a user's together, with "user" and "place".
    """

    table: pa.Table
    shared: pa.Table
    fields: Mapping[str, FieldType]
    groups: tuple[str | None, ...]
    values: tuple[str, ...]
    value_of: Mapping[str, tuple[str | None, ...]]
    moving: tuple[Measure, ...]
    per_user: tuple[Measure, ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns that the measures of a moved limit read."""
        read = {name for measure in self.moving for name in names_in(measure.sql)} - DECIDED
        return tuple(sorted(read | {"credit_limit", "balance"}))


def accounts_of(cursor: Connection, prepared: Prepared, policies: Sequence[Policy], grouping: str) -> Accounts:
    """Read what the policies, the grouping and the catalogue's measures need from the prepared table."""
    columns = prepared.fields.columns
    names = {name for policy in policies for rule in policy.rules for name in rule.fields} | {grouping}
    fields = {name: FieldType(columns[name].type, columns[name].domain) for name in sorted(names)}
    group = fields[grouping]
    if group.type is not ColumnType.CATEGORY:
        raise NotImplementedError("the peers group by a category")
    moving = tuple(measure for measure in MEASURES.values() if names_in(measure.sql) & _MOVED)
    own_names = {name for measure in MEASURES.values() for name in names_in(measure.sql)} & OWN_COLUMNS
    fixed = {"credit_limit", "balance"} | own_names | {"user_open"}
    kept = [_field(name, fields[name]) for name in fields if name not in fixed]
    kept += [f"{_named(name)} AS {name}" for name in sorted(fixed)]
    kept.append(_field(grouping, group, alias="group"))
    kept.append(f'CAST("{own("user_accounts")}" = 1 AS TINYINT) AS lone')
    table = _fetch(cursor, f"SELECT {', '.join(kept)} FROM {prepared.table}")
    values, value_of = _values(cursor, prepared.table, table)
    for name, column in values.items():
        if name not in table.column_names:
            table = table.append_column(name, pa.array(column))
    rows = [*kept, f'"{own("user")}" AS "user"', f'"{own("place")}" AS place']
    shared = prepared.shared or prepared.table
    extra = rows if prepared.shared else [*kept, '0 AS "user"', "0 AS place"]
    only = "" if prepared.shared else " WHERE FALSE"
    ordered = _fetch(cursor, f'SELECT {", ".join(extra)} FROM {shared}{only} ORDER BY "user", place')
    per_user = tuple(measure for measure in MEASURES.values() if measure.per == "user")
    groups = (*columns[grouping].domain, None)
    return Accounts(table, ordered, fields, groups, tuple(values), value_of, moving, per_user)


def _named(name: str) -> str:
    return f'"{own(name)}"' if name in OWN_COLUMNS else f'"{name}"'


def _field(name: str, field: FieldType, alias: str | None = None) -> str:
    """A field as the peers keep it: a category's missing label is the code after the last."""
    alias = f'"{alias or name}"'
    match field.type:
        case ColumnType.CATEGORY:
            return f'CAST(coalesce(enum_code("{name}"), {len(field.labels)}) AS UTINYINT) AS {alias}'
        case ColumnType.BOOLEAN:
            return f'CAST("{name}" AS TINYINT) AS {alias}'
        case _:
            return f'"{name}" AS {alias}'


def _values(
    cursor: Connection, prepared: str, table: pa.Table
) -> tuple[dict[str, NDArray[np.integer]], dict[str, tuple[str | None, ...]]]:
    """Each measure's value under each outcome while the limit stays; what is equal is one column, zeros are none."""
    columns: dict[str, NDArray[np.integer]] = {}
    wide = [name for name in table.column_names if table.schema.field(name).type == pa.int64()]
    seen = {_digest(table[name].to_numpy()): name for name in wide}
    value_of: dict[str, tuple[str | None, ...]] = {}
    for measure in MEASURES.values():
        queries = [_value_query(measure, outcome, prepared) for outcome in OUTCOMES]
        names: dict[str, str | None] = {}
        for query in dict.fromkeys(queries):
            column = np.asarray(cursor.execute(query).fetchnumpy()["value"], dtype=np.int64)
            if column.size and column.min() == column.max() == 1:
                names[query] = COUNT
            elif not column.any():
                names[query] = None
            else:
                name = seen.setdefault(_digest(column), f"v_{measure.id}_{len(names)}")
                columns.setdefault(name, column.astype(np.int8) if column.max() <= 127 else column)
                names[query] = name
        value_of[measure.id] = tuple(names[query] for query in queries)
    return columns, value_of


def _digest(column: NDArray[np.int64]) -> bytes:
    return blake2b(np.ascontiguousarray(column).data, digest_size=16).digest()


def _value_query(measure: Measure, outcome: Outcome, table: str) -> str:
    read = names_in(measure.sql)
    undrawn = "0" if outcome is Outcome.BLOCKED else _BEFORE
    known = {
        "new_limit": "credit_limit",
        "undrawn": undrawn,
        "any_cut": "FALSE",
        "outcome": str(OUTCOMES.index(outcome)),
    }
    given = [f"{known[name]} AS {name}" for name in known if name in read]
    given += [f"{_named(name)} AS {name}" for name in read & OWN_COLUMNS]
    inner = ", ".join(["credit_limit", "balance", f'"{own("user_accounts")}" AS accounts_of_user', *given])
    value = measure.sql if measure.per == "account" else f"CASE WHEN accounts_of_user = 1 THEN {measure.sql} ELSE 0 END"
    return f"SELECT CAST({value} AS BIGINT) AS value FROM (SELECT {inner} FROM {table})"


def _fetch(cursor: Connection, query: str) -> pa.Table:
    return cursor.sql(query).to_arrow_table().combine_chunks()
