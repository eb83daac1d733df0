"""What is wrong in a rule being written is said at its field, with the near miss; what is right is not spoken of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop_app.domain.book import Book, Column, Snapshot
from desktop_app.domain.columns import ColumnType
from desktop_app.domain.conditions import Operator, Value
from desktop_app.domain.policy import MAX_RULES, Cause, OnMissing, Policy, PolicySettings, Wording
from desktop_app.workspace.condition_draft import Branch, GroupValues, Join, Leaf
from desktop_app.workspace.draft_faults import Fault, Place, draft_doubts, draft_faults, known_columns
from desktop_app.workspace.matrix_draft import BandsDraft, MatrixDraft
from desktop_app.workspace.rule_draft import RuleDraft, TargetDraft
from tests.reference.samples import policy, rule

DAY = date(2026, 6, 30)
BOOK = Book(
    "b",
    "b.csv",
    (
        Column("credit_limit", ColumnType.MONEY, Decimal(500), Decimal(200000)),
        Column("balance", ColumnType.MONEY, Decimal(0), Decimal(200000)),
        Column("score", ColumnType.NUMBER, Decimal(350), Decimal(900), missing=3),
        Column("days_past_due", ColumnType.INTEGER, Decimal(0), Decimal(120)),
        Column("segment", ColumnType.CATEGORY, domain=("prime", "thin_file")),
        Column("kyc_complete", ColumnType.BOOLEAN),
        Column("opened_on", ColumnType.DATE, date(2020, 1, 1), date(2026, 1, 1)),
        Column("default_12m", ColumnType.BOOLEAN),
    ),
    (Snapshot(DAY, 9, 9),),
    DAY,
    "CNY",
    "hash",
)
WORDS = Wording(en="Not at present.", zh="暂不符合要求。")


def draft(*parts: Leaf | Branch, **more: Any) -> RuleDraft:
    fitting = Leaf(id="new.1", field="score", operator=Operator.LESS, value=Decimal(600))
    start = RuleDraft("new", code="C01", sentence=WORDS, condition=Branch(Join.ALL, parts or (fitting,)))
    return replace(start, **more)


def at(field: str, operator: Operator, value: Value | None, by: GroupValues | None = None) -> Leaf:
    return Leaf("new.1", field, operator, value, by)


def faults(one: RuleDraft, *rules: dict[str, Any], new: bool = True, **settings: Any) -> tuple[Fault, ...]:
    whole = Policy.model_validate(policy(*rules, **settings))
    return (*draft_faults(one, whole, BOOK, new=new), *draft_doubts(one, whole, BOOK))


def told(one: RuleDraft, *rules: dict[str, Any], **more: Any) -> list[tuple[Place, str, bool]]:
    return [(fault.place, str(fault.sentence), fault.stops) for fault in faults(one, *rules, **more)]


def test_a_good_rule_raises_nothing() -> None:
    assert faults(draft()) == ()


@pytest.mark.parametrize(
    ("leaf", "part", "sentence"),
    [
        (Leaf(), "field", "Choose a field."),
        (at("default_12m", Operator.EQUAL, True), "field", "no rule may read it"),
        (at("segment", Operator.LESS, "prime"), "operator", 'use "is" or "is one of"'),
        (at("score", Operator.LESS, None), "value", "Give a value."),
        (at("segment", Operator.IN, ()), "value", "Give a value."),
        (at("score", Operator.LESS, "6oo"), "value", '"6oo" is no number.'),
        (at("score", Operator.IN, (Decimal(1), "x")), "value", '"x" is no number.'),
        (at("score", Operator.LESS, Decimal("600.1234567890123")), "value", "at most 15 digits"),
        (at("kyc_complete", Operator.EQUAL, "yes"), "value", "Choose yes or no."),
        (at("opened_on", Operator.LESS, "31.1.2026"), "value", "no date; write 2026-01-31"),
        (at("segment", Operator.EQUAL, Decimal(1)), "value", "is a text"),
    ],
)
def test_what_stops_a_comparison_is_said_at_its_field(leaf: Leaf, part: str, sentence: str) -> None:
    found = told(draft(leaf))
    assert (Place(part, (0,)), True) in [(place, stops) for place, _, stops in found]
    assert any(sentence in said for _, said, _ in found)
    assert draft(leaf).condition.parts == (leaf,)


@pytest.mark.parametrize(
    ("leaf", "part", "sentence"),
    [
        (at("scroe", Operator.LESS, Decimal(600)), "field", 'no column "scroe"; did you mean "score"?'),
        (at("apr", Operator.MORE, Decimal("0.2")), "field", 'no column "apr"; the rule will not be evaluated.'),
        (at("segment", Operator.EQUAL, "thinfile"), "value", 'did you mean "thin_file"?'),
        (at("segment", Operator.IN, ("prime", "zzz")), "value", 'has the Segment "zzz".'),
        (at("score", Operator.LESS, Decimal(100)), "value", "No account of this book: from 350 to 900."),
        (at("days_past_due", Operator.AT_MOST, Decimal(300)), "value", "Every account of this book: from 0 to 120."),
    ],
)
def test_what_is_doubtful_in_a_comparison_is_said_and_stops_nothing(leaf: Leaf, part: str, sentence: str) -> None:
    found = [(place, said, stops) for place, said, stops in told(draft(leaf)) if sentence in said]
    assert [(place, stops) for place, _, stops in found] == [(Place(part, (0,)), False)]


def test_a_fault_names_the_path_into_the_tree() -> None:
    nested = Branch(Join.ANY, (at("score", Operator.LESS, Decimal(600)), Leaf("x", "score")))
    found = told(draft(at("days_past_due", Operator.MORE, Decimal(3)), nested))
    assert found == [(Place("value", (1, 1)), "Give a value.", True)]


def test_an_empty_group_is_told() -> None:
    assert told(draft(condition=Branch()))[0] == (
        Place("group", ()),
        "A group needs at least one condition.",
        True,
    )


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (GroupValues("segment", (("prime", None),)), (Place("value", (0,), "prime"), "Give a value.", True)),
        (
            GroupValues("segment", (("prim", Decimal(640)),)),
            (
                Place("value", (0,), "prim"),
                'No account of this book has the Segment "prim"; did you mean "prime"?',
                False,
            ),
        ),
        (GroupValues("", (("prime", Decimal(640)),)), (Place("by", (0,)), "Choose a column of groups.", True)),
        (GroupValues("balance"), (Place("by", (0,)), "Choose a column of groups.", False)),
        (
            GroupValues("segment", (("prime", Decimal(10)),)),
            (Place("value", (0,), "prime"), "No account of this book: from 350 to 900.", False),
        ),
    ],
)
def test_values_by_group_are_looked_at_each(by: GroupValues, expected: tuple[Place, str, bool]) -> None:
    assert told(draft(at("score", Operator.LESS, Decimal(600), by))) == [expected]


@pytest.mark.parametrize(
    ("target", "part", "sentence", "stops"),
    [
        (TargetDraft("amount"), "size", "Give a size.", True),
        (TargetDraft("percent", percent=Decimal(1001)), "size", "between 0 and 1000", True),
        (TargetDraft("amount", amount=Decimal("0.001")), "size", "at most two decimals", True),
        (TargetDraft("income_multiple", multiple=Decimal(-1)), "size", "between 0 and 1000", True),
        (TargetDraft("income_multiple"), "size", "no monthly income", False),
        (TargetDraft("percent", percent=Decimal(100)), "size", "lowers no limit", False),
        (TargetDraft("percent", percent=Decimal(0)), "size", "floor leaves 500", False),
    ],
)
def test_a_size_is_looked_at(target: TargetDraft, part: str, sentence: str, stops: bool) -> None:
    found = told(draft(action="cut", target=target))
    assert (Place(part), stops) in [(place, stopped) for place, said, stopped in found if sentence in said]


def test_a_freeze_that_brings_its_floor_raises_nothing() -> None:
    zero = TargetDraft("percent", percent=Decimal(0))
    assert faults(draft(action="cut", target=zero, settings=PolicySettings(floor=Decimal(0)))) == ()


def bands(field: str, *edges: int | None) -> BandsDraft:
    return BandsDraft(field, tuple(None if edge is None else Decimal(edge) for edge in edges))


@pytest.mark.parametrize(
    ("matrix", "place", "sentence", "stops"),
    [
        (MatrixDraft(bands("", 0, 1), cells=((Decimal(1),),)), Place("rows"), "Choose a field.", True),
        (MatrixDraft(bands("segment", 0, 1), cells=((Decimal(1),),)), Place("rows"), "field of numbers", True),
        (MatrixDraft(bands("apr", 0, 1), cells=((Decimal(1),),)), Place("rows"), "not be evaluated", False),
        (MatrixDraft(bands("score", 0, None), cells=((Decimal(1),),)), Place("rows"), "An edge is no number", True),
        (
            MatrixDraft(bands("score", 300, 901, 500), cells=((Decimal(1),), (None,))),
            Place("rows", cell=(2, 0)),
            "must rise: 500 comes after 901",
            True,
        ),
        (
            MatrixDraft(bands("score", 300, 901), bands("score", 0, 9), cells=((Decimal(1),),)),
            Place("columns"),
            "the same field",
            False,
        ),
        (
            MatrixDraft(bands("score", 300, 901), cells=((Decimal("1.001"),),)),
            Place("cells", cell=(0, 0)),
            "at most two decimals",
            True,
        ),
        (MatrixDraft(bands("score", 300, 901)), Place("cells"), "Every cell is empty", False),
    ],
)
def test_a_matrix_is_looked_at(matrix: MatrixDraft, place: Place, sentence: str, stops: bool) -> None:
    found = told(draft(action="cut", target=TargetDraft("matrix", matrix=matrix)))
    assert (place, stops) in [(where, stopped) for where, said, stopped in found if sentence in said]


def test_uncovered_values_of_a_matrix_are_told_of_the_whole_rule() -> None:
    matrix = MatrixDraft(bands("score", 400, 700), cells=((Decimal(1),),))
    (found,) = told(draft(action="cut", target=TargetDraft("matrix", matrix=matrix)))
    assert found[0] == Place("rule")
    assert "covers Score from 400 to below 700" in found[1]


@pytest.mark.parametrize("wrong", ["", "has space", "ü", "x" * 65])
def test_codes_and_ids_are_plain(wrong: str) -> None:
    assert (Place("code"), True) in [(place, stops) for place, _, stops in told(draft(code=wrong))]
    assert (Place("id"), True) in [(place, stops) for place, _, stops in told(draft(id=wrong))]


def test_an_id_is_taken_only_by_another_rule() -> None:
    taken = rule("new", "block")
    assert told(draft(), taken)[0][:2] == (Place("id"), 'Another rule has the id "new".')
    assert Place("id") not in [place for place, _, _ in told(draft(), taken, new=False)]


LATE = {"field": "days_past_due", "operator": ">", "value": 90}


def test_a_code_with_another_sentence_is_doubtful() -> None:
    other = rule("other", "watch", LATE, reason={"code": "C01", "cause": "policy"})
    sentence = 'Rule "other" has this code with another cause or sentence.'
    assert told(draft(), other) == [(Place("code"), sentence, False)]


def test_a_code_with_the_same_reason_is_not() -> None:
    reason = {"code": "C01", "cause": "policy", "sentence": {"en": WORDS.en, "zh": WORDS.zh}}
    assert faults(draft(), rule("other", "watch", LATE, reason=reason)) == ()


def test_a_number_in_a_sentence_and_an_empty_one_are_told() -> None:
    found = told(draft(sentence=Wording(en="Below 600.")))
    assert [(place.part, stops) for place, _, stops in found] == [("sentence_en", False), ("sentence_zh", False)]
    assert 'Shows the user "600"' in found[0][1]


def test_a_watch_needs_no_sentence() -> None:
    assert faults(draft(action="watch", sentence=Wording())) == ()


def test_a_rule_that_decides_nothing_is_told_so() -> None:
    wider = rule("wider", "block", {"field": "score", "operator": "<", "value": 700})
    (found,) = told(draft(action="refer", code="new"), wider)
    assert found[0] == Place("rule")
    assert 'Rule "new" decides no outcome' in found[1]


def test_a_rule_that_makes_a_later_one_idle_is_told_so() -> None:
    narrow = rule("narrow", "refer", {"field": "score", "operator": "<", "value": 500})
    changed = draft(at("score", Operator.LESS, Decimal(600)))
    (found,) = told(changed, rule("new", "watch"), narrow, new=False)
    assert 'Rule "narrow" decides no outcome' in found[1]


def test_a_condition_that_never_holds_is_told() -> None:
    never = draft(at("score", Operator.LESS, Decimal(500)), Leaf("new.2", "score", Operator.MORE, Decimal(600)))
    assert "can never fire" in told(never)[0][1]


def test_a_full_policy_is_told() -> None:
    many = [rule(f"r{number}", "watch") for number in range(MAX_RULES)]
    found = told(draft(), *many)
    assert "A policy has at most 60 rules." in [said for _, said, _ in found]
    assert Place("rule") not in [place for place, _, stops in told(draft(id="r0"), *many, new=False) if stops]


def test_whatever_is_written_ends_in_a_rule_or_a_fault() -> None:
    odd = draft(action="raise", on_missing=OnMissing.REFER, cause=Cause.POLICY)
    assert odd.rule() is None
    assert told(odd)[-1] == (Place("rule"), "The rule is not complete.", True)


def test_neither_outcome_nor_answer_is_offered() -> None:
    assert "default_12m" not in known_columns(BOOK)
    assert {"utilisation", "user_limit", "score"} <= known_columns(BOOK).keys()
