"""Accounts become CSV by column, exactly as single fields would."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.reports import accounts
from desktop_app.reports.accounts import account_lines
from desktop_app.reports.fields import csv_line
from tests.reports.exports import batch


def written(batch_, guard=True):
    return b"".join(lines for _, lines in account_lines(batch_, guard)).decode()


def test_two_accounts():
    assert written(batch()) == (
        "00123,u1,block,blocked,LOW_SCORE,1234.50,0.00,1234.50,0.00,false,unchanged\r\n"
        "987654321098765432,u2,none,unchanged,,0.05,1.00,0.05,90000000000000.00,true,unchanged\r\n"
    )


def test_formulas_in_ids_are_guarded_and_numbers_are_not():
    lines = written(batch(account_id=["=1+1", "-5"])).splitlines()
    assert [line.split(",")[0] for line in lines] == ["'=1+1", "-5"]


def test_full_width_signs_are_guarded_too():
    assert written(batch(account_id=["＝1", "中"])).startswith("'＝1,")


def test_texts_of_a_dictionary_are_guarded_and_quoted_too():
    ids = pa.array(["=1+1", 'a,"b']).dictionary_encode()
    mixed = batch()
    mixed = mixed.set_column(mixed.schema.get_field_index("account_id"), "account_id", ids)
    assert [line[:9] for line in written(mixed).splitlines()] == ["'=1+1,u1,", '"a,""b",u']


def test_guarding_can_be_switched_off():
    assert written(batch(account_id=["=1+1", "x"]), guard=False).startswith("=1+1,")


def test_an_empty_batch_writes_nothing():
    assert written(batch().slice(0, 0)) == ""


def test_columns_are_taken_by_name():
    mixed = batch().select(list(reversed(batch().schema.names)))
    assert written(mixed) == written(batch())


def test_chunks_join_without_a_seam(monkeypatch):
    whole = written(batch())
    monkeypatch.setattr(accounts, "CHUNK_ROWS", 1)
    assert written(batch()) == whole
    assert [rows for rows, _ in account_lines(batch(), True)] == [1, 1]


def test_a_batch_that_is_a_slice_writes_its_own_rows():
    assert written(batch().slice(1, 1)) == written(batch()).splitlines(keepends=True)[1]


TEXTS = st.text(st.sampled_from("=+-@\t\r\n ,;|\"'a1é中＝.")) | st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize("guard", [True, False])
@given(ids=st.lists(TEXTS, min_size=2, max_size=2))
def test_columns_are_written_as_fields_are(guard, ids):
    alone = [csv_line([text], guard).removesuffix("\r\n") for text in ids]
    rest = written(batch(account_id=["A", "B"])).split("\r\n")
    expected = "".join(f"{text}{line[1:]}\r\n" for text, line in zip(alone, rest[:2], strict=True))
    assert written(batch(account_id=pa.array(ids, pa.string()).to_pylist()), guard) == expected


@given(st.lists(st.integers(0, 2**63 - 1), min_size=2, max_size=2))
def test_money_is_exact(amounts):
    fields = [line.split(",")[5] for line in written(batch(credit_limit=amounts)).splitlines()]
    assert fields == [f"{amount // 100}.{amount % 100:02d}" for amount in amounts]
