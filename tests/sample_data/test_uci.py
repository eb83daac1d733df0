"""The sample book loads whole, under documents that fit it."""

from pathlib import Path

import pytest

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.mapping import Mapping
from desktop_app.domain.policy import Policy
from desktop_app.domain.watch import CancelWatch
from desktop_app.workspace.importing import import_inline

FOLDER = Path(__file__).parents[2] / "sample_data" / "uci_taiwan"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    mapping = Mapping.from_json((FOLDER / "mapping.json").read_text(encoding="utf-8"), "mapping.json")
    return import_inline(FOLDER / "book.csv", mapping, tmp_path_factory.mktemp("uci") / "staging", CancelWatch())


def test_every_row_is_loaded_unchanged(loaded):
    _, report = loaded
    assert (report.rows_in, report.rows_loaded, report.changed) == (30_000, 30_000, ())


def test_what_was_made_up_is_marked(loaded):
    book, _ = loaded
    assert {column.name for column in book.columns if column.assumed} == {"pd", "snapshot_date"}


def test_codes_are_categories(loaded):
    book, _ = loaded
    assert book.column("EDUCATION").type is ColumnType.CATEGORY
    assert book.column("EDUCATION").domain == ("0", "1", "2", "3", "4", "5", "6")


def test_outcome_is_not_the_standard_one(loaded):
    book, _ = loaded
    assert book.outcome is not None
    assert not book.outcome.is_standard


@pytest.mark.parametrize("name", ["policy.json", "baseline.json"])
def test_policy_reads_only_columns_of_the_book(loaded, name):
    book, _ = loaded
    policy = Policy.from_json((FOLDER / name).read_text(encoding="utf-8"), name)
    assert all(rule.fields <= book.names | {"utilisation"} for rule in policy.rules)


@pytest.mark.parametrize("name", ["policy.json", "baseline.json"])
def test_sentences_name_no_number(name):
    policy = Policy.from_json((FOLDER / name).read_text(encoding="utf-8"), name)
    sentences = [text for rule in policy.rules for text in (rule.reason.sentence.en, rule.reason.sentence.zh)]
    assert all(sentences)
    assert not any(letter.isdigit() for text in sentences for letter in text)
