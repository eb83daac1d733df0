"""Policies as SQL for other databases: DuckDB's text is run over tables in their own units."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from sqlglot import exp, parse_one

from desktop_app.domain.book import Column
from desktop_app.domain.columns import UNITS_PER_ONE, ColumnType
from desktop_app.domain.policy import Policy
from desktop_app.engine.dialects import Dialect, policy_text
from desktop_app.engine.fitting import standard_fields
from desktop_app.engine.schema import Fields
from tests.engine.random_questions import Case, cases
from tests.golden.dialects.cases import TEXTS, update
from tests.reference.books import AS_OF
from tests.reference.samples import cut, policy, rule

FOLDER = Path(__file__).parents[1] / "golden" / "dialects"
_ARROW = {
    "text": pa.string(),
    "category": pa.string(),
    "date": pa.date32(),
    "money": pa.decimal128(18, 2),
    "rate": pa.decimal128(9, 6),
    "ratio": pa.decimal128(9, 4),
    "integer": pa.int32(),
    "number": pa.decimal128(18, 6),
    "boolean": pa.bool_(),
}


def own_units(value: Any, kind: str) -> Any:
    scaled = kind in ("money", "rate", "ratio") and value is not None
    return Decimal(value) / UNITS_PER_ONE[ColumnType(kind)] if scaled else value


def own_table(case: Case) -> pa.Table:
    """The snapshot as a lender's own table has it."""
    small = case.loaded.small
    rows = small.at(AS_OF)
    return pa.table(
        {
            name: pa.array([own_units(row[name], kind) for row in rows], _ARROW[kind])
            for name, kind in small.columns.items()
        }
    )


def expected(case: Case) -> list[tuple[Any, ...]]:
    """What the reference says, in book order; random rules have their id for a code."""
    return [
        (
            account.row["account_id"],
            account.decision.outcome,
            account.decision.reason or None,
            Decimal(account.decision.new_limit) / 100,
        )
        for account in case.expected["scenario"].accounts
    ]


def text_of(case: Case, dialect: Dialect) -> str:
    return policy_text(case.policies["scenario"], Fields.of(case.loaded.book), dialect)


@pytest.mark.parametrize("start", range(600, 612, 3))
def test_the_text_decides_as_the_engine_does(start: int, tmp_path: Path) -> None:
    for case in cases(range(start, start + 3), tmp_path, pairs=3, most_rows=120, stressed=False):
        case.loaded.cursor.register("accounts", own_table(case))
        found = case.loaded.cursor.execute(text_of(case, Dialect.DUCKDB)).fetchall()
        case.loaded.cursor.unregister("accounts")
        assert sorted(found, key=lambda row: row[0].encode()) == sorted(expected(case), key=lambda row: row[0].encode())


@pytest.mark.parametrize("dialect", Dialect)
def test_no_text_knows_a_double(dialect: Dialect, tmp_path: Path) -> None:
    for case in cases(range(620, 623), tmp_path, pairs=2, most_rows=3, stressed=False):
        text = text_of(case, dialect)
        assert not re.search(r"DOUBLE|FLOAT|REAL|TRUNC|//" if dialect is not Dialect.DUCKDB else "DOUBLE|FLOAT", text)


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_is_as_committed(name: str) -> None:
    assert TEXTS[name]() == (FOLDER / name).read_text(encoding="utf-8"), update.__doc__


def test_a_column_called_by_a_reserved_word_stays_quoted() -> None:
    fields = Fields({**standard_fields().columns, "select": Column("select", ColumnType.INTEGER)})
    asked = policy(rule("odd", "block", {"field": "select", "operator": ">", "value": 3}))
    text = policy_text(Policy.model_validate(asked), fields, Dialect.SNOWFLAKE)
    assert 'CAST("select" AS BIGINT) AS "select"' in text
    parse_one(text, dialect="snowflake")


def test_postgres_merges_no_step_of_the_query() -> None:
    # Merged, each column is written out wherever it is read, and a dozen rules take gigabytes to plan.
    asked = policy(*(rule(f"r{number}", cut(percent=50)) for number in range(12)))
    query = parse_one(
        policy_text(Policy.model_validate(asked), standard_fields(), Dialect.POSTGRES), dialect="postgres"
    )
    steps = [step.this for step in query.find_all(exp.Subquery)]
    assert len(steps) > 4
    assert all(step.args.get("offset") for step in steps)
