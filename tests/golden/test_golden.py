"""Policies become the SQL that was read and committed; `python -m tests.golden.update` writes it anew."""

from __future__ import annotations

import duckdb
import pytest

from tests.golden.cases import FOLDER, texts

EXPECTED = dict(texts())


@pytest.mark.parametrize("name", EXPECTED)
def test_the_sql_is_as_committed(name: str) -> None:
    assert EXPECTED[name] == (FOLDER / name).read_text(encoding="utf-8")


def test_no_file_is_left_of_a_case_that_is_gone() -> None:
    assert {path.name for path in FOLDER.glob("*.sql")} == set(EXPECTED)


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("policy-")])
def test_the_text_is_one_query(name: str) -> None:
    assert len(duckdb.extract_statements(EXPECTED[name])) == 1
