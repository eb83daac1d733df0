"""The mapping page: a stranger can write a mapping from it alone, so its examples hold and nothing is left out."""

import json
import re

import pytest

from desktop_app.domain.columns import STANDARD, ColumnType
from desktop_app.domain.mapping import Constant, CountWhere, MappedColumn, Mapping, Maximum, Scale, Source, ValueTable
from desktop_app.text.resources import bundled

LANGUAGES = ("en", "zh")


def page(language):
    return bundled("resources", "help", language, "mapping.md").read_text(encoding="utf-8")


def examples(language, kind):
    """The JSON examples of the page: whole documents ("json") or expressions ("json expression")."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", page(language), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_is_a_mapping(language) -> None:
    found = examples(language, "json")
    assert len(found) >= 6
    for example in found:
        assert Mapping.from_json(example, "mapping.md").columns


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_expression_is_one(language) -> None:
    found = examples(language, "json expression")
    assert len(found) >= 8
    for example in found:
        assert MappedColumn.from_json(json.dumps({"value": json.loads(example)}), "mapping.md")


@pytest.mark.parametrize("kind", [Source, Constant, Scale, Maximum, CountWhere, ValueTable])
def test_every_kind_of_expression_has_an_example(kind) -> None:
    found = [MappedColumn.model_validate({"value": json.loads(text)}) for text in examples("en", "json expression")]
    assert any(isinstance(column.value, kind) for column in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_every_object_is_named(language) -> None:
    schema, text = Mapping.model_json_schema(), page(language)
    keys = {key for model in (schema, *schema["$defs"].values()) for key in model.get("properties", {})}
    assert [key for key in sorted(keys) if f"`{key}`" not in text and f'"{key}"' not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_and_type_is_named(language) -> None:
    text = page(language)
    assert [name for name in (*STANDARD, *ColumnType) if f"`{name}`" not in text] == []


def test_both_languages_have_the_same_examples_and_headings() -> None:
    english, chinese = page("en"), page("zh")
    assert examples("en", "json( expression)?") == examples("zh", "json( expression)?")
    assert len(re.findall("^## ", english, re.MULTILINE)) == len(re.findall("^## ", chinese, re.MULTILINE))
