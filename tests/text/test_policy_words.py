"""Rules in words."""

from decimal import Decimal

import pytest

from desktop_app.domain.actions import Block, Cut, FixedAmount, IncomeMultiple, PercentOfLimit, Raise, Refer
from desktop_app.domain.conditions import AllOf, AnyOf, ByGroup, Comparison, Not, Operator
from desktop_app.text.language import Language
from desktop_app.text.policy_words import action_words, condition_words
from desktop_app.text.words import Words

WORDS = Words(Language.ENGLISH)
LOW = Comparison(field="score", operator=Operator.LESS, value=600)
LATE = Comparison(field="days_past_due", operator=Operator.AT_LEAST, value=30)
NO_SCORE = Comparison(field="score", operator=Operator.MISSING)


def said(condition: object) -> str:
    return WORDS.say(condition_words(condition))


def test_comparison() -> None:
    assert said(LOW) == "Score below 600"


def test_group_values_name_their_column() -> None:
    by = ByGroup(column="segment", values={"thin_file": Decimal(580)})
    assert said(LOW.model_copy(update={"by": by})) == "Score below 600 (Segment thin_file: 580)"


def test_a_list_of_thousands_is_said_in_its_order() -> None:
    many = tuple(Decimal(number) for number in range(3_001))
    words = said(LOW.model_copy(update={"operator": Operator.IN, "value": many}))
    assert words.startswith("Score is one of 0, 1, 2, ")
    assert words.endswith(", 2,999, 3,000")


def test_any_inside_all_is_in_parentheses() -> None:
    inner = AnyOf(any=(LATE, NO_SCORE))
    assert said(AllOf(all=(LOW, inner))) == "Score below 600 and (Days past due at least 30 or Score is missing)"


def test_all_alone_has_no_parentheses() -> None:
    assert said(AllOf(all=(LOW, LATE))) == "Score below 600 and Days past due at least 30"


def test_negation() -> None:
    assert said(Not(negated=LATE)) == "not (Days past due at least 30)"


def test_truth_is_yes_or_no() -> None:
    assert said(Comparison(field="kyc_complete", operator=Operator.EQUAL, value=False)) == "Identity complete is no"


def test_list_of_categories() -> None:
    condition = Comparison(field="industry", operator=Operator.IN, value=("mining", "{braces}"))
    assert said(condition) == "Industry is one of mining, {braces}"


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (Block(), "Block"),
        (Refer(), "Refer to manual review"),
        (Cut(target=PercentOfLimit(percent=Decimal(80))), "Cut the limit to 80 % of the present one"),
        (Cut(target=FixedAmount(amount=Decimal(50000))), "Cut the limit to 50,000"),
        (Raise(target=IncomeMultiple(multiple=Decimal("1.5"))), "Raise the limit to 1.5 × monthly income"),
    ],
)
def test_action(action: object, words: str) -> None:
    assert WORDS.say(action_words(action)) == words


def test_chinese_has_no_english_left() -> None:
    text = Words(Language.CHINESE).say(condition_words(AllOf(all=(LOW, Not(negated=LATE)))))
    assert not any(character.isascii() and character.isalpha() for character in text)
