"""The published schemas are those of the documents."""

import json

import pytest

from tests.house.update_schemas import DOCUMENTS, SCHEMAS, schema_text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_schema_is_that_of_the_document(name) -> None:
    written = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    assert written == schema_text(DOCUMENTS[name]), "run python -m tests.house.update_schemas"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_schema_says_which_kind_of_document_it_is(name) -> None:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert schema["properties"]["greyline"]["const"] == name
    assert schema["additionalProperties"] is False
