"""What is nearest to an account, against plain Python: every set of changes does what it says, and none is smaller."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.columns import NUMERIC, UNITS_PER_ONE
from desktop_app.domain.conditions import Operator
from desktop_app.domain.nearest import Change, Lift, Nearest
from desktop_app.domain.outcomes import RESTRICTED
from desktop_app.domain.policy import Policy
from desktop_app.engine.changed_accounts import ChangedAccounts
from desktop_app.engine.explain import AccountTrace, explain_row
from desktop_app.engine.nearest import AGEING, nearest
from tests.engine.loaded_books import Loaded, engine, load
from tests.engine.random_questions import Case, cases
from tests.reference.books import AS_OF, POOLS, SmallBook
from tests.reference.decisions import Decision, Rounding, decide, is_available
from tests.reference.preparing import prepared_rows, prepared_types
from tests.reference.quantities import Row
from tests.reference.samples import COLUMNS, account, cut, policy, rule
from tests.reference.targets import fields_of_target

SEVERITY = {"blocked": 3, "referred": 2, "reduced": 1}


class Replayed:
    """One account of a case under the scenario's policy, by the reference, whatever its fields hold."""

    def __init__(self, loaded: Loaded, document: dict[str, Any], place: int) -> None:
        self.rows = loaded.small.at(AS_OF)
        self.place, self.columns = place, loaded.small.columns
        self.types = prepared_types(self.columns)
        self.rounding = Rounding.of(document)
        self.rules = [one for one in document["rules"] if one.get("enabled", True) and is_available(one, self.types)]

    def with_fields(self, **changed: Any) -> Decision:
        row = {**self.rows[self.place], **changed}
        rows = [*self.rows[: self.place], row, *self.rows[self.place + 1 :]]
        prepared = prepared_rows(rows, self.columns)[self.place]
        return decide(self.rules, prepared, self.types, self.rounding)

    def compared(self) -> list[str]:
        """The fields that a search may change, where they are loaded."""
        read = set()
        for one in self.rules:
            read |= compared_fields(one["condition"])
            if "target" in one["action"]:
                read |= fields_of_target(one["action"]["target"])
        free = [
            name for name in self.columns if name not in ("credit_limit", "balance") and self.columns[name] != "text"
        ]
        return [name for name in free if name in read]

    def smaller(self, size: int) -> bool:
        """Whether any change of so many fields to values near thresholds makes the outcome less severe."""
        here = SEVERITY[self.with_fields().outcome]
        for names in combinations(self.compared(), size):
            for values in product(*(self.values(name) for name in names)):
                changed = dict(zip(names, values, strict=True))
                if SEVERITY.get(self.with_fields(**changed).outcome, 0) < here:
                    return True
        return False

    def values(self, name: str) -> list[Any]:
        kind = self.columns[name]
        if kind == "category":
            return [value for value in POOLS[name] if any(row[name] == value for row in self.rows)]
        step = Decimal("0.000001") if kind == "number" else 1
        if kind in ("boolean", "date"):
            return list(POOLS[name])
        return [value + by * step for value in POOLS[name] for by in (0, 1)]


def compared_fields(condition: dict[str, Any]) -> set[str]:
    parts = condition.get("all") or condition.get("any") or ([condition["not"]] if "not" in condition else [])
    return set().union(*map(compared_fields, parts)) if parts else {condition["field"]}


def loaded_changes(account: ChangedAccounts, loaded: Loaded, changes: tuple[Change, ...]) -> Row:
    """The loaded fields that the changes ask for, as the reference's rows hold them."""
    changed: Row = {}
    for change in changes:
        column = loaded.prepared.fields.columns[change.field]
        stored = change.to
        if column.type in NUMERIC:
            assert isinstance(change.to, Decimal)
            stored = int(change.to * UNITS_PER_ONE[column.type])
        made = account.made_of(change.field, stored)
        assert made is not None
        for name, value in made.items():
            changed[name] = Decimal(value) / 10**6 if loaded.small.columns[name] == "number" else value
    return changed


def restricted(case: Case, most: int) -> Iterator[tuple[AccountTrace, Nearest, Replayed, ChangedAccounts]]:
    scenario, loaded = case.policies["scenario"], case.loaded
    found = [place for place, one in enumerate(case.expected["scenario"].accounts) if one.decision.outcome in SEVERITY]
    for place in found[:most]:
        trace = explain_row(loaded.cursor, loaded.prepared, scenario, place)
        account = ChangedAccounts(loaded.cursor, loaded.prepared, scenario, place)
        replayed = Replayed(loaded, json.loads(scenario.to_json()), place)
        yield trace, nearest(loaded.cursor, loaded.prepared, scenario, trace), replayed, account


@pytest.mark.parametrize("seed", range(900, 908))
def test_every_lift_does_what_it_says(seed: int, tmp_path: Path) -> None:
    for case in cases(range(seed, seed + 1), tmp_path, most_rows=15):
        for trace, found, replayed, changed in restricted(case, 4):
            lifts = [lift for lift in (found.lift, found.free) if lift is not None]
            for lift in lifts:
                decision = replayed.with_fields(**loaded_changes(changed, case.loaded, lift.changes))
                assert decision.outcome == lift.outcome
                assert SEVERITY.get(decision.outcome, 0) < SEVERITY[trace.outcome]
            if found.free is not None:
                assert found.free.outcome not in RESTRICTED


@pytest.mark.parametrize("seed", range(924, 932))
def test_no_smaller_set_of_changes_is_overlooked(seed: int, tmp_path: Path) -> None:
    for case in cases(range(seed, seed + 1), tmp_path, pairs=1, most_rows=15):
        for _, found, replayed, _ in restricted(case, 2):
            size = len(found.lift.changes) if found.lift else 3
            for fewer in range(1, min(size, 3)):
                assert not replayed.smaller(fewer)


@pytest.mark.parametrize("seed", range(940, 946))
def test_every_way_out_of_a_rule_stops_it(seed: int, tmp_path: Path) -> None:
    for case in cases(range(seed, seed + 1), tmp_path, most_rows=15):
        for trace, found, replayed, changed in restricted(case, 3):
            assert [one.rule.id for one in found.distances] == [one.rule.id for one in trace.rules if acts(one, trace)]
            for distance in found.distances:
                for way in distance.ways:
                    decision = replayed.with_fields(**loaded_changes(changed, case.loaded, way))
                    row = {**replayed.rows[replayed.place], **loaded_changes(changed, case.loaded, way)}
                    after = decision.traces[distance.rule.id]
                    bites = after.action == "cut" and after.limit is not None and after.limit < row["credit_limit"]
                    assert after.action not in ("block", "refer")
                    assert not bites


def acts(rule: Any, trace: AccountTrace) -> bool:
    if rule.act is None or rule.act.kind in ("watch", "raise"):
        return False
    return rule.act.kind != "cut" or rule.target < trace.credit_limit


@pytest.mark.parametrize("seed", range(960, 964))
def test_ageing_frees_in_that_month_and_not_before(seed: int, tmp_path: Path) -> None:
    for case in cases(range(seed, seed + 1), tmp_path, most_rows=15):
        for _, found, replayed, _ in restricted(case, 5):
            row = replayed.rows[replayed.place]
            ages = {name: row[name] for name in AGEING if row.get(name) is not None}
            last = found.ageing.months if found.ageing else 20
            outcomes = [
                replayed.with_fields(**{name: age + month for name, age in ages.items()}).outcome
                for month in range(1, last + 1)
            ]
            assert [one in SEVERITY for one in outcomes] == [True] * (last - 1) + [found.ageing is None]


# One account, one policy: what is said of it.


def said_of(tmp_path: Path, row: Row, *rules: dict[str, Any]) -> Nearest:
    columns = {**COLUMNS, "snapshot_date": "date", "months_on_book": "integer"}
    other = {**account("b"), "segment": "mass", "snapshot_date": AS_OF, "months_on_book": 1}
    small = SmallBook(columns, ({**row, "snapshot_date": AS_OF, "months_on_book": row.get("months_on_book")}, other))
    scenario = Policy.model_validate(policy(*rules))
    with engine(tmp_path, 1) as cursor:
        loaded = load(cursor, small)
        trace = explain_row(cursor, loaded.prepared, scenario, 0)
        return nearest(cursor, loaded.prepared, scenario, trace)


def words(lift: Lift | None) -> list[tuple[str, str, object]]:
    return [] if lift is None else [(one.field, one.operator.value, one.value) for one in lift.changes]


def test_a_score_needs_to_reach_its_threshold(tmp_path: Path) -> None:
    found = said_of(tmp_path, account(score=Decimal(612)), rule("low", "block", {**SCORE, "value": 620}))
    assert words(found.lift) == [("score", ">=", Decimal(620))]
    assert found.lift is not None
    assert found.lift.changes[0].seen == Decimal(612)
    assert found.free is None


def test_the_threshold_of_the_accounts_group_counts(tmp_path: Path) -> None:
    by = {"column": "segment", "values": {"thin": 640}}
    low = rule("low", "block", {**SCORE, "value": 600, "by": by})
    found = said_of(tmp_path, account(score=Decimal(612), segment="thin"), low)
    assert words(found.lift) == [("score", ">=", Decimal(640))]


def test_a_way_into_review_is_told_beside_the_way_out(tmp_path: Path) -> None:
    low, late = rule("low", "block", {**SCORE, "value": 620}), rule("late", "refer", LATE)
    found = said_of(tmp_path, account(score=Decimal(612), days_past_due=45), low, late)
    assert words(found.lift) == [("score", ">=", Decimal(620))]
    assert sorted(words(found.free)) == [("days_past_due", "<", Decimal(30)), ("score", ">=", Decimal(620))]


def test_what_is_missing_needs_to_be_known(tmp_path: Path) -> None:
    unknown = rule("unknown", "block", {"field": "score", "operator": "is missing"})
    found = said_of(tmp_path, account(), unknown)
    assert found.lift is not None
    assert [(one.field, one.operator, one.negated) for one in found.lift.changes] == [("score", Operator.MISSING, True)]


def test_a_ratio_is_reached_through_its_part(tmp_path: Path) -> None:
    drawn = rule("drawn", "block", {"field": "utilisation", "operator": ">=", "value": 0.9})
    found = said_of(tmp_path, account(balance=950_000), drawn)
    assert words(found.lift) == [("utilisation", "<", Decimal("0.9"))]


def test_a_category_needs_to_be_another(tmp_path: Path) -> None:
    closed = rule("closed", "block", {"field": "segment", "operator": "in", "value": ["thin", "closed"]})
    found = said_of(tmp_path, account(segment="thin"), closed)
    assert found.lift is not None
    (change,) = found.lift.changes
    assert (change.value, change.negated, change.to) == (("thin", "closed"), True, "mass")


def test_age_alone_frees_an_account(tmp_path: Path) -> None:
    young = rule("young", cut(percent=50), {"field": "months_on_book", "operator": "<=", "value": 6})
    found = said_of(tmp_path, account(months_on_book=2), young)
    assert found.ageing is not None
    assert found.ageing.months == 5


def test_an_account_that_is_not_restricted_needs_nothing(tmp_path: Path) -> None:
    assert said_of(tmp_path, account(score=Decimal(700)), rule("low", "block", {**SCORE, "value": 620})) == Nearest()


def test_no_few_changes_are_an_answer_too(tmp_path: Path) -> None:
    everyone = rule("all", "block", {"field": "account_id", "operator": "=", "value": "a"})
    found = said_of(tmp_path, account("a"), everyone)
    assert (found.lift, found.free, found.distances[0].ways) == (None, None, ())


SCORE = {"field": "score", "operator": "<"}
LATE = {"field": "days_past_due", "operator": ">=", "value": 30}
