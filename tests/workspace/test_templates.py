"""Rule templates: each a valid rule in both languages that shows the user no number, and fits the book it goes into."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.analysis.policy_check import policy_doubts
from desktop_app.analysis.sentence_check import number_shown
from desktop_app.domain.book import Book, Column, Snapshot
from desktop_app.domain.columns import STANDARD_COLUMNS, ColumnType
from desktop_app.domain.conditions import comparisons
from desktop_app.domain.policy import Cause, Policy, PolicySettings, Wording
from desktop_app.domain.problems import DocumentInvalid
from desktop_app.domain.templates import RuleTemplate
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.fitting import check_fit
from desktop_app.engine.project import Project
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace.opening import DEMO, sample_project
from desktop_app.workspace.templates import free_code, missing_columns, rule_of, rule_templates
from tests.reference.samples import rule

DAY = date(2026, 6, 30)
ENGLISH = Words(Language.ENGLISH)
EACH = pytest.mark.parametrize("template", rule_templates(), ids=lambda template: template.id)


def book_with(*columns: Column) -> Book:
    return Book("b", "b.csv", columns, (Snapshot(DAY, 9, 9),), DAY, "CNY", "hash")


EVERYTHING = book_with(
    *(Column(one.name, one.type, domain=("consumer", "thin_file"), derived=one.derived) for one in STANDARD_COLUMNS)
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Book:
    project: Project = sample_project(DEMO, tmp_path_factory.mktemp("demo"), CancelWatch())
    project.close()
    return project.book


@EACH
def test_it_is_a_rule_that_any_book_of_standard_columns_takes(template: RuleTemplate) -> None:
    check_fit(Policy(id="p", rules=(template.rule,)), None)


@EACH
def test_it_speaks_both_languages(template: RuleTemplate) -> None:
    said: list[Wording] = [template.about, template.rule.name, template.rule.reason.sentence]
    said += [template.source.title] if template.source else []
    assert all(wording.en and wording.zh and wording.en != wording.zh for wording in said)
    assert not any(character.isascii() and character.isalpha() for character in template.rule.reason.sentence.zh)


@EACH
def test_its_sentence_shows_no_number(template: RuleTemplate) -> None:
    sentence = template.rule.reason.sentence
    assert [number_shown(text) for text in (sentence.en, sentence.zh)] == [None, None]


@EACH
def test_it_can_fire_and_raises_no_doubt_in_the_demo_book(template: RuleTemplate, demo: Book) -> None:
    made = rule_of(template, Policy(id="p"), demo, ENGLISH).model_copy(update={"enabled": True})
    policy = Policy(id="p", rules=(made,)).with_settings(template.settings or PolicySettings())
    assert missing_columns(template, demo) == ()
    # In the demo book nobody pays more than 24 %.
    expected = 2 if template.id == "all_in_cost" else 0
    assert len(policy_doubts(policy, demo)) == expected


def test_every_cause_has_templates() -> None:
    assert {template.rule.reason.cause for template in rule_templates()} == set(Cause)


def test_they_are_offered_cause_by_cause() -> None:
    causes = [list(Cause).index(template.rule.reason.cause) for template in rule_templates()]
    assert causes == sorted(causes)


def test_ids_and_places_are_unique() -> None:
    assert len({template.id for template in rule_templates()}) == len(rule_templates())
    assert len({template.order for template in rule_templates()}) == len(rule_templates())


def legal() -> dict[str, object]:
    template = next(one for one in rule_templates() if one.id == "students")
    return template.model_dump(mode="json", by_alias=True)


def test_the_legal_ones_are_off_and_name_source_and_date() -> None:
    found = [template for template in rule_templates() if template.source]
    assert [template.id for template in found] == [
        "line_per_person",
        "all_in_cost",
        "students",
        "restricted_industries",
    ]
    for template in found:
        made = rule_of(template, Policy(id="p"), EVERYTHING, ENGLISH)
        assert not made.enabled
        assert made.note.startswith("Source: ")
        assert made.note.endswith(". Confirm with counsel.")
        assert template.source is not None
        assert str(template.source.date.year) in made.note


@pytest.mark.parametrize("change", ["source", "enabled"])
def test_a_legal_template_without_source_or_switched_on_is_refused(change: str) -> None:
    document = legal()
    if change == "source":
        document["source"] = None
    else:
        document["rule"]["enabled"] = True
    with pytest.raises((DocumentInvalid, ValueError), match="regulation"):
        RuleTemplate.model_validate(document)


def template(name: str) -> RuleTemplate:
    return next(one for one in rule_templates() if one.id == name)


def test_a_template_names_the_columns_that_the_book_lacks() -> None:
    small = book_with(Column("score", ColumnType.NUMBER), Column("credit_limit", ColumnType.MONEY))
    assert missing_columns(template("many_devices"), small) == ("devices_7d",)
    assert missing_columns(template("low_score"), small) == ()


def test_a_grouping_that_the_book_lacks_is_left_out() -> None:
    small = book_with(Column("dti", ColumnType.RATIO))
    assert missing_columns(template("over_indebted"), small) == ()
    (comparison,) = comparisons(rule_of(template("over_indebted"), Policy(id="p"), small, ENGLISH).condition)
    assert comparison.by is None
    assert comparison.value == Decimal("0.55")


def test_only_groups_that_the_book_has_keep_their_value() -> None:
    (comparison,) = comparisons(rule_of(template("group_threshold"), Policy(id="p"), EVERYTHING, ENGLISH).condition)
    assert comparison.by is not None
    assert comparison.by.values == {"thin_file": Decimal(545)}


def test_a_second_rule_of_a_template_gets_id_and_code_of_its_own() -> None:
    first = rule_of(template("low_score"), Policy(id="p"), EVERYTHING, ENGLISH)
    second = rule_of(template("low_score"), Policy(id="p", rules=(first,)), EVERYTHING, ENGLISH)
    assert (first.id, first.reason.code) == ("low_score", "C01")
    assert (second.id, second.reason.code) == ("low_score_2", "C02")
    Policy(id="p", rules=(first, second))


def with_codes(*codes: str) -> Policy:
    return Policy.model_validate(
        {"id": "p", "rules": [rule(code, "block", reason={"code": code, "cause": "policy"}) for code in codes]}
    )


def test_codes_go_on_from_the_highest() -> None:
    assert free_code(Cause.POLICY, with_codes("P03", "C09", "P1x")) == "P04"
    assert free_code(Cause.REGULATION, with_codes("P03")) == "R01"


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("Your score is below 600.", "600"),
        ("More than 55.5 % of your income", "55.5 %"),
        ("You have used three devices.", "three"),
        ("您在七天内申请过多", "七天"),
        ("评分低于６００分", "６００"),
        ("负债超过百分之五十五", "百分之"),
        ("Someone often asks for one thing at a time.", None),
        ("请联系客服，一切照旧", None),
    ],
)
def test_a_number_in_a_sentence_is_found(sentence: str, shown: str | None) -> None:
    assert number_shown(sentence) == shown
