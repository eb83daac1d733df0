"""Documents are taken whole or refused whole, with the place and the reason."""

from __future__ import annotations

import json

import pytest

from desktop_app.domain.documents import MAX_DEPTH, MAX_DOCUMENT_BYTES, parse_json
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
        ('{"a":\n  1,}', "line 2, column"),
    ],
)
def test_a_hostile_text_is_refused(text: str, reason: str) -> None:
    with pytest.raises(DocumentInvalid, match=reason):
        parse_json(text, "p.json")


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
