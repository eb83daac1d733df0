"""The command line on whole files against the plain-Python reference: the sample book, and a small random one.

Nothing of the product makes what is expected: the files are read with the csv module and mapped here by hand.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop_app.cli.commands import main
from tests.reference import summing
from tests.reference.counting import Counts, counts
from tests.reference.evaluate import SEVERITY, Result, User, evaluate
from tests.reference.fitting import curve_pd
from tests.reference.policies import seeded_policy
from tests.reference.quantities import Row

FOLDER = Path(__file__).parents[2] / "sample_data" / "uci_taiwan"
SIDES = ("baseline", "scenario")
OUTCOMES = ("blocked", "referred", "reduced", "raised", "watched", "unchanged")

UCI_COLUMNS = {
    "account_id": "text",
    "user_id": "text",
    "credit_limit": "money",
    "balance": "money",
    "days_past_due": "integer",
    "delinquencies_12m": "integer",
    "pd": "rate",
    "EDUCATION": "category",
    "PAY_AMT1": "integer",
}
SMALL_COLUMNS = {
    "account_id": "text",
    "user_id": "text",
    "credit_limit": "money",
    "balance": "money",
    "score": "number",
    "pd": "rate",
    "days_past_due": "integer",
    "income_monthly": "money",
    "kyc_complete": "boolean",
    "segment": "category",
}


@dataclass(frozen=True)
class Run:
    """What the command line wrote, and what the reference says."""

    out: Path
    grouping: str
    policies: dict[str, dict[str, Any]]
    expected: dict[str, Result]

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, strict=True))


def uci_row(line: dict[str, str]) -> Row:
    """A line of the sample as a row in stored units, by the rules that its README states in words."""
    late = 30 * max(int(line["PAY_0"]), 0)
    return {
        "account_id": line["ID"],
        "user_id": line["ID"],
        "credit_limit": 100 * int(line["LIMIT_BAL"]),
        "balance": 100 * max(int(line["BILL_AMT1"]), 0),
        "days_past_due": late,
        "delinquencies_12m": sum(int(line[f"PAY_{month}"]) >= 1 for month in (0, 2, 3, 4, 5, 6)),
        "pd": assumed_pd(late),
        "EDUCATION": line["EDUCATION"],
        "PAY_AMT1": int(line["PAY_AMT1"]),
    }


def assumed_pd(late: int) -> int:
    """The table of mapping.json, in ppm."""
    for below, pd in ((1, 30_000), (31, 120_000), (61, 400_000), (91, 700_000)):
        if late < below:
            return pd
    return 1_000_000


def small_book(seed: int) -> list[Row]:
    """A book with commas, quotes and leading zeros in ids, several accounts a user, and gaps."""
    random = Random(seed)
    names = ("00{}", "a,{}", 'q"{}', "张{}", "{}")
    return [
        {
            "account_id": random.choice(names).format(number),
            "user_id": f"u,{random.randrange(25):03}",
            "credit_limit": random.choice((0, 50_000, 123_456, 1_000_000, 2_000_050)),
            "balance": random.choice((0, 1, 49_999, 900_000, 1_500_000)),
            "score": random.choice((None, Decimal("599.999999"), Decimal(600), Decimal("640.5"))),
            "pd": random.choice((None, 0, 20_000, 333_333, 1_000_000)),
            "days_past_due": random.choice((None, 0, 30, 31, 91)),
            "income_monthly": random.choice((None, 0, 333_334, 650_000)),
            "kyc_complete": random.choice((None, True, False)),
            "segment": random.choice((None, "prime", "thin, file", "new")),
        }
        for number in range(60)
    ]


def as_written(name: str, value: Any) -> str:
    """A stored value as a lender writes it."""
    if value is None:
        return ""
    if SMALL_COLUMNS[name] == "money":
        return f"{value // 100}.{value % 100:02}"
    if SMALL_COLUMNS[name] == "rate":
        return f"{value // 1_000_000}.{value % 1_000_000:06}"
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.fixture(scope="module")
def uci(tmp_path_factory: pytest.TempPathFactory) -> Run:
    out = tmp_path_factory.mktemp("uci")
    files = {"baseline": FOLDER / "baseline.json", "scenario": FOLDER / "policy.json"}
    simulate(FOLDER / "book.csv", FOLDER / "mapping.json", files, "EDUCATION", out)
    with (FOLDER / "book.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [uci_row(line) for line in csv.DictReader(file, strict=True)]
    return compared(out, "EDUCATION", files, rows, UCI_COLUMNS)


@pytest.fixture(scope="module", params=(1, 2))
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("small")
    rows = small_book(request.param)
    with (folder / "book.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(SMALL_COLUMNS)
        writer.writerows([as_written(name, row[name]) for name in SMALL_COLUMNS] for row in rows)
    mapping = {
        "greyline": "mapping",
        "version": 1,
        "currency": "CNY",
        "as_of": {"date": "2026-06-30"},
        "columns": {name: {"value": name} for name in SMALL_COLUMNS},
        "types": {"segment": "category"},
    }
    (folder / "mapping.json").write_text(json.dumps(mapping), encoding="utf-8")
    files = {}
    for place, side in enumerate(SIDES):
        files[side] = folder / f"{side}.json"
        document = seeded_policy(10 * request.param + place, [*SMALL_COLUMNS, "utilisation", "user_limit"])
        files[side].write_text(json.dumps(document), encoding="utf-8")
    simulate(folder / "book.csv", folder / "mapping.json", files, "segment", folder / "out")
    return compared(folder / "out", "segment", files, rows, SMALL_COLUMNS)


def simulate(book: Path, mapping: Path, files: dict[str, Path], grouping: str, out: Path) -> None:
    policies = ["--policy", str(files["scenario"]), "--baseline", str(files["baseline"])]
    settings = ["--mapping", str(mapping), "--group-by", grouping, "--accounts", "--out", str(out)]
    assert main(["simulate", str(book), *policies, *settings]) == 0


def compared(out: Path, grouping: str, files: dict[str, Path], rows: Sequence[Row], columns: dict[str, str]) -> Run:
    policies = {side: json.loads(path.read_text(encoding="utf-8")) for side, path in files.items()}
    curve = curve_pd if any(row.get("score") is not None for row in rows) else None
    found = {side: evaluate(rows, columns, policy, curve=curve) for side, policy in policies.items()}
    return Run(out, grouping, policies, found)


def actions(result: Result) -> Iterator[str]:
    return (account.decision.action or "none" for account in result.accounts)


def money(text: str) -> int:
    """Minor units of a text with two decimals."""
    return int(Decimal(text) * 100)


def assert_accounts(run: Run) -> None:
    codes = {rule["id"]: rule["reason"]["code"] for rule in run.policies["scenario"]["rules"]} | {"": ""}
    found = [
        {name: money(value) if name in MONEY else value for name, value in row.items()} for row in run.rows("accounts")
    ]
    expected = [
        {
            "account_id": after.row["account_id"],
            "user_id": after.row["user_id"],
            "action": after.decision.action or "none",
            "outcome": after.decision.outcome,
            "reason": codes[after.decision.reason],
            "credit_limit": after.row["credit_limit"],
            "balance": after.row["balance"],
            "new_limit": after.decision.new_limit,
            "undrawn": after.decision.undrawn,
            "in_default": "true" if after.risk.in_default else "false",
            "baseline_outcome": before.decision.outcome,
        }
        for before, after in zip(run.expected["baseline"].accounts, run.expected["scenario"].accounts, strict=True)
    ]
    assert len(found) == len(expected)
    for row, wanted in zip(found, expected, strict=True):
        assert row == wanted


MONEY = frozenset({"credit_limit", "balance", "new_limit", "undrawn"})


def assert_summary(run: Run) -> None:
    found = {(row["figure"], row["policy"]): row["value"] for row in run.rows("summary")}
    for side, result in run.expected.items():
        outcomes = Counter(user.outcome for user in result.users.values())
        wanted = {
            "users": len(result.users),
            "accounts": len(result.accounts),
            "users_blocked": outcomes["blocked"],
            "users_referred": outcomes["referred"],
            "users_reduced": outcomes["reduced"],
            "users_raised": outcomes["raised"],
            "users_watched": outcomes["watched"],
            "users_unchanged": outcomes["unchanged"],
            "users_restricted": outcomes["blocked"] + outcomes["referred"] + outcomes["reduced"],
        }
        assert {name: int(found[name, side]) for name in wanted} == wanted
        amounts = {
            "ead": summing.ead(result) / 100,
            "el": summing.el(result) / 10_000,
            "el_avoided": summing.el_avoided(result) / 10_000,
            "el_remaining": summing.el_remaining(result) / 10_000,
        }
        for name, amount in amounts.items():
            assert abs(Fraction(found[name, side]) - amount) <= Fraction(51, 10_000), name


_COUNTED = tuple(field.name for field in fields(Counts))


def assert_rules(run: Run) -> None:
    found = {(row["policy"], row["rule"]): row for row in run.rows("rules")}
    for side, result in run.expected.items():
        assert [rule for policy, rule in found if policy == side] == [
            rule["id"] for rule in run.policies[side]["rules"]
        ]
        for rule in run.policies[side]["rules"]:
            row = found[side, rule["id"]]
            wanted = asdict(counts(touched(result, rule["id"]), rule["id"])) if rule["id"] in result.rules else {}
            shown = {name: row[name] for name in _COUNTED}
            assert {name: int(value) for name, value in shown.items() if value} == wanted, rule["id"]


def touched(result: Result, rule: str) -> Result:
    """The users whom the rule concerns, evaluated by themselves: it changes nothing for the others."""
    concerned = {
        account.row["user_id"]
        for account in result.accounts
        if account.decision.traces[rule].fired or account.decision.traces[rule].unknown
    }
    rows = [row for row in result.question.rows if row["user_id"] in concerned]
    return replace(result.question, rows=rows).answered()


def assert_transitions(run: Run) -> None:
    found = {
        (row["baseline_outcome"], row["outcome"]): (int(row["users"]), int(row["accounts"]))
        for row in run.rows("transitions")
    }
    before, after = run.expected["baseline"], run.expected["scenario"]
    users = Counter((before.users[key].outcome, user.outcome) for key, user in after.users.items())
    accounts = Counter(
        (old.decision.outcome, new.decision.outcome) for old, new in zip(before.accounts, after.accounts, strict=True)
    )
    assert found == {pair: (users[pair], accounts[pair]) for pair in product(OUTCOMES, OUTCOMES)}


def assert_groups(run: Run) -> None:
    found = {
        (row["policy"], row["group"]): {name: int(row[name]) for name in ("users", "accounts", *_PER_GROUP)}
        for row in run.rows("groups")
    }
    for side, result in run.expected.items():
        for group in {_group(account.row, run.grouping) for account in result.accounts}:
            users = [user for user in result.users.values() if _group(user.first.row, run.grouping) == group]
            accounts = sum(_group(account.row, run.grouping) == group for account in result.accounts)
            assert found.pop((side, group)) == {"users": len(users), "accounts": accounts, **_by_outcome(users)}
    assert not any(any(row.values()) for row in found.values()), "a group that nobody is in"


_PER_GROUP = tuple(f"users_{outcome}" for outcome in OUTCOMES)


def _by_outcome(users: Sequence[User]) -> dict[str, int]:
    return {f"users_{outcome}": sum(user.outcome == outcome for user in users) for outcome in OUTCOMES}


def _group(row: Row, grouping: str) -> str:
    return row[grouping] or ""


def assert_reasons(run: Run) -> None:
    found = {
        (row["policy"], row["rule"], row["outcome"]): (int(row["users"]), int(row["accounts"]))
        for row in run.rows("reasons")
    }
    wanted: dict[tuple[str, str, str], tuple[int, int]] = {}
    for side, result in run.expected.items():
        users = Counter((user.reason, user.outcome) for user in result.users.values())
        accounts = Counter((account.decision.reason, account.decision.outcome) for account in result.accounts)
        wanted |= {(side, *cell): (users[cell], accounts[cell]) for cell in users | accounts}
    assert found == wanted


CHECKS = (assert_accounts, assert_summary, assert_rules, assert_transitions, assert_groups, assert_reasons)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_sample_book_agrees(uci: Run, check: Any) -> None:
    check(uci)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_small_books_agree(small: Run, check: Any) -> None:
    check(small)


def test_the_sample_meets_every_kind_of_action(uci: Run) -> None:
    assert set(actions(uci.expected["scenario"])) >= {"block", "refer", "cut", "watch", "none"}


def test_users_of_several_accounts_are_met(small: Run) -> None:
    users = small.expected["scenario"].users.values()
    assert max(len(user.accounts) for user in users) > 2
    assert len({user.outcome for user in users} & set(SEVERITY)) > 1
