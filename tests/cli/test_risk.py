"""`greyline risk`: the same figures as the page, and how much stress a figure bears."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.analysis.risk import RiskView
from tests.cli.running import greyline
from tests.reference import samples
from tests.small_projects import make_project

BOOK = """account_id,credit_limit,balance,score,pd,apr,days_past_due,segment,default_12m
a,10000,2500.50,550,0.05,0.18,0,prime,true
b,5000,100,700,0.01,0.12,31,prime,false
c,8000,900,590,0.08,0.2,10,thin_file,false
d,20000,1,,0.02,0.1,120,thin_file,false
e,1000,999.99,640,0.03,0.15,,thin_file,false
"""


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[object, ...]]:
    folder = tmp_path_factory.mktemp("risk")
    make_project(folder, BOOK).close()
    low = samples.rule("low", "block", {"field": "score", "operator": "<", "value": 600})
    (folder / "policy.json").write_text(json.dumps(samples.policy(low)), encoding="utf-8")
    yield ("risk", folder / "book.greyline", "--policy", folder / "policy.json")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("view", list(RiskView))
def test_every_view_is_written_with_both_policies(asked: tuple[object, ...], tmp_path: Path, view: RiskView) -> None:
    assert greyline(*asked, "--view", view.value, "--csv", tmp_path / "risk.csv") == 0
    found = rows(tmp_path / "risk.csv")
    assert {row["view"] for row in found} == {view.value}
    assert {row["policy"] for row in found} == {"baseline", "scenario"}


@pytest.mark.parametrize("view", ["score", "arrears", "stage", "category"])
def test_bands_add_up_to_the_book(asked: tuple[object, ...], tmp_path: Path, view: str) -> None:
    greyline(*asked, "--view", view, "--csv", tmp_path / "risk.csv")
    found = [row for row in rows(tmp_path / "risk.csv") if (row["figure"], row["policy"]) == ("accounts", "scenario")]
    assert sum(int(row["value"]) for row in found) == 5


def test_stress_is_told_with_the_loss_on_the_screen(
    asked: tuple[object, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert greyline(*asked) == 0
    said = capsys.readouterr().out
    assert "Expected loss" in said
    assert "Odds of default doubled" in said


def test_the_odds_at_which_a_figure_reaches_a_bound_are_told(
    asked: tuple[object, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first hundredth at which the figure is there; one hundredth less it is not, with those odds assumed."""
    assert greyline(*asked, "--until", "el_rate>=10%", "--csv", tmp_path / "tried.csv") == 0
    assert "is reached where the odds of default are" in capsys.readouterr().out
    tried = {row["case"]: float(row["value"]) for row in rows(tmp_path / "tried.csv")}
    reached = min((float(odds) for odds, value in tried.items() if value >= 0.1))
    before = f"{reached - 0.01:.2f}".rstrip("0").rstrip(".")
    assert tried[before] < 0.1
    greyline("simulate", *asked[1:], "--stress", f"pd_odds={reached}", "--out", tmp_path / "out")
    rate = next(
        row["value"]
        for row in rows(tmp_path / "out" / "summary.csv")
        if (row["figure"], row["policy"]) == ("el_rate", "scenario")
    )
    assert float(rate) == pytest.approx(tried[f"{reached:.2f}".rstrip("0").rstrip(".")], abs=1e-6)


@pytest.mark.parametrize(
    ("bound", "said"),
    [
        ("el_rate=5", "is no bound such as el_rate>=0.05"),
        ("el_rat>=5%", 'did you mean "el_rate"?'),
        ("bad_rate>=0.1", "which no stress moves"),
    ],
)
def test_a_bound_that_cannot_be_reached_for_is_told(
    asked: tuple[object, ...], capsys: pytest.CaptureFixture[str], bound: str, said: str
) -> None:
    assert greyline(*asked, "--until", bound) == 1
    assert said in capsys.readouterr().err


def test_a_view_without_its_column_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_project(tmp_path, "account_id,credit_limit,balance\na,1,0\n").close()
    (tmp_path / "policy.json").write_text(json.dumps(samples.policy()), encoding="utf-8")
    asked = ("risk", tmp_path / "book.greyline", "--policy", tmp_path / "policy.json")
    assert greyline(*asked, "--view", "arrears") == 1
    assert "lacks what this view needs" in capsys.readouterr().err
