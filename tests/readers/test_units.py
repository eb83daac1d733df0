"""Units of amounts and shares: asked about, never guessed."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from desktop_app.domain.mapping import Mapping
from desktop_app.readers.inspect import inspect

PERCENT = [f"{n / 10:.1f}" for n in range(100, 200)]
SHARES = [f"0.{n:03d}" for n in range(100, 200)]


def planned(folder, headings, columns, *, titles="", **read):
    """The plan of a file with rows made of columns of texts, each heading mapped to a standard column."""
    rows = [",".join(row) for row in zip(*columns, strict=True)]
    path = folder / "book.csv"
    path.write_text("\n".join([*([titles] if titles else []), ",".join(headings.values()), *rows]), encoding="utf-8")
    return inspect(path, mapping(headings, **read))


def mapping(headings, **read):
    columns = {name: {"value": heading} for name, heading in headings.items()}
    return Mapping.model_validate({"currency": "CNY", "columns": columns, "read": read})


def doubts_about(folder, name, heading, values, **read):
    """The doubts of a file whose second column is that standard column."""
    ids = [f"k{n}" for n in range(len(values))]
    return [str(doubt) for doubt in planned(folder, {"account_id": "id", name: heading}, [ids, values], **read).doubts]


@pytest.mark.parametrize("name", ["apr", "pd", "lgd"])
def test_percent_without_a_sign_is_a_doubt(tmp_path, name):
    (doubt,) = doubts_about(tmp_path, name, "rate", PERCENT)
    assert doubt.startswith(f'"rate" holds values such as 10.0, but {name} is a share of 1')
    assert f'"columns.{name}": by 0.01,' in doubt


def test_a_pd_in_percent_that_is_mostly_below_1_is_a_doubt(tmp_path):
    (doubt,) = doubts_about(tmp_path, "pd", "pd", ["0.4"] * 180 + ["2.5"] * 20)
    assert "such as 2.5" in doubt


def test_basis_points_are_told_from_percent(tmp_path):
    (doubt,) = doubts_about(tmp_path, "apr", "rate", [str(n) for n in range(1400, 1500)])
    assert "by 0.0001" in doubt


def test_a_dti_in_percent_is_a_doubt(tmp_path):
    assert len(doubts_about(tmp_path, "dti", "dti", PERCENT)) == 1


def test_a_dti_that_is_high_here_and_there_is_none(tmp_path):
    assert doubts_about(tmp_path, "dti", "dti", ["0.4"] * 60 + ["3.5"] * 40) == []


@pytest.mark.parametrize("values", [SHARES, ["0.1"] * 1000 + ["7"] * 4, ["0.1"] * 90 + ["99999"] * 10])
def test_shares_are_no_doubt(tmp_path, values):
    assert doubts_about(tmp_path, "apr", "rate", values, missing=["99999"]) == []


def test_numbers_are_read_by_the_stated_marks(tmp_path):
    values = [f'"{value.replace(".", ",")}"' for value in PERCENT]
    assert len(doubts_about(tmp_path, "apr", "rate", values, decimal=",")) == 1


def test_percent_signs_are_asked_about_once(tmp_path):
    doubts = doubts_about(tmp_path, "apr", "rate (%)", [f"{value}%" for value in PERCENT])
    assert ["read.percent" in doubt for doubt in doubts] == [True]


def test_percent_signs_that_are_read_are_no_doubt(tmp_path):
    assert doubts_about(tmp_path, "apr", "rate (%)", [f"{value}%" for value in PERCENT], percent=True) == []


def test_words_for_missing_values_are_no_numbers(tmp_path):
    assert doubts_about(tmp_path, "apr", "rate", ["0.1"] * 50 + ["99"] * 50, missing=["99"]) == []


@pytest.mark.parametrize(
    ("heading", "factor"),
    [
        ("授信额度（万元）", 10_000),
        ("額度(萬元)", 10_000),
        ("额度_百万元", 1_000_000),
        ("额度 [千元]", 1_000),
        ("额度（亿元）", 100_000_000),
        ("额度（分）", "0.01"),
        ("limit_wan", 10_000),
        ("Limit (000)", 1_000),
        ("Limit (USD '000)", 1_000),
        ("Limit in thousands", 1_000),
        ("Limit (RMB k)", 1_000),
        ("Limit (USD mn)", 1_000_000),
    ],
)
def test_a_unit_in_a_heading_is_a_doubt(tmp_path, heading, factor):
    (doubt,) = doubts_about(tmp_path, "credit_limit", heading, ["12"])
    assert f'"columns.credit_limit": by {factor},' in doubt


@pytest.mark.parametrize("heading", ["授信额度（元）", "limit", "Limit (USD)", "Balance as of 2000", "额度得分"])
def test_a_heading_without_a_unit_is_none(tmp_path, heading):
    assert doubts_about(tmp_path, "credit_limit", heading, ["12"]) == []


@pytest.mark.parametrize(
    ("heading", "factor"), [("年利率(％)", "0.01"), ("rate_pct", "0.01"), ("rate bps", "0.0001"), ("利率‰", "0.001")]
)
def test_a_unit_of_shares_in_a_heading_is_a_doubt(tmp_path, heading, factor):
    (doubt,) = doubts_about(tmp_path, "apr", heading, SHARES)
    assert f"by {factor}," in doubt


def test_a_percentage_rate_is_a_name(tmp_path):
    assert doubts_about(tmp_path, "apr", "Annual Percentage Rate", SHARES) == []


@pytest.mark.parametrize("titles", ["贷款台账 单位：万元", "Loan tape\nunit: CNY\n单位:人民币万元"])
def test_a_unit_in_a_title_is_a_doubt_of_every_amount(tmp_path, titles):
    headings = {"account_id": "账号", "credit_limit": "额度", "balance": "余额（元）", "score": "分数"}
    columns = [["a", "b", "c"], ["1.5", "2", "3"], ["15000", "2", "3"], ["600", "610", "620"]]
    plan = planned(tmp_path, headings, columns, titles=titles)
    assert [str(doubt).partition(".")[0] for doubt in plan.doubts] == ["A line above the heading speaks of 万元"]
    assert '"columns.credit_limit": by 10000,' in str(plan.doubts[0])


@pytest.mark.parametrize("by", [0.01, 1])
def test_a_stated_scale_settles_it(tmp_path, by):
    (tmp_path / "book.csv").write_text("id,rate (%)\n" + "".join(f"k{n},14.5\n" for n in range(20)))
    columns = {"account_id": {"value": "id"}, "apr": {"value": {"scale": "rate (%)", "by": by}}}
    assert inspect(tmp_path / "book.csv", Mapping.model_validate({"currency": "CNY", "columns": columns})).doubts == ()


@pytest.mark.parametrize("kind", [pa.float64(), pa.decimal128(8, 2)])
def test_percent_in_parquet_is_a_doubt(tmp_path, kind):
    rates = pa.array([14.5, None, 16.25] * 9).cast(kind)
    table = pa.table({"id": ["a", "b", "c"] * 9, "rate": rates, "limit (000)": [1, 2, 3] * 9})
    pq.write_table(table, tmp_path / "book.parquet")
    headings = {"account_id": "id", "apr": "rate", "credit_limit": "limit (000)"}
    found = inspect(tmp_path / "book.parquet", mapping(headings)).doubts
    assert ["14.5" in str(found[0]), "by 1000," in str(found[1])] == [True, True]
