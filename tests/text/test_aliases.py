"""What lenders call the standard columns."""

from collections import Counter

import pytest

from desktop_app.domain.columns import STANDARD
from desktop_app.text.aliases import WORDS, plain, standard_column


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("授信额度", "credit_limit"),
        ("芝麻分", "score"),
        ("逾期天数", "days_past_due"),
        ("本金余额（元）", "balance"),
        ("近7天 申请次数", "applications_7d"),
        ("Account No.", "account_id"),
        ("creditLimit", "credit_limit"),
        ("ＤＰＤ", "days_past_due"),
        ("days-past-due", "days_past_due"),
        ("Monthly Income (CNY)", "income_monthly"),
    ],
)
def test_a_heading_names_its_column(heading, column) -> None:
    assert standard_column(heading) == column


@pytest.mark.parametrize("heading", ["", "utilisation", "user_limit", "PAY_AMT1", "备注"])
def test_other_headings_name_none(heading) -> None:
    assert standard_column(heading) is None


def test_no_word_stands_for_two_columns() -> None:
    counted = Counter(word for words in WORDS.values() for word in words.split())
    counted.update(STANDARD.keys())
    assert [word for word, times in counted.items() if times > 1] == []


def test_words_are_written_as_they_are_compared() -> None:
    assert [word for words in WORDS.values() for word in words.split() if plain(word) != word] == []


def test_every_column_that_can_be_loaded_has_words_in_both_languages() -> None:
    assert set(WORDS) == {name for name, column in STANDARD.items() if column.loadable}
    for words in WORDS.values():
        assert any(word.isascii() for word in words.split())
        assert any(not word.isascii() for word in words.split())
