"""The text of every measure means what its name says, on single accounts and users."""

from __future__ import annotations

import duckdb
import pytest
import sqlglot

from desktop_app.figures.amounts import rate_on_amount
from desktop_app.figures.measures import MEASURES

BLOCKED, REFERRED, REDUCED, RAISED = 0, 1, 2, 3

ACCOUNT = {
    "credit_limit": "100000::BIGINT",
    "balance": "30000::BIGINT",
    "new_limit": "80000::BIGINT",
    "undrawn": "50000::BIGINT",
    "outcome": "2::UTINYINT",
    "in_default": "false",
    "has_pd": "true",
    "pd_filled": "true",
    "earns": "true",
    "pl": "15000000::INTEGER",
    "pi": "235200000::INTEGER",
    "pr": "240000000::INTEGER",
    "priced": "true",
    "lgd_ppm": "750000::INTEGER",
    "pk": "40000000::INTEGER",
    "pq": "70000000::INTEGER",
    "loss_balance": "45000::BIGINT",
}
USER = {
    "user_open": "1::BIGINT",
    "user_undrawn": "0::BIGINT",
    "user_good": "true",
    "user_bad": "true",
    "user_treated": "false",
    "any_cut": "true",
    "outcome": "2::UTINYINT",
}


@pytest.fixture(scope="module")
def database():
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def value(database):
    def of(measure, **changes):
        columns = {**(USER if MEASURES[measure].per == "user" else ACCOUNT), **changes}
        row = ", ".join(f"{text} AS {name}" for name, text in columns.items())
        return database.execute(f"SELECT {MEASURES[measure].sql} FROM (SELECT {row})").fetchone()[0]

    return of


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("users", 1),
        ("users_open", 1),
        ("users_cut", 1),
        ("accounts", 1),
        ("accounts_cut", 1),
        ("accounts_pd_filled", 1),
        ("credit_limit", 100_000),
        ("new_limit", 80_000),
        ("balance", 30_000),
        ("balance_performing", 30_000),
        ("balance_with_pd", 30_000),
        ("undrawn", 50_000),
        ("undrawn_before", 70_000),
        ("undrawn_performing", 50_000),
        ("undrawn_before_performing", 70_000),
        ("undrawn_with_pd", 50_000),
        ("undrawn_before_with_pd", 70_000),
        ("loss_balance", 45_000),
        ("loss_undrawn", rate_on_amount(15_000_000, 50_000)),
        ("loss_undrawn_before", rate_on_amount(15_000_000, 70_000)),
        ("accounts_earning", 1),
        ("balance_earning", 30_000),
        ("undrawn_earning", 50_000),
        ("undrawn_before_earning", 70_000),
        ("loss_balance_earning", 45_000),
        ("loss_undrawn_earning", rate_on_amount(15_000_000, 50_000)),
        ("loss_undrawn_before_earning", rate_on_amount(15_000_000, 70_000)),
        ("income_balance", rate_on_amount(235_200_000, 30_000)),
        ("income_undrawn", rate_on_amount(235_200_000, 50_000)),
        ("income_undrawn_before", rate_on_amount(235_200_000, 70_000)),
        ("undrawn_before_priced", 70_000),
        ("rate_undrawn_before", rate_on_amount(240_000_000, 70_000)),
        ("lgd_undrawn_before", rate_on_amount(750_000_000, 70_000)),
        ("capital_balance", rate_on_amount(40_000_000, 30_000)),
        ("capital_undrawn", rate_on_amount(40_000_000, 50_000)),
        ("capital_balance_earning", rate_on_amount(40_000_000, 30_000)),
        ("capital_undrawn_earning", rate_on_amount(40_000_000, 50_000)),
        ("bad_year_balance", rate_on_amount(70_000_000, 30_000)),
        ("bad_year_undrawn", rate_on_amount(70_000_000, 50_000)),
        ("observed_users", 1),
        ("goods", 1),
        ("bads", 1),
        ("goods_hurt", 1),
        ("bads_stopped", 1),
        ("goods_untreated", 1),
        ("bads_untreated", 1),
        ("goods_hurt_untreated", 1),
        ("bads_stopped_untreated", 1),
    ],
)
def test_a_reduced_performing_account(value, measure, expected):
    assert value(measure) == expected


def test_every_measure_is_tried_above(value):
    marks = test_a_reduced_performing_account.pytestmark[0].args[1]
    assert {measure for measure, _ in marks} == set(MEASURES)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("undrawn", 50_000),
        ("undrawn_before", 70_000),
        ("undrawn_performing", 0),
        ("undrawn_before_performing", 0),
        ("undrawn_with_pd", 0),
        ("undrawn_before_with_pd", 0),
        ("loss_undrawn", 0),
        ("loss_undrawn_before", 0),
        ("balance_with_pd", 30_000),
        ("balance_performing", 0),
        ("bad_year_balance", rate_on_amount(70_000_000, 30_000)),
        ("bad_year_undrawn", 0),
    ],
)
def test_in_default_only_the_balance_is_exposure(value, measure, expected):
    assert value(measure, in_default="true") == expected


@pytest.mark.parametrize("measure", ["balance_with_pd", "undrawn_with_pd", "undrawn_before_with_pd"])
def test_without_a_pd_nothing_is_covered(value, measure):
    assert value(measure, has_pd="false") == 0


@pytest.mark.parametrize("measure", ["goods_hurt", "bads_stopped", "goods_hurt_untreated", "bads_stopped_untreated"])
def test_nobody_is_stopped_whose_open_line_stays(value, measure):
    assert value(measure, user_undrawn="1::BIGINT") == 0


UNTREATED = [measure for measure in MEASURES if measure.endswith("_untreated")]


@pytest.mark.parametrize("measure", UNTREATED)
def test_the_treated_are_left_out(value, measure):
    assert value(measure, user_treated="true") == 0


@pytest.mark.parametrize(("who", "measures"), [("user_good", "goods"), ("user_bad", "bads")])
def test_goods_and_bads_are_counted_apart(value, who, measures):
    assert [value(measure, **{who: "false"}) for measure in MEASURES if measure.startswith(measures)] == [0, 0, 0, 0]


@pytest.mark.parametrize("measure", ["undrawn_before_priced", "lgd_undrawn_before"])
def test_an_account_without_a_price_has_no_part_in_what_lines_bring(value, measure):
    assert value(measure, priced="false") == 0


EARNING = [measure for measure in MEASURES if measure.endswith("_earning")]


@pytest.mark.parametrize("measure", EARNING)
def test_an_account_that_does_not_earn_adds_nothing_to_the_margin(value, measure):
    assert value(measure, earns="false") == 0


@pytest.mark.parametrize(("outcome", "expected"), [(BLOCKED, 0), (REFERRED, 1), (REDUCED, 1), (RAISED, 0)])
def test_a_cut_counts_for_the_referred_and_the_reduced(value, outcome, expected):
    assert value("accounts_cut", outcome=f"{outcome}::UTINYINT") == expected


def test_a_referred_account_that_keeps_its_limit_is_not_cut(value):
    assert value("accounts_cut", outcome="1::UTINYINT", new_limit="100000::BIGINT") == 0


def test_over_the_limit_nothing_was_open(value):
    assert value("undrawn_before", balance="100001::BIGINT") == 0


def test_a_user_without_open_lines_is_not_counted_open(value):
    assert value("users_open", user_open="0::BIGINT") == 0


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_its_text_parses_as_duckdb(measure):
    assert sqlglot.parse_one(measure.sql, dialect="duckdb").sql(dialect="duckdb")
