"""The notebook face: the same numbers as the files, with their types, and nothing left behind."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from pandas.api.types import is_bool_dtype, is_datetime64_any_dtype, is_float_dtype, is_integer_dtype, is_numeric_dtype

from desktop_app.api import load_policy, open_book, simulate
from desktop_app.cli.commands import main
from desktop_app.domain.problems import BookUnusable, DocumentInvalid, ImportFailed, PolicyInvalid
from desktop_app.domain.scenario import Assumptions, Scenario, Stress
from tests.reference import samples
from tests.small_projects import BOOK, TYPES, make_project, mapping_of, policy

TABLES = ("summary", "reasons", "groups", "rules", "transitions", "overlap", "movements", "recorded")
MONEY = ("credit_limit", "balance", "new_limit", "undrawn")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("api")
    make_project(made, BOOK, mapping_of(BOOK, types=TYPES)).close()
    document = samples.policy(
        samples.rule("low", "block"),
        samples.rule("cut", samples.cut(percent=50), {"field": "balance", "operator": ">", "value": 0}),
    )
    (made / "policy.json").write_text(json.dumps(document), encoding="utf-8")
    arguments = [
        "simulate",
        str(made / "book.greyline"),
        "--policy",
        str(made / "policy.json"),
        "--group-by",
        "segment",
    ]
    assert main([*arguments, "--accounts", "--out", str(made / "out")]) == 0
    return made


@pytest.fixture(scope="module")
def result(folder: Path):
    with open_book(folder / "book.greyline") as book:
        return simulate(book, load_policy(folder / "policy.json"), group_by="segment")


@pytest.mark.parametrize("name", TABLES)
def test_a_frame_is_its_file(folder: Path, result, name: str) -> None:
    file = pd.read_csv(folder / "out" / f"{name}.csv", encoding="utf-8-sig", dtype="str")
    frame = getattr(result, name)
    assert list(frame.columns) == list(file.columns)
    assert len(frame) == len(file)
    for column in file.columns:
        if is_numeric_dtype(frame[column]) and not is_bool_dtype(frame[column]):
            found = frame[column].astype("float64").tolist()
            assert pd.to_numeric(file[column]).tolist() == pytest.approx(found, nan_ok=True)
        else:
            assert list(map(as_in_files, frame[column].tolist())) == file[column].fillna("").tolist()


def test_what_is_supposed_moves_both_policies(folder: Path, result) -> None:
    with open_book(folder / "book.greyline") as book:
        supposed = Assumptions(ccf="0.9"), Stress(balance_growth="0.1")
        found = simulate(book, load_policy(folder / "policy.json"), assumptions=supposed[0], stress=supposed[1])
        scenario = Scenario(
            id="s", policy=load_policy(folder / "policy.json"), assumptions=supposed[0], stress=supposed[1]
        )
        same = simulate(book, scenario)
    pd.testing.assert_frame_equal(found.summary, same.summary)
    before, after = (one.summary.query("figure == 'balance'")["value"].to_list()[:2] for one in (result, found))
    assert all(stressed > calm for stressed, calm in zip(after, before, strict=True))


def as_in_files(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case pd.Timestamp():
            return value.date().isoformat()
        case _:
            return "" if pd.isna(value) else str(value)


def test_accounts_are_their_file_in_minor_units(folder: Path, result) -> None:
    file = pd.read_csv(folder / "out" / "accounts.csv", encoding="utf-8-sig", dtype="str").fillna("")
    assert list(result.accounts.columns) == list(file.columns)
    for column in file.columns:
        found = result.accounts[column]
        if column in MONEY:
            assert [f"{value // 100}.{value % 100:02}" for value in found] == file[column].tolist()
        else:
            assert [str(value).lower() if column == "in_default" else value for value in found] == file[column].tolist()


def test_frames_have_types(result) -> None:
    assert is_float_dtype(result.summary["value"])
    assert is_integer_dtype(result.rules["any_hit_users"])
    assert is_bool_dtype(result.rules["enabled"])
    assert is_datetime64_any_dtype(result.summary["date"])
    assert all(is_integer_dtype(result.accounts[name]) for name in MONEY)
    assert is_bool_dtype(result.accounts["in_default"])


def test_ids_keep_their_zeros(result) -> None:
    assert result.accounts["account_id"].tolist()[0] == "00123"


def test_without_a_grouping_there_are_no_groups(folder: Path) -> None:
    with open_book(folder / "book.greyline") as book:
        found = simulate(book, policy())
    assert found.groups.empty
    assert found.accounts["outcome"].unique().tolist() == ["unchanged"]


def test_a_file_is_opened_and_removed(folder: Path, own_temporary_folder: Path) -> None:
    before = set(own_temporary_folder.iterdir())
    mapping = folder / "mapping.json"
    mapping.write_text(mapping_of(BOOK, types=TYPES).to_json(), encoding="utf-8")
    with open_book(folder / "book.csv", mapping) as book:
        assert len(simulate(book, policy()).accounts) == 5
        assert set(own_temporary_folder.iterdir()) != before
    assert set(own_temporary_folder.iterdir()) == before


def test_a_failed_opening_leaves_nothing(tmp_path: Path, own_temporary_folder: Path) -> None:
    before = set(own_temporary_folder.iterdir())
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    with pytest.raises(ImportFailed):
        open_book(tmp_path / "empty.csv")
    assert set(own_temporary_folder.iterdir()) == before


def test_problems_have_their_types(folder: Path) -> None:
    with pytest.raises(BookUnusable, match="no such"):
        open_book(folder / "none.greyline")
    with pytest.raises(DocumentInvalid, match="no such file"):
        load_policy(folder / "none.json")
    forbidden = policy(samples.rule("x", "block", {"field": "default_12m", "operator": "is missing"}))
    with open_book(folder / "book.greyline") as book:
        with pytest.raises(PolicyInvalid, match="default_12m"):
            simulate(book, forbidden)
        with pytest.raises(BookUnusable, match="2020-01-01"):
            simulate(book, policy(), as_of=date(2020, 1, 1))
        with pytest.raises(BookUnusable, match="segment"):
            simulate(book, policy(), group_by="score")
