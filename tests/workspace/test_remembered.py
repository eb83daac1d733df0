"""Mappings that are proposed again."""

import pytest

from desktop_app.domain.mapping import MappedColumn, Mapping
from desktop_app.workspace.remembered import KEPT, Remembered

HEADINGS = ("Konto", "Limite", "Saldo", "Note", "Stand")


def mapping(currency="EUR", account="Konto"):
    columns = {"account_id": account, "credit_limit": "Limite", "balance": "Saldo"}
    return Mapping(currency=currency, columns={name: MappedColumn(value=value) for name, value in columns.items()})


@pytest.fixture
def remembered(tmp_path):
    found = Remembered(tmp_path / "user" / "mappings.json")
    found.keep(HEADINGS, mapping())
    return found


def test_a_mapping_is_recalled_for_its_headings(remembered) -> None:
    assert remembered.recall(HEADINGS) == mapping()


def test_another_order_and_one_new_column_do_not_matter(remembered) -> None:
    assert remembered.recall((*reversed(HEADINGS), "New")) == mapping()


def test_a_file_that_lacks_a_mapped_heading_recalls_nothing(remembered) -> None:
    assert remembered.recall(("Limite", "Saldo", "Note", "Stand")) is None


def test_another_kind_of_file_recalls_nothing(remembered) -> None:
    assert remembered.recall(("Konto", "Limite", "Saldo", "a", "b", "c", "d")) is None


def test_the_last_confirmed_counts(remembered) -> None:
    remembered.keep(HEADINGS, mapping("CHF"))
    assert remembered.recall(HEADINGS) == mapping("CHF")


def test_the_nearest_headings_count(remembered) -> None:
    remembered.keep((*HEADINGS, "x", "y"), mapping("CHF"))
    assert remembered.recall(HEADINGS) == mapping()


def test_what_is_not_remembered_is_suggested(remembered) -> None:
    proposed = remembered.proposed(("借据号", "授信额度", "本金余额"))
    assert {name: how.value for name, how in proposed.columns.items()} == {
        "account_id": "借据号",
        "credit_limit": "授信额度",
        "balance": "本金余额",
    }


def test_a_damaged_file_counts_as_empty(remembered, tmp_path) -> None:
    (tmp_path / "user" / "mappings.json").write_text('[{"headings": 1}]')
    assert remembered.recall(HEADINGS) is None
    remembered.keep(HEADINGS, mapping())
    assert remembered.recall(HEADINGS) == mapping()


def test_the_oldest_are_forgotten(remembered) -> None:
    for number in range(KEPT):
        remembered.keep((f"{number}", f"{number}b"), mapping())
    assert remembered.recall(HEADINGS) is None
