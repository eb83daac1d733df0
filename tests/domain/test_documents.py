"""Documents are taken whole or refused whole, with the place and the reason."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from desktop_app.domain.documents import MAX_DEPTH, MAX_DOCUMENT_BYTES, Document, parse_json
from desktop_app.domain.mapping import Mapping
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import DocumentInvalid

RULE = {
    "id": "low",
    "reason": {"code": "L", "cause": "policy"},
    "condition": {"field": "score", "operator": "<", "value": 600.25},
    "action": {"kind": "cut", "target": {"kind": "percent", "percent": 50}},
}


def policy(**changes: object) -> str:
    return json.dumps({"id": "p", "rules": [RULE | changes]})


def test_what_is_written_reads_back_the_same() -> None:
    read = Policy.from_json(policy(), "p.json")
    assert Policy.from_json(read.to_json(), "p.json") == read


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * (MAX_DEPTH + 1), "nested more than"),
        (" " * (MAX_DOCUMENT_BYTES + 1), "larger than"),
        ('{"a": NaN}', "NaN is not a number"),
        ('{"a": -Infinity}', "-Infinity is not a number"),
        ('{"a": 1, "a": 2}', 'the key "a" stands twice'),
        ('{"a": {"b": 1, "b": 1}}', 'the key "b" stands twice'),
        ('{"a":\n  1 2}', r"line 2, column 5: not valid JSON \(a comma is expected\)"),
        ('{"a": "x', "the text has no closing quote"),
        ("", "a value is expected"),
        ("{} {}", "should have ended before"),
        ("{a: 1}", "a key in double quotes"),
        ('"\t"', "wrong escape or control character"),
        ('{"a": ' + "9" * 5000 + "}", "99999… is not a number"),
        ('{"a": 1e999999999}', "1e999999999 is not a number"),
        ('{"a": 1e-999999999}', "1e-999999999 is not a number"),
        ('{"a": 1e99999999999999999999}', "is not a number"),
        ('{"a": "\\ud800"}', "a character that no file can keep"),
        ('{"\\u0000": 1}', "a character that no file can keep"),
        ('{"a": [[{"b": ["\\udc00"]}]]}', "a character that no file can keep"),
    ],
)
def test_a_hostile_text_is_refused(text: str, reason: str) -> None:
    with pytest.raises(DocumentInvalid, match=reason):
        parse_json(text, "p.json")


def test_numbers_and_characters_that_a_file_keeps_are_taken() -> None:
    assert parse_json('["1e-300", 1e-300, 1e300, "\\ud83d\\ude00"]', "p.json") == [
        "1e-300",
        Decimal("1e-300"),
        Decimal("1e300"),
        "😀",
    ]


def test_countless_faults_are_told_in_few_lines() -> None:
    with pytest.raises(DocumentInvalid) as refused:
        Policy.from_json(json.dumps({f"key {n}": n for n in range(20_000)}), "p.json")
    assert len(refused.value.details) == 20
    assert str(refused.value.details[-1]).endswith("more faults.")


def test_brackets_inside_a_text_are_no_depth() -> None:
    assert parse_json(json.dumps(['"' + "[" * 500]), "p.json") == ['"' + "[" * 500]


@pytest.mark.parametrize("name", ["../policy", "a/b", "", "x" * 65])
def test_an_id_is_no_path(name: str) -> None:
    with pytest.raises(DocumentInvalid, match=r"rules\.0\.id"):
        Policy.from_json(policy(id=name), "p.json")


@pytest.mark.parametrize("value", [1e300, 1234567890123456])
def test_a_threshold_that_json_cannot_keep_is_refused(value: float) -> None:
    condition = {"field": "score", "operator": "<", "value": value}
    with pytest.raises(DocumentInvalid, match=r"rules\.0\.condition"):
        Policy.from_json(policy(condition=condition), "p.json")


def test_an_unknown_key_is_refused_with_the_near_one() -> None:
    with pytest.raises(DocumentInvalid, match='unknown key "enabeld"; did you mean "enabled"'):
        Policy.from_json(policy(enabeld=True), "p.json")


def test_a_key_in_the_wrong_place_is_not_its_own_near_miss() -> None:
    with pytest.raises(DocumentInvalid) as refused:
        Policy.from_json('{"id": "p", "columns": {}}', "p.json")
    assert 'mean "columns"' not in str(refused.value)


def test_every_fault_is_told() -> None:
    with pytest.raises(DocumentInvalid) as refused:
        Policy.from_json('{"rules": [{}]}', "p.json")
    assert len(refused.value.details) >= 3


MAPPING = {"currency": "CNY", "columns": {"account_id": {"value": "id"}}}


@pytest.mark.parametrize(
    ("model", "document", "sentence"),
    [
        (Policy, {"greyline": "mapping", **MAPPING}, "d.json: this is a mapping, not a policy."),
        (Policy, MAPPING, "d.json: this is a mapping, not a policy."),
        (Mapping, json.loads(policy()), "d.json: this is a policy, not a mapping."),
        (Mapping, {"greyline": "scenario"}, "d.json: this is a scenario, not a mapping."),
    ],
)
def test_a_document_of_another_kind_is_told_in_one_line(
    model: type[Document], document: dict[str, object], sentence: str
) -> None:
    with pytest.raises(DocumentInvalid) as refused:
        model.from_json(json.dumps(document), "d.json")
    assert (str(refused.value), refused.value.details) == (sentence, ())


@pytest.mark.parametrize("document", [{}, {"id": "p", "colums": {}}, {"greyline": "novel"}, {"greyline": 1}])
def test_a_document_of_no_other_kind_is_told_by_its_keys(document: dict[str, object]) -> None:
    with pytest.raises(DocumentInvalid) as refused:
        Policy.from_json(json.dumps(document), "d.json")
    assert "this is" not in str(refused.value)


def in_columns(**how: object) -> dict[str, object]:
    return MAPPING | {"columns": {"apr": {"value": how}}}


@pytest.mark.parametrize(
    ("model", "document", "reason"),
    [
        (Mapping, {"columns": {}}, "currency: this key is required."),
        (Mapping, MAPPING | {"currency": "yuan"}, "currency: the text does not have the form ^[A-Z]{3}$."),
        (Mapping, MAPPING | {"currency": 1}, "currency: a text is expected."),
        (Mapping, MAPPING | {"columns": []}, "columns: an object with keys is expected."),
        (Mapping, MAPPING | {"as_of": {"date": "soon"}}, "as_of.date: a date such as 2026-01-31 is expected."),
        (Mapping, MAPPING | {"read": {"percent": "maybe"}}, "read.percent: true or false is expected."),
        (Mapping, MAPPING | {"read": {"skip_footer": -1}}, "read.skip_footer: a number of 0 or more is expected."),
        (Mapping, MAPPING | {"read": {"skip_footer": 1.5}}, "read.skip_footer: a whole number is expected."),
        (Mapping, MAPPING | {"read": {"quote": "ab"}}, "read.quote: at most 1 characters are expected."),
        (Mapping, MAPPING | {"read": {"decimal": ";"}}, "read.decimal: one of these is expected: '.', ','."),
        (Mapping, MAPPING | {"read": {"thousands": "."}}, "read: decimal and thousands must differ."),
        (Mapping, MAPPING | {"columns": {"aprr": {"value": "x"}}}, '"aprr" is no column of a book; did you mean "apr"'),
        (Mapping, in_columns(scale="x", by="ten"), "by: a number is expected."),
        (Mapping, in_columns(scale="x", by=1e-17), "by: a number may have at most 15 digits."),
        (Mapping, in_columns(sum=["x"]), "at least 2 entries are expected."),
        (Mapping, in_columns(table="x", rows=[{"value": 1}, {"value": 2}]), "only the last row of a table may leave"),
        (Policy, {"id": "p", "rules": "none"}, "rules: a list is expected."),
        (Policy, {"id": "p", "rules": [RULE | {"action": {"kind": "hang"}}]}, "\"hang\" is none of these: 'block',"),
        (Policy, {"id": "p", "rules": [RULE, RULE]}, 'document: the rule id "low" stands 2 times.'),
    ],
)
def test_a_fault_names_its_place_and_what_is_expected(
    model: type[Document], document: dict[str, object], reason: str
) -> None:
    with pytest.raises(DocumentInvalid) as refused:
        model.from_json(json.dumps(document), "d.json")
    told = [str(refused.value), *map(str, refused.value.details)]
    assert any(reason in sentence for sentence in told), told
    assert all("cannot be taken" not in sentence for sentence in told), told
