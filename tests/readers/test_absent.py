"""Texts that may stand for missing values: asked about once, never guessed."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from desktop_app.domain.mapping import Mapping
from desktop_app.readers.absent import texts_of
from desktop_app.readers.inspect import inspect
from tests.readers.test_units import planned

SCORES = [str(n) for n in range(400, 800)]


def asked(folder, name, values, **read):
    """The texts of a column, mapped to that standard column, which are asked about."""
    ids = [f"k{n}" for n in range(len(values))]
    found = planned(folder, {"account_id": "id", name: "column"}, [ids, values], **read).doubts
    return [text for doubt in found if '"read.missing"' in str(doubt) for text in texts_of(doubt)]


@pytest.mark.parametrize("word", ["NULL", "#N/A", "-", "n/a", "无", "unknown"])
def test_a_word_among_numbers_is_asked_about(tmp_path, word):
    assert asked(tmp_path, "score", SCORES + [word] * 9) == [word]


@pytest.mark.parametrize("number", ["-1", "-9999", "999", "9999"])
def test_a_number_apart_from_all_others_is_asked_about(tmp_path, number):
    assert asked(tmp_path, "score", SCORES + [number] * 9) == [number]


def test_all_texts_are_asked_about_at_once(tmp_path):
    found = planned(
        tmp_path,
        {"account_id": "id", "score": "FICO", "income_monthly": "income"},
        [[f"k{n}" for n in range(418)], SCORES + ["9999"] * 18, ["100"] * 400 + ["-1", "NULL"] * 9],
    ).doubts
    (doubt,) = (doubt for doubt in found if '"read.missing"' in str(doubt))
    assert "(FICO: 9999; income: NULL, -1)" in str(doubt)
    assert set(texts_of(doubt)) == {"9999", "-1", "NULL"}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("score", SCORES + ["9999"] * 4),
        ("score", SCORES + ["-1", "-2", "-3"] * 9),
        ("score", [*SCORES, "12000"] + ["9999"] * 9),
        ("balance", SCORES + ["-1"] * 9),
        ("segment", ["NULL"] * 20),
        ("kyc_complete", ["yes", "nope"] * 20),
    ],
    ids=["few", "not the only negatives", "not above all", "required", "a word for a group", "no usual word"],
)
def test_what_may_well_be_a_value_is_left_alone(tmp_path, name, values):
    assert asked(tmp_path, name, values) == []


def test_a_word_for_a_missing_truth_is_asked_about(tmp_path):
    assert asked(tmp_path, "default_12m", ["Y", "N", "NULL"] * 9) == ["NULL"]


@pytest.mark.parametrize("stated", [["9999"], []])
def test_what_is_stated_is_not_asked(tmp_path, stated):
    assert asked(tmp_path, "score", SCORES + ["9999"] * 9, missing=stated) == []


def test_a_column_times_a_factor_is_looked_at(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("id,rate\n" + "".join(f"k{n},{n % 20 + 1 if n % 7 else -1}\n" for n in range(100)))
    columns = {"account_id": {"value": "id"}, "apr": {"value": {"scale": "rate", "by": 0.01}}}
    (doubt,) = inspect(path, Mapping.model_validate({"currency": "CNY", "columns": columns})).doubts
    assert texts_of(doubt) == ("-1",)


@pytest.mark.parametrize(("users", "asks"), [([""] * 9, True), ([""] * 8 + ["u"], False)])
def test_ids_of_users_that_are_not_there_are_asked_about(tmp_path, users, asks):
    found = planned(tmp_path, {"account_id": "id", "user_id": "member"}, [[f"k{n}" for n in range(9)], users])
    assert any('"columns.user_id"' in str(doubt) for doubt in found.doubts) == asks


def test_numbers_of_parquet_are_looked_at_and_its_gaps_are_not(tmp_path):
    path = tmp_path / "book.parquet"
    scores = [500, None, -1, 700] * 9
    pq.write_table(pa.table({"id": [f"k{n}" for n in range(36)], "score": pa.array(scores, pa.int64())}), path)
    columns = {"account_id": {"value": "id"}, "score": {"value": "score"}}
    (doubt,) = inspect(path, Mapping.model_validate({"currency": "CNY", "columns": columns})).doubts
    assert texts_of(doubt) == ("-1",)
