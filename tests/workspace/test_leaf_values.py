"""What can be chosen in a comparison, and what becomes of it when something else is chosen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.book import Book, Column, Snapshot
from desktop_app.domain.columns import ColumnType
from desktop_app.domain.conditions import Operator, Value
from desktop_app.workspace.condition_draft import GroupValues, Leaf
from desktop_app.workspace.leaf_values import (
    first_value,
    group_labels,
    label_text,
    labels_of,
    offered_columns,
    on_field,
    operated,
    operators_for,
)

SCORE = Column("score", ColumnType.NUMBER, Decimal(350), Decimal(950), distinct=400)
SEGMENT = Column("segment", ColumnType.CATEGORY, domain=("prime", "thin_file"), distinct=2)
CODE = Column("MARRIAGE", ColumnType.INTEGER, Decimal(0), Decimal(3), distinct=4)
KYC = Column("kyc_complete", ColumnType.BOOLEAN, distinct=2)
OPENED = Column("opened_on", ColumnType.DATE, date(2020, 1, 1), date(2026, 1, 31))
KEY = Column("account_id", ColumnType.TEXT)
EMPTY = Column("note", ColumnType.NUMBER)
DAY = date(2026, 6, 30)
BOOK = Book("b", "b.csv", (KEY, CODE, SEGMENT, SCORE, KYC), (Snapshot(DAY, 9, 9),), DAY, "CNY", "hash")


@pytest.mark.parametrize(("column", "count"), [(SCORE, 7), (OPENED, 7), (None, 7), (SEGMENT, 3), (KEY, 3), (KYC, 2)])
def test_only_fitting_operators_are_offered(column: Column | None, count: int) -> None:
    assert len(operators_for(column)) == count


def test_known_columns_come_first_and_keys_last() -> None:
    named = {column.name: column for column in BOOK.columns}
    assert [column.name for column in offered_columns(named)] == [
        "score",
        "kyc_complete",
        "segment",
        "MARRIAGE",
        "account_id",
    ]


@pytest.mark.parametrize(
    ("column", "labels"),
    [(SEGMENT, ("prime", "thin_file")), (CODE, (0, 1, 2, 3)), (KYC, (True, False)), (SCORE, ()), (OPENED, ())],
)
def test_labels_are_those_of_the_book(column: Column, labels: tuple[object, ...]) -> None:
    assert labels_of(column) == labels


def test_groups_are_named_as_documents_name_them() -> None:
    assert group_labels(BOOK, "MARRIAGE") == ("0", "1", "2", "3")
    assert group_labels(BOOK, "kyc_complete") == ("true", "false")
    assert group_labels(BOOK, "score") == ()
    assert label_text(Decimal("1.0")) == "1"


@pytest.mark.parametrize(
    ("column", "operator", "value"),
    [
        (SCORE, Operator.LESS, Decimal(651)),
        (SCORE, Operator.EQUAL, Decimal(350)),
        (SCORE, Operator.IN, None),
        (SCORE, Operator.MISSING, None),
        (SEGMENT, Operator.EQUAL, "prime"),
        (SEGMENT, Operator.IN, ("prime",)),
        (KYC, Operator.EQUAL, False),
        (OPENED, Operator.LESS, "2026-01-31"),
        (KEY, Operator.EQUAL, None),
        (EMPTY, Operator.LESS, None),
    ],
)
def test_a_value_to_begin_with(column: Column, operator: Operator, value: Value | None) -> None:
    assert first_value(column, operator) == value


def test_another_field_of_the_same_kind_keeps_the_operator() -> None:
    leaf = Leaf("r.1", "dti", Operator.AT_LEAST, Decimal(1), GroupValues("segment", (("prime", Decimal(2)),)))
    changed = on_field(leaf, SCORE)
    assert (changed.id, changed.operator, changed.value) == ("r.1", Operator.AT_LEAST, Decimal(651))
    assert changed.by == GroupValues("segment")
    assert on_field(changed, SCORE) is changed


def test_another_kind_of_field_takes_its_own_operator() -> None:
    changed = on_field(Leaf("r.1", "score", Operator.LESS, Decimal(600)), SEGMENT)
    assert (changed.operator, changed.value) == (Operator.EQUAL, "prime")


def test_a_value_becomes_a_list_and_a_list_a_value() -> None:
    by = GroupValues("segment", (("prime", Decimal(2)),))
    listed = operated(Leaf("r.1", "score", Operator.EQUAL, Decimal(1), by), Operator.IN, SCORE)
    assert listed.value == (Decimal(1),)
    assert listed.by == GroupValues("segment", (("prime", (Decimal(2),)),))
    assert operated(listed, Operator.LESS, SCORE).value == Decimal(1)
    assert operated(listed, Operator.LESS, SCORE).by == by


def test_missing_has_neither_value_nor_groups() -> None:
    by = GroupValues("segment", (("prime", Decimal(2)),))
    missing = operated(Leaf("r.1", "score", Operator.EQUAL, Decimal(1), by), Operator.MISSING, SCORE)
    assert (missing.value, missing.by) == (None, None)
    assert operated(missing, Operator.LESS, SCORE).value == Decimal(651)
